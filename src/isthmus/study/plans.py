"""What each side says it wants: targets read from the plan documents, curated targets, and how far the two agree."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from isthmus.alignment.spoken import with_objects
from isthmus.core.provenance import Status
from isthmus.economy.aggregate import Names
from isthmus.plans.compare import Comparison, compare
from isthmus.plans.confidence import doubtful, expected_right, often_misread
from isthmus.plans.document import REPORTS, Doubt, PlanDocument
from isthmus.plans.extract import extract_plans
from isthmus.plans.language import seems_foreign
from isthmus.plans.plan import Target
from isthmus.study.columns import Partner
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.spoken import speech_of
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.targets import TargetChoiceRow, TargetRow, chosen_targets, target_table, targets_from
from isthmus.study.themes import with_fields


@dataclass(frozen=True)
class TargetCounts:
    """Targets of one partner: all, with a number, binding, not verified, and of these read by program."""

    all: int
    numbered: int
    binding: int
    marked: int
    read: int = 0


@dataclass(frozen=True)
class DocumentFacts:
    """A document that was read: its pages, the targets found, remarks, and how many sentences only report.

    `digest` tells that it is a digest in the study's own words; `instead` names the digest it was read instead of. Of its
    `numbered` targets the share `likely` is expected to be right in every field, and `doubtful` are more likely wrong.
    Of a document that a user gave, `fits` names what in its head fits the plan it was given for, `doubts` what does not.
    `warnings` names why its rows want a look: foreign, past, misread or left (see `_warnings`). `as_of` is the year in which
    the study says it was read, 0 where it says none.
    """

    file: str
    partner: str
    pages: int | None
    targets: int
    notes: tuple[str, ...]
    reported: int
    digest: bool = False
    instead: str = ""
    numbered: int = 0
    likely: float | None = None
    doubtful: int = 0
    given: bool = False
    fits: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[str, ...] = ()
    as_of: int = 0


@dataclass(frozen=True)
class MatchCounts:
    """Curated targets of one partner that documents give alike, differently or not, and passages that no curated target has."""

    match: int
    differs: int
    missed: int
    extra: int


@dataclass(frozen=True)
class Reread:
    """How the reading of a partner's documents differs from the table that a program once read of them.

    Of the table's rows `reports` stand in what is now taken for a report of the past, and `others` are left out for another
    reason, read otherwise, or were corrected in the table; `more` rows are not in the table: new, or deleted from it.
    """

    reports: int
    others: int
    more: int


@dataclass(frozen=True)
class ThemeRow:
    """Targets of one theme."""

    theme: Annotated[str, key("theme; empty when not classified")]
    partner: Partner
    origin: Annotated[str, key("listed in the study's table, or extracted from the documents")]
    targets: Annotated[int, measure("targets", "number of targets")]


@dataclass(frozen=True)
class ReportedRow:
    """A sentence that reports the past and was left out."""

    number: Annotated[int, key("number within the table")]
    file: Annotated[str, note("document")]
    partner: Annotated[str, note("partner whose plan it is")]
    text: Annotated[str, note("the sentence")]


@dataclass(frozen=True)
class MatchRow:
    """A curated target beside what the documents say."""

    target: Annotated[str, key("id of the curated target")]
    partner: Annotated[str, note("partner whose plan it is")]
    theme: Annotated[str, note("theme; empty when not classified")]
    outcome: Annotated[str, note("match, differs or missed")]
    differs: Annotated[str, note("fields that differ, with ;")]
    curated_operator: Annotated[str, note("curated bound")]
    curated_value: Annotated[float | None, measure("see column curated_unit", "curated number")]
    curated_unit: Annotated[str, note("curated unit")]
    extracted: Annotated[str, note("id of the extracted target; empty where none was found")]
    extracted_operator: Annotated[str, note("bound as read")]
    extracted_value: Annotated[float | None, measure("see column extracted_unit", "number as read")]
    extracted_unit: Annotated[str, note("unit as read")]
    file: Annotated[str, note("document")]
    page: Annotated[int | None, note("page of the document")]
    lang: Annotated[str, note("language of the passage")]
    passage: Annotated[str, note("the passage, unchanged")]


@dataclass(frozen=True, kw_only=True)
class PlansSection(Section):
    """What both plans say."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    start: Annotated[int, Help("first year of the plans")]
    deadline: Annotated[int, Help("year in which targets are due")]
    used: Annotated[str, Help("which targets the model works with: curated, extracted or merge")]
    listed: Annotated[Mapping[str, TargetCounts], Help("targets of the study's table by partner")]
    extracted: Annotated[Mapping[str, TargetCounts], Help("targets read from documents by partner")]
    documents: Annotated[tuple[DocumentFacts, ...], Help("documents that were read")]
    comparison: Annotated[Mapping[str, MatchCounts], Help("curated against read, by partner; empty without both")]
    reread: Annotated[Mapping[str, Reread], Help("where the documents now give other rows than the table, by partner")]
    targets: Annotated[Table[TargetRow], Help("targets of the study's table, of both plans")]
    extracted_targets: Annotated[Table[TargetRow], Help("targets with a number read from the plan documents")]
    extracted_measures: Annotated[
        Table[TargetRow],
        Help("statements without a number read from the plan documents, with their objects and role"),
    ]
    themes: Annotated[Table[ThemeRow], Help("number of targets by theme, partner and origin")]
    reported_sentences: Annotated[Table[ReportedRow], Help("sentences that report the past and are no targets")]
    extraction_match: Annotated[Table[MatchRow], Help("each curated target beside the passage it was found in")]
    extraction_extra: Annotated[Table[TargetRow], Help("numbers read from documents that the study's table lacks")]
    target_choices: Annotated[
        Table[TargetChoiceRow], Help("where curated and read targets differ, and which the model works with")
    ]


def compute(study: Study, _: Findings, work: Work) -> PlansSection:
    """Read the targets of the documents, count those of both sides and compare what was read with what was curated.

    Rows of the study's table that a program read from its documents, and that nobody has verified, check nothing.
    """
    documents, read = _read(study, work)
    work.progress(0.5)
    listed, extracted = (_placed(targets, study) for targets in (study.targets, read))
    by_program = _read_by_program(listed, extracted, documents)
    curated = {t.id for t in listed} - by_program
    comparison, choices = Comparison((), ()), table(TargetChoiceRow)
    if curated and extracted:
        every = compare(extracted, listed, study.deadline)
        comparison = replace(every, pairs=tuple(pair for pair in every.pairs if pair.curated.id in curated))
        differing = chosen_targets(listed, extracted, study.use_targets, study.deadline)[1]
        choices = table(TargetChoiceRow, [row for row in differing.rows if row.target in curated])
    return PlansSection(
        partners=study.partners,
        economy_names=study.economy_names,
        start=study.start,
        deadline=study.deadline,
        used=study.use_targets,
        listed=_counts(listed, study.partners, by_program),
        extracted=_counts(extracted, study.partners),
        documents=tuple(_document(plan, extracted) for plan in documents),
        comparison={p: _matches(comparison, p) for p in study.partners} if comparison.pairs else {},
        reread=_reread([t for t in listed if t.id in by_program], extracted, documents),
        targets=target_table(listed),
        extracted_targets=target_table([t for t in extracted if t.value is not None]),
        extracted_measures=target_table([t for t in extracted if t.value is None]),
        themes=table(ThemeRow, _themes(listed, extracted, study.partners)),
        reported_sentences=table(ReportedRow, _reported(documents)),
        extraction_match=table(MatchRow, _pairs(comparison)),
        extraction_extra=target_table(comparison.extras),
        target_choices=choices,
    )


def _read_by_program(
    listed: Sequence[Target], extracted: Sequence[Target], documents: Sequence[PlanDocument]
) -> set[str]:
    """Return the ids of rows of the table that a program read and nobody has verified.

    Those with a number have a confidence; those in words stand, letter by letter, in a document or in what it gives.
    """
    given = {(t.partner, _bare(t.text)) for t in extracted if t.value is None}
    whole = [(plan.partner, _bare(plan.document.text)) for plan in documents if not plan.digest]
    return {
        t.id
        for t in listed
        if t.status is not Status.VERIFIED
        and (
            t.confidence is not None
            or (t.value is None and (t.partner, _bare(t.text)) in given)
            or (t.value is None and t.text and any(p == t.partner and _bare(t.text) in own for p, own in whole))
        )
    }


def _reread(
    table: Sequence[Target], extracted: Sequence[Target], documents: Sequence[PlanDocument]
) -> dict[str, Reread]:
    """Hold the rows that a program once read of each partner's documents against what they give now."""
    found: dict[str, Reread] = {}
    for partner in dict.fromkeys(target.partner for target in table):
        own = (left for plan in documents if plan.partner == partner for left in plan.left_out)
        told = {_bare(left.text) for left in own if left.reason in REPORTS}
        then, now = (
            Counter((_bare(t.text), t.value, t.year, t.operator) for t in rows if t.partner == partner)
            for rows in (table, extracted)
        )
        gone = then - now
        reports = sum(count for (text, *_), count in gone.items() if text in told)
        reread = Reread(reports, gone.total() - reports, (now - then).total())
        if now and reread != Reread(0, 0, 0):
            found[partner] = reread
    return found


def _bare(text: str) -> str:
    """Return a text without its spaces, of which a table keeps none at the ends of a cell."""
    return "".join(text.split())


def _placed(targets: Sequence[Target], study: Study) -> list[Target]:
    """Return targets with their theme, their objects and what their plan does with them."""
    found = with_fields(targets, study.matcher)
    return with_objects(found, speech_of(study, study.matcher)) if study.matcher else found


def refine(study: Study, section: PlansSection) -> Study:
    """Return the study with what was read from its documents, and with the targets it is to work with."""
    read = [*targets_from(section.extracted_targets), *targets_from(section.extracted_measures)]
    extracted = tuple(sorted(read, key=lambda t: (study.partners.index(t.partner), t.id)))
    if study.use_targets == "curated" or not extracted:
        return replace(study, extracted=extracted)
    chosen, _ = chosen_targets(study.targets, extracted, study.use_targets, study.deadline)
    return replace(study, extracted=extracted, targets=chosen)


STATION = Station(
    name="plans",
    section=PlansSection,
    reads=(
        "partners",
        "economy_names",
        "deadline",
        "start",
        "documents",
        "lexicon",
        "taxonomy",
        "targets",
        "matcher",
        "use_targets",
    ),
    applies=lambda study: bool(study.targets or study.documents),
    compute=compute,
    refine=refine,
)


def _read(study: Study, work: Work) -> tuple[tuple[PlanDocument, ...], tuple[Target, ...]]:
    """Read the targets of the documents; one without a date reports up to the year before the plans."""
    if not study.documents or study.lexicon is None:
        return (), ()
    return extract_plans(study.documents, study.taxonomy, study.lexicon, study.start - 1, work.map)


def _document(plan: PlanDocument, extracted: Sequence[Target]) -> DocumentFacts:
    document = plan.document
    found = [target for target in extracted if target.file == document.file]
    return DocumentFacts(
        document.file,
        plan.partner,
        document.pages,
        len(found),
        document.notes,
        len(plan.reported),
        plan.digest,
        plan.instead,
        sum(target.value is not None for target in found),
        expected_right(found),
        doubtful(found),
        plan.given is not None,
        *((plan.given.fits, plan.given.doubts) if plan.given else ((), ())),
        () if plan.digest else _warnings(plan, found),
        plan.as_of,
    )


def _warnings(plan: PlanDocument, found: Sequence[Target]) -> tuple[str, ...]:
    """Name why the rows of a document want a look: in a language that is not read, a report, often misread, much left out."""
    warned = {
        "foreign": not plan.lang and plan.given is None and seems_foreign(plan.document.text),
        "past": plan.tells_past,
        "misread": often_misread(found),
        "left": plan.leaves_much,
    }
    return tuple(name for name, holds in warned.items() if holds)


def _reported(documents: Sequence[PlanDocument]) -> list[ReportedRow]:
    told = [(plan.document.file, plan.partner, text) for plan in documents for text in plan.reported]
    return [ReportedRow(number, *row) for number, row in enumerate(told, start=1)]


def _counts(
    targets: Sequence[Target], partners: Sequence[str], by_program: Collection[str] = ()
) -> dict[str, TargetCounts]:
    """Count the targets of each partner."""
    counts = {}
    for partner in partners:
        own = [t for t in targets if t.partner == partner]
        counts[partner] = TargetCounts(
            all=len(own),
            numbered=sum(t.value is not None for t in own),
            binding=sum(t.modality == "binding" for t in own),
            marked=sum(t.status is not Status.VERIFIED for t in own),
            read=sum(t.id in by_program for t in own),
        )
    return counts


def _matches(comparison: Comparison, partner: str) -> MatchCounts:
    counts = {name: comparison.count(name, partner) for name in ("match", "differs", "missed")}
    return MatchCounts(**counts, extra=sum(t.partner == partner for t in comparison.extras))


def _themes(listed: Sequence[Target], extracted: Sequence[Target], partners: Sequence[str]) -> list[ThemeRow]:
    """Count targets by theme, partner and origin; every theme has a row for every partner, zeros included."""
    origins = {"listed": listed, "extracted": extracted}
    counts = Counter((t.theme, t.partner, origin) for origin, targets in origins.items() for t in targets)
    themes = list(dict.fromkeys(t.theme for targets in origins.values() for t in targets))
    return [
        ThemeRow(theme, partner, origin, counts[theme, partner, origin])
        for theme in themes
        for partner in partners
        for origin in origins
    ]


def _pairs(comparison: Comparison) -> list[MatchRow]:
    """Return each curated target with its outcome, the fields that differ and the passage it was found in."""
    rows = []
    for pair in comparison.pairs:
        fact, found = pair.curated, pair.extracted
        rows.append(
            MatchRow(
                target=fact.id,
                partner=fact.partner,
                theme=fact.theme,
                outcome=pair.outcome,
                differs=";".join(pair.differs),
                curated_operator=fact.operator,
                curated_value=fact.value,
                curated_unit=fact.unit,
                extracted=found.id if found else "",
                extracted_operator=found.operator if found else "",
                extracted_value=found.value if found else None,
                extracted_unit=found.unit if found else "",
                file=found.file if found else "",
                page=found.page if found else None,
                lang=found.lang if found else "",
                passage=found.text if found else "",
            )
        )
    return rows
