"""What a target is about: the object of an aim and the things counted, not the body that speaks nor its verb."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets


@pytest.mark.parametrize(
    ("text", "indicator", "unit"),
    [
        ("The Ministry will install 150 ordinary charging points by 2027.", "install ordinary charging points", "points"),
        ("Fifteen new aided child care centres will be set up by 2028.", "new aided child care centres", "centres"),
        ("The agency plans to open eight more district offices in 2027.", "open more district offices", "offices"),
        ("The number of schools will increase to 40 by 2030.", "number of schools", ""),
        ("The government expects that exports will reach 40 billion dollars.", "exports", "USD"),
        ("We will put in place measures to halve our water loss by 2030.", "water loss", "x"),
        ("Exports will double by 2030.", "Exports", "x"),
        ("The council aims to keep inflation below 4 percent until 2030.", "inflation", "%"),
        ("The plant will generate at least 40 MW of power in 2030.", "plant generate power", "MW"),
        ("The programme seeks to achieve a growth rate of 7 percent by 2030.", "growth rate", "%"),
        ("Здесь планируется увеличение продолжительности жизни до 80 лет к 2030 году.", "продолжительности жизни", "years"),
        ("Будет построено 13 новых газопроводов к 2030 году.", "построено новых газопроводов", "газопроводов"),
        ("Tax revenue is expected to reach at least 20 percent of GDP by 2030.", "Tax revenue of GDP", "%"),
        ("К 2030 году выйти на четвёртое место в мире по величине экономики.", "мире по величине экономики", "rank"),
        ("Доля станков должна расти поэтапно до 60 процентов в 2030 году.", "Доля станков", "%"),
    ],
)  # fmt: skip
def test_what_a_target_is_about(text: str, indicator: str, unit: str) -> None:
    (target,) = extract_targets(text)
    assert (target.indicator, target.unit) == (indicator, unit)


@pytest.mark.parametrize(
    ("text", "value", "year", "direction"),
    [
        ("The government wants to recruit 5,000 more doctors by 2030.", 5000.0, 2030, "up"),
        ("We will build an additional 40 schools by 2030.", 40.0, 2030, "up"),
        ("Every district will have 40 schools by 2030.", 40.0, 2030, ""),
        ("The state adopts the Solar Policy, 2025, targeting 50 percent of its power.", 50.0, None, ""),
        ("打造特色鲜明的产业科技创新高地，全社会研发经费投入年均增长10%左右。", 10.0, None, "up"),
    ],
)
def test_additions_rise_and_the_year_of_an_act_is_no_deadline(
    text: str, value: float, year: int | None, direction: str
) -> None:
    found = [t for t in extract_targets(text, reported=2024) if t.value is not None]
    assert [(t.value, t.year, t.direction) for t in found] == [(value, year, direction)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Снижение к 2031 году:\n- энергоёмкости на 35 %;\n- потерь воды на 15 %.", [(-35.0, 2031), (-15.0, 2031)]),
        (
            "Уменьшить удельное потребление к 2031 году:\n- воды на 35 %;\n- газа на 15 %.",
            [(-35.0, 2031), (-15.0, 2031)],
        ),
        ("Снижение к 2031 году:\n- рост выпуска на 35 %;", [(35.0, 2031)]),
        ("Снижение числа аварий и мероприятия:\n- выпуск на 35 %;", [(35.0, None)]),
        ("Reduce by 2031:\n- water losses by 35%;\n- accidents by 15%.", [(-35.0, 2031), (-15.0, 2031)]),
    ],
)
def test_a_list_takes_the_direction_of_its_opening_line(text: str, wanted: list[tuple[float, int | None]]) -> None:
    assert [(t.value, t.year) for t in extract_targets(text) if t.value is not None] == wanted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2026年新建70个创新站，改造5000户农房。", ["新建创新站", "改造农房"]),
        ("到2031年，推出30-50个精品展览。", ["推出精品展览", "推出精品展览"]),
        ("建设300个以上示范村、2500个左右样板村。", ["建设示范村", "建设样板村"]),
        ("到2031年，新建学校30所。", ["新建学校"]),
        ("到2031年，粮食产量达到500万吨的水平。", ["粮食产量的水平"]),
    ],
)
def test_what_a_chinese_measure_word_counts_is_named_behind_it(text: str, names: list[str]) -> None:
    assert [t.indicator for t in extract_targets(text, "zh", with_words=False)] == names


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Plant 3 to 6 million mangroves by 2031.", "Plant mangroves"),
        ("We will attract £1.1 to £1.3 billion of new investment by 2031.", "attract new investment"),
        ("Raise the output of rice to 32-36 million tonnes by 2031.", "output of rice"),
    ],
)
def test_both_ends_of_a_range_are_named_by_what_stands_around_both(text: str, indicator: str) -> None:
    assert [t.indicator for t in extract_targets(text, "en")] == [indicator, indicator]


def test_what_a_verb_counts_is_its_object() -> None:
    assert [t.indicator for t in extract_targets("Build 420 km of roads by 2031.", "en")] == ["Build roads"]
    assert [t.indicator for t in extract_targets("Raise exports to 12 % of GDP by 2031.", "en")] == ["exports of GDP"]
    assert [t.indicator for t in extract_targets("Cut debt to 12 % of GDP by 2031.", "en")] == ["debt of GDP"]
    (rice,) = extract_targets("Production of 30 million tonnes of rice by 2031.", "en")
    assert rice.indicator == "Production of rice"


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("The Union has pledged to achieve 100% renewable heat by 2035.", "renewable heat"),
        ("With the goal of a 60% recovery of household waste by 2035.", "recovery of household waste"),
        ("The valley will be provided with a 500-kW hydropower plant by 2031.", "hydropower plant"),
        (
            "By 2031, 80% of all schools in the valley are to be linked by fibre.",
            "all schools in the valley are to be linked by fibre",
        ),
        (
            "This will improve the condition of 95 percent of regional and district roads by 2031.",
            "condition of regional and district roads",
        ),
        (
            "In the coming years, 6,000 families will purchase housing under this programme.",
            "families purchase housing under this programme",
        ),
        ("Under the Rural Homes Scheme, 51,000 houses will be built by 2031.", "houses"),
        ("Provide 50,000 new and restored houses by 2031.", "Provide new restored houses"),
        ("We will expand the scheme and create 5,000 additional centres by 2031.", "create additional centres"),
        ("Create 3,000 jobs in the north by 2031 and train 200 nurses.", "Create jobs in the north"),
        ("Эмиссия к 2031 году должна снизиться минимум до 85% уровня 2020 года.", "Эмиссия"),
        (
            "к 2031 году увеличение выручки малых компаний не менее чем в семь раз по сравнению с 2023 годом;",
            "выручки малых компаний",
        ),
        (
            "не менее 80 процентов учащихся и их семей будут охвачены занятиями к 2031 году;",
            "учащихся и их семей будут охвачены занятиями",
        ),
        ("По его словам, выпуск станков к 2031 году вырастет на 40 %.", "выпуск станков"),
        ("Energy use will fall by 20% nationwide by 2031.", "Energy use"),
        ("Пособиями к 2031 году будет обеспечено 100 процентов школ.", "Пособиями обеспечено школ"),
        (
            "ликвидация не менее 50 объектов вреда, утилизация и обезвреживание к 2036 году не менее 50 процентов отходов;",
            "ликвидация объектов вреда",
        ),
        ("Target 2.6: At least 70% of leavers are offered training by 2031.", "leavers are offered training"),
        ("4.Увеличение эффективности использования залов до 32% к 2031 году.", "эффективности использования залов"),
        ("到2031年，完成4.2亿千瓦机组超低排放改造。", "完成机组超低排放改造"),
        ("到2031年，规上工业企业研发费用与营收之比达到3.25%。", "规上工业企业研发费用与营收之比"),
    ],
)
def test_a_name_is_whole(text: str, indicator: str) -> None:
    first, *_ = extract_targets(text, with_words=False)
    assert first.indicator == indicator


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        (
            "The share of solar power will rise to 20% by 2030. We will increase it by a further 50% by 2035.",
            "share of solar power",
        ),
        (
            "Доля изделий из лёна должна составить 17% к 2030 году.\n\nК 2035 году показатель должен увеличиться до 30%.",
            "Доля изделий из лёна",
        ),
        ("The yard is old. We will increase it by a further 50% by 2035.", ""),
    ],
)
def test_a_pronoun_stands_for_the_target_in_front(text: str, indicator: str) -> None:
    *_, last = extract_targets(text, with_words=False)
    assert last.indicator == indicator


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Оборот оптовой торговли составит 900 млн рублей, темп роста к 2029 году составит 104 %.", "Оборот оптовой торговли"),
        ("2030年林业产值达到300亿元，占农业总产值40%以上。", "林业产值占农业总产值"),
    ],
)  # fmt: skip
def test_a_measure_or_a_share_in_a_later_clause_is_of_what_the_clause_before_names(text: str, indicator: str) -> None:
    first, second = extract_targets(text)
    assert (first.indicator, second.indicator) == (indicator.partition("占")[0], indicator)


_PAGE = """# Plan of the province to 2031

## 2.1 Pupils who leave early

Target: Reduce the proportion to 7.5% by 2031

## Spending on laboratories

Target: At least 1.5% of gross domestic product (GDP) per year by 2029

## Targets

- Raise it to 45% by 2031

## Clinics

By 2031 we will:

- reach 85% coverage
"""


def test_what_says_nothing_itself_is_named_by_its_heading() -> None:
    found, above = {t.value: t for t in extract_targets(_PAGE)}, "Pupils who leave early"
    assert found[7.5].indicator == f"{above}: proportion"
    assert found[1.5].indicator == "Spending on laboratories: gross domestic product (GDP)"  # what the share is of
    assert found[45.0].indicator == above  # the heading in front of "Targets" has a number and stands above
    assert found[85.0].indicator == "Clinics: coverage"
    assert [found[v].objective for v in (7.5, 1.5, 45.0)] == [above, "Spending on laboratories", above]


def test_a_list_ends_with_its_line_and_the_title_is_no_heading() -> None:
    text = (
        "# Schools of the valley to 2031\n\nThe coast will gain 7 piers by 2031.\n\n## Pupils' meals\n\nThe kitchens will:\n\n"
        "- serve 12 villages by 2031\n\nWe will train 60 teachers by 2031.\n\n"
        "## Meals coverage\n\nRaise the coverage to 85% by 2031.\n"
    )
    found = {t.value: t for t in extract_targets(text)}
    assert [found[v].objective for v in (7.0, 12.0, 60.0)] == ["", "Pupils' meals – The kitchens will", "Pupils' meals"]
    assert found[85.0].indicator == "Meals coverage"


def test_what_its_label_calls_a_target_is_one_without_a_verb() -> None:
    told = "women on the boards of banks 30%"
    assert [t.value for text in (f"5.1.b: {told}", told) for t in extract_targets(text)] == [30.0]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("Target 3 - By 2031, a 40% reduction in the rate of truancy", ["rate of truancy"]),
        ("5.1.b: 30% women on the boards of banks by 2031", ["women on the boards of banks"]),
        ("Цель: увеличить долю перевозок по воде до 12 % к 2031 году", ["долю перевозок по воде"]),
        ("目标：到2031年，绿化覆盖率达到41%", ["绿化覆盖率"]),
        (
            "Охват детей кружками возрастет до 55 % к 2031 году, в том числе в сельской местности – 35 %",
            ["Охват детей кружками", "Охват детей кружками: сельской местности"],
        ),
        ("The roadmap targets a 3% share of barges in freight by 2031", ["share of barges in freight"]),
        ("Attainment of 85 percent access to clinics by 2031", ["access to clinics"]),
    ],
)
def test_the_words_that_call_it_a_target_are_no_part_of_its_name(text: str, indicators: list[str]) -> None:
    assert [t.indicator for t in extract_targets(text)] == indicators


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("The Lowland Roads Index (LRI) will rise to 70 points by 2031.", "Lowland Roads Index (LRI)"),
        ("Reduce the Crash Rate (CR) to 40% by 2031.", "Crash Rate (CR)"),
        ("(ii) the average loan for the farm product will rise to 300 dollars by 2031.", "loan for the farm product"),
        ("By 2031 less than 6% of adults (men and women) smoke pipes.", "adults (men and women) smoke pipes"),
        ("By 2031, 60% of tram, bus and ferry stops will have ramps.", "tram, bus and ferry stops will have ramps"),
        ("The valley is seeking, with the help of its banks, a 30% cut in water losses by 2031.", "water losses"),
        ("The farms will have become cleaner by 2031, with a 12% increase in crop yields.", "crop yields"),
        ("Forest cover is going to reach 45% by 2031.", "Forest cover"),
        ("The trade gap was attempted to be less than 7% of GDP by 2031.", "trade gap of GDP"),
        ("The plan has the following targets for 2031: reduce water losses by 15%.", "water losses"),
        ("The share of villages with clean water: upland will reach 76% by 2031.", "share of villages with clean water: upland"),
        ("Poor families helped increased Baseline: 60% (2020) Target: 80% (2031)", "Poor families helped"),
        ("Second, the planting of two million trees is due by 2031.", "planting of trees"),
        ("Creation of 18 wetland sites by 2031.", "Creation of wetland sites"),
        ("To please its members, the union is targeting water losses of 12% by 2031.", "water losses"),
        ("9% (12 Mt) reduction in emissions from farms by 2031.", "emissions from farms"),
        ("Raise the skills of nurses by increasing the share of trained nurses to 60% by 2031.", "share of trained nurses"),
        ("Build 800 four-star rooms by 2031.", "Build four-star rooms"),
        ("(except the islands), ferry crossings will reach 40 by 2031.", "ferry crossings"),
        ("5,000 fewer people who live in camps by 2031.", "fewer people who live in camps"),
        ("В прогнозном периоде фонд оплаты труда (без ферм) составит 900 млн рублей.", "фонд оплаты труда (без ферм)"),
        ("Объём выпуска станков в 2031 году прогнозируется в размере 900 млн рублей.", "Объём выпуска станков"),
        ("Индекс выпуска станков в 2031 году возрастёт незначительно (на 3 %).", "Индекс выпуска станков"),
        ("По предварительной оценке, оборот кафе в 2031 году увеличится на 5 %.", "оборот кафе"),
        ("Выпуск сыра сохранится в 2031 году на уровне 80 тыс. тонн.", "Выпуск сыра"),
        ("到2031年，奶类产量占比达到30%。", "奶类产量占比"),
        ("今年新增托育机构超500所。", "新增托育机构"),
        ("到2031年，70%的工厂基本实现数字化。", "工厂基本实现数字化"),
        ("到2031年，农机总产值平均每年增长7%。", "农机总产值"),
        ("到2031年，在校研究生达到5万人。", "在校研究生"),
        ("到2031年，城乡居民收入比降至1.8以内。", "城乡居民收入比"),
    ],
)  # fmt: skip
def test_a_name_ends_where_its_noun_does(text: str, indicator: str) -> None:
    first, *_ = extract_targets(text, with_words=False, reported=2025)
    assert first.indicator == indicator


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("The line will have 8 trams in 2031 and 15 trams in 2033.", ["line trams", "line trams"]),
        ("Выпуск станков в 2031 году вырастет на 20 % или 5 млрд рублей за счёт роста спроса.",
         ["Выпуск станков", "Выпуск станков"]),
        ("Restore 25% of wetlands by 2031, working towards 30% by 2035.", ["Restore wetlands", "Restore wetlands"]),
        # a heading names what a share is of, the item in front does not
        ("# Plan\n\nIt opens.\n\n# Clean water\n\n- 60% of farms by 2031;\n\n- 70% of schools by 2031.",
         ["Clean water: farms", "Clean water: schools"]),
        ("# Plan\n\nIt opens.\n\n# Clean water\n\n- Water losses fall to 9% by 2031;\n\n- 70% of schools will be linked by 2031.",
         ["Water losses", "schools will be linked"]),
        ("By 2031 the savings ratio will rise to 30 percent, of which 20 percent from firms, and 10 percent from abroad.",
         ["savings ratio", "savings ratio: firms", "savings ratio: abroad"]),
        ("# Plan\n\nIt opens.\n\n# Clean water\n\n| Source | 2025 | 2031 |\n|---|---|---|\n| Total | 40 | 60 |",
         ["Clean water: Total"]),
        ("Оборот кафе в 2031 году составит по первому варианту 20 млн рублей. К 2032 году этот показатель (в текущих ценах)"
         " превысит уровень 2030 года на 22 % по первому варианту.",
         ["Оборот кафе (первому варианту)", "Оборот кафе (первому варианту)"]),
    ],
)  # fmt: skip
def test_what_stands_before_a_part_names_it(text: str, indicators: list[str]) -> None:
    found = [t.indicator for t in extract_targets(text, with_words=False, reported=2025)]
    assert found == indicators


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        (
            "By 2030, the number of ports that have joined the scheme will be 60.",
            "number of ports that have joined the scheme",
        ),
        ("Freight in the 2029/30 fiscal year will reach 9 million tonnes.", "Freight"),
        ("The fund will provide a top-up of 100 million dollars by 2030.", "provide a top-up"),
        ("The projects will further reduce losses by another 20% by 2030.", "losses"),
        (
            "Achieve 40 percent installed capacity from tidal power by 2030 with the help of foreign banks and funds.",
            "installed capacity from tidal power",
        ),
        ("2030年港口岸电使用比重：25%（约束性）。", "港口岸电使用比重"),
        ("2030年港口岸电使用比重达到25%（预期性指标）。", "港口岸电使用比重"),
    ],
)
def test_words_around_a_name_are_no_part_of_it(text: str, indicator: str) -> None:
    assert [t.indicator for t in extract_targets(text, reported=2024)] == [indicator]


def test_an_amount_that_is_close_to_another_has_the_name_before_it() -> None:
    found = extract_targets("Cut losses of ore by 40% by 2030, representing close to 2 Mt.")
    assert [t.indicator for t in found] == ["losses of ore"] * 2


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        # what a verb leads to is what is measured
        ("The scheme will result in a reduction of water losses from 30% to 12% by 2031.", ["water losses"]),
        ("The valley undertakes to raise the share of barges in freight to 12% by 2031.", ["share of barges in freight"]),
        ("A plan meets wishes of members by greening towns and raising the share of trams to 12% by 2031.", ["share of trams"]),
        # of, for, in and to stay in front of what is counted
        ("We will support the repair of over 1,500 barges by 2031.", ["support the repair of barges"]),
        ("We will provide skill training to 5,000 pupils by 2031.", ["provide skill training to pupils"]),
        ("Raise the number of ferries to 12 ferries by 2031.", ["number of ferries"]),
        ("Back the design and use of at least 5 farm programmes by 2031.", ["Back the design and use of farm programmes"]),
        ("Power of towns by use of at least 30% tidal sources by 2031.", ["Power of towns by use of tidal sources"]),
        ("The valley takes on a target of moving to 100% tidal energy by 2031.", ["moving to tidal energy"]),
        ("To keep farms alive, 25 projects are designed to drain mires by 2031.", ["projects are designed to drain mires"]),
        # a time, a unit or a purpose at its end, and what says nothing by itself
        ("We set the rate of loan losses for this year at 3 percent in 2031.", ["rate of loan losses"]),
        ("The share of barges in freight in the next five years will be 12% by 2031.", ["share of barges in freight"]),
        ("Cut water losses to 9% by 2031, achieving a significant reduction of 40%.", ["water losses", "water losses"]),
        ("A better target for set-aside of wetland, from 500 ha to 1,300 ha of wetland by 2031.", ["set-aside of wetland"]),
        # who acts is no part of what the aim is about, a long subject none of what is done
        ("The valley sets a target to maintain 40% of its wetland under mire by 2031.", ["wetland under mire"]),
        ("The valley undertakes to electrify at least 25% of its ferries by 2031.", ["electrify its ferries"]),
        ("Under the plan of mills, 60% of the mills will be linked by 2031.", ["mills will be linked"]),
        ("The line along the upper lake and dams in hills is extended to construct 90 km of track by 2031.", ["construct track"]),
        ("Restore 25% of mires by 2031.", ["Restore mires"]),
        ("This means reducing heat losses by 30% by 2031.", ["heat losses"]),
        ("Fuel demand of ferries will be cut from 40 GWh in the BAU scenario in 2031 to 36 GWh.", ["Fuel demand of ferries"]),
    ],
)  # fmt: skip
def test_what_only_leads_to_an_indicator_is_no_part_of_its_name(text: str, indicators: list[str]) -> None:
    assert [t.indicator for t in extract_targets(text, with_words=False, reported=2025)] == indicators


def test_equal_names_of_two_tables_stand_behind_their_headings_and_long_ones_are_cut() -> None:
    head = "\n\n| Indicator | 2025 | 2031 |\n|---|---|---|\n| Farms | {} | {} |\n| {} | 10 | 30 |\n\n"
    first, second = head.format(100, 300, "Shops"), head.format(1000, 3000, "Mills and all that is said of them" * 9)
    rows = extract_targets(f"# Plan\n\n## Links to mains by 2031{first}## Stoves by 2031{second}")
    names = [row.indicator for row in rows]
    assert names[:3] == ["Links to mains by 2031: Farms", "Shops", "Stoves by 2031: Farms"]
    assert len(names[3]) < 204
    assert names[3].endswith(" …")


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("- Renewables: raise the share to 40 % by 2030 from 22 % in 2024", "Renewables: share"),
        ("- Renewable energy: increase its share to 40 % by 2030.", "Renewable energy: share"),
        ("- Roads in 2030: increase the share to 40 %.", "Roads: share"),
        ("- What our town wants most of all in these years: raise the share to 40 % by 2030.", "share"),
        ("- Roads: build 40 bridges by 2030.", "build bridges"),
    ],
)
def test_what_stands_in_front_of_a_colon_says_what_a_bare_measure_is_of(text: str, indicator: str) -> None:
    *_, target = extract_targets(text)
    assert target.indicator == indicator


def test_what_stands_in_front_of_a_colon_says_it_before_the_heading_does() -> None:
    text = "# Plan 2026-2030\n\n## Clean towns\n\n- Renewables: raise the share to 40 % by 2030\n"
    (target,) = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    assert target.indicator == "Renewables: share"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("2.5Reduce unauthorised taking of a pedal cycle by 2% by 2028", "unauthorised taking of a pedal cycle"),
        ("\uf0b7 Reduce water losses by 30% by 2030.", "water losses"),
        ("\x8a The share of paved roads will reach 30% by 2030.", "share of paved roads"),
        ("Exports, the deputy prime minister said, will rise by 10% by 2030.", "Exports"),
        ("Reduce mortality in the perinatal period by 6 percent by 2030.", "mortality in the perinatal period"),
        ("The share of adults in mental well being will rise to 80% by 2030.", "share of adults in mental well being"),
        ("I propose to raise the budgetary support for clinics next year by 25 per cent.", "budgetary support for clinics"),
        ("Support reaches farmers having land upto 2 hectares by 2030.", "Support reaches farmers having land"),
        ("The plan allocation for roads is being raised by 22 per cent in 2030.", "plan allocation for roads"),
        ("The mayor said that the modal share of cycling will reach 20% by 2030.", "modal share of cycling"),
        ("Accordingly, the retail price of sugar will fall by 5% by 2030.", "retail price of sugar"),
        ("Aviation: 2% improvement in fuel efficiency every year until 2050.", "fuel efficiency"),
    ],
)  # fmt: skip
def test_what_only_leads_to_a_number_is_no_part_of_a_name(sentence: str, name: str) -> None:
    found = [t.indicator for t in extract_targets(sentence, "en") if t.value is not None]
    assert found
    assert found[0].removeprefix("Aviation: ") == name
