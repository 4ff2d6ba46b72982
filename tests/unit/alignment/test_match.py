from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from samples_alignment import Letters, target

from isthmus.alignment.glossary import Glossary
from isthmus.alignment.judgement import Relation
from isthmus.alignment.match import (
    Band,
    Calibration,
    Matcher,
    align,
    band_of,
    least_score,
    matches,
    most,
    rank,
    shares_no_words,
    signs,
)
from isthmus.alignment.similarity import Passage, similarity
from isthmus.alignment.statement import Statement, statements
from isthmus.alignment.tables import link_table, unmatched_table
from isthmus.plans.plan import Kind, Target

TEXTS = (
    "Build twelve deep water harbours along the coast",
    "Plant trees on dry hillsides every spring",
    "Teach foreign languages in primary schools",
    "Insure farmers against drought and hail",
    "Repair old district heating networks",
)


def plan(prefix: str, texts: tuple[str, ...] = TEXTS) -> list[Target]:
    return [target(f"{prefix}{i}", text) for i, text in enumerate(texts)]


def test_a_plan_aligned_with_itself_is_the_identity(matcher: Matcher) -> None:
    found = align(plan("a"), plan("b"), matcher)
    assert [(k.left.id, k.right.id) for k in found.accepted] == [(f"a{i}", f"b{i}") for i in range(len(TEXTS))]
    assert {k.relation for k in found.accepted} == {Relation.SAME}
    assert found.gaps == ()


def test_a_statement_left_over_joins_its_best_only_where_both_name_the_same_objects(matcher: Matcher) -> None:
    rows = ("Raise coal output", "Raise coal output in 2030", "Plant trees", "Plant trees in spring")
    found = align(plan("a", rows[::2]), plan("b", rows), matcher)
    assert {(k.left.id, k.right.id) for k in found.accepted if k.left.id == "a0"} == {("a0", "b0"), ("a0", "b1")}
    table = link_table(found).query("accepted")
    assert dict(zip(zip(table["left"], table["right"], strict=True), table["tier"], strict=True)) == {
        ("a0", "b0"): "subject",
        ("a0", "b1"): "object",
        ("a1", "b2"): "subject",
        ("a1", "b3"): "object",
    }
    nameless = align(plan("a", ("Be kind",)), plan("b", ("Be kind", "Be kind to all")), matcher)
    assert [(k.left.id, k.right.id) for k in nameless.accepted] == [("a0", "b0")]
    assert [gap.target.id for gap in nameless.gaps] == ["b1"]


def test_words_need_more_in_lists_that_share_none_and_figures_less_in_lists_that_share_much(matcher: Matcher) -> None:
    rows = [
        target("a0", "Raise output to 2 percent", kind=Kind.LEVEL, value=2.0, unit="%"),
        target("a1", "Plant trees"),
    ]
    left = statements(rows, matcher.glossary)
    limits = Calibration(check=0.7, no_match=0.5, shared=0.3)
    for common, strange, figures, words in ((0.099, False, 0.5, 0.5), (0.1, False, 0.3, 0.5), (0.099, True, 0.5, 0.7)):
        least = least_score(left, left, limits, common=common, strange=strange)
        assert least.tolist() == [[figures, words], [words, words]]


def test_names_move_the_score_of_rows_with_figures_and_of_no_others(matcher: Matcher) -> None:
    figures = {"intercept": -1.0, "score": 0.5, "own_object": 2.0}
    free, bound = (
        replace(matcher, calibration=Calibration(score={"intercept": 0.1, "order": 0.2}, figures=weights))
        for weights in ({}, figures)
    )
    rows = [
        target("a0", "Coal output", kind=Kind.LEVEL, value=50.0, unit="%", indicator="Coal output"),
        target("a1", "Mine more coal"),
    ]
    sides = (statements(rows, matcher.glossary),) * 2
    before, after = (rank(*sides, one)[1] for one in (free, bound))
    logit = np.log(before[0, 0] / (1 - before[0, 0]))
    assert after[0, 0] == pytest.approx(1.0 / (1.0 + np.exp(-(-1.0 + 0.5 * logit + 2.0))))
    assert after[1, 1] == before[1, 1]


def test_lists_share_much_by_all_their_links_and_not_by_sure_ones_alone(matcher: Matcher) -> None:
    names = ("Coal output", "Bowls of soup")
    left, right = (
        [target(f"{p}{i}", name, kind=Kind.LEVEL, value=2.0, unit="%", indicator=name) for i, name in enumerate(names)]
        for p in "ab"
    )
    first, second = np.diag(rank(*(statements(side, matcher.glossary) for side in (left, right)), matcher)[1])
    assert first > second
    limits = replace(matcher.calibration, confident=1.0, shared=0.0)
    for no_match, linked in (((first + second) / 2, 2), (first + 0.001, 0)):
        found = align(left, right, replace(matcher, calibration=replace(limits, no_match=float(no_match))))
        assert len(found.accepted) == linked, "one link in ten rows is much, whatever its band"


def test_without_spaces_two_letters_are_a_word(glossary: Glossary) -> None:
    assert [
        glossary.finders[lang].unknown(text) for lang, text in (("zh", "煤甲乙丙丁"), ("en", "coal of xyzzy plugh"))
    ] == [2.0, 2]


def test_rows_with_figures_are_judged_by_their_names(matcher: Matcher) -> None:
    """The object must be said by both names, and not by the sentence; a long name says more than what is shared."""

    def side(lang: str, text: str, name: str) -> Statement:
        row = target("s", text, lang, kind=Kind.LEVEL, value=50.0, unit="%", indicator=name)
        return statements([row], matcher.glossary)[0]

    said = side("en", "Coal output of the mines reaches 50 percent.", "Coal output")
    around = side("en", "Coal output is one thing, its use is to reach 50 percent.", "its use")
    long = side("en", "Coal", "Coal that villagers wrote, dreamt, sang, danced and laughed about")
    bracketed = side("en", "Coal", "Coal output of it, (as villagers wrote, dreamt, sang and danced)")
    aside = side("en", "Coal output (transport network)", "Coal output (transport network)")
    assert aside.own == aside.named == said.named, "nor does it name an object"
    only = side("en", "Trade | 50", "Value of all circulation (retail trade)")
    assert only.own == only.named == side("en", "Retail trade", "Retail trade").named, "unless nothing else does"
    field = side("en", "Housing", "Housing"), side("ru", "Жилье", "Жилье")
    other = side("ru", "Добыча угля достигнет 50 процентов.", "Добыча угля")
    named = {"own_object", "long_name"}
    found = [named & set(signs(other, one, matcher.glossary)) for one in (said, around, long)]
    assert found == [{"own_object"}, set(), {"own_object", "long_name"}]
    assert named & set(signs(other, bracketed, matcher.glossary)) == {"own_object"}, (
        "what stands in brackets says no more"
    )
    assert field[0].own & field[1].own == {"housing"}
    assert not named & set(signs(*field, matcher.glossary)), "a whole field in common is no object in common"


@pytest.mark.parametrize(
    ("sure", "strange"),
    [({(0, 0), (1, 1)}, True), ({(2, 2), (3, 3)}, False), ({(0, 2), (3, 1)}, False), (set(), True)],
)
def test_figures_in_common_do_not_make_words_trusted(
    matcher: Matcher, sure: set[tuple[int, int]], strange: bool
) -> None:
    figures = [target(f"n{i}", "Raise output", kind=Kind.LEVEL, value=2.0, unit="%") for i in range(2)]
    words = [target(f"w{i}", "Plant trees") for i in range(40)]
    rows = statements([*figures, *words], matcher.glossary)
    assert shares_no_words(rows, rows, sure) is strange
    assert not shares_no_words(rows[:2], rows, {(0, 0)}), "a list of figures alone is judged by all its links"
    assert not shares_no_words(rows[:20], rows, {(0, 0)}), "so is one of few words"
    many = statements([*figures, *(target(f"w{i}", "Plant trees") for i in range(100))], matcher.glossary)
    assert shares_no_words(rows[:20], many, {(0, 0), (1, 1)}), "unless the other says so much that something is alike"


def test_words_of_lists_without_a_sure_link_are_of_one_field_and_weak_ones_are_not_linked(matcher: Matcher) -> None:
    unsure = replace(matcher, calibration=replace(matcher.calibration, confident=1.1, check=0.999))
    left, right = plan("a"), plan("b", (*TEXTS[:3], "Hail"))
    assert [k.relation for k in align(left, right, matcher).accepted] == ["same"] * 4
    found = align(left, right, unsure)
    assert {k.judgement.rule for k in found.accepted} == {"field_only"}
    assert [k.left.id for k in found.accepted] == ["a0", "a1", "a2"]


def test_each_statement_left_over_joins_its_own_best_and_no_other() -> None:
    order = np.array([[0.9, 0.8, 0.1], [0.2, 0.7, 0.3]])
    one = np.ones(order.shape, dtype=bool)
    assert matches(order, one, one) == {(0, 0), (0, 1), (1, 1), (1, 2)}
    assert matches(order, order >= 0.75, one) == {(0, 0), (0, 1)}
    one[0, 1] = False
    assert matches(order, order >= 0.75, one) == {(0, 0)}


def test_what_nobody_answers_is_a_gap_on_its_side(matcher: Matcher) -> None:
    found = align(plan("a"), plan("b", TEXTS[:3]), matcher)
    accepted = {k.left.id for k in found.accepted}
    assert {gap.target.id for gap in found.gaps if gap.side == "left"} == {f"a{i}" for i in range(5)} - accepted
    assert {"a3", "a4"} <= {gap.target.id for gap in found.gaps}
    assert all(gap.nearest is not None for gap in found.gaps)


def test_links_do_not_depend_on_the_order_of_statements(matcher: Matcher) -> None:
    forward = align(plan("a"), plan("b"), matcher)
    backward = align(plan("a")[::-1], plan("b")[::-1], matcher)
    key = {(k.left.id, k.right.id): round(k.score, 4) for k in forward.links}
    assert key == {(k.left.id, k.right.id): round(k.score, 4) for k in backward.links}


def test_swapping_the_plans_mirrors_the_links(matcher: Matcher) -> None:
    there, back = align(plan("a"), plan("b", TEXTS[:3]), matcher), align(plan("b", TEXTS[:3]), plan("a"), matcher)
    assert {(k.left.id, k.right.id) for k in there.accepted} == {(k.right.id, k.left.id) for k in back.accepted}


def test_numbers_choose_between_variants_of_one_indicator(matcher: Matcher) -> None:
    def path(prefix: str, years: tuple[int, ...]) -> list[Target]:
        return [
            target(f"{prefix}{year}", f"Cut steel output by {year - 2020} percent by {year}", kind=Kind.CHANGE_PCT,
                   value=2020.0 - year, unit="%", year=year, direction="down")
            for year in years
        ]  # fmt: skip

    found = align(path("a", (2027, 2030, 2035)), path("b", (2035, 2027, 2030)), matcher)
    assert {(k.left.id[1:], k.right.id[1:]) for k in found.accepted} == {(y, y) for y in ("2027", "2030", "2035")}
    assert {k.judgement.rule for k in found.accepted} == {"numbers_agree"}


def test_targets_with_one_id_are_one_statement(matcher: Matcher) -> None:
    low = target("a", "Coal output of 400 to 500 Mt", kind=Kind.LEVEL, operator=">=", value=400.0, unit="Mt")
    high = replace(low, operator="<=", value=500.0)
    found = align([low, high], [replace(high, id="b")], matcher)
    assert found.counts["left"] == 1
    assert found.links[0].relation == Relation.SAME


def test_equal_texts_are_embedded_once(matcher: Matcher) -> None:
    model = Letters()
    align(plan("a"), plan("b"), replace(matcher, models=(model,)))
    assert [sorted(texts) for texts in model.asked] == [sorted(TEXTS)]


def test_an_empty_side_gives_only_gaps(matcher: Matcher) -> None:
    found = align(plan("a"), [], matcher)
    assert found.links == ()
    assert len(found.gaps) == len(TEXTS)
    assert link_table(found).empty
    assert list(unmatched_table(found)["side"]) == ["left"] * len(TEXTS)


def test_accepted_links_stand_first_and_candidates_best_first_for_each_statement(matcher: Matcher) -> None:
    table = link_table(align(plan("a"), plan("b"), replace(matcher, candidates=2)))
    assert (table.groupby("left").size() >= 2).all()
    assert all(part["score"].is_monotonic_decreasing for _, part in table[~table["accepted"]].groupby("left"))
    accepted = table[table["accepted"]]
    assert 1 < len(accepted) < len(table)
    assert table["accepted"].is_monotonic_decreasing
    assert accepted["score"].is_monotonic_decreasing
    assert table["score"].between(0, 1).all()


@pytest.mark.parametrize(
    ("score", "band"), [(0.8, Band.CONFIDENT), (0.79, Band.CHECK), (0.4, Band.CHECK), (0.39, Band.WEAK)]
)
def test_bands(score: float, band: Band) -> None:
    assert band_of(score, Calibration()) == band


LIMITED = Calibration(confident=0.8, check=0.7, alike={"confident": 0.45, "check": 0.3})


@pytest.mark.parametrize(
    ("left", "right", "alike", "band"),
    [
        # words that name one object: only near sentences may be sure of each other
        (("Train more civil servants.", {}), ("Министерства разработают планы.", {}), 0.1, Band.WEAK),
        (("Train more civil servants.", {}), ("Министерства разработают планы.", {}), 0.3, Band.CHECK),
        (("Train more civil servants.", {}), ("Учить больше служащих.", {}), 0.45, Band.CONFIDENT),
        # figures on one side alone are no more than words
        (("Mine more coal.", {}), ("Добыть 90 млн тонн угля.", {"value": 9e7}), 0.2, Band.WEAK),
        # figures are judged by their names
        (("Mine 80 Mt of coal.", {"value": 8e7}), ("Собрать 90 млн тонн зерна.", {"value": 9e7}), 0.0, Band.CONFIDENT),
    ],
)
def test_what_objects_alone_have_in_common_is_in_no_upper_band(
    state: Callable[..., Statement], matcher: Matcher,
    left: tuple[str, dict[str, float]], right: tuple[str, dict[str, float]], alike: float, band: Band,
) -> None:  # fmt: skip
    sides = state(left[0], "en", **left[1]), state(right[0], "ru", **right[1])
    assert band_of(most(*sides, alike, replace(matcher, calibration=LIMITED)), LIMITED) is band


def test_a_limit_takes_no_link_away_and_keeps_the_order_of_candidates(matcher: Matcher) -> None:
    free, bound = (replace(matcher, calibration=replace(matcher.calibration, alike=a)) for a in ({}, LIMITED.alike))
    assert [(k.left.id, k.right.id, k.accepted) for k in align(plan("a"), plan("b"), bound).links] == [
        (k.left.id, k.right.id, k.accepted) for k in align(plan("a"), plan("b"), free).links
    ]


def test_subtracting_the_mean_removes_what_a_language_adds(matcher: Matcher) -> None:
    class Shifted(Letters):
        def embed(self, texts: list[str]) -> np.ndarray:  # type: ignore[override]
            shift = np.array([[50.0 * text.startswith("~")] for text in texts], dtype=np.float32)
            return super().embed([text.removeprefix("~") for text in texts]) + shift

    left = [Passage(text, "xx") for text in TEXTS]
    right = [Passage("~" + text, "yy") for text in TEXTS]
    near = similarity(left, right, (Shifted(),), matcher.glossary)
    assert list(near.argmax(axis=1)) == list(range(len(TEXTS)))


def test_no_candidate_scores_above_a_better_one_of_either_statement(matcher: Matcher) -> None:
    weights = replace(matcher.calibration, score={"order": 10.0, "intercept": -1.0, "shared": 9.0})
    words = (
        "Raise coal output in the north",
        "Raise grain output in the north",
        "Plant trees on hillsides",
        "Open coal mines",
    )
    left, right = (statements(plan(side, words[::step]), matcher.glossary) for side, step in (("a", 1), ("b", -1)))
    order, score, _ = rank(left, right, replace(matcher, calibration=weights))
    for by, told in ((order, score), (order.T, score.T)):
        for one, scores in zip(by, told, strict=True):
            assert (np.diff(scores[np.argsort(-one)]) <= 0).all()


SHARED = {"shared", "one_object", "akin_objects", "one_field"}
FIGURES = {"value": 5.0, "unit": "%", "kind": Kind.CHANGE_PCT}
TONNES = {"text": "Coal of 9 Mt", "value": 9.0, "unit": "Mt", "kind": Kind.LEVEL}
RANK = {"text": "Rank third in coal", "value": 3.0, "kind": Kind.RANK, "unit": "rank"}


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ({"text": "Cut coal output"}, {"text": "Raise coal output"}, {*SHARED, "one_measure"}),
        ({"text": "Cut coal"}, {"text": "Raise coal and grain"}, {"shared", "more_objects", "one_field"}),
        ({"text": "Raise coal and steel"}, {"text": "Raise coal and grain"}, {"shared", "one_field"}),
        ({"text": "Use renewable energy"}, {"text": "Use wind power"}, {"shared", "akin_objects", "one_field"}),
        ({"text": "Help farming"}, {"text": "Praise farming"}, {*SHARED, "whole_field"}),
        ({"text": "Make life better"}, {"text": "Be kind"}, set()),
        ({"text": "More coal"}, {"text": "More grain"}, set()),
        ({"text": "More coal"}, {"text": "Больше зерна", "lang": "ru"}, set()),
        ({"text": "Raise coal by 5 %", **FIGURES}, {"text": "Add 5 % of coal", **FIGURES}, {*SHARED, "equal_number"}),
        ({"text": "Raise coal by 5 %", **FIGURES}, {"text": "Add 9 % of coal", **FIGURES, "value": 9.0}, SHARED),
        (RANK, TONNES, {*SHARED, "apart", "counted"}),
        ({"text": "Raise coal by 5 %", **FIGURES}, TONNES, {*SHARED, "apart", "counted"}),
        ({**TONNES, "unit": "yuan"}, RANK, {*SHARED, "apart"}),
        ({**TONNES, "text": "Coal a head now", "unit": "yuan per person"}, {**TONNES, "unit": "USD per person"}, SHARED),
        ({"text": "More coal"}, {"text": "More coal"}, SHARED),
    ],
)  # fmt: skip
def test_signs_of_one_subject(
    state, glossary, left: dict[str, object], right: dict[str, object], told: set[str]
) -> None:
    found = set(signs(state(**left), state(**right), glossary))
    figures = set() if "value" in left and "value" in right else {"no_figures"}
    language = set() if "lang" in right else {"one_language"}
    assert found == told | figures | language


def test_the_indicator_tells_statements_of_one_sentence_apart(matcher: Matcher) -> None:
    def row(indicator: str) -> Passage:
        return Passage("harbours, trees", "en", indicator=indicator)

    near = similarity(
        [row("harbours"), row("trees")], [row("trees"), row("harbours")], matcher.models, matcher.glossary
    )
    assert list(near.argmax(axis=1)) == [1, 0]


def test_what_a_plan_says_several_times_stays_as_near_as_said_once(matcher: Matcher) -> None:
    left = [Passage(text, "en") for text in ("harbour depth", "school meals")]
    texts = ("harbour depths", "tram lines", "school meal", "wind power", "rice fields", "hospital beds")
    again = tuple(f"harbour depths {mark}" for mark in "xyzq")
    once, often = (
        similarity(left, [Passage(text, "xx") for text in side], matcher.models, matcher.glossary)[0, 0]
        for side in (texts, texts + again)
    )
    assert often >= once > 1.0


class Deaf(Letters):
    """A model that hears no difference."""

    def embed(self, texts: list[str]) -> np.ndarray:  # type: ignore[override]
        return np.zeros((len(texts), 1), dtype=np.float32)


def test_in_one_language_the_rare_words_of_the_indicators_count(matcher: Matcher) -> None:
    names = (
        ("share of bridges", "share of ferries", "share of lighthouses"),
        ("share of ferry", "share of a bridge", "share"),
    )

    def best(lang: str) -> list[int]:
        left, right = (
            [Passage(name, side, indicator=name) for name in names[i]] for i, side in enumerate(("en", lang))
        )
        return list(similarity(left, right, (Deaf(),), matcher.glossary).argmax(axis=1))

    assert best("en")[:2] == [1, 0]
    assert best("xx") == [0, 0, 0]


def test_where_there_are_no_spaces_pairs_of_letters_are_words(matcher: Matcher) -> None:
    left = [Passage(name, "zh") for name in ("新建桥梁数", "新建渡口数", "种树")]
    right = [Passage(name, "zh") for name in ("渡口总数量", "桥梁总数量", "其他")]
    near = similarity(left, right, (Deaf(),), matcher.glossary)
    assert list(near.argmax(axis=1))[:2] == [1, 0]


def test_only_the_first_model_reads_the_indicator(matcher: Matcher) -> None:
    first, second = Letters(), Letters()
    passages = [Passage("harbours", "en", indicator="harbour depth")]
    similarity(passages, passages, (first, second), matcher.glossary)
    assert first.asked == [["harbours"], ["harbour depth"]]
    assert second.asked == [["harbours"]]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_long_sentence_is_compared_by_the_clauses_over_which_its_indicator_stands(state, lang: str) -> None:
    text = "Streets will be lit everywhere, harbours, quays and piers will be built in the north, and trees planted on hills."
    found = state(text, lang, indicator="harbours, quays and piers")
    assert found.passage == "harbours, quays and piers will be built in the north"


def test_of_objects_with_a_number_each_a_row_is_about_its_own(glossary: Glossary) -> None:
    def rows(indicator: str, *numbers: float) -> list[Statement]:
        figures = [{"indicator": indicator, "kind": Kind.LEVEL, "unit": "t", "value": number} for number in numbers]
        text, lang = f"{indicator} 分别达到若干吨", "en" if indicator.isascii() else "zh"
        return statements([target(f"s{i}", text, lang, **made) for i, made in enumerate(figures)], glossary)

    coal, oil = rows("原煤、原油产量", 7e7, 1e7)
    assert (coal.named, oil.named) == ({"coal"}, {"crude_oil"})
    assert (coal.indicator, oil.indicator) == ("原煤", "原油产量")
    assert coal.passage != oil.passage
    both = {"coal", "crude_oil"}
    assert [row.named for row in rows("原煤、原油产量", 7e7, 1e7, 9.0)] == [both] * 3, "three numbers, two objects"
    assert [row.named for row in rows("share of steel, cement and coal", 1.0, 2.0, 3.0)] == [
        {"steel"},
        {"cement"},
        {"coal"},
    ]
    assert rows("城镇和农村居民收入", 4.0, 6.0)[0].indicator == "城镇和农村居民收入", "a part that names no object"


@pytest.mark.parametrize(
    ("text", "indicator", "named"),
    [
        ("with public sector fixed investment rising to 10 percent of GDP", "GDP", {"fixed_investment"}),
        ("or at least 10 percent of GDP", "GDP", set()),
        ("fixed investment and investment promotion add 10 percent", "fixed investment", {"fixed_investment"}),
        ("per capita income of households adds 10 percent", "income", {"disposable_income"}),
    ],
)
def test_a_row_names_what_its_own_words_name_in_their_passage(
    state, text: str, indicator: str, named: set[str]
) -> None:
    row = state(text, indicator=indicator, value=10.0, kind=Kind.LEVEL)
    assert row.named == named


def test_a_row_of_a_sentence_with_several_aims_is_no_narrower_than_its_name(glossary: Glossary) -> None:
    text = "potatoes add 2 percent, vegetables 10 percent"
    fields = {"value": 10.0, "kind": Kind.CHANGE_PCT, "indicator": "vegetables"}
    row = target("a", text, "en", **fields)
    potatoes = target("b", text, "en", **fields | {"value": 2.0, "indicator": "potatoes"})
    assert [found.named for found in statements([row, potatoes], glossary)] == [{"vegetables"}, {"potatoes"}]
    assert statements([row], glossary)[0].named == {"potatoes"}, "one aim is as narrow as its sentence says it"
    text = "per capita income adds 10 percent, savings 2 percent"
    income, savings = (target(name, text, "en", **fields | {"indicator": name}) for name in ("income", "savings"))
    assert statements([income, savings], glossary)[0].named == {"disposable_income"}, "the sentence says no wider one"


def test_a_row_of_a_group_speaks_of_its_group_and_not_of_the_section(state) -> None:
    row = state(
        " | b) Women | 31 | 2016 | 45", indicator="Unemployment rate: b) Women", value=45.0, kind=Kind.LEVEL,
        objective="Jobs: creation of jobs",
    )  # fmt: skip
    assert row.named == row.reading.objects == {"unemployment"}
    assert row.passage == "Unemployment rate: b) Women"


@pytest.mark.parametrize(
    ("text", "indicator", "named"),
    [
        ("Raise it to 45 percent", "it", {"grain"}),
        ("Raise it to 45% of gross domestic product (GDP)", "gross domestic product", {"grain"}),
        ("Raise it to 45% of gross domestic product (GDP)", "Grain output: gross domestic product", {"grain"}),
        ("Raise steel output to 45 percent", "steel output", {"steel"}),
    ],
)
def test_what_names_nothing_itself_speaks_of_what_stands_above_it(
    state, text: str, indicator: str, named: set[str]
) -> None:
    row = state(text, indicator=indicator, value=45.0, kind=Kind.LEVEL, objective="Grain output")
    assert row.named == row.reading.objects == named
    assert row.passage.startswith("Grain output: ") == (named == {"grain"})
