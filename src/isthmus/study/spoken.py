"""Who speaks for each partner: the study's plan statements, else the rows of its plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from isthmus.alignment.match import Matcher
from isthmus.alignment.spoken import Speech, spoken
from isthmus.core.provenance import Status
from isthmus.plans.plan import Target
from isthmus.plans.statement import PlanStatement, Standing
from isthmus.study.study import Study


def speech_of(study: Study, matcher: Matcher) -> Speech:
    """Return by what the rows of a study's plans are read."""
    homes = {code: frozenset(study.economy_names.get(code, {}).values()) | {code} for code in study.partners}
    return Speech(matcher.glossary, matcher.rules, homes)


def current_statements(statements: Sequence[PlanStatement], partner: str) -> list[PlanStatement]:
    """Return the statements of a partner that count; what it signed with others is among them."""
    return [s for s in statements if s.standing is Standing.CURRENT and partner in s.partners]


def plan_statements(
    study: Study, sides: Mapping[str, Sequence[Target]], matcher: Matcher
) -> tuple[tuple[PlanStatement, ...], tuple[str, ...]]:
    """Return the statements of all partners, and the partners without any in the study, for whom rows of their plans speak.

    A passage is verified where a verified row of the study's table of targets quotes it.
    """
    speech = speech_of(study, matcher)
    held = {(t.partner, t.text) for t in study.targets if t.status is Status.VERIFIED}
    silent = [p for p in study.partners if not current_statements(study.statements, p)]
    rows = {
        p: [replace(t, status=Status.VERIFIED) if (t.partner, t.text) in held else t for t in sides[p]] for p in silent
    }
    said = {p: spoken(rows[p], speech, from_documents=bool(study.extracted)) for p in silent}
    spoken_for = [statement for statements in said.values() for statement in statements]
    return (*study.statements, *spoken_for), tuple(p for p, own in said.items() if own)
