"""A document becomes statements: sentences and list items, unchanged, with the page they stand on."""

import re
from collections.abc import Iterator

_ABBREVIATIONS = re.compile(
    r"(?:\b(?:тыс|млн|млрд|трлн|руб|долл|кв|куб|г|гг|т|п|ст|пп|им|др|пр|см|ред|стр|рис|табл|ок|св|чел|мес|мин|ед|шт|обл|ул|д|гл|в|вв|н|э|у|е|к"
    r"|No|no|vol|Vol|Art|art|Sec|sec|Fig|fig|p|pp|para|approx|incl|e\.g|i\.e|etc|vs|cf|St|Dr|Mr|Ms|Mrs|U\.S|U\.K|U\.N|E\.U|[A-Z]|[А-Я])|\d)\.$"
)
_BOUNDARY = re.compile(r"([.!?…]+[»”\"')\]]*(?:\s*\[\d{1,3}(?:[,–-]\s?\d{1,3})*\])*)\s+(?=[«“\"'(\[]?[A-ZА-ЯЁ0-9])")
_ZH_BOUNDARY = re.compile(r"[。！？]+[”』）」]*(?:\s*\[\d{1,3}(?:[,、-]\d{1,3})*\])*\s*|(?<=[；;])\s*(?=（[一二三四五六七八九十]+）)")
_AFTER_REFERENCE = re.compile(r"^\s*\[\d{1,3}\]\s*$")


def sentences(paragraph: str, lang: str) -> list[str]:
    """Return the sentences of a paragraph without changing them; a reference in brackets stays with its sentence."""
    return [s for s in (part.strip() for part in _cut(paragraph, lang)) if s]


def _cut(paragraph: str, lang: str) -> Iterator[str]:
    pattern, start = (_ZH_BOUNDARY if lang == "zh" else _BOUNDARY), 0
    for match in pattern.finditer(paragraph):
        end = match.end() if lang == "zh" else match.end(1)
        piece = paragraph[start:end]
        if lang != "zh" and _ABBREVIATIONS.search(piece.rstrip("»”\"')")) and not _closes(piece, paragraph[match.end() :]):
            continue
        yield piece
        start = match.end()
    yield paragraph[start:]


def _closes(piece: str, following: str) -> bool:
    """Say whether an abbreviation or a number in front of a full stop ends the sentence after all."""
    unit = re.search(r"(?:(\d)|\b(?:г|гг|руб|чел|км|га|т|др|пр|п|тыс|млн|млрд|трлн|etc))\.$", piece)
    if not unit:
        return False
    if unit.group(1) and re.search(r"(?:^|\s)\d{1,2}(?:\.\d+)*\.$", piece) and len(piece) < 8:
        return False
    return bool(re.match(r"[«“\"'(]?[A-ZА-ЯЁ][a-zа-яё]", following)) and len(piece) > 20
