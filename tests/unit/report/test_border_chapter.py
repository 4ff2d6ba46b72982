from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace

import pandas as pd
import pytest

from isthmus.border.overhead import Claim
from isthmus.core.provenance import Ledger
from isthmus.readers.study.border import BorderFiles, packaged_study, read_border
from isthmus.readers.worlds.world import read_world
from isthmus.report.blocks import Figure, Grid, flat
from isthmus.report.border_claims import claim_sentence, claim_verdict, claims
from isthmus.report.border_fit import SHOWN, largest_causes
from isthmus.report.chapters.border import chapter as border_chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.study.border import ClaimFacts, ReachCount, compute
from isthmus.study.station import Findings

CLAIM = Claim("stated", 0.3, 0.4, "somebody")


@lru_cache
def section(a, b, claims=(CLAIM,)):
    world = read_world()
    files = BorderFiles(study=packaged_study((a, b)))
    study = SimpleNamespace(
        borders=(read_border(world, "world-2022", (a, b), files, claims),),
        partners=(a, b),
        economy_names={},
        ledger=Ledger(),
        baseline=SimpleNamespace(table=None),
        totals=(),
        prices=None,
        levers=(),
        asked={},
    )
    return compute(study, Findings(), SimpleNamespace(progress=lambda share: None))


def chapter(made, text):
    return border_chapter(made, Findings(), text)


def blocks(found, kind):
    return [block for block in flat(found.blocks) if isinstance(block, kind)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pair", [("CHN", "RUS"), ("DEU", "POL")])
def test_the_chapter_is_complete_in_every_language(language, pair):
    found = chapter(section(*pair), Translator(language))
    assert found is not None
    figures = blocks(found, Figure)
    assert len(figures) == 6
    for figure in figures:
        assert figure.title
        assert figure.alt
        assert figure.source
        assert len(figure.twin)
    assert all(grid.rows for grid in blocks(found, Grid))


def test_bounds_of_shares_and_percentiles_of_draws_are_told_apart():
    made, text = section("CHN", "RUS"), Translator("en")
    (drawn,) = [block for block in blocks(chapter(made, text), Figure) if block.name == "border-fit"]
    assert "nine of ten draws" in drawn.title
    assert text("border.bound_note") in drawn.source


def test_small_parts_that_somebody_receives_keep_both_ends_of_their_range():
    made, text = section("CHN", "RUS"), Translator("en")
    (grid,) = [block for block in blocks(chapter(made, text), Grid) if block.csv == "rents"]
    assert "% of the value" in grid.columns[3]
    told = dict(zip((row.low for row in made.rents.rows if row.direction == "both"), grid.rows, strict=True))
    wide = [r for r in made.rents.rows if r.direction == "both" and round(100 * r.low, 1) < round(100 * r.high, 1)]
    assert wide
    assert all(" to " in told[row.low][3] for row in wide)


def test_the_waterfall_ends_at_the_total_and_marks_the_claim():
    found = chapter(section("CHN", "RUS"), Translator("en"))
    first = blocks(found, Figure)[0]
    rows = [(row["Low (%)"], row["Median (%)"]) for row in first.twin.to_dict("records")]
    assert sum(central for _, central in rows[:-1]) == pytest.approx(rows[-1][1], abs=0.1)
    assert "markArea" in str(first.option)


def test_both_directions_are_drawn_on_one_axis():
    found = chapter(section("CHN", "RUS"), Translator("en"))
    first, second = (f.option["xAxis"] for f in blocks(found, Figure) if f.name.startswith("border-waterfall"))
    assert (first["min"], first["max"], first["interval"]) == (second["min"], second["max"], second["interval"])


def test_a_border_without_a_claim_speaks_of_none():
    found = chapter(section("CHN", "RUS", ()), Translator("en"))
    assert "claim" not in repr([block for block in flat(found.blocks) if not isinstance(block, Figure)])
    assert all("markArea" not in str(figure.option) and "claim" not in figure.alt for figure in blocks(found, Figure))


def grid(**holds):
    """Return the counts of a claim's readings, 18 by reach: (holds, possible)."""
    return [
        ReachCount(reach, 18, h, p, 18 - h - p)
        for reach, (h, p) in {"all": (0, 0), "policy": (0, 0), "fragmentation": (0, 0), **holds}.items()
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_gets_one_sentence_for_every_outcome(language):
    text = Translator(language)
    outcomes = {
        "at_hand": grid(all=(9, 2), policy=(4, 3), fragmentation=(3, 5), at_hand=(1, 6)),
        "fragmentation": grid(all=(9, 2), policy=(4, 3), fragmentation=(1, 5), at_hand=(0, 6)),
        "policy": grid(all=(9, 2), policy=(4, 3), fragmentation=(0, 5)),
        "border": grid(all=(9, 2), policy=(0, 3)),
        "possible": grid(all=(0, 7)),
        "nowhere": grid(),
    }
    told = {
        name: claim_sentence(ClaimFacts("A-B", "x", 0.3, 0.4, "s", "", tuple(counts), None), text)
        for name, counts in outcomes.items()
    }
    short = {
        name: claim_verdict(ClaimFacts("A-B", "x", 0.3, 0.4, "s", "", tuple(counts), None), text)
        for name, counts in outcomes.items()
    }
    assert len(set(told.values())) == len(set(short.values())) == 6
    for name, sentence in short.items():
        (whole,) = (row for row in outcomes[name] if row.reach == "all")
        assert text.percent_range(30, 40, 0) in sentence
        assert str(whole.readings) in sentence
        assert str(whole.holds or whole.possible or "") in sentence
        assert len(sentence) < 260
        rule = text.percent(50 if name != "nowhere" else 5, 0)
        assert rule in sentence, "a verdict says its rule: which share of the draws it takes"
    for name, sentence in told.items():
        assert text.percent_range(30, 40, 0) in sentence
        for row in outcomes[name]:
            assert str(row.holds) in sentence
            assert str(row.possible) in sentence


@pytest.mark.parametrize(("language", "named"), [("en", "a paper"), ("ru", "статья"), ("zh", "a paper")])
def test_who_states_a_claim_is_told_in_the_language_of_the_page_where_the_study_has_it(language, named):
    """In the brief's verdict and beside the sentence of the chapter; elsewhere the English source stands."""
    text = Translator(language)
    claim = replace(CLAIM, source="a paper", sources={"ru": "статья"})
    made = section("CHN", "RUS", (claim,))
    (stated,) = made.claims
    assert named in claim_verdict(stated, text)
    assert text("border.claim_source", source=named) in [block.text for block in claims(made, text)]


def test_small_causes_are_drawn_as_one_bar_of_each_reach_and_still_add_up_to_the_total():
    parts = [(f"C{k}", "policy" if k % 2 else "nature", 10.0 - k) for k in range(9)]
    frame = pd.DataFrame(
        [{"row": r, "group": g, "low": v - 1, "central": v, "high": v + 1, "total": False} for r, g, v in parts]
        + [{"row": "total", "group": "total", "low": 50.0, "central": 54.0, "high": 60.0, "total": True}]
    )
    drawn = largest_causes(frame, Translator("en"))
    assert len(drawn) == SHOWN + 3
    assert list(drawn["row"])[:SHOWN] == [f"C{k}" for k in range(SHOWN)]
    assert drawn[~drawn["total"]]["central"].sum() == 54.0
    assert drawn["total"].tolist()[-1]
    joined = drawn[SHOWN:-1]
    assert (joined["low"] == joined["high"]).all(), "a sum of ranges is no range of the sum"
    assert largest_causes(frame[3:], Translator("en")).equals(frame[3:])
