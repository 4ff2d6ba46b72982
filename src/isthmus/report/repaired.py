"""What was done to make inputs usable, in the language of the page."""

import re

from isthmus.report.blocks import Cell
from isthmus.report.locale import Translator


def repair_name(what: str, text: Translator) -> Cell:
    """Return a repair in words of the language; what it names after a colon stays as written."""
    told, _, named = what.partition(": ")
    if not text.has(f"evidence.repair.{key_of(told)}"):
        return Cell(what, lang="en")
    return Cell(text.of("evidence.repair", key_of(told)) + (f": {named}" if named else ""))


def input_name(where: str, text: Translator) -> Cell:
    """Return the name of what was repaired: a part of the table in words, a file as it is called."""
    return Cell(text.of("evidence.part", key_of(where)) if text.has(f"evidence.part.{key_of(where)}") else where)


def key_of(words: str) -> str:
    """Return the key of English words: their letters alone."""
    return re.sub(r"[^a-z]+", "_", words.lower()).strip("_")
