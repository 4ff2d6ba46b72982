"""Back-test the chances of tracking on held-out years of public series and write the evidence page.

Run ``python benchmarks/backtest_tracking.py`` from the root of the repository. Half of the series (every other name in
alphabetical order) tune the weights, the other half is only forecast; the page shows both.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from isthmus.readers.tables import read_table
from isthmus.tracking.backtest import LEAST_TRAINING, PACES, PastSeries, reliability, scores, trials, tune
from isthmus.tracking.chance import MODELS, Belief

ROOT = Path(__file__).resolve().parents[1]
SERIES = ROOT / "tests" / "data" / "tracking" / "public_series.csv.gz"
PAGE = ROOT / "docs" / "evidence" / "tracking-backtest.md"
ALONE = 1e-9


def halves() -> tuple[dict[str, PastSeries], dict[str, PastSeries]]:
    """Return the series that tune and those that are only evaluated."""
    frame = read_table(
        SERIES, {"series": "text", "unit": "text", "year": "whole", "value": "number"}, key=("series", "year")
    ).frame
    found = {
        str(name): PastSeries(
            str(name),
            part["year"].to_numpy(dtype=int),
            part["value"].to_numpy(dtype=float),
            "share" if part["unit"].iloc[0] == "%" else "positive",
        )
        for name, part in frame.groupby("series")
    }
    names = sorted(found)
    return {name: found[name] for name in names[::2]}, {name: found[name] for name in names[1::2]}


def main() -> None:
    """Tune on one half, evaluate on the other, write the page."""
    tuning, held = halves()
    tuned = tune(tuning, Belief())
    found = trials(held, Belief())
    alone = {
        model: scores(
            trials(held, Belief(tuple(1 - 3 * ALONE if other == model else ALONE for other in MODELS), 1.0, 0.0))
        )
        for model in MODELS
    }
    PAGE.write_text(page(tuning, held, tuned, found, alone), encoding="utf-8")
    if tuned != Belief():
        sys.exit(
            f"the tuned belief {tuned} is not the default {Belief()}: change the default or explain the difference"
        )


def page(
    tuning: dict[str, PastSeries],
    held: dict[str, PastSeries],
    tuned: Belief,
    found: pd.DataFrame,
    alone: dict[str, dict[str, float]],
) -> str:
    """Write the evidence page."""
    both = {"tuning half": scores(trials(tuning, Belief())), "held-out half": scores(found)}
    by_horizon = [(str(h), scores(part)) for h, part in found.groupby("horizon")]
    short = found["series"].nunique()
    return "\n".join(
        [
            "# Were the chances right? The back-test of tracking",
            "",
            f"Command: `python benchmarks/backtest_tracking.py`. Data: {len(tuning) + len(held)} yearly series of 7 to 20",
            "points, in `tests/data/tracking/public_series.csv.gz` with the source of each: goods exports, service output,",
            "import and export shares of 47 economies and groups from the OECD input-output tables of 2011 to 2022, and",
            "life expectancy, fertility, investment, unemployment, urbanisation and research shares of several countries.",
            "",
            f"Every series is cut after each year from its {LEAST_TRAINING}th on. What came one to five years later is held out.",
            f"Trial targets ask for {', '.join(f'{p:g}' for p in PACES)} times the pace seen so far, in its direction.",
            "The chance of each is compared with what came. Half of the series tune the weights; the other half does not.",
            "",
            "| | trials | met | Brier | Brier of a constant chance | skill | 90 % ranges that held |",
            "|---|---|---|---|---|---|---|",
            *[_line(name, s) for name, s in both.items()],
            "",
            "Skill is 1 less the ratio of the two Brier scores: 0 is no better than always saying the base rate, 1 is",
            f"clairvoyance. {short} series stand behind the held-out half, so the trials are not independent.",
            "",
            "## Reliability on the held-out half",
            "",
            "| chance given | trials | mean chance | met | 90 % interval (whole series resampled) |",
            "|---|---|---|---|---|",
            *[
                f"| {r.chance} | {r.trials} | {r.mean_chance:.3f} | {r.met_share:.3f} | {r.low:.3f} to {r.high:.3f} |"
                for r in reliability(found).itertuples()
            ],
            "",
            "## By years ahead",
            "",
            "| years | trials | met | Brier | Brier of a constant chance | skill | 90 % ranges that held |",
            "|---|---|---|---|---|---|---|",
            *[_line(name, s) for name, s in by_horizon],
            "",
            "## Each model alone, spread not widened",
            "",
            "| model | trials | met | Brier | Brier of a constant chance | skill | 90 % ranges that held |",
            "|---|---|---|---|---|---|---|",
            *[_line(name, s) for name, s in alone.items()],
            "",
            "## What was tuned",
            "",
            f"Prior weights of {', '.join(MODELS)}: {', '.join(f'{w:g}' for w in tuned.prior)}; spread times {tuned.spread:g};",
            f"temper of a series' own evidence {tuned.temper:g}.",
            "",
            "## How to read it",
            "",
            "- Yearly indicators are hard to foretell: most of the skill lies in saying clearly when a target is out of reach.",
            "  A chance between 40 and 60 % says that the past does not tell.",
            "- The series of the tables cover 2011 to 2022, so the shocks of 2015, 2020 and 2022 are in the held-out years;",
            "  a calmer sample would make the ranges look too wide, a stormier one too narrow.",
            "- Chances extrapolate the past. They know nothing of a policy that has only just begun.",
            "",
        ]
    )


def _line(name: str, s: dict[str, float]) -> str:
    return (
        f"| {name} | {s['trials']:.0f} | {s['base_rate']:.3f} | {s['brier']:.4f} | {s['brier_constant']:.4f} | "
        f"{s['skill']:+.3f} | {s['coverage_90']:.3f} |"
    )


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
