"""The score in use is what its tool makes of what the repository holds."""

import csv
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from samples_alignment import target

from isthmus.alignment.glossary import GlossaryReading
from isthmus.alignment.match import Band, band_of, most
from isthmus.alignment.statement import Statement
from isthmus.readers.alignment.matcher import load_matcher

ROOT = Path(__file__).parents[3]
WORDS = Statement(target("s", "words", "en"), "words", GlossaryReading(), "", (), frozenset())
CALIBRATION = ROOT / "src" / "isthmus" / "assets" / "alignment" / "calibration.toml"


@pytest.fixture(scope="module")
def tool(monkeypatch_module: pytest.MonkeyPatch) -> ModuleType:
    """Return the tool that fits the score."""
    monkeypatch_module.syspath_prepend(str(ROOT / "tools"))
    spec = importlib.util.spec_from_file_location("calibrate_alignment", ROOT / "tools" / "calibrate_alignment.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch_module.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def monkeypatch_module() -> pytest.MonkeyPatch:
    """Yield a patch of the import path that ends with this module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", list(sys.path))
        yield patch


def test_the_score_in_use_is_the_fitted_one(tool: ModuleType) -> None:
    kept = CALIBRATION.read_text("utf-8").splitlines()
    assert [line for line in kept if line.startswith("score")] == [tool.line(models) for models in tool.MODELS]
    assert [line for line in kept if line.startswith("figures")] == [
        tool.figures_line(models) for models in tool.MODELS
    ]


def test_what_the_score_reaches_on_documents_that_its_fit_did_not_see(tool: ModuleType) -> None:
    """Fitted on one half of the documents drawn at random, on the other: 0.77 of the links of two languages are right."""
    drawn, score = tool.held_out_half("base")
    bands = load_matcher("base").calibration
    for two, least, precision, found in ((True, bands.no_match, 0.76, 0.68), (True, bands.check, 0.82, 0.48),
                                         (False, bands.no_match, 0.85, 0.86)):  # fmt: skip
        here = drawn.two_languages == two
        taken = here & (score >= least)
        assert drawn.right[taken].mean() >= precision
        assert drawn.right[taken].sum() >= found * drawn.right[here].sum()


def test_a_kept_match_is_right_where_its_pair_is_labelled(tool: ModuleType) -> None:
    labelled = {(row["lists"], row["left"], row["right"]) for row in tool.rows("pairs.csv")}
    real = {lists for lists, *_ in labelled}
    for models in tool.MODELS:
        found = [row for row in tool.rows(f"matches_{models}.csv") if row["lists"] in real]
        assert {row["lists"] for row in found} == real
        assert all((row["verdict"] == "1") == ((row["lists"], row["left"], row["right"]) in labelled) for row in found)


def test_what_the_score_reaches_on_lists_that_its_fit_did_not_see(tool: ModuleType) -> None:
    least = load_matcher("base").calibration.no_match
    reached = tool.reached(tool.kept("base"), least)
    for part in ("in one language", "with English", "Chinese and Russian"):
        assert reached[part].precision >= 0.86
        assert reached[part].found >= 0.85


def test_the_shares_of_links_with_figures_are_those_of_rows_that_the_fit_did_not_see(tool: ModuleType) -> None:
    matcher = load_matcher("base")
    least = matcher.calibration.no_match
    parts = tool.reached(tool.kept("base"), least).values()
    shared = sum(part.right for part in parts) / sum(part.accepted for part in parts)
    drawn, score = tool.held_out_half("base")
    apart = drawn.right[drawn.two_languages & (score >= least)].mean()
    told = [matcher.measured[name] for name in ("rows_shared", "rows_apart")]
    assert [shared, apart] == pytest.approx(told, abs=0.005)


def test_the_shares_of_links_in_words_are_those_of_the_kept_ones() -> None:
    """Between whole documents of two countries no link in words is confident; of a translation nearly all are."""
    matcher = load_matcher("base")
    limits = matcher.calibration
    with (ROOT / "tests" / "data" / "alignment_words" / "matches.csv").open(encoding="utf-8", newline="") as file:
        kept = list(csv.DictReader(file))
    right: dict[tuple[bool, Band], list[bool]] = {(same, band): [] for same in (True, False) for band in Band}
    for row in kept:
        score = min(float(row["score"]), most(WORDS, WORDS, float(row["alike"]), matcher))
        same = row["lists"] == "zh_report-en_report"
        right[same, band_of(score, limits)].append(row["verdict"] == "1")
    assert right[False, Band.CONFIDENT] == []
    assert [len(right[same, band]) for same, band in [(True, Band.CONFIDENT), (False, Band.CHECK)]] == [208, 77]
    assert sum(map(len, right.values())) - sum(len(right[True, band]) for band in Band) == 397
    for band in Band:
        found = right[band is Band.CONFIDENT, band]
        assert sum(found) / len(found) == pytest.approx(matcher.measured[f"words_{band}"], abs=0.005)


@pytest.mark.slow
def test_the_matches_kept_of_hand_written_statements_are_those_of_today(tool: ModuleType) -> None:
    def told(rows: list[dict[str, str]]) -> set[tuple[str, ...]]:
        return {(row["lists"], row["left"], row["right"], row["signs"], row["verdict"]) for row in rows}

    kept = told([row for row in tool.rows("matches_base.csv") if row["lists"].startswith("alignment_")])
    today = told(list(tool.hand_matches(load_matcher("base"))))
    assert len(kept & today) >= 0.95 * len(kept | today), "run tools/calibrate_alignment.py --documents FOLDER"
