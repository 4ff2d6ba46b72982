"""Where the two plans meet, complement each other, collide and miss each other: links, gaps and how far to trust them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from isthmus.alignment.items import ObjectLink, link_objects
from isthmus.alignment.judgement import Relation
from isthmus.alignment.match import Alignment, align, band_of
from isthmus.alignment.review import Reviewed, passage_digest, rejected_pairs, review
from isthmus.alignment.roles import Trade
from isthmus.alignment.tables import link_table, unmatched_table
from isthmus.plans.plan import Target
from isthmus.plans.statement import Standing
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Names, Study
from isthmus.study.themes import with_fields


@dataclass(frozen=True)
class ReviewFacts:
    """What the analyst decided: in all, on proposed pairs, kept, kept with their relation; verdicts whose passage is gone."""

    decided: int
    proposed: int
    kept: int
    relation_kept: int
    stale: int


@dataclass(frozen=True)
class LinkRow:
    """A pair of statements of both plans."""

    left: Annotated[str, key("id of the first partner's target")]
    right: Annotated[str, key("id of the second partner's target")]
    score: Annotated[float, measure("1", "probability that both mean the same, 0 to 1")]
    relation: Annotated[str, note("same, complement, conflict or related")]
    accepted: Annotated[bool, note("whether the pair is linked")]
    reason: Annotated[str, note("why, in English")]
    tier: Annotated[str, note("subject (one aim, one to one) or object (about the same thing, many to many)")]
    band: Annotated[str, note("confident, check or weak")]
    rule: Annotated[str, note("rule that decided the relation")]
    verdict: Annotated[str, note("the analyst's decision, empty without one")]
    note: Annotated[str, note("the analyst's remark")]
    left_detail: Annotated[str, note("what decided on the left side")]
    right_detail: Annotated[str, note("what decided on the right side")]
    left_text: Annotated[str, note("first partner's statement, unchanged")]
    left_lang: Annotated[str, note("its language")]
    left_file: Annotated[str, note("its file")]
    left_page: Annotated[str, note("its page")]
    left_theme: Annotated[str, note("its theme")]
    left_partner: Annotated[str, note("first partner")]
    right_text: Annotated[str, note("second partner's statement, unchanged")]
    right_lang: Annotated[str, note("its language")]
    right_file: Annotated[str, note("its file")]
    right_page: Annotated[str, note("its page")]
    right_theme: Annotated[str, note("its theme")]
    right_partner: Annotated[str, note("second partner")]
    left_digest: Annotated[str, note("digest of the left statement, for reviews")]
    right_digest: Annotated[str, note("digest of the right statement, for reviews")]
    left_value: Annotated[float | None, measure("see column left_unit", "number that decided on the left side")]
    left_unit: Annotated[str, note("its unit")]
    left_operator: Annotated[str, note("its bound")]
    left_year: Annotated[str, note("its year")]
    left_direction: Annotated[str, note("its direction")]
    right_value: Annotated[float | None, measure("see column right_unit", "number that decided on the right side")]
    right_unit: Annotated[str, note("its unit")]
    right_operator: Annotated[str, note("its bound")]
    right_year: Annotated[str, note("its year")]
    right_direction: Annotated[str, note("its direction")]


@dataclass(frozen=True)
class ObjectRow:
    """Two plan statements about one object: who does what with it, what trade says, and where each was read."""

    left: Annotated[str, key("id of the first partner's statement")]
    right: Annotated[str, key("id of the second partner's statement")]
    item: Annotated[str, note("object in common, empty where only the words are alike")]
    theme: Annotated[str, note("theme of the first partner's statement")]
    relation: Annotated[str, note("same (joint), complement, conflict or related")]
    rule: Annotated[str, note("rule that decided the relation")]
    score: Annotated[float, measure("1", "probability that both are about one object, 0 to 1")]
    seller: Annotated[str, note("partner whose sales were looked at, empty where trade says nothing")]
    buyer: Annotated[str, note("the other partner")]
    sold_usd_m: Annotated[float | None, measure("million USD", "what the seller sold the buyer in these sectors")]
    import_share_pct: Annotated[float | None, measure("%", "share of that in the buyer's imports of these sectors")]
    trade_year: Annotated[int | None, measure("year", "year of the trade")]
    sectors: Annotated[str, note("sectors, with ;")]
    left_object: Annotated[str, note("object of the first statement")]
    left_role: Annotated[str, note("what the first partner does with it")]
    left_text: Annotated[str, note("the first statement in our own words")]
    left_document: Annotated[str, note("document it comes from")]
    left_place: Annotated[str, note("place in it")]
    left_read: Annotated[str, note("verified, quoted (a secondary source) or unverified")]
    left_shared: Annotated[bool, note("whether both partners signed it")]
    right_object: Annotated[str, note("object of the second statement")]
    right_role: Annotated[str, note("what the second partner does with it")]
    right_text: Annotated[str, note("the second statement in our own words")]
    right_document: Annotated[str, note("document it comes from")]
    right_place: Annotated[str, note("place in it")]
    right_read: Annotated[str, note("verified, quoted (a secondary source) or unverified")]
    right_shared: Annotated[bool, note("whether both partners signed it")]
    levers: Annotated[str, note("measures of the model that carry out one of the statements, with ;")]


@dataclass(frozen=True)
class GapRow:
    """A target that no target of the other side is linked to."""

    side: Annotated[str, key("left (first partner) or right")]
    id: Annotated[str, key("id of the target")]
    lang: Annotated[str, note("language of the statement")]
    text: Annotated[str, note("the statement, unchanged")]
    theme: Annotated[str, note("theme")]
    partner: Annotated[str, note("partner whose plan it is")]
    file: Annotated[str, note("its file")]
    page: Annotated[str, note("its page")]
    nearest: Annotated[str, note("id of the nearest target of the other side")]
    nearest_score: Annotated[float | None, measure("1", "score of the nearest target, 0 to 1")]
    nearest_relation: Annotated[str, note("relation to the nearest target")]
    answered_in_part: Annotated[bool, note("whether another target of the same sentence is linked")]


@dataclass(frozen=True)
class MatrixRow:
    """Accepted links of one theme and relation."""

    theme: Annotated[str, key("theme of the first partner's target, else of the second's")]
    relation: Annotated[str, key("same, complement, conflict or related")]
    links: Annotated[int, measure("links", "number of accepted links")]


@dataclass(frozen=True)
class StaleRow:
    """A decision on a passage that is gone."""

    decision: Annotated[str, note("the analyst's decision")]
    relation: Annotated[str, note("relation given by the analyst")]
    note: Annotated[str, note("the analyst's remark")]
    left_text: Annotated[str, note("left statement at the time")]
    right_text: Annotated[str, note("right statement at the time")]
    left_digest: Annotated[str, key("digest of the left statement")]
    right_digest: Annotated[str, key("digest of the right statement")]


@dataclass(frozen=True, kw_only=True)
class AlignmentSection(Section):
    """Where the plans meet."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    documents: Annotated[bool, Help("whether passages of documents were compared, else curated targets")]
    left: Annotated[int, Help("different statements of the first partner")]
    right: Annotated[int, Help("different statements of the second partner")]
    left_targets: Annotated[int, Help("targets of the first partner")]
    right_targets: Annotated[int, Help("targets of the second partner")]
    statements: Annotated[tuple[int, int], Help("plan statements of each side that were compared by object")]
    one_sided: Annotated[
        tuple[int, int], Help("of them, statements about an object that the other side does not speak of")
    ]
    accepted: Annotated[int, Help("accepted links of one subject")]
    relations: Annotated[Mapping[str, int], Help("accepted links by relation")]
    bands: Annotated[Mapping[str, int], Help("accepted links by how far they can be trusted")]
    gaps: Annotated[tuple[int, int], Help("different statements of each side without a link")]
    models: Annotated[tuple[str, ...], Help("embedding models with their version")]
    measured: Annotated[
        Mapping[str, float], Help("error rates of these models on the reference statements; empty if not measured")
    ]
    review: Annotated[ReviewFacts, Help("what the analyst decided")]
    links: Annotated[Table[LinkRow], Help("pairs of statements, accepted ones and further candidates")]
    objects: Annotated[Table[ObjectRow], Help("pairs of plan statements about one object, many to many")]
    unmatched: Annotated[Table[GapRow], Help("targets without an accepted link, with the nearest candidate")]
    matrix: Annotated[Table[MatrixRow], Help("number of accepted links by theme and relation")]
    stale_verdicts: Annotated[Table[StaleRow], Help("decisions on passages that are gone")]


def compute(study: Study, _: Findings, work: Work) -> AlignmentSection:
    """Align the plans of both partners, apply the analyst's verdicts and count what was found."""
    assert study.matcher is not None
    left, right = plan_sides(study)
    found = align(left, right, study.matcher, rejected_pairs(study.verdicts, left, right))
    work.progress(0.9)
    reviewed = review(found, study.verdicts, left, right)
    links = link_table(reviewed.alignment)
    objects = object_links(study)
    every = pd.concat([links, _as_links(objects, study, links.columns)], ignore_index=True) if objects else links
    unmatched = _answered_in_part(unmatched_table(reviewed.alignment), links)
    return AlignmentSection(
        partners=study.partners,
        economy_names=study.economy_names,
        documents=bool(study.extracted),
        left=len({target.text for target in left}),
        right=len({target.text for target in right}),
        left_targets=len(left),
        right_targets=len(right),
        statements=_spoken(study),
        one_sided=_one_sided(study, objects),
        accepted=reviewed.alignment.counts["accepted"],
        relations=_counts(reviewed.alignment, "relation"),
        bands=_counts(reviewed.alignment, "band"),
        gaps=(_open_passages(unmatched, "left"), _open_passages(unmatched, "right")),
        models=tuple(found.models),
        measured=dict(study.matcher.measured),
        review=_review(found, reviewed),
        links=Table(LinkRow, every),
        objects=table(ObjectRow, [_object_row(link, study) for link in objects]),
        unmatched=Table(GapRow, unmatched),
        matrix=Table(MatrixRow, matrix(every)),
        stale_verdicts=table(StaleRow, _stale(reviewed)),
    )


def plan_sides(study: Study) -> tuple[list[Target], list[Target]]:
    """Return the targets of the first and of the second partner: those read from documents, else the curated ones."""
    targets = with_fields(study.extracted or study.targets, study.matcher)
    first, second = ([t for t in targets if t.partner == partner] for partner in study.partners[:2])
    return first, second


def object_links(study: Study) -> list[ObjectLink]:
    """Return the pairs of plan statements about one object, with the study's world as the witness of trade."""
    assert study.matcher is not None
    table = study.baseline.table
    trade = Trade(table.sectors, table.economies, table.flows.to_numpy(), table.year) if table else None
    names = {code: frozenset(study.economy_names.get(code, {}).values()) | {code} for code in study.partners}
    first, second = study.partners[:2]
    return link_objects(study.statements, (first, second), names, study.matcher, trade)


def _spoken(study: Study) -> tuple[int, int]:
    """Count the statements that count of each side; those of both stand on either."""
    current = [s for s in study.statements if s.standing is Standing.CURRENT]
    first, second = (sum(partner in s.partners for s in current) for partner in study.partners[:2])
    return first, second


def _one_sided(study: Study, objects: Sequence[ObjectLink]) -> tuple[int, int]:
    """Count the statements of each side that speak of no object the other side speaks of."""
    first, second = _spoken(study)
    return first - len({link.left.id for link in objects}), second - len({link.right.id for link in objects})


def _object_row(link: ObjectLink, study: Study) -> ObjectRow:
    sale = link.judgement.sale
    table = study.baseline.table
    ids = {link.left.id, link.right.id}
    levers = [
        name for name, asked in study.asked.items() if ids & {s for side in asked.statements.values() for s in side}
    ]
    cells = {
        f"{side}_{name}": value
        for side, s in (("left", link.left), ("right", link.right))
        for name, value in (
            ("object", s.object), ("role", str(s.role)), ("text", s.text), ("document", s.document.title),
            ("place", s.locator), ("read", str(s.status)), ("shared", len(s.partners) > 1),
        )
    }  # fmt: skip
    return ObjectRow(
        left=link.left.id,
        right=link.right.id,
        item=link.item,
        theme=link.left.theme,
        relation=str(link.judgement.relation),
        rule=link.judgement.rule,
        score=link.score,
        seller=sale.seller if sale else "",
        buyer=sale.buyer if sale else "",
        sold_usd_m=sale.value if sale else None,
        import_share_pct=100 * sale.share if sale else None,
        trade_year=table.year if sale and table else None,
        sectors=";".join(sale.sectors) if sale else "",
        levers=";".join(levers),
        **cells,  # type: ignore[arg-type]
    )


def _as_links(objects: Sequence[ObjectLink], study: Study, columns: pd.Index) -> pd.DataFrame:
    """Return pairs about one object as rows of the table of links."""
    assert study.matcher is not None
    rows = [
        {
            "left": link.left.id, "right": link.right.id, "tier": "object", "score": link.score,
            "relation": str(link.judgement.relation), "accepted": True, "reason": link.reason,
            "band": str(band_of(link.score, study.matcher.calibration)), "rule": link.judgement.rule, "verdict": "", "note": "",
            **{
                f"{side}_{name}": value
                for side, s in (("left", link.left), ("right", link.right))
                for name, value in (
                    ("detail", ""), ("text", s.text), ("lang", s.lang), ("file", s.document.title), ("page", s.locator),
                    ("theme", s.theme), ("partner", ";".join(s.partners)), ("digest", passage_digest(s.text)),
                    ("value", s.value), ("unit", s.unit), ("operator", s.operator),
                    ("year", "" if s.year_to is None else str(s.year_to)), ("direction", ""),
                )
            },
        }
        for link in objects
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def matrix(links: pd.DataFrame) -> pd.DataFrame:
    """Return the number of accepted links by theme and relation; the theme is the first partner's, else the second's."""
    accepted = links[links["accepted"]]
    themes = [a or b for a, b in zip(accepted["left_theme"], accepted["right_theme"], strict=True)]
    table = pd.crosstab(pd.Series(themes, name="theme", dtype=str), pd.Series(list(accepted["relation"]), dtype=str))
    table = table.reindex(columns=list(map(str, Relation)), fill_value=0)
    long = table.reset_index().melt("theme", var_name="relation", value_name="links")
    return long.sort_values(["theme", "relation"], ignore_index=True)


def _answered_in_part(unmatched: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Mark targets whose sentence holds another target that is linked: they are no gap for a reader of the sentence."""
    accepted = links[links["accepted"]]
    linked = {(side, text) for side in ("left", "right") for text in accepted[f"{side}_text"]}
    marks = [pair in linked for pair in zip(unmatched["side"], unmatched["text"], strict=True)]
    return unmatched.assign(answered_in_part=pd.Series(marks, index=unmatched.index, dtype=bool))


def _open_passages(unmatched: pd.DataFrame, side: str) -> int:
    """Count the different sentences of a side without any accepted link."""
    return int(unmatched.loc[(unmatched["side"] == side) & ~unmatched["answered_in_part"], "text"].nunique())


def _counts(alignment: Alignment, name: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for link in alignment.accepted:
        key = str(getattr(link, name))
        counts[key] = counts.get(key, 0) + 1
    return counts


def _review(machine: Alignment, reviewed: Reviewed) -> ReviewFacts:
    """Count what the analyst decided and how often that was what the machine had said."""
    before = {(link.left.id, link.right.id): link for link in machine.links}
    decided = [link for link in reviewed.alignment.links if link.verdict]
    proposed = [link for link in decided if (k := (link.left.id, link.right.id)) in before and before[k].proposed]
    return ReviewFacts(
        decided=len(decided),
        proposed=len(proposed),
        kept=sum(link.accepted for link in proposed),
        relation_kept=sum(
            link.accepted and link.relation == before[link.left.id, link.right.id].relation for link in proposed
        ),
        stale=len(reviewed.stale),
    )


def _stale(reviewed: Reviewed) -> list[StaleRow]:
    return [
        StaleRow(
            decision=str(v.decision),
            relation=str(v.relation or ""),
            note=v.note,
            left_text=v.left_text,
            right_text=v.right_text,
            left_digest=v.left_digest,
            right_digest=v.right_digest,
        )
        for v in reviewed.stale
    ]


def _applies(study: Study) -> bool:
    return study.matcher is not None and all(plan_sides(study))


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
        "baseline",
    ),
    applies=_applies,
    compute=compute,
)
