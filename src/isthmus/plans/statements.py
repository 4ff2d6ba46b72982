"""What a statement says beside its quantities: relations to other growth, milestones, directions."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from isthmus.plans.context import clause_of, contexts_of
from isthmus.plans.dates import Year, latest
from isthmus.plans.due import start_year
from isthmus.plans.grammar import Grammar
from isthmus.plans.interpret import FLIPPED, interpret
from isthmus.plans.kinds import first_direction
from isthmus.plans.patterns import finditer, search
from isthmus.plans.plan import Kind, Target
from isthmus.plans.quantity import Finding, Reading
from isthmus.plans.text import blank, plain
from isthmus.plans.units import PERCENT

IN_WORDS = "figures without a target"
SIZE = "size of what is meant"
"""Reasons of statements with a figure of which only the words were read, and of one that is no target beside one that is."""
NUMBERED = (Kind.MILESTONE, Kind.QUALITATIVE)
"""Kinds of targets without a number."""

_FORMULA = re.compile(
    r"(?:-?[\d.]+ ?%? ?[<≤=])? ?x ?[<≤≥>=]|\W*\w{1,6}\s*(?:=|[–-](?!\s?\d[\d.,]*\s?%))(?!.*[^\W\d_]{4})|"
    r"(?=.*=).*(?:\d[^*=]*[*×][^*=]*\d|[хx×*]\s?100\s?%)|\W*\w{1,6} ?= ?\(?\d|.*\d ?[<≤]=? ?\w{1,4} ?[<≤]|.*[\w%]\) ?/ ?\d"
    r"|(?:[^=;\d]{1,40}=[^=;\d]{3,60};){3}",
    re.DOTALL,
)
_RUN_TOGETHER = re.compile(
    r"\d{12,}|(?:(?<!\S)[-–(]?\d[\d.]*\)?(?:\s+|$)){6,}"
    r"|\d{7,}[-–<＜]\d|(?:\d[\d.,]*\s?%\s+){4,}|\d\d\.\d\d\.(?:20|21)\d\d ?\d\d\.\d\d\.(?:20|21)\d\d"
)
"""Cells of a table that lost their edges."""
_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)\d[\d.,]*")
_PAGE = re.compile(r"(?<=[^\W\d] )\d{1,3}(?= (?:\d{1,2}(?:\.\d{1,2})+ )?[^\W\d_a-zа-я])")
"""The number of a page in a list of contents, between the name of a chapter and that of the next."""
_FEWEST_NUMBERS, _MOST_WORDS, _FEWEST_PAGES = 12, 5, 8
"""So many plain numbers, one among so many words, are cells of a table or a list of contents in one line."""


def findings_of(reading: Reading, grammar: Grammar) -> list[Finding]:
    """Return what a statement aims at: its quantities, relations and milestones beside them, else what it says in words."""
    findings = interpret(reading, grammar)
    findings += relative(reading, spans := [(f.start, f.end) for f in findings], grammar)
    if spans:
        beside = milestones_beside(reading, [(f.window[0], f.end) for f in findings], grammar)
        findings = sorted([*findings, *beside], key=lambda f: f.start)
    if not findings:
        findings = without_number(reading, grammar)
    return _distributed(findings, reading, grammar)


def _distributed(findings: Sequence[Finding], reading: Reading, grammar: Grammar) -> list[Finding]:
    """Give each of several subjects its own target where one quantity is distributed over them (分别)."""
    spread: list[Finding] = []
    valued = [f for f in findings if f.value is not None]
    on = [search(grammar.joiner, reading.text[a.end : b.start]) is not None for a, b in pairwise(valued)]
    in_turn = [f for f, *sides in zip(valued, [False, *on], [*on, False], strict=False) if any(sides)]
    for finding in findings:
        start = finding.window[0]
        cue = search(grammar.distributes, reading.text[start : finding.start])
        listed = finding in in_turn
        if cue is None or finding.value is None or listed:
            spread.append(finding)
            continue
        end = start + cue.start()
        joined = finditer(f"、|{grammar.conjunction}", reading.text[start:end])
        spread.extend(replace(finding, start=end) for _ in range(1 + sum(1 for _ in joined)))
    return spread


def with_year(
    findings: Sequence[Finding], year: int | None, reported_to: int, grammar: Grammar, *, dated: bool
) -> list[Finding]:
    """Give findings without a year that of their list; in a dated document also those whose year is one of reports."""

    def lacks(own: int | None, given: int) -> bool:
        return own is None or (dated and own <= reported_to < given)

    return [_in_year(f, year, reported_to, grammar) if year and lacks(f.year, year) else f for f in findings]


def _in_year(finding: Finding, year: int, reported_to: int, grammar: Grammar) -> Finding:
    """Return a finding with the year of its list or heading."""
    return replace(finding, year=year, kind=kind_in(finding, year, reported_to, grammar))


def kind_in(told: Finding | Target, year: int, reported_to: int, grammar: Grammar) -> Kind:
    """Return the kind of what is due in a year given from outside: a Chinese rise in the year after the reports is a growth."""
    rises = told.kind is Kind.CHANGE_PCT and told.direction == "up" and not (grammar.spaced or told.base_year)
    return Kind.GROWTH if rises and year == reported_to + 1 else told.kind


def with_base(findings: list[Finding], reading: Reading, base: int | None) -> list[Finding]:
    """Give relative changes that are compared with nothing, and what has a start value, the base year of list or plan."""
    if base is None or search(reading.grammar.compares, reading.source):
        return findings
    counted = [f.kind in (Kind.CHANGE_PCT, Kind.MULTIPLE) or f.base_value is not None for f in findings]
    return [replace(f, base_year=f.base_year or base) if own else f for f, own in zip(findings, counted, strict=True)]


def way_set_against_a_year(change: Finding | Target) -> str:
    """Return the direction of a change in percent that is set against a year, else ""."""
    return change.direction if change.kind is Kind.CHANGE_PCT and change.base_year else ""


def compared(findings: list[Finding], reading: Reading, way: str) -> list[Finding]:
    """Return percentages that are set against a year as changes, where those in front are (12 % or 30 % compared to 1990).

    `way` is the direction of the change that the sentence in front ends with.
    """
    made = list[Finding]()
    for finding in findings:
        level = finding.kind is Kind.LEVEL and finding.unit == PERCENT and finding.value is not None
        bare = level and finding.base_year and not (finding.direction or finding.base_value)
        if bare and way and search(reading.grammar.compares, reading.source[finding.end :]):
            value, sign = finding.value or 0.0, finding.operator
            value, sign = (-value, FLIPPED[sign]) if way == "down" else (value, sign)
            finding = replace(finding, kind=Kind.CHANGE_PCT, value=value, operator=sign, direction=way)
        way = way_set_against_a_year(finding) or way
        made.append(finding)
    return made


def with_starts(findings: Sequence[Finding], reading: Reading, told: Reading, grammar: Grammar) -> list[Finding]:
    """Give findings the start value told beside them: that of their unit with most of their words, for changes its year.

    A start value without words holds for every finding of its unit, the only one of it for the only finding; the step of a path
    has the words of the one in front.
    """
    year = told.years[0].year if len({y.year for y in told.years}) == 1 else None
    starts = [(c.quantity, _words_of(told, c.window)) for c in contexts_of(told, grammar)]
    made, own = list[Finding](), set[str]()
    for finding in findings:
        comma = reading.text.rfind(",", finding.window[0], finding.start)
        own = _words_of(reading, (max(comma, finding.window[0]), finding.window[1])) or own
        level = finding.kind in (Kind.LEVEL, Kind.CUMULATIVE)
        alike = [(len(own & words) or not words, q) for q, words in starts if level and q.unit == finding.unit]
        shared, start = max(alike, key=lambda entry: entry[0], default=(0, None))
        if (shared or len(alike) == len(findings) == 1) and start and finding.base_value is None:
            since = finding.base_year or start_year(start, told) or year
            finding = replace(finding, base_value=start.value, base_year=since)
        elif not level and own & _words_of(told, (0, len(told.text))):
            finding = replace(finding, base_year=finding.base_year or year)
        made.append(finding)
    return made


def _words_of(reading: Reading, window: tuple[int, int]) -> set[str]:
    """Return the words of a part of a statement that are no part of its quantities."""
    text = reading.text
    for quantity in reading.quantities:
        text = blank(text, quantity.start, quantity.end)
    return set(re.findall(r"[^\W\d_]{4,}", text[slice(*window)]))


def relative(reading: Reading, taken: list[tuple[int, int]], grammar: Grammar) -> list[Finding]:
    """Return targets that are set against another quantity's growth or an average, where no number stands."""
    found: list[Finding] = []
    for pattern, operator in grammar.relative:
        for match in finditer(pattern, reading.text):
            if any(start <= match.end() + 3 and end > match.start() for start, end in taken):
                continue
            floor = max(
                (end for _, end in [*taken, *((f.start, f.end) for f in found)] if end <= match.start()), default=0
            )
            if any(f.window[1] <= match.start() <= f.end or match.start() <= f.window[1] < match.end() for f in found):
                continue
            negated = search(grammar.negated, reading.text[: match.start()])
            bound = {">": "<=", "<": ">="}.get(operator, operator) if negated else operator
            direction = first_direction(reading.text[floor : match.end()], grammar)
            made = _finding(Kind.RELATIVE, bound, reading, direction, (floor, match.start()))
            found.append(replace(made, start=match.start(), end=match.end()))
    return sorted(found, key=lambda f: f.start)


def kept_until(level: Finding, reading: Reading) -> list[tuple[int, str]]:
    """Return the year up to which a level is kept, an aim of its own without a direction (40 % by 2030, kept until 2036)."""
    kept = search(reading.grammar.kept_until, reading.source[level.end :]) if level.kind is Kind.LEVEL else None
    return [(int(kept["same"]), "")] if kept else []


def milestones_beside(reading: Reading, taken: list[tuple[int, int]], grammar: Grammar) -> list[Finding]:
    """Return the milestones of clauses without a quantity that stand, each with its own year, beside clauses with one."""
    found, start = [], 0
    edges = [m.end() for m in finditer(grammar.segment, reading.text)] + [len(reading.text)]
    for end in edges:
        years = [y for y in reading.years if start <= y.start < end and y.role in ("target", "period")]
        busy = any(a < end and b > start for a, b in taken) or any(start <= q.start < end for q in reading.quantities)
        clause = reading.text[start:end]
        events = search(grammar.milestone, plain(clause)) or search(grammar.milestone_dated, plain(clause))
        if years and not busy and events and not _reports_past(reading.source[start:end], grammar):
            found.append(_milestone(latest(years), (start, end)))
        start = end
    return found


def without_number(reading: Reading, grammar: Grammar) -> list[Finding]:
    """Return the milestone or the qualitative target of a statement that has no quantity; nothing where it has no aim."""
    text = reading.text.strip().removeprefix(grammar.announced)
    words = plain(text)
    if (
        search(grammar.no_statement, text)
        or text.endswith((":", "："))
        or len(words) < (4 if not grammar.spaced else 12)
        or _reports_past(reading.source, grammar)
    ):
        return []
    window = (0, len(reading.text))
    year = latest(reading.years)
    if search(grammar.milestone, words) or (year is not None and search(grammar.milestone_dated, words)):
        parts = milestones_beside(reading, [], grammar)
        if len(parts) > 1:
            return parts
        due = [y for y in reading.years if y.role == "target"]
        if len(due) > 1 and len({y.year for y in due}) == len(due) and len(parts) <= 1:
            return _one_each(due, reading)
        return [_finding(Kind.MILESTONE, "", reading, "", window)]
    if search(grammar.intention, words.strip()):
        return [_finding(Kind.QUALITATIVE, "", reading, first_direction(words, grammar), window)]
    if year is not None and text.endswith((".", "。", ";", "；")):
        if direction := first_direction(words, grammar):
            return [_finding(Kind.QUALITATIVE, "", reading, direction, window)]
        return [_finding(Kind.MILESTONE, "", reading, "", window)]
    return []


def _one_each(years: list[Year], reading: Reading) -> list[Finding]:
    """Return a milestone for each of several due years, with the words up to it."""
    ends = [*(year.end for year in years[:-1]), len(reading.text)]
    return [_milestone(year.year, (0, end)) for year, end in zip(years, ends, strict=True)]


def _milestone(year: int | None, window: tuple[int, int]) -> Finding:
    return Finding(Kind.MILESTONE, "", None, "", "", year, None, None, window[1], window[1], window)


def beside(
    reading: Reading, findings: Sequence[Finding], masked: str, grammar: Grammar
) -> list[tuple[str, tuple[int, int]]]:
    """Return the parts with figures that are no target beside some that are, each with its reason: a clause without targets."""
    used = {at for f in findings for at in (f.start, f.end, f.base_value)}
    rest = [(q.start, q.end, q.told or SIZE) for q in reading.quantities if used.isdisjoint((q.start, q.end, q.value))]
    rest += [(*number.span(), IN_WORDS) for number in re.finditer(r"(?<![^\W\u4e00-\u9fff])\d[\d.,]*", masked)]
    parts = dict[tuple[int, int], str]()
    for start, end, why in rest:
        first, last = clause_of(start, end, reading.text, grammar)
        first = max([first, *(f.end for f in findings if f.value is not None and f.end <= start)])
        last = min([last, *(f.start for f in findings if f.value is not None and f.start >= end)])
        parts.setdefault((first, last), why)
    return [(why, at) for at, why in sorted(parts.items())]


def modality(text: str, grammar: Grammar) -> str:
    """Return binding, soft or expected."""
    if search(grammar.binding, text):
        return "binding"
    return "soft" if search(grammar.soft, text) else "expected"


def _reports_past(source: str, grammar: Grammar) -> bool:
    return bool(search(grammar.reported, source)) or (
        bool(search(grammar.past, source)) and not search(grammar.future, source)
    )


def _finding(kind: Kind, operator: str, reading: Reading, direction: str, window: tuple[int, int]) -> Finding:
    years: list[Year] = [y for y in reading.years if y.role in ("target", "period")]
    base = next((y.year for y in reading.years if y.role == "base"), None)
    return Finding(kind, operator, None, "", direction, latest(years), base, None, window[1], window[1], window)


def noise(text: str) -> str:
    """Return why the figures of a statement cannot be read (a formula, rows of a table without edges), else ""."""
    if _FORMULA.match(text):
        return "formula"
    return "cells run together" if _RUN_TOGETHER.search(text) or _mostly_numbers(text) else ""


def _mostly_numbers(text: str) -> bool:
    """Say whether a statement is a list of contents or rows that lost their edges: many plain numbers and hardly a comma."""
    words, pages = text.split(), [int(page) for page in _PAGE.findall(text)]
    if len({*pages}) >= _FEWEST_PAGES and pages == sorted(pages) and pages[-1] - pages[0] >= len(pages):
        return "%" not in text
    numbers = sum(_NUMBER.fullmatch(word.rstrip(",.;")) is not None for word in words)
    parted = sum(word[-1] in ",;:" or word[0] in "(–—" for word in words)
    return numbers >= _FEWEST_NUMBERS and _MOST_WORDS * numbers > len(words) and 2 * parted < numbers
