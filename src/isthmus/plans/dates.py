"""Years in a statement and what they are: the year a target is due, the year a change is counted from, a period."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from isthmus.plans.grammar import Grammar
from isthmus.plans.patterns import compiled, finditer, search
from isthmus.plans.text import BLANK, blank, in_figures
from isthmus.plans.units import currency_before, unit_at

_Y = r"(?:\b(?:[fc]y|(?:fiscal|financial|calendar) year(?: ?\([fc]y\))?) ?)?(?<!\d)(?<!\d[.,])(?P<y>(?:19|20|21)\d\d)"
_Y += r"(?! ?(?:[kкdд]?[mм][23]|[kк][mм]|ha|га|[kк][gг]|[kmgкмг](?:wh?|вт)|k(?:ilo ?)?cal(?:orie)?s?)\b)"
"""A year; a number with a measure right behind it (2000 m3) is none."""
_P = (
    r"(?P<a>(?:19|20|21)\d\d)(?:[/-]\d\d(?!\d))?(?: ?年)? ?"
    r"(?:(?:[-–~/至到]|to|through) ?(?:fy ?|q[1-4] ?)?(?P<y>(?:19|20|21)\d\d)(?:[/-](?P<ends>\d\d)(?!\d))?"
    r"|[-–~/] ?(?P<y2>\d\d)(?!\d|[.,]\d| ?%))"
)
"""A period; its years may be fiscal ones, which begin in one year and end in the next; apart these need to be (2031 - 32)."""

_MONTHS = (
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
)
YEAR = re.compile(
    r"(?:(?<![\d.,])|(?<=\d\d\.\d\d\.))((?:19|20|21)\d\d)(?:(?:\s?[-–/]\s?|\s(?:to|по)\s(?=\d{4}))((?:19|20|21)?\d\d)(?!\s?%))?(?!\d|[.,]\d)"
)
"""A year in a cell, which may begin in one and end in the next."""
SLOTS = {
    "{C}": rf"(?:{YEAR.pattern})",
    "{P}": _P,
    "{M}": _MONTHS,
    "{Y}": _Y,
    "{Y2}": _Y.replace("y>", "y2>"),
    "{Y3}": _Y.replace("y>", "y3>"),
    "{YA}": _Y.replace("y>", "a>"),
}
"""What stands in the forms of the tables of years and of document words for a period, a month, a year, and one in a cell."""
_SINCE = "since"
"""Opens the name of a group of a form: its number counts years from the one behind that word in the name."""
_FISCAL_YEAR = re.compile(r"(?<!\d)(?:19|20|21)(\d\d)[/–-](\d\d)(?!\d)")
_DIGIT = re.compile(r"\d")
_GOES_ON = re.compile(r"[.,]\d| ?[^\W\d_]| ?[%°]")
_DECIMAL = re.compile(r"[.,]\d{1,3}(?!\d)")
_SPACE = re.compile(r"[ -]?")
_MAYBE = ("target", "base", "from")
"""Parts that a number may seem to play though it is no year."""
_COUNTED = (
    "persons",
    "households",
    "units",
    "x",
    "times per year",
    "years",
    "months",
    "weeks",
    "days",
    "hours",
    "minutes",
)
"""Units of what may begin a clause behind a year, or stand behind it otherwise."""
_PLAIN_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d|[.,]\d)")


@dataclass(frozen=True)
class Year:
    """A year in a statement: its span, the year, its role (target, base, from, period, price) and a period's first year."""

    start: int
    end: int
    year: int
    role: str
    first: int | None = None


def find_years(text: str, grammar: Grammar, reported_to: int) -> tuple[list[Year], str]:
    """Return the years of a normalised, lower-cased statement in order, and the text with them blanked."""
    if grammar.spaced and _DIGIT.search(text) is None:  # years in words are of languages without spaces
        return [], text
    source, years = text, list[Year]()
    for pattern, role in grammar.years:
        for match in finditer(pattern, text):
            year = None if role in _MAYBE and _is_amount(match, role, grammar) else _year(match, role, grammar)
            if year is not None:
                years.append(year)
                text = blank(text, match.start(), match.end())
    known = [y for y in years if y.role not in ("ignored", "price")]
    return _resolved(sorted(known, key=lambda y: y.start), (text, source), grammar, reported_to), text


def latest(years: Sequence[Year]) -> int | None:
    """Return the latest year that can be a target's, None without one."""
    return max((y.year for y in years if y.role in ("target", "period")), default=None)


def year_numbers(text: str, *, ends: bool = False) -> list[int]:
    """Return the four-digit years of a text, on demand also the years in which those of a budget end (2021/22)."""
    fiscal = (m for m in _FISCAL_YEAR.finditer(text) if int(m[2]) == (int(m[1]) + 1) % 100) if ends else ()
    ended = (int(m.group()[:4]) + 1 for m in fiscal)
    return [int(year) for year in (*_PLAIN_YEAR.findall(in_figures(text)), *ended)]


def _is_amount(match: "re.Match[str]", role: str, grammar: Grammar) -> bool:
    """Say whether the digits of a year are an amount: behind a currency or a bound, or in front of a measure (2035 MW).

    Behind a word that a date has as well (by 2035 households) what is counted says nothing; nor do words that bound a number
    and compare with a year, where another number stands in front (5% over 2035 sales).
    """
    digits = next((name for name in ("y", "y2", "y3") if match.groupdict().get(name)), "")
    if not digits or match.string[match.end(digits) : match.end()].strip():  # a word for year stands behind it
        return False
    (start, end), text = match.span(digits), match.string
    if currency_before(text, start, grammar):
        return True
    if not _GOES_ON.match(text, end):
        return False
    decimal = _DECIMAL.match(text, end)
    end = decimal.end() if decimal else end
    behind = _SPACE.match(text, end).end()  # type: ignore[union-attr]
    if any(compiled(scale).match(text, behind) for scale, _ in grammar.numerals.scales):
        return True
    unit, front = unit_at(text, end, grammar), text[:start].rstrip()
    if unit is None:
        return False
    if unit.known and (not match.string[match.start() : start].strip() or unit.name not in _COUNTED):
        return True
    compares = role == "base" and _DIGIT.search(front) is not None
    return not compares and any(search(bound, front) for bound, _ in grammar.bounds_before)


def _year(match: "re.Match[str]", role: str, grammar: Grammar) -> Year | None:
    groups = match.groupdict()
    if name := groups.get("name") or groups.get("plan"):
        first, year = grammar.periods[name]
        named = {"ignored name": "ignored", "named base": "base", "named end": "target"}.get(role, "period")
        return Year(match.start(), match.end(), year, named, first if named == "period" else None)
    raw = groups.get("y") or groups.get("y2") or groups.get("y3") or ""
    raw = next(
        (str(int(n) + int(name.removeprefix(_SINCE))) for name, n in groups.items() if name.startswith(_SINCE)), raw
    )
    if groups.get("a"):
        first = int(groups["a"])
        last = groups.get("ends") or raw
        year = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
        apart = match.string[match.start("y2") - 1] == " " if groups.get("y2") else False
        if not first < year <= first + (1 if apart else 60):
            return None
        return Year(match.start(), match.end(), year, role, first if role == "period" else None)
    if role == "target" and search(f"^(?:{grammar.from_word})", match.group()):
        role = "from"
    return Year(match.start(), match.end(), int(raw), role)


def _resolved(years: list[Year], texts: tuple[str, str], grammar: Grammar, reported_to: int) -> list[Year]:
    """Decide years whose role depends on the others: the earlier of two behind a change is what it is counted from.

    A level that is due by a year of the past (to 30 % by) is no change from there, nor is what happens in that year.
    """
    last, (text, source) = latest(years), texts
    resolved = []
    for year in years:
        role, before = year.role, text[: year.start].rstrip(f" {BLANK}")
        reported, own = year.year <= reported_to, source[year.start : year.end]
        later = any(y.year > year.year and y.role in ("target", "period") for y in years)
        if role == "from":
            based = later or (reported and (not grammar.spaced or search(grammar.change_before, before)))
            role = "base" if based else "target"
        elif role == "target" and any(
            y.year > year.year and not source[y.end : year.start].strip() for y in years if y.end <= year.start
        ):
            role = "base"
        elif role == "target" and search(grammar.kept_to, before) and _reached_before(year, years, text):
            role = "ignored"
        elif role == "target" and search(grammar.change_before, before):
            within = last is not None and year.year < last and not search(grammar.due_year, own)
            level = search(grammar.level_before, before) or search(grammar.inside_year, own)
            role = "base" if reported and not within and not level else role
        elif role == "base" and last is None and 0 < reported_to < year.year:  # of what is made in 2035
            role = "base" if not grammar.spaced or search(grammar.compares, source) else "target"
        resolved.append(Year(year.start, year.end, year.year, role, year.first))
    return resolved


def _reached_before(year: Year, years: Sequence[Year], text: str) -> bool:
    """Say whether a year in front, in the same sentence part, is an earlier one that something is due by."""
    ahead = (y for y in years if y.end <= year.start and y.role == "target" and y.year < year.year)
    return any(";" not in text[y.end : year.start] for y in ahead)
