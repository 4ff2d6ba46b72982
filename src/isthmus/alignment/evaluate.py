"""How often alignment is right: links and relations against a table that people made."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from isthmus.alignment.judgement import Relation
from isthmus.alignment.match import Link

GOLD_NAMES = {
    "convergent": Relation.SAME,
    "equivalent": Relation.SAME,
    "complementary": Relation.COMPLEMENT,
    "competing": Relation.CONFLICT,
    "opposite": Relation.CONFLICT,
    "opposite_or_countervailing": Relation.CONFLICT,
    "number_differs": Relation.RELATED,
    "same_sector": Relation.RELATED,
    **{str(relation): relation for relation in Relation},
}
"""Names of relations in gold tables."""

UNRELATED_GOLD = frozenset({"number_differs", "same_sector", "related"})
"""Gold relations of pairs that are not of one subject for certain: they say nothing about what should be accepted."""


@dataclass(frozen=True)
class GoldPair:
    """A labelled pair of statements; `label` as the table has it, "" where only the link is labelled."""

    left: str
    right: str
    label: str = ""

    @property
    def relation(self) -> Relation | None:
        """The relation the label stands for."""
        return GOLD_NAMES[self.label] if self.label else None


@dataclass(frozen=True)
class Evaluation:
    """Error rates of an alignment.

    Attributes
    ----------
    precision
        Share of accepted links that are gold links, among accepted links of statements that gold speaks of.
    recall
        Share of gold links that were accepted.
    top1, top3
        Share of left statements with a gold link whose best, or one of whose three best candidates is right.
    agreement
        Share of labelled pairs among the candidates whose relation is the gold one.
    links, labelled, unlinked
        Gold links, labelled pairs, and labelled pairs that are no gold links because their label says related only.
    confusion
        Number of labelled pairs by gold label and relation found ("not listed" where the pair is no candidate).
    """

    precision: float
    recall: float
    top1: float
    top3: float
    agreement: float
    links: int
    labelled: int
    unlinked: int = 0
    confusion: dict[str, dict[str, int]] = field(default_factory=dict)


NOT_LISTED = "not listed"


def evaluate(links: Sequence[Link], gold: Sequence[GoldPair]) -> Evaluation:
    """Compare links with gold pairs; a share without any case is NaN."""
    wanted = {(pair.left, pair.right) for pair in gold if pair.label not in UNRELATED_GOLD}
    lefts, rights = {a for a, _ in wanted}, {b for _, b in wanted}
    accepted = {(link.left.id, link.right.id) for link in links if link.accepted}
    judged = {(a, b) for a, b in accepted if a in lefts or b in rights}
    ranked = defaultdict[str, list[str]](list)
    for link in sorted(links, key=lambda link: -link.score):
        ranked[link.left.id].append(link.right.id)
    found = {(link.left.id, link.right.id): str(link.relation) for link in links}
    labelled = [pair for pair in gold if pair.relation is not None]
    confusion: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in labelled:
        confusion[pair.label][found.get((pair.left, pair.right), NOT_LISTED)] += 1
    listed = [pair for pair in labelled if (pair.left, pair.right) in found]
    return Evaluation(
        precision=_share(pair in wanted for pair in judged),
        recall=_share(pair in accepted for pair in wanted),
        top1=_share(any((a, b) in wanted for b in ranked[a][:1]) for a in lefts),
        top3=_share(any((a, b) in wanted for b in ranked[a][:3]) for a in lefts),
        agreement=_share(found[p.left, p.right] == p.relation for p in listed),
        links=len(wanted),
        labelled=len(labelled),
        unlinked=sum(pair.label in UNRELATED_GOLD for pair in gold),
        confusion={label: dict(row) for label, row in confusion.items()},
    )


def _share(cases: Iterable[bool]) -> float:
    listed = list(cases)
    return sum(listed) / len(listed) if listed else float("nan")
