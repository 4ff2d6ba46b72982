"""Relations read from the text against those found by economics, for pairs of targets that both speak of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from isthmus.report.blocks import Cell, Grid, Paragraph
from isthmus.report.locale import Translator
from isthmus.study.alignment import AlignmentSection
from isthmus.study.outcomes import OutcomesSection
from isthmus.study.plans import PlansSection
from isthmus.study.station import Findings

SHOWN = 8
ECONOMIC = {"complementary": "complement", "competing": "conflict", "neutral": "neutral", "uncertain": "uncertain"}
"""Words of the chapter for the relations found by the model."""


@dataclass(frozen=True)
class _Judged:
    """A pair of targets with the relation read from the text and the one found by economics."""

    target: str
    owned: str
    text: str
    economic: str
    effect: float


def economics(section: AlignmentSection, findings: Findings, text: Translator) -> Grid | Paragraph:
    """Set the relation read from the text against the one found by economics, where both speak of a pair of targets."""
    outcomes = findings.get(OutcomesSection)
    found = _joined(section, outcomes, findings.get(PlansSection)) if outcomes else []
    if outcomes is None or not found:
        return Paragraph(text("alignment.no_economics"), "muted")
    return Grid(
        title=_title(found, text, several=len(section.alignment_pairs) > 1),
        columns=[text.of("alignment.column", name) for name in ("pulling", "pulled", "relation", "economic", "effect")],
        rows=[
            [
                _target_name(row.target, outcomes, text),
                _target_name(row.owned, outcomes, text),
                text.of("alignment.relation", row.text) if row.text else text("alignment.not_linked"),
                Cell(text.of("alignment.relation", row.economic), tone="" if row.text == row.economic else "mark"),
                text.number(row.effect, 2),
            ]
            for row in found
        ],
        numeric=(4,),
        source=text("alignment.economics_source"),
        csv="pairs",
        fold=SHOWN,
    )  # fmt: skip


def _title(found: Sequence[_Judged], text: Translator, *, several: bool) -> str:
    """Count the pairs that meet in the model, those that the text links, and those in which both say the same."""
    linked = [row for row in found if row.text]
    if not linked:
        key = "alignment.economics_unlinked_of_several" if several else "alignment.economics_unlinked"
        return text(key, n=len(found))
    return text(
        "alignment.economics_of_several" if several else "alignment.economics", n=len(found), linked=len(linked),
        agree=sum(row.text == row.economic for row in linked),
    )  # fmt: skip


def _joined(section: AlignmentSection, outcomes: OutcomesSection, plans: PlansSection | None) -> list[_Judged]:
    """Join the relation of passages with that of targets: link, extracted target, curated target, pair of outcomes.

    Kept are pairs across the two plans that a link connects, and pairs that help or hinder each other without one. Links
    come first, then the largest effects.
    """
    owned = {outcome.id: outcome.target for outcome in outcomes.aims if outcome.target}
    curated = _curated(plans)
    said, written = _said(section, curated), _written(curated, outcomes)
    rows = []
    for row in (row for row in outcomes.pairs.rows if row.target_owner != row.outcome_owner):
        target, other = row.target, owned.get(row.outcome, "")
        told = said.get(frozenset((target, other)), "")
        if told or (row.relation in ("complementary", "competing") and {target, other} <= written):
            rows.append(_Judged(target, other, told, ECONOMIC[row.relation], row.effect_pct))
    return sorted(rows, key=lambda row: (not row.text, -abs(row.effect), row.target))


def _said(section: AlignmentSection, curated: Mapping[str, Sequence[str]]) -> dict[frozenset[str], str]:
    """Return the relation of accepted links by their two curated targets, that of the best one."""
    return {
        frozenset((a, b)): row.relation
        for row in reversed(section.links.rows)
        if row.accepted
        for a in curated.get(row.left, [row.left])
        for b in curated.get(row.right, [row.right])
    }


def _curated(plans: PlansSection | None) -> dict[str, list[str]]:
    """Return the targets of the study's table of each target read from a document: those found in it, those that are its row."""
    found: dict[str, list[str]] = {}
    if plans is None:
        return found
    read = (*plans.extracted_targets.rows, *plans.extracted_measures.rows)
    told = {(row.partner, row.text, row.value): row.id for row in read}
    same = {row.id: told.get((row.partner, row.text, row.value), "") for row in plans.targets.rows}
    for target, extracted in (same | {row.target: row.extracted for row in plans.extraction_match.rows}).items():
        if extracted:
            found.setdefault(extracted, []).append(target)
    return found


def _written(curated: Mapping[str, Sequence[str]], outcomes: OutcomesSection) -> set[str]:
    """Return the curated targets that the compared plans state: those found in documents, else all."""
    return {target for targets in curated.values() for target in targets} or set(outcomes.target_names)


def _target_name(target: str, outcomes: OutcomesSection, text: Translator) -> str:
    return text.named(outcomes.target_names.get(target, {}), target)
