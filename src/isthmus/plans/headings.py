"""Headings of a document: how high each stands, and the year it names for the part under it."""

import re
from collections.abc import Iterable, Iterator

from isthmus.plans.document import Block
from isthmus.plans.grammar import grammar_of
from isthmus.plans.language import detect
from isthmus.plans.quantities import read
from isthmus.plans.text import normalise, probe

_LEVELS = (
    r"第[\d一二三四五六七八九十百]+(?:篇|部分|编)|(?:раздел|часть|part) (?:[ivx\d]+)\b|[ivx]+\.\s",
    r"第[\d一二三四五六七八九十百]+章|(?:глава|chapter|section) [ivx\d]+\b",
    r"第[\d一二三四五六七八九十百]+节",
    r"[一二三四五六七八九十]{1,3}、|\d{1,2}\.\s(?!\d)",
    r"（[一二三四五六七八九十]{1,3}）|\d{1,2}\.\d{1,2}\.?\s",
)
_LEVEL = [re.compile(pattern, re.IGNORECASE) for pattern in _LEVELS]
_LONGEST = 90
_BARE = re.compile(
    r"^(?:到 ?)?(?:20\d\d ?年|“?十[五六七]五”?)[^，,。；]{0,24}(?:目标|任务|指标|安排|要求|展望)$"
    r"|^(?:(?:основн|главн|стратегическ|целев)\w+ )?(?:цели|задачи|показатели|приоритеты|направления)\b[^.;,]{0,50}$"
    r"|^(?:(?:main|key|strategic|headline) )?(?:targets|goals|objectives|priorities)\b[^.;,]{0,50}$",
    re.IGNORECASE,
)
_NAMES_A_PART = re.compile(
    r"目标|任务|要求|指标|安排|部署|重点|展望|时期|期间"
    r"|цел[иьея]|задач|показател|приоритет|направлени|мероприяти|ожидаем\w+ результат|на период|прогноз"
    r"|\b(?:targets?|goals?|objectives?|priorit\w+|aims?|tasks?|indicators?|outlook|period|agenda for)\b",
    re.IGNORECASE,
)


def heading_level(block: Block) -> int | None:
    """Return how high a heading stands (0 the highest); None where the block is none."""
    text = block.text.strip()
    if block.kind == "table" or not text or len(text) > _LONGEST or text[-1] in "。.；;，,：:":
        return None
    for level, pattern in enumerate(_LEVEL):
        if pattern.match(text):
            return level
    return len(_LEVEL) if block.kind == "heading" or (block.kind == "paragraph" and _BARE.match(text)) else None


def with_heading_years(blocks: Iterable[Block]) -> Iterator[tuple[Block, int | None]]:
    """Yield each block with the year that the nearest heading above it names, None without one.

    A heading below keeps the year of the one it belongs to; one of the same level ends it. The title of the document
    gives no year: everything stands under it, the far outlook too.
    """
    given: dict[int, int] = {}
    titled = False
    for block in blocks:
        if (level := heading_level(block)) is not None:
            given = {above: year for above, year in given.items() if above < level}
            title = not titled and not _LEVEL[0].match(block.text.strip()) and level == len(_LEVEL)
            if not title and (year := _year_of(block)) is not None:
                given[level] = year
        titled = titled or bool(block.text.strip())
        yield block, given[max(given)] if given else None


def _year_of(block: Block) -> int | None:
    """Return the year a heading gives its part: it names a part of a plan, one year, and no number of its own."""
    if not _NAMES_A_PART.search(block.text):
        return None
    reading = read(probe(normalise(block.text)), grammar_of(detect(block.text) or "en"))
    years = {y.year for y in reading.years if y.role in ("target", "period")}
    return years.pop() if len(years) == 1 and not reading.quantities else None
