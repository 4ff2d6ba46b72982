"""Where the two plans meet, complement each other, collide and miss each other: links, gaps and how far to trust them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from isthmus.alignment.judgement import Relation
from isthmus.alignment.match import Alignment, align
from isthmus.alignment.review import Reviewed, rejected_pairs, review
from isthmus.alignment.tables import link_table, unmatched_table
from isthmus.plans.plan import Target
from isthmus.study.labels import names
from isthmus.study.station import Findings, Section, Station, Work
from isthmus.study.study import Study
from isthmus.study.themes import with_fields


def compute(study: Study, _: Findings, work: Work) -> Section:
    """Align the plans of both partners, apply the analyst's verdicts and count what was found."""
    assert study.matcher is not None
    left, right = plan_sides(study)
    found = align(left, right, study.matcher, rejected_pairs(study.verdicts, left, right))
    work.progress(0.9)
    reviewed = review(found, study.verdicts, left, right)
    links = link_table(reviewed.alignment)
    unmatched = _answered_in_part(unmatched_table(reviewed.alignment), links)
    return Section(
        {
            "partners": list(study.partners),
            "names": names(study.baseline.table.economy_names if study.baseline.table else {}),
            "documents": bool(study.extracted),
            "left": len({target.text for target in left}),
            "right": len({target.text for target in right}),
            "left_targets": len(left),
            "right_targets": len(right),
            "accepted": reviewed.alignment.counts["accepted"],
            "relations": _counts(reviewed.alignment, "relation"),
            "bands": _counts(reviewed.alignment, "band"),
            "gaps": [_open_passages(unmatched, side) for side in ("left", "right")],
            "models": list(found.models),
            "measured": dict(study.matcher.measured),
            "review": _review(found, reviewed),
        },
        {"links": links, "unmatched": unmatched, "matrix": matrix(links), "stale_verdicts": _stale(reviewed)},
    )


def plan_sides(study: Study) -> tuple[list[Target], list[Target]]:
    """Return the targets of the first and of the second partner: those read from documents, else the curated ones."""
    targets = with_fields(study.extracted or study.targets, study.matcher)
    first, second = ([t for t in targets if t.partner == partner] for partner in study.partners)
    return first, second


def matrix(links: pd.DataFrame) -> pd.DataFrame:
    """Return the number of accepted links by theme and relation; the theme is the first partner's, else the second's."""
    accepted = links[links["accepted"]]
    themes = [a or b for a, b in zip(accepted["left_theme"], accepted["right_theme"], strict=True)]
    table = pd.crosstab(pd.Series(themes, name="theme", dtype=str), pd.Series(list(accepted["relation"]), dtype=str))
    table = table.reindex(columns=list(map(str, Relation)), fill_value=0)
    long = table.reset_index().melt("theme", var_name="relation", value_name="links")
    return long.sort_values(["theme", "relation"], ignore_index=True)


def _answered_in_part(unmatched: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Mark targets whose sentence holds another target that is linked: they are no gap for a reader of the sentence."""
    accepted = links[links["accepted"]]
    linked = {(side, text) for side in ("left", "right") for text in accepted[f"{side}_text"]}
    marks = [pair in linked for pair in zip(unmatched["side"], unmatched["text"], strict=True)]
    return unmatched.assign(answered_in_part=pd.Series(marks, index=unmatched.index, dtype=bool))


def _open_passages(unmatched: pd.DataFrame, side: str) -> int:
    """Count the different sentences of a side without any accepted link."""
    return int(unmatched.loc[(unmatched["side"] == side) & ~unmatched["answered_in_part"], "text"].nunique())


def _counts(alignment: Alignment, name: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for link in alignment.accepted:
        key = str(getattr(link, name))
        counts[key] = counts.get(key, 0) + 1
    return counts


def _review(machine: Alignment, reviewed: Reviewed) -> Mapping[str, Any]:
    """Count what the analyst decided and how often that was what the machine had said."""
    before = {(link.left.id, link.right.id): link for link in machine.links}
    decided = [link for link in reviewed.alignment.links if link.verdict]
    proposed = [link for link in decided if (k := (link.left.id, link.right.id)) in before and before[k].proposed]
    return {
        "decided": len(decided),
        "proposed": len(proposed),
        "kept": sum(link.accepted for link in proposed),
        "relation_kept": sum(
            link.accepted and link.relation == before[link.left.id, link.right.id].relation for link in proposed
        ),
        "stale": len(reviewed.stale),
    }


def _stale(reviewed: Reviewed) -> pd.DataFrame:
    rows: Sequence[tuple[str, ...]] = [
        (str(v.decision), str(v.relation or ""), v.note, v.left_text, v.right_text, v.left_digest, v.right_digest)
        for v in reviewed.stale
    ]
    columns = ["decision", "relation", "note", "left_text", "right_text", "left_digest", "right_digest"]
    return pd.DataFrame(rows, columns=columns)


def _applies(study: Study) -> bool:
    return study.matcher is not None and all(plan_sides(study))


STATION = Station(
    name="alignment",
    inputs=("targets", "documents", "matcher", "verdicts"),
    needs=(),
    applies=_applies,
    compute=compute,
)
