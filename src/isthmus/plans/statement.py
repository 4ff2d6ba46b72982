"""Plan statements: what a plan says, with or without a number, who does what with which object, and where it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from isthmus.core.provenance import Status


class Role(StrEnum):
    """What the partner does with the object of a statement; alignment compares the roles of both sides."""

    SUPPLIES = "supplies"
    """Sells it to others, or makes it for sale."""
    NEEDS = "needs"
    """Seeks it from others."""
    BUILDS = "builds"
    """Makes it at home, for itself."""
    REGULATES = "regulates"
    """Sets rules for it."""
    COOPERATES = "cooperates"
    """Does it together with others."""
    REPLACES = "replaces"
    """Puts its own product, or another one, in its place."""


class StatementKind(StrEnum):
    """Whether a statement says what is to be reached or what is to be done."""

    TARGET = "target"
    MEASURE = "measure"


class Checked(StrEnum):
    """Whether the plan's own text was read, or another text that reports it."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Standing(StrEnum):
    """Whether a statement counts: `see` names the one that stands instead."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    BACKGROUND = "background"
    """Reports what was done, or stands outside a plan."""


class DocumentKind(StrEnum):
    """What kind of text a statement comes from; only plans and programmes are one side's plan."""

    PLAN = "plan"
    PROGRAMME = "programme"
    BILATERAL = "bilateral"
    OFFICIAL_STATEMENT = "official statement"
    REGIONAL = "regional"
    OTHER = "other"


@dataclass(frozen=True)
class OfficialDocument:
    """A document that statements come from.

    Attributes
    ----------
    partners
        Whose document it is; both for one that both signed.
    title, date
        Our own words for it, and when it was published (YYYY, YYYY-MM or YYYY-MM-DD).
    address, address_status
        Where the official text stands, "" when that is not known; verified when the address was opened, quoted when another
        text gives it, unverified otherwise.
    shipped
        What the study holds of it: ``digest`` (our own words, no document) or ``none``.
    named
        Phrases of its own title, one of which stands at its head.
    titles
        Our words for it in further languages.
    """

    code: str
    partners: tuple[str, ...]
    kind: DocumentKind
    title: str
    date: str = ""
    address: str = ""
    address_status: Status = Status.UNVERIFIED
    shipped: str = "none"
    note: str = ""
    named: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanStatement:
    """One sentence of a plan in our own words.

    Attributes
    ----------
    partners
        Whose statement it is; both for a document that both signed.
    theme, object, role
        Key of the taxonomy, what the statement speaks of, and what the partner does with it.
    named_partner
        Economies, groups or regions that the statement names; empty for most.
    text, lang
        Our own words and their language, never a quotation.
    texts
        The same in further languages.
    value, value_high, operator, unit
        The number if there is one, a range with its upper end; a bound stands on the signed number.
    year_from, year_to, base_year
        When it begins, when it is due, what a change is counted from; None where not said.
    document
        Its official document.
    source, address, locator, checked, status
        What was read, where in it, whether it was the plan's own text, and how far the fact is established.
    standing, see
        Whether it counts, and the id of the statement that stands instead.
    target
        Id of the target with the same number, "" if there is none.
    """

    id: str
    partners: tuple[str, ...]
    kind: StatementKind
    theme: str
    object: str
    role: Role
    text: str
    document: OfficialDocument
    lang: str = "en"
    named_partner: tuple[str, ...] = ()
    value: float | None = None
    value_high: float | None = None
    operator: str = ""
    unit: str = ""
    year_from: int | None = None
    year_to: int | None = None
    base_year: int | None = None
    source: str = ""
    address: str = ""
    locator: str = ""
    checked: Checked = Checked.SECONDARY
    status: Status = Status.UNVERIFIED
    standing: Standing = Standing.CURRENT
    see: str = ""
    target: str = ""
    note: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
