"""Fit the weights of the object tier on the labelled pairs, and say how far the other half agrees.

Usage: python tools/calibrate_objects.py [base|both]
"""

import csv
import sys
from pathlib import Path

import numpy as np

from isthmus.alignment.objects import object_signs, read_objects
from isthmus.plans.statement import Standing
from isthmus.readers.alignment.matcher import load_matcher
from isthmus.readers.study.statements import read_plan_documents, read_statements
from isthmus.readers.study.study import study_directory

PAIRS = Path(__file__).parents[1] / "tests" / "data" / "alignment_objects" / "pairs.csv"
STRENGTH = 0.1
"""Ridge penalty: few pairs, several signs that speak of the same."""


def fit(signs: np.ndarray, labels: np.ndarray, counts: np.ndarray | float = 1.0) -> np.ndarray:
    """Return intercept and weights of a logistic regression with a ridge penalty, by Newton steps.

    `counts` says how much each row counts.
    """
    x = np.hstack([np.ones((len(signs), 1)), signs])
    weight, ridge = np.zeros(x.shape[1]), STRENGTH * np.diag([0.0] + [1.0] * signs.shape[1])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-x @ weight))
        weight -= np.linalg.solve(
            x.T @ (x * (counts * p * (1 - p))[:, None]) + ridge, x.T @ (counts * (p - labels)) + ridge @ weight
        )
    return weight


def main() -> None:
    """Print weights and figures."""
    folder = study_directory("china-russia")
    partners = ("CHN", "RUS")
    documents = read_plan_documents(folder / "plan_documents.csv", partners)
    every = [
        s for s in read_statements(folder / "statements.csv", documents, partners) if s.standing == Standing.CURRENT
    ]
    matcher = load_matcher(sys.argv[1] if len(sys.argv) > 1 else "both")
    left, right = ([s for s in every if s.partners == (partner,)] for partner in partners)
    known, words = matcher.rules.known, matcher.glossary
    readings = [read_objects(side, words, known) for side in (left, right)]
    signs = object_signs(*readings, matcher.models, words, known)
    row, column = ({s.id: i for i, s in enumerate(side)} for side in (left, right))
    pairs = list(csv.DictReader(PAIRS.open(encoding="utf-8")))
    of = {
        half: (
            np.array([signs[row[p["left"]], column[p["right"]]] for p in pairs if p["half"] == half], dtype=float),
            np.array([float(p["same_object"]) for p in pairs if p["half"] == half]),
        )
        for half in ("dev", "unseen")
    }
    weight = fit(*of["dev"])
    print("weights, dev half", np.round(weight, 2).tolist())
    both = [np.concatenate(parts) for parts in zip(*of.values(), strict=True)]
    print("weights, all pairs", np.round(fit(both[0], both[1]), 2).tolist())
    for half, (x, label) in of.items():
        score = 1.0 / (1.0 + np.exp(-(weight[0] + x @ weight[1:])))
        for least in (0.3, 0.4, 0.5, 0.6):
            taken = score >= least
            right_ones = float((label * taken).sum())
            shares = f"precision {right_ones / max(1, taken.sum()):.2f} of {taken.sum()}, recall {right_ones / label.sum():.2f}"
            print(f"{half} >= {least}: {shares}")


if __name__ == "__main__":
    main()
