"""What the columns of a table measure, by the words of their headings."""

import re
from collections.abc import Sequence
from dataclasses import replace

from isthmus.plans.cells import heading, is_step
from isthmus.plans.lexicon import Patterns
from isthmus.plans.value_columns import ValueColumn

_LOOSE = re.compile(r"(?:(?:^|\s+)[a-zа-я]{1,3}\.?)*[^\w)）%]*$")
"""What is left at the end of a heading without its year (reductions in)."""
_WORD = re.compile(r"[^\W\d_]{3}|[\u4e00-\u9fff]")
_KINDS = ("column base", "column target", "scenario")


def bare(title: str) -> str:
    """Return a heading whose year was taken out without the brackets and the words that this leaves."""
    return " ".join(_LOOSE.sub("", re.sub(r"[(（]\W*[)）]", "", title)).split())


def says_a_start(title: str, words: Patterns) -> bool:
    """Say whether a heading says no more than that its values are start values: a baseline beside the latest is no group."""
    return not _WORD.search(words["column value"].sub("", words["column base"].sub("", title).strip()))


def measured_by(
    columns: Sequence[ValueColumn], titles: Sequence[str], named: str, words: Patterns
) -> list[ValueColumn]:
    """Say what columns measure, where all have words for it and the heading of the names has none; of works in any case."""
    made = []
    for column in columns:
        title, kinds = titles[column.at], ("base", "target", "value", "label", "period", "step")
        own = rest = bare(heading(words["bare year"].sub("", title)))
        for kind in (*(f"column {kind}" for kind in kinds), "scenario"):
            rest = words[kind].sub("", rest).strip()
        sized = words["column size"].search(title) is not None and not any(words[name].search(title) for name in _KINDS)
        said = (
            _WORD.search(rest)
            and not (column.base or is_step(column.part, words))
            and (sized or not words["column label"].search(named))
        )
        part = "" if said and bare(heading(column.part)) in own else column.part
        made.append(replace(column, measure=own if said else "", part=part, sized=sized))
    whole = all(column.measure or column.base for column in made)
    return [new if whole or new.sized else old for new, old in zip(made, columns, strict=True)]
