from collections.abc import Callable

import pytest

from isthmus.alignment.glossary import Glossary
from isthmus.alignment.judgement import REASONS, Relation
from isthmus.alignment.relation import relate
from isthmus.alignment.statement import Statement
from isthmus.plans.plan import Kind

State = Callable[..., Statement]
LIMIT = "limit_against_expansion"


def judge(left: Statement, right: Statement, glossary: Glossary, score: float = 0.9) -> tuple[Relation, str]:
    found = relate(left, right, score, glossary, matched=True)
    back = relate(right, left, score, glossary, matched=True)
    assert (found.relation, found.rule) == (back.relation, back.rule), "a relation does not depend on the order"
    assert REASONS[found.rule].format(**found.details)
    return found.relation, found.rule


def steel(state: State, lang: str = "en", **fields: object) -> Statement:
    text = {"en": "Cut steel output", "ru": "Сократить выпуск стали", "zh": "钢产量减少"}[lang]
    return state(text, lang, **({"value": -12.0, "year": 2035, "direction": "down"} | fields))


def test_equal_numbers_and_years_are_the_same(state: State, glossary: Glossary) -> None:
    assert judge(steel(state), steel(state, "ru"), glossary) == (Relation.SAME, "numbers_agree")
    assert judge(steel(state), steel(state, "zh", year=None), glossary) == (Relation.SAME, "numbers_agree")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"value": -45.0}, (Relation.RELATED, "other_number")),
        ({"year": 2027}, (Relation.RELATED, "other_year")),
        ({"value": -45.0, "year": 2027}, (Relation.RELATED, "other_number_and_year")),
        ({"value": 12.0, "direction": "up"}, (Relation.CONFLICT, "opposite_direction")),
    ],
)
def test_a_changed_number_year_or_direction_is_noticed(
    state: State, glossary: Glossary, changed: dict[str, object], expected: tuple[Relation, str]
) -> None:
    assert judge(steel(state), steel(state, "zh", **changed), glossary) == expected


def test_a_multiple_is_compared_with_a_change(state: State, glossary: Glossary) -> None:
    more = state("Raise grain exports by half", value=50.0, direction="up")
    times = state(
        "Увеличить экспорт зерна в полтора раза", "ru", value=1.5, unit="x", kind=Kind.MULTIPLE, direction="up"
    )
    assert judge(more, times, glossary) == (Relation.SAME, "numbers_agree")


def test_a_growing_sector_may_well_lose_in_share(state: State, glossary: Glossary) -> None:
    grows = state("Raise grain output", value=6.0, kind=Kind.GROWTH, direction="up")
    share = state("Grain is to fall to 18 percent", value=18.0, kind=Kind.LEVEL, direction="down")
    less = state("Grain is to fall to 18 t", value=18.0, unit="t", kind=Kind.LEVEL, direction="down")
    assert judge(grows, share, glossary)[0] == Relation.RELATED
    assert judge(grows, less, glossary) == (Relation.CONFLICT, "opposite_direction")


def test_by_and_to_are_not_compared(state: State, glossary: Glossary) -> None:
    by = state("Cut the use of coal by 10 percent", value=-10.0, direction="down")
    to = state("Cut the share of coal use to 10 percent", value=10.0, kind=Kind.LEVEL, direction="down")
    assert judge(by, to, glossary) == (Relation.RELATED, "other_measure")


def test_units_of_one_quantity_are_converted(state: State, glossary: Glossary) -> None:
    left = state("在运核电装机达到1.1亿千瓦", "zh", value=1.1e8, unit="kW", kind=Kind.LEVEL)
    right = state("Иметь 110 ГВт атомных мощностей", "ru", value=110.0, unit="GW", kind=Kind.LEVEL)
    assert judge(left, right, glossary) == (Relation.SAME, "numbers_agree")


def test_bounds_that_exclude_each_other_are_a_conflict(state: State, glossary: Glossary) -> None:
    floor = state("Coal output of at least 500 Mt", value=500.0, unit="Mt", kind=Kind.LEVEL, operator=">=")
    cap = state("Coal output of at most 400 Mt", value=400.0, unit="Mt", kind=Kind.LEVEL, operator="<=")
    room = state("Coal output of at most 600 Mt", value=600.0, unit="Mt", kind=Kind.LEVEL, operator="<=")
    assert judge(floor, cap, glossary) == (Relation.CONFLICT, "bounds")
    assert judge(floor, room, glossary) == (Relation.RELATED, "other_number")


def test_the_end_of_a_range_to_be_reached_bounds_nothing(state: State, glossary: Glossary) -> None:
    level = state("Raise forest cover to 70 %", value=70.0, unit="%", kind=Kind.LEVEL, year=2035, direction="up")
    end = {"value": 42.5, "unit": "%", "kind": Kind.LEVEL, "year": 2035, "operator": "<="}
    assert judge(level, state("Лесистость до 42,5 %", "ru", **end), glossary)[1] == "bounds"
    assert (
        judge(level, state("Повысить лесистость до 42,5 %", "ru", direction="up", **end), glossary)[1] == "other_number"
    )


def test_a_seller_and_a_buyer_complement_each_other(state: State, glossary: Glossary) -> None:
    sells = state("Нарастить экспорт сжиженного природного газа", "ru")
    buys = state("扩大液化天然气进口", "zh")
    assert judge(sells, buys, glossary) == (Relation.COMPLEMENT, "delivers")


def test_a_buyer_who_wants_less_is_a_conflict(state: State, glossary: Glossary) -> None:
    sells = state("Нарастить добычу и экспорт угля", "ru")
    less = state("严控煤炭消费", "zh")
    assert judge(sells, less, glossary) == (Relation.CONFLICT, "buyer_wants_less")


def test_who_makes_a_good_itself_needs_none_of_another_producer(state: State, glossary: Glossary) -> None:
    secured, grown = state("安全保障:粮食综合生产能力", "zh"), state("Увеличить производство зерна", "ru")
    assert judge(secured, grown, glossary)[0] == Relation.SAME
    sold = state("Нарастить экспорт зерна", "ru")
    assert judge(secured, sold, glossary) == (Relation.COMPLEMENT, "delivers"), "an exporter seeks whoever needs it"


@pytest.mark.parametrize(
    ("sells", "buys"),
    [
        ("Отправлять бобы сои за границу", "扩大自境外采购大豆"),
        ("销往国外市场的大豆增加", "Закупать сою у зарубежных поставщиков"),
        ("Win foreign customers for soybeans", "扩大大豆海外采购"),
        ("扩大大豆境外市场", "Buy soybeans from foreign suppliers"),
    ],
)
def test_who_sells_abroad_and_who_buys_abroad_are_told_in_many_words(
    state: State, glossary: Glossary, sells: str, buys: str
) -> None:
    def lang(text: str) -> str:
        return "zh" if "豆" in text else "en" if text.isascii() else "ru"

    pair = state(sells, lang(sells)), state(buys, lang(buys))
    assert judge(*pair, glossary) == (Relation.COMPLEMENT, "delivers")


def test_both_replacing_imports_of_an_industrial_good_compete_and_of_food_do_not(
    state: State, glossary: Glossary
) -> None:
    chips = state("Develop home-grown chips"), state("Заменить импорт микросхем отечественными", "ru")
    milk = state("提升生鲜乳自给水平", "zh"), state("Повысить самообеспеченность молоком", "ru")
    assert judge(*chips, glossary) == (Relation.CONFLICT, "both_replace_imports")
    assert judge(*milk, glossary)[0] == Relation.SAME


def test_both_exporting_one_good_compete(state: State, glossary: Glossary) -> None:
    pair = state("Export fertilisers to foreign markets"), state("Нарастить экспорт удобрений", "ru")
    assert judge(*pair, glossary) == (Relation.CONFLICT, "both_export")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # what is ended stands behind the first aim: the market is not what ends
        (("推进全国统一大市场建设", "zh"), ("Develop a unified national market and eliminate local fees", "en")),
        (("Развивать рынок облигаций и отменить сборы с инвесторов", "ru"), ("培育债券市场", "zh")),
        # nobody competes for customers of investment, or with own research
        (("引导企业海外投资有序布局", "zh"), ("Guide outward investment abroad", "en")),
        (("加强关键核心技术攻关", "zh"), ("Become self-reliant in core technologies", "en")),
    ],
)
def test_a_statement_and_its_translation_are_no_conflict(
    state: State, glossary: Glossary, one: tuple[str, str], other: tuple[str, str]
) -> None:
    for pair in ((one, other), (other, one), (one, one), (other, other)):
        assert judge(state(*pair[0]), state(*pair[1]), glossary)[0] is not Relation.CONFLICT


def test_what_is_limited_first_is_a_conflict_with_more_of_it(state: State, glossary: Glossary) -> None:
    limits = state("Limit steel capacity and build cleaner mills")
    more = state("Нарастить мощности по выплавке стали", "ru")
    assert judge(limits, more, glossary) == (Relation.CONFLICT, "limit_against_expansion")


def test_one_figure_for_one_year_is_not_parted_by_another_measure_named_beside_it(
    state: State, glossary: Glossary
) -> None:
    fields = {"value": 35.0, "kind": Kind.LEVEL, "year": 2030}
    pair = (
        state("政府债务占GDP比重提高到35%", "zh", **fields),
        state("Borrow for investment: public debt of 35 percent", **fields),
    )
    assert judge(*pair, glossary) == (Relation.SAME, "numbers_agree")


def test_a_bare_number_is_one_with_a_unit_only_when_it_is_equal(state: State, glossary: Glossary) -> None:
    years = state("法定退休年龄提高到63岁", "zh", value=63.0, unit="years", kind=Kind.LEVEL, year=2034)
    bare = state("Raise the pension age to 63", value=63.0, unit="", kind=Kind.LEVEL, year=2034)
    other = state("Raise the pension age to 65", value=65.0, unit="", kind=Kind.LEVEL, year=2034)
    assert judge(years, bare, glossary) == (Relation.SAME, "numbers_agree")
    assert judge(years, other, glossary)[0] == Relation.RELATED


def test_a_shared_object_with_opposite_aims_is_a_conflict_even_when_the_words_are_far_apart(
    state: State, glossary: Glossary
) -> None:
    down = state("Cut coal by 10 percent", value=-10.0, direction="down")
    up = state("Нарастить добычу угля до 500 млн т", "ru", value=5e8, unit="t", kind=Kind.LEVEL, direction="up")
    found = relate(down, up, 0.05, glossary)
    assert (found.relation, found.rule) == (Relation.CONFLICT, "opposite_direction")


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("扩大来华留学生规模", "Увеличить число иностранных студентов в вузах", Relation.CONFLICT),
        ("吸引境外患者就医", "Принимать на лечение иностранных пациентов в больницах", Relation.CONFLICT),
        ("有序发展出境旅游", "Принимать больше иностранных туристов", Relation.COMPLEMENT),
    ],
)
def test_services_that_cross_borders_compete_or_complement_as_goods_do(
    state: State, glossary: Glossary, left: str, right: str, relation: Relation
) -> None:
    assert judge(state(left, "zh"), state(right, "ru"), glossary)[0] == relation


def test_a_border_procedure_is_the_same_for_buyer_and_seller(state: State, glossary: Glossary) -> None:
    pair = state("推进动植物检疫准入谈判，扩大进口", "zh"), state("Снять фитосанитарные барьеры для экспорта", "ru")
    assert judge(*pair, glossary) == (Relation.SAME, "procedure")


def test_a_limit_against_an_expansion_is_a_conflict(state: State, glossary: Glossary) -> None:
    pair = state("Restrict new steel capacity"), state("Расширить мощности металлургии", "ru")
    assert judge(*pair, glossary) == (Relation.CONFLICT, LIMIT)


def test_figures_that_were_not_read_are_never_called_the_same(state: State, glossary: Glossary) -> None:
    assert judge(state("Open 30 museums"), state("Открыть 50 музеев", "ru"), glossary) == (
        Relation.RELATED,
        "numbers_unread",
    )
    assert judge(state("Open 30 museums"), state("Открыть музеи", "ru"), glossary) == (Relation.SAME, "same_subject")


def test_different_years_without_numbers_are_related(state: State, glossary: Glossary) -> None:
    pair = state("Launch the lunar station in 2031"), state("Запустить лунную станцию в 2035 году", "ru")
    assert judge(*pair, glossary)[1] == "other_due"


def test_words_of_lists_that_share_nothing_are_of_one_field_and_numbers_stay(state: State, glossary: Glossary) -> None:
    words = state("Open museums"), state("Открыть музеи", "ru")
    dated = state("Launch the lunar station in 2031"), state("Запустить лунную станцию в 2035 году", "ru")
    for pair in (words, dated):
        assert relate(*pair, 0.9, glossary, matched=True, strange=True).rule == "field_only"
    assert relate(steel(state), steel(state, "ru"), 0.9, glossary, matched=True, strange=True).rule == "numbers_agree"


def test_distant_statements_are_of_one_field_only(state: State, glossary: Glossary) -> None:
    found = relate(state("Care for older people"), state("Build ski resorts"), 0.05, glossary)
    assert (found.relation, found.rule) == (Relation.RELATED, "field_only")


def test_a_minimum_against_a_maximum_is_a_conflict(state: State, glossary: Glossary) -> None:
    least = state("The share of women on boards", value=30.0, kind=Kind.LEVEL, operator=">=", year=2032)
    most = state("Доля женщин в советах", "ru", value=30.0, kind=Kind.LEVEL, operator="<=", year=2032)
    assert judge(least, most, glossary) == (Relation.CONFLICT, "bounds")


def test_opening_against_closing_is_a_conflict(state: State, glossary: Glossary) -> None:
    scrap, introduce = state("Scrap the tax reliefs for mines."), state("В отраслях ввести налоговые льготы.", "ru")
    assert {scrap.scope, introduce.scope} == {"down", "up"}
    assert judge(scrap, introduce, glossary) == (Relation.CONFLICT, LIMIT)


def test_equal_numbers_of_what_one_opens_and_the_other_ends_are_a_conflict(state: State, glossary: Glossary) -> None:
    scrap = state("Scrap 15 tax reliefs for mines.", value=15.0, unit="tax reliefs", year=2032)
    introduce = state("В отраслях ввести 15 налоговых льгот.", "ru", value=15.0, unit="налоговых льгот", year=2032)
    assert judge(scrap, introduce, glossary) == (Relation.CONFLICT, LIMIT)


def test_one_aim_in_units_of_different_quantities_is_said_so(state: State, glossary: Glossary) -> None:
    length = state("Build railways", value=300.0, unit="km", kind=Kind.LEVEL)
    mass = state("Увеличить провозную способность железных дорог", "ru", value=2.0e8, unit="t", kind=Kind.LEVEL)
    assert judge(length, mass, glossary) == (Relation.SAME, "same_aim")
    assert relate(length, mass, 0.9, glossary).relation is Relation.RELATED, "only for each other's best match"


@pytest.mark.parametrize(("value", "unit"), [(20.0, ""), (60.0, "wagons")])
def test_a_number_that_may_measure_the_same_is_no_other_aim(
    state: State, glossary: Glossary, value: float, unit: str
) -> None:
    share = state("Build railways", value=80.0, unit="%", kind=Kind.LEVEL)
    unsure = state("Build railways", value=value, unit=unit, kind=Kind.LEVEL)
    assert judge(share, unsure, glossary)[0] is Relation.RELATED


def test_things_counted_in_very_different_numbers_are_one_aim_not_one_indicator(
    state: State, glossary: Glossary
) -> None:
    wagons = state("Build railways", value=180.0, unit="вагонов", kind=Kind.LEVEL)
    many = state("Build railways", value=90_000.0, unit="sleepers", kind=Kind.LEVEL)
    few = state("Build railways", value=200.0, unit="sleepers", kind=Kind.LEVEL)
    assert judge(wagons, many, glossary)[1] != "other_number"
    assert judge(wagons, few, glossary) == (Relation.RELATED, "other_number")


def test_rates_per_different_numbers_are_compared_in_one_unit(state: State, glossary: Glossary) -> None:
    first = state("Steel", value=3.0, unit="cases per 10,000", kind=Kind.LEVEL)
    second = state("Steel", value=30.0, unit="случаев per 100,000", kind=Kind.LEVEL)
    assert judge(first, second, glossary) == (Relation.SAME, "numbers_agree")


def test_declared_trade_decides_before_numbers(state: State, glossary: Glossary) -> None:
    sells = state("Export 6 million tonnes of steel", value=6e6, unit="t", kind=Kind.LEVEL)
    buys = state("Импорт стали – 3 млн т", "ru", value=3e6, unit="t", kind=Kind.LEVEL)
    assert judge(sells, buys, glossary) == (Relation.COMPLEMENT, "delivers")


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        (("Ban exports of logs", "en"), ("Promote log exports to foreign markets", "en"), LIMIT),
        (("停止进口大豆", "zh"), ("Expand soybean imports", "en"), LIMIT),
        (("Close the Arctic route to foreign ships", "en"), ("Открыть северный морской путь для судов", "ru"), LIMIT),
        (("Limit foreign investment in mining", "en"), ("Привлечь иностранные инвестиции в добычу полезных ископаемых", "ru"),
         LIMIT),
        (("减少原木进口依赖", "zh"), ("Promote log exports", "en"), "buyer_wants_less"),
    ],
)  # fmt: skip
def test_bans_and_ends_collide_with_what_the_other_side_wants(
    state: State, glossary: Glossary, left: tuple[str, str], right: tuple[str, str], rule: str
) -> None:
    assert judge(state(*left), state(*right), glossary) == (Relation.CONFLICT, rule)
    assert judge(state(*right), state(*left), glossary) == (Relation.CONFLICT, rule)


def test_two_bans_are_the_same(state: State, glossary: Glossary) -> None:
    pair = state("Ban exports of logs"), state("Запретить вывоз круглого леса", "ru")
    assert judge(*pair, glossary)[0] == Relation.SAME


def test_a_close_number_is_another_number(state: State, glossary: Glossary) -> None:
    pair = (
        state("千兆宽带家庭普及率达到92%", "zh", value=92.0, kind=Kind.LEVEL, year=2030),
        state("Гигабитный интернет обеспечат 93 % домохозяйств", "ru", value=93.0, kind=Kind.LEVEL, year=2030),
    )
    assert judge(*pair, glossary) == (Relation.RELATED, "other_number")


def test_rates_per_so_many_compare_with_and_without_a_noun(state: State, glossary: Glossary) -> None:
    left = state(
        "No fewer than 45 apprentices per 1,000 employees", value=45.0, unit="apprentices per 1,000", kind=Kind.LEVEL
    )
    right = state("Не менее 38 учеников на 1000 работников", "ru", value=38.0, unit="per 1,000", kind=Kind.LEVEL)
    assert judge(left, right, glossary) == (Relation.RELATED, "other_number")


def test_building_against_winding_up_is_a_conflict_whatever_the_years(state: State, glossary: Glossary) -> None:
    pair = (
        state("Build new affordable homes by 2031"),
        state("Прекратить строительство социального жилья после 2027 года", "ru"),
    )
    assert judge(*pair, glossary) == (Relation.CONFLICT, LIMIT)


def test_words_of_unlike_objects_are_not_the_same_for_lack_of_anything_against_it(
    state: State, glossary: Glossary
) -> None:
    nurses, forests = state("加强护士队伍建设", "zh"), state("Развивать лесное хозяйство", "ru")
    assert nurses.reading.objects
    assert forests.reading.objects
    assert judge(nurses, forests, glossary) == (Relation.RELATED, "field_only")


def test_level_and_growth_of_one_thing_are_one_aim_in_any_year(state: State, glossary: Glossary) -> None:
    grows = state("Retail sales", indicator="Retail sales", value=4.5, kind=Kind.GROWTH, year=2032)
    total = state("Оборот розничной торговли", "ru", indicator="Оборот розничной торговли", value=5e9, unit="RUB",
                  kind=Kind.LEVEL, year=2029)  # fmt: skip
    assert judge(grows, total, glossary) == (Relation.SAME, "same_aim")
    tonnes = state("Retail sales", indicator="Retail sales", value=3e6, unit="t", kind=Kind.LEVEL, year=2032)
    assert judge(tonnes, total, glossary)[0] is Relation.RELATED, "two levels in other years"


def test_a_multiple_of_what_may_be_its_own_unit_is_no_change_of_it(state: State, glossary: Glossary) -> None:
    times = state("Wages", indicator="Wages", value=2.5, unit="x", kind=Kind.MULTIPLE, year=2028)
    wages = state("Зарплата", "ru", indicator="Зарплата", value=2.5, unit="МРОТ", kind=Kind.LEVEL, year=2030)
    assert judge(times, wages, glossary)[0] is Relation.RELATED


def test_changes_in_opposite_directions_collide_whatever_they_are_measured_in(state: State, glossary: Glossary) -> None:
    grows = state("Raise grain output", value=6.0, kind=Kind.GROWTH, direction="up")
    falls = state("Cut grain output by 5 t", value=-5.0, unit="t", kind=Kind.CHANGE_ABS, direction="down")
    assert judge(grows, falls, glossary) == (Relation.CONFLICT, "opposite_direction")


@pytest.mark.parametrize(
    "other", [{"value": 5e9, "unit": "RUB", "kind": Kind.LEVEL}, {"value": 6.0, "kind": Kind.CHANGE_PCT}]
)
def test_without_a_narrow_object_of_both_names_other_measures_are_of_one_field(
    state: State, glossary: Glossary, other: dict[str, object]
) -> None:
    grows = state("Retail sales", indicator="it", value=4.5, kind=Kind.GROWTH, year=2032)
    found = state("Оборот розничной торговли", "ru", indicator="он", year=2029, **other)
    assert judge(grows, found, glossary) == (Relation.RELATED, "other_measure")


def test_a_rise_by_an_amount_and_the_level_are_one_aim(state: State, glossary: Glossary) -> None:
    by = state(
        "人均预期寿命提高1岁", "zh", indicator="人均预期寿命", value=1.0, unit="years", kind=Kind.CHANGE_ABS, year=2020
    )
    to = state(
        "Life expectancy of 81 years", indicator="Life expectancy", value=81.0, unit="years", kind=Kind.LEVEL, year=2036
    )
    assert judge(by, to, glossary) == (Relation.SAME, "same_aim")


@pytest.mark.parametrize("less", [{"unit": "%"}, {"unit": "deaths per 1,000"}])
def test_two_levels_that_measure_different_things_are_no_conflict(
    state: State, glossary: Glossary, less: dict[str, object]
) -> None:
    up = state("Raise grain output to 5000 t", value=5000.0, unit="t", kind=Kind.LEVEL, direction="up")
    down = state("Cut the grain deficit to 10", value=10.0, kind=Kind.LEVEL, direction="down", **less)
    assert judge(up, down, glossary)[0] is Relation.RELATED


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"value": 6.0, "unit": "%", "kind": Kind.CHANGE_PCT, "year": 2020}, "other_number_and_year"),
        ({"value": 6.0, "unit": "%", "kind": Kind.CHANGE_PCT, "year": 2032}, "other_number"),
        ({"value": 4.5, "unit": "%", "kind": Kind.CHANGE_PP, "year": 2032}, "other_number"),
    ],
)
def test_other_rates_of_one_narrow_object_are_another_number_of_one_indicator(
    state: State, glossary: Glossary, fields: dict[str, object], rule: str
) -> None:
    yearly = state("Retail sales", indicator="Retail sales", value=4.5, kind=Kind.GROWTH, year=2032)
    whole = state("Оборот розничной торговли", "ru", indicator="Оборот розничной торговли", **fields)
    assert judge(yearly, whole, glossary) == (Relation.RELATED, rule)


def test_money_of_two_currencies_is_never_equal(state: State, glossary: Glossary) -> None:
    sales = [
        state("Retail sales", indicator="Retail sales", value=5e9, unit=unit, kind=Kind.LEVEL, year=year)
        for unit, year in (("RUB", 2032), ("yuan", 2030))
    ]
    assert judge(*sales, glossary) == (Relation.RELATED, "other_number_and_year")


def test_a_number_goes_where_its_own_target_goes_and_not_its_sentence(state: State, glossary: Glossary) -> None:
    held, less = (
        state(text, value=value, unit="%", kind=Kind.LEVEL, year=2019, direction=told)
        for text, value, told in (
            ("Raise wages and keep unemployment at 3.7 percent", 3.7, ""),
            ("Cut unemployment to 3 percent", 3.0, "down"),
        )
    )
    assert held.direction == "up"
    assert judge(held, less, glossary)[0] is Relation.RELATED


@pytest.mark.parametrize(
    ("name", "lang", "named"),
    [
        ("原煤、原油产量: 原煤", "zh", {"coal"}),
        ("exports and imports: imports", "en", {"imports"}),
        ("Exports without electricity", "en", {"exports"}),
        ("доля сельского населения с доступом к водоснабжению", "ru", {"drinking_water"}),
    ],
)
def test_an_indicator_is_about_what_its_number_measures(state: State, name: str, lang: str, named: set[str]) -> None:
    assert state(name, lang, indicator=name, value=5.0, kind=Kind.LEVEL).own == named


def test_things_of_one_narrow_object_are_compared_however_many(state: State, glossary: Glossary) -> None:
    many = state("New jobs", indicator="New jobs", value=1.4e6, unit="jobs", kind=Kind.LEVEL, year=2032)
    few = state("Новые рабочие места", "ru", indicator="Новые рабочие места", value=4.8e4, unit="мест",
                kind=Kind.LEVEL, year=2032)  # fmt: skip
    assert judge(many, few, glossary) == (Relation.RELATED, "other_number")


def test_nobody_delivers_a_share_of_a_whole(state: State, glossary: Glossary) -> None:
    used = state("Raise the share of renewables in energy consumption", indicator="share of renewables in energy consumption",
                 value=25.0, kind=Kind.LEVEL, direction="up")  # fmt: skip
    made = state(
        "Produce power from renewables", indicator="power from renewables", value=4e7, unit="kW", kind=Kind.LEVEL
    )
    assert judge(used, made, glossary)[0] is not Relation.COMPLEMENT


def test_less_water_per_unit_of_output_is_not_against_its_efficiency(state: State, glossary: Glossary) -> None:
    less = state(
        "单位GDP用水量下降10%", "zh", indicator="单位GDP用水量", value=-10.0, kind=Kind.CHANGE_PCT, direction="down"
    )
    more = state("Raise water use efficiency by 20%", indicator="water use efficiency", value=20.0, kind=Kind.CHANGE_PCT,
                 direction="up")  # fmt: skip
    assert judge(less, more, glossary) == (Relation.RELATED, "opposite_unclear")


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("Retail sales of GDP", 9.0, (Relation.SAME, "same_aim")),
        ("Share of shops in retail sales", 9.0, (Relation.RELATED, "other_measure")),
        ("Retail sales", 9.0, (Relation.RELATED, "other_number")),
        ("Retail sales account for", 9.0, (Relation.RELATED, "other_measure")),
    ],
)
def test_growth_and_a_share_of_one_thing_are_one_aim_and_what_may_be_growth_is_another_number(
    state: State, glossary: Glossary, text: str, value: float, found: tuple[Relation, str]
) -> None:
    grows = state(
        "社会消费品零售总额", "zh", indicator="社会消费品零售总额", value=4.5, kind=Kind.GROWTH, direction="up"
    )
    share = state(text, indicator=text, value=value, unit="%", kind=Kind.LEVEL, direction="up")
    assert judge(grows, share, glossary) == found
    for direction in ("down", ""):
        other = state(text, indicator=text, value=value, unit="%", kind=Kind.LEVEL, direction=direction)
        assert judge(grows, other, glossary) == (Relation.RELATED, "other_measure")


@pytest.mark.parametrize(("direction", "relation"), [("down", Relation.SAME), ("", Relation.RELATED)])
def test_two_measures_of_one_thing_are_one_aim_in_any_year_where_both_want_less_of_it(
    state: State, glossary: Glossary, direction: str, relation: Relation
) -> None:
    rate = state(
        "城镇调查失业率", "zh", indicator="城镇调查失业率", value=5.5, kind=Kind.LEVEL, year=2030, direction="down"
    )
    heads = state("Число безработных", "ru", indicator="Число безработных", value=430.0, unit="persons", kind=Kind.LEVEL,
                  year=2019, direction=direction)  # fmt: skip
    assert judge(rate, heads, glossary)[0] is relation


@pytest.mark.parametrize(
    ("text", "relation"), [("Retail sales", Relation.SAME), ("Share of shops in retail sales", Relation.RELATED)]
)
def test_money_and_a_percentage_of_one_thing_are_one_aim_in_any_year(
    state: State, glossary: Glossary, text: str, relation: Relation
) -> None:
    money = state("Оборот розничной торговли", "ru", indicator="Оборот розничной торговли", value=5e9, unit="RUB",
                  kind=Kind.LEVEL, year=2029)  # fmt: skip
    rate = state(text, indicator=text, value=4.5, unit="%", kind=Kind.LEVEL, year=2032)
    assert judge(money, rate, glossary)[0] is relation


def test_a_great_amount_without_a_unit_is_no_growth_in_percent(state: State, glossary: Glossary) -> None:
    grows = state("Egg production", indicator="Egg production", value=4.5, kind=Kind.GROWTH, year=2032, direction="up")
    few, eggs = (
        state("Egg production", indicator="Egg production", value=value, unit="", kind=Kind.LEVEL, direction="up")
        for value in (50.0, 9.2e7)
    )
    assert judge(grows, eggs, glossary) == (Relation.SAME, "same_aim")
    assert judge(grows, few, glossary)[0] is Relation.RELATED


def test_money_of_two_currencies_is_another_number_whatever_both_want(state: State, glossary: Glossary) -> None:
    sales = [
        state("Retail sales", indicator="Retail sales", value=5e9, unit=unit, kind=Kind.LEVEL, direction="up")
        for unit in ("UGX", "AED")
    ]
    assert judge(*sales, glossary) == (Relation.RELATED, "other_number")


def test_a_share_of_spending_does_not_collide_with_spending(state: State, glossary: Glossary) -> None:
    share = state("Share of own funds in budget expenditure to rise to 85 percent", value=85.0, kind=Kind.LEVEL,
                  indicator="Share of own funds in budget expenditure", direction="up")  # fmt: skip
    less = state("Cut budget expenditure to 20 percent", value=20.0, kind=Kind.LEVEL, indicator="budget expenditure",
                 direction="down")  # fmt: skip
    assert share.reading.measures & less.reading.measures
    assert judge(share, less, glossary) == (Relation.RELATED, "opposite_unclear")


def test_a_level_without_a_unit_is_another_number_of_one_narrow_object(state: State, glossary: Glossary) -> None:
    years = state("人均预期寿命", "zh", indicator="人均预期寿命", value=78.3, unit="years", kind=Kind.LEVEL)
    bare = state("Life expectancy", indicator="Life expectancy", value=70.0, unit="", kind=Kind.LEVEL, year=2025)
    assert judge(years, bare, glossary) == (Relation.RELATED, "other_number")
    far = state("Life expectancy", indicator="Life expectancy", value=7000.0, unit="", kind=Kind.LEVEL, year=2025)
    assert judge(years, far, glossary)[1] != "other_number"
    share = state("Life expectancy", indicator="Life expectancy", value=70.0, unit="%", kind=Kind.LEVEL, year=2025)
    assert judge(bare, share, glossary)[1] != "other_number"


@pytest.mark.parametrize("currency", ["INR", "VND", "XOF", "GBP"])
def test_money_of_any_currency_is_no_count(state: State, glossary: Glossary, currency: str) -> None:
    money = state("Grain output", indicator="Grain output", value=1.7e12, unit=currency, kind=Kind.LEVEL)
    mass = state("粮食产量", "zh", indicator="粮食产量", value=6.5e11, unit="kg", kind=Kind.LEVEL)
    heads = state("Grain output", indicator="Grain output", value=1.7e12, unit="persons", kind=Kind.LEVEL)
    assert money.quantities[0].quantity.startswith("money")
    assert judge(money, mass, glossary)[1] != "other_number"
    assert judge(money, heads, glossary)[1] != "other_number"


def test_bounds_of_two_years_exclude_nothing(state: State, glossary: Glossary) -> None:
    cap = {"value": 4.5, "unit": "%", "kind": Kind.LEVEL, "operator": "<="}
    level = state("Unemployment rate", value=29.0, unit="%", kind=Kind.LEVEL, year=2018, direction="up")
    assert judge(state("城镇登记失业率", "zh", **cap), level, glossary)[0] == Relation.RELATED
    assert judge(state("城镇登记失业率", "zh", year=2018, **cap), level, glossary) == (Relation.CONFLICT, "bounds")
    floor = {"value": 6.0, "unit": "%", "kind": Kind.LEVEL, "operator": ">="}
    standing = state("Unemployment rate", **floor)
    assert judge(state("城镇登记失业率", "zh", year=2018, **cap), standing, glossary) == (Relation.CONFLICT, "bounds")


def test_bounds_of_two_known_years_exclude_nothing(state: State, glossary: Glossary) -> None:
    floor = state("Coal output of at least 500 Mt", value=500.0, unit="Mt", kind=Kind.LEVEL, operator=">=", year=2030)
    cap = state("Coal output of at most 400 Mt", value=400.0, unit="Mt", kind=Kind.LEVEL, operator="<=", year=2035)
    assert judge(floor, cap, glossary)[0] == Relation.RELATED


def test_an_index_without_a_unit_is_no_percentage(state: State, glossary: Glossary) -> None:
    index = state("Life expectancy", indicator="Life expectancy", value=7.8, unit="", kind=Kind.LEVEL)
    share = state("人均预期寿命", "zh", indicator="人均预期寿命", value=10.0, unit="%", kind=Kind.LEVEL)
    assert judge(index, share, glossary)[1] != "other_number"
