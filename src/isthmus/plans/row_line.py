"""A table row written as a line of text: indicator and unit, then values, each with its year."""

import re
from dataclasses import replace

from isthmus.plans.captions import names_a_unit
from isthmus.plans.cells import has_a_figure
from isthmus.plans.lexicon import Lexicon, Patterns
from isthmus.plans.patterns import compiled, finditer, search
from isthmus.plans.rows import RowFinding, read_table
from isthmus.plans.text import normalise
from isthmus.plans.units import CURRENCIES
from isthmus.plans.value_columns import Reported

_NUMBER = r"[<>≤≥~≈+-]?\s*(?:[\[〔【]\s*[-+]?[\d.,]+\s*[\]〕】]|\d{1,3}(?:[ ,]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?)\s*%?"
_ROW = re.compile(
    r"^(?P<label>[^:：|]{2,160}?)\s*"
    r"(?:[(（](?P<unit>(?!\d{4})[^()（）]{1,30})[)）]\s*[:：|,，]|,\s*(?P<unit2>[^,:：|]{1,30})(?:[:：|]|,(?=\s*(?:19|20)\d\d\s*:))"
    r"|\|\s*(?P<unit3>[^|\d:：]{1,30}?)\s*\||[:：|])\s*(?P<rest>.+)$"
)
_MARKS = " -–—•●▪▫*"
"""What an item opens with."""
_BETWEEN = re.compile(r"[\s;,.]*(?:[^\W\d_]{1,3}\s)?")
"""What stands between the steps of a path."""
_SENTENCE = re.compile(r"[.;!?]\s+")
_OPEN = re.compile(r"^[)）]|[(（]$|(?<!\w)\w{1,2}$")
"""A label that is the part of a sentence up to a bracket or a preposition."""
_NO_YEAR = re.compile(r"(?<!\d)(\d)(?=\d{3}(?!\d))")
"""The thousands of a value that would look like a year in a cell."""
_Entry = tuple[str, int, bool]
"""A value, its year, and whether it is said to be reported."""


def find_in_line(
    text: str, lang: str, lexicon: Lexicon, reported: int, name: str = "", year: int | None = None
) -> list[RowFinding]:
    """Return the targets of a row that is written as a line of text, read as a table of one row; none where it is none.

    The first value is the start where it is marked as reported, or where its year is one of reports and a later one
    follows; otherwise every value is a target of its year, as in a path. A line may hold several paths of bare years, each
    behind its label; the first has the `name` where it has none. Paths of money are mostly what a plan costs: none is read here.
    So are values behind the words for a baseline and a target (Losses. Baseline: 9%. Target: 4%), due in `year` at last.
    """
    line, words = normalise(text), lexicon.structure
    if pairs := _pairs(line, name, year, lexicon, lang, reported):
        return [replace(f, text=text) for f in pairs]
    row = _ROW.match(line)
    entry = compiled(_entry(words))
    matches = list(entry.finditer(row["rest"])) if row else []
    tail = row and search(
        rf"(?i)^[\s,，;；、|.。]*({words['row nature'].pattern})?[\s.。]*$", entry.sub("", row["rest"])
    )
    if not row or not matches or not tail:
        paths = _paths(line, name, lexicon, lang)
        found = [f for label, path in paths for f in _read(label, [], path, lang, lexicon, reported)]
        money = {f.finding.unit for f in found} <= {*CURRENCIES}
        return [] if money else [replace(f, text=text) for f in found]
    entries = [
        (
            (m["v1"] or m["v2"] or m["v3"]).strip(),
            int(m["y1"] or m["y2"] or m["y3"]),
            bool(words["row reported"].search(m.group())),
        )
        for m in matches
    ]
    label, behind = row["label"], (row["unit2"] or "").strip()
    if " " in behind and not names_a_unit(behind, lexicon.grammars[lang]):
        label, behind = f"{label}, {behind}", ""
    units = [unit.strip() for unit in (row["unit"], behind, row["unit3"]) if unit]
    found = _read(label, units, entries, lang, lexicon, reported)
    binding = bool(words["binding"].search(tail[1] or ""))
    return [replace(f, text=text, modality="binding" if binding else f.modality) for f in found]


def _pairs(line: str, name: str, year: int | None, lexicon: Lexicon, lang: str, reported: int) -> list[RowFinding]:
    """Read values behind the words for a baseline and a target as tables of one row; none where other figures stand beside."""
    words, end, found = lexicon.structure, 0, list[RowFinding]()
    base, target = (_marked(words, name) for name in ("baseline", "target"))
    pair = compiled(rf"(?i){base}[\s)）.,;，；、]*{target}")
    for match in pair.finditer(line):
        label = _SENTENCE.split(line[end : match.start()].rstrip(" .,;:：，；(（–-"))[-1].strip(_MARKS) or name
        label = words["moved word"].sub("", label)
        due = match["target_in"] or match["target_at"] or year
        head = [
            "",
            f"{match['baseline']} {match['baseline_in'] or match['baseline_at'] or ''}",
            f"{match['target']} {due or ''}",
        ]
        row = [label, match["baseline_value"], match["target_value"]]
        found += read_table([head, row], lambda _: lang, lexicon, None, Reported(reported, True)).found
        end = match.end()
    return [] if has_a_figure(line[end:]) else found


def _marked(words: Patterns, name: str) -> str:
    """Return the pattern of a word with its value, whose year stands in front of this or behind it in brackets."""
    word, year = words[f"{name} word"].pattern, r"(?:19|20|21)\d\d(?![\d.,%])"
    dated = rf"[(（]?(?P<{name}_in>{year})(?:\s?(?:{words['row year'].pattern}))?[)）]?"
    unit = rf"(?:\s(?![^\W\d_]*?{word})[^\W\d_]+){{0,3}}?(?=\s?[(（]{year}[)）]|[)）.,;，；、]|$)"
    value = rf"{_NUMBER}(?:{unit})?"
    front = rf"(?P<{name}>{word})(?:\s*{dated})?\s*[:：=–-]?\s*(?!{year})"
    return rf"{front}(?P<{name}_value>{value})(?:\s*[(（](?P<{name}_at>{year})[)）])?(?=[\s)）.,;，；、]|$)"


def _read(
    label: str, units: list[str], entries: list[_Entry], lang: str, lexicon: Lexicon, reported: int
) -> list[RowFinding]:
    """Read values with their years as a table of one row, the last one of a year of reports as the start value."""
    told = [e for e in entries if e[2]]
    if not told and len(entries) > 1:
        told = [e for e in entries if e[1] <= reported]
        told = told if len(told) < len(entries) else entries[:1]
    targets = [e for e in entries if e not in told]
    shown = [*told[-1:], *targets]
    values = (_NO_YEAR.sub(r"\1 ", value) if len(shown) > 1 else value for value, _, _ in shown)
    table = [
        ["", *["unit" for _ in units], *(str(year) for _, year, _ in shown)],
        [label.strip(_MARKS), *units, *values],
    ]
    until = told[-1][1] if told else min((year for _, year, _ in targets), default=0) - 2
    return read_table(table, lambda _: lang, lexicon, None, Reported(until, True)).found if targets else []


def _paths(line: str, name: str, lexicon: Lexicon, lang: str) -> list[tuple[str, list[_Entry]]]:
    """Return the paths of a line of bare years (Visits 2031 - 40 2032 - at least 50), each with its label.

    Years behind a preposition are a path below a colon alone, else they belong to a sentence, as they do behind a verb or
    within brackets. There is none where a label tells of money that is needed, or figures stand behind.
    """
    grammar, words = lexicon.grammars[lang], lexicon.structure
    found: list[tuple[str, list[_Entry]]] = []
    end = 0
    for match in finditer(_step(words, grammar.in_word), line):
        step = (match["value"].strip(), int(match["year"]), bool(words["row reported"].search(match.group())))
        gap = line[end : match.start()]
        if found and _BETWEEN.fullmatch(gap) and found[-1][1][-1][1] < step[1]:
            found[-1][1].append(step)
        else:
            label = _SENTENCE.split(gap)[-1].strip(" ,;.")
            if (
                (match["led"] and not label.endswith(":"))
                or _OPEN.search(label)
                or any(lexicon.tenses[lang](label.lower()))
            ):
                return []
            found.append((label.rstrip(" :–-") or name, [step]))
        end = match.end()
    whole = found and all(label and len(path) > 1 for label, path in found) and not has_a_figure(line[end:])
    return found if whole else []


def _step(words: Patterns, in_word: str) -> str:
    """Return the pattern of a year with a value behind a dash or a colon; two years that a dash joins are a period."""
    year, word = r"(?:19|20|21)\d\d(?!\d)", rf"(?:\s*(?:{words['row year'].pattern}))"
    value = r"(?:[^\W\d_]+ ){0,3}[<>≤≥~≈+]?\s?(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:[.,]\d+)?\s?%?"
    unit, period = r"(?:[ /-]*(?![A-ZА-ЯЁ])[^\W\d_]+\.?){0,4}?", rf"(?:{year}\s?(?:{word}|[–-])|(?<=\d[–-]){year})"
    ends = rf"(?=\s*(?:[;,.()]|$|(?:{in_word} )?{year}|[A-ZА-ЯЁ]))"
    dated = rf"(?:(?P<led>{in_word}) )?(?<![\d.,])(?P<year>{year}){word}?\s*[–:：=-]\s*"
    return rf"{dated}(?!{period})(?P<value>{value}{unit}){ends}"


def _entry(words: Patterns) -> str:
    """Return the pattern of a value with its year: in brackets behind it, in front of it, or as the end of a period summed."""
    value, mark = rf"{_NUMBER}(?:{words['row bound'].pattern})?", r"[^()（）\d]{2,30}"
    year = rf"(?P<y{{}}>(?:19|20|21)\d\d)\s*(?:{words['row year'].pattern})?"
    behind = rf"[(（]\s*(?:[^()（）\d]{{2,20}}?\s*)?{year.format(1)}(?:\s*[,，]?\s*{mark})?\s*[)）]"
    in_front = rf"{year.format(2)}(?:\s*[(（]{mark}[)）])?\s*(?:[–:：=|-]\s*|(?<=[\u4e00-\u9fff])|\s)"
    summed = rf"(?:20|21)\d\d\s*[–-]\s*{year.format(3)}\s*(?:{words['row total'].pattern})\s*[:：]?\s*"
    of = r"\s?[а-яёa-z][а-яёa-z. ]{0,17}"
    return rf"(?i)(?P<v1>{value}(?:{of})?)\s*{behind}|{in_front}(?P<v2>{value})|{summed}(?P<v3>{value})"
