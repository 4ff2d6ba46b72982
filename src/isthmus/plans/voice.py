"""Who speaks in each clause of a statement: an aim of the plan, or a fact, a forecast, a payment, a definition, another body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from isthmus.plans.dates import Year
from isthmus.plans.grammar import Grammar
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.patterns import finditer, search
from isthmus.plans.quantity import Quantity, Reading
from isthmus.plans.text import blank
from isthmus.plans.units import CURRENCIES, SHARES

AIMS, FACTS, ANNOUNCED, RESULTS = "aims", "facts", "announced", "results"
"""The last two: aims that a sentence announced (sets out 15 targets), whatever their verbs say, and results to be reached."""
FUNDING, FORECAST, ANOTHER = "funding", "forecast", "another body"
_NEAR = 2
"""Years after those of reports that a plan may still report on: it is often approved after its period began."""
_TELLS, HINTS = "tells", "hints"
"""A fact of the present and a bare change: they go on with what stands in front (by 2030 A will be 5; B is over 6)."""
_REASONS = {FACTS: "fact", _TELLS: "fact"}
REPORTS = (FACTS, _TELLS)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LABEL = re.compile(r"[^,.;:]{4,40}: ")
"""What stands in front of a sentence and says what it is."""


@dataclass(frozen=True)
class _Clause:
    """A clause: where it stands, its words without what is inserted, its quantities and years, and what it says."""

    span: range
    source: str
    quantities: tuple[Quantity, ...]
    years: tuple[Year, ...]
    says: str = ""


def said(
    source: str, years: Sequence[Year], grammar: Grammar, lexicon: Lexicon, reported_to: int, *, goes_on: bool = False
) -> str:
    """Return whether words say an aim or a fact, surely or weakly (a noun of change, a verb of the present); "" for neither.

    A fact has a verb that tells, no word that something is wanted or due, and no year after the last one of reports.
    A clause that goes on a sentence opens with no command.
    """
    tense, behind = lexicon.tenses[grammar.lang], _YEAR.split(source)[1:]
    past_years = all(y.year <= reported_to for y in years)
    if behind and past_years and tense(" ".join(behind)).told:  # until 2014 they took, and nothing is due then
        source = _YEAR.sub("", source)
    told, tells, ahead = tense(source)
    sets = search(grammar.sets_aims, source)
    ahead = ahead or bool(sets)
    begun = [y.first if told and y.first else y.year for y in years if y.role in ("target", "period")]
    due = any(year > reported_to for year in begun)
    opens = search(grammar.opens_with_year, source)
    intends = search(grammar.intends, source)
    closed = opens is not None and int(opens["year"]) <= reported_to and not (ahead or intends)
    future = search(grammar.future, source) or sets
    command = search(grammar.commands, source)
    past = closed or (search(grammar.past, source) and opens is None and (goes_on or told or not command))
    if search(grammar.reported, source) or (past and not due and not future):
        return FACTS
    wanted = intends or (command and not goes_on)
    near = max(begun, default=0) <= reported_to + _NEAR
    if (told or tells) and near and not (ahead or wanted):
        return FACTS if told or past else _TELLS
    if due and (reported_to > 0 or not grammar.says_aims):
        return HINTS if goes_on and search(rf"^(?:{grammar.up}|{grammar.down}) to\b", source) else AIMS
    if (told and not (ahead or (begun and command and not goes_on))) or (tells and not wanted):
        return FACTS if told else _TELLS
    if wanted or ahead or future:
        return AIMS
    return HINTS if command or search(grammar.suggests, source) else ""


def judged(reading: Reading, grammar: Grammar, lexicon: Lexicon, reported_to: int, lead: str) -> tuple[Reading, str]:
    """Return a statement with the figures that are nobody's aim here marked, and the reason where all of them are.

    Each clause is judged by its own words; one without a verb takes the judgement of its neighbour. Where no clause says
    aim or fact, they are what their list or heading (`lead`) is; without one they are facts in a language that says its aims.
    """
    reading = _without_past_asides(reading, grammar, reported_to)
    if not reading.quantities:
        return reading, _said_in_words(reading, grammar, lexicon, reported_to, lead)
    clauses = [_judged(c, grammar, lexicon, reported_to) for c in _clauses(reading, grammar)]
    if lexicon.structure["supported"].search(reading.source):  # on a condition, but an aim
        clauses = [replace(c, says=AIMS) if c.says == FORECAST else c for c in clauses]
    clauses = _inherited(_quoted(clauses))
    heard = {RESULTS: (FACTS, _TELLS)}.get(lead, (_TELLS,) if lead and not grammar.says_aims else ())
    clauses = [replace(c, says=lead) if c.says in heard and not _is_over(c, reported_to) else c for c in clauses]
    if lead == FUNDING:  # the parts of what a plan costs, below it
        clauses = [replace(c, says=lead) if c.quantities and _is_money(c) else c for c in clauses]
        lead = ""
    started = lexicon.structure["baseline beside"].search(reading.source) is not None
    default = lead or (FACTS if grammar.says_aims and not started else AIMS)
    told = [c for c in clauses if (c.says or default) not in (AIMS, ANNOUNCED, RESULTS, HINTS)]
    ahead = not reading.years or any(year.year > reported_to for year in reading.years)
    stays = {q.start for c in told if ahead and not _is_over(c, reported_to) for q in c.quantities if q.sure}
    named = [(c, _REASONS.get(c.says or default, c.says or default)) for c in told]
    out = {q.start: reason for c, reason in named for q in c.quantities if q.start not in stays}
    if len(out) == len(reading.quantities):
        return reading, next(iter(out.values()))
    past = {y.start for c in told for y in c.years if stays.isdisjoint(q.start for q in c.quantities)}
    quantities = tuple(replace(q, told=out.get(q.start, "")) for q in reading.quantities)
    years = tuple(replace(y, role="told") if y.start in past else y for y in reading.years)
    return replace(reading, quantities=quantities, years=years), ""


def _without_past_asides(reading: Reading, grammar: Grammar, reported_to: int) -> Reading:
    """Return a statement with the years marked of which a bracket without a figure tells what was done by then."""
    told = set[int]()
    for aside in finditer(grammar.inserted, reading.source):
        span = range(*aside.span())
        own = [y for y in reading.years if y.start in span]
        rest = aside.group()
        for year in own:
            rest = blank(rest, year.start - span.start, year.end - span.start, " ")
        says = re.search(r"[\u4e00-\u9fff]{4}|(?:[^\W\d_]{4}.*){2}", rest) and aside.group()[0] in "(（"
        if says and not any(q.start in span for q in reading.quantities):
            told.update(y.start for y in own if y.role in ("target", "period") and y.year <= reported_to)
    return replace(reading, years=tuple(replace(y, role="told") if y.start in told else y for y in reading.years))


def _said_in_words(reading: Reading, grammar: Grammar, lexicon: Lexicon, reported_to: int, lead: str) -> str:
    """Return why a statement without a number is no aim: what all of it says, unless its list or heading makes it one."""
    whole = _Clause(range(len(reading.source)), reading.source.lstrip(" ,，;；([【"), (), tuple(reading.years))
    says = _judged(whole, grammar, lexicon, reported_to).says
    wanted = lead == RESULTS or any(year.year > reported_to for year in reading.years)
    if says in (AIMS, HINTS, "") or (says in (FACTS, _TELLS) and wanted):
        return ""
    return _REASONS.get(says, says)


def _clauses(reading: Reading, grammar: Grammar) -> list[_Clause]:
    """Return the clauses of a statement; what is inserted in one (in brackets, between commas) stands behind it."""
    spans = [range(*match.span()) for match in finditer(grammar.inserted, reading.source)]
    rest = reading.source
    for span in spans:
        rest = blank(rest, span.start, span.stop, " ")
    counts, dates = ([part.start for part in parts] for parts in (reading.quantities, reading.years))
    spans = [
        s
        for s in spans
        if reading.source[s.start] == "," or any(at in s for at in counts) or not any(at in s for at in dates)
    ]
    edges = [0, *(match.start() for match in finditer(grammar.clause, rest) if match.start()), len(rest)]
    found = []
    for start, end in pairwise(edges):
        inner = [span for span in spans if start <= span.start < end]
        found.append(_clause(range(start, end), rest[start:end], reading, inner))
        found.extend(_clause(span, reading.source[span.start : span.stop], reading, []) for span in inner)
    return found


def _clause(span: range, words: str, reading: Reading, inner: Sequence[range]) -> _Clause:
    def own(at: int) -> bool:
        return at in span and not any(at in other for other in inner)

    quantities = tuple(q for q in reading.quantities if own(q.start))
    years = tuple(y for y in reading.years if own(y.start))
    for base in (y for y in years if y.role == "base" and span.start):  # to 2022 is no date due behind what happened
        words = blank(words, base.start - span.start, base.end - span.start, " ")
    return _Clause(span, re.sub(" +", " ", words).lstrip(" ,，;；([【"), quantities, years)


def _judged(clause: _Clause, grammar: Grammar, lexicon: Lexicon, reported_to: int) -> _Clause:
    """Return a clause with what it says: an aim, a fact, or the reason why it is neither; "" where it does not say."""
    words, units = lexicon.structure, {q.unit for q in clause.quantities}
    rate = units <= {*CURRENCIES, *SHARES}
    for reason, holds in (
        (FUNDING, units and _is_money(clause) and words["funding"].search(clause.source)),
        ("payment", units and rate and words["payment"].search(clause.source)),
        (FORECAST, words["forecast"].search(clause.source)),
        ("definition", words["definition"].search(clause.source)),
        ("example", words["example"].search(clause.source)),
        (ANOTHER, words["other_body"].search(clause.source)),
    ):
        if holds:
            return replace(clause, says=reason)
    goes_on = clause.span.start > 0
    return replace(clause, says=said(clause.source, clause.years, grammar, lexicon, reported_to, goes_on=goes_on))


def _quoted(clauses: Sequence[_Clause]) -> list[_Clause]:
    """Give what another body says, or a forecast, named in a clause without a figure or by a label, its voice to the end."""
    spoken = (i for i, c in enumerate(clauses) if c.says in (ANOTHER, FORECAST))
    start = next((i for i in spoken if not clauses[i].quantities or _LABEL.match(clauses[i].source)), len(clauses))
    return [*clauses[:start], *(replace(c, says=clauses[start].says) for c in clauses[start:])]


def _is_over(clause: _Clause, reported_to: int) -> bool:
    """Say whether a clause that tells no aim is a forecast, or of a year of reports: no model makes one of it."""
    return clause.says == FORECAST or any(year.year <= reported_to for year in clause.years)


def _is_money(clause: _Clause) -> bool:
    return {q.unit for q in clause.quantities} <= {*CURRENCIES}


def _inherited(clauses: list[_Clause]) -> list[_Clause]:
    """Give clauses that do not say what they are the judgement of a neighbour.

    That is the clause before; for the first ones the clause behind, where it is an aim or has no figure of its own. What a
    clause only hints at yields to the clause before. Behind an aim, a fact holds for its own clause only.
    """
    first = next((c for c in clauses if c.says), None)
    before = first.says if first and (first.says == AIMS or not first.quantities) else ""
    given, reach, host = [], -1, ""
    for clause in clauses:
        inserted = clause.span.stop <= reach
        yields = not clause.says or (clause.says == HINTS and before != "")
        yields = yields or (clause.says == _TELLS and before in (AIMS, HINTS) and not inserted)
        given.append(replace(clause, says=host if inserted else before) if yields else clause)
        if not inserted:
            reach = clause.span.stop
            host = before if clause.quantities else given[-1].says
            before = before if before == AIMS else given[-1].says
    return given
