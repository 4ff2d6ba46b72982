"""An alignment as tables."""

import pandas as pd

from isthmus.alignment.match import Alignment, Gap, Link
from isthmus.alignment.review import passage_digest


def link_table(alignment: Alignment) -> pd.DataFrame:
    """Return one row a link, best first for each left statement; score is a probability (0 to 1)."""
    return pd.DataFrame([_link_row(link) for link in alignment.links], columns=list(_LINK_COLUMNS))


def unmatched_table(alignment: Alignment) -> pd.DataFrame:
    """Return one row for each statement of either side without an accepted link, with the nearest candidate."""
    return pd.DataFrame([_gap_row(gap) for gap in alignment.gaps], columns=list(_GAP_COLUMNS))


_LINK_COLUMNS = (
    "left", "right", "score", "relation", "accepted", "reason", "tier", "band", "rule", "verdict", "note",
    "left_detail", "right_detail", "left_text", "left_lang", "left_file", "left_page", "left_theme", "left_partner",
    "right_text", "right_lang", "right_file", "right_page", "right_theme", "right_partner", "left_digest", "right_digest",
    *(f"{side}_{name}" for side in ("left", "right") for name in ("value", "unit", "operator", "year", "direction")),
)  # fmt: skip
_GAP_COLUMNS = (
    "side", "id", "lang", "text", "theme", "partner", "file", "page", "nearest", "nearest_score", "nearest_relation",
)  # fmt: skip


def _link_row(link: Link) -> tuple[object, ...]:
    details = link.judgement.details
    a, b = link.left, link.right
    return (
        a.id, b.id, link.score, str(link.relation), link.accepted, link.reason, str(link.tier), str(link.band),
        link.judgement.rule, link.verdict, link.note,
        details.get("left", ""), details.get("right", ""), a.text, a.lang, a.file, _whole(a.page), a.theme, a.partner,
        b.text, b.lang, b.file, _whole(b.page), b.theme, b.partner, passage_digest(a.text), passage_digest(b.text),
        *(cell for side in (0, 1) for cell in _number(link, side)),
    )  # fmt: skip


def _number(link: Link, side: int) -> tuple[object, ...]:
    """Return the number of a side that decided the relation: value, unit, operator, year, direction; empty without one."""
    pair = link.judgement.compared
    if pair is None:
        return (float("nan"), "", "", "", "")
    number = pair[side]
    return (number.amount, number.unit, number.operator, _whole(number.year), number.direction)


def _gap_row(gap: Gap) -> tuple[object, ...]:
    target, link = gap.target, gap.nearest
    nearest: tuple[object, ...] = ("", float("nan"), "")
    if link is not None:
        other = link.right if gap.side == "left" else link.left
        nearest = (other.id, link.score, str(link.relation))
    return (
        gap.side, target.id, target.lang, target.text, target.theme, target.partner, target.file, _whole(target.page), *nearest
    )  # fmt: skip


def _whole(number: int | None) -> str:
    return "" if number is None else str(number)
