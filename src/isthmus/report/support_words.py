"""What stands behind the word support: which plan states a measure or project, which only implies it, and how that was read."""

from collections.abc import Mapping

from isthmus.levers.support import BOTH, IMPLIES, STATES
from isthmus.report.locale import Translator
from isthmus.study.levers import LeversSection

KINDS = {"stated": {STATES}, "mixed": {STATES, IMPLIES}, "implied": {IMPLIES}}
"""How the plans of all sides of a measure carry it, by the name of the argument that counts such measures."""


def support_told(levers: LeversSection | None, degrees: str, text: Translator) -> str:
    """Count the measures of both plans by how plans carry them, the statements that name the other side, and secondary ones.

    `degrees` is where degrees come from, a member of ``answer.degree_told``.
    """
    rows = [row for row in levers.measure_support.rows if row.support == BOTH] if levers is not None else []
    if levers is None or not rows:
        return ""
    by_lever: dict[str, set[str]] = {}
    said: dict[str, set[str]] = {}
    reported: dict[str, set[str]] = {}
    naming: dict[str, set[str]] = {}
    documents: dict[str, set[str]] = {}
    for row in rows:
        by_lever.setdefault(row.lever, set()).add(row.strength)
        said.setdefault(row.partner, set()).update(row.statements.split(";"))
        reported.setdefault(row.partner, set()).update(filter(None, row.secondary.split(";")))
        naming.setdefault(row.partner, set()).update(filter(None, row.naming.split(";")))
        documents.setdefault(row.partner, set()).update(filter(None, row.documents.split(";")))
    kinds = list(by_lever.values())
    secondary, named = (
        text.each(
            {
                text.named(levers.economy_names.get(side, {}), side): text(
                    "answer.of", n=len(found[side]), all=len(ids)
                )
                for side, ids in said.items()
            }
        )
        for found in (reported, naming)
    )
    of_documents = text.each(
        {
            text.named(levers.economy_names.get(side, {}), side): text.number(len(found), 0)
            for side, found in documents.items()
        }
    )
    counts = {name: kinds.count(kind) for name, kind in KINDS.items()}
    reading = text.of("answer.degree_told", degrees)
    return text(
        "answer.support",
        n=len(kinds),
        reading=reading,
        secondary=secondary,
        named=named,
        documents=of_documents,
        **counts,
    )


def carried_told(carried: str, names: Mapping[str, str], text: Translator) -> str:
    """Say whose plan states a project and whose only implies it; `carried` is SIDE:STRENGTH with ;."""
    by_strength: dict[str, list[str]] = {}
    for one in filter(None, carried.split(";")):
        side, _, strength = one.partition(":")
        by_strength.setdefault(strength, []).append(names[side])
    told = [text.of("answer.carried", s, who=text.list(by_strength[s])) for s in (STATES, IMPLIES) if s in by_strength]
    return text("common.semicolon").join(told) if told else text.of("programme.support", "none")
