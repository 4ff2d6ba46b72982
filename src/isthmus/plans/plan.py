"""Targets of a plan: the record every later station reads."""

from dataclasses import dataclass
from enum import StrEnum

from isthmus.core.provenance import Status


class Kind(StrEnum):
    """What a target's number means."""

    LEVEL = "level"
    CHANGE_PCT = "change_pct"
    CHANGE_PP = "change_pp"
    CHANGE_ABS = "change_abs"
    MULTIPLE = "multiple"
    GROWTH = "growth"
    CUMULATIVE = "cumulative"
    RANK = "rank"
    RELATIVE = "relative"
    MILESTONE = "milestone"
    QUALITATIVE = "qualitative"


@dataclass(frozen=True)
class Target:
    """One target of one plan, in the terms of the contract's target table.

    Attributes
    ----------
    id
        Unique within a study.
    partner
        Label of the economy whose plan it is; "" where a document was read on its own.
    text, lang
        The source statement unchanged and its language (zh, ru, en).
    indicator, indicator_ru, indicator_zh
        What is measured, in words; our own translations where there are any.
    operator
        One of ``= >= <= > < ~``; "" without a number, but for relative targets (grow faster than).
    value, unit, year
        The number in `unit` (multiplied out, the physical unit kept) and the year it is due; None where the text has none.
    base_value, base_year
        What the change is counted from.
    direction
        ``up``, ``down`` or "".
    modality
        ``binding``, ``expected`` or ``soft``.
    theme
        Key of the taxonomy, "" when not classified.
    objective
        Heading of the plan the target stands under (goal, block of the indicator table), "" when none is known.
    objects, role
        Glossary objects of the indicator (with ;), and what the plan does with them (`statement.Role`); "" where none is known.
    file, page
        Where the statement stands.
    status, source, address, note
        Provenance.
    confidence
        Probability that a number read from a document is right in every field; None where it was not read.
    """

    id: str
    partner: str
    text: str
    lang: str
    indicator: str
    kind: Kind
    operator: str = ""
    value: float | None = None
    unit: str = ""
    year: int | None = None
    base_year: int | None = None
    base_value: float | None = None
    direction: str = ""
    modality: str = "expected"
    theme: str = ""
    file: str = ""
    page: int | None = None
    status: Status = Status.VERIFIED
    source: str = ""
    address: str = ""
    note: str = ""
    indicator_ru: str = ""
    indicator_zh: str = ""
    objective: str = ""
    confidence: float | None = None
    objects: str = ""
    role: str = ""
