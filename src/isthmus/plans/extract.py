"""Station 1's main function: a plan's text or document in, one `Target` a target out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from isthmus.core.provenance import Status
from isthmus.plans.cards import with_cards
from isthmus.plans.cells import has_a_figure
from isthmus.plans.columns import Head
from isthmus.plans.company import RowOrGap, in_company
from isthmus.plans.dates import latest
from isthmus.plans.document import Document, DocumentBlock, LeftOut, PlanDocument, reports_in
from isthmus.plans.grammar import Grammar
from isthmus.plans.horizon import with_horizon
from isthmus.plans.indicator import indicators_of
from isthmus.plans.interpret import Finding
from isthmus.plans.language import detect
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.lists import COLON, GOES_ON, announced, behind_way, goes_on, listed, named_target, opens, way_of
from isthmus.plans.plan import Target
from isthmus.plans.quantities import read
from isthmus.plans.row_line import find_in_line
from isthmus.plans.rows import BEYOND, CHROME, RowFinding, read_table
from isthmus.plans.scenarios import with_scenario, without_scenarios
from isthmus.plans.script import OwnWords, simplified, with_commas
from isthmus.plans.segment import sentences
from isthmus.plans.statements import IN_WORDS, NUMBERED, beside, findings_of, modality, noise, with_base, with_year
from isthmus.plans.structure import REVIEW, TEXT, DocumentPart, names_an_aim, parts_of, reported_to, reports_from
from isthmus.plans.taxonomy import Taxonomy, with_themes
from isthmus.plans.text import blank, normalise, plain, probe, unnumbered
from isthmus.plans.voice import AIMS, ANNOUNCED, FACTS, FORECAST, FUNDING, RESULTS, judged, said
from isthmus.plans.worded import CellInWords

_LABEL = 60
"""Longest line in characters that only names the list below it, within a list above."""
_OPENS_WITH_YEAR = re.compile(r"\D{0,10}(?:20|21)\d\d")
_OPENS_DUE = re.compile(r"\D{0,9}(?:到|(?<!\w)(?:к|до|by) ?)(?:20|21)\d\d", re.IGNORECASE)
_SENTENCE = re.compile(r"[A-ZА-Я](?:\S*\s+){6}.*\.$", re.DOTALL)
"""A block that is whole sentences: what they are does not follow from its heading, as it does for a line or an item."""
_WORD = re.compile(r"[^\W\d_]{3}")
_FOOTNOTE = re.compile(r"(?:[*†‡¹²³]|\d{1,2} )\s?[^\W\d_]")


class _Announced(int):
    """A year that holds for all results that follow, up to the next heading in words, not only for a list."""


_Years = tuple[int | None, int | None]
"""A year due and a base year, each None without one."""


def _announced(year: int | None) -> int | None:
    return year if isinstance(year, _Announced) else None


@dataclass(frozen=True)
class _Statement:
    """A statement with its place, the year that its list, paragraph or heading gives it, and the direction that its list does.

    `headed` tells that a number in front of it may be that of a heading or a note; `before` is what the target in front names.
    """

    text: str
    lang: str
    page: int | None
    year: int | None
    way: str = ""
    base: int | None = None
    headed: bool = False
    before: str = ""


@dataclass(frozen=True)
class _Setting:
    """What holds for a whole document: the words, a given language, the main one, the last year of reports.

    `dated` tells whether the document itself gives that year, so that "this year" is the one after it; `known` whether the
    document, its words or the study gives it.
    """

    lexicon: Lexicon
    lang: str | None
    main: str
    reported_to: int
    dated: bool
    known: bool

    def language_of(self, text: str) -> str:
        """Return the given language, else the one that a text is written in, else the main one."""
        return self.lang or detect(text) or self.main

    def grammar_of(self, text: str) -> Grammar:
        """Return the grammar of a text's language."""
        return self.lexicon.grammars[self.language_of(text) or "en"]


@dataclass(frozen=True)
class Extraction:
    """The targets of a document, what was left out and why, and the share of its characters that this is."""

    targets: tuple[Target, ...]
    left_out: tuple[LeftOut, ...]
    left_share: float

    @property
    def reported(self) -> tuple[str, ...]:
        """The passages with figures that report the past or how things are."""
        return reports_in(self.left_out)


def extract_document(
    document: Document,
    lexicon: Lexicon,
    lang: str | None = None,
    *,
    with_words: bool = True,
    reported: int | None = None,
    otherwise: int = 0,
) -> Extraction:
    """Extract every target of a document, in reading order.

    Levels are in the unit as written with scale words multiplied out, changes and growth in percent or points, a decrease
    negative. The operator bounds the signed number: a cut of at least 8 percent is ``<=`` with value -8. Parts under a
    heading that announces a review, and paragraphs that open with one, hold reports: their sentences are read only where
    they name an aim. Everything that is left out is returned with its reason. Traditional characters are read, and indicators
    named, as simplified ones; `Target.text` keeps the document's own.

    Parameters
    ----------
    lexicon
        The words of the rules.
    lang
        zh, ru or en; None decides for each statement.
    with_words
        Also return targets without a number (milestones and qualitative statements); their value is empty.
    reported
        Last year of reports where the document has no date; None takes the last one it tells of, else `otherwise`.
    """
    own_words = OwnWords(document, document := with_commas(simplified(document, lexicon.simplified)))
    last, dated = reported_to(document.blocks, lexicon, reported, otherwise)
    until = last or otherwise
    setting = _Setting(lexicon, lang, lang or detect(document.text), until, dated, last > 0)
    passages: list[RowOrGap] = []
    given: _Years = (None, None)
    lead = way = before = ""
    loose = marked = False
    table: Head | None = None
    for part in parts_of(with_cards(document.blocks, lexicon.structure), lexicon, until):
        text = part.block.text.strip()
        under = AIMS if part.aims and not _SENTENCE.match(text) else ""
        after, marked = marked, goes_on(part.block, before) or part.block.kind == "table"
        lone = len(sentences(text)) == 1 and not (after and text.endswith((".", "。")))
        loose = (opens(before) and not marked) or (loose and (marked or lone))
        titled = opens(text) and len(text) <= _LABEL and not re.search(r"\d", text)
        given = given if marked or loose or titled else (_announced(given[0]), _announced(given[1]))
        if part.block.kind == "table" and part.role in (TEXT, REVIEW):
            made, table = _read_table(part, setting, given[0], table)
        else:
            made = _read_part(part, setting, given, lead or under, way, _named(passages[-1:]))
            table = table if len(text) < CHROME or _FOOTNOTE.match(text) else None
        passages.extend(made)
        given = _introduced_years(part, setting, given)
        lead = _introduced(part, setting, lead, on=loose and re.search(r"\d[^.]*$", text) is not None)
        way, before = way_of(text, way, setting.grammar_of(text)), text
    passages = in_company(passages, until, lexicon, dated=dated)
    passages = with_horizon(passages, document.blocks, lexicon, until)
    left = [*document.left_out, *(p for p in passages if isinstance(p, LeftOut))]
    share = min(1.0, sum(len(entry.text) for entry in left) / max(1, len(document.text)))
    every = [p for p in passages if isinstance(p, Target)]
    kept = [t for t in every if with_words or t.kind not in NUMBERED]
    if not with_words:
        left += [LeftOut(IN_WORDS, t.text, t.page) for t in every if t.kind in NUMBERED and has_a_figure(t.text)]
    stem = re.sub(r"\W+", "-", document.file).strip("-") or "t"
    numbered = ((f"{stem}-{i:04d}", t) for i, t in enumerate(kept, start=1))
    targets = tuple(replace(t, id=name, file=document.file, text=own_words(t.text)) for name, t in numbered)
    return Extraction(targets, tuple(replace(e, text=own_words(e.text)) for e in left), share)


def extract_plans(
    plans: Sequence[PlanDocument], taxonomy: Taxonomy, lexicon: Lexicon, reported: int | None = None
) -> tuple[tuple[PlanDocument, ...], tuple[Target, ...]]:
    """Extract the targets of both partners' documents, each with its partner and its theme.

    The documents come back with what was left out of each; `reported` is the last year of reports of those without a date.
    """
    extractions = [extract_document(plan.document, lexicon, plan.lang or None, reported=reported) for plan in plans]
    targets = (
        replace(target, partner=plan.partner)
        for plan, extraction in zip(plans, extractions, strict=True)
        for target in with_themes(extraction.targets, taxonomy)
    )
    read_plans = (replace(plan, left_out=found.left_out) for plan, found in zip(plans, extractions, strict=True))
    return tuple(read_plans), tuple(targets)


def _read_part(
    part: DocumentPart, setting: _Setting, given: _Years, lead: str, way: str, before: str
) -> Iterator[RowOrGap]:
    """Yield the targets of a block and what of it is left out; `given`, `lead`, `way` are those of a list it goes on."""
    block = part.block
    if part.role not in (TEXT, REVIEW):
        yield LeftOut(part.role, block.text or "\n".join(map(" | ".join, block.rows)), block.page)
        return
    last: int | None = None
    for statement, told in _statements(block, setting, given[0], part.year):
        aim = names_an_aim(statement.text, setting.lexicon, setting.reported_to)
        if (part.role == REVIEW or told) and not aim:
            if part.level is None:
                yield LeftOut(REVIEW, statement.text, block.page)
            continue
        own = listed(block.text)
        back = last and last > setting.reported_to and setting.lexicon.structure["goes back"].match(statement.text)
        year = last if back else statement.year
        statement = replace(statement, way=way if own else "", headed=not own, base=given[1], year=year, before=before)
        follows = lead in (AIMS, RESULTS)
        follows = follows or (lead == ANNOUNCED and part.level is None and not _reports(statement.text, setting))
        made = _from_statement(statement, setting, lead if own or follows else "")
        before = _named(made[-1:])
        due = {t.year for t in made if isinstance(t, Target) and t.value is not None}
        last = due.pop() if len(due) == 1 else last
        yield from (t for t in made if part.level is None or isinstance(t, LeftOut) or t.value is not None)


def _named(last: Sequence[RowOrGap]) -> str:
    """Return what the last target names; nothing where it is none."""
    return next((row.indicator for row in last if isinstance(row, Target)), "")


def _read_table(
    part: DocumentPart, setting: _Setting, year: int | None, above: Head | None
) -> tuple[Iterable[RowOrGap], Head | None]:
    """Return what a table gives, and its head; `above` is that of the table right above."""
    block, reported = part.block, (setting.reported_to, setting.known)
    table = read_table(block.rows, setting.language_of, setting.lexicon, year or part.year, reported, above)
    told = list(_from_cells(part, table.words, setting, year))
    in_words = {number for number, target in told if target.value is not None}
    found = [row for row in table.found if row.finding.value is not None or row.row not in in_words]
    rows = [(row.row, _row_target(row, block)) for row in found]
    rows = sorted([*rows, *(e for e in told if e[0] in in_words or e[0] not in dict(rows))], key=lambda e: e[0])
    made = [target for number, target in rows if number not in table.money]
    open_ended, until = part.role != REVIEW, setting.reported_to
    until -= table.head is not None and table.head.plans(until)
    due = [(t.year or 0) > until or (open_ended and not (t.year and setting.known)) for t in made]
    kept = [t for t, later in zip(made, due, strict=True) if later]
    past = {t.text: LeftOut(REVIEW, t.text, t.page) for t, later in zip(made, due, strict=True) if not later}
    gaps = [*past.values(), *(LeftOut(BEYOND, cell, block.page_of(row)) for row, cell in table.beyond)]
    gaps += [LeftOut(why, line, block.page_of(n)) for n, why, line in table.unread if n not in dict(rows)]
    gaps += [LeftOut(FUNDING, t.text, t.page) for number, t in dict(rows).items() if number in table.money]
    return [*kept, *gaps], table.head


def _row_target(row: RowFinding, block: DocumentBlock) -> Target:
    return _target(row.finding, block.text or row.text, row.lang, block.page_of(row.row), row.indicator, row.modality)


def _statements(
    block: DocumentBlock, setting: _Setting, listed: int | None, headed: int | None
) -> Iterator[tuple[_Statement, bool]]:
    """Yield the statements of a block, each with whether it belongs to a report.

    `listed` is the year of a list that the block goes on, `headed` that of its heading.
    """
    parts, given = sentences(block.text), listed or headed
    told = reports_from(parts, setting.lexicon)
    for i, sentence in enumerate(parts):
        yield _Statement(sentence, setting.language_of(sentence) or "en", block.page, given), i >= told
        given = _opening_year(sentence, setting) or given


def _opening_year(sentence: str, setting: _Setting) -> int | None:
    """Return the year due that opens a sentence, the only one there: it holds for the next sentences of its paragraph."""
    if not _OPENS_WITH_YEAR.match(sentence):
        return None
    reading = read(probe(normalise(sentence)), setting.grammar_of(sentence), setting.reported_to)
    due = reading.years[0] if len(reading.years) == 1 and reading.years[0].role == "target" else None
    opens = due is not None and all(due.end <= q.start for q in reading.quantities)
    ahead = due is not None and (due.year > setting.reported_to or _OPENS_DUE.match(sentence) is not None)
    return due.year if opens and due is not None and ahead else None


def _introduced_years(part: DocumentPart, setting: _Setting, given: _Years) -> _Years:
    """Return the year and the base year that the next statements inherit.

    Those of a sentence ending in a colon are kept through its list; the base year of the plan, which a sentence without a
    figure says, up to the next such sentence.
    """
    text, words = part.block.text.strip(), setting.lexicon.structure
    if part.level is not None and part.block.kind != "item" and not listed(text):
        return None, _announced(given[1])
    if not opens(text) and not words["base said"].search(text):
        return given
    text = sentences(text)[-1] if opens(text) else text
    reading = read(probe(normalise(text)), setting.grammar_of(text), setting.reported_to)
    year, bases = latest(reading.years), {y.year for y in reading.years if y.role == "base"}
    base = bases.pop() if len(bases) == 1 else None
    if not opens(text):
        return given[0], given[1] if base is None or reading.quantities else _Announced(base)
    announced = year is not None and words["results"].search(text) is not None
    kept = given[1] if year is None else _announced(given[1])
    return _Announced(year) if year is not None and announced else year or given[0], base or kept


def _introduced(part: DocumentPart, setting: _Setting, lead: str, *, on: bool) -> str:
    """Return what the next list items are, aims or facts: the sentence that ends in the colon in front of them says it.

    So is a list inside it. Announced aims go on to the next heading, outside of a list to a report or a block without a figure.
    """
    text = part.block.text.strip()
    last = (sentences(text) or [""])[-1]
    grammar, words = setting.grammar_of(last), setting.lexicon.structure
    reading = read(probe(normalise(last)), grammar, setting.reported_to)
    if words["announces"].search(reading.source) and not any(q.known for q in reading.quantities):
        return ANNOUNCED
    listed = (on and part.level is None) or GOES_ON.match(text) is not None
    if words["expected results"].search(text):
        return RESULTS
    if not COLON.search(text):
        follows = lead == ANNOUNCED and part.level is None and re.search(r"\d", text) and not _reports(text, setting)
        return lead if listed or follows else ""
    voice = said(reading.source, reading.years, grammar, setting.lexicon, setting.reported_to)
    if words["forecast"].search(reading.source):
        return FORECAST
    if voice == AIMS and (lead == RESULTS or words["results"].search(last)):
        return RESULTS
    announces = voice == FACTS and any(words[name].search(last) for name in ("plan_name", "aims"))
    announces = announces or (not voice and len(text) <= _LABEL and bool(words["aims"].search(text)))
    inner = lead if listed and lead in (AIMS, ANNOUNCED) and voice != FACTS else ""
    return AIMS if announces and not _reports(last, setting) else inner or voice


def _reports(text: str, setting: _Setting) -> bool:
    """Say whether a text has a finite verb that can only report."""
    return setting.lexicon.tenses[setting.language_of(text) or "en"](probe(normalise(text))).told


def _from_cells(
    part: DocumentPart, cells: Iterable[CellInWords], setting: _Setting, year: int | None
) -> Iterator[tuple[int, Target]]:
    """Yield the targets of the sentences in cells, each with its row; `year` is their list's."""
    for cell in cells:
        inner, lead = DocumentBlock("paragraph", cell.text, part.block.page_of(cell.row)), AIMS * part.aims
        for statement, told in _statements(inner, setting, cell.year or year, part.year):
            made = [] if told else _from_statement(replace(statement, base=cell.base), setting, cell.lead or lead)
            for row in (t for t in made if isinstance(t, Target)):
                named = row.indicator or normalise(cell.name)
                yield cell.row, replace(row, indicator=named, text=part.block.text or row.text)


def _from_statement(statement: _Statement, setting: _Setting, lead: str = "") -> list[RowOrGap]:
    """Return the targets of a statement, and what of its figures is none, with the reason; for `lead` see `voice.judged`."""
    grammar = setting.lexicon.grammars[statement.lang]
    if why := noise(statement.text):
        return [LeftOut(why, statement.text, statement.page)]
    if rows := find_in_line(statement.text, statement.lang, setting.lexicon, setting.reported_to):
        block = DocumentBlock("paragraph", statement.text, statement.page)
        return [_row_target(row, block) for row in rows]
    lead = ANNOUNCED if named_target(statement.text, setting.lexicon.structure) else lead
    words = unnumbered(normalise(statement.text)) if statement.headed else normalise(statement.text)
    text, lead = _listed_aims(behind_way(words, statement.way, grammar), lead, setting)
    text, scenarios = without_scenarios(announced(text, grammar, lead), setting.lexicon.structure)
    reading = read(probe(text), grammar, setting.reported_to, aims=lead in (AIMS, ANNOUNCED, RESULTS))
    reading, voice = judged(reading, grammar, setting.lexicon, setting.reported_to, lead)
    if voice:
        return [LeftOut(voice, statement.text, statement.page)]
    strength = modality(probe(text), grammar)
    masked, words = reading.text, text
    for quantity in reading.quantities:
        masked, words = (blank(own, quantity.start, quantity.end) for own in (masked, words))
    named = any(q.unit[3:] and not q.known for q in reading.quantities) or _WORD.search(words)  # 3,000 new jobs
    if grammar.spaced and reading.quantities and not named:
        return [LeftOut("names nothing", statement.text, statement.page)]
    ahead = [n for n, name in enumerate(("this_year", "next_year"), 1) if setting.lexicon.structure[name].search(text)]
    given = setting.reported_to + ahead[-1] if ahead and setting.dated else statement.year
    findings = with_base(findings_of(reading, grammar), reading, statement.base)
    findings = with_year(findings, given, setting.reported_to, grammar, dated=setting.dated)
    own = (statement.text, statement.lang, statement.page)
    names = indicators_of(findings, text, masked, grammar, statement.before)
    names = [with_scenario(name, f, findings, scenarios) for f, name in zip(findings, names, strict=True)]
    made = [_target(f, *own, name, strength) for f, name in zip(findings, names, strict=True)]
    if not made and re.search(r"\d", plain(reading.text)) and _WORD.search(words):
        return [LeftOut(IN_WORDS, statement.text, statement.page)]
    besides = beside(reading, findings, masked, grammar)
    return [*made, *(LeftOut(why, text[slice(*at)].strip(" ,;"), statement.page) for why, at in besides if made)]


def _listed_aims(text: str, lead: str, setting: _Setting) -> tuple[str, str]:
    """Return the aims behind a head that reports how they came about (was adopted and has three targets: ...) and their lead."""
    head, colon, rest = text.partition(": ")
    opens = colon and setting.lexicon.structure["announces"].search(head) and _reports(head, setting)
    return (rest, ANNOUNCED) if opens else (text, lead)


def _target(finding: Finding, text: str, lang: str, page: int | None, indicator: str, strength: str) -> Target:
    value = float(f"{finding.value:.12g}") if finding.value is not None else None
    return Target(
        id="", partner="", text=text, lang=lang, indicator=indicator, kind=finding.kind, operator=finding.operator,
        value=value, unit=finding.unit, year=finding.year, base_year=finding.base_year, base_value=finding.base_value,
        direction=finding.direction, modality=strength, status=Status.QUOTED, page=page,
    )  # fmt: skip
