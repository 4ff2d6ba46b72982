"""How far links between plans can be trusted: what was measured, and on what kind of passages."""

import math

from isthmus.report.blocks import Block, Paragraph, Points
from isthmus.report.locale import Translator
from isthmus.report.tiers import by_aim
from isthmus.study.alignment import AlignmentSection

BANDS = ("confident", "check", "weak")
_SHARES = (
    *BANDS, *(f"words_{band}" for band in BANDS), "rows_shared", "rows_apart",
    "recall", "false_links", "agreement", "agreement_numbers",
)  # fmt: skip


def how_far(section: AlignmentSection, text: Translator) -> list[Block]:
    """Say how many links there are of each band, how often such links were right, and what the analyst made of them."""
    with_figures = sum(None not in (row.left_value, row.right_value) for row in by_aim(section))
    bands = {band: section.bands.get(band, 0) for band in BANDS}
    told = [text("alignment.bands_here", figures=with_figures, **bands)]
    if section.measured:
        shares = {name: text.percent(100 * section.measured.get(name, math.nan), 0) for name in _SHARES}
        pairs = int(section.measured["pairs"])
        told += [text.of("alignment.trust", about, n=pairs, **shares) for about in ("figures", "words", "written")]
    blocks: list[Block] = [Points(text("alignment.bands"), told)]
    if not section.measured:
        blocks.append(Paragraph(text("alignment.not_measured"), "warning"))
    review = section.review
    if review.proposed:
        kept = {"kept": review.kept, "relation_kept": review.relation_kept}
        blocks.append(Paragraph(text("alignment.reviewed", n=review.proposed, **kept)))
    elif not review.decided:
        blocks.append(Paragraph(text("alignment.not_reviewed"), "muted"))
    return blocks
