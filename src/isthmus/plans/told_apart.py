"""What tells values apart: the scenario of each, or the subjects that a sentence names in turn, or the row it is a part of."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from isthmus.plans.grammar import Grammar
from isthmus.plans.patterns import Pattern, search
from isthmus.plans.plan import Target
from isthmus.plans.quantity import Finding
from isthmus.plans.text import shortened

Scenarios = Sequence[tuple[int, str]]
"""Where a sentence names scenarios, and how."""


def without_scenarios(text: str, words: Mapping[str, Pattern]) -> tuple[str, Scenarios]:
    """Return a sentence with the scenarios that it names blanked, and these."""
    found = list(words["scenario named"].finditer(text)) if words["scenario"].search(text) else []
    for match in found:
        text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return text, [(match.start(), match.group().partition(" ")[2]) for match in found]


def with_scenario(indicator: str, finding: Finding, findings: Sequence[Finding], named: Scenarios) -> str:
    """Return the indicator with the scenario of a finding in brackets.

    Where one is named before all numbers each stands before its own, else behind them.
    """
    if not named or finding.value is None:
        return indicator
    if named[0][0] < min(f.start for f in findings):
        own = [name for at, name in named if at < finding.start][-1:]
    else:
        own = [name for at, name in named if at >= finding.end][:1]
    return f"{indicator} ({own[0]})" if own else indicator


def unmarked(indicator: str, text: str, words: Mapping[str, Pattern]) -> str:
    """Return the indicator of a sentence that names scenarios without the one in brackets behind it."""
    return re.sub(r" \([^()]*\)$", "", indicator) if words["scenario"].search(text) else indicator


def apart_by_heading(rows: Sequence[Target]) -> tuple[Target, ...]:
    """Return targets, table rows behind their heading where rows under another one have their name but not their values."""
    held, over = defaultdict[tuple[str, ...], set[tuple[str, float | None]]](set), dict[int, str]()
    for row in rows:
        if row.value is not None and " | " in row.text:
            over[id(row)] = row.objective.rpartition(" – ")[2]
            held[row.indicator.lower(), row.unit, str(row.year)].add((over[id(row)], row.value))
    unclear = {name for (name, *_), told in held.items() if min(len({*part}) for part in zip(*told, strict=True)) > 1}
    named = (f"{shortened(over[id(row)])}: {row.indicator}" if over.get(id(row)) else row.indicator for row in rows)
    return tuple(
        replace(row, indicator=name) if row.indicator.lower() in unclear else row
        for row, name in zip(rows, named, strict=True)
    )


def named_in_turn(names: Sequence[str], findings: Sequence[Finding], source: str, grammar: Grammar) -> list[str]:
    """Return the names of findings, each of several values of one year with the subject that it is of.

    They have one name in common, which joins as many subjects as there are values; else the names stay as they are.
    """
    if not (search(grammar.respectively, source) or search(grammar.distributes, source)):
        return list(names)
    made = list[str]()
    keyed = zip(names, findings, strict=True)
    for (name, *_), group in groupby(keyed, key=lambda entry: (entry[0], entry[1].year)):
        count = len([*group])
        parts = _subjects(name, grammar) if count > 1 else []
        made.extend(parts if len(parts) == count else [name] * count)
    return made


def _subjects(name: str, grammar: Grammar) -> list[str]:
    """Return the subjects that a name joins, each with the words that it shares with the others (output of steel and cement)."""
    joined = rf" (?:{grammar.conjunction}) |, (?:(?:{grammar.conjunction}) )?" if grammar.spaced else "、|和|与|及"
    parts = re.split(joined, name)
    first, last = parts[0].split(" "), parts[-1].split(" ")
    if not grammar.spaced:
        shares = any(part[-1:] != parts[-1][-1:] for part in parts)  # 城镇和农村居民收入
        return [f"{name}: {part}" for part in parts] if shares else parts
    shared = 1 in (len(first), len(last)) or search(grammar.of, " ".join(first[-2:])) or first[-1][-1] == last[0][-1]
    if len(parts) < 2 or not shared:
        return parts
    own = [first[-1], *parts[1:-1], last[0]]
    return [" ".join([*first[:-1], subject, *last[1:]]) for subject in own]


def wholes_of(labels: Sequence[str]) -> list[str]:
    """Return, for each label of a table, the one above it that it is a part of, "" for none.

    Parts are the same two labels or more, in the same order, below each of several that do not come again (urban, rural).
    """
    often, whole = Counter(labels), ""
    parts = defaultdict[str, list[str]](list)
    wholes = list[str]()
    for label in labels:
        whole = label if often[label] == 1 else whole
        wholes.append("" if label == whole else whole)
        parts[wholes[-1]].extend([label] * bool(wholes[-1]))
    runs = {tuple(run) for over, run in parts.items() if over}
    told = len(runs) == 1 and len({*max(runs)}) == len(max(runs)) > 1
    return wholes if told else [""] * len(labels)
