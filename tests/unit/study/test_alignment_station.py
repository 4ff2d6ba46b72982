import math
from dataclasses import replace

import pytest

from isthmus.alignment.review import Decision, LinkVerdict, passage_digest
from isthmus.readers.alignment.matcher import load_matcher
from isthmus.report.blocks import Figure, Folded, Grid, layers
from isthmus.report.chapters.alignment import RELATIONS, chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.talks import to_talk_about
from isthmus.study import alignment, plans
from isthmus.study.station import Findings
from tests.packaged import packaged_study
from tests.unit.study.workshops import Quiet


@pytest.fixture(scope="module")
def study():
    read = replace(packaged_study(), matcher=load_matcher("base"), verdicts=())
    return plans.refine(read, plans.compute(read, Findings(), Quiet()))


@pytest.fixture(scope="module")
def section(study):
    return alignment.STATION.compute(study, Findings(), Quiet())


def test_the_station_applies_where_both_sides_have_targets(study):
    assert alignment.STATION.applies(study)
    assert not alignment.STATION.applies(replace(study, matcher=None))
    assert not alignment.STATION.applies(replace(study, extracted=(), targets=(), statements=()))
    assert alignment.STATION.applies(replace(study, extracted=(), targets=()))


def test_documents_are_preferred_to_curated_targets(study):
    sides = alignment.plan_sides(study)
    assert tuple(sides) == study.partners
    assert all({t.partner for t in side} == {partner} for partner, side in sides.items())
    assert {t.id for side in sides.values() for t in side} <= {t.id for t in study.extracted}
    assert alignment.plan_sides(replace(study, extracted=()))[study.partners[0]][0] in study.targets


def test_counts_agree_with_the_tables(study, section):
    links = section.links.frame
    spoken = links[["left", "right"]].apply(tuple, axis=1).isin({(row.left, row.right) for row in section.objects.rows})
    subject, about = links[links["accepted"] & ~spoken], links[links["accepted"] & spoken]
    assert section.accepted == len(subject)
    assert len(about) == len(section.objects.frame)
    assert set(about["tier"]) == {"object"}
    one_to_one = subject[subject["tier"] == "subject"]
    assert one_to_one["left"].is_unique
    assert one_to_one["right"].is_unique
    assert len(subject) + len(about) - _idle(section) == section.matrix.frame["links"].sum()
    shared = subject["left"].duplicated(keep=False) & subject["right"].duplicated(keep=False)
    assert not shared.any(), "of each link one side stands in no other"
    assert sum(section.relations.values()) == section.accepted
    assert sum(section.bands.values()) == section.accepted
    (pair,) = section.alignment_pairs.rows
    assert (pair.left, pair.right, pair.objects) == (*study.partners, len(about))
    assert pair.left_gaps <= (section.unmatched.frame["side"] == "left").sum()


def _idle(section):
    """Return how many pairs about one object are no more than related, which the matrix leaves out."""
    idle = (section.objects.frame["relation"] == "related").sum()
    assert idle > 0
    return idle


def test_every_link_carries_both_passages_with_their_place(section):
    links = section.links.frame
    assert (links[["left_text", "right_text", "left_file", "right_file", "reason"]] != "").all(axis=None)


def test_what_both_signed_is_not_one_sided_and_targets_whose_object_is_talked_about_are_no_gaps(study, section):
    pair = section.alignment_pairs.rows[0]
    linked = set(section.objects.frame["left"])
    own = [s for s in study.statements if s.standing == "current" and "CHN" in s.partners and s.id not in linked]
    assert pair.left_one_sided == sum("RUS" not in s.partners for s in own) < len(own)
    talked = section.objects.frame.query("relation != 'related'")["item"]
    open_targets = [row for row in section.unmatched.rows if not row.answered_in_part]
    assert {"energy_cooperation", "corridors"} <= set(talked)
    assert open_targets
    assert not any("коридор" in row.text for row in open_targets)


def test_verdicts_win_and_stale_ones_are_counted(study, section):
    best = section.links.frame.query("accepted").iloc[0]
    reject = LinkVerdict(best["left_digest"], best["right_digest"], Decision.REJECT)
    stale = LinkVerdict(
        passage_digest("gone"), passage_digest("gone"), Decision.ACCEPT, left_text="gone", right_text="gone"
    )
    after = alignment.STATION.compute(replace(study, verdicts=(reject, stale)), Findings(), Quiet())
    kept = after.links.frame.query("accepted")
    assert not ((kept["left_digest"] == best["left_digest"]) & (kept["right_digest"] == best["right_digest"])).any()
    assert after.review.stale == len(after.stale_verdicts.frame) == 1
    assert after.review.kept == 0 < after.review.proposed
    titles = [block.title for block in chapter(after, Findings(), Translator("en")).blocks if isinstance(block, Grid)]
    assert any("passage is gone" in title for title in titles)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_shows_matrix_passages_and_gaps(section, language):
    found = chapter(section, Findings(), Translator(language))
    figures = [block for block in found.blocks if isinstance(block, Figure)]
    folded = [block for block in layers(found).annex if isinstance(block, Folded)]
    cells = figures[0].option["series"][0]["data"]
    shown = sum(cell["value"][2] for cell in cells if not math.isnan(cell["value"][2]))
    assert shown == section.accepted + len(section.objects.frame) - _idle(section)
    assert Translator(language)("alignment.left_out", n=int(_idle(section))) in figures[0].source
    held = {block.name: [len(grid.rows) for grid in block.blocks] for block in folded}
    counted = {cell["opens"]: cell["value"][2] for cell in cells if cell["opens"]}
    assert counted == {name: sum(rows) for name, rows in held.items()}, "a click opens as many links as the cell counts"
    by_aim = [grid for block in folded for grid in block.blocks if grid.csv == "links"]
    assert section.accepted == sum(len(grid.rows) for grid in by_aim)
    assert {row[0].lang for grid in by_aim for row in grid.rows} == {"zh"}
    assert all(
        row[1].tag and row[2].tag
        for block in folded
        for grid in block.blocks
        if grid.csv == "objects"
        for row in grid.rows
    )
    names = [Translator(language).of("alignment.relation_both", relation) for relation in RELATIONS]
    assert figures[0].option["xAxis"]["data"] == names
    assert not set(figures[0].option["yAxis"]["data"]) & {"health", "research"} or language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_talk_about_stands_with_source_trade_and_relation(section, language):
    text = Translator(language)
    grid = next(b for b in chapter(section, Findings(), text).blocks if isinstance(b, Grid) and b.csv == "objects")
    found = to_talk_about(section)
    assert {rows[0].relation for rows in found} == {"same", "complement", "conflict"}
    pairs = section.objects.frame
    talked = pairs[pairs["relation"].isin(["same", "complement", "conflict"])]
    assert len(talked) == sum(map(len, found))
    assert len(grid.rows) == len(found) >= 25
    assert all(
        row[0].text.endswith(text.of("alignment.talk", rows[0].relation))
        for row, rows in zip(grid.rows, found, strict=True)
    )
    assert all(row[1].tag and row[2].tag and row[3] for row in grid.rows)
    assert layers(chapter(section, Findings(), text)).opened[0] == grid, "open, and first in its chapter"
    named = [row[0].text for row in grid.rows]
    assert len(set(named)) == len(named), "two objects of one relation have two names"
    assert any(name.startswith(text.named(section.object_names["pipelines"], "")) for name in named)


def test_every_object_has_a_name_in_every_language(section):
    assert section.object_names
    assert all(set(names) == {"en", "ru", "zh"} for names in section.object_names.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cell_of_the_matrix_opens_its_passages_and_the_best_link_comes_first(section, language):
    found = chapter(section, Findings(), Translator(language))
    (figure,) = (block for block in found.blocks if isinstance(block, Figure))
    folded = [block.blocks[0] for block in layers(found).annex if isinstance(block, Folded)]
    best = [grid.rows[0][3].text for grid in folded if grid.csv == "links"]
    assert len(best) > 1
    assert best == sorted(best, reverse=True)
    assert "opens" not in figure.twin


def test_the_lead_counts_what_the_chart_counts_and_how_many_targets_the_statements_hold(section):
    found = chapter(section, Findings(), Translator("en"))
    (chart,) = (block for block in found.blocks if getattr(block, "name", "") == "alignment-matrix")
    drawn = sum(cell["value"][2] for cell in chart.option["series"][0]["data"])
    assert drawn > section.accepted, "the sample holds links of both tiers"
    assert found.lead.startswith(f"{drawn:.0f} links")
    pair = section.alignment_pairs.rows[0]
    assert f"{pair.left_spoken} plan statements with {pair.right_spoken}" in found.lead
    assert f"{section.accepted} by one aim ({section.bands.get('weak', 0)} weak)" in found.lead
    (pair,) = section.alignment_pairs.rows
    assert pair.left_statements < pair.left_targets
    assert pair.right_statements < pair.right_targets
    assert f"({pair.left_targets} targets)" in found.lead
    assert f"({pair.right_targets} targets)" in found.lead
