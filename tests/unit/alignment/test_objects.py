"""Statements about one object: what is linked, what trade confirms, and what each role means for the other."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from isthmus.alignment.glossary import read_statement
from isthmus.alignment.items import link_objects
from isthmus.alignment.judgement import Relation
from isthmus.alignment.match import Matcher
from isthmus.alignment.objects import SIGNS, ObjectFacts, ObjectReading, object_score, object_signs, read_objects
from isthmus.alignment.roles import Trade, judge_roles
from isthmus.core.errors import BadInputError
from isthmus.plans.statement import DocumentKind, OfficialDocument, PlanStatement, Role, StatementKind
from isthmus.readers.alignment.matcher import load_matcher
from isthmus.readers.alignment.objects import read_object_facts

PARTNERS = ("AAA", "BBB")
NAMES = {"AAA": frozenset({"Aland"}), "BBB": frozenset({"Beland"})}
DOCUMENT = OfficialDocument("plan", PARTNERS, DocumentKind.PLAN, "A plan")
GAS = ObjectFacts(("B06",), "good")
LINK = ObjectFacts((), "link", crossing=True)
OFFERED = ObjectFacts((), "link")
SERVICE = ObjectFacts((), "service")
VISIT = ObjectFacts((), "visit")
PROCEDURE = ObjectFacts((), "procedure", crossing=True)
FIELD = ObjectFacts(("A01T03",), "good", wide=True)


def said(
    role: Role, text: str, *, partner: str, name: str = "gas", named: tuple[str, ...] = (), due: int | None = None
) -> PlanStatement:
    return PlanStatement(
        id=f"{partner}_{name}_{role}", partners=(partner,), kind=StatementKind.MEASURE, theme="energy", object=name, role=role,
        text=text, document=DOCUMENT, named_partner=named, year_to=due,
    )  # fmt: skip


def read(*statements: PlanStatement) -> list[ObjectReading]:
    """Return statements of AAA and BBB as the matcher reads them."""
    matcher = load_matcher("base")
    first = [NAMES["AAA" if s.partners == ("BBB",) else "BBB"] for s in statements]
    found = zip(statements, first, strict=True)
    return [read_objects([s], matcher.glossary, matcher.rules.known, other)[0] for s, other in found]


def lenient() -> Matcher:
    """Return a matcher for lists so short that no word in them is rare and no meaning stands out."""
    matcher = load_matcher("base")
    weights = {**matcher.rules.weights, "accept": 0.35, "accept_needs": 0.35, "accept_named": 0.35}
    return replace(matcher, rules=replace(matcher.rules, weights=weights))


def trade(sold: float, others: float) -> Trade:
    """AAA sells BBB `sold` of the imports `sold + others`; BBB sells AAA nothing; sales at home are large."""
    flows = np.zeros((2, 3, 3))
    flows[:, 0, 1], flows[:, 2, 1], flows[:, 2, 0] = sold, others, 10.0
    flows[:, [0, 1, 2], [0, 1, 2]] = 1e6
    return Trade(("B06", "A01T03"), ("AAA", "BBB", "CCC"), flows)


def judged(
    left: Role,
    right: Role,
    facts: ObjectFacts = GAS,
    *,
    share: float = 0.2,
    text: str = "It is so.",
    own: str = "It is so.",
) -> tuple[str, str]:
    """Judge what AAA and BBB do with an object: `own` is what AAA says, `text` what BBB says."""
    sides = read(said(left, own, partner="AAA"), said(right, text, partner="BBB"))
    found = judge_roles(sides[0], sides[1], PARTNERS, [facts], trade(share * 100, (1 - share) * 100))
    return str(found.relation), found.rule


@pytest.mark.parametrize(
    ("left", "right", "share", "relation", "rule"),
    [
        (Role.SUPPLIES, Role.NEEDS, 0.2, Relation.COMPLEMENT, "delivers_confirmed"),
        (Role.SUPPLIES, Role.NEEDS, 0.01, Relation.RELATED, "delivers_unconfirmed"),
        (Role.NEEDS, Role.SUPPLIES, 0.2, Relation.RELATED, "delivers_unconfirmed"),
        (Role.SUPPLIES, Role.REPLACES, 0.2, Relation.CONFLICT, "replaces_supply"),
        (Role.SUPPLIES, Role.REPLACES, 0.01, Relation.RELATED, "one_object"),
        (Role.SUPPLIES, Role.SUPPLIES, 0.2, Relation.RELATED, "one_object"),
        (Role.REPLACES, Role.REPLACES, 0.2, Relation.CONFLICT, "both_replace"),
        (Role.REPLACES, Role.REPLACES, 0.05, Relation.RELATED, "parallel"),
        (Role.SUPPLIES, Role.REPLACES, 0.05, Relation.RELATED, "one_object"),
        (Role.BUILDS, Role.REPLACES, 0.2, Relation.RELATED, "one_object"),
        (Role.BUILDS, Role.NEEDS, 0.2, Relation.RELATED, "one_object"),
        (Role.BUILDS, Role.BUILDS, 0.2, Relation.RELATED, "both_build"),
    ],
)
def test_roles_and_trade_decide_the_relation(
    left: Role, right: Role, share: float, relation: Relation, rule: str
) -> None:
    assert judged(left, right, share=share) == (relation, rule)


def test_what_the_other_side_makes_limits_or_stores_decides() -> None:
    sold = "Gas exports are to grow."
    assert judged(Role.SUPPLIES, Role.BUILDS, text="Gas output is to grow.", own=sold) == ("related", "own_output")
    for changed in ({"share": 0.05, "own": sold}, {"own": "Gas output is to grow."}):
        assert judged(Role.SUPPLIES, Role.BUILDS, text="Gas output is to grow.", **changed) == ("related", "one_object")
    assert judged(Role.SUPPLIES, Role.REGULATES, text="Gas use is to be limited.") == ("conflict", "limits_supply")
    assert judged(Role.SUPPLIES, Role.REGULATES, text="Gas use is to peak.") == ("conflict", "limits_supply")
    assert judged(Role.SUPPLIES, Role.BUILDS, text="A gas pipeline is built.") == ("complement", "builds_on_supply")
    assert judged(Role.SUPPLIES, Role.BUILDS, text="Underground gas storage is enlarged.") == ("related", "one_object")


def test_who_builds_up_what_it_mainly_sells_meets_who_replaces_it_and_who_tries_it_out_does_not() -> None:
    for own, rule in (
        ("The gas industry is scaled up.", "replaces_supply"),
        ("Gas engines are tried in real settings.", "one_object"),
        ("Gas output is to grow.", "one_object"),
    ):
        assert judged(Role.BUILDS, Role.REPLACES, own=own)[1] == rule
    assert judged(Role.BUILDS, Role.NEEDS, own="The gas industry is scaled up.")[0] == "complement"


@pytest.mark.parametrize(
    ("lang", "own", "other", "rule"),
    [
        ("en", "Gas exports are kept at 90 billion.", "Gas use is to peak.", "as_before"),
        ("en", "Gas exports are to rise from what they are kept at.", "Gas use is to peak.", "limits_supply"),
        ("ru", "Экспорт газа удерживается на уровне 90 млрд.", "Потребление газа ограничивается.", "as_before"),
        ("ru", "Экспорт газа растёт.", "Ограничения на газ остаются правилом.", "as_before"),
        ("zh", "天然气出口保持在900亿立方米。", "限制天然气消费。", "as_before"),
        ("zh", "天然气出口维持在900亿立方米。", "限制天然气消费。", "as_before"),
    ],
)
def test_what_is_only_kept_collides_with_nothing(lang: str, own: str, other: str, rule: str) -> None:
    sides = (said(Role.SUPPLIES, own, partner="AAA"), said(Role.REGULATES, other, partner="BBB"))
    found = judge_roles(*read(*(replace(s, lang=lang) for s in sides)), PARTNERS, [GAS], trade(20.0, 80.0))
    assert found.rule == rule


def test_output_alone_is_no_offer() -> None:
    made = "Gas output is to grow."
    assert judged(Role.SUPPLIES, Role.NEEDS, own=made, share=0.05) == ("related", "one_object")
    assert judged(Role.SUPPLIES, Role.NEEDS, own=made) == ("complement", "delivers_confirmed")
    assert judged(Role.SUPPLIES, Role.REGULATES, text="Gas use is to peak.", own=made) == ("related", "one_object")
    assert judged(Role.SUPPLIES, Role.NEEDS, own="Gas output and exports are to grow.", share=0.05)[0] == "complement"


def test_who_sells_abroad_or_takes_users_in_competes_and_who_only_makes_does_not() -> None:
    sold, made = "Gas exports are to grow.", "Gas output is to grow."
    assert judged(Role.SUPPLIES, Role.SUPPLIES, own=sold, text=sold) == ("conflict", "both_supply")
    assert judged(Role.SUPPLIES, Role.SUPPLIES, own=sold, text=made) == ("related", "one_object")
    assert judged(Role.SUPPLIES, Role.SUPPLIES, SERVICE) == ("conflict", "both_supply")


def test_hosts_of_guests_from_abroad_send_each_other_some() -> None:
    assert judged(Role.SUPPLIES, Role.SUPPLIES, VISIT) == ("related", "both_host")
    exchange = said(Role.COOPERATES, "Exchange of students is agreed.", partner="AAA", named=("Beland",))
    sides = read(exchange, said(Role.SUPPLIES, "Students are taken in.", partner="BBB"))
    assert judge_roles(*sides, PARTNERS, [VISIT], None).rule == "joint_offered"


def test_who_takes_users_in_from_elsewhere_does_not_compete() -> None:
    matcher = load_matcher("base")
    here = said(Role.SUPPLIES, "Students are taken in.", partner="AAA", name="students")
    there = said(Role.SUPPLIES, "Students are taken in.", partner="BBB", name="students", named=("A union of others",))
    (left,) = read_objects([here], matcher.glossary, matcher.rules.known)
    (right,) = read_objects([there], matcher.glossary, matcher.rules.known, frozenset({"Aland"}))
    assert judge_roles(left, right, PARTNERS, [SERVICE], None).rule == "one_object"
    assert judge_roles(left, left, PARTNERS, [SERVICE], None).rule == "both_supply"


def test_what_crosses_a_border_or_is_bought_counts_like_one_theme() -> None:
    matcher = load_matcher("base")

    def theme(first: Role, second: Role, name: str) -> float:
        left = said(first, f"The {name} is dealt with.", partner="AAA", name=name)
        right = replace(said(second, f"The {name} is dealt with.", partner="BBB", name=name), theme="trade")
        signs = object_signs(
            *([reading] for reading in read(left, right)), matcher.models, matcher.glossary, matcher.rules.known
        )
        return float(signs[0, 0, -1])

    assert theme(Role.BUILDS, Role.REGULATES, "transport corridors") == 1.0
    assert theme(Role.SUPPLIES, Role.NEEDS, "grain") == 1.0
    assert theme(Role.SUPPLIES, Role.BUILDS, "grain") == 0.0


def test_of_a_good_and_a_link_in_common_the_link_names_the_pair() -> None:
    matcher = lenient()
    sides = [
        said(Role.BUILDS, "A gas pipeline is built.", partner=partner, name="gas pipeline") for partner in PARTNERS
    ]
    others = [said(Role.BUILDS, "Dental care is to improve.", partner="BBB", name="dental care")]
    found = link_objects([*sides, *others], PARTNERS, NAMES, matcher)
    assert [link.item for link in found] == ["pipelines"]


def test_what_was_promised_to_the_partner_is_no_conflict() -> None:
    sold = said(Role.SUPPLIES, "Gas exports to Beland are agreed.", partner="AAA", named=("Beland",))
    for role, text, rule in (
        (Role.REPLACES, "It is so.", "one_object"), (Role.BUILDS, "Gas output is to grow.", "own_output"),
    ):  # fmt: skip
        sides = read(sold, said(role, text, partner="BBB"))
        assert judge_roles(*sides, PARTNERS, [GAS], trade(20.0, 80.0)).rule == rule


def test_dates_more_than_ten_years_apart_do_not_meet() -> None:
    peak = said(Role.REGULATES, "Gas use is to peak.", partner="BBB", due=2030)
    later = read(said(Role.SUPPLIES, "Gas is sold.", partner="AAA", due=2050), peak)
    assert judge_roles(*later, PARTNERS, [GAS], trade(20.0, 80.0)).rule == "apart_in_time"
    needed = said(Role.NEEDS, "Gas is needed.", partner="BBB", due=2030)
    for due, rule in ((2040, "delivers_confirmed"), (2041, "apart_in_time"), (None, "delivers_confirmed")):
        sides = read(said(Role.SUPPLIES, "Gas is sold.", partner="AAA", due=due), needed)
        assert judge_roles(*sides, PARTNERS, [GAS], trade(20.0, 80.0)).rule == rule


def test_a_whole_field_in_common_is_no_conflict_but_may_be_a_complement() -> None:
    assert judged(Role.SUPPLIES, Role.REPLACES, FIELD) == ("related", "one_object")
    assert judged(Role.REPLACES, Role.REPLACES, FIELD) == ("related", "one_object")
    assert judged(Role.SUPPLIES, Role.NEEDS, FIELD) == ("complement", "delivers_confirmed")


def test_what_two_sides_only_have_together_is_joint_unless_one_replaces_it() -> None:
    assert judged(Role.BUILDS, Role.REGULATES, LINK) == ("same", "one_link")
    assert judged(Role.BUILDS, Role.REPLACES, LINK) == ("related", "one_object")
    assert judged(Role.BUILDS, Role.REGULATES, OFFERED) == ("related", "one_object")
    assert judged(Role.BUILDS, Role.REGULATES, PROCEDURE) == ("related", "one_object")


def test_rules_of_the_border_that_each_side_sets_at_home_are_joint_only_where_one_names_the_other() -> None:
    for named, rule in (((), "one_object"), (("Aland",), "one_link")):
        sides = read(
            said(Role.REGULATES, "Clearance is renewed.", partner="AAA"),
            said(Role.REGULATES, "Customs are digital.", partner="BBB", named=named),
        )
        assert judge_roles(*sides, PARTNERS, [PROCEDURE], None).rule == rule


def test_a_link_that_one_side_only_mentions_is_not_joint() -> None:
    sides = read(said(Role.BUILDS, "It is so.", partner="AAA"), said(Role.BUILDS, "It is so.", partner="BBB"))
    assert judge_roles(*sides, PARTNERS, [LINK], None, named=False).rule == "both_build"


def test_a_route_around_the_other_takes_traffic_from_its_corridors() -> None:
    matcher = load_matcher("base")
    around = said(Role.COOPERATES, "It is so.", partner="AAA", name="trans-Caspian corridor", named=("A region",))
    own, theirs = (
        said(Role.BUILDS, "Cargo is to grow.", partner="BBB", name="transport corridors", named=named)
        for named in ((), ("A union of others",))
    )
    for other, right, rule in (("BBB", own, "route_around"), ("KAZ", own, "one_object"), ("BBB", theirs, "one_object")):
        (left,) = read_objects([around], matcher.glossary, matcher.rules.known, frozenset({other}))
        assert judge_roles(left, *read(right), PARTNERS, [LINK], None).rule == rule


def test_a_group_of_states_that_a_side_is_in_is_not_elsewhere() -> None:
    groups = load_matcher("base").rules.groups
    assert "EAEU" in groups["Kazakhstan"] & groups["Казахстан"]
    assert "EAEU" not in groups["Brazil"]
    code = said(Role.REGULATES, "Natural gas rules are changed.", partner="AAA", name="natural gas", named=("EAEU",))
    own = said(Role.COOPERATES, "Natural gas is to be checked.", partner="BBB", name="natural gas", named=("Aland",))
    others = [said(Role.BUILDS, "Dental care is to improve.", partner=p, name="dental care") for p in PARTNERS]
    for country, rule in (("Kazakhstan", "joint_offered"), ("Brazil", "one_object")):
        names = {"AAA": frozenset({"Aland", country}), "BBB": frozenset({"Beland"})}
        found = link_objects([code, own, *others], PARTNERS, names, lenient())
        assert {link.judgement.rule for link in found if link.item == "natural_gas"} == {rule}


def test_rules_of_a_group_without_the_other_are_no_joint_procedure() -> None:
    names = {"AAA": frozenset({"Aland"}), "BBB": frozenset({"Beland", "Kazakhstan"})}
    offered = said(Role.COOPERATES, "Customs work together.", partner="AAA", name="customs", named=("Beland",))
    others = [said(Role.BUILDS, "Dental care is to improve.", partner=p, name="dental care") for p in PARTNERS]
    for named, rule in ((("EAEU",), "one_object"), ((), "joint_offered")):
        code = said(Role.REGULATES, "The customs code is changed.", partner="BBB", name="customs", named=named)
        found = link_objects([offered, code, *others], PARTNERS, names, lenient())
        assert [link.judgement.rule for link in found if link.item == "customs"] == [rule]


@pytest.mark.parametrize(
    ("named", "rule"), [(("A union of others",), "both_build"), (("Beland",), "one_link"), (("Asia",), "one_link")]
)
def test_a_corridor_elsewhere_is_not_joint(named: tuple[str, ...], rule: str) -> None:
    matcher = load_matcher("base")
    around = said(Role.BUILDS, "Corridors are built.", partner="AAA", name="corridor", named=named)
    (left,) = read_objects([around], matcher.glossary, matcher.rules.known, frozenset({"Beland"}), frozenset({"Asia"}))
    (right,) = read(said(Role.BUILDS, "Corridors are built.", partner="BBB", name="corridor"))
    assert judge_roles(left, right, PARTNERS, [LINK], None).rule == rule


@pytest.mark.parametrize(
    ("facts", "role", "named", "rule"),
    [
        (GAS, Role.REGULATES, (), "joint_offered"),
        (GAS, Role.COOPERATES, ("Aland",), "joint_named"),
        (GAS, Role.NEEDS, (), "one_object"),
        (GAS, Role.NEEDS, ("Aland",), "joint_named"),
        (GAS, Role.SUPPLIES, ("Aland",), "one_object"),
        (OFFERED, Role.SUPPLIES, ("Aland",), "joint_named"),
        (PROCEDURE, Role.BUILDS, (), "one_object"),
        (PROCEDURE, Role.REGULATES, (), "joint_offered"),
        (GAS, Role.BUILDS, (), "one_object"),
        (GAS, Role.REPLACES, (), "one_object"),
        (GAS, Role.REGULATES, ("A union of others",), "one_object"),
        (OFFERED, Role.BUILDS, (), "joint_offered"),
        (OFFERED, Role.REPLACES, (), "one_object"),
    ],
)
def test_cooperation_is_joint_with_who_shares_the_object_or_promised_it_and_speaks_of_nobody_else(
    facts: ObjectFacts, role: Role, named: tuple[str, ...], rule: str
) -> None:
    offered = said(Role.COOPERATES, "Gas is to be checked together.", partner="AAA", named=("Beland",))
    sides = read(offered, said(role, "Gas is at stake.", partner="BBB", named=named))
    assert judge_roles(*sides, PARTNERS, [facts], trade(1.0, 99.0)).rule == rule


def test_what_both_signed_to_supply_answers_a_need_without_trade_and_makes_no_output_joint() -> None:
    both = replace(said(Role.COOPERATES, "Mutual supply of gas is agreed.", partner="AAA"), partners=PARTNERS)
    for role, rule in (
        (Role.NEEDS, "delivers_agreed"),
        (Role.REPLACES, "replaces_agreed"),
        (Role.BUILDS, "one_object"),
    ):
        sides = read(both, said(role, "Gas is at stake.", partner="BBB"))
        assert judge_roles(*sides, PARTNERS, [GAS], trade(1.0, 99.0)).rule == rule
    work = replace(both, text="Cooperation in gas is agreed.")
    promised = said(Role.SUPPLIES, "Gas goes to Aland.", partner="BBB", named=("Aland",))
    assert judge_roles(*read(work, promised), PARTNERS, [GAS], None).rule == "delivers_agreed"
    assert (
        judge_roles(*read(work, said(Role.NEEDS, "Gas is at stake.", partner="BBB")), PARTNERS, [GAS], None).rule
        == "joint_signed"
    )


@pytest.mark.parametrize(
    ("named", "linked"),
    [(("Africa",), False), (("Азия",), True), (("Africa", "Asia"), True), (("Kenya",), False), ((), True)],
)
def test_what_is_sold_to_another_continent_answers_no_need_of_the_partner(named: tuple[str, ...], linked: bool) -> None:
    sold = said(Role.SUPPLIES, "Gas exports are to grow.", partner="AAA", name="natural gas exports", named=named)
    others = [
        said(role, text, partner="BBB", name=name)
        for role, text, name in (
            (Role.NEEDS, "Gas storage is to be filled.", "natural gas imports"),
            (Role.BUILDS, "Dental care is to improve.", "dental care"),
        )
    ]
    names = {"AAA": frozenset({"Aland"}), "BBB": frozenset({"China"})}
    assert bool(link_objects([sold, *others], PARTNERS, names, lenient(), trade(10.0, 90.0))) is linked


def test_a_bonded_zone_is_no_border_procedure_and_a_corridor_around_the_other_is_its_own() -> None:
    glossary = load_matcher("base").glossary
    zone, around = (
        read_statement(text, "en", glossary).objects
        for text in ("bonded zones", "the trans-Caspian transport corridor")
    )
    assert not any(glossary.akin(key, "customs") for key in zone)
    assert zone
    assert around == {"trans_caspian_corridor"}
    assert glossary.akin("trans_caspian_corridor", "corridors")


def test_links_are_many_to_many_and_leave_out_what_speaks_to_others() -> None:
    left = [said(Role.SUPPLIES, "Gas exports are to grow.", partner="AAA", name="natural gas exports")]
    right = [
        said(Role.REPLACES, "Gas output is to grow.", partner="BBB", name="natural gas output"),
        said(Role.BUILDS, "Gas storage is to be enlarged.", partner="BBB", name="natural gas storage"),
        said(Role.NEEDS, "Gas is bought from France.", partner="BBB", name="natural gas imports", named=("France",)),
        said(Role.BUILDS, "Dental care is to improve.", partner="BBB", name="dental care"),
    ]
    found = link_objects([*left, *right], PARTNERS, NAMES, lenient(), trade(20.0, 80.0))
    assert {link.right.object for link in found} == {"natural gas output", "natural gas storage"}
    assert all(link.item == "natural_gas" and link.judgement.sale is not None for link in found)
    assert all(link.judgement.sale and link.judgement.sale.share == pytest.approx(0.2) for link in found)


def test_two_statements_that_name_each_other_need_a_lower_score() -> None:
    matcher = lenient()
    weights = {**matcher.rules.weights, "accept": 2.0, "accept_needs": 2.0}
    strict = replace(matcher, rules=replace(matcher.rules, weights=weights))
    sold = said(Role.BUILDS, "Gas output is to grow.", partner="AAA", name="natural gas", named=("Beland",))
    for named, linked in ((("Aland",), True), ((), False)):
        others = [
            said(Role.BUILDS, "Gas is to be stored.", partner="BBB", name="natural gas", named=named),
            said(Role.BUILDS, "Dental care is to improve.", partner="BBB", name="dental care"),
        ]
        found = link_objects([sold, *others], PARTNERS, NAMES, strict)
        assert [link.bilateral for link in found] == ([True] if linked else [])


def test_a_statement_of_both_meets_each_sides_own_only() -> None:
    both = PlanStatement(
        id="both", partners=PARTNERS, kind=StatementKind.MEASURE, theme="energy", object="natural gas", role=Role.COOPERATES,
        text="Both cooperate in natural gas.", document=DOCUMENT,
    )  # fmt: skip
    own = said(Role.REGULATES, "Natural gas is to be developed.", partner="BBB", name="natural gas")
    others = [
        said(Role.BUILDS, f"{name} is to improve.", partner=partner, name=name)
        for partner, name in (("AAA", "dental care"), ("BBB", "choral singing"))
    ]
    found = link_objects([both, own, *others], PARTNERS, NAMES, lenient())
    assert [(link.left.id, link.right.id, link.judgement.rule) for link in found] == [("both", own.id, "joint_signed")]


def test_facts_of_objects_name_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "objects.csv"
    path.write_text(
        "object,name_en,name_ru,name_zh,sectors,kind,breadth,head,crossing,through\nunicorn,,,,B06,good,narrow,false,false,\n",
        encoding="utf-8",
    )
    with pytest.raises(BadInputError, match="unicorn"):
        read_object_facts(["coal"], path)
    assert read_object_facts(["unicorn"], path)["unicorn"] == GAS


def test_the_score_of_a_pair_is_the_logistic_of_its_weighted_signs() -> None:
    weights = dict(zip(SIGNS, (1.0, 2.5, 1.7, 3.0, 0.6), strict=True)) | {"intercept": -4.3}
    signs = np.array([[[1.0, 0.5, 0.0, 1.0, 1.0], [0.2, -0.4, 0.0, 0.0, 0.0]]], dtype=np.float32)
    # The sums of the two pairs are 1.0 + 1.25 + 3.0 + 0.6 - 4.3 = 1.55 and 0.2 - 1.0 - 4.3 = -5.1.
    assert object_score(signs, weights) == pytest.approx(np.array([[0.824914, 0.006060]]), abs=1e-6)


def test_the_labelled_pairs_are_whole() -> None:
    path = Path(__file__).parents[2] / "data" / "alignment_objects" / "pairs.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == len({(row["left"], row["right"]) for row in rows}) >= 120
    assert all((row["relation"] in set(Relation)) == (row["same_object"] == "1") for row in rows)
