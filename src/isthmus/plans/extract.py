"""Station 1's main function: a plan's text or document in, one `Target` a target out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from isthmus.core.provenance import Status
from isthmus.plans.dates import latest
from isthmus.plans.document import Block, Document, PlanDocument
from isthmus.plans.grammar import Grammar, grammar_of
from isthmus.plans.headings import with_heading_years
from isthmus.plans.indicator import indicator_of
from isthmus.plans.interpret import Finding, interpret, only_reports
from isthmus.plans.language import detect
from isthmus.plans.plan import Kind, Target
from isthmus.plans.quantities import read
from isthmus.plans.quantity import Reading
from isthmus.plans.reports import is_report, reported_to, reports_from, with_reports
from isthmus.plans.rows import RowFinding, find_in_line, find_in_table
from isthmus.plans.segment import blocks_of, sentences
from isthmus.plans.statements import milestones_beside, modality, relative, without_number
from isthmus.plans.taxonomy import Taxonomy, with_themes
from isthmus.plans.text import blank, finditer, normalise, probe, search

_NUMBERED = (Kind.MILESTONE, Kind.QUALITATIVE)
_SOURCES = re.compile(
    r"^[\d.、一二三四五六七八九十\s]*(?:参考文献|资料来源|来源|источники|список (?:источников|литературы)"
    r"|sources|references|bibliography|notes)\W*$",
    re.IGNORECASE,
)
_TELLS = re.compile(r"\w+\s+\w+\s+\w+\s+\w+|[\u4e00-\u9fff]{8,}")
_FORMULA = re.compile(r"^\W*\w{1,6}\s*[=–-](?!.*[^\W\d_]{4})")
_COLON = re.compile(r"[:：]\s*$")


@dataclass(frozen=True)
class _Statement:
    """A statement with its place, the year that its list, paragraph or heading gives it, and the last year of reports."""

    text: str
    lang: str
    page: int | None
    year: int | None
    reported_to: int


@dataclass(frozen=True)
class _Setting:
    """What holds for a whole document: a given language, the main one, and the last year of reports."""

    lang: str | None
    main: str
    reported_to: int

    def language_of(self, text: str) -> str:
        """Return the given language, else the one that a text is written in, else the main one."""
        return self.lang or detect(text) or self.main


def extract_targets(text: str, lang: str | None = None, *, file: str = "", with_words: bool = True) -> list[Target]:
    """Extract every target of a text.

    Parameters
    ----------
    text
        One statement a line, running text, or lines of table cells separated by ``|`` or tabs.
    lang
        zh, ru or en; None decides for each statement.
    file
        Named in the targets and used for their ids.
    with_words
        Also return targets without a number (milestones and qualitative statements); their value is empty.

    Returns
    -------
    list of Target
        In reading order. Levels are in the unit as written with scale words multiplied out, changes and growth in
        percent or points, a decrease negative. The operator bounds the signed number: a cut of at least 8 percent is
        ``<=`` with value -8.

    Examples
    --------
    >>> [t.value for t in extract_targets("Raise R&D spending to 2.5 percent of GDP by 2030.", "en")]
    [2.5]
    """
    return list(extract_document(Document(file, None, tuple(blocks_of(text))), lang, with_words=with_words).targets)


@dataclass(frozen=True)
class Extraction:
    """The targets of a document, and the sentences with figures that report the past and were left out."""

    targets: tuple[Target, ...]
    reported: tuple[str, ...]


def extract_document(document: Document, lang: str | None = None, *, with_words: bool = True) -> Extraction:
    """Extract every target of a document; see `extract_targets`. Pages are those of the document's blocks.

    Parts under a heading that announces a review, and paragraphs that open with one, hold reports: their sentences are
    read only where they name an aim.
    """
    setting = _Setting(lang, lang or detect(document.text), reported_to(document.blocks))
    stem = re.sub(r"\W+", "-", document.file).strip("-") or "t"
    found: list[Target] = []
    reported: list[str] = []
    year: int | None = None
    sources = False
    headed = with_heading_years(document.blocks)
    for (block, reports), (_, given) in zip(with_reports(document.blocks), headed, strict=True):
        if block.kind == "heading" or len(block.text) < 20:
            sources = bool(_SOURCES.match(block.text)) or (sources and block.kind != "heading")
        if sources:
            continue
        if block.kind == "table":
            rows = _from_table(block, setting, year or given)
            if reports:
                reported.extend(dict.fromkeys(row.text for row in rows))
            else:
                found.extend(rows or _from_cells(block, setting))
            continue
        for statement, told in _statements(block, setting, year):
            made, past = _from_statement(replace(statement, year=statement.year or given))
            review = (reports or told or past) and is_report(statement.text)
            if past or (review and any(t.value is not None for t in made)):
                reported.append(statement.text)
            if review:
                continue
            found.extend(t for t in made if block.kind != "heading" or t.value is not None)
        year = _introduced_year(block, setting.main, year)
    kept = [t for t in found if with_words or t.kind not in _NUMBERED]
    targets = (replace(target, id=f"{stem}-{i:04d}", file=document.file) for i, target in enumerate(kept, start=1))
    return Extraction(tuple(targets), tuple(reported))


def extract_plans(
    plans: Sequence[PlanDocument], taxonomy: Taxonomy
) -> tuple[tuple[PlanDocument, ...], tuple[Target, ...]]:
    """Extract the targets of both partners' documents, each with its partner and its theme.

    The documents come back with the sentences that report the past and were left out.
    """
    extractions = [extract_document(plan.document, plan.lang or None) for plan in plans]
    targets = (
        replace(target, partner=plan.partner)
        for plan, extraction in zip(plans, extractions, strict=True)
        for target in with_themes(extraction.targets, taxonomy)
    )
    read = (replace(plan, reported=found.reported) for plan, found in zip(plans, extractions, strict=True))
    return tuple(read), tuple(targets)


def _statements(block: Block, setting: _Setting, year: int | None) -> Iterator[tuple[_Statement, bool]]:
    """Yield the statements of a block, each with whether it belongs to a report; `year` is that of a list it goes on."""
    own = setting.language_of(block.text)
    parts = sentences(block.text, own)
    inherits = block.kind == "item" or block.text.rstrip().endswith((";", "；"))
    given = year if inherits else _opening_year(parts, own)
    told = reports_from(parts)
    for i, sentence in enumerate(parts):
        yield _Statement(sentence, setting.language_of(sentence), block.page, given, setting.reported_to), i >= told


def _opening_year(parts: Sequence[str], lang: str) -> int | None:
    """Return the year of a paragraph that opens with a year and a sentence without numbers (by 2030, ... will improve)."""
    if len(parts) < 2:
        return None
    reading = read(probe(normalise(parts[0])), grammar_of(lang))
    opens = bool(reading.years) and reading.years[0].start <= 4 and reading.years[0].role == "target"
    return reading.years[0].year if opens and not reading.quantities and len(reading.years) == 1 else None


def _introduced_year(block: Block, lang: str, year: int | None) -> int | None:
    """Return the year that the next list items inherit: that of a sentence ending in a colon, kept through the list."""
    if block.kind == "heading":
        return None
    if _COLON.search(block.text):
        return latest(read(probe(normalise(block.text)), grammar_of(lang)).years)
    return year if block.kind == "item" or block.text.rstrip().endswith((";", "；")) else None


def _from_table(block: Block, setting: _Setting, year: int | None) -> list[Target]:
    rows = find_in_table(block.rows, setting.language_of, year)
    return [_row_target(row, block.page_of(row.row)) for row in rows]


def _from_cells(block: Block, setting: _Setting) -> Iterator[Target]:
    """Yield the targets of the sentences in the cells of a table that is no table of indicators."""
    for number, row in enumerate(block.rows):
        for cell in row:
            if _TELLS.search(cell):
                inner = Block("paragraph", cell, block.page_of(number))
                for statement, told in _statements(inner, setting, None):
                    if not told:
                        yield from _from_statement(statement)[0]


def _row_target(row: RowFinding, page: int | None) -> Target:
    return _target(row.finding, row.text, row.lang, page, row.indicator, row.modality)


def _from_statement(statement: _Statement) -> tuple[list[Target], bool]:
    """Return the targets of a statement, and whether all its figures are reports."""
    grammar = grammar_of(statement.lang)
    if _FORMULA.match(statement.text):
        return [], False
    if rows := find_in_line(statement.text, grammar, statement.reported_to):
        return [_row_target(row, statement.page) for row in rows], False
    text = normalise(statement.text)
    reading = read(probe(text), grammar, statement.reported_to)
    findings = interpret(reading, grammar)
    spans = [(f.start, f.end) for f in findings]
    findings = [*findings, *relative(reading, spans, grammar)]
    if spans:
        beside = milestones_beside(reading, [(f.window[0], f.end) for f in findings], grammar)
        findings = sorted([*findings, *beside], key=lambda f: f.start)
    if not findings and not reading.quantities:
        findings = without_number(reading, grammar)
    elif not findings:
        findings = [f for f in without_number(reading, grammar) if f.kind in _NUMBERED]
    strength = modality(probe(text), grammar)
    masked = reading.text
    for quantity in reading.quantities:
        masked = blank(masked, quantity.start, quantity.end)
    made: list[Target] = []
    previous, used = "", 0
    for finding in _distributed(findings, reading, grammar):
        if finding.year is None and statement.year is not None:
            finding = replace(finding, year=statement.year)
        previous, used = indicator_of(finding, text, masked, grammar, previous, used)
        made.append(_target(finding, statement.text, statement.lang, statement.page, previous, strength))
    past = bool(reading.quantities) and all(t.value is None for t in made) and only_reports(reading, grammar)
    return made, past


def _distributed(findings: Sequence[Finding], reading: Reading, grammar: Grammar) -> list[Finding]:
    """Give each of several subjects its own target where one quantity is distributed over them (分别, each)."""
    spread: list[Finding] = []
    for i, finding in enumerate(findings):
        start = finding.window[0]
        near = reading.text[start : finding.start] + reading.text[finding.end : finding.end + 8]
        alone = all(f is finding or not start <= f.start < finding.window[1] for f in findings)
        following = findings[i + 1] if i + 1 < len(findings) else None
        listed = following is not None and bool(search(grammar.joiner, reading.text[finding.end : following.start]))
        if (
            finding.value is None
            or not alone
            or listed
            or not search(grammar.distributes, near)
            or grammar.lang == "ru"
        ):
            spread.append(finding)
            continue
        subjects = list(_subjects(reading.text, start, finding, grammar))
        spread.extend(replace(finding, window=(a, finding.window[1]), start=b) for a, b in subjects)
    return spread


def _subjects(text: str, start: int, finding: Finding, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Yield the spans of the subjects in front of a distributed quantity."""
    cue = search(grammar.distributes, text[start : finding.start])
    end = start + cue.start() if cue else finding.start
    pattern = r"、|和|及|与|以及" if grammar.lang == "zh" else r", and |, | and "
    if not cue and grammar.lang == "en":
        by = list(finditer(r" by ", text[start : finding.start]))
        end = start + by[-1].start() if by else end
    position = start
    for match in finditer(pattern, text[start:end]):
        if text[position : start + match.start()].strip():
            yield position, start + match.start()
        position = start + match.end()
    yield position, end


def _target(finding: Finding, text: str, lang: str, page: int | None, indicator: str, strength: str) -> Target:
    value = finding.value
    return Target(
        id="",
        partner="",
        text=text,
        lang=lang,
        indicator=indicator,
        kind=finding.kind,
        operator=finding.operator,
        value=float(f"{value:.12g}") if value is not None else None,
        unit=finding.unit,
        year=finding.year,
        base_year=finding.base_year,
        base_value=finding.base_value,
        direction=finding.direction,
        modality=strength,
        status=Status.QUOTED,
        page=page,
    )
