"""What two plans have to talk about: for each object and relation the best pair, with trade and the money of a measure."""

import re
from collections.abc import Mapping, Sequence

from isthmus.report.blocks import Block, Cell, Grid, Paragraph, Points
from isthmus.report.locale import Translator
from isthmus.report.passages import TONES
from isthmus.report.wording import theme_name
from isthmus.study.alignment import AlignmentSection
from isthmus.study.alignment_rows import ObjectRow
from isthmus.study.levers import LeversSection
from isthmus.study.station import Findings

_WORDED = re.compile(r"[A-Za-z]{3,}")
"""A place told in words, which are English; codes (Pt2 Ch7) are read in any language."""
SHOWN = 8
TALKS = ("same", "complement", "conflict")
"""Relations of an object that there is something to talk about, in the order in which they are shown."""


def to_talk_about(section: AlignmentSection) -> list[list[ObjectRow]]:
    """Return the links worth a talk by pair, object and relation, joint ones first.

    Of one object that link leads which speaks of the other partner, cooperates and is due nearest the deadline. Of the joint
    objects those with most links come first, of the others those of which most is sold.
    """
    items: dict[tuple[str, str, str], list[ObjectRow]] = {}
    for row in section.objects.rows:
        if row.relation in TALKS:
            items.setdefault((row.pair, row.item or row.left_object, row.relation), []).append(row)
    for rows in items.values():
        rows.sort(key=lambda row: (not row.bilateral, -_shared(row), _off(row, section.deadline), -row.score))
    return sorted(items.values(), key=_place)


def _shared(row: ObjectRow) -> int:
    """Count the sides of a link that do it together with others."""
    return (row.left_role, row.right_role).count("cooperates")


def _off(row: ObjectRow, deadline: int) -> int:
    """Return by how many years the dates of a link miss the deadline; a statement without a date misses none."""
    return max(abs((due or deadline) - deadline) for due in (row.left_due, row.right_due))


def _place(rows: Sequence[ObjectRow]) -> tuple[int, float, float]:
    best = rows[0]
    joint = best.relation == TALKS[0]
    return TALKS.index(best.relation), -float(len(rows)) if joint else -(best.sold_usd_m or 0.0), -best.score


def talks_title(found: Sequence[Sequence[ObjectRow]], text: Translator) -> str:
    """Count the objects to talk about by relation."""
    counts = {relation: sum(rows[0].relation == relation for rows in found) for relation in TALKS}
    return text("alignment.talks", n=len(found), **counts)


def talks(section: AlignmentSection, findings: Findings, text: Translator) -> list[Block]:
    """Show what to talk about: for each pair, object and relation the best one, with trade and the money of a measure."""
    if not section.objects.rows:
        return []
    found = to_talk_about(section)
    told = _Told(section, findings, text)
    several = len(section.alignment_pairs) > 1
    sides = [text.of("alignment.column", name) for name in ("pair", "left", "right")] if several else told.sides()
    grid = Grid(
        title=talks_title(found, text),
        columns=[
            text("alignment.column.theme"), text("alignment.column.kind"), *sides,
            text("alignment.column.reason"), text("alignment.column.more"), text("alignment.column.money"),
        ],
        rows=[told.row(rows, several) for rows in found],
        numeric=(6 if several else 5,),
        source=text("alignment.talks_source"),
        csv="objects",
        fold=SHOWN,
        filters=(0, 1, 2) if several else (0, 1),
    )  # fmt: skip
    return [grid, *told.one_sided(several), Paragraph(text("alignment.objects_measured"), "muted")]


class _Told:
    """Rows of the table, with names of partners and who signed what."""

    def __init__(self, section: AlignmentSection, findings: Findings, text: Translator) -> None:
        self.pairs = {row.pair: row for row in section.alignment_pairs.rows}
        self.names = {code: text.named(section.economy_names.get(code, {}), code) for code in section.partners}
        self.sector_names = section.sector_names
        self.texts, self.titles = section.statement_texts, section.document_titles
        self.findings, self.text = findings, text
        about = [row for row in section.links.rows if row.tier == "object"]
        self.signed = {row.left: row.left_partner for row in about} | {row.right: row.right_partner for row in about}

    def sides(self) -> list[str]:
        """Names of the two partners of the only pair."""
        (pair,) = self.pairs.values()
        return [self.names[pair.left], self.names[pair.right]]

    def sectors(self, codes: str) -> str:
        """Name the sectors whose trade stands for an object: they hold more than it."""
        return "; ".join(self.text.named(self.sector_names.get(code, {}), code) for code in codes.split(";"))

    def pair_name(self, label: str) -> str:
        """Name of a pair."""
        pair = self.pairs[label]
        return self.text("border.pair", a=self.names[pair.left], b=self.names[pair.right])

    def row(self, rows: Sequence[ObjectRow], several: bool) -> list[str | Cell]:
        """Return the row of one pair, object and relation."""
        best, text = rows[0], self.text
        sold = ""
        if best.sold_usd_m is not None and best.import_share_pct is not None:
            sold = text(
                "alignment.sold", seller=self.names[best.seller], buyer=self.names[best.buyer],
                year=best.trade_year or "", value=text.million_usd(best.sold_usd_m, signed=False),
                share=text.percent(best.import_share_pct, 0), sectors=self.sectors(best.sectors),
            )  # fmt: skip
        why = text.of("alignment.role_reason", best.rule)
        levers = list(filter(None, best.levers.split(";")))
        left, right = (
            self.said(statement, document, where, read, self.signers(statement, shared, several))
            for statement, document, where, read, shared in (
                (best.left, best.left_document, best.left_place, best.left_read, best.left_shared),
                (best.right, best.right_document, best.right_place, best.right_read, best.right_shared),
            )
        )
        return [
            theme_name(best.theme, text),
            Cell(text.of("alignment.talk", best.relation), tone=TONES.get(best.relation, "")),
            *([self.pair_name(best.pair)] if several else []),
            left,
            right,
            f"{why} {sold}".strip(),
            str(len(rows) - 1),
            _money(levers, self.names, self.findings, text),
        ]

    def said(self, statement: str, document: str, place: str, read: str, signers: str) -> Cell:
        """Return a statement in our own words with its document, the place in it, and how it was read."""
        texts = self.texts[statement]
        lang = self.text.language if self.text.language in texts else next(iter(texts))
        title = self.text.named(self.titles.get(document, {}), document)
        shown = place if self.text.language == "en" or not _WORDED.search(place) else ""
        where = f"{title}, {shown}" if shown else title
        tags = [*([signers] if signers else []), self.text.of("alignment.read", read)]
        told = f"{texts[lang]} ({where})" if where else texts[lang]
        return Cell(told, lang=lang, tag="; ".join(tags), tone="mark" if read == "unverified" else "")

    def signers(self, statement: str, shared: bool, several: bool) -> str:
        """Say who signed a statement, where it was not one partner alone."""
        if not several:
            return self.text("alignment.of_both") if shared else ""
        who = [code for code in self.signed.get(statement, "").split(";") if code in self.names]
        return (
            self.text("alignment.signed_by", names=self.text.list([self.names[c] for c in who])) if len(who) > 1 else ""
        )

    def one_sided(self, several: bool) -> list[Block]:
        """Count the statements about an object that the other side does not speak of."""
        counts = [
            {
                "a": self.names[pair.left], "b": self.names[pair.right], "left": pair.left_one_sided,
                "right": pair.right_one_sided, "of_left": pair.left_spoken, "of_right": pair.right_spoken,
            }
            for pair in self.pairs.values()
        ]  # fmt: skip
        if not several:
            return [Paragraph(self.text("alignment.one_sided", **counts[0]))]
        items = [self.text("alignment.one_sided_pair", **one) for one in counts if one["of_left"] and one["of_right"]]
        return [Points(self.text("alignment.one_sided_title"), items)]


def _money(levers: Sequence[str], names: Mapping[str, str], findings: Findings, text: Translator) -> str:
    """Say what the measures that hang on a pair are worth to each partner, in percent of real income."""
    section = findings.get(LeversSection)
    if section is None or not levers:
        return ""
    worth = {(row.lever, row.economy): row.median for row in section.lever_weights.rows}
    described = {lever.id: lever for lever in section.described}
    said = []
    for lever in levers:
        effects = [
            f"{name} {text.percent(worth[lever, code], 3, signed=True)}"
            for code, name in names.items()
            if (lever, code) in worth
        ]
        if lever in described and effects:
            said.append(f"{text.named(described[lever].titles, lever)}: {text.list(effects)}")
    return "; ".join(said)
