"""Targets as a table of the study, and which of the curated and the extracted ones the later stations work with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Annotated, Literal

from isthmus.core.provenance import Status
from isthmus.plans.compare import Comparison, compare
from isthmus.plans.plan import Kind, Target
from isthmus.study.columns import Address, Source
from isthmus.study.section import Table, key, measure, note, table

Origin = Literal["curated", "extracted", "merge"]
CHOSEN = ("kind", "operator", "value", "unit", "year", "base_year", "base_value", "direction")
"""Fields of a target that the model works with."""


@dataclass(frozen=True)
class TargetRow:
    """A target of a plan."""

    id: Annotated[str, key("id, unique within the study")]
    partner: Annotated[str, note("partner whose plan it is")]
    theme: Annotated[str, note("theme; empty when not classified")]
    indicator: Annotated[str, note("what is measured, in English or in the words of the document")]
    indicator_ru: Annotated[str, note("what is measured, in Russian")]
    indicator_zh: Annotated[str, note("what is measured, in Chinese")]
    kind: Annotated[str, note("what the number means, for example level, change_pct or multiple")]
    operator: Annotated[str, note("bound: = >= <= > < ~; without a number only for relative ones")]
    value: Annotated[float | None, measure("see column unit", "number of the target")]
    unit: Annotated[str, note("unit of value and base_value")]
    year: Annotated[int | None, note("year in which it is due", "year")]
    base_year: Annotated[int | None, note("year a change is counted from", "year")]
    base_value: Annotated[float | None, measure("see column unit", "value in the base year")]
    direction: Annotated[str, note("up, down or empty")]
    modality: Annotated[str, note("binding, expected or soft")]
    status: Annotated[str, note("verified, quoted, assumed or unverified")]
    text: Annotated[str, note("source statement, unchanged")]
    lang: Annotated[str, note("language of the statement")]
    file: Annotated[str, note("file of the statement")]
    page: Annotated[int | None, note("page of the statement")]
    source: Source
    address: Address
    note: Annotated[str, note("remark")]
    objective: Annotated[str, note("heading of the plan under which the target stands")]
    confidence: Annotated[
        float | None, measure("probability", "that a number read from a document is right in every field; else empty")
    ]
    objects: Annotated[str, note("objects of the glossary that it speaks of, with ;")]
    role: Annotated[
        str, note("what the plan does with them: supplies, needs, builds, regulates, cooperates or replaces")
    ]


@dataclass(frozen=True)
class TargetChoiceRow:
    """A field in which the curated target and the one read from a document differ."""

    target: Annotated[str, key("id of the target")]
    field: Annotated[str, key("field that differs; `target` where only one side has the target")]
    curated: Annotated[str, note("curated content")]
    extracted: Annotated[str, note("content read from the document")]
    used: Annotated[str, note("curated or extracted: which of the two the model works with; none where it is left out")]


def target_names(targets: Sequence[Target]) -> Mapping[str, Mapping[str, str]]:
    """Return names of targets by id and language."""
    named = {t.id: {"en": t.indicator, "ru": t.indicator_ru, "zh": t.indicator_zh} for t in targets}
    return {name: {lang: word for lang, word in words.items() if word} for name, words in named.items()}


def target_table(targets: Sequence[Target]) -> Table[TargetRow]:
    """Return targets as a table."""
    names = [entry.name for entry in fields(TargetRow)]
    return table(TargetRow, (TargetRow(**{name: getattr(target, name) for name in names}) for target in targets))


def targets_from(found: Table[TargetRow]) -> tuple[Target, ...]:
    """Return the targets of a table."""
    return tuple(Target(**{**vars(row), "kind": Kind(row.kind), "status": Status(row.status)}) for row in found.rows)


def chosen_targets(
    curated: Sequence[Target], extracted: Sequence[Target], origin: Origin, year: int
) -> tuple[tuple[Target, ...], Table[TargetChoiceRow]]:
    """Return the targets that the model works with, and where curated and extracted ones differ.

    Parameters
    ----------
    origin
        ``curated``: the curated table alone. ``extracted``: what the documents say; a curated target lends a passage that was
        matched with it its id and names, and is left out where the documents do not have it. ``merge``: as extracted, but
        curated targets that were not found in the documents stay.
    year
        The plans' deadline: the year of passages that give none.
    """
    comparison = compare(list(extracted), list(curated), year)
    rows = table(TargetChoiceRow, _differences(comparison, origin))
    if origin == "curated":
        return tuple(curated), rows
    found: list[Target] = []
    for pair in comparison.pairs:
        if pair.extracted is not None:
            found.append(_lent(pair.curated, pair.extracted, year))
        elif origin == "merge":
            found.append(pair.curated)
    return (*found, *comparison.extras), rows


def _lent(curated: Target, extracted: Target, year: int) -> Target:
    """Return the extracted target under the curated one's id, names and theme."""
    return replace(
        extracted,
        id=curated.id,
        theme=curated.theme or extracted.theme,
        objective=curated.objective,
        indicator=curated.indicator,
        indicator_ru=curated.indicator_ru,
        indicator_zh=curated.indicator_zh,
        year=year if extracted.year is None else extracted.year,
        base_value=curated.base_value if extracted.base_value is None else extracted.base_value,
        base_year=curated.base_year if extracted.base_year is None else extracted.base_year,
    )


def _differences(comparison: Comparison, origin: Origin) -> list[TargetChoiceRow]:
    taken = "curated" if origin == "curated" else "extracted"
    rows = []
    for pair in comparison.pairs:
        fact, found = pair.curated, pair.extracted
        if found is None:
            rows.append(
                TargetChoiceRow(fact.id, "target", "given", "not found", "none" if origin == "extracted" else "curated")
            )
            continue
        for name in CHOSEN:
            ours, theirs = getattr(fact, name), getattr(found, name)
            filled = theirs is None and name in ("year", "base_year", "base_value")
            if ours != theirs and not filled:
                rows.append(TargetChoiceRow(fact.id, name, _written(ours), _written(theirs), taken))
    used = "none" if origin == "curated" else "extracted"
    return [*rows, *(TargetChoiceRow(extra.id, "target", "not given", "found", used) for extra in comparison.extras)]


def _written(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
