"""The parts of a document: the role of each block (text, review, sources, front matter) and the year its headings give."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from isthmus.plans.dates import year_numbers
from isthmus.plans.document import DocumentBlock
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.period import read_line
from isthmus.plans.segment import LONGEST
from isthmus.plans.voice import AIMS, RESULTS

TEXT, REVIEW, SOURCES, FRONT, CAPTION, CONTENTS = "text", "review", "sources", "front matter", "caption", "contents"
OUTLOOK = "outlook"
"""Role of what tells of the world around a plan, and of what is to come there by itself."""
LEVELS = ("level part", "level chapter", "level section", "level number", "level below", "level third")
"""Classes of what opens a numbered heading, the highest first."""
Level = tuple[int, float]
"""How high a heading stands, the highest first: how deep it is set, 0 where nothing is, and how deep its number is."""
_UNSET, _FEWEST_SET, _REPEATED, _FENCE = 9, 3, 4, "---"
_LOWEST: Level = (_UNSET, len(LEVELS))
"""Depth of a numbered line among headings that are set as such, from how many of these on; how often a running head stands."""
_PARTS = 3
"""So many of the levels are numbered with words or Roman numbers."""
_CHAPTER = re.compile(r"(\d{1,2})\.(\d?)")
"""How the title of a chapter, or of a part with the number of its own behind it, opens."""
_MEMBER = re.compile(r"\s*\d{1,2}\.\s")
_SENTENCE_END = re.compile(r"[a-zа-я]{2}\.(?:\s|$)|。")
_PAGES = re.compile(r"[^\W\d].*\s(?:(?:\d{1,3}|[ivxl]+)(?:\s?[-–]\s?|\s|$)){1,3}$")
_NEXT_TITLE = re.compile(r"(?<=\d)\s(?=\d{1,2}\.\d)")
_DATED_LONGEST, _LONGEST_AIMS, _BARE_LONGEST, _EDGE, _FENCED = 24, 320, 60, 14, 24


@dataclass(frozen=True)
class DocumentPart:
    """A block with its role, the year that the nearest heading above it names, and what its headings say of lists (`voice`)."""

    block: DocumentBlock
    role: str
    year: int | None
    level: Level | None
    aims: str = ""


def parts_of(blocks: Sequence[DocumentBlock], lexicon: Lexicon, reported_to: int) -> list[DocumentPart]:
    """Return the blocks of a document, each with its role and year.

    A heading keeps its role and its year until one of its level or a higher one, so does a line ending in a colon in front
    of headings; the title of the document gives none: everything stands under it. A review is announced by its words, or by a
    year of reports; a heading that also names aims is none, one on steps to take ends it, and one without a number on years
    ahead. A heading on the start of a period
    gives the first year after the reports. A list of sources needs a heading of its own, and references under it.
    """
    heads = _running_heads(blocks, lexicon)
    levels = _levels(blocks, heads, lexicon)
    first = next((i for i, level in enumerate(levels) if level is not None and level[1] < len(LEVELS)), len(blocks))
    fenced = {*range(_fenced(blocks)), *_contents(blocks, lexicon)}
    years: dict[Level, int] = {}
    under, roles, opened = dict[Level, str](), dict[Level, str](), dict[Level, str]()
    titled, aims, parts = False, "", list[DocumentPart]()
    for i, (block, level) in enumerate(zip(blocks, levels, strict=True)):
        if level is not None:
            years = {above: year for above, year in years.items() if above < level}
            steps = lexicon.structure["steps ahead"].search(block.text)
            chapter, part = found.groups() if (found := _CHAPTER.match(block.text.strip())) else ("", "")
            roles = {above: role for above, role in roles.items() if above < level and not steps}
            roles = {above: role for above, role in roles.items() if not part or opened[above] in ("", chapter)}
            named = _years_of(block.text, lexicon)
            ahead = level[1] == len(LEVELS) and min(named, default=0) > reported_to > 0
            roles = {above: role for above, role in roles.items() if not (ahead and role == REVIEW)}
            title = i == 1 and block.text.strip() == str(reported_to + 1)  # the year of its date, below it
            title = title or (not titled and (level[1] == len(LEVELS) or level[1] % 1 > 0))
            under = {above: said for above, said in under.items() if above < level}
            if not title and (said := _said_of(block.text, named, lexicon, reported_to)):
                under[level] = said
            aims = max([*under.values(), AIMS * bool(lexicon.structure["aims"].search(block.text))])  # results for aims
            if not title and len(named) == 1 and _gives_year(block.text, named[0], lexicon, reported_to):
                opens = lexicon.structure["start"].search(block.text) and named[0] > reported_to > 0
                years[level] = reported_to + 1 if opens else named[0]
            if not title and (role := _role_of(blocks, i, named, lexicon, reported_to)):
                roles[level], opened[level] = role, chapter
        elif (led := _led_by(block.text, lexicon)) > reported_to and (
            below := next(iter(levels[i + 1 : i + 2]), None) or (_LOWEST if "|" in block.text else None)
        ):
            years[below[0], below[1] - 0.5] = led
        titled = titled or bool(block.text.strip())
        role = roles[max(roles)] if roles else _edge_role(block, i, first, len(blocks), lexicon)
        role = FRONT if i in fenced or _bare(block.text) in heads else role
        parts.append(DocumentPart(block, role, years[max(years)] if years else None, level, aims))
    return parts


def _said_of(text: str, named: Sequence[int], lexicon: Lexicon, reported_to: int) -> str:
    """Return what a heading says of the lists below it: results to be reached, else aims; "" where it says neither."""
    words = lexicon.structure
    if words["heading of results"].search(text):
        return RESULTS
    ahead = any(y > reported_to > 0 for y in named) and not words["plan_name"].search(text)
    return AIMS if ahead or words["results"].search(text) else ""


def _led_by(text: str, lexicon: Lexicon) -> int:
    """Return the year that a short line gives the headings below it (By 2031 we will:), 0 where it gives none.

    A head that lost its table (Indicators | 2031 targets) gives that of its last cell.
    """
    *cells, last = text.split("|")
    leads = lexicon.structure["column target" if cells else "opens list"].search(last)
    return max(_years_of(last, lexicon), default=0) if leads and len(text) <= LONGEST else 0


def _contents(blocks: Sequence[DocumentBlock], lexicon: Lexicon) -> range:
    """Return the blocks of a list of contents without leaders: below its name, up to its first title again, or a sentence."""
    lines, named = [_bare(block.text).lower() for block in blocks], lexicon.structure["contents title"].fullmatch
    start = next((i for i, line in enumerate(lines) if named(line)), len(lines))
    listed = next((i for i in range(start + 1, len(lines)) if not named(lines[i])), start)  # one may list itself
    first = next((line for line in lines[listed : listed + 1] if line), None)
    again = next((i for i in range(listed + 1, len(lines)) if first and lines[i].startswith(first)), start)
    said = (i for i in range(start, again) if len(lines[i]) > LONGEST and _SENTENCE_END.search(lines[i]))
    end = next(said, again)
    for i in range(start + 1, len(blocks)) if end == start else ():
        end = i + 1 if _names_pages(blocks[i]) else end
        if i - max(end, start + 1) > _PARTS:
            break
    return range(start, end)


def _names_pages(block: DocumentBlock) -> bool:
    """Say whether a block has the page or the pages of a title behind it, as each of its rows or its numbered titles has."""
    rows = [" ".join(row) for row in block.rows] if block.kind == "table" else _NEXT_TITLE.split(block.text)
    return 2 * sum(len(row) <= LONGEST and _PAGES.search(row) is not None for row in rows) > len(rows)


def _running_heads(blocks: Sequence[DocumentBlock], lexicon: Lexicon) -> set[str]:
    """Return the names of the plan that stand on every page: short lines that name a plan and come again and again."""
    words = lexicon.structure
    lines = Counter(_bare(block.text) for block in blocks if _is_short(block.text.strip() or "."))
    often = (line for line, times in lines.items() if times >= _REPEATED and " " in line.strip())
    return {line for line in often if words["plan_name"].search(line) and not words["results"].search(line)}


def _bare(line: str) -> str:
    """Return a line without its marks and the number of its page."""
    return re.sub(r"^[\W\d_]+|\W+(?:\d{1,3}\W*)?$", "", line)


def _levels(blocks: Sequence[DocumentBlock], heads: set[str], lexicon: Lexicon) -> list[Level | None]:
    """Return the level of each block.

    A heading without a number stands above the series of numbers it opens, one of aims and their year above its like below it.
    """
    found = [None if _bare(block.text) in heads else heading_level(block, lexicon) for block in blocks]
    members = _listed(blocks, found)
    found = [None if i in members else level for i, level in enumerate(found)]
    unset = _UNSET if sum(block.level > 0 for block in blocks) >= _FEWEST_SET else 0
    levels: list[Level | None] = [None] * len(blocks)
    series: dict[int, int] = {}
    for i in range(len(blocks) - 1, -1, -1):
        level, depth = found[i], blocks[i].level or unset
        if level is None:
            continue
        above = series.pop(depth, None)
        if above == _PARTS and lexicon.structure["review"].search(blocks[i].text):  # its parts may tell what comes too
            above = above if _is_apart(i, depth, levels, blocks, lexicon) else None
        if above is None and found[i + 1 : i + 2] == [level] and (blocks[i + 1].level or unset) == depth:
            aims = lexicon.structure["results"].search(blocks[i].text)
            above = level if aims and len(_years_of(blocks[i].text, lexicon)) == 1 else None
        levels[i] = (depth, level if level < len(LEVELS) or above is None else above - 0.5)
        if level < len(LEVELS) and lexicon.structure["opens series"].match(blocks[i].text.strip()):
            series[depth] = level
    return levels


def _is_apart(
    review: int, depth: int, levels: Sequence[Level | None], blocks: Sequence[DocumentBlock], lexicon: Lexicon
) -> bool:
    """Say whether the parts below the heading of a review of a year are its own: a later year opens parts behind them."""

    def latest(text: str) -> int:
        return max([*year_numbers(text), *_years_of(text, lexicon)], default=0)

    past = latest(blocks[review].text)
    below = [*zip(levels, blocks, strict=True)][review + 1 :]
    heads = ((level, latest(block.text) > past) for level, block in below if level)
    first, later = next((h for h in heads if h[0][1] != _PARTS or h[1]), ((depth, _PARTS), False))
    return past > 0 and later and first in ((depth, _PARTS - 0.5), (depth, len(LEVELS)))


def _listed(blocks: Sequence[DocumentBlock], levels: Sequence[int | None]) -> set[int]:
    """Return the numbered lines of lists, which are no headings: they follow one another, or a line that ends in a colon."""
    marks = [level if level is not None and _PARTS <= level < len(LEVELS) else None for level in levels]
    marks = [_PARTS if _MEMBER.match(block.text) else mark for block, mark in zip(blocks, marks, strict=True)]
    alike = [i for i, (mark, after) in enumerate(pairwise(marks)) if mark is not None and mark == after]
    led = {i for i, (over, b) in enumerate(pairwise(blocks), 1) if over.text.endswith(":") and _MEMBER.match(b.text)}
    members = led.union(at for i in alike for at in (i, i + 1))
    return {i for i in members if blocks[i].kind != "heading"}


def _fenced(blocks: Sequence[DocumentBlock]) -> int:
    """Return how many blocks at the start are settings of a page between two lines of hyphens."""
    ends = (i for i, block in enumerate(blocks[1:_FENCED], start=1) if block.text.strip() == _FENCE)
    return next(ends, -1) + 1 if blocks and blocks[0].text.strip() == _FENCE else 0


def heading_level(block: DocumentBlock, lexicon: Lexicon) -> int | None:
    """Return how high a heading stands (0 the highest); None where the block is none.

    Without a number a short line is a heading where it is set as one, or where it consists of words for a part of a plan, or
    of a year and its work. A part or chapter may end in a full stop.
    """
    words, text = lexicon.structure, block.text.strip()
    level = next((i for i, name in enumerate(LEVELS) if words[name].match(text)), None)
    part = level is not None and level < _PARTS and len(text) <= _BARE_LONGEST
    if block.kind == "table" or not text or " = " in text or words["amends"].search(text):
        return None
    if not (_is_short(text) or block.level or part or _names_aims(text, lexicon)):
        return None
    if level is not None:
        return level
    if block.kind == "heading":
        return len(LEVELS)
    if block.kind == "item" or len(text) > _BARE_LONGEST or re.search(r"\||。.", text):
        return None
    bare = text.strip(" :：#*")
    named = any(words[name].search(text) for name in ("review", "aims"))
    named = named or any(words[name].fullmatch(bare) for name in ("sources", "outlook"))
    short = len(text) <= _DATED_LONGEST and not words["report_name"].match(text)
    dated = short and words["part"].search(text) and _years_of(text, lexicon)
    return len(LEVELS) if (named or dated) else None


def _is_short(text: str) -> bool:
    """Say whether a block is as short as a heading and no sentence."""
    return len(text) <= LONGEST and text[-1] not in "。.；;，,：:"


def _names_aims(text: str, lexicon: Lexicon) -> bool:
    """Say whether a numbered line, however long, opens with a word for aims and tells nothing."""
    number = re.match(r"\d{1,2}\.(?:\d{1,2}\.?)?\s", text)
    opens = number and lexicon.structure["aims"].match(text, number.end())
    return bool(opens) and len(text) <= _LONGEST_AIMS


def _years_of(text: str, lexicon: Lexicon) -> list[int]:
    """Return the years that a heading without a number of its own names."""
    reading = read_line(text, lexicon)
    return [] if reading.quantities else sorted({y.year for y in reading.years if y.role in ("target", "period")})


def _gives_year(text: str, year: int, lexicon: Lexicon, reported: int) -> bool:
    words = lexicon.structure
    named = words["aims"].search(text) or words["part"].search(text) or words["bare year"].fullmatch(text.strip(" :#*"))
    return bool(named) or year > reported > 0


def _role_of(blocks: Sequence[DocumentBlock], i: int, named: Sequence[int], lexicon: Lexicon, reported: int) -> str:
    """Return the role that a heading gives its part, "" for ordinary text."""
    words, text = lexicon.structure, blocks[i].text.strip()
    bare = re.sub(r"^[\W\d]*(?:[ivx]+\.)?\s*", "", text.strip(" :：#*"), flags=re.IGNORECASE)
    if words["sources"].fullmatch(bare):
        below = [b.text for b in blocks[i + 1 : i + 5] if b.text.strip()]
        looks = sum(bool(words["reference"].search(line)) for line in below)
        return SOURCES if below and 2 * looks >= len(below) else ""
    over = [m.end() for m in words["review"].finditer(text)] if named and max(named) <= reported else []
    if words["aims"].search(text, *over[-1:]):  # how a plan of a year that is over was carried out
        return ""
    later = reported > 0 and any(year > reported for year in named) and not words["status report"].search(text)
    if words["outlook"].search(text) and not later:
        return OUTLOOK
    past = bool(named) and not later and bool(words["part"].search(text)) and reported > 0
    return REVIEW if (words["review"].search(text) and not later) or past else ""


def _edge_role(block: DocumentBlock, i: int, first: int, count: int, lexicon: Lexicon) -> str:
    """Return the role of a block outside of reviews: front matter stands before the first heading or at the very end."""
    words, text = lexicon.structure, block.text.strip()
    if block.kind == "table":
        listed = sum(words["contents"].search(" ".join(row)) is not None for row in block.rows)
        return CONTENTS if 2 * listed > len(block.rows) else TEXT
    if words["contents"].search(text):
        return CONTENTS
    if words["caption"].search(text) and len(text.partition("](")[0]) < 160:
        return CAPTION
    near = i < min(first, _EDGE) or i >= count - 3
    return FRONT if near and len(text) < 90 and words["front"].search(text) else TEXT
