"""Tables of where the plans meet: what each column means."""

from dataclasses import dataclass
from typing import Annotated

from isthmus.study.columns import Pair
from isthmus.study.section import key, measure, note


@dataclass(frozen=True)
class LinkRow:
    """A pair of statements of both plans."""

    pair: Pair
    left: Annotated[str, key("id of the first partner's target")]
    right: Annotated[str, key("id of the second partner's target")]
    score: Annotated[float, measure("1", "probability that both mean the same, 0 to 1")]
    relation: Annotated[str, note("same, complement, conflict or related")]
    accepted: Annotated[bool, note("whether the pair is linked")]
    reason: Annotated[str, note("why, in English")]
    tier: Annotated[
        str,
        note(
            "subject (one aim, one to one) or object (rows that join it, and statements about one thing; many to many)"
        ),
    ]
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

    pair: Pair
    left: Annotated[str, key("id of the first partner's statement")]
    right: Annotated[str, key("id of the second partner's statement")]
    item: Annotated[str, note("object in common, empty where only the words are alike")]
    theme: Annotated[str, note("theme of the first partner's statement")]
    relation: Annotated[str, note("same (joint), complement, conflict or related")]
    rule: Annotated[str, note("rule that decided the relation")]
    score: Annotated[float, measure("1", "probability that both are about one object, 0 to 1")]
    bilateral: Annotated[bool, note("whether one of them names the other partner, or both partners signed one")]
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
    left_kind: Annotated[
        str, note("kind of document: plan, programme, bilateral, official statement, regional or other")
    ]
    left_date: Annotated[str, note("when that was published")]
    left_number: Annotated[bool, note("whether the first statement gives a number")]
    left_place: Annotated[str, note("place in it")]
    left_due: Annotated[int | None, measure("year", "when the first statement is due")]
    left_read: Annotated[
        str, note("verified, quoted (a secondary source) or unverified (also what a program read and nobody reviewed)")
    ]
    left_shared: Annotated[bool, note("whether both partners signed it")]
    right_object: Annotated[str, note("object of the second statement")]
    right_role: Annotated[str, note("what the second partner does with it")]
    right_text: Annotated[str, note("the second statement in our own words")]
    right_document: Annotated[str, note("document it comes from")]
    right_kind: Annotated[
        str, note("kind of document: plan, programme, bilateral, official statement, regional or other")
    ]
    right_date: Annotated[str, note("when that was published")]
    right_number: Annotated[bool, note("whether the second statement gives a number")]
    right_place: Annotated[str, note("place in it")]
    right_due: Annotated[int | None, measure("year", "when the second statement is due")]
    right_read: Annotated[
        str, note("verified, quoted (a secondary source) or unverified (also what a program read and nobody reviewed)")
    ]
    right_shared: Annotated[bool, note("whether both partners signed it")]
    levers: Annotated[str, note("measures of the model that carry out one of the statements, with ;")]


@dataclass(frozen=True)
class GapRow:
    """A target that no target of the other side is linked to."""

    pair: Pair
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
    answered_in_part: Annotated[
        bool, note("whether another target of its sentence is linked, or its object stands among those to talk about")
    ]
    answered_by: Annotated[str, note("partners outside the pair whose plan answers it, with ;")]


@dataclass(frozen=True)
class MatrixRow:
    """Accepted links of one theme and relation, without statements about one object that are no more than related."""

    pair: Pair
    theme: Annotated[str, key("theme of the first partner's target, else of the second's")]
    relation: Annotated[str, key("same, complement, conflict or related")]
    links: Annotated[int, measure("links", "number of accepted links")]


@dataclass(frozen=True)
class AlignedPairRow:
    """What was compared between two partners and what was found."""

    pair: Pair
    left: Annotated[str, note("first partner")]
    right: Annotated[str, note("second partner")]
    left_statements: Annotated[int, measure("statements", "different statements of the first partner")]
    right_statements: Annotated[int, measure("statements", "different statements of the second partner")]
    left_targets: Annotated[int, measure("targets", "targets of the first partner")]
    right_targets: Annotated[int, measure("targets", "targets of the second partner")]
    left_spoken: Annotated[int, measure("statements", "plan statements of the first partner compared by object")]
    right_spoken: Annotated[int, measure("statements", "plan statements of the second partner compared by object")]
    left_one_sided: Annotated[int, measure("statements", "of them, about an object the second one does not speak of")]
    right_one_sided: Annotated[int, measure("statements", "of them, about an object the first one does not speak of")]
    left_gaps: Annotated[int, measure("statements", "different statements of the first partner without a link")]
    right_gaps: Annotated[int, measure("statements", "different statements of the second partner without a link")]
    accepted: Annotated[int, measure("links", "accepted links of one subject")]
    same: Annotated[int, measure("links", "of them, the same")]
    complement: Annotated[int, measure("links", "of them, complements")]
    conflict: Annotated[int, measure("links", "of them, conflicts")]
    related: Annotated[int, measure("links", "of them, related")]
    confident: Annotated[int, measure("links", "of them, confident")]
    check: Annotated[int, measure("links", "of them, to be checked")]
    weak: Annotated[int, measure("links", "of them, weak")]
    objects: Annotated[int, measure("pairs", "pairs of plan statements about one object")]


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
