"""No economy stands in code: the product works for any pair, and names belong to data.

Identifiers, strings, comments and docstrings are searched for the codes of ISO 3166 and of every packaged world, and
for the names of economies in English, Russian and Chinese.
"""

import csv
import io
import re
import tokenize
from collections.abc import Iterator
from functools import lru_cache

import pytest
from babel import Locale
from source import PACKAGE, Module, modules

ALLOWED_CODES = {
    "AND": "the English word, in capitals",
    "ARE": "the English word, in capitals",
    "CAN": "the English word, in capitals",
    "COM": "the ending of an address, in capitals",
    "GEO": "a dimension of statistical tables",
    "PER": "the English word, in capitals",
    "PNG": "a format of pictures",
    "ROW": "the English word, in capitals",
}
ALLOWED_PARTS = {
    *(
        "and",
        "are",
        "ben",
        "can",
        "che",
        "col",
        "com",
        "cub",
        "dom",
        "est",
        "fin",
        "geo",
        "gin",
        "guy",
        "ind",
        "jam",
        "lie",
    ),
    *(
        "mac",
        "mar",
        "nam",
        "nor",
        "pan",
        "per",
        "png",
        "pol",
        "pri",
        "ras",
        "row",
        "sen",
        "som",
        "sur",
        "ton",
        "ven",
        "vat",
    ),
}
"""Codes that are words or usual abbreviations in a name of code (`row`, `per_pct`, `fin`)."""
ALLOWED_NAMES = {
    "Georgia": "a typeface",
    "Jersey": "a cloth",
    "Jordan": "a form of matrices",
    "Chad": "a given name of authors",
    "Guernsey": "a cloth",
}
NO_ECONOMIES = {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}
"""Entries of the list of territories that are unions or placeholders."""


def world_rows() -> Iterator[dict[str, str]]:
    for path in sorted((PACKAGE / "assets" / "worlds").glob("*/economies.csv")):
        with path.open(encoding="utf-8") as file:
            yield from csv.DictReader(file)


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    listed = set((PACKAGE / "assets" / "iso3166_alpha3.txt").read_text("utf-8").split())
    packaged = {code for row in world_rows() for code in (row["code"], *row["members"].split(";"))}
    return frozenset(listed | packaged)


@lru_cache(maxsize=1)
def economy_names() -> frozenset[str]:
    packaged = {value for row in world_rows() for key, value in row.items() if key.startswith("name")}
    territories = {
        name
        for language in ("en", "ru", "zh")
        for key, name in Locale(language).territories.items()
        if len(key) == 2 and key.isalpha() and key not in NO_ECONOMIES
    }
    return frozenset(packaged | territories) - set(ALLOWED_NAMES)


@lru_cache(maxsize=1)
def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a code in text and what finds a name; Chinese is written without spaces between words."""
    code = "|".join(sorted(codes() - set(ALLOWED_CODES)))
    names = sorted(economy_names(), key=len, reverse=True)
    chinese = [re.escape(name) for name in names if any("\u4e00" <= letter <= "\u9fff" for letter in name)]
    spaced = [re.escape(name) for name in names if re.escape(name) not in chinese]
    return (
        re.compile(rf"(?<![A-Za-z0-9])(?:{code})(?![A-Za-z0-9])"),
        re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)|{'|'.join(chinese)}"),
    )


def findings(text: str) -> list[tuple[int, str]]:
    """Return (line, economy) for every economy that the source text names."""
    in_text, by_name = patterns()
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME:
            parts = {part for part in token.string.lower().split("_") if len(part) == 3} - ALLOWED_PARTS
            found += [(token.start[0], part) for part in sorted(parts) if part.upper() in codes()]
        elif token.type in {tokenize.STRING, tokenize.COMMENT, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}:
            found += [(token.start[0], hit) for pattern in (in_text, by_name) for hit in pattern.findall(token.string)]
    return found


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_module_names_no_economy(module: Module) -> None:
    assert findings(module.text) == []


@pytest.mark.parametrize(
    "line",
    [
        'PARTNER = "CHN"',
        "# as in Kazakhstan",
        "chn_share = 1",
        'NAMES = ["俄罗斯联邦"]',
        'title = f"{n} из Бразилии и Канада"',
        'code = "A;NOR;B"',
        '"""Trade of the Russian Federation."""',
    ],
)
def test_the_search_finds_economies(line: str) -> None:
    assert findings(line + "\n")


@pytest.mark.parametrize(
    "line", ['label = "rows are per year"', "row = per_pct", 'x = "CSV and SDMX"', "# русский текст, 中文文本"]
)
def test_the_search_passes_over_words(line: str) -> None:
    assert findings(line + "\n") == []
