"""The brief as a document: every word of the first screen, in three languages."""

import dataclasses
import io

import pytest
import report_sample as sample
from docx import Document

from isthmus.commands.results import write_reports
from isthmus.report.blocks import Cards, Chapter, Columns, Points, flat
from isthmus.report.brief import brief_docx
from isthmus.report.effects import THIRD, ToldEffect
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.page import citation, collect
from isthmus.report.worth import Worth
from isthmus.study.section import table
from isthmus.study.value import ValueRow


def words(document: bytes) -> str:
    read = Document(io.BytesIO(document))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in read.paragraphs), *cells])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_says_what_the_first_screen_says(language: str) -> None:
    first = collect(sample.findings(), language)[0]
    told = words(brief_docx(first, citation(sample.findings(), language, "2030-01-31"), Translator(language)))
    assert first.title in told
    inner = [b for block in first.blocks for b in (block.blocks if isinstance(block, Columns) else [block])]
    for block in inner:
        for item in block.items if isinstance(block, Points) else ():
            assert item in told
    for card in inner[0].cards:  # type: ignore[union-attr]
        assert f"{card.heading}: {card.value}" in told
    assert "2030-01-31" in told
    assert "c0dec0dec0de" in told


def test_a_headline_longer_than_the_format_allows_in_a_property_is_cut_there_alone() -> None:
    first = dataclasses.replace(collect(sample.findings(), "ru")[0], title="Длинно " * 60)
    document = Document(io.BytesIO(brief_docx(first, "2030", Translator("ru"))))
    assert document.paragraphs[0].text.strip() == first.title.strip()
    assert document.core_properties.title == first.title[:254] + "…"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_net_figure_says_how_much_of_the_gain_has_an_unknown_cost(language: str) -> None:
    """Headline, cards, their rows, the sentence on own plans and offers, and the bridge; nothing where all costs are known."""
    findings, text = sample.findings(), Translator(language)

    def first() -> Chapter:
        return collect(findings, language)[0]

    def written(chapter: Chapter) -> list[str]:
        return [item for block in flat(chapter.blocks) if isinstance(block, Points) for item in block.items]

    chapter, shares = first(), {n: text.percent(n, 0) for n in (7.0, 18.0, 52.0)}
    plain, known = (text(f"answer.{k}", year=2030, parts="|").partition("|")[0] for k in ("headline", "headline_known"))
    (cards,) = (block for block in flat(chapter.blocks) if isinstance(block, Cards))
    assert chapter.title.startswith(known)
    by = dict(zip(("AAA", "BBB", THIRD), cards.cards, strict=True))
    assert by["AAA"].label == text("answer.label.known", year=2030)
    assert by["BBB"].label == text("answer.label.net", year=2030)
    assert by[THIRD].label == text("answer.label.third", year=2030), (
        "others pay nothing: their figure is net of nothing"
    )
    assert shares[18.0] in by["AAA"].note
    assert shares[18.0] not in by["BBB"].note
    for code in ("AAA", "BBB"):
        assert [row[0] for row in by[code].rows if shares[52.0] in row[0]] == [
            text("answer.with_unknown", told=text.of("answer.row", "all_measures"), share=shares[52.0])
        ]
    for code in ("AAA", "BBB"):
        assert text("answer.own_unknown", share=shares[7.0]) in by[code].note
    value = findings.sections["value"]
    rows = [dataclasses.replace(row, unknown_cost_pct=0.0 if row.net else None) for row in value.value.rows]
    findings.sections["value"] = dataclasses.replace(value, value=table(ValueRow, rows))
    assert first().title.startswith(plain)
    told = text("answer.with_unknown", told="", share="|").replace("|", "").strip()[:6]
    assert not [item for item in written(first()) if told in item]


def test_the_brief_lies_beside_each_report(tmp_path) -> None:
    write_reports(sample.findings(), tmp_path, ["ru", "en"])
    assert {path.name for path in tmp_path.iterdir()} == {
        "report.html",
        "report.en.html",
        "brief.docx",
        "brief.en.docx",
    }
    page = (tmp_path / "report.html").read_text("utf-8")
    assert '<meta name="date" content="20' in page


def test_amounts_of_partners_share_a_unit_unless_one_is_dwarfed(monkeypatch: pytest.MonkeyPatch) -> None:
    money = {
        "A": ToldEffect(257.0, 539.0, 958.0),
        "B": ToldEffect(300.0, 700.0, 1400.0),
        "C": ToldEffect(-9.0, 1.0, 30.0),
    }
    monkeypatch.setattr(Worth, "money", lambda self, code: money.get(code, ToldEffect(-154.0, -77.0, 3.0)))
    worth = Worth.__new__(Worth)
    worth.partners = ("A", "B", "C")
    assert [worth.money_size(code) for code in ("A", "B", "C", THIRD)] == [1400.0, 1400.0, 30.0, 154.0]
    text = Translator("en")
    assert text.million_range(257.0, 958.0, like=1400.0) == text.million_range(0.3e3, 1.0e3, like=1400.0)


def test_a_gain_before_and_after_cost_never_reads_the_same_unless_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    gains = {True: ToldEffect(0.001, 0.0025, 0.004), False: ToldEffect(0.002, 0.0032, 0.005)}
    monkeypatch.setattr(Worth, "alignment", lambda self, code, net: gains[net])
    worth = Worth.__new__(Worth)
    worth._text = Translator("en")
    assert worth.net_told("A").replace("\u00a0", " ") == "+0.0025 %"
    assert worth.more_digits(THIRD) == 0
    gains[False] = gains[True]
    assert worth.more_digits("A") == 0
