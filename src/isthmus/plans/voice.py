"""Who speaks in each clause of a statement: an aim of the plan, or a fact, a forecast, a payment, a definition, another body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from isthmus.plans.dates import Year
from isthmus.plans.grammar import Grammar
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.quantity import Quantity, Reading
from isthmus.plans.text import blank, finditer, search
from isthmus.plans.units import CURRENCIES, SHARES

AIMS, FACTS, ANNOUNCED = "aims", "facts", "announced"
"""The last: aims that a sentence announced (sets out 15 targets), whatever their verbs say."""
_NEAR = 2
"""Years after those of reports that a plan may still report on: it is often approved after its period began."""
_TELLS = "tells"
"""A fact of the present: behind an aim it goes on with it (by 2030 A will be 5; B is over 6)."""
_REASONS = {FACTS: "fact", _TELLS: "fact"}


@dataclass(frozen=True)
class _Clause:
    """A clause: where it stands, its words without what is inserted, its quantities and years, and what it says."""

    span: range
    source: str
    quantities: tuple[Quantity, ...]
    years: tuple[Year, ...]
    says: str = ""


def said(source: str, years: Sequence[Year], grammar: Grammar, lexicon: Lexicon, reported_to: int) -> str:
    """Return whether words say an aim or a fact; "" where none of them says either.

    A fact has a verb that tells, no word that something is wanted or due, and no year after the last one of reports.
    """
    told, tells, ahead = lexicon.tenses[grammar.lang](source)
    begun = [y.first if told and y.first else y.year for y in years if y.role in ("target", "period")]
    wanted = search(grammar.intends, source) or search(grammar.commands, source)
    near = max(begun, default=0) <= reported_to + _NEAR
    if (told or tells) and near and not (ahead or wanted):
        return FACTS
    if any(year > reported_to > 0 for year in begun):
        return AIMS
    if (told and not ahead) or (tells and not wanted):
        return FACTS
    return AIMS if wanted or ahead or search(grammar.suggests, source) else ""


def judged(
    reading: Reading, grammar: Grammar, lexicon: Lexicon, reported_to: int, lead: str
) -> tuple[Reading, str]:
    """Return a statement with the figures that are nobody's aim here marked, and the reason where all of them are.

    Each clause is judged by its own words; one without a verb takes the judgement of the clause before it, the first ones
    that of the clause behind them. Where no clause says aim or fact, they are what their list or heading (`lead`) is;
    without one they are facts in a language that says its aims.
    """
    if not reading.quantities:
        return reading, ""
    clauses = _inherited([_judged(c, grammar, lexicon, reported_to) for c in _clauses(reading, grammar)])
    default = lead or (FACTS if grammar.says_aims else AIMS)
    told = [c for c in clauses if (c.says or default) != AIMS and (c.says or default) != ANNOUNCED]
    first = next((c.says or default for c in told if c.quantities), "")
    out = {q.start for c in told for q in c.quantities}
    if len(out) == len(reading.quantities):
        return reading, _REASONS.get(first, first)
    past = {y.start for c in told if c.quantities for y in c.years}
    quantities = tuple(replace(q, told=q.start in out) for q in reading.quantities)
    years = tuple(replace(y, role="told") if y.start in past else y for y in reading.years)
    return replace(reading, quantities=quantities, years=years), ""


def _clauses(reading: Reading, grammar: Grammar) -> list[_Clause]:
    """Return the clauses of a statement; what is inserted in one (in brackets, between commas) stands behind it."""
    spans = [range(*match.span()) for match in finditer(grammar.inserted, reading.source)]
    rest = reading.source
    for span in spans:
        rest = blank(rest, span.start, span.stop, " ")
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
    return _Clause(span, re.sub(" +", " ", words).lstrip(" ,，;；("), quantities, tuple(y for y in reading.years if own(y.start)))


def _judged(clause: _Clause, grammar: Grammar, lexicon: Lexicon, reported_to: int) -> _Clause:
    """Return a clause with what it says: an aim, a fact, or the reason why it is neither; "" where it does not say."""
    words, units = lexicon.structure, {q.unit for q in clause.quantities}
    money, rate = units <= {*CURRENCIES}, units <= {*CURRENCIES, *SHARES}
    for reason, holds in (
        ("funding", units and money and words["funding"].search(clause.source)),
        ("payment", units and rate and words["payment"].search(clause.source)),
        ("forecast", words["forecast"].search(clause.source)),
        ("definition", words["definition"].search(clause.source)),
        ("another body", words["other_body"].search(clause.source)),
    ):
        if holds:
            return replace(clause, says=reason)
    says = said(clause.source, clause.years, grammar, lexicon, reported_to)
    told = says == FACTS and lexicon.tenses[grammar.lang](clause.source).told
    return replace(clause, says=_TELLS if says == FACTS and not told else says)


def _inherited(clauses: list[_Clause]) -> list[_Clause]:
    """Give clauses that do not say what they are the judgement of the one before, the first ones that of the one behind."""
    before = next((c.says for c in clauses if c.says), "")
    given, reach = [], -1
    for clause in clauses:
        inserted = clause.span.stop <= reach
        goes_on = clause.says == _TELLS and before == AIMS and not inserted
        given.append(replace(clause, says=before) if not clause.says or goes_on else clause)
        if not inserted:
            before, reach = given[-1].says, clause.span.stop
    return given
