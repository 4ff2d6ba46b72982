"""Where the two plans meet, complement each other, collide and miss each other: links, gaps and how far to trust them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
import pandas as pd

from isthmus.alignment.glossary import read_statement
from isthmus.alignment.items import ObjectLink, link_objects, signed_by_both
from isthmus.alignment.judgement import Relation
from isthmus.alignment.match import Alignment, Band, Matcher, align
from isthmus.alignment.review import LinkVerdict, Reviewed, rejected_pairs, review
from isthmus.alignment.roles import Trade
from isthmus.alignment.similarity import Remembered
from isthmus.alignment.tables import link_table, object_table, unmatched_table
from isthmus.core.pairs import Pair, pair_label, pairs_of
from isthmus.economy.aggregate import Names
from isthmus.plans.plan import Target
from isthmus.plans.statement import PlanStatement
from isthmus.study.alignment_rows import AlignedPairRow, GapRow, LinkRow, MatrixRow, ObjectRow, StaleRow
from isthmus.study.freight import flows_of
from isthmus.study.headline import HEADLINE_FIELDS, TABLE, headline_world
from isthmus.study.section import Help, Section, Table, table
from isthmus.study.spoken import current_statements, plan_statements
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.themes import with_fields

SIDES = ("left", "right")


@dataclass(frozen=True)
class ReviewFacts:
    """What the analyst decided: in all, on proposed pairs, kept, kept with their relation; verdicts whose passage is gone."""

    decided: int
    proposed: int
    kept: int
    relation_kept: int
    stale: int


@dataclass(frozen=True, kw_only=True)
class AlignmentSection(Section):
    """Where the plans meet."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    sector_names: Annotated[Names, Help("names of sectors by code and language")]
    object_names: Annotated[Names, Help("names of the objects that statements have in common, by object and language")]
    statement_texts: Annotated[Names, Help("linked plan statements in our own words, by id and language")]
    document_titles: Annotated[Names, Help("our words for their documents, by English title and language")]
    deadline: Annotated[int, Help("year in which targets are due")]
    documents: Annotated[bool, Help("whether passages of documents were compared, else curated targets")]
    spoken_by_rows: Annotated[
        tuple[str, ...], Help("partners without plan statements of their own, for which rows of their plans speak")
    ]
    silent: Annotated[tuple[str, ...], Help("partners without a plan statement, which no pair was compared with")]
    accepted: Annotated[int, Help("accepted links of one subject")]
    relations: Annotated[Mapping[str, int], Help("accepted links by relation")]
    bands: Annotated[Mapping[str, int], Help("accepted links by how far they can be trusted")]
    models: Annotated[tuple[str, ...], Help("embedding models with their version")]
    measured: Annotated[
        Mapping[str, float], Help("error rates of these models on the reference statements; empty if not measured")
    ]
    review: Annotated[ReviewFacts, Help("what the analyst decided")]
    alignment_pairs: Annotated[Table[AlignedPairRow], Help("what was compared between two partners and found, by pair")]
    links: Annotated[Table[LinkRow], Help("pairs of statements, accepted ones and further candidates")]
    objects: Annotated[Table[ObjectRow], Help("pairs of plan statements about one object, many to many")]
    unmatched: Annotated[Table[GapRow], Help("targets without an accepted link, with the nearest candidate")]
    matrix: Annotated[Table[MatrixRow], Help("number of accepted links by theme and relation")]
    stale_verdicts: Annotated[Table[StaleRow], Help("decisions on passages that are gone")]


@dataclass(frozen=True, kw_only=True)
class _Compared:
    """Two partners' plans side by side: what the machine found, what the analyst made of it, and its tables."""

    pair: Pair
    sides: tuple[list[Target], list[Target]]
    statements: Sequence[PlanStatement]
    machine: Alignment
    reviewed: Reviewed
    objects: list[ObjectLink]
    links: pd.DataFrame
    unmatched: pd.DataFrame


def compute(study: Study, _: Findings, work: Work) -> AlignmentSection:
    """Align the plans of every two partners, apply the analyst's verdicts and count what was found."""
    assert study.matcher is not None
    matcher = replace(study.matcher, models=tuple(Remembered(model) for model in study.matcher.models))
    sides, found = plan_sides(study), list[_Compared]()
    statements, read = plan_statements(study, sides, matcher)
    pairs = compared_pairs(study, sides)
    for number, pair in enumerate(pairs):
        found.append(_compared(study, pair, (sides[pair[0]], sides[pair[1]]), statements, matcher))
        work.progress(0.9 * (number + 1) / len(pairs))
    spoken = {s.id: s for one in found for link in one.objects for s in (link.left, link.right)}.values()
    return AlignmentSection(
        partners=study.partners,
        economy_names=study.economy_names,
        sector_names=study.sector_names,
        object_names={
            link.item: matcher.rules.known[link.item].names for one in found for link in one.objects if link.item
        },
        statement_texts={s.id: {s.lang: s.text, **s.texts} for s in spoken},
        document_titles={s.document.title: {"en": s.document.title, **s.document.titles} for s in spoken},
        deadline=study.deadline,
        documents=bool(study.extracted),
        spoken_by_rows=read,
        silent=tuple(partner for partner in study.partners if not any(partner in pair for pair in pairs)),
        accepted=sum(one.reviewed.alignment.counts["accepted"] for one in found),
        relations=_counts(found, "relation"),
        bands=_counts(found, "band"),
        models=found[0].machine.models,
        measured=dict(matcher.measured),
        review=_review(found, study.verdicts),
        alignment_pairs=table(AlignedPairRow, [_pair_row(one, study) for one in found]),
        links=Table(LinkRow, _of_pairs(found, [one.links for one in found])),
        objects=table(ObjectRow, [_object_row(one.pair, link, study) for one in found for link in one.objects]),
        unmatched=Table(GapRow, _answered_by(_of_pairs(found, [one.unmatched for one in found]), found)),
        matrix=Table(MatrixRow, _of_pairs(found, [matrix(one.links, one.objects) for one in found])),
        stale_verdicts=table(StaleRow, map(_stale_row, _stale(found, study.verdicts))),
    )


def _compared(
    study: Study,
    pair: Pair,
    sides: tuple[list[Target], list[Target]],
    statements: Sequence[PlanStatement],
    matcher: Matcher,
) -> _Compared:
    """Align two partners' plans."""
    left, right = sides
    machine = align(left, right, matcher, rejected_pairs(study.verdicts, left, right))
    reviewed = review(machine, study.verdicts, left, right)
    links = link_table(reviewed.alignment)
    objects = object_links(study, pair, statements, matcher)
    every = pd.concat([links, object_table(objects, matcher.calibration)], ignore_index=True) if objects else links
    return _Compared(
        pair=pair,
        sides=sides,
        statements=statements,
        machine=machine,
        reviewed=reviewed,
        objects=objects,
        links=every.sort_values("accepted", ascending=False, kind="stable", ignore_index=True),
        unmatched=_answered_in_part(unmatched_table(reviewed.alignment), links, _talked(objects, sides, matcher)),
    )


def plan_sides(study: Study) -> dict[str, list[Target]]:
    """Return the targets of each partner: those read from documents, else the curated ones."""
    targets = with_fields(study.extracted or study.targets, study.matcher)
    return {partner: [t for t in targets if t.partner == partner] for partner in study.partners}


def compared_pairs(study: Study, sides: Mapping[str, Sequence[Target]]) -> list[Pair]:
    """Return the pairs of partners that both have targets, or both have plan statements, in the order of their names."""
    spoken = {partner: bool(current_statements(study.statements, partner)) for partner in study.partners}
    return [(a, b) for a, b in pairs_of(study.partners) if (sides[a] and sides[b]) or (spoken[a] and spoken[b])]


def object_links(study: Study, pair: Pair, statements: Sequence[PlanStatement], matcher: Matcher) -> list[ObjectLink]:
    """Return a pair's plan statements about one object, with the newest trade of the study as the witness."""
    trade = None
    if study.baseline.table:
        world, _, _ = headline_world(study)
        trade = Trade(world.sectors, world.economies, flows_of(world))
    names = {code: frozenset(study.economy_names.get(code, {}).values()) | {code} for code in pair}
    return link_objects(statements, pair, names, matcher, trade)


def _trade_year(study: Study) -> int | None:
    """Return the year of the trade that is the witness."""
    table = study.baseline.table
    newest = headline_world(study)[1] if table else TABLE
    return int(newest) if newest != TABLE else table.year if table else None


def _pair_row(one: _Compared, study: Study) -> AlignedPairRow:
    """Count what was compared between two partners and what was found."""
    accepted = one.reviewed.alignment.accepted
    relations, bands = (Counter(str(getattr(link, name)) for link in accepted) for name in ("relation", "band"))
    spoken = [len(current_statements(one.statements, partner)) for partner in one.pair]
    return AlignedPairRow(
        pair=pair_label(one.pair),
        left=one.pair[0],
        right=one.pair[1],
        left_statements=len({target.text for target in one.sides[0]}),
        right_statements=len({target.text for target in one.sides[1]}),
        left_targets=len(one.sides[0]),
        right_targets=len(one.sides[1]),
        left_spoken=spoken[0],
        right_spoken=spoken[1],
        left_one_sided=_one_sided(one, "left"),
        right_one_sided=_one_sided(one, "right"),
        left_gaps=_open_passages(one.unmatched, "left"),
        right_gaps=_open_passages(one.unmatched, "right"),
        accepted=len(accepted),
        **{str(relation): relations[str(relation)] for relation in Relation},
        **{str(band): bands[str(band)] for band in Band},
        objects=len(one.objects),
    )


def _one_sided(one: _Compared, side: str) -> int:
    """Count the statements of a side that nothing of the other is linked to; what both signed both speak of."""
    linked = {getattr(link, side).id for link in one.objects}
    own = current_statements(one.statements, one.pair[SIDES.index(side)])
    return sum(s.id not in linked and not signed_by_both(s, one.pair) for s in own)


def _of_pairs(found: Sequence[_Compared], frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the tables of all pairs as one, with the pair in front."""
    named = [frame.assign(pair=pair_label(one.pair)) for one, frame in zip(found, frames, strict=True)]
    every = pd.concat(named, ignore_index=True)
    return every[["pair", *(name for name in every.columns if name != "pair")]]


def _object_row(pair: Pair, link: ObjectLink, study: Study) -> ObjectRow:
    sale = link.judgement.sale
    ids = {link.left.id, link.right.id}
    levers = [
        name for name, asked in study.asked.items() if ids & {s for side in asked.statements.values() for s in side}
    ]
    cells = {
        f"{side}_{name}": value
        for side, s in (("left", link.left), ("right", link.right))
        for name, value in (
            ("object", s.object), ("role", str(s.role)), ("text", s.text), ("document", s.document.title),
            ("kind", str(s.document.kind)), ("date", s.document.date), ("number", s.value is not None),
            ("place", s.locator), ("due", s.year_to), ("read", str(s.status)), ("shared", signed_by_both(s, pair)),
        )
    }  # fmt: skip
    return ObjectRow(
        pair=pair_label(pair),
        left=link.left.id,
        right=link.right.id,
        item=link.item,
        theme=link.left.theme,
        relation=str(link.judgement.relation),
        rule=link.judgement.rule,
        score=link.score,
        bilateral=link.bilateral,
        seller=sale.seller if sale else "",
        buyer=sale.buyer if sale else "",
        sold_usd_m=sale.value if sale else None,
        import_share_pct=100 * sale.share if sale else None,
        trade_year=_trade_year(study) if sale else None,
        sectors=";".join(sale.sectors) if sale else "",
        levers=";".join(levers),
        **cells,  # type: ignore[arg-type]
    )


def matrix(links: pd.DataFrame, objects: Sequence[ObjectLink]) -> pd.DataFrame:
    """Return the number of accepted links by theme and relation; the theme is the first partner's, else the second's.

    Statements about one object that are no more than related give nothing to talk about and are left out.
    """
    idle = {(link.left.id, link.right.id) for link in objects if link.judgement.relation is Relation.RELATED}
    about = [pair in idle for pair in zip(links["left"], links["right"], strict=True)]
    accepted = links[links["accepted"] & ~(np.array(about, dtype=bool) & (links["tier"] == "object"))]
    themes = [a or b for a, b in zip(accepted["left_theme"], accepted["right_theme"], strict=True)]
    table = pd.crosstab(pd.Series(themes, name="theme", dtype=str), pd.Series(list(accepted["relation"]), dtype=str))
    table = table.reindex(columns=list(map(str, Relation)), fill_value=0)
    long = table.reset_index().melt("theme", var_name="relation", value_name="links")
    return long.sort_values(["theme", "relation"], ignore_index=True)


def _talked(
    objects: Sequence[ObjectLink], sides: tuple[list[Target], list[Target]], matcher: Matcher
) -> set[tuple[str, str]]:
    """Return side and sentence of the targets whose object stands among those to talk about."""
    items = {link.item for link in objects if link.judgement.relation is not Relation.RELATED} - {""}
    return {
        (side, target.text)
        for side, targets in zip(SIDES, sides, strict=True)
        for target in targets
        if items & read_statement(target.indicator or target.text, target.lang, matcher.glossary).objects
    }


def _answered_in_part(unmatched: pd.DataFrame, links: pd.DataFrame, talked: set[tuple[str, str]]) -> pd.DataFrame:
    """Mark targets whose sentence holds another target that is linked, or whose object is talked about: they are no gap."""
    accepted = links[links["accepted"]]
    answered = talked | {(side, text) for side in SIDES for text in accepted[f"{side}_text"]}
    marks = [pair in answered for pair in zip(unmatched["side"], unmatched["text"], strict=True)]
    return unmatched.assign(answered_in_part=pd.Series(marks, index=unmatched.index, dtype=bool))


def _open_passages(unmatched: pd.DataFrame, side: str) -> int:
    """Count the different sentences of a side without any accepted link."""
    return int(unmatched.loc[(unmatched["side"] == side) & ~unmatched["answered_in_part"], "text"].nunique())


def _answered_by(unmatched: pd.DataFrame, found: Sequence[_Compared]) -> pd.DataFrame:
    """Say of each target without a link in a pair which partners outside the pair answer its sentence."""
    answers: dict[tuple[str, str], dict[str, None]] = {}
    other_of: dict[tuple[str, str], str] = {}
    for one in found:
        other_of |= {(pair_label(one.pair), side): who for side, who in zip(SIDES, one.pair[::-1], strict=True)}
        for link in one.reviewed.alignment.accepted:
            for target, other in zip((link.left, link.right), one.pair[::-1], strict=True):
                answers.setdefault((target.partner, target.text), {})[other] = None
    rows = zip(*(unmatched[name] for name in ("pair", "side", "partner", "text")), strict=True)
    by = [
        ";".join(who for who in answers.get((partner, words), ()) if who != other_of[pair, side])
        for pair, side, partner, words in rows
    ]
    return unmatched.assign(answered_by=by)


def _counts(found: Sequence[_Compared], name: str) -> dict[str, int]:
    """Count accepted links of all pairs by a property."""
    return dict(Counter(str(getattr(link, name)) for one in found for link in one.reviewed.alignment.accepted))


def _review(found: Sequence[_Compared], verdicts: Sequence[LinkVerdict]) -> ReviewFacts:
    """Count what the analyst decided and how often that was what the machine had said."""
    decided = [(link, one.machine) for one in found for link in one.reviewed.alignment.links if link.verdict]
    before = {(id(one.machine), link.left.id, link.right.id): link for one in found for link in one.machine.links}
    said = [(link, before.get((id(machine), link.left.id, link.right.id))) for link, machine in decided]
    proposed = [(link, first) for link, first in said if first is not None and first.proposed]
    return ReviewFacts(
        decided=len(decided),
        proposed=len(proposed),
        kept=sum(link.accepted for link, _ in proposed),
        relation_kept=sum(link.accepted and link.relation == first.relation for link, first in proposed),
        stale=len(_stale(found, verdicts)),
    )


def _stale(found: Sequence[_Compared], verdicts: Sequence[LinkVerdict]) -> list[LinkVerdict]:
    """Return the verdicts that hold between no two plans."""
    applied = {verdict for one in found for verdict in one.reviewed.applied}
    return [verdict for verdict in verdicts if verdict not in applied]


def _stale_row(verdict: LinkVerdict) -> StaleRow:
    return StaleRow(
        decision=str(verdict.decision),
        relation=str(verdict.relation or ""),
        note=verdict.note,
        left_text=verdict.left_text,
        right_text=verdict.right_text,
        left_digest=verdict.left_digest,
        right_digest=verdict.right_digest,
    )


def _applies(study: Study) -> bool:
    return study.matcher is not None and bool(compared_pairs(study, plan_sides(study)))


STATION = Station(
    name="alignment",
    section=AlignmentSection,
    reads=(
        "partners",
        "economy_names",
        "matcher",
        "targets",
        "extracted",
        "verdicts",
        "statements",
        "asked",
        *HEADLINE_FIELDS,
        "sector_names",
        "deadline",
    ),
    applies=_applies,
    compute=compute,
    weight=3,
)
