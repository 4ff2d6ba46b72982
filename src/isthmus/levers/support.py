"""Which statements of the plans carry a joint measure, to which degree and from when.

A joint measure is worth something as *alignment* only where the plans themselves ask for it. Its support is `both` where the plan
of every party of the measure has a statement that it carries out, whether there are two parties or more; `one` where the plans of
some parties have and those of others have not; `none` where it lies beyond the plans. Partners of the study that are no party of
the measure do not count. An agreed measure is carried out to the least of the degrees that the plans state, from the latest of
their dates.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from isthmus.core.provenance import Parameter, Status
from isthmus.levers.lever import Lever
from isthmus.plans.statement import DocumentKind, PlanStatement, Standing

BOTH, ONE, NONE = "both", "one", "none"
SUPPORTS = (BOTH, ONE, NONE)
STATES, IMPLIES = "states", "implies"
STRENGTHS = (STATES, IMPLIES)
"""How a plan carries a measure or a project: a sentence names it, or one names the field that it belongs to."""

PLANS = (DocumentKind.PLAN, DocumentKind.PROGRAMME)
"""Documents that are one side's plan."""


@dataclass(frozen=True, kw_only=True)
class Support:
    """A plan statement that a joint measure carries out.

    Attributes
    ----------
    lever, partner, statement
        Id of the measure, the side whose plan it is, and the id of the statement or target.
    strength
        How the plan puts it, one of `STRENGTHS`.
    degree
        Low, central and high of the degree (0 to 1) that the statement asks for.
    year
        First year of effect that it asks for; None where it names none.
    assumed
        Whether the degree is not in the statement but our reading.
    evidence
        What the degree is taken from where the statement names none: how far statements of its kind went elsewhere.
    """

    lever: str
    partner: str
    statement: str
    strength: str
    degree: tuple[float, float, float]
    year: int | None = None
    assumed: bool = True
    note: str = ""
    evidence: Parameter | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the plans ask of one lever.

    Attributes
    ----------
    support
        One of `SUPPORTS`.
    statements
        Ids by side.
    degrees
        Low, central and high by side; a side without a statement is not in it.
    starts
        First year of effect by side, where a statement names one.
    assumed
        Sides whose degree is our reading, or whose plan says nothing.
    strengths
        One of `STRENGTHS` by side: the strongest of its statements; a side without a statement is not in it.
    evidence
        What the degree of a side is taken from where its plan names none.
    """

    support: str
    statements: Mapping[str, tuple[str, ...]]
    degrees: Mapping[str, tuple[float, float, float]]
    starts: Mapping[str, int]
    assumed: tuple[str, ...]
    strengths: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, Parameter] = field(default_factory=dict)


def terms(lever: Lever, supports: Iterable[Support]) -> Terms:
    """Return what the plans ask of a lever.

    Several statements of one side ask for the largest of their degrees and the earliest of their dates.
    """
    found: dict[str, list[Support]] = {side: [] for side in lever.partners}
    for support in supports:
        if support.lever == lever.id and support.partner in found:
            found[support.partner].append(support)
    said = {side: rows for side, rows in found.items() if rows}
    years = {side: [row.year for row in rows if row.year is not None] for side, rows in said.items()}
    most = {side: max(rows, key=_strength) for side, rows in said.items()}
    return Terms(
        support=BOTH if len(said) == len(lever.partners) else ONE if said else NONE,
        statements={side: tuple(row.statement for row in rows) for side, rows in said.items()},
        degrees={side: row.degree for side, row in most.items()},
        starts={side: min(listed) for side, listed in years.items() if listed},
        assumed=tuple(side for side in lever.partners if side not in most or most[side].assumed),
        strengths={side: min((row.strength for row in rows), key=STRENGTHS.index) for side, rows in said.items()},
        evidence={side: row.evidence for side, row in most.items() if row.evidence is not None},
    )


def held(supports: Sequence[Support], statements: Iterable[PlanStatement]) -> tuple[tuple[Support, ...], int]:
    """Return the supports whose statement is in a plan of their side, and the number of those that are not.

    A plan or programme counts, as long as the statement still stands; a document that both sides signed is no plan.
    """
    said = said_by(statements)
    kept = tuple(support for support in supports if (support.statement, support.partner) in said)
    return kept, len(supports) - len(kept)


def said_by(statements: Iterable[PlanStatement]) -> frozenset[tuple[str, str]]:
    """Return the statements that still stand in a plan or programme of their side, by id and side."""
    return frozenset(
        (statement.id, side)
        for statement in statements
        if statement.standing is Standing.CURRENT and statement.document.kind in PLANS
        for side in statement.partners
    )


def degree_name(lever: str, side: str) -> str:
    """Return the name of the ledger entry with the degree that a side's plan asks for."""
    return f"degree.{lever}.{side}"


def degree_entries(levers: Iterable[Lever], asked: Mapping[str, Terms]) -> dict[str, Parameter]:
    """Return a ledger entry for the degree that each side's plan asks for, so that every side is drawn once a measure.

    Degrees that are taken from one kind of statement are drawn alike: if such statements go further than was found, all of
    them do.
    """
    found = {}
    for lever in levers:
        for side, (low, central, high) in asked[lever.id].degrees.items():
            name, assumed = degree_name(lever.id, side), side in asked[lever.id].assumed
            evidence = asked[lever.id].evidence.get(side)
            statements = "statements " + ", ".join(asked[lever.id].statements[side])
            found[name] = Parameter(
                name=name,
                description=f"Degree to which the plan of {side} asks for {lever.id}",
                unit="share",
                value=central,
                low=low,
                high=high,
                source=f"{statements}; {evidence.source}" if evidence else statements,
                status=evidence.status if evidence else Status.ASSUMED if assumed else Status.QUOTED,
                address=evidence.address if evidence else "",
                note=evidence.note if evidence else "",
                grade=evidence.grade if evidence else None,
                together=f"degree of {evidence.name}" if evidence else "",
            )
    return found


def _strength(row: Support) -> tuple[float, float, float]:
    low, central, high = row.degree
    return central, high, low
