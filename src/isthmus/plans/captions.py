"""What stands right above a table says of all its rows: their unit, their year, that they are aims, money or a forecast."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from isthmus.plans.cells import has_a_figure, scaled
from isthmus.plans.columns import Head
from isthmus.plans.document import DocumentBlock
from isthmus.plans.labels import is_unit, label_unit
from isthmus.plans.lexicon import Patterns
from isthmus.plans.period import plan_years
from isthmus.plans.segment import LONGEST, sentences
from isthmus.plans.setting import DocumentSetting
from isthmus.plans.text import normalise, probe, search
from isthmus.plans.units import PERCENT
from isthmus.plans.voice import FORECAST, FUNDING

_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]\s+")
_LINES = 2
"""Blocks above a table that may say what it holds: its caption, and a line with the unit."""


@dataclass(frozen=True)
class Caption:
    """What is said of a table.

    Attributes
    ----------
    name, unit
        What is measured in the unit that holds for rows without one, and this unit; without a unit a change in percent.
    title
        All that names the table, else what a sentence says that it gives.
    called
        All that names it where this has the number of a table.
    year
        The only year that is named; a period has steps within it.
    aims
        Whether its values are called targets.
    apart
        Why they are none: a plan needs them as money, or they are a forecast; "" for all others.
    """

    name: str = ""
    unit: str = ""
    year: int | None = None
    aims: bool = False
    apart: str = ""
    title: str = ""
    called: str = ""


UNNAMED = Caption()
"""Of a table about which nothing is said."""


def caption_of(above: Sequence[DocumentBlock], below: Sequence[DocumentBlock], setting: DocumentSetting) -> Caption:
    """Return what the blocks in front of a table, the nearest first, say of it; a unit may also stand right below it."""
    words, lines = setting.lexicon.structure, list(islice(_lines(above, setting), _LINES))
    said = " ".join(lines)
    told = [match["u"] for block in [*above[:1], *below[:1]] if (match := words["table unit"].match(block.text))]
    named = [
        (pair[0] or said.replace(line, "").strip(), pair[1]) for line in lines if (pair := _measured(line, setting))[1]
    ]
    changed = [(line, "") for line in lines if search(setting.grammar_of(line).shared_change, probe(line))]
    name, unit = next(iter([*(("", unit) for unit in told), *named, *changed]), ("", ""))
    years = {(year.first, year.year) for line in lines for year in plan_years(line, setting.lexicon)}
    kinds = (("caption money", FUNDING), ("caption forecast", FORECAST))
    other = ("column condition", "column forecast", "caption money", "caption forecast")
    bare = lines
    for kind in other:
        bare = [words[kind].sub("", line) for line in bare]
    aimed = [bool(words["column target"].search(line)) for line in bare]
    until = [*aimed, True].index(True)  # what a line nearer to the table says counts for more
    apart = next((why for kind, why in kinds if words[kind].search(" ".join(lines[:until]))), "")
    first, year = years.pop() if len(years) == 1 else (None, None)
    pointing = (
        words["pointing"].search(block.text) and words["column target"].search(block.text) for block in above[:1]
    )
    given = (words["shows a table"].split(normalise(block.text), maxsplit=1) for block in above)
    title = said.strip() or next(
        (sentences(parts[0])[-1] for parts in given if len(parts) > 1 and parts[0].strip()), ""
    )
    numbered = any(words["table caption"].match(normalise(block.text.strip())) for block in above[: len(lines)])
    called = said.strip() if numbered else ""
    return Caption(name, unit, None if first else year, any(aimed) or any(pointing), apart, title, called)


def titled(name: str, head: Head, caption: Caption, words: Patterns) -> str:
    """Return the name of a row behind the title of its table where it is a place or an age alone, and no column says what of."""
    group = words["column group"].search(head.titles[head.at("label")])
    measured = any(column.part or column.measure for column in head.values)
    return (
        f"{caption.title}: {name}" if group and caption.title and not measured and caption.title not in name else name
    )


def _lines(above: Sequence[DocumentBlock], setting: DocumentSetting) -> Iterator[str]:
    """Yield the blocks that name a table: up to the one that is called so, short and no sentence but one that announces it."""
    words = setting.lexicon.structure
    for block in above:
        text = normalise(block.text.strip())
        text = _NUMBER.sub("", text) if text.endswith(":") else text
        titled = words["table caption"].match(text)
        if block.kind != "table" and not titled and words["shows a table"].search(text) and not has_a_figure(text):
            continue
        if (
            block.kind == "table"
            or "|" in text
            or (not titled and (len(text) > LONGEST or words["sentence end"].search(text)))
        ):
            return
        yield words["table caption"].sub("", text, count=1).strip(" .:–-")
        if titled:
            return


def _measured(line: str, setting: DocumentSetting) -> tuple[str, str]:
    """Return what a line names and the unit at its end; the line itself may be the unit (in millions of tonnes)."""
    grammar = setting.grammar_of(line)
    bare = line.strip(" ()（）[]").lower()
    if bare and (is_unit(bare, grammar) or scaled(bare, grammar) != bare or bare[0] == PERCENT):
        return "", bare
    unit, name = label_unit(line, "", grammar)
    return name, unit
