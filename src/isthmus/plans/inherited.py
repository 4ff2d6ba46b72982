"""What a list, a paragraph or a heading gives to what follows it: a year due, a base year, a direction, what it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from isthmus.plans.cells import own_year
from isthmus.plans.dates import latest, year_numbers
from isthmus.plans.document import DocumentBlock
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.lists import GOES_ON, goes_on, listed, opens, way_of
from isthmus.plans.patterns import search
from isthmus.plans.quantities import read
from isthmus.plans.segment import LONGEST, sentences
from isthmus.plans.setting import DocumentSetting
from isthmus.plans.spoken import spans_ahead, spoken_years
from isthmus.plans.structure import DocumentPart, Level
from isthmus.plans.text import normalise, probe
from isthmus.plans.units import CURRENCIES
from isthmus.plans.voice import AIMS, ANNOUNCED, FACTS, FORECAST, FUNDING, HINTS, RESULTS, said

_LABEL = 60
"""Longest line in characters that only names the list below it, within a list above."""
_TELLING = 3
"""Words that a heading needs besides those for aims to tell what a table holds."""
_SENTENCE = re.compile(r"[A-ZА-Я]\S*\s+(?:\S+\s+){5}.*\.$", re.DOTALL)
"""A block that is whole sentences: what they are does not follow from its heading, as it does for a line or an item."""
_WORD = re.compile(r"[^\W\d_]{3}[^\W\d_]*|[\u4e00-\u9fff]{2}")
_NUMBERED = re.compile(
    r"^(?:[\dIVX]+(?:\.\w{1,2})*[.)]?\s+|[^\W\d_]\)\s*|\(\d{1,2}\)\s*|[(（]?[一二三四五六七八九十]+[)）、.]\s*"
    r"|\d{1,2}[.．、](?=[\u4e00-\u9fff])|第[\d一二三四五六七八九十百]+[篇编部章节]\s*)"
)
_TITLED = re.compile(
    r"\W*(?:\d{1,2}[.．)、]\s?([^\W\d_][^\d.。；;:：]{3,39})[:：]"
    r"|(?:[（(][一二三四五六七八九十]{1,3}[)）]|—{1,2}|\d{1,2}[.．])\s?([^\d。；;:：]{4,40})。)\s?\S"
)
"""The title that opens a numbered item, or a Chinese paragraph, in front of what it says."""
_PARTS_OF_HEADING = re.compile(r"\s+[-–—]\s+|[:：]\s*")
_OPENS_WITH_YEAR = re.compile(r"\D{0,10}(?:20|21)\d\d")


class _Announced(int):
    """A year that holds for all results that follow, not only for a list.

    It does so up to the next heading in words, or up to one as high as that `under` which it is announced.
    """

    under: Level | None = None


def _announce(year: int, under: Level | None) -> _Announced:
    announced = _Announced(year)
    announced.under = under
    return announced


class Opening(int):
    """A year by which a paragraph opens: it holds for the items below it, and not behind a heading."""


NEAR = 2
"""Sentences in front that a number is judged by."""
Years = tuple[int | None, int | None]
"""A year due and a base year, each None without one."""


@dataclass(frozen=True)
class Inherited:
    """What a block has from those in front of it.

    `years` are those of its list; `lead` and `way` say what its list is and which direction it has (see `voice.judged`,
    `lists.way_of`); `before` is the text of the block in front; `loose` tells that it is in a list whose items may have no
    marks, `marked` that it is such an item or goes on a list by a mark; `opened` is the line that opens its list, `under` the
    level of the nearest heading, `label` the last line of words that ends no sentence: it names the values below it;
    `tail` the last sentences in front.
    """

    years: Years = (None, None)
    lead: str = ""
    way: str = ""
    before: str = ""
    loose: bool = False
    marked: bool = False
    opened: str = ""
    under: Level | None = None
    label: str = ""
    tail: tuple[str, ...] = ()


def received(part: DocumentPart, setting: DocumentSetting, above: Inherited) -> Inherited:
    """Return what holds for a block, of what the one above it handed on."""
    text, words = part.block.text.strip(), setting.lexicon.structure
    marked = goes_on(part.block, above.before, words) or part.block.kind == "table"
    lone = len(sentences(text)) == 1 and not (above.marked and text.endswith((".", "。")))
    loose = (opens(above.before, words) and not marked) or (above.loose and (marked or lone))
    titled = opens(text, words) and len(text) <= _LABEL and not re.search(r"\d", text)
    years = above.years if marked or loose or titled else (_announced(above.years[0]), _announced(above.years[1]))
    opened = above.opened if marked or loose else ""
    under = above.under if part.level is None else part.level
    return Inherited(years, above.lead, above.way, above.before, loose, marked, opened, under, above.label, above.tail)


def handed_on(part: DocumentPart, setting: DocumentSetting, here: Inherited) -> Inherited:
    """Return what a block hands on to the next one."""
    text = part.block.text.strip()
    years = _years(part, setting, here)
    lead = _lead(part, setting, here.lead, on=here.loose and re.search(r"\d[^.]*$", text) is not None)
    way = way_of(text, here.way, setting.grammar_of(text), setting.lexicon.structure)
    opened = sentences(text)[-1] if opens(text, setting.lexicon.structure) else here.opened
    label = _label_in(text, here.label, setting.lexicon)
    tail = (*here.tail, *sentences(text))[-NEAR:]
    return Inherited(years, lead, way, text, here.loose, here.marked, opened, here.under, label, tail)


def _label_in(text: str, held: str, lexicon: Lexicon) -> str:
    """Return a line of words that ends no sentence, without its number; behind a path or a line on aims alone what was `held`."""
    bare = _NUMBERED.sub("", text).rstrip(" :：")
    if _OPENS_WITH_YEAR.match(bare) or len(_WORD.findall(bare)) < (3 if lexicon.structure["aims"].search(bare) else 2):
        return held if bare else ""
    return bare if len(bare) <= LONGEST and bare[-1] not in ".。;；" else ""


def lead_of(part: DocumentPart, setting: DocumentSetting, here: Inherited) -> str:
    """Return what the statements of a block are: what their list says, else what their heading does.

    A heading of results says it of lines and of items that are no whole sentences, and of no heading nor what opens a list.
    """
    text = part.block.text.strip()
    under = part.aims if not _SENTENCE.match(text) else ""
    whole = part.level is not None or _SENTENCE.search(text) or opens(text, setting.lexicon.structure)
    return here.lead or (AIMS if under and whole else under)


def subjects_of(parts: Sequence[DocumentPart], lexicon: Lexicon) -> list[str]:
    """Return under what each block stands: the nearest heading above it that names more than aims, and is no title."""
    held, found = dict[Level, str](), list[str]()
    for place, part in enumerate(parts):
        held = (
            {} if lexicon.structure["annex"].match(part.block.text) else held
        )  # what it holds stands in no part of the text
        if part.level is not None:
            text = part.block.text.strip(" #*")
            titles = not place or part.level[1] < 0  # what stands above all parts is the title
            name = "" if titles else _named_by(text, lexicon)
            held = {above: heading for above, heading in held.items() if above < part.level} | {part.level: name}
        found.append(next((held[level] for level in sorted(held, reverse=True) if held[level]), ""))
    return found


def _named_by(heading: str, lexicon: Lexicon) -> str:
    """Return what a heading names without its number; of one that names aims what stands behind its dash or colon."""
    aims, name = lexicon.structure["aims"], _NUMBERED.sub("", heading)
    if lexicon.structure["contents title"].search(heading):
        return ""
    if aims.search(heading):
        _, *behind = _PARTS_OF_HEADING.split(name, maxsplit=1)
        name = "" if not behind or re.search(r"\d", behind[0]) else behind[0]
    return "" if aims.search(name) else name


def over_table(above: Sequence[DocumentBlock], lexicon: Lexicon) -> str:
    """Return the heading right above a table that names its aims and enough besides to tell what it holds; "" for another."""
    words = lexicon.structure
    for heading in (_NUMBERED.sub("", block.text.strip(" #*:")) for block in above if block.kind == "heading"):
        bare = heading
        for kind in ("aims", "indicators", "plan_name", "bare year"):
            bare = words[kind].sub("", bare)
        if words["aims"].search(heading) and len(_WORD.findall(bare)) >= _TELLING:
            return heading
    return ""


def within(subject: str, here: Inherited) -> str:
    """Return what a block stands under, with the line that opens its list where that gives no value and no year."""
    opened = _NUMBERED.sub("", here.opened)
    opened = "" if re.search(r"\d", opened) else opened.strip(" :：-–—•")
    return " – ".join(dict.fromkeys(filter(None, (subject, opened))))


def title_of(text: str) -> str:
    """Return the title that opens a numbered item in front of what it says (3. Safe schools: build 20 shelters), else nothing."""
    titled = _TITLED.match(text)
    return (titled[1] or titled[2]) if titled else ""


def opening_year(sentence: str, setting: DocumentSetting, *, by_only: bool = False) -> int | None:
    """Return the year due that opens a sentence, the only one there: it holds for the next sentences of its paragraph.

    A period that ends in it may stand beside it. `by_only` asks for a word in front that all is due by it.
    """
    if not _OPENS_WITH_YEAR.match(sentence):
        return None
    reading = read(probe(normalise(sentence)), setting.grammar_of(sentence), setting.reported_to)
    one = len({year.year for year in reading.years}) == 1
    due = reading.years[0] if one and reading.years[0].role == "target" else None
    opens = due is not None and all(due.end <= q.start for q in reading.quantities)
    by = search(rf"^\D{{0,9}}(?:{reading.grammar.until}) ?(?:20|21)\d\d", reading.source)
    coming = due is not None and due.year > setting.reported_to
    ahead = (coming and by is not None) if by_only else (coming or by is not None)
    return due.year if opens and due is not None and ahead else None


def _announced(year: int | None) -> int | None:
    return year if isinstance(year, _Announced) else None


def _lasts(year: int | None, level: Level | None) -> bool:
    """Say whether a year still holds in a block that is a heading of some level, or none."""
    over = isinstance(year, _Announced) and year.under is not None and level is not None and level <= year.under
    return not (over or (isinstance(year, Opening) and level is not None))


def _years(part: DocumentPart, setting: DocumentSetting, here: Inherited) -> Years:
    """Return the year and the base year that the next statements inherit.

    Those of a sentence ending in a colon, a year in a line of its own and one by which the paragraph over it opens are kept
    through their list; the base year of the plan, which a sentence without a figure says, up to the next such sentence.
    """
    text, words = part.block.text.strip(), setting.lexicon.structure
    headed = part.level is not None and part.block.kind != "item"
    due, start = (year if _lasts(year, part.level) else None for year in here.years)
    given = due, start
    if headed and (not listed(text, words) or (part.year and part.year in year_numbers(text))):
        return None, _announced(given[1])
    if words["bare year"].fullmatch(text):
        dates = len(here.tail) == 1 and text == str(setting.reported_to + 1)  # the document, below its title
        return None if dates else own_year(text), given[1]
    if not opens(text, words) and not words["base said"].search(text):
        alone = part.level is None and not (here.marked or here.loose)
        opening = opening_year(text, setting, by_only=True) if alone else None
        return Opening(opening) if opening else given[0], given[1]
    text = sentences(text)[-1] if opens(text, words) else text
    reading = read(probe(normalise(text)), setting.grammar_of(text), setting.reported_to)
    year = latest([*reading.years, *spans_ahead(reading, setting), *spoken_years(text, "", setting)])
    bases = {y.year for y in reading.years if y.role == "base"}
    base = bases.pop() if len(bases) == 1 else None
    if not opens(text, words):
        return given[0], given[1] if base is None or reading.quantities else _announce(base, here.under)
    announced = year is not None and words["results"].search(text) is not None
    kept = given[1] if year is None else _announced(given[1])
    held = None if isinstance(given[0], Opening) and not here.marked else given[0]
    return _announce(year, here.under) if year is not None and announced else year or held, base or kept


def _lead(part: DocumentPart, setting: DocumentSetting, lead: str, *, on: bool) -> str:
    """Return what the next list items are, aims or facts: the sentence that ends in the colon in front of them says it.

    So is a list inside it. Announced aims go on to the next heading, outside of a list to a report or a sentence without a
    figure.
    """
    text = part.block.text.strip()
    last = (sentences(text) or [""])[-1]
    grammar, words = setting.grammar_of(last), setting.lexicon.structure
    reading = read(probe(normalise(last)), grammar, setting.reported_to)
    if words["announces"].search(reading.source) and not any(q.known for q in reading.quantities):
        return ANNOUNCED
    listed = (on and part.level is None) or GOES_ON.match(text) is not None
    if words["expected results"].search(text) or words["due alone"].fullmatch(text):
        return RESULTS
    if not words["opens list"].search(text):
        names = re.search(r"\d", text) or (len(text) <= _LABEL and text[-1:] not in ".。")
        follows = lead == ANNOUNCED and part.level is None and names and not setting.reports(text)
        return lead if listed or follows else ""
    voice = said(reading.source, reading.years, grammar, setting.lexicon, setting.reported_to)
    if words["forecast"].search(reading.source):
        return FORECAST
    money = {q.unit for q in reading.quantities} <= {*CURRENCIES} and (reading.quantities or len(text) <= _LABEL)
    if money and words["funding"].search(reading.source):
        return FUNDING
    voice = AIMS if voice == HINTS else voice
    if (lead == RESULTS and (listed or voice == AIMS)) or (voice == AIMS and words["results"].search(last)):
        return RESULTS
    announces = voice == FACTS and any(words[name].search(last) for name in ("plan_name", "aims"))
    announces = announces or (not voice and len(text) <= _LABEL and bool(words["aims"].search(text)))
    inner = lead if listed and lead in (AIMS, ANNOUNCED) and voice != FACTS else ""
    return AIMS if announces and not setting.reports(last) else inner or voice
