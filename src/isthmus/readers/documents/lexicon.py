"""Read the words of the plan reader from their tables."""

import csv
from functools import cache
from importlib import resources
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.plans.lexicon import LANGUAGES, Lexicon, lexicon_of
from isthmus.readers.documents.aims import packaged_classifiers
from isthmus.readers.documents.morphology import RussianTense

TABLES = ("frames", "structure", "periods", "years", "units", "numbers", "classes")
TENSE = ("saying", "obliging", "aside")
"""Classes of the words of the tagger of Russian sentences; the first two hold lemmas."""


@cache
def read_lexicon() -> Lexicon:
    """Return the packaged lexicon: one table of forms for each language, frames, document words, characters."""
    words = {lang: lexicon_rows(lang) for lang in LANGUAGES}
    forms = {name: tuple(row["form"] for row in words["ru"] if row["class"] == name) for name in TENSE}
    tenses = {"ru": RussianTense(forms["saying"], forms["obliging"], forms["aside"][0])}
    tables = (lexicon_rows(name) for name in TABLES)
    more = {"characters": lexicon_rows("hanzi"), "confidence": lexicon_rows("confidence")}
    return lexicon_of(words, *tables, tenses=tenses, aims=packaged_classifiers(), **more)


def lexicon_rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one of the tables: a language, one of `TABLES`, the characters (hanzi) or the signs (confidence)."""
    path = Path(str(resources.files("isthmus") / "assets" / "lexicon" / f"{name}.csv"))
    with path.open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise BadInputError(
                f"{path.name}, line {number}",
                "has a cell too many or too few",
                allowed="one cell for each column",
                remedy="put a form that holds a comma in quotes",
            )
    return rows
