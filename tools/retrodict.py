"""Test the model against the packaged past; write the scores for the report and docs/evidence/retrodiction.md."""

import sys
from pathlib import Path

import pandas as pd

from isthmus.equilibrium.retrodiction import LEAST_MUSD, score
from isthmus.readers.worlds.retrodiction import TrialEntry, read_cases, read_past, retrodict_case

ROOT = Path(__file__).resolve().parents[1]
SCORES = ROOT / "src" / "isthmus" / "assets" / "published" / "retrodiction_scores.csv"
PAGE = ROOT / "docs" / "evidence" / "retrodiction.md"
KINDS = ("deepening", "entering", "rupture")
HOW = {"agreement": "gravity effect", "observed": "observed change", "tariff": "tariff"}


def scores() -> pd.DataFrame:
    """Return one row a case, a kind, and all together."""
    past = read_past()
    cases = read_cases()
    rows = {case.id: retrodict_case(case, past) for case in cases}
    every = pd.concat(rows.values(), ignore_index=True)
    parts = [(case.id, case.kind, rows[case.id]) for case in cases]
    parts += [(kind, kind, every[every["kind"] == kind]) for kind in KINDS]
    parts.append(("all", "", every))
    return pd.DataFrame([{"case": name, "kind": kind, **vars(score(part))} for name, kind, part in parts])


def page(table: pd.DataFrame, cases: tuple[TrialEntry, ...]) -> str:
    """Return the page of evidence."""
    titles = (
        {case.id: case.titles["en"] for case in cases} | {kind: f"all: {kind}" for kind in KINDS} | {"all": "all cases"}
    )
    by_id = {case.id: case for case in cases}
    lines = [
        "| case | cost from | years | flows | said | happened | correlation | slope | error, model | error, benchmark |",
        "|---|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in table.itertuples():
        case = by_id.get(str(row.case))
        how, years = (HOW[case.cost.how], f"{case.base} to {case.later}") if case else ("", "")
        lines.append(
            f"| {titles[str(row.case)]} | {how} | {years} | {row.flows} | {row.said:+.0%} | {row.happened:+.0%} | "
            f"{row.correlation:.2f} | {row.slope:.2f} | {row.model_error:.2f} | {row.benchmark_error:.2f} |"
        )
    entering, rupture = (table.set_index("case").loc[kind] for kind in ("entering", "rupture"))
    better = int((table["model_error"] < table["benchmark_error"])[: len(cases)].sum())
    return (
        HEAD
        + "\n".join(lines)
        + FOOT.format(
            least=f"{LEAST_MUSD:g}",
            left_out=int(table.set_index("case").loc["all"]["left_out"]),
            said=f"{entering['said']:+.0%}",
            happened=f"{entering['happened']:+.0%}",
            rupture_said=f"{rupture['said']:+.0%}",
            rupture_happened=f"{rupture['happened']:+.0%}",
            better=better,
            count=len(cases),
        )
    )


HEAD = """# Retrodiction: what the model would have said of the past

Made by `python tools/retrodict.py`; cases with their sources: `src/isthmus/assets/published/retrodiction.toml`. They were
chosen before the first run and none was dropped; what was changed after it stands at the head of that file. For each case
the world of the base year is calibrated (its flows, the cost structure of the full table), the change of the border is
solved, and the trade of the changed pairs by sector in the later year is set beside what happened
(`equilibrium/retrodiction.py`).

*Said* and *happened* are the mean growth of the changed flows, weighted by their base-year value, beyond the benchmark
without a model: trade grows with both sides' trade with everybody else. *Correlation* and *slope* are those of what
happened on what the model said, flow by flow (a slope of 1 is the right size). *Errors* are weighted mean absolute logs:
0.3 means that a flow is missed by about a third.

"""
FOOT = """

Flows below {least} million USD in either year are left out ({left_out} of them).

## What this says

- **Agreements.** Gravity estimates by cross-section, read as the effect of an agreement, said {said}; {happened} happened
  beyond the benchmark. Pairs with  agreements trade more for reasons that an agreement does not bring, and tariff cuts are
  phased in over years that the cases do not wait for. A study must not  price a measure with such coefficients; the
  packaged one prices causes one by one instead, and this page is a reason.
- **Ruptures.** {rupture_said} was said and {rupture_happened} happened: the sign is right in every case, sizes differ both
  ways. A uniform tariff is a poor  picture of lists that spared many products.
- **Sectors.** Within a case the model hardly tells which sectors moved more. Which sector an agreement or a measure names
  is not in the cost that goes in.
- **Errors.** The model beats the benchmark in {better} of {count} cases. Results of the product compare worlds that differ
  in stated costs; they are no forecast of trade,  and this page says how far such a forecast would go wrong."""


def main() -> int:
    """Write both files."""
    cases = read_cases()
    table = scores()
    table.to_csv(SCORES, index=False, float_format="%.6g", lineterminator="\n")
    PAGE.write_text(page(table, cases), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
