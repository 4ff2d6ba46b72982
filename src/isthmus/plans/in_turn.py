"""Subjects that a sentence joins and whose values it gives in turn (steel and cement reach 5 and 9 t respectively)."""

import re
from collections.abc import Sequence
from itertools import groupby

from isthmus.plans.grammar import Grammar
from isthmus.plans.quantity import Finding
from isthmus.plans.text import search


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
    own_measure = any(search(grammar.of, f"{word} ") for word in last)  # number of wards and share of nurses
    if len(parts) < 2 or first[-1] == last[-1] or own_measure:
        return parts
    shared = 1 in (len(first), len(last)) or search(grammar.of, " ".join(first[-2:])) or first[-1][-1] == last[0][-1]
    if not shared:
        return parts
    own = [first[-1], *parts[1:-1], last[0]]
    return [" ".join([*first[:-1], subject, *last[1:]]) for subject in own]
