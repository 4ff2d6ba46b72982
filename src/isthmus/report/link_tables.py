"""Every link between the plans with both its passages: a folded table for a cell of the matrix, or for a pair of partners."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from isthmus.report.blocks import Block, Folded, Paragraph
from isthmus.report.locale import Translator
from isthmus.report.passages import link_grid
from isthmus.report.talks import TalkTable, to_talk_about
from isthmus.report.tiers import by_aim, unlike
from isthmus.report.wording import theme_name
from isthmus.study.alignment import AlignmentSection
from isthmus.study.alignment_rows import AlignedPairRow, LinkRow, ObjectRow
from isthmus.study.station import Findings

Row = TypeVar("Row")
Key = TypeVar("Key")


def cell_name(theme: str, relation: str) -> str:
    """Return the identifier of the folded passages behind a cell of the matrix."""
    return anchor("alignment", relation, theme)


def fold_name(pair: AlignedPairRow) -> str:
    """Return the identifier of the folded passages of a pair."""
    return anchor("alignment-links", pair.pair)


def anchor(*words: str) -> str:
    """Return an identifier for words."""
    return "-".join(part for word in words for part in word.split())


def pair_name(pair: AlignedPairRow, names: Mapping[str, str], text: Translator) -> str:
    """Return how a pair of partners is called."""
    return text("border.pair", a=names[pair.left], b=names[pair.right])


def passages_of_cells(
    section: AlignmentSection, findings: Findings, names: Mapping[str, str], text: Translator
) -> list[Block]:
    """Return a folded table for every cell of the matrix; the cell with the best link comes first."""
    (pair,) = section.alignment_pairs.rows
    tables = _Tables(section, findings, names, text)
    aims = _grouped(tables.aims, [(row.left_theme or row.right_theme, row.relation) for row in tables.aims])
    objects = _grouped(tables.objects, [(row.theme, row.relation) for row in tables.objects])
    blocks: list[Block] = []
    for theme, relation in dict.fromkeys((*aims, *objects)):
        aim, about = aims.get((theme, relation), []), objects.get((theme, relation), [])
        told = {"relation": text.of("alignment.relation_both", relation), "theme": theme_name(theme, text)}
        summary = text("alignment.cell", n=len(aim) + len(about), **told)
        blocks.append(Folded(summary, tables.of(pair, aim, about, sorts=False), cell_name(theme, relation)))
    return [Paragraph(text("alignment.passages"), "muted"), *blocks] if blocks else []


def passages_of_pairs(
    section: AlignmentSection, findings: Findings, names: Mapping[str, str], text: Translator
) -> list[Block]:
    """Return a folded table for every pair of partners."""
    tables, blocks = _Tables(section, findings, names, text), list[Block]()
    aims = _grouped(tables.aims, [row.pair for row in tables.aims])
    objects = _grouped(tables.objects, [row.pair for row in tables.objects])
    for pair in section.alignment_pairs.rows:
        aim, about = aims.get(pair.pair, []), objects.get(pair.pair, [])
        if aim or about:
            summary = text("alignment.links_of_pair", n=len(aim) + len(about), pair=pair_name(pair, names, text))
            blocks.append(Folded(summary, tables.of(pair, aim, about, sorts=True), fold_name(pair)))
    return [Paragraph(text("alignment.passages_of_pairs"), "muted"), *blocks] if blocks else []


class _Tables:
    """Links of both tiers, and how they are shown."""

    def __init__(
        self, section: AlignmentSection, findings: Findings, names: Mapping[str, str], text: Translator
    ) -> None:
        found = to_talk_about(section)
        self.aims, self.objects = by_aim(section), [row for rows in found for row in rows]
        self.differs, self.names, self.text = unlike(section, findings), names, text
        self.several = len(section.alignment_pairs) > 1
        self.told = TalkTable(section, findings, text, found)

    def of(
        self, pair: AlignedPairRow, aims: Sequence[LinkRow], objects: Sequence[ObjectRow], *, sorts: bool
    ) -> list[Block]:
        """Return the tables of links by one aim and by one object, without one that would be empty."""
        heads = self.names[pair.left], self.names[pair.right]
        aim, about = self.text("alignment.by_aim", n=len(aims)), self.text("alignment.by_object", n=len(objects))
        grids: list[Block] = [link_grid(aim, heads, aims, self.differs, self.text, sorts=sorts)] if aims else []
        return [*grids, self.told.passages(about, heads, objects, self.several)] if objects else grids


def _grouped(rows: Iterable[Row], keys: Iterable[Key]) -> dict[Key, list[Row]]:
    found = dict[Key, list[Row]]()
    for row, key in zip(rows, keys, strict=True):
        found.setdefault(key, []).append(row)
    return found
