"""Up to which year a document reports: that before its date, its period or its title, else the last one that it tells of."""

import re
from collections.abc import Sequence

from isthmus.plans.dates import Year, year_numbers
from isthmus.plans.document import DocumentBlock
from isthmus.plans.language import detect
from isthmus.plans.lexicon import Lexicon, Patterns
from isthmus.plans.patterns import search
from isthmus.plans.period import CHROME, TITLE_BLOCKS, head_of, lone_year, period_of_plan, plan_years, read_line, worded
from isthmus.plans.quantities import read
from isthmus.plans.segment import sentences
from isthmus.plans.structure import heading_level
from isthmus.plans.text import in_figures, normalise, probe

_SENTENCES_A_YEAR, _PLAN_YEARS, _MOSTLY = 40, 5, 3
_BY = 8
"""Length of the longest word for by with its space."""
_PAST, _TO_COME = -1, 1
"""What a year is for a sentence that tells of it."""
_DASHED = re.compile(r"\d\d ?[-–] ?\d")
"""A period as the names of plans write it (2031–2035)."""


def reported_to(
    blocks: Sequence[DocumentBlock],
    lexicon: Lexicon,
    given: int | None = None,
    otherwise: int = 0,
    period: Year | None = None,
) -> tuple[int, bool]:
    """Return the year up to which a figure is a report, and whether the document itself says so.

    In order: the year before the plan's period begins (`period`, else that of its title or term) where that has ended, that
    has no date, or that begins after the document's date (a lone year ends five, of which those that the text tells of are
    over, unless the document is of that year); the year before that date or the one its title names, or before the period of
    the plan that it says has been issued; what the study gives; the latest year that the text tells of, at most `otherwise`;
    the year before all that it names, where these are over, or before the first that something is due by; else 0.
    """
    apart = [b for b in blocks if b.kind != "item"]  # when an item is due (2031) dates nothing
    words, rest, head = lexicon.structure, worded(blocks), head_of(apart)
    near = [b for b in apart[:TITLE_BLOCKS] if len(b.text.strip()) <= CHROME and not b.level]
    edges = (words["amended"].sub("", normalise(b.text)) for b in [*near, *head, *apart[-3:]])
    opening = (words["amended"].sub("", normalise(b.text)) for b in rest[:TITLE_BLOCKS])
    stamps = [m.group() for text in opening for m in words["time stamp"].finditer(text)]
    stamps += [t for t in edges if _is_stamp(t, lexicon) and not (t.isdigit() and int(t) > otherwise > 0)]
    titles = [words["amended"].sub("", b.text) for b in head if not words["sentence end"].search(b.text.strip())]
    stamps += [
        m.group() for text in titles if len(_dates_of(text, words)) < 2 for m in words["title date"].finditer(text)
    ]
    written = max((int(year) for text in stamps for year in _dates_of(text, words)), default=None)
    if (planned := period or period_of_plan(blocks, lexicon)) is not None:
        told = 0 if planned.first else _told(blocks, lexicon, planned.year - 1)
        first = planned.first or max(planned.year - _PLAN_YEARS, told) + 1
        over = planned.year <= (written or given or otherwise) and (planned.first or planned.year != written)
        if over or (written is None and planned.first):
            return first - 1, True
        if written is not None and planned.first:
            return max(written - 1, min(written, first - 1)), True
    if written is not None:
        return written - 1, True
    for text in (b.text for b in head[:6] if not words["sentence end"].search(b.text)):
        if words["report_name"].search(text) and (named := lone_year(text, lexicon)):
            return named - 1, True
    if given is not None:
        return given, False
    if told := _told(blocks, lexicon, otherwise):
        return told, False
    ahead = (_before_all(rest, lexicon, otherwise) or _before_due(rest, lexicon, otherwise)) if otherwise else 0
    return ahead, False


def _before_all(words: Sequence[DocumentBlock], lexicon: Lexicon, otherwise: int) -> int:
    """Return the year before all that a text without any past names, where all of it is over by now; 0 elsewhere."""
    dated = [b.text for b in words if year_numbers(b.text)]
    saying = [text for text in dated if lexicon.grammars[detect(text) or "en"].says_aims]
    years = [y for text in saying for y in plan_years(text, lexicon)]
    over = len(saying) > 2 and bool(years) and max(y.year for y in years) <= otherwise
    return min(y.first or y.year for y in years) - 1 if over else 0


def _before_due(words: Sequence[DocumentBlock], lexicon: Lexicon, otherwise: int) -> int:
    """Return the year before the first that a text without any past wants something by, where that is over by now; else 0."""
    due = []
    for text in (sentence for b in words for sentence in sentences(b.text) if year_numbers(sentence)):
        reading = read(probe(normalise(text)), lexicon.grammars[detect(text) or "en"], otherwise)
        own = (y for y in reading.years if y.role == "target")
        by = rf"(?:{reading.grammar.until}) ?(?:20|21)\d\d(?!\d)"
        due += [y.year for y in own if search(by, reading.source[max(0, y.start - _BY) : y.end])]
    return min(due) - 1 if due and min(due) <= otherwise else 0


def _is_stamp(text: str, lexicon: Lexicon) -> bool:
    """Say whether a block dates its document: a date and little else, front matter, or the title with its date."""
    words, rest = lexicon.structure, lexicon.structure["date"].sub("", in_figures(text))
    titled = len(text) <= 400 and text[-1:] not in "。.；;" and bool(words["report_name"].match(rest.strip().lower()))
    return bool(_dates_of(text, words)) and (
        len(rest) <= 25 or (len(text) <= 160 and bool(words["front"].search(text))) or titled
    )


def _dates_of(text: str, words: Patterns) -> list[str]:
    return [next(year for year in match.groups() if year) for match in words["date"].finditer(in_figures(text))]


def _told(blocks: Sequence[DocumentBlock], lexicon: Lexicon, most: int) -> int:
    """Return the latest year, at most `most`, that sentences tell of or that changes are counted from; 0 without one.

    In a long text more than one sentence must do so, or tell of the next year, and a year that mostly is to come is not over.
    The heading of a review tells of its year by itself.
    """
    review, dated = lexicon.structure["review"], dict[int, list[str]]()
    heads = (b.text for b in blocks if review.search(b.text) and heading_level(b, lexicon) is not None)
    reviewed = max((y for head in heads for y in year_numbers(head) if y <= (most or y)), default=0)
    for block in blocks:
        for sentence in re.split(r"(?<=[。.;；!?])\s*", block.text):
            for year in {*year_numbers(sentence, ends=True)} if len(sentence) <= 1500 else ():
                dated.setdefault(year, []).append(sentence)
    enough = min(2, 1 + sum(map(len, dated.values())) // _SENTENCES_A_YEAR)
    told = dict[int, int]()
    for year in sorted((year for year in dated if reviewed < year <= (most or year)), reverse=True):
        tenses = [_tense_of(sentence, year, lexicon) for sentence in dated[year]]
        told[year] = tenses.count(_PAST)
        expected = tenses.count(_TO_COME) > _MOSTLY * told[year]
        if told[year] and told[year] + told.get(year + 1, 0) >= enough and not expected:
            return year
    return reviewed


def _tense_of(sentence: str, year: int, lexicon: Lexicon) -> int:
    """Return whether a year is past or to come for a sentence, or neither; a change is counted from one that is past.

    That in which a plan ends may be to come.
    """
    reading, grammar = read_line(sentence, lexicon), lexicon.grammars[detect(sentence) or "en"]
    source, alone = reading.source, len(set(year_numbers(sentence))) == 1
    years = [y for y in reading.years if y.year == year]
    own = [y for y in years if year - (y.first or year) < 2 or not _DASHED.search(source[y.start : y.end])]
    if any(y.role == "base" for y in years):
        return _PAST
    front = [source[y.start : y.end].rstrip("0123456789 ") for y in own]
    due = any(search(f"{grammar.to}|{grammar.until}", words) for words in front)
    verb = alone and not due and re.search(grammar.tells, source) and not re.search(grammar.intends, source)
    ahead = re.search(grammar.future, source)
    told = (re.search(grammar.past, source) or verb) and not ahead
    if told and own:
        return _PAST
    wanted = re.search(grammar.intends, source) or any(search(grammar.until, words) for words in front)
    return _TO_COME if own and (ahead or wanted) else 0
