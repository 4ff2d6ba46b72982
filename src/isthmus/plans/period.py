"""The period of a plan, by its title or its term, and the year in which it ends; and the lines at the head of a document."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from isthmus.plans.company import RowOrGap, undated
from isthmus.plans.dates import Year, year_numbers
from isthmus.plans.document import DocumentBlock
from isthmus.plans.language import detect
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.plan import Kind, Target
from isthmus.plans.quantities import read
from isthmus.plans.quantity import Reading
from isthmus.plans.segment import LONGEST, sentences
from isthmus.plans.statements import kind_in
from isthmus.plans.text import normalise, probe

TITLE_BLOCKS, CHROME, _TITLE_LINES = 14, 6, 3
"""How many blocks hold the title; so many characters are a page number; lines of a title."""
_ITEM = re.compile(r"\s*(?:[-–*•▪●] |[（(]?[一二三四五六七八九十]{1,3}[)）、])")
"""What no title opens with: the mark of an item, the Chinese number of a section."""
_CALLED = re.compile(r"[^\W\d]+ (?:20|21)\d\d$")
"""A year at the end of the name of a plan, with the word in front."""
_AMONG_HAN = re.compile("(?<=[\u4e00-\u9fff])(?:20|21)\\d\\d(?=[\u4e00-\u9fff])(?!年)")
"""A year in the middle of a title of Han characters, without the word for one (数字山东2031行动方案)."""
_SET_APART = re.compile("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
"""Between the signs of a title that stand apart."""


def worded(blocks: Sequence[DocumentBlock]) -> list[DocumentBlock]:
    """Return the blocks of text that are more than the number of a page."""
    return [b for b in blocks if b.kind != "table" and len(b.text.strip()) > CHROME]


def head_of(blocks: Sequence[DocumentBlock]) -> list[DocumentBlock]:
    """Return the short blocks among the first ones, where a document says its title and its date."""
    return [b for b in worded(blocks)[:TITLE_BLOCKS] if len(b.text.strip()) <= 400]


def period_of_plan(blocks: Sequence[DocumentBlock], lexicon: Lexicon) -> Year | None:
    """Return the period in the title of a plan, or what it says to be its term where the title has none or a later one."""
    titled, term = _period_of_title(head_of(blocks), lexicon), _term(blocks, lexicon)
    later = term and term.first and (titled is None or (titled.first or 0) > term.first)
    return term if later else titled


def _term(blocks: Sequence[DocumentBlock], lexicon: Lexicon) -> Year | None:
    """Return the period of the first line, or row of a table, that says when the plan is carried out."""
    lines = (line for block in blocks for line in ([": ".join(row) for row in block.rows] or [block.text]))
    told = (text for text in lines if lexicon.structure["term"].search(text))
    for line in (own for text in told for own in ([text] if len(text) <= LONGEST else sentences(text))):
        if lexicon.structure["term"].search(line):
            periods = [y for y in plan_years(line, lexicon) if y.first]
            ends = [] if periods else year_numbers(line)
            if len(ends) == 2 and ends[0] < ends[1]:  # from 1 April 2031 to 31 March 2036
                return Year(0, len(line), ends[1], "period", ends[0])
            if widest := _widest(periods):
                return widest
    return None


def _period_of_title(head: Sequence[DocumentBlock], lexicon: Lexicon) -> Year | None:
    """Return the period, or year, in a title of a plan; a title may end with its period on a line below its name."""
    lines: list[str] = []
    for text in (b.text.strip() for b in head if not _ITEM.match(b.text)):
        opens = text[0].islower() or text[0] in "(（"
        opens = opens or bool(lines and lexicon.structure["title open"].search(lines[-1]))
        goes_on = lines and opens and not lexicon.structure["sentence end"].search(lines[-1])
        lines = [*lines[:-1], f"{lines[-1]} {text}"] if goes_on else [*lines, text]
    titles = [not lexicon.structure["sentence end"].search(line) and line[-1] not in ":：,，" for line in lines]
    named = [
        title and bool(lexicon.structure["plan_name"].search(line)) for line, title in zip(lines, titles, strict=True)
    ]
    return _named_period(lines, titles, named, lexicon) or _own_period(lines, titles, lexicon)


def _own_period(lines: Sequence[str], titles: Sequence[bool], lexicon: Lexicon) -> Year | None:
    """Return the period of a title that only its period makes one of a plan (Framework 2031-2036), or of a budget.

    A first line may also name a year with its aims (Targets for 2031).
    """
    first, *kinds = (lexicon.structure[kind] for kind in ("aims of a year", "plan by its period", "budget title"))
    named = [bool(not i and first.search(line)) or any(k.search(line) for k in kinds) for i, line in enumerate(lines)]
    own = (line for line, title, names in zip(lines, titles, named, strict=True) if title and names)
    found = ((line, _widest(plan_years(lexicon.structure["title date"].sub("", line), lexicon))) for line in own)
    ends = (y for line, y in found if y and (_is_span(y) or (y.first is None and not _MONTH.search(line))))
    return next(ends, None)


def _is_span(period: Year) -> bool:
    return period.first is not None and 0 < period.year - period.first <= _LONGEST


def _named_period(lines: Sequence[str], titles: Sequence[bool], named: Sequence[bool], lexicon: Lexicon) -> Year | None:
    """Return the period, or year, of the first title of a plan that has one."""
    for i, line in enumerate(lines):
        if titles[i] and any(named[max(0, i - _TITLE_LINES) : i + 1]):
            # a plan may say the days from and to which it runs; nothing is due in the month of its title's date
            line = lexicon.structure["title days"].sub(r"\1–", line)
            years = plan_years(lexicon.structure["title date"].sub("", line), lexicon)
            alone = _AMONG_HAN.search(line) if named[i] and not years else None
            widest = Year(*alone.span(), int(alone[0]), "target") if alone else _widest(years)
            if (
                widest
                and (named[i] or (widest.first and ":" not in line))
                and (widest.first or not _tells(line, lexicon))
            ):
                return widest
    return None


def _tells(line: str, lexicon: Lexicon) -> bool:
    """Say whether a line tells something, as a title does not (the roadmap is a new version of that of 2031)."""
    tenses = lexicon.tenses[detect(line) or "en"](probe(line))
    return tenses.told or tenses.tells


def _widest(years: Sequence[Year]) -> Year | None:
    """Return the period or year that holds all others (Plan 2032-37 & Annual Plan 2032-33); None without one."""
    widest = max(years, key=lambda y: y.year - (y.first or y.year), default=None)
    within = widest and all((widest.first or y.year) <= (y.first or y.year) <= y.year <= widest.year for y in years)
    return widest if within else None


def plan_years(text: str, lexicon: Lexicon) -> list[Year]:
    """Return the years and periods of a text that something can be due in."""
    years = (y for sentence in sentences(text) for y in read_line(sentence, lexicon).years)
    return [y for y in years if y.role in ("target", "period")]


def lone_year(title: str, lexicon: Lexicon) -> int | None:
    """Return the only year that a title names, with or without the word for one; None where it names a period."""
    years = plan_years(title, lexicon)
    named = {y.year for y in years} or {*year_numbers(title)}
    return named.pop() if len(named) == 1 and not any(y.first for y in years) else None


def read_line(text: str, lexicon: Lexicon) -> Reading:
    """Return a text of a document taken apart, in its own language."""
    return read(probe(normalise(text)), lexicon.grammars[detect(text) or "en"], 0)


BY_PERIOD = "due by the end of the plan's period"
BY_ONLY_YEAR = "due in the only year that the document names for others"
"""Notes of a target without a year of its own."""
_FEWEST, _SHORTEST, _LONGEST, _NAMES = 3, 2, 25, 3
"""How often a text names its period at least, how many years that has, and how many lines may hold its name."""
_MONTH = re.compile(r"\d{4}[-–/]\d")
"""A year with a month behind it, or the number of a document (2031-03, 2006/42)."""
_NEARLY_ALL = 0.8
"""Of the years that a text calls its own, those that are one and the same."""


_STEP = re.compile(r" \(([^()]*?(\d{1,2})[^()]*)\)$")
"""The year of a plan by its number, behind what it measures."""


def _with_steps(passages: Sequence[RowOrGap], lexicon: Lexicon, period: Year | None) -> list[RowOrGap]:
    """Give values of the years of a plan by their numbers (Yr 1, Yr 2) the years of its period, where it has as many."""
    steps = {i: _STEP.search(p.indicator) for i, p in enumerate(passages) if isinstance(p, Target) and p.year is None}
    own = {i: int(m[2]) for i, m in steps.items() if m and lexicon.structure["column step"].fullmatch(m[1])}
    most = max(own.values(), default=0)
    if not (period and period.first and most and period.year - period.first in (most - 1, most)):
        return list(passages)
    return [
        replace(p, year=period.year - most + own[i]) if i in own and isinstance(p, Target) else p
        for i, p in enumerate(passages)
    ]


def with_horizon(
    passages: Sequence[RowOrGap],
    blocks: Sequence[DocumentBlock],
    lexicon: Lexicon,
    until: int,
    period: Year | None,
    *,
    dated: bool,
) -> list[RowOrGap]:
    """Give numbers without a year that of their step, else the one in which the plan ends, or the only one named, with a note.

    Parameters
    ----------
    until
        Last year of reports.
    period
        That of the plan, where its title or term or its reader says one.
    dated
        Whether the document itself gives the year after `until`, in which what a budget says is due.
    """
    passages = _with_steps(passages, lexicon, period)
    budget = until + 1 if dated and period is None and _is_budget(blocks, lexicon) else None
    end = budget or _end_of(blocks, lexicon, until, period) if any(undated(p, lexicon) for p in passages) else None
    note = BY_PERIOD
    if end is None and period is None and (end := _only_year(passages, until)):
        note = BY_ONLY_YEAR
    if end and not (period and period.first) and _is_past_for_most(end, passages):
        end = None
    yearly = is_work_report(blocks, lexicon) if period is None else _is_budget(blocks, lexicon)
    return [
        replace(p, year=end, note=note, kind=_kind_in_report(p, end, until, lexicon) if yearly else p.kind)
        if end and undated(p, lexicon) and not (yearly and lexicon.structure["of a plan"].search(p.text))
        else p
        for p in passages
    ]


def _kind_in_report(target: Target, year: int, until: int, lexicon: Lexicon) -> Kind:
    """Return the kind of an aim of a report on a year: a rise is a yearly growth but for that of a rate or of several years."""
    several = lexicon.structure["of several years"].search(target.text)
    return target.kind if several else kind_in(target, year, until, lexicon.grammars[target.lang])


def _is_called(names: Sequence[str], blocks: Sequence[DocumentBlock]) -> bool:
    """Say whether a year is part of what a plan is called: its title ends with it, and its text names it so again."""
    called = [match[0] for name in names if (match := _CALLED.search(name))]
    return any(name in b.text and b.text.strip() not in names for name in called for b in blocks)


def _only_year(passages: Sequence[RowOrGap], until: int) -> int | None:
    """Return the year to come in which all is due that says when, where more than one aim says so itself."""
    told = [p for p in passages if isinstance(p, Target) and p.value is not None and p.year and not p.note]
    year = told[0].year if len({p.year for p in told}) == 1 else None
    saying = {p.text for p in told if str(year) in p.text}
    return year if year and year > until and len(saying) > 1 else None


def is_work_report(blocks: Sequence[DocumentBlock], lexicon: Lexicon) -> bool:
    """Say whether a document is a report on work: its tasks are of one year, but what it tells of a plan is of that one."""
    return bool(_work_reports(blocks, lexicon))


def _work_reports(blocks: Sequence[DocumentBlock], lexicon: Lexicon) -> list[str]:
    """Return the titles of a document that are those of a report on work, or of the works of a year."""
    titles = (_SET_APART.sub("", b.text.strip()) for b in blocks[:TITLE_BLOCKS])
    return [*filter(lexicon.structure["work report"].search, titles)]


def _is_budget(blocks: Sequence[DocumentBlock], lexicon: Lexicon) -> bool:
    """Say whether a document is a speech or a bill on a budget, which is one of a year."""
    words = lexicon.structure["yearly budget"], lexicon.structure["budget title"]
    return any(kind.search(b.text.strip()) for b in blocks[:TITLE_BLOCKS] for kind in words)


def _is_past_for_most(end: int, passages: Sequence[RowOrGap]) -> bool:
    """Say whether most that is due in a year is due after the lone year of a title, which is then that of its publication.

    What is counted from the date of the document, as its note says, tells nothing of that.
    """
    told = (p for p in passages if isinstance(p, Target) and p.value is not None and not p.note)
    due = [p.year for p in told if p.year is not None]
    return 2 * sum(year > end for year in due) > len(due)


def _end_of(blocks: Sequence[DocumentBlock], lexicon: Lexicon, until: int, period: Year | None) -> int | None:
    """Return the end of a plan's period, the year of a report on work, or the year to come that is part of its name.

    Else it is the end of the period to come in its title (Against drought 2031 to 2036), the year that it gives itself more than
    once (our vision for 2045), or the end of the period named more often than all others.
    """
    if period is not None:
        return period.year
    if until and (titles := _work_reports(blocks, lexicon)):
        return max(until + 1, *(year_numbers(title)[0] for title in titles if year_numbers(title)), 0)
    head, words = head_of(blocks)[:_NAMES], lexicon.structure
    names = [b.text for b in head if words["plan_name"].search(b.text)]
    names += [b.text for b in head[:1] if words["results"].search(b.text)]
    names = [name.strip() for name in names if not words["sentence end"].search(name)]
    ends = {year for name in names for year in year_numbers(name)}
    if len(ends) == 1 and (max(ends) > until + _SHORTEST or _is_called(names, blocks)):
        return ends.pop()
    apart = (b.text for b in head if not words["sentence end"].search(b.text.strip()))
    spans = {y.year for text in apart for y in plan_years(text, lexicon) if _is_span(y) and y.year > until + _SHORTEST}
    if until and len(spans) == 1:
        return spans.pop()
    called = Counter(
        y for b in blocks for m in words["horizon named"].finditer(b.text) for y in year_numbers(b.text[m.end() :])[:1]
    )
    year, times = called.most_common(1)[0] if called else (0, 0)
    if times > 1 and times > _NEARLY_ALL * called.total() and year > until + _SHORTEST:
        return year
    texts = (b.text for b in blocks if len(year_numbers(b.text)) > 1)
    named = Counter((y.first, y.year) for text in texts for y in plan_years(text, lexicon) if y.first)
    long = {p: n for p, n in named.items() if _SHORTEST <= p[1] - (p[0] or 0) <= _LONGEST}
    commonest, times = max(long.items(), key=lambda entry: entry[1], default=((0, 0), 0))
    return commonest[1] if times >= _FEWEST and 2 * times >= sum(long.values()) and commonest[1] > until else None
