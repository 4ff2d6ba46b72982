"""An alignment as tables."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from isthmus.alignment.items import ObjectLink
from isthmus.alignment.match import Alignment, Calibration, Gap, Link, band_of
from isthmus.alignment.review import passage_digest

_LINK = ("score", "relation", "accepted", "reason", "band", "verdict", "note")
_PLACE = ("text", "lang", "file", "page", "theme", "partner")
_LINK_COLUMNS = (
    "left", "right", "score", "relation", "accepted", "reason", "tier", "band", "rule", "verdict", "note",
    "left_detail", "right_detail", *(f"left_{name}" for name in _PLACE), *(f"right_{name}" for name in _PLACE),
    "left_digest", "right_digest",
    *(f"{side}_{name}" for side in ("left", "right") for name in ("value", "unit", "operator", "year", "direction")),
)  # fmt: skip
_GAP_COLUMNS = (
    "side", "id", "lang", "text", "theme", "partner", "file", "page", "nearest", "nearest_score", "nearest_relation",
)  # fmt: skip


def link_table(alignment: Alignment) -> pd.DataFrame:
    """Return one row a link: the accepted ones, best first, then the candidates of each left statement.

    The score is a probability (0 to 1). Of the accepted links of tier *subject* no two share a statement; those of rows that
    join a counterpart already taken are of tier *object*.
    """
    joined = _joined(alignment.accepted)
    links = sorted(alignment.links, key=lambda link: -link.score if link.accepted else 1.0)
    rows = [_link_row(link, "object" if id(link) in joined else "subject") for link in links]
    return pd.DataFrame(rows, columns=list(_LINK_COLUMNS))


def object_table(links: Sequence[ObjectLink], calibration: Calibration) -> pd.DataFrame:
    """Return pairs of statements about one object as rows of the table of links, all accepted and of tier *object*."""
    rows = [
        {
            "left": link.left.id, "right": link.right.id, "tier": "object", "score": link.score,
            "relation": str(link.judgement.relation), "accepted": True, "reason": link.reason,
            "band": str(band_of(link.score, calibration)), "rule": link.judgement.rule, "verdict": "", "note": "",
            **{
                f"{side}_{name}": value
                for side, s in (("left", link.left), ("right", link.right))
                for name, value in (
                    ("detail", ""), ("text", s.text), ("lang", s.lang), ("file", s.document.title), ("page", s.locator),
                    ("theme", s.theme), ("partner", ";".join(s.partners)), ("digest", passage_digest(s.text)),
                    ("value", s.value), ("unit", s.unit), ("operator", s.operator),
                    ("year", _whole(s.year_to)), ("direction", ""),
                )
            },
        }
        for link in links
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(_LINK_COLUMNS))


def _joined(links: Sequence[Link]) -> set[int]:
    """Return which links (by identity) have a statement that a better one has taken."""
    taken, joined = set[tuple[str, str]](), set[int]()
    for link in sorted(links, key=lambda link: -link.score):
        sides = {("left", link.left.id), ("right", link.right.id)}
        if sides & taken:
            joined.add(id(link))
        else:
            taken |= sides
    return joined


def both_tiers(alignment: Alignment, objects: Sequence[ObjectLink], calibration: Calibration) -> pd.DataFrame:
    """Return the links of an alignment with those by object, which take the place of candidates; accepted ones first."""
    links, talked = link_table(alignment), object_table(objects, calibration)
    linked = {(link.left.id, link.right.id) for link in objects}
    again = [pair in linked for pair in zip(links["left"], links["right"], strict=True)]
    every = pd.concat([links[~np.array(again, dtype=bool)], talked], ignore_index=True) if objects else links
    return every.sort_values("accepted", ascending=False, kind="stable", ignore_index=True)


def unmatched_table(alignment: Alignment, objects: Sequence[ObjectLink] = ()) -> pd.DataFrame:
    """Return one row for each statement of either side without an accepted link of either tier, with the nearest candidate."""
    linked = {(side, getattr(link, side).id) for link in objects for side in ("left", "right")}
    rows = [_gap_row(gap) for gap in alignment.gaps if (gap.side, gap.target.id) not in linked]
    return pd.DataFrame(rows, columns=list(_GAP_COLUMNS))


def _link_row(link: Link, tier: str) -> dict[str, object]:
    """Return the cells of a link; those of the numbers that decided the relation are empty without such numbers."""
    row: dict[str, object] = {name: getattr(link, name) for name in _LINK} | {
        "rule": link.judgement.rule,
        "tier": tier,
    }
    numbers = link.judgement.compared or (None, None)
    for side, target, number in zip(("left", "right"), (link.left, link.right), numbers, strict=True):
        cells = {name: getattr(target, name) for name in _PLACE} | {"page": _whole(target.page)}
        cells |= {"detail": link.judgement.details.get(side, ""), "digest": passage_digest(target.text)}
        cells |= {"value": number.amount if number else float("nan"), "year": _whole(number.year if number else None)}
        cells |= {name: getattr(number, name, "") for name in ("unit", "operator", "direction")}
        row |= {side: target.id} | {f"{side}_{name}": cell for name, cell in cells.items()}
    return row


def _gap_row(gap: Gap) -> dict[str, object]:
    target, link = gap.target, gap.nearest
    row: dict[str, object] = {name: getattr(target, name) for name in ("id", *_PLACE)}
    row |= {"side": gap.side, "page": _whole(target.page), "nearest": "", "nearest_relation": ""}
    if link is not None:
        other = link.right if gap.side == "left" else link.left
        row |= {"nearest": other.id, "nearest_score": link.score, "nearest_relation": link.relation}
    return row


def _whole(number: int | None) -> str:
    return "" if number is None else str(number)
