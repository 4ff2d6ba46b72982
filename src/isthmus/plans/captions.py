"""What stands above a table and at the ends of its labels: units, years, that values are aims, money or a forecast."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from isthmus.plans.cells import has_a_figure, is_empty, own_year, scaled
from isthmus.plans.columns import Head
from isthmus.plans.document import DocumentBlock
from isthmus.plans.grammar import Grammar
from isthmus.plans.lexicon import Patterns
from isthmus.plans.patterns import search
from isthmus.plans.period import plan_years
from isthmus.plans.quantities import read
from isthmus.plans.segment import LONGEST, sentences
from isthmus.plans.setting import DocumentSetting
from isthmus.plans.text import normalise, probe
from isthmus.plans.units import CURRENCIES, DURATIONS, PERCENT, SHARES, unit_at
from isthmus.plans.value_columns import bare
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
    found = ((line, search(setting.grammar_of(line).shared_change, probe(line))) for line in lines)
    changed = [(line[line.rfind(", ", 0, m.start("way")) + 1 :].strip(), "") for line, m in found if m]
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
    given = (words["shows a table"].split(normalise(block.text), 1) for block in above)
    title = said.strip() or next(
        (sentences(parts[0])[-1] for parts in given if len(parts) > 1 and parts[0].strip()), ""
    )
    numbered = any(words["table caption"].match(normalise(block.text.strip())) for block in above[: len(lines)])
    called = said.strip() if numbered else ""
    return Caption(name, unit, None if first else year, any(aimed) or any(pointing), apart, title, called)


def told_by_head(heading: str, caption: Caption, words: Patterns, grammar: Grammar) -> Caption:
    """Return what is said of a table with its heading over the names: targets of a year (Targets: share of X by 2031)."""
    if not (words["column target"].search(heading) and own_year(heading)):
        return caption
    unit, name = label_unit(bare(words["bare year"].sub("", heading)), "", grammar)
    said = name.partition(": ")[2]
    own = replace(caption, name=said, unit=unit) if said and names_a_unit(unit, grammar) else caption
    return replace(caption if caption.unit else own, aims=True)


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
        yield words["table caption"].sub("", text, 1).strip(" .:–-")
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


_IN_BRACKETS = r"[(（\[]([^()（）\[\]]{1,24}|%[^()（）\[\]]{1,60})[)）\]]\s*\*?$"
"""A unit behind the name of an indicator."""
_SHARE_OF_IT = re.compile(r"\d[\d.,]*\s?%")
"""A share that a name speaks of (30% electric cars), which is not measured in percent."""
_SHARE_OF = re.compile(r"(?i:%|per ?cent(?:age)?|процент\w*)\s\w+\s.*[^\W\d_]{3}")
"""A unit that says what its values are a share of (% of homes, % от населения)."""
_ASIDE = re.compile(r" [(（][^()（）]+[)）]$")
"""What explains a name in brackets behind its unit (Exports, million USD (goods and services))."""
_WITHIN = re.compile(r"\s*[(（]([^()（）]{1,24})[)）](?=\s*\w)")
"""What a name explains in brackets, with more of it behind."""
_LED = re.compile(r"([^\W\d_]{2,}\.?(?:/[^\W\d_]+)*) (?=[^\W\d_A-ZА-ЯЁ]{2})")
"""The first word of a name that goes on small."""
_SHORT = 3
"""Letters of a sign for a unit; other words for one that open a name have an s (tons of grain, not second phase)."""
_LAST = re.compile(r"\s*[(（]([^()（）]*\d[^()（）]*)[)）]$")
"""Brackets with a figure behind a name."""
_SCALE_OF_NAME = re.compile(r"\s*[(（]('000)s?[)）]$")
"""Thousands that a name says its unit is counted in (visitors ('000), number)."""
_COUNT_IN_LABEL = re.compile(r"\s*[(（](?!\d{1,2} ?[-–] ?\d{1,2}[)）])\d[^()（）]*[)）]\s*$")


def label_unit(label: str, unit: str, grammar: Grammar) -> tuple[str, str]:
    """Return the unit's text, of its own cell, of the label's end or its start, and the indicator without it.

    What stands in front of a unit in its cell (in total, million t) says how it is counted.
    """
    if not is_empty(unit := without_in(unit, grammar)):
        scale = _SCALE_OF_NAME.search(label)
        unit, label = (f"{scale[1]} {unit}", label[: scale.start()]) if scale else (unit, label)
        counted, _, own = unit.rpartition(", ")
        return own if counted and names_a_unit(own, grammar) and not names_a_unit(counted, grammar) else unit, label
    last = _LAST.search(label)
    ratios = (search(pattern, f"({probe(last[1])})") for pattern, _ in grammar.ratios) if last else ()
    if last and any(ratio and ratio.start() < 2 for ratio in ratios):
        return f"({last[1]})", label
    label = re.sub(rf"(?i)[,，]\s*(?:{grammar.yearly})$", "", _COUNT_IN_LABEL.sub("", label))
    priced = search(grammar.at_prices, label)
    bare = label[: priced.start()] if priced else label
    scales = "|".join(pattern for pattern, _ in grammar.numerals.scales)
    parted = rf"(?i:{grammar.unit_behind}|(?<=[^\W\d]) ((?:{scales}) [^\s,，]+)$)"
    for match in filter(None, (search(pattern, bare) for pattern in (_IN_BRACKETS, parted))):
        if own := _unit_in(next(filter(None, match.groups())), grammar):
            return without_in(own, grammar), label[: match.start()].strip(" ,") + label[len(bare) :]
    if aside := _ASIDE.search(label):
        own, name = label_unit(label[: aside.start()], "", grammar)
        if name != label[: aside.start()]:
            return own, f"{name}{aside.group()}"
    if inside := next((m for m in _WITHIN.finditer(label) if m[1] == PERCENT or _measures(m[1], grammar)), None):
        return inside[1], label[: inside.start()] + label[inside.end() :]
    if search(grammar.in_percent, _SHARE_OF_IT.sub("", probe(label))):
        return PERCENT, label
    opening = _LED.match(label) if grammar.spaced else None
    short = opening and (len(opening[1]) <= _SHORT or opening[1][-1] in "s." or "/" in opening[1])
    return opening[1].strip(".") if opening and short and _measures(opening[1].strip("."), grammar) else "", label


def _measures(text: str, grammar: Grammar) -> bool:
    """Say whether a text is a unit of measurement as a whole, no share or currency, nor the short form of a time."""
    unit = unit_at(text.lower(), 0, grammar)
    if unit is None or not unit.known or unit.end < len(text):
        return False
    return unit.name not in (*SHARES, *CURRENCIES, *(DURATIONS if len(text) <= _SHORT else ()))


def unit_of_group(title: str, grammar: Grammar) -> str:
    """Return the unit in brackets in a heading (Area (ha): net); a mere scale may be that of costs beside, and is none."""
    unit = label_unit(title[: title.rfind(")") + 1], "", grammar)[0]
    scales = "|".join(pattern for pattern, _ in grammar.numerals.scales)
    return "" if re.fullmatch(f"(?i:{scales})", unit) else unit


def with_share_of(name: str, label: str) -> str:
    """Return the name of an indicator with what its unit, at the end of its label, says that it is a share of (% of homes)."""
    unit = label.removeprefix(name).strip(" ,，()（）[]") if name else ""
    return f"{name} ({unit})" if unit != label and _SHARE_OF.match(unit) else name


def without_in(unit: str, grammar: Grammar) -> str:
    """Return a unit without the word for in that it may open with (in thousands)."""
    return re.sub(f"(?i)^(?:{grammar.in_word}) ", "", unit)


def _unit_in(text: str, grammar: Grammar) -> str:
    """Return the unit that the end of a label is, or a part of it between commas; "" without one."""
    named = (part for part in (text, *re.split("[,，] ?", text)) if names_a_unit(part, grammar))
    return next(named, PERCENT * bool(search(grammar.in_percent, probe(text)))).strip()


def names_a_unit(text: str, grammar: Grammar) -> bool:
    """Say whether the end of a label is a unit of measurement, or has a scale word or begins with the word for units."""
    unit = unit_at(text.lower(), 0, grammar)
    has_scale = any(re.search(rf"(?<!\w)(?:{pattern})", text.lower()) for pattern, _ in grammar.numerals.scales)
    counted = unit is not None and not grammar.spaced and unit.end == len(text)
    known = (unit is not None and unit.known) or scaled(text, grammar) != text
    return has_scale or counted or known or bool(search(grammar.unit_word, text.lower()))


def is_unit(label: str, grammar: Grammar) -> bool:
    """Say whether a label is a unit and no more, or says what its values are percent of."""
    text = without_in(label.lower(), grammar)
    for pattern, _ in grammar.numerals.scales:
        text = re.sub(rf"^(?:{pattern})\s*", "", text)
    unit = unit_at(text, 0, grammar)
    return (
        not text
        or bool(search(grammar.percent_of, text))
        or (unit is not None and unit.known and unit.end >= len(text) - 1)
    )


def year_due(label: str, grammar: Grammar) -> int | None:
    """Return the year that the name of a group says, not that of its prices."""
    named = own_year(label)
    return named if any(year.year == named for year in read(probe(label), grammar).years) else None
