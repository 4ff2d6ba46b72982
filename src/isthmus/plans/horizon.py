"""The year in which a plan ends: what it gives no year of its own is due then."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from isthmus.plans.company import RowOrGap, undated
from isthmus.plans.dates import Year, year_numbers
from isthmus.plans.document import DocumentBlock
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.period import TITLE_BLOCKS, head_of, plan_years
from isthmus.plans.plan import Target

BY_PERIOD = "due by the end of the plan's period"
"""Note of a target without a year of its own."""
_FEWEST, _SHORTEST, _LONGEST, _NAMES = 3, 2, 25, 3
"""How often a text names its period at least, how many years that has, and how many lines may hold its name."""


def with_horizon(
    passages: Sequence[RowOrGap], blocks: Sequence[DocumentBlock], lexicon: Lexicon, until: int, period: Year | None
) -> list[RowOrGap]:
    """Give numbers without a year the one in which the plan ends, with a note.

    Parameters
    ----------
    until
        Last year of reports.
    period
        That of the plan, where its title or term or its reader says one.
    """
    end = _end_of(blocks, lexicon, until, period) if any(undated(p, lexicon) for p in passages) else None
    if end and not (period and period.first) and _is_past_for_most(end, passages):
        end = None
    yearly = period is None and _is_work_report(blocks, lexicon)
    return [
        replace(p, year=end, note=BY_PERIOD)
        if end and undated(p, lexicon) and not (yearly and lexicon.structure["of a plan"].search(p.text))
        else p
        for p in passages
    ]


def _is_work_report(blocks: Sequence[DocumentBlock], lexicon: Lexicon) -> bool:
    """Say whether a document is a report on work: its tasks are of one year, but what it tells of a plan is of that one."""
    return any(lexicon.structure["work report"].search(b.text.strip()) for b in blocks[:TITLE_BLOCKS])


def _is_past_for_most(end: int, passages: Sequence[RowOrGap]) -> bool:
    """Say whether most that is due in a year is due after the lone year of a title, which is then that of its publication."""
    due = [p.year for p in passages if isinstance(p, Target) and p.value is not None and p.year is not None]
    return 2 * sum(year > end for year in due) > len(due)


def _end_of(blocks: Sequence[DocumentBlock], lexicon: Lexicon, until: int, period: Year | None) -> int | None:
    """Return the end of a plan's period, the year of a report on work, or the year to come that is part of its name.

    Else it is the year that it gives itself more than once (our vision for 2045), or the end of the period named more often than
    all others.
    """
    if period is not None:
        return period.year
    if until and _is_work_report(blocks, lexicon):
        return until + 1
    head, words = head_of(blocks)[:_NAMES], lexicon.structure
    names = [b.text for b in head if words["plan_name"].search(b.text)]
    names += [b.text for b in head[:1] if words["results"].search(b.text)]
    ends = {year for name in names if not words["sentence end"].search(name) for year in year_numbers(name)}
    if len(ends) == 1 and max(ends) > until + _SHORTEST:
        return ends.pop()
    called = Counter(
        y for b in blocks for m in words["horizon named"].finditer(b.text) for y in year_numbers(b.text[m.end() :])[:1]
    )
    if len(called) == 1 and called.total() > 1 and max(called) > until + _SHORTEST:
        return called.popitem()[0]
    texts = (b.text for b in blocks if len(year_numbers(b.text)) > 1)
    named = Counter((y.first, y.year) for text in texts for y in plan_years(text, lexicon) if y.first)
    long = {p: n for p, n in named.items() if _SHORTEST <= p[1] - (p[0] or 0) <= _LONGEST}
    commonest, times = max(long.items(), key=lambda entry: entry[1], default=((0, 0), 0))
    return commonest[1] if times >= _FEWEST and 2 * times >= sum(long.values()) and commonest[1] > until else None
