import math

from samples_alignment import target

from isthmus.alignment.evaluate import GoldPair, evaluate
from isthmus.alignment.judgement import Judgement, Relation
from isthmus.alignment.match import Band, Link


def link(left: str, right: str, score: float, relation: Relation = Relation.SAME, accepted: bool = False) -> Link:
    return Link(
        target(left, left), target(right, right), score, Judgement(relation, "same_subject"), accepted, Band.CHECK
    )


LINKS = [
    link("a", "A", 0.9, accepted=True),
    link("b", "C", 0.8, Relation.CONFLICT, accepted=True),
    link("b", "B", 0.7, Relation.RELATED),
    link("c", "C", 0.2, Relation.COMPLEMENT),
    link("d", "D", 0.9, accepted=True),
]
GOLD = [GoldPair("a", "A", "equivalent"), GoldPair("b", "B", "competing"), GoldPair("c", "C", "complementary")]


def test_shares_by_hand() -> None:
    found = evaluate(LINKS, GOLD)
    assert found.precision == 1 / 2, "a-A is right, b-C is wrong, d is outside gold"
    assert found.recall == 1 / 3
    assert found.top1 == 2 / 3
    assert found.top3 == 1
    assert found.agreement == 2 / 3
    assert found.confusion == {
        "equivalent": {"same": 1},
        "competing": {"related": 1},
        "complementary": {"complement": 1},
    }


def test_near_misses_are_no_links_to_be_found() -> None:
    found = evaluate(LINKS, [*GOLD, GoldPair("c", "A", "same_sector")])
    assert (found.links, found.labelled) == (3, 4)
    assert found.confusion["same_sector"] == {"not listed": 1}


def test_no_case_is_not_a_share() -> None:
    assert math.isnan(evaluate([], []).precision)
