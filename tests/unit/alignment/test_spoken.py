"""Rows of plans as plan statements: what they speak of, what their side does with it, whom they name."""

from dataclasses import replace

import numpy as np
import pytest

from isthmus.alignment.items import link_objects
from isthmus.alignment.roles import Trade
from isthmus.alignment.spoken import SIDES, Speech, named_in, partners_of, row_links, spoken, with_objects
from isthmus.core.provenance import Status
from isthmus.plans.plan import Kind, Target
from isthmus.plans.statement import Checked, Role, StatementKind
from isthmus.readers.alignment.glossary import read_glossary
from isthmus.readers.alignment.matcher import link_rows, load_matcher
from isthmus.readers.alignment.objects import read_object_rules

GLOSSARY = read_glossary()
SPEECH = Speech(GLOSSARY, read_object_rules(GLOSSARY.objects), {"AAA": frozenset({"Norway", "Норвегия", "挪威"})})


def row(
    text: str, lang: str = "en", *, indicator: str = "", value: float | None = None, partner: str = "AAA"
) -> Target:
    kind = Kind.QUALITATIVE if value is None else Kind.LEVEL
    return Target("r1", partner, text, lang, indicator or text, kind, value=value)


@pytest.mark.parametrize(
    ("text", "lang", "role"),
    [
        ("Exports of grain will grow to 50 million tonnes.", "en", Role.SUPPLIES),
        ("Coal is supplied to India: supplies will rise.", "en", Role.SUPPLIES),
        ("More soybeans are to be imported.", "en", Role.NEEDS),
        ("Imports of soybeans are to be reduced.", "en", Role.REPLACES),
        ("The share of imports of soybeans will be 5 %.", "en", Role.REPLACES),
        ("Coal supplies of the cities will improve.", "en", Role.BUILDS),
        ("Robots are to be developed jointly by universities and firms.", "en", Role.COOPERATES),
        ("Machine tools are to be made at home instead of bought.", "en", Role.REPLACES),
        ("Robots are to be developed with Japan.", "en", Role.COOPERATES),
        ("Legislation on drones will be passed.", "en", Role.REGULATES),
        ("New grain terminals will be built.", "en", Role.BUILDS),
        ("The development of robots is an important task.", "en", Role.BUILDS),
        ("Увеличение экспорта зерна", "ru", Role.SUPPLIES),
        ("Снижение импорта станков", "ru", Role.REPLACES),
        ("Сотрудничество с Индией в создании самолетов", "ru", Role.COOPERATES),
        ("扩大大豆进口", "zh", Role.NEEDS),
        ("推进机床国产替代", "zh", Role.REPLACES),
        ("与印度共建机器人实验室", "zh", Role.COOPERATES),
        ("建设一批粮食仓库", "zh", Role.BUILDS),
    ],
)
def test_a_row_says_what_its_side_does_with_the_object(text: str, lang: str, role: Role) -> None:
    (told,) = with_objects([row(text, lang)], SPEECH)
    assert told.objects
    assert told.role == role


def test_what_a_table_says_stays_and_rows_without_an_object_have_no_role() -> None:
    set_by_hand = Target(
        "r1", "AAA", "Grain is exported.", "en", "grain", Kind.QUALITATIVE, objects="meat", role="needs"
    )
    assert with_objects([set_by_hand], SPEECH) == [set_by_hand]
    (silent,) = with_objects([row("Everything will be better.")], SPEECH)
    assert (silent.objects, silent.role) == ("", "")


def test_a_side_does_not_name_itself() -> None:
    (own,) = with_objects([row("Norway will develop robots.")], SPEECH)
    (others,) = with_objects([row("Sweden will develop robots.")], SPEECH)
    assert (own.role, others.role) == (Role.BUILDS, Role.COOPERATES)
    south = Speech(SPEECH.glossary, SPEECH.rules, {"AAA": frozenset({"South Africa"})})
    assert south.named(row("South Africa will develop robots.")) == ()


def test_a_document_without_a_partner_is_that_of_the_country_it_names_most() -> None:
    texts = ["Kenya will develop robots.", "Kenya will grow more maize.", "Robots are to be developed with Japan."]
    told = with_objects([row(text, partner="") for text in texts], SPEECH)
    assert [target.role for target in told] == [Role.BUILDS, Role.BUILDS, Role.COOPERATES]


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("вместе с Индией и Китаем", "ru", ("Индия", "Китай")),
        ("индивидуальный план", "ru", ()),
        ("Китайгородский квартал", "ru", ()),
        ("Малый бизнес", "ru", ()),
        ("в Саудовской Аравии", "ru", ("Саудовская Аравия",)),
        ("the road from Nigeria to Niger", "en", ("Niger", "Nigeria")),
        ("the china cabinet", "en", ()),
        ("与印度合作", "zh", ("印度",)),
    ],
)
def test_names_are_found_inflected_and_not_inside_other_words(text: str, lang: str, names: tuple[str, ...]) -> None:
    known = frozenset({"Мали", "Индия", "Китай", "Саудовская Аравия", "Niger", "Nigeria", "China", "印度"})
    assert named_in(text, lang, known) == names


def test_each_clause_speaks_of_its_own_object_and_of_none_where_it_lists_many() -> None:
    text = "Grain exports will grow, robots will be made at home and new legislation on drones will be passed."
    found = spoken([row(text)], SPEECH)
    assert [(s.id, s.role) for s in found] == [("r1/grain", Role.SUPPLIES), ("r1/drones", Role.REPLACES)]
    assert {s.text for s in found} == {text}
    assert spoken([row("We will export grain coal steel copper and chips.")], SPEECH) == []
    assert spoken([row("Agriculture will be modernised.")], SPEECH) == [], "a whole field"


def test_a_number_speaks_of_its_indicator_and_a_passage_speaks_once() -> None:
    text = "Exports of grain will reach 50 million tonnes in 2030 and 60 million in 2035."
    rows = [row(text, indicator="Exports of grain", value=value) for value in (5e7, 6e7)]
    (said,) = spoken(rows, SPEECH)
    assert (said.kind, said.role, said.object, said.value) == (
        StatementKind.TARGET,
        Role.SUPPLIES,
        "Exports of grain",
        5e7,
    )


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("International transport corridors will be developed.", True),
        ("The transport corridor through the old town will be improved.", False),
        ("Grain of the northern regions.", False),
        ("Sweden will build more robots.", False),
        ("Nigerian firms will build more robots.", False),
        ("Indoor robots will be built.", True),
        ("Индивидуальные роботы будут созданы.", True),
        ("Малый выпуск роботов будет расширен.", True),
        ("Индия будет выпускать роботов.", False),
        ("Азербайджанские заводы будут выпускать роботов.", False),
        ("The visa rules of tourism will be eased.", True),
    ],
)
def test_who_speaks_of_a_link_looks_abroad_has_a_verb_and_is_the_side_itself(text: str, speaks: bool) -> None:
    lang = "en" if text.isascii() else "ru"
    assert bool(spoken([row(text, lang)], SPEECH)) == speaks


def test_who_attracts_guests_supplies_and_who_attracts_money_needs_and_a_role_set_by_hand_stays() -> None:
    roles = [
        s.role
        for text in ("We will attract tourists.", "We will attract foreign direct investment.")
        for s in spoken([row(text)], SPEECH)
    ]
    assert roles == [Role.SUPPLIES, Role.NEEDS]
    by_hand = [Target(**{**vars(row("More drones will be built.")), "role": role}) for role in ("builds", "needs")]
    assert [s.role for one in by_hand for s in spoken([one], SPEECH)] == [Role.BUILDS, Role.NEEDS]


def test_a_passage_is_verified_only_where_somebody_verified_it() -> None:
    told = {
        (status, read): (said.status, said.checked)
        for status in (Status.QUOTED, Status.VERIFIED)
        for read in (True, False)
        for said in spoken([replace(row("More drones will be built."), status=status)], SPEECH, from_documents=read)
    }
    assert told == {
        (Status.QUOTED, True): (Status.UNVERIFIED, Checked.PRIMARY),
        (Status.QUOTED, False): (Status.QUOTED, Checked.SECONDARY),
        (Status.VERIFIED, True): (Status.VERIFIED, Checked.PRIMARY),
        (Status.VERIFIED, False): (Status.VERIFIED, Checked.SECONDARY),
    }


def test_a_link_is_built_or_shared_and_not_sold() -> None:
    (said,) = spoken([row("International transport corridors for exports will be developed.")], SPEECH)
    assert said.role is Role.BUILDS


def test_of_a_long_passage_the_clauses_around_are_shown() -> None:
    filler = "something else will be done as well, "
    text = filler * 8 + "grain exports will be doubled, " + filler * 12
    (said,) = spoken([row(text)], SPEECH)
    assert said.object == "grain exports will be doubled"
    assert said.object in said.text
    assert len(said.text) < 400 < len(text)


def test_of_a_long_clause_all_is_shown() -> None:
    text = f"Those who live on the coast and {'in the hills and ' * 14}have exports of grain grow to 50 million tonnes, as told."
    (said,) = spoken([row(text, indicator="exports of grain", value=50.0)], SPEECH)
    assert said.text == text.removesuffix(".")


def test_rows_of_two_plans_meet_by_their_object_across_languages() -> None:
    homes = {"AAA": frozenset({"Norway"}), "BBB": frozenset({"China", "中国"})}
    speech = Speech(SPEECH.glossary, SPEECH.rules, homes)
    other = ["扩大大豆进口", "建设口岸", "加强艺术教育"]
    mine = ["Exports of soybeans will grow.", "The border crossings are to be rebuilt.", "Choirs are to sing more."]
    rows = [row(text) for text in mine] + [row(text, "zh", partner="BBB") for text in other]
    rows = [Target(**{**vars(target), "id": f"r{i}"}) for i, target in enumerate(rows)]
    found = link_objects(spoken(rows, speech), ("AAA", "BBB"), homes, load_matcher("base"))
    assert {(link.item, link.judgement.rule) for link in found} == {
        ("soy", "delivers_unconfirmed"),
        ("crossings", "one_link"),
    }


def rows_of(texts: list[str], lang: str, partner: str) -> list[Target]:
    return [Target(**{**vars(row(text, lang, partner=partner)), "id": f"{lang}{i}"}) for i, text in enumerate(texts)]


def test_rows_are_linked_as_they_stand_where_something_is_to_settle_and_only_once() -> None:
    left = rows_of(
        ["Soybean exports will be raised and exports of soybean meal too.", "Choirs are to sing more."], "en", ""
    )
    right = rows_of(["扩大大豆进口", "加强艺术教育"], "zh", "")
    matcher = load_matcher("base")
    assert row_links(left, right, matcher, {}) == [], "no trade confirms it"
    coded = [[Target(**{**vars(t), "partner": code}) for t in side] for side, code in ((left, "A"), (right, "B"))]
    flows = np.zeros((1, 2, 2))
    flows[0, 0, 1] = 5.0
    sectors = matcher.rules.known["soy"].sectors
    (link,) = row_links(*coded, matcher, {}, Trade(sectors[:1], ("A", "B"), flows))
    assert (link.left.id, link.left.text, link.right.id) == ("en0", left[0].text, "zh0")
    assert link.left.partners == ("A",)
    assert link.judgement.rule == "delivers_confirmed"


def test_lists_that_name_no_two_partners_are_left_and_right() -> None:
    one, two, three = (rows_of(["Grain."], "en", code) for code in ("A", "B", ""))
    assert partners_of(one, two) == ("A", "B")
    assert partners_of(one, one) == partners_of(one, three) == partners_of([*one, *two], one) == SIDES


def test_the_names_of_the_sides_say_whom_a_row_speaks_of_and_trade_of_the_world_confirms() -> None:
    matcher = load_matcher("base")
    left = rows_of(
        ["Cross-border e-commerce is to be developed jointly with China.", "Exports of soybeans will grow."],
        "en",
        "BRA",
    )
    right = rows_of(["发展跨境电商", "扩大大豆进口"], "zh", "CHN")
    found = {(link.left.id, link.right.id): link.judgement.rule for link in link_rows(left, right, matcher)}
    assert found == {("en0", "zh0"): "joint_offered", ("en1", "zh1"): "delivers_confirmed"}
    assert row_links(left[:1], right[:1], matcher, {}) == [], "without names it is the country that is named most"


def test_each_number_of_a_row_speaks_of_its_own_object() -> None:
    text = "Choirs are to be 9 and border crossings 40."
    told = [row(text, indicator=name, value=n, partner="") for name, n in (("Choirs", 9.0), ("border crossings", 40.0))]
    left = [*told, *rows_of(["Exports of soybeans will grow."], "en", "")]
    right = rows_of(["扩大大豆进口", "建设口岸", "加强艺术教育"], "zh", "")
    (link,) = row_links(left, right, load_matcher("base"), {})
    assert (link.left.id, link.right.id, link.judgement.rule) == ("r1", "zh1", "one_link")
