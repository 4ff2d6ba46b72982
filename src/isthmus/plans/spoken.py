"""Years that a statement says by where it stands: this year, by the end of the decade, in the next five years, in its context."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from isthmus.plans.aims import BY_WORDS, Weighed
from isthmus.plans.company import undated
from isthmus.plans.dates import Year, year_numbers
from isthmus.plans.numbers import find_numbers
from isthmus.plans.patterns import finditer
from isthmus.plans.period import BY_PERIOD
from isthmus.plans.plan import Target
from isthmus.plans.quantity import Finding, Reading
from isthmus.plans.setting import DocumentSetting
from isthmus.plans.text import probe

BY_DATE = "counted from the document's date"
"""Note of a target that is due a number of years behind its document."""
_DECADE, _CENTURY = 10, 100


def spoken_years(text: str, front: str, setting: DocumentSetting) -> list[Year]:
    """Return the years that a statement says by this year, next year or the end of the decade, where the document has a date.

    The decade is another one where the statement or those in front name one, or the statement a year that is over.
    """
    words, this = setting.lexicon.structure, setting.reported_to + 1
    named = {"this_year": this, "next_year": this + 1}
    if not words["decade_named"].search(front + text) and not any(year < this for year in year_numbers(text)):
        century = _after(this, _CENTURY)
        named |= {"end_of_decade": _after(this, _DECADE), "end_of_century": century}
        named["middle_of_century"] = century - _CENTURY // 2
    told = ((name, year) for name, year in named.items() if setting.dated and year >= this)
    found = ((match, year) for name, year in told for match in words[name].finditer(probe(text)))
    return sorted((Year(m.start(), m.end(), year, "target") for m, year in found), key=lambda year: year.start)


def _after(year: int, span: int) -> int:
    """Return the end of the decade or century that a year is in."""
    return -(-year // span) * span


def spans_ahead(reading: Reading, setting: DocumentSetting) -> list[Year]:
    """Return the ends of the spans to come that a statement names, where it says no other year for what is due in them.

    They end with the plan where that has as many years, else so many years behind the date of the document, by which a plan
    of several years has to have begun.
    """
    period = setting.period if setting.period and setting.period.first else None
    length = period.year - (period.first or 0) if period else 0
    until = setting.reported_to + 1
    ahead = period is not None and length > 1 and until <= (period.first or 0)
    begun = until - setting.yearly if setting.dated and not ahead else None
    ends = list[Year]()
    for match in finditer(reading.grammar.span_ahead, reading.source):
        raw = next((number for name, number in match.groupdict().items() if name.startswith("n") and number), "")
        count = int(find_numbers(raw, reading.grammar.numerals)[0].value) if raw else _DECADE
        if period and count in (length, length + 1):
            ends.append(Year(match.start(), match.end(), period.year, "target"))
        elif begun:
            ends.append(Year(match.start(), match.end(), begun + count, "target"))
    return [end for end in ends if _is_alone(end, reading)]


def _is_alone(end: Year, reading: Reading) -> bool:
    """Say whether no year is due beside a span: each is parted from it by a quantity, and another stands in front of it."""
    due = [y for y in reading.years if y.role in ("target", "period")]
    front = any(q.end <= end.start for q in reading.quantities)
    parted = (any(min(y.end, end.end) <= q.start < max(y.start, end.start) for q in reading.quantities) for y in due)
    return not due or (front and all(parted))


def with_spoken(reading: Reading, spoken: Sequence[Year], ends: Sequence[Year]) -> Reading:
    """Return a statement with its spoken years and ends of spans among its others, each with what stands beside it."""
    several = len({y.year for y in (*spoken, *ends)}) > 1
    ordered = sorted([*reading.years, *spoken, *ends], key=lambda year: year.start)
    return replace(reading, years=tuple(ordered)) if reading.years or several else reading


def noted(targets: Sequence[Target], ends: Sequence[Year], reading: Reading, setting: DocumentSetting) -> list[Target]:
    """Return targets, those due at the end of a span to come with a note on where it is counted from."""
    counted = {y.year for y in ends} - {y.year for y in reading.years if y not in ends}
    last = setting.period.year if setting.period else None
    return [replace(t, note=BY_PERIOD if t.year == last else BY_DATE) if t.year in counted else t for t in targets]


def with_years_of_model(
    targets: Sequence[Target], findings: Sequence[Finding], weighed: Mapping[int, Weighed], setting: DocumentSetting
) -> list[Target]:
    """Return the targets of findings, those without a year with that of the model if it is behind the document's own year."""
    due = [(weighed[f.start].due if f.start in weighed else None) or 0 for f in findings]
    until = setting.reported_to + setting.dated
    return [
        replace(t, year=year, note=BY_WORDS) if year > until and undated(t, setting.lexicon) else t
        for t, year in zip(targets, due, strict=True)
    ]
