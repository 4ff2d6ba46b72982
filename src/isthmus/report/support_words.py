"""What stands behind the word support: which plan states a measure or project, which only implies it, and how that was read."""

from collections.abc import Mapping

from isthmus.levers.support import BOTH, IMPLIES, STATES
from isthmus.report.locale import Translator
from isthmus.study.levers import LeversSection

KINDS = {"stated": {STATES}, "mixed": {STATES, IMPLIES}, "implied": {IMPLIES}}
"""How the plans of all sides of a measure carry it, by the name of the argument that counts such measures."""
COUNTED = ("statements", "secondary", "naming", "documents")
"""Columns that list statements of a side, or the documents they stand in."""


def support_told(levers: LeversSection | None, degrees: str, text: Translator) -> str:
    """Count the measures of both plans by how plans carry them, the statements that name the other side, and secondary ones.

    `degrees` is where degrees come from, a member of ``answer.degree_told``.
    """
    rows = [row for row in levers.measure_support.rows if row.support == BOTH] if levers is not None else []
    if levers is None or not rows:
        return ""
    by_lever: dict[str, set[str]] = {}
    told: dict[str, dict[str, set[str]]] = {name: {} for name in COUNTED}
    for row in rows:
        by_lever.setdefault(row.lever, set()).add(row.strength)
        for name, found in told.items():
            found.setdefault(row.partner, set()).update(filter(None, getattr(row, name).split(";")))
    kinds = list(by_lever.values())

    def each(name: str) -> str:
        sides = {text.named(levers.economy_names.get(side, {}), side): side for side in told[name]}
        return text.each({called: _count(name, told, side, text) for called, side in sides.items()})

    counts = {name: kinds.count(kind) for name, kind in KINDS.items()}
    reading = text.of("answer.degree_told", degrees)
    return text(
        "answer.support",
        n=len(kinds),
        reading=reading,
        secondary=each("secondary"),
        named=each("naming"),
        documents=each("documents"),
        **counts,
    )


def _count(name: str, told: Mapping[str, Mapping[str, set[str]]], side: str, text: Translator) -> str:
    """Count what is told of a side's statements, documents alone, all else of all its statements."""
    n = len(told[name][side])
    return text.number(n, 0) if name == "documents" else text("answer.of", n=n, all=len(told["statements"][side]))


def carried_told(carried: str, names: Mapping[str, str], text: Translator) -> str:
    """Say whose plan states a project and whose only implies it; `carried` is SIDE:STRENGTH with ;."""
    by_strength: dict[str, list[str]] = {}
    for one in filter(None, carried.split(";")):
        side, _, strength = one.partition(":")
        by_strength.setdefault(strength, []).append(names[side])
    told = [text.of("answer.carried", s, who=text.list(by_strength[s])) for s in (STATES, IMPLIES) if s in by_strength]
    return text("common.semicolon").join(told) if told else text.of("programme.support", "none")
