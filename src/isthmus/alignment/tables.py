"""An alignment as tables."""

from collections.abc import Sequence

import pandas as pd

from isthmus.alignment.match import Alignment, Gap, Link
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


def unmatched_table(alignment: Alignment) -> pd.DataFrame:
    """Return one row for each statement of either side without an accepted link, with the nearest candidate."""
    return pd.DataFrame([_gap_row(gap) for gap in alignment.gaps], columns=list(_GAP_COLUMNS))


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
