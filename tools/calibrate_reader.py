"""Fit what the signs of a row weigh in its confidence, and say how often rows of sets that a fit did not see are right.

python tools/calibrate_reader.py [--write]

The rows are those of marked plans as they were first read, each set by the version that had not seen it
(tests/data/real_documents/first_readings.csv.gz, made by `benchmarks/real_documents.py --signs`): rows of texts on which the
reader was mended would promise too much. Documents count by the root of their rows, lest one long table decide.
`--write` puts the weights into src/isthmus/assets/lexicon/confidence.csv.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
import pandas as pd

from calibrate_objects import fit
from isthmus.plans.confidence import INTERCEPT

ROOT = Path(__file__).parents[1]
ROWS = ROOT / "tests/data/real_documents/first_readings.csv.gz"
WEIGHTS = ROOT / "src/isthmus/assets/lexicon/confidence.csv"
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
DOCUMENTS = (0.0, 0.55, 0.65, 0.75, 0.85, 1.0)
FEWEST = 5
"""Rows that a document needs to be counted among documents."""
DIGITS = 2


def weighed(rows: pd.DataFrame, signs: list[str]) -> pd.Series:
    """Return the weights of the intercept and of each sign, fitted to some rows."""
    counts = 1 / np.sqrt(rows.groupby("document")["right"].transform("size"))
    fitted = fit(rows[signs].to_numpy(), rows["right"].to_numpy(), (counts / counts.mean()).to_numpy())
    return pd.Series(fitted, index=[INTERCEPT, *signs]).round(DIGITS)


def likely(rows: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Return the probability of each row by the weights."""
    return 1 / (1 + np.exp(-(weights[INTERCEPT] + rows[list(weights.index[1:])] @ weights.iloc[1:])))


def unseen(rows: pd.DataFrame, signs: list[str]) -> pd.Series:
    """Return the probability of each row by weights fitted to the other sets."""
    parts = [
        likely(rows[rows["half"] == half], weighed(rows[rows["half"] != half], signs)) for half in rows["half"].unique()
    ]
    return pd.concat(parts).loc[rows.index]


def bands(likely: pd.Series, right: pd.Series, edges: tuple[float, ...]) -> pd.DataFrame:
    """Return for each band how many cases it has, what was expected of them on average, and what share was right."""
    cut = pd.cut(likely, edges, right=False)
    told = pd.DataFrame({"expected": likely, "right": right}).groupby(cut, observed=True)
    return told.mean().round(DIGITS).assign(cases=told.size())


def measured(rows: pd.DataFrame, signs: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the bands of rows and those of documents, each by weights that had not seen its set."""
    judged = rows.assign(likely=unseen(rows, signs))
    whole = judged.groupby("document").agg(likely=("likely", "mean"), right=("right", "mean"), n=("right", "size"))
    whole = whole[whole["n"] >= FEWEST]
    return bands(judged["likely"], judged["right"], BANDS), bands(whole["likely"], whole["right"], DOCUMENTS)


def main() -> None:
    """Print the weights and the bands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = pd.read_csv(ROWS)
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        meanings = {row["sign"]: row["meaning"] for row in csv.DictReader(file)}
    signs = [name for name in meanings if name != INTERCEPT]
    weights = weighed(rows, signs)
    print(weights.to_string())
    for table in measured(rows, signs):
        print(table.to_string())
    if options.write:
        with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows(
                [("sign", "weight", "meaning"), *((n, weights[n], meanings[n]) for n in (INTERCEPT, *signs))]
            )


if __name__ == "__main__":
    main()
