"""The packaged model: its weights are those that were measured, and it tells what it was fitted to tell."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from isthmus.core.content import content_digest
from isthmus.plans.aims import HARDLY, Weighed
from isthmus.readers.documents.aims import packaged_classifiers
from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_document

DIGEST = "6d59560b3b33cddd7fe3b6cc9ec7247566294fa0b3f79e7ab804e874af3f9621"
FRONT = "The department reviewed the work of the last years. Its programme names the following."


def test_the_weights_are_those_that_were_measured() -> None:
    assert {lang: model.digest for lang, model in packaged_classifiers().items()} == dict.fromkeys(
        ("en", "ru", "zh"), DIGEST
    )


@pytest.mark.parametrize(
    ("text", "figure", "low", "high"),
    [
        ("We will raise the share of renewable energy to 40 % by 2030.", "40", 0.9, 1.0),
        ("The sector accounted for 68 % of emissions in 2010.", "68", 0.0, HARDLY),
        ("This is as much as 23 million households in Europe use.", "23", 0.0, HARDLY),
    ],
)
def test_the_packaged_model_tells_aims_from_facts(text: str, figure: str, low: float, high: float) -> None:
    (weighed,) = packaged_classifiers()["en"](FRONT, text, [text.index(figure)])
    assert weighed is not None
    assert low <= weighed.likely <= high


def test_the_packaged_model_takes_the_year_from_the_sentence_in_front() -> None:
    front = "By 2030, the number of pupils who reach the standard will have significantly increased."
    text = "In England, this will mean 90% of pupils."
    assert [w and w.due for w in packaged_classifiers()["en"](front, text, [text.index("90")])] == [2030]


@pytest.mark.parametrize(
    ("lang", "front", "text", "figures", "told"),
    [
        (
            "en",
            "By 2030, the number of pupils who reach the standard will have significantly increased.",
            "In England, this will mean 90% of pupils, and 3 of 4 schools.",
            ("90", "3 of", "4 sch"),
            [(0.982, 2030), (0.179, 2030), (0.057, 2030)],
        ),
        (
            "ru",
            "Задачи программы на 2024-2030 годы.",
            "Доля таких дорог составляла 48 %, а к 2027 году вырастет до 62 %.",
            ("48", "62"),
            [(0.001, None), (0.62, 2027)],
        ),
        (
            "zh",
            "“十四五”时期主要目标如下。",
            "2020年为35.6%，新增学位12万个，覆盖率达到95%。",
            ("35", "12", "95"),
            [(1.0, 2020), (0.998, 2020), (1.0, 2020)],
        ),
    ],
)
def test_the_packaged_model_says_what_the_model_it_was_written_from_says(
    lang: str, front: str, text: str, figures: tuple[str, ...], told: list[tuple[float, int | None]]
) -> None:
    weighed = packaged_classifiers()[lang](front, text, [text.index(figure) for figure in figures])
    assert weighed == [Weighed(*one) for one in told]


def test_without_a_number_the_packaged_model_says_nothing() -> None:
    assert packaged_classifiers()["en"](FRONT, "Ports matter.", []) == []


def test_what_runs_it_is_loaded_with_the_first_number() -> None:
    code = "import sys, isthmus.readers.study.study; print('onnxruntime' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_the_lexicon_has_it() -> None:
    assert read_lexicon().aims == packaged_classifiers()


def test_results_kept_for_other_weights_are_none_for_these() -> None:
    model = packaged_classifiers()["en"]
    assert content_digest(model) == content_digest(packaged_classifiers()["en"])
    assert content_digest(model) != content_digest(replace(model, digest="other"))


def test_a_document_is_read_with_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "Programme to 2030\n\nThe wind at sea is strong. Political agreements have been made on offshore wind farms.\n\n"
        "This corresponds to the power consumption of more than 23 million households, but much is left.\n\n"
        "We will raise the share of renewable energy to 40 % by 2030.\n"
    )
    read = extract_document(read_document(path))
    assert [t.value for t in read.targets] == [40.0]
    assert [entry.reason for entry in read.left_out if "23 million" in entry.text] == ["unlikely to be an aim"]
