import csv
import importlib
import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from isthmus.alignment.glossary import Concept, Glossary, field_of, narrowest, read_statement, shared_objects
from isthmus.core.errors import BadInputError
from isthmus.readers.alignment.glossary import read_glossary

LANGUAGES = ("en", "ru", "zh")
ROOT = Path(__file__).parents[3]
TABLES = ROOT / "src" / "isthmus" / "assets" / "alignment"
WORDS = {"glossary.csv": "form"}


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def witnesses() -> ModuleType:
    """Return the tool that gives words their witness."""
    spec = importlib.util.spec_from_file_location("witnesses", ROOT / "tools" / "witnesses.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("unit", ["USD", "SGD", "AUD", "HKD", "CAD", "NZD", "TWD", "BRL"])
def test_the_dollars_of_each_country_are_money_of_its_own(unit: str, glossary: Glossary) -> None:
    quantity = glossary.units[unit][0]
    assert quantity.startswith("money: ")
    assert [other for other, (what, _) in glossary.units.items() if what == quantity] == [unit]


def test_stems_catch_inflected_forms_and_whole_words_do_not(glossary: Glossary) -> None:
    assert "hydrogen" in read_statement("Экспорт водорода", "ru", glossary).objects
    assert "coal" in read_statement("Cut the use of coal", "en", glossary).objects
    assert "coal" not in read_statement("Form a coalition", "en", glossary).objects


def test_a_longer_form_covers_the_shorter_one_inside_it(glossary: Glossary) -> None:
    assert "demand" not in read_statement("加快高端设备国产替代", "zh", glossary).cues
    assert "demand" in read_statement("加快国产替代，推动绿氢替代", "zh", glossary).cues


def test_a_longer_phrase_covers_the_shorter_one_inside_it() -> None:
    forms = {"oil": ("oil.",), "fats": ("oil and fat",), "grain": ("grain",), "trade": ("grain export",)}
    glossary = Glossary(objects={key: Concept("", "", {"en": words}) for key, words in forms.items()})
    assert read_statement("Oil and fat exports", "en", glossary).objects == {"fats"}
    assert read_statement("Oil, oil and fats; more grain for grain exports", "en", glossary).objects == set(forms)


def test_fixed_expressions_hide_the_words_inside_them(glossary: Glossary) -> None:
    reading = read_statement("国内生产总值年均增长5%", "zh", glossary)
    assert "gdp" in reading.objects
    assert "output" not in reading.measures
    assert "supply" not in reading.cues


def test_a_part_shares_its_wider_object(glossary: Glossary) -> None:
    soy, farm = read_statement("大豆", "zh", glossary), read_statement("agricultural goods", "en", glossary)
    assert shared_objects(soy, farm, glossary) == {"soy"}
    assert shared_objects(farm, soy, glossary) == {"soy"}
    assert field_of(soy, glossary) == "agriculture"


def test_an_unknown_language_is_read_as_nothing(glossary: Glossary) -> None:
    assert not read_statement("Kohle", "de", glossary).objects


def test_every_object_measure_and_cue_has_forms_in_every_language(glossary: Glossary) -> None:
    entries = (
        {key: concept.forms for key, concept in glossary.objects.items()}
        | dict(glossary.measures)
        | dict(glossary.cues)
        | {key: forms for key, forms in glossary.parts.items() if key}
    )
    missing = [(key, lang) for key, forms in entries.items() for lang in LANGUAGES if not forms.get(lang)]
    assert missing == []


def test_a_word_stands_once_in_a_known_entry() -> None:
    objects = {row["object"] for row in rows("objects.csv")}
    words = [(row["class"], row["key"], row["lang"], row["form"]) for row in rows("glossary.csv")]
    assert len(words) == len(set(words))
    assert {key for kind, key, _, _ in words if kind == "object"} == objects
    assert {kind for kind, _, _, _ in words} == {"object", "measure", "cue", "part", "mask", "denominator"}
    assert {lang for _, _, lang, _ in words} == set(LANGUAGES)
    assert {key for kind, key, _, _ in words if kind == "denominator"} - objects == {"", "left_out"}


@pytest.mark.parametrize("name", WORDS)
def test_every_word_names_a_witness(name: str) -> None:
    listed = {row["id"] for row in rows("witnesses.csv")}
    kinds = {"study", "names", "lists", "dev", "test", "tests"}
    for row in rows(name):
        kind, inside, _ = row["witness"].partition(":")
        assert kind in (kinds if inside else {*listed, "name"}), row


def test_every_listed_text_is_a_witness_with_its_digest() -> None:
    named = {row["witness"] for name in WORDS for row in rows(name)}
    for row in rows("witnesses.csv"):
        assert row["id"] in named, row
        assert len(row["sha256"]) == 64
        assert row["address"]
        assert row["lang"] in LANGUAGES


@pytest.mark.slow
@pytest.mark.parametrize("name", WORDS)
def test_a_witness_in_the_repository_holds_its_word(name: str) -> None:
    tool = witnesses()
    texts: dict[tuple[str, str], list[str]] = {}
    for witness, lang, text in tool.sentences():
        texts.setdefault((witness, lang), []).append(text)
    for row in rows(name):
        if row["witness"].partition(":")[0] in ("study", "names", "lists", "dev", "test"):
            word, here = (row["lang"], row[WORDS[name]]), texts[row["witness"], row["lang"]]
            assert tool.find([word], ((row["witness"], row["lang"], text) for text in here)), row


def test_a_word_that_no_text_holds_has_no_witness() -> None:
    words = [("en", "coal."), ("en", "coal"), ("ru", "угл"), ("zh", "煤"), ("zh", "煤炭")]
    texts = [("a", "en", "Coalition"), ("b", "zh", "煤矿"), ("c", "ru", "Добыча угля")]
    assert witnesses().find(words, texts) == {("en", "coal"): "a", ("zh", "煤"): "b", ("ru", "угл"): "c"}


def test_words_go_together_without_which_every_text_is_read_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    needed = importlib.import_module("needed_words").needed
    coal, mine, pit, mining, steel = (
        ("object", key, "en", form)
        for key, form in (
            ("coal", "coal"),
            ("coal", "coal mine"),
            ("coal", "pit"),
            ("mining", "coal mine"),
            ("steel", "steel"),
        )
    )
    words = [coal, mine, pit, steel]
    assert needed(words, [("en", "a coal mine"), ("en", "coal of a pit")]) == {coal}
    assert needed(words, [("en", "a coal mine"), ("en", "an open pit")]) == {coal, pit}
    assert needed([coal, mining], [("en", "a coal mine")]) == {mining}
    assert needed([coal, mining], [("en", "a coal mine and coal")]) == {coal, mining}
    assert needed([*words, ("object", "coal", "zh", "煤")], [("zh", "煤矿"), ("ru", "уголь")]) == {
        ("object", "coal", "zh", "煤")
    }


def test_no_word_stands_both_for_an_object_and_for_a_part_of_it(glossary: Glossary) -> None:
    meant: dict[tuple[str, str], set[str]] = {}
    for row in rows("glossary.csv"):
        if row["class"] == "object":
            meant.setdefault((row["lang"], row["form"].lower()), set()).add(row["key"])
    alone = Counter((row["key"], row["lang"]) for row in rows("glossary.csv") if row["class"] == "object")
    both = [
        (form, wide)
        for (lang, form), keys in meant.items()
        for wide in keys
        for part in keys - {wide}
        if wide in glossary.wider(part) and alone[wide, lang] > 1
    ]
    assert both == []


def test_an_analyst_adds_entries(tmp_path: Path) -> None:
    extra = tmp_path / "glossary.toml"
    extra.write_text('[object]\ntea = { group = "agriculture", part_of = "agriculture", en = "tea." }\n', "utf-8")
    glossary = read_glossary(extra)
    assert "tea" in read_statement("Export tea", "en", glossary).objects
    assert "coal" in glossary.objects


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('[objects]\ntea = { en = "tea." }\n', "is unknown"),
        ('[object]\ntea = { group = "agriculture" }\n', "has no forms"),
        ('[object]\ntea = { en = "tea.", part_of = "drinks" }\n', "does not exist"),
    ],
)
def test_a_wrong_glossary_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(BadInputError, match=problem):
        read_glossary(path)


def test_what_a_share_is_taken_of_is_no_object_beside_another() -> None:
    glossary = read_glossary()
    assert "gdp" not in read_statement("Доля туризма в ВВП составит 5 процентов.", "ru", glossary).objects
    assert not read_statement("довести до 70% ВВП", "ru", glossary).objects
    assert "gdp" in read_statement("GDP will grow by 5 percent.", "en", glossary).objects


def test_one_or_two_letters_in_front_of_a_hyphen_match_in_full() -> None:
    forms = {"mail": Concept("digital", "", {"en": ("e-mail",)})}
    glossary = Glossary(objects=forms)
    assert read_statement("Send e-mails to offices", "en", glossary).objects == {"mail"}
    assert not read_statement("Every mail is read", "en", glossary).objects


def test_names_of_indicators_are_read_as_their_object(glossary: Glossary) -> None:
    with (ROOT / "tests" / "data" / "alignment_names" / "names.csv").open(encoding="utf-8", newline="") as file:
        names = list(csv.DictReader(file))
    read = [read_statement(row["name"], row["lang"], glossary).objects for row in names]
    missed = [
        row
        for row, found in zip(names, read, strict=True)
        if row["object"] not in set().union(*map(glossary.wider, found))
    ]
    assert missed == []
    assert {row["lang"] for row in names} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("name", "lang", "found"),
    [
        ("births in hospital", "en", {"maternal_health"}),
        ("выбросы ПГ относительно сценария", "ru", {"ghg_emissions"}),
        ("births delivered in public health facilities", "en", {"maternal_health"}),
        ("children killed or seriously injured on the roads", "en", {"road_safety"}),
        ("进出口增长", "zh", {"trade_turnover"}),
    ],
)
def test_a_longer_form_hides_the_objects_inside_it(name: str, lang: str, found: set[str], glossary: Glossary) -> None:
    assert narrowest(read_statement(name, lang, glossary).objects, glossary) == found


def test_a_word_may_stand_for_its_object_where_it_is_all_that_is_said(glossary: Glossary) -> None:
    for lang, name, text in (
        ("en", "Services", "Services are cheap"),
        ("ru", "услуги", "Услуги дешевы"),
        ("zh", "人口", "人口多"),
        ("en", "industry", ""),
    ):
        objects = read_statement(name, lang, glossary).objects
        assert len(objects) == 1, name
        assert not objects & read_statement(text, lang, glossary).objects, text


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Снизить дифференциацию показателей ожидаемой продолжительности жизни", "ru"),
        ("Narrow the gap in life expectancy between regions", "en"),
        ("Потери в ожидаемой продолжительности жизни", "ru"),
    ],
)
def test_differences_in_an_indicator_are_not_the_indicator(text: str, lang: str, glossary: Glossary) -> None:
    assert "life_expectancy" not in read_statement(text, lang, glossary).objects


@pytest.mark.parametrize(
    ("text", "lang", "key"),
    [
        ("Экспорт медной руды", "ru", "copper"),
        ("строить суда", "ru", "ships"),
        ("钛合金产量", "zh", "titanium_magnesium"),
    ],
)
def test_goods_are_found_by_the_usual_forms_of_their_names(text: str, lang: str, key: str, glossary: Glossary) -> None:
    assert key in read_statement(text, lang, glossary).objects


def test_what_a_share_is_taken_of_goes_only_where_another_object_is_left(glossary: Glossary) -> None:
    assert read_statement("non-oil exports", "en", glossary).objects == {"nonresource_exports"}
    assert read_statement("a growth rate of 5 percent", "en", glossary).objects == {"gdp"}
    assert "gdp" not in read_statement("a growth rate of wages of 5 percent", "en", glossary).objects
    assert read_statement("maternal mortality of at most 12 per 100,000 births", "en", glossary).objects == {
        "maternal_health"
    }


def test_a_wide_object_does_not_count_where_a_part_of_it_is_named(glossary: Glossary) -> None:
    assert narrowest(frozenset({"income", "wages", "coal"}), glossary) == {"wages", "coal"}
    assert narrowest(frozenset({"income"}), glossary) == {"income"}


def test_what_a_share_is_taken_of_is_no_object_of_it(glossary: Glossary) -> None:
    assert read_statement("or at least 24 percent of GDP", "en", glossary).objects == frozenset()
    assert read_statement("exports of 24 percent of GDP", "en", glossary).objects == {"exports"}


def test_what_a_share_is_taken_of_may_be_any_object_behind_the_words_of_a_share(glossary: Glossary) -> None:
    for lang, text, object_ in (
        ("zh", "畜牧业产值占农林牧渔总产值", "livestock"),
        ("en", "Share of coal in electricity", "coal"),
        ("en", "Coal as a percentage of gross exports", "coal"),
        ("ru", "доля угля в общем объеме экспорта", "coal"),
    ):
        assert read_statement(text, lang, glossary).objects == {object_}, text
    far = "the share of those who pass is to rise much in all of the many schools"
    assert read_statement(far, "en", glossary).objects == {"schooling"}


def test_a_longer_form_that_holds_what_a_share_is_taken_of_is_an_object(glossary: Glossary) -> None:
    text = "CPI up by 2 percent, energy consumption per unit of GDP down by 3 percent"
    assert read_statement(text, "en", glossary).objects == {"inflation", "energy_intensity"}


def test_a_part_of_the_economy_is_no_gdp_and_what_covers_land_is_no_planting(glossary: Glossary) -> None:
    assert read_statement("建筑业占全市生产总值比重", "zh", glossary).objects == {"construction_industry"}
    assert read_statement("удельный вес услуг в структуре производства ВВП", "ru", glossary).objects == {
        "services_sector"
    }
    cover, stock = (read_statement(text, "zh", glossary).objects for text in ("森林覆盖率", "森林蓄积量"))
    planted = read_statement("完成造林面积", "zh", glossary).objects
    assert (cover, stock, planted) == ({"forest_cover"}, {"forest_stock"}, {"reforestation"})
    assert "forest_cover" not in glossary.wider("reforestation")


def test_whole_fields_have_several_parts_and_are_part_of_nothing(glossary: Glossary) -> None:
    assert {"agriculture", "schooling", "investment"} <= glossary.whole_fields
    assert glossary.whole_fields.isdisjoint({"grain", "gdp", "unemployment", "meat"})


@pytest.mark.parametrize(
    ("lang", "rate", "objects"),
    [
        ("en", "Infant mortality per 1,000 live births", {"child_health"}),
        ("ru", "Число преступлений на 100 тыс. человек населения", {"crime_rate"}),
        ("zh", "每千人口医疗机构床位数", {"hospital_beds"}),
    ],
)
def test_what_a_rate_is_taken_per_is_no_object_and_no_word_of_its_own(
    lang: str, rate: str, objects: set[str], glossary: Glossary
) -> None:
    assert narrowest(read_statement(rate, lang, glossary).objects, glossary) == objects
    alone = rate.split(" per ")[0].split(" на ")[0].removeprefix("每千人口")
    assert glossary.finders[lang].unknown(rate) == glossary.finders[lang].unknown(alone)


def test_a_place_in_the_direction_of_corridors_is_no_corridor(glossary: Glossary) -> None:
    for lang, text in (
        ("ru", "узел в направлениях международных транспортных коридоров"),
        ("en", "a hub at the crossroads of transport corridors"),
    ):
        assert "corridors" not in read_statement(text, lang, glossary).objects
        assert "corridors" in read_statement(text[-22:], lang, glossary).objects
