"""What two plans have to talk about: for each object and relation the best pair, with trade and the money of a measure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from isthmus.levers.support import PLANS
from isthmus.report.blocks import Annex, Block, Cell, Grid, Paragraph, Points
from isthmus.report.locale import Translator
from isthmus.report.passages import TONES
from isthmus.report.tiers import TALKS, unlike
from isthmus.report.wording import theme_name
from isthmus.study.alignment import AlignmentSection
from isthmus.study.alignment_rows import ObjectRow
from isthmus.study.levers import LeversSection
from isthmus.study.station import Findings

_PLACE = re.compile(r"(Pt|Ch|§|item|Box)\s?(\d+)")
"""A numbered place in a document; what else is told of a place is English."""
_PLACES = {"Pt": "part", "Ch": "chapter", "§": "section", "item": "item", "Box": "box"}
SHOWN = 4


def to_talk_about(section: AlignmentSection) -> list[list[ObjectRow]]:
    """Return the links worth a talk by pair, object and relation: of each relation one in turn, so that none is out of sight.

    Relations of one object follow each other. Of one object and relation that link leads which is firmest: texts that were
    read, numbers and dates; then which speaks of the other partner, cooperates and is due nearest the deadline. Of the joint
    objects those with most links come first, of the others those of which most is sold.
    """
    items: dict[tuple[str, str, str], list[ObjectRow]] = {}
    for row in section.objects.rows:
        if row.relation in TALKS:
            items.setdefault((row.pair, row.item or row.left_object, row.relation), []).append(row)
    for rows in items.values():
        rows.sort(
            key=lambda row: (-_firm(row), not row.bilateral, -_shared(row), _off(row, section.deadline), -row.score)
        )
    turns: dict[str, int] = defaultdict(int)
    placed = []
    for rows in sorted(items.values(), key=_place):
        relation = rows[0].relation
        placed.append((turns[relation], TALKS.index(relation), rows))
        turns[relation] += 1
    objects: dict[tuple[str, str], list[list[ObjectRow]]] = {}
    for _, _, rows in sorted(placed, key=lambda one: one[:2]):
        objects.setdefault(_named(rows)[:2], []).append(rows)
    return [rows for same in objects.values() for rows in same]


def _firm(row: ObjectRow) -> int:
    """Count what a link has to hold on to: sides whose text was read, that give a number, that give a date."""
    sides = ((row.left_read, row.left_number, row.left_due), (row.right_read, row.right_number, row.right_due))
    return sum((read == "verified") + number + (due is not None) for read, number, due in sides)


def measures_of(
    found: Sequence[Sequence[ObjectRow]], support: Mapping[str, set[str]]
) -> dict[tuple[str, str, str], list[str]]:
    """Return by pair, object and relation the measures that stand beside it: each where most of its statements are.

    `support` holds the statements that each joint measure carries out. What two sides compete for is carried out by none.
    """
    held = {_named(rows): {s for row in rows for s in (row.left, row.right)} for rows in found}
    lead = {_named(rows): {rows[0].left, rows[0].right} for rows in found}
    beside: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for measure, said in support.items():
        fits = {
            name: (len(said & held[name]), len(said & lead[name]))
            for name in held
            if name[2] != TALKS[-1] and said & held[name]
        }
        if fits:
            beside[max(fits, key=lambda name: fits[name])].append(measure)
    return beside


def _named(rows: Sequence[ObjectRow]) -> tuple[str, str, str]:
    return rows[0].pair, rows[0].item or rows[0].left_object, rows[0].relation


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
    """Count the objects to talk about by relation, and those that have more than one."""
    counts = {relation: sum(rows[0].relation == relation for rows in found) for relation in TALKS}
    objects = Counter(_named(rows)[:2] for rows in found)
    told = text("alignment.talks", n=len(objects), **counts)
    several = sum(n > 1 for n in objects.values())
    return text("alignment.talks_several", told=told, n=several) if several else told


def talks(section: AlignmentSection, findings: Findings, text: Translator) -> list[Block]:
    """Show what to talk about: for each pair, object and relation the best one, with trade and the money of a measure.

    Where statements about objects were compared and none of them calls for a talk, say why that may be.
    """
    found = to_talk_about(section)
    if not found:
        spoken = {pair.left_spoken * pair.right_spoken for pair in section.alignment_pairs.rows}
        return [Paragraph(text("alignment.no_talks"), "muted")] if max(spoken, default=0) else []
    told = TalkTable(section, findings, text, found)
    several = len(section.alignment_pairs) > 1
    sides = [text.of("alignment.column", name) for name in ("pair", "left", "right")] if several else told.sides()
    grid = Grid(
        title=talks_title(found, text),
        columns=[
            text("alignment.column.object"), *sides,
            text("alignment.column.reason"), text("alignment.column.money"),
        ],
        rows=[told.row(rows, several) for rows in found],
        source=told.source(),
        csv="objects",
        fold=SHOWN,
        opened=True,
        shares=(3, 3, 5, 5) if several else (3, 5, 5),
    )  # fmt: skip
    measured = text.of("alignment.objects_measured", "rows" if section.spoken_by_rows else "own")
    return [grid, Annex([Paragraph(_drawn_from(found, text))]), *told.one_sided(several), Paragraph(measured, "muted")]


def _drawn_from(found: Sequence[Sequence[ObjectRow]], text: Translator) -> str:
    """Say what kinds of documents the pairs join: a plan of each side, a paper that both signed, or something less."""
    kinds = Counter(
        "signed"
        if row.left_shared or row.right_shared
        else "plans"
        if {row.left_kind, row.right_kind} <= {*PLANS}
        else "less"
        for rows in found
        for row in rows
    )
    return text("alignment.drawn_from", n=kinds.total(), **{kind: kinds[kind] for kind in ("plans", "signed", "less")})


class TalkTable:
    """Rows of the table, with names of partners and who signed what."""

    def __init__(
        self,
        section: AlignmentSection,
        findings: Findings,
        text: Translator,
        found: Sequence[Sequence[ObjectRow]],
    ) -> None:
        self.pairs = {row.pair: row for row in section.alignment_pairs.rows}
        self.names = {code: text.named(section.economy_names.get(code, {}), code) for code in section.partners}
        self.sector_names, self.object_names = section.sector_names, section.object_names
        self.read = section.spoken_by_rows
        self.texts, self.titles = section.statement_texts, section.document_titles
        self.findings, self.text = findings, text
        levers = findings.get(LeversSection)
        support: dict[str, set[str]] = defaultdict(set)
        for said in levers.measure_support.rows if levers is not None else ():
            support[said.lever] |= set(filter(None, said.statements.split(";")))
        self.measures = measures_of(found, support)
        self.kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
        for rows in found:
            self.kinds[_named(rows)[:2]].append(rows[0].relation)
        self.unlike = {(one.link.pair, one.item): one.link.relation for one in unlike(section, findings)}
        about = [row for row in section.links.rows if row.tier == "object"]
        self.signed = {row.left: row.left_partner for row in about} | {row.right: row.right_partner for row in about}

    def sides(self) -> list[str]:
        """Names of the two partners of the only pair."""
        (pair,) = self.pairs.values()
        return [self.names[pair.left], self.names[pair.right]]

    def sectors(self, codes: str) -> str:
        """Name the sectors whose trade stands for an object: they hold more than it."""
        return "; ".join(self.text.named(self.sector_names.get(code, {}), code) for code in codes.split(";"))

    def object(self, row: ObjectRow) -> Cell:
        """Name the object of a link, what it is to both, and its theme, which names it where only the words are alike."""
        theme = theme_name(row.theme, self.text)
        named = row.left_object if self.text.language == "en" else ""
        if row.item:
            named = self.text.named(self.object_names.get(row.item, {}), row.item)
        kind = self.text.of("alignment.talk", row.relation)
        told = self.text("alignment.object_kind", object=named or theme, kind=kind)
        return Cell(told, tag=theme if named else "", tone=TONES.get(row.relation, ""))

    def source(self) -> str:
        """Say where the statements come from, and what the relation rests on."""
        names = self.text.list([self.names[code] for code in self.read])
        return self.text("alignment.talks_read", names=names) if names else self.text("alignment.talks_source")

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
        levers = self.measures.get(_named(rows), [])
        return [
            self.object(best),
            *([self.pair_name(best.pair)] if several else []),
            *self.both(best, several),
            text("common.space").join(
                filter(None, (text.of("alignment.role_reason", best.rule), sold, *self.more(rows)))
            ),
            _money(levers, self.names, self.findings, text),
        ]

    def both(self, row: ObjectRow, several: bool) -> list[Cell]:
        """Return both statements of a link."""
        sides = (
            (row.left, row.left_document, row.left_date, row.left_place, row.left_read, row.left_shared),
            (row.right, row.right_document, row.right_date, row.right_place, row.right_read, row.right_shared),
        )
        return [
            self.said(statement, (document, date[:4], where), read, self.signers(statement, shared, several))
            for statement, document, date, where, read, shared in sides
        ]

    def passages(self, title: str, heads: Sequence[str], rows: Sequence[ObjectRow], several: bool) -> Grid:
        """Return links by one object with both statements and the reason, the best first."""
        text = self.text
        return Grid(
            title=title,
            columns=[text("alignment.column.object"), *heads, text("alignment.column.reason")],
            rows=[
                [self.object(row), *self.both(row, several), text.of("alignment.role_reason", row.rule)]
                for row in sorted(rows, key=lambda row: -row.score)
            ],
            csv="objects",
            shares=(3, 5, 5),
        )

    def more(self, rows: Sequence[ObjectRow]) -> Iterator[str]:
        """Say what else is linked by the same object: further pairs, those of another relation, and links by one aim."""
        text, (pair, item, relation) = self.text, _named(rows)
        if len(rows) > 1:
            yield text("alignment.further", n=len(rows) - 1)
        others = [text.of("alignment.talk", kind) for kind in self.kinds[pair, item] if kind != relation]
        if others:
            yield text("alignment.beside", relations=text.list(others))
        if (pair, item) in self.unlike:
            yield text("alignment.unlike_aim", relation=text.of("alignment.relation", self.unlike[pair, item]))

    def said(self, statement: str, source: tuple[str, str, str], read: str, signers: str) -> Cell:
        """Return a statement in our own words with its source (document, year, place), and how it was read.

        The year is told where the name of the document has none.
        """
        document, year, place = source
        texts = self.texts[statement]
        lang = self.text.language if self.text.language in texts else next(iter(texts))
        title = self.text.named(self.titles.get(document, {}), document)
        dated = (
            title if not year or re.search(r"\d{4}", title) else self.text("alignment.dated", number=title, year=year)
        )
        where = ", ".join([dated, *self.place(place)])
        tags = [*([signers] if signers else []), self.text.of("alignment.read", read)]
        told = f"{texts[lang]} ({where})" if where else texts[lang]
        return Cell(told, lang=lang, tag="; ".join(tags), tone="mark" if read == "unverified" else "")

    def place(self, place: str) -> list[str]:
        """Return a place in a document in the reader's language; what is told of it in English words is left out elsewhere."""
        if self.text.language == "en":
            return [place] if place else []
        return [self.text.of("alignment.place_in", _PLACES[kind], n=n) for kind, n in _PLACE.findall(place)]

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
