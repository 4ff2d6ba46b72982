"""Fit the calibration of alignment: how similarity becomes a score, for every set of models that is installed.

Run ``python tools/calibrate_alignment.py`` and compare with src/isthmus/assets/alignment/calibration.toml. On the plan
pairs and statements of the development set and the plan pairs of the test set, trials take away half of the right
side's counterparts, or all of them; the logistic curve is fitted on the mutual best matches of both kinds.
"""

import sys
from itertools import permutations
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "published"))

from alignment_error import DEVELOPMENT, LANGUAGES, TEST, table, targets

from isthmus.alignment.match import Matcher, nearness
from isthmus.alignment.statement import Statement, statements
from isthmus.readers.alignment.embedders import second_available
from isthmus.readers.alignment.matcher import load_matcher

TRIALS, SEED = 4, 0


def subject(statement: Statement) -> str:
    """Return what statements about one thing share in their ids."""
    return statement.id.rpartition("_")[0]


def samples(matcher: Matcher) -> tuple[np.ndarray, np.ndarray]:
    """Return similarity and rightness of the mutual best matches of every trial."""
    tables = [table(DEVELOPMENT, "plan_pairs"), table(DEVELOPMENT, "statements"), table(TEST, "plan_pairs")]
    sets = [targets(path) for path in tables]
    every = {lang: statements([t for found in sets for t in found[lang]], matcher.glossary) for lang in LANGUAGES}
    subjects = sorted({subject(s) for s in every["en"]})
    draw = np.random.default_rng(SEED)
    rows = []
    for _ in range(TRIALS):
        for disjoint in (False, True):
            for left, right in permutations(LANGUAGES, 2):
                gone = set(draw.choice(subjects, size=len(subjects) // 2, replace=False))
                a = [s for s in every[left] if not disjoint or subject(s) in gone]
                b = [s for s in every[right] if subject(s) not in gone]
                near = nearness(a, b, matcher)
                best, back = near.argmax(axis=1), near.argmax(axis=0)
                rows += [(near[i, j], subject(a[i]) == subject(b[j])) for i, j in enumerate(best) if back[j] == i]
    found = np.array(rows, dtype=float)
    return found[:, 0], found[:, 1]


def main() -> None:
    """Print slope and intercept, and how often links of each band were right."""
    for models in ("base", *(("both",) if second_available() else ())):
        matcher = load_matcher(models)
        near, right = samples(matcher)
        sign = 2 * right - 1
        fit = minimize(
            lambda t, near=near, sign=sign: np.logaddexp(0, -sign * (t[0] * near + t[1])).mean(), [10.0, -3.0]
        )
        kept = matcher.calibration
        score = 1 / (1 + np.exp(-(kept.slope * near + kept.intercept)))
        print(f"{models}: fitted slope {fit.x[0]:.1f}, intercept {fit.x[1]:.2f}; in use {kept.slope}, {kept.intercept}")
        for name, low, high in (
            ("confident", kept.confident, 1.01),
            ("check", kept.check, kept.confident),
            ("weak", kept.no_match, kept.check),
            ("below no_match", 0.0, kept.no_match),
        ):
            inside = (score >= low) & (score < high)
            print(f"  {name}: {inside.sum()} links, right {right[inside].mean() if inside.any() else float('nan'):.2f}")


if __name__ == "__main__":
    main()
