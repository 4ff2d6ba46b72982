"""From two documents to a report, as a new user goes: any pair, no levers, no observations, no network, no projects."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from isthmus.cli import cli

RUSSIAN = "К 2029 году доля промышленности в ВВП достигнет 15 %.\nСнизить уровень безработицы до 4,5 % к 2029 году.\n"
ENGLISH = "The unemployment rate will be reduced to 7.5 percent by 2028.\nInstalled solar capacity will reach 30 GW by 2028.\n"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("own")
    (home / "first.txt").write_text(RUSSIAN, "utf-8")
    (home / "second.txt").write_text(ENGLISH, "utf-8")
    for words in (
        (
            "new",
            "Аргентина",
            "brazil",
            f"ARG={home / 'first.txt'}",
            f"BRA={home / 'second.txt'}",
            "--start",
            "2025",
            "--out",
            home / "pair",
        ),
        ("run", home / "pair", "--out", home / "out", "--quiet", "--excel"),
    ):
        assert CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False).exit_code == 0
    return home / "out"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["report.html", "report.ru.html", "report.zh.html"])
def test_the_report_has_no_empty_or_broken_sentence(results: Path, name: str) -> None:
    page = html.fromstring((results / name).read_text("utf-8"))
    for element in page.xpath("//script|//style"):
        element.drop_tree()
    said = [" ".join(e.text_content().split()) for e in page.iter("p", "li", "h1", "h2", "h3", "figcaption", "summary")]
    said = [sentence for sentence in said if sentence]
    assert len(said) > 80
    broken = [s for s in said if re.search(r"\{\w+\}|\bnan\b|\bNone\b|\.\.(?!\.)|。。|\(\)", s)]
    assert broken == []
    assert len(page.xpath("//h1")) == 1


@pytest.mark.slow
def test_the_first_screen_says_what_is_known_and_what_is_missing(results: Path) -> None:
    page = html.fromstring((results / "report.html").read_text("utf-8"))
    words = " ".join(page.text_content().split())
    for wanted in (
        "What is known",
        "What is missing, and how to add it",
        "levers.toml",
        "observations.csv",
        "nobody has checked them",
    ):
        assert wanted in words
    assert (results / "brief.docx").stat().st_size > 5000
    assert (results / "results.xlsx").is_file()


@pytest.mark.slow
def test_the_manifest_names_the_models_that_linked_the_plans(results: Path) -> None:
    manifest = json.loads((results / "manifest.json").read_text("utf-8"))
    assert manifest["models_of_alignment"]
    assert all(name in (results / "report.html").read_text("utf-8") for name in manifest["models_of_alignment"])
