"""Documents in a language that is not read are refused, and no table or list in English is taken for one."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from isthmus.commands.plan import command
from isthmus.core.errors import BadInputError
from isthmus.plans.document import Document, PlanDocument
from isthmus.plans.language import is_foreign, seems_foreign
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_plans
from isthmus.readers.study.taxonomy import read_taxonomy

FOREIGN = {
    "French": "Le gouvernement réduira les émissions de 30 % en 2031 par rapport à 2012. La part des énergies renouvelables dans "
    "la production sera portée à 45 %, et 200 villages seront raccordés au réseau.\n",
    "German": "Die Landesregierung will den Anteil der erneuerbaren Energien bis 2031 auf 60 Prozent erhöhen und die Zahl der "
    "Ladepunkte verdoppeln. In den Städten werden 300 Kilometer Radwege gebaut.\n",
    "Spanish": "El plan prevé aumentar la cobertura de agua potable hasta el 95 % en 2031 y construir 120 escuelas en las zonas "
    "rurales. Las inversiones serán de 400 millones.\n",
    "Vietnamese": "Đến năm 2031, tỷ lệ hộ nghèo của tỉnh giảm còn 3 %, và các xã được cấp nước sạch đạt 95 %. Tỉnh sẽ xây dựng "
    "40 trường học cho các huyện miền núi.\n",
    "Polish": "Do 2031 roku udział odnawialnych źródeł energii wzrośnie do 40 %, a liczba punktów ładowania zostanie podwojona. "
    "Na budowę dróg oraz kolei przeznaczy się 300 milionów złotych, przez co emisje nie przekroczą poziomu z 2020 roku.\n",
    "Turkish": "2031 yılına kadar yenilenebilir enerjinin payı yüzde 50'ye çıkarılacak ve kırsal bölgelerde 120 okul inşa "
    "edilecektir. Bu yatırımlar için 400 milyon lira ayrılacak, işsizlik ile enflasyon daha da indirilecektir.\n",
    "Ukrainian": "До 2031 року частка відновлюваної енергії зросте до 40 %, а кількість шкіл збільшиться на 120. У містах буде "
    "побудовано 300 км доріг.\n",
    "Kazakh": "2031 жылға дейін жаңартылатын энергия үлесі 40 %-ға жетеді, мектептер саны 120-ға артады. Қалаларда 300 км жол "
    "салынады.\n",
    "Arabic": "تهدف الخطة إلى رفع نسبة المياه المعالجة إلى 40 في المائة بحلول عام 2031.\n",
    "Japanese": "2031年までに市内の緑地の割合を40パーセントに引き上げ、新しい学校を25校つくることを目指します。"
    "そのための費用は市が負担し、住民にも協力をお願いします。\n",
    "Korean": "2031년까지 재생에너지 비중을 40퍼센트로 높이고 농촌 지역에 학교 25개를 새로 짓는다.\n",
}  # fmt: skip
READ = {
    "English": "The share of wind in the output of the region will rise to 40 percent by 2031, and 200 villages are joined.\n",
    "a table": "Wind output | 40 GW | 2031\nVillages joined | 200 | 2031\nLosses | 8 percent | 2031\n",
    "a list of places": "San Rafael | dam repaired | 2031 | 40 km\nLa Cruz | roads paved | 2031 | 12 km\n" * 2
    + "Upper valley | bridges rebuilt | 2032 | five\nLower valley | schools opened, roofs mended | 2032 | nine\n",
    "English that quotes": "The plan of the valley, Plan de la Vega, raises the output of wheat to 40 tonnes by 2031.\n",
    "Chinese": "到2031年，风电发电量占比提高到40%，200个村庄接入电网。\n",
    "English with names": "The port of Πειραιάς will handle 4 million containers by 2031, and losses fall to 3 percent.\n",
    "Russian": "К 2031 году доля ветра в выработке вырастет до 40 процентов, а сети получат 200 деревень.\n",
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_a_document_in_another_language_is_foreign(text: str) -> None:
    assert is_foreign(text * 12)
    assert not is_foreign(text)  # too short to tell


def test_a_long_text_in_bulgarian_is_foreign_and_none_in_russian_with_its_letter() -> None:
    bulgarian = (
        "До 2031 г. делът на възобновяемата енергия ще достигне 40 %, а броят на училищата ще се увеличи със 120. "
        "Държавата ще изгради 300 км пътища.\n"
    )
    assert is_foreign(bulgarian * 12)
    assert not is_foreign(bulgarian)
    assert not is_foreign("Объёмы съёмок на объектах вырастут до 40 % к 2031 году. " * 20)


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_a_sentence_in_another_language_is_doubted(text: str) -> None:
    assert seems_foreign(text)


@pytest.mark.parametrize("text", [*READ.values(), "Rio de Janeiro: 40 km of roads", "La Paz", "Losses | 8 % | 2031"])
def test_a_short_text_that_is_read_is_not_doubted(text: str) -> None:
    assert not seems_foreign(text)


def test_extract_warns_of_a_sentence_in_another_language(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("Porter la part des énergies renouvelables à 40 % d'ici 2031.\n", "utf-8")
    call = ["extract", str(tmp_path / "plan.txt"), "--out", str(tmp_path / "t.csv")]
    assert "seems to be in a language that is not read" in CliRunner().invoke(command, call).stderr
    assert "seems to be" not in CliRunner().invoke(command, [*call, "--lang", "en"]).stderr


def test_a_hundred_words_are_enough_to_tell() -> None:
    few = FOREIGN["Spanish"] * 4
    assert 80 < len(few.split()) < 140
    assert is_foreign(few)


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_what_is_read_is_not(text: str) -> None:
    assert not is_foreign(text * 30)


def test_the_command_refuses_it_by_name_unless_the_language_is_given(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan-nord.txt", tmp_path / "t.csv"
    plan.write_text(FOREIGN["French"] * 12, encoding="utf-8")
    refused = CliRunner().invoke(command, ["extract", str(plan), "--out", str(out)])
    assert isinstance(refused.exception, BadInputError)
    assert all(said in str(refused.exception) for said in ("plan-nord.txt", "English, Russian or Chinese", "--lang"))
    assert not out.exists()
    assert CliRunner().invoke(command, ["extract", str(plan), "--out", str(out), "--lang", "en"]).exit_code == 0


def test_so_does_a_study() -> None:
    document = Document("plan-nord.txt", None, tuple(blocks_of(FOREIGN["French"] * 12)))
    with pytest.raises(BadInputError, match=r"plan-nord\.txt"):
        extract_plans([PlanDocument("AAA", document)], read_taxonomy())
    assert extract_plans([PlanDocument("AAA", document, "en")], read_taxonomy())
