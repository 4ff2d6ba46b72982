from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.core.provenance import Grade, Parameter, Status
from isthmus.levers.degree import effective_degree
from isthmus.levers.lever import Channel, Effect, Lever
from isthmus.levers.support import BOTH, NONE, ONE, Support, degree_entries, degree_name, held, terms
from isthmus.levers.worlds import AGREED, SINGLE, SINGLES, UNAGREED, agreed, only, plan_worlds, unagreed
from isthmus.plans.statement import DocumentKind, OfficialDocument, PlanStatement, Role, Standing, StatementKind

PARTNERS = ("AAA", "BBB")
WEDGE = Effect(Channel.WEDGE, {"overhead": "o", "removed": "s"}, exporter=("AAA",), importer=("BBB",))
SKILL = Effect(Channel.HUMAN_CAPITAL, {"target": "t", "additional": "a"}, economy=("AAA",))
GATE = Lever(
    "gate", {}, "trade", "joint", PARTNERS, {}, (WEDGE, SKILL), 2025, 2026, 2030,
    alone={"AAA": "alone_a", "BBB": "alone_b"}, lag="lag",
)  # fmt: skip
SCHOOL = Lever("school", {}, "skills", "AAA", ("AAA",), {}, (SKILL,), 2025, 2026, 2030)
A = Support(
    lever="gate", partner="AAA", statement="a1", strength="states", degree=(0.5, 0.8, 1.0), assumed=False, year=2027
)
B = Support(lever="gate", partner="BBB", statement="b1", strength="implies", degree=(0.1, 0.3, 0.6), year=2028)
NUMBERS = {"alone_a": 0.5, "alone_b": 0.4, "lag": 2.0}


def values(asked):
    return NUMBERS | {name: entry.value for name, entry in degree_entries((GATE, SCHOOL), asked).items()}


def asked_of(*supports):
    return {lever.id: terms(lever, supports) for lever in (GATE, SCHOOL)}


def test_a_single_lever_is_carried_out_as_far_as_its_plan_asks_for():
    said = Support(lever="school", partner="AAA", statement="a3", strength="states", degree=(0.8, 0.9, 1.0))
    asked = asked_of(said)
    worlds = {world.name: world for world in plan_worlds((SCHOOL,), PARTNERS, values(asked), asked)}
    assert worlds[SINGLE + "AAA"].degree(SCHOOL) == 0.9
    assert worlds[SINGLE + "BBB"].degree(SCHOOL) == 0.0
    unread = {world.name: world for world in plan_worlds((SCHOOL,), PARTNERS, {}, {})}
    assert unread[SINGLE + "AAA"].degree(SCHOOL) == 1.0


def test_support_counts_the_sides_whose_plans_speak():
    assert terms(GATE, (A, B)).support == BOTH
    assert terms(GATE, (A,)).support == ONE
    assert terms(GATE, ()).support == NONE
    assert terms(GATE, (replace(A, lever="other"), replace(B, partner="CCC"))).support == NONE
    assert terms(GATE, (A, B)).assumed == ("BBB",)


def test_a_degree_from_elsewhere_keeps_its_source_and_grade():
    kind = Parameter("named", "named", "share", 0.7, 0.5, 0.9, "a count", Status.QUOTED, grade=Grade.EXPERT, note="n")
    taken = replace(B, degree=(0.5, 0.7, 0.9), assumed=False, evidence=kind)
    asked = asked_of(A, taken)
    assert asked["gate"].assumed == ()
    assert asked["gate"].evidence == {"BBB": kind}
    own, other = (degree_entries((GATE,), {"gate": asked["gate"]})[degree_name("gate", p)] for p in PARTNERS)
    assert (own.status, own.grade, own.source) == ("quoted", None, "statements a1")
    assert (other.status, other.grade, other.note) == ("quoted", "expert", "n")
    assert other.source == "statements b1; a count"
    assert (own.together, other.together) == ("", "degree of named"), "statements of one kind go as far as each other"


def test_the_grade_is_that_of_the_statement_that_counts():
    """A weaker statement with a number does not lend its certainty to a stronger one that has none."""
    louder = replace(A, statement="a2", degree=(0.6, 0.9, 1.0), assumed=True)
    assert terms(GATE, (A, louder)).assumed == ("AAA", "BBB")
    assert terms(GATE, (A, replace(louder, degree=(0.1, 0.2, 0.3)))).assumed == ("BBB",)


def test_of_three_parties_all_must_speak_and_other_partners_do_not_count():
    three = replace(GATE, partners=("AAA", "BBB", "CCC"), alone=dict.fromkeys(("AAA", "BBB", "CCC"), "alone_a"))
    c = replace(B, partner="CCC", statement="c1", degree=(0.1, 0.2, 0.6), year=2029)
    assert terms(three, (A, B, c)).support == BOTH
    assert terms(three, (A, B)).support == terms(three, (A,)).support == ONE
    assert terms(three, ()).support == NONE
    assert terms(GATE, (A, B, c)).support == BOTH, "the third partner is no party of this measure"
    assert "CCC" not in terms(GATE, (A, B, c)).degrees
    asked = {"gate": terms(three, (A, c))}
    said = {
        "alone_a": 0.5,
        "lag": 2.0,
        **{name: entry.value for name, entry in degree_entries((three,), asked).items()},
    }
    degrees, starts = agreed(three, said, asked)
    assert degrees == dict.fromkeys(three.partners, 0.2), "the silent party follows the others to the least degree"
    assert starts == dict.fromkeys(three.partners, 2029.0)


def test_the_strongest_statement_and_the_earliest_date_of_a_side_count():
    weak = replace(A, statement="a2", degree=(0.1, 0.3, 0.9), year=2029)
    found = terms(GATE, (weak, A))
    assert found.degrees == {"AAA": (0.5, 0.8, 1.0)}
    assert found.starts == {"AAA": 2027}
    assert found.statements == {"AAA": ("a2", "a1")}


def test_an_agreement_takes_the_lesser_degree_and_the_later_date():
    asked = asked_of(A, B)
    degrees, starts = agreed(GATE, values(asked), asked)
    assert degrees == {"AAA": 0.3, "BBB": 0.3}
    assert starts == {"AAA": 2028.0, "BBB": 2028.0}
    alone, later = unagreed(GATE, values(asked), asked)
    assert alone == {"AAA": pytest.approx(0.4), "BBB": pytest.approx(0.12)}
    assert later == {"AAA": 2030.0, "BBB": 2030.0}


def test_a_side_that_says_nothing_follows_the_other():
    asked = asked_of(A)
    degrees, _ = agreed(GATE, values(asked), asked)
    assert degrees == {"AAA": 0.8, "BBB": 0.8}


@given(st.floats(0, 1), st.floats(0, 1))
def test_no_side_is_held_to_more_than_the_least_that_a_plan_asks_for(a, b):
    asked = asked_of(replace(A, degree=(a, a, a)), replace(B, degree=(b, b, b)))
    numbers = values(asked)
    together, apart = agreed(GATE, numbers, asked), unagreed(GATE, numbers, asked)
    assert effective_degree(GATE, *together) == min(a, b)
    assert effective_degree(GATE, *apart) <= effective_degree(GATE, *together)


def statement(name, *sides, kind=DocumentKind.PLAN, standing=Standing.CURRENT):
    document = OfficialDocument("d", sides, kind, "title")
    return PlanStatement(
        name, sides, StatementKind.MEASURE, "trade", "gates", Role.BUILDS, "text", document, standing=standing
    )


def test_only_current_statements_of_the_sides_own_plan_carry_a_measure():
    assert held((A, B), (statement("a1", "AAA"), statement("b1", "AAA"))) == ((A,), 1)
    assert held((A, B), (statement("b1", "BBB", kind=DocumentKind.PROGRAMME),)) == ((B,), 1)
    assert held((A,), (statement("a1", "AAA", standing=Standing.SUPERSEDED),)) == ((), 1)
    assert held((A, B), (statement("a1", "AAA", "BBB", kind=DocumentKind.BILATERAL),)) == ((), 2)


def test_worlds_add_one_kind_after_the_other():
    asked = asked_of(A, B)
    worlds = {world.name: world for world in plan_worlds((SCHOOL, GATE), PARTNERS, values(asked), asked)}
    names = [SINGLE + "AAA", SINGLE + "BBB", SINGLES]
    assert list(worlds) == names + [kind + support for kind in (UNAGREED, AGREED) for support in (BOTH, ONE, NONE)]
    assert [worlds[name].degree(SCHOOL) for name in names] == [0.0, 0.0, 0.0]  # the plan says nothing of it
    assert [worlds[name].degree(GATE) for name in names] == [0.0, 0.0, 0.0]
    assert worlds[UNAGREED + BOTH].degree(GATE) == pytest.approx(0.12)
    assert worlds[AGREED + BOTH].degree(GATE) == 0.3
    one_less = asked_of(A)
    worlds = {world.name: world for world in plan_worlds((SCHOOL, GATE), PARTNERS, values(one_less), one_less)}
    assert worlds[AGREED + BOTH].degree(GATE) == pytest.approx(0.32)  # still at its own pace: not agreed by both plans
    assert worlds[UNAGREED + BOTH].degree(GATE) == 0.0
    assert worlds[AGREED + ONE].degree(GATE) == 0.8


def test_degrees_of_many_draws_at_once():
    asked = asked_of(A, B)
    many = values(asked) | {
        degree_name("gate", "AAA"): np.array([0.2, 0.9]),
        degree_name("gate", "BBB"): np.array([0.5, 0.5]),
    }
    world = plan_worlds((GATE,), PARTNERS, many, asked)[-1]
    assert world.degree(GATE) == pytest.approx([0.2, 0.5])
    assert world.degree(GATE, 2028) == pytest.approx([0.04, 0.1])


def test_levers_with_the_effects_of_one_branch():
    assert [len(lever.effects) for lever in only((GATE, SCHOOL), "border")] == [1, 0]
    assert [len(lever.effects) for lever in only((GATE, SCHOOL), "technology")] == [1, 1]
