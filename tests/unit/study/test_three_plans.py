"""Three partners' plans: every pair compared, joint statements on the side of each signer, and names that may change places."""

import math
from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest

from isthmus.alignment.review import Decision, LinkVerdict, passage_digest
from isthmus.alignment.similarity import Remembered
from isthmus.plans.plan import Kind, Target
from isthmus.plans.statement import DocumentKind, OfficialDocument, PlanStatement, Role, StatementKind
from isthmus.readers.alignment.matcher import load_matcher
from isthmus.report.blocks import Figure, Folded, Grid, Paragraph, Picker, Points, layers
from isthmus.report.chapters import alignment as alignment_chapter
from isthmus.report.chapters import relations as relations_chapter
from isthmus.report.exports import Description, iamc, read_iamc, read_sdmx_csv, sdmx_csv
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.study import alignment, relations
from isthmus.study.section import from_parts, tables_of, to_parts
from isthmus.study.station import Findings
from tests.packaged import packaged_study
from tests.unit.study.workshops import Quiet

A, B, C = PARTNERS = ("CHN", "RUS", "KAZ")
PAIRS = ["CHN-RUS", "CHN-KAZ", "RUS-KAZ"]
HARBOURS, TREES, NURSES = "Build harbours on the coast", "Plant trees on hillsides", "Train nurses for rural clinics"


class Counting:
    """An embedding model that counts how often it is asked for a text."""

    def __init__(self, model):
        self.name, self.model, self.asked = model.name, model, Counter()

    def embed(self, texts):
        self.asked.update(texts)
        return self.model.embed(texts)


def target(name, partner, words):
    return Target(id=name, kind=Kind.QUALITATIVE, partner=partner, indicator=words, text=words, lang="en")


TARGETS = (
    target("a0", A, HARBOURS), target("a1", A, TREES), target("a2", A, NURSES),
    target("b0", B, "Build harbours along the coast"), target("b1", B, "Open museums of folk art"),
    target("c0", C, "Build more harbours on the coast"), target("c1", C, "Plant trees on steep hillsides"),
)  # fmt: skip


def said(name, partners, thing, role, words, named=()):
    document = OfficialDocument("plan", partners, DocumentKind.PLAN, "plan")
    return PlanStatement(
        name, partners, StatementKind.MEASURE, "energy", thing, role, words, document, named_partner=named
    )


STATEMENTS = (
    said("a_oil", (A,), "crude oil", Role.NEEDS, "The side buys more crude oil abroad."),
    said("b_oil", (B,), "crude oil", Role.SUPPLIES, "The side sells more crude oil abroad."),
    said("c_oil", (C,), "crude oil", Role.SUPPLIES, "The side exports more crude oil."),
    said("c_ban", (C,), "crude oil", Role.SUPPLIES, "The side sells crude oil to Russia.", ("Russia",)),
    said("ab_oil", (A, B), "crude oil", Role.COOPERATES, "Both sides buy and sell more crude oil."),
    said("abc_oil", (A, B, C), "crude oil", Role.COOPERATES, "The three sides buy and sell more crude oil abroad."),
)


@pytest.fixture(scope="module")
def study():
    read = packaged_study()
    few = replace(read.draws, closures=("fixed", "zero"), elasticities=("FGO",))
    matcher = load_matcher("base")
    lenient = replace(matcher.rules, weights={**matcher.rules.weights, "accept": 0.3})
    return replace(
        read, partners=PARTNERS, targets=TARGETS, extracted=(), statements=STATEMENTS, verdicts=(), draws=few,
        matcher=replace(matcher, rules=lenient), asked={},
    )  # fmt: skip


def aligned(study):
    return alignment.STATION.compute(study, Findings(), Quiet())


@pytest.fixture(scope="module")
def section(study):
    return aligned(study)


@pytest.fixture(scope="module")
def priced(study, section):
    return relations.compute(study, Findings({"alignment": section}), Quiet())


def linked(section, tier):
    """Return what was linked, whoever stands left: pair, statements, relation, score."""
    return {
        (frozenset((row.left, row.right)), frozenset(row.pair.split("-"))): (row.relation, round(row.score, 5))
        for row in section.links.rows
        if row.accepted and row.tier == tier
    }


def test_every_pair_is_compared_in_the_order_of_the_names(section):
    assert [row.pair for row in section.alignment_pairs.rows] == PAIRS
    assert [(row.left, row.right) for row in section.alignment_pairs.rows] == [(A, B), (A, C), (B, C)]
    assert list(dict.fromkeys(section.links.frame["pair"])) == PAIRS
    harbours = {pair for ids, pair in linked(section, "subject") if {i[1] for i in ids} == {"0"}}
    assert harbours == {frozenset(pair.split("-")) for pair in PAIRS}
    assert {(frozenset(("a1", "c1")), frozenset((A, C)))} <= set(linked(section, "subject"))


def test_counts_by_pair_are_those_of_the_tables(section):
    for row in section.alignment_pairs.rows:
        links = section.links.frame.query("pair == @row.pair and accepted")
        assert row.accepted == (links["tier"] == "subject").sum()
        assert row.objects == (links["tier"] == "object").sum()
        assert row.same + row.complement + row.conflict + row.related == row.accepted
        assert row.confident + row.check + row.weak == row.accepted
        idle = section.objects.frame.query("pair == @row.pair and relation == 'related'")
        assert len(links) - len(idle) == section.matrix.frame.query("pair == @row.pair")["links"].sum()
        gaps = section.unmatched.frame.query("pair == @row.pair")
        assert row.left_targets - row.accepted == (gaps["side"] == "left").sum()
    assert section.accepted == sum(row.accepted for row in section.alignment_pairs.rows)
    assert sum(section.relations.values()) == sum(section.bands.values()) == section.accepted


def test_a_statement_matched_with_one_partner_and_not_with_another_says_so(section):
    rows = {(row.pair, row.id): row.answered_by for row in section.unmatched.rows}
    assert rows["CHN-RUS", "a1"] == C
    assert rows["RUS-KAZ", "c1"] == A
    assert ("CHN-KAZ", "a1") not in rows
    assert rows["CHN-RUS", "a2"] == rows["CHN-KAZ", "a2"] == ""


def test_a_joint_statement_stands_on_the_side_of_each_signer_and_no_two_of_one_pair_meet(section):
    rows = {(row.pair, row.left, row.right): row for row in section.objects.rows}
    assert {("CHN-RUS", "ab_oil", "b_oil"), ("CHN-RUS", "a_oil", "ab_oil")} <= set(rows)
    assert ("CHN-KAZ", "ab_oil", "c_oil") in rows
    assert ("CHN-RUS", "ab_oil", "abc_oil") not in rows, "both partners of the pair signed both"
    assert ("CHN-KAZ", "ab_oil", "abc_oil") in rows, "of this pair only one signed the first"
    assert rows["CHN-RUS", "ab_oil", "b_oil"].left_shared
    assert not rows["CHN-KAZ", "ab_oil", "c_oil"].left_shared
    assert rows["CHN-RUS", "a_oil", "ab_oil"].rule == "joint_signed"
    assert not rows["CHN-KAZ", "ab_oil", "c_oil"].rule.startswith("joint"), "what two agree on binds no third"
    assert all(row.left != row.right for row in rows.values())


def test_a_statement_that_names_one_partner_does_not_speak_to_another(section):
    pairs = {row.pair for row in section.objects.rows if "c_ban" in (row.left, row.right)}
    assert pairs == {"RUS-KAZ"}


def test_trade_of_the_pair_is_the_witness(section):
    sellers = {
        row.pair: row.seller for row in section.objects.rows if row.left == "a_oil" and row.right in ("b_oil", "c_oil")
    }
    assert sellers == {"CHN-RUS": B, "CHN-KAZ": C}


@pytest.mark.parametrize("order", list(permutations(PARTNERS))[1:], ids="-".join)
def test_partners_named_in_another_order_find_the_same(study, section, order):
    turned = aligned(replace(study, partners=order))
    for tier in ("subject", "object"):
        assert linked(turned, tier) == linked(section, tier)
    missed, before = (
        {(frozenset(row.pair.split("-")), row.id, row.answered_by) for row in one.unmatched.rows}
        for one in (turned, section)
    )
    assert missed == before
    assert turned.relations == section.relations


def test_one_pair_of_three_is_what_the_pair_alone_is(study, section):
    alone = aligned(replace(study, partners=(A, B)))
    for name, table in tables_of(alone).items():
        if name in ("links", "objects", "unmatched", "matrix"):
            part = tables_of(section)[name].frame.query("pair == 'CHN-RUS'").reset_index(drop=True)
            drop = [column for column in ("answered_by", "score", "nearest_score") if column in part]
            assert part.drop(columns=drop).equals(table.frame.drop(columns=drop)), name


def test_each_text_is_embedded_once(study):
    models = tuple(Counting(model) for model in study.matcher.models)
    aligned(replace(study, matcher=replace(study.matcher, models=models)))
    for model in models:
        assert set(model.asked.values()) == {1}
        assert len(model.asked) > len(TARGETS) + len(STATEMENTS)


def test_what_is_remembered_is_what_the_model_said(study):
    (model,) = study.matcher.models
    kept = Remembered(model)
    kept.embed([HARBOURS, TREES])
    again = kept.embed([TREES, NURSES, HARBOURS, TREES])
    assert again == pytest.approx(model.embed([TREES, NURSES, HARBOURS, TREES]), abs=1e-6)
    assert kept.name == model.name


def verdict(left, right, decision):
    return LinkVerdict(
        passage_digest(left), passage_digest(right), Decision(decision), left_text=left, right_text=right
    )


def test_a_verdict_holds_between_the_two_plans_that_say_its_passages(study, section):
    given = (
        verdict(HARBOURS, "Build more harbours on the coast", "reject"),
        verdict("Plant trees on steep hillsides", TREES, "change"),
        verdict("gone", TREES, "accept"),
    )
    given = (given[0], replace(given[1], relation=alignment.Relation.CONFLICT), given[2])
    after = aligned(replace(study, verdicts=given))
    before, now = (set(linked(one, "subject")) for one in (section, after))
    assert before - now == {(frozenset(("a0", "c0")), frozenset((A, C)))}
    changed = next(row for row in after.links.rows if (row.pair, row.left, row.right) == ("CHN-KAZ", "a1", "c1"))
    assert (changed.relation, changed.verdict) == ("conflict", "change")
    assert [row.left_text for row in after.stale_verdicts.rows] == ["gone"]
    assert (after.review.decided, after.review.proposed, after.review.kept, after.review.stale) == (2, 2, 1, 1)


def test_a_passage_may_be_linked_with_each_partner_and_more_than_once_with_each(study):
    with_both = (
        verdict(NURSES, "Open museums of folk art", "accept"),
        verdict(NURSES, "Plant trees on steep hillsides", "accept"),
    )
    after = aligned(replace(study, verdicts=with_both))
    assert {(frozenset(("a2", "b1")), frozenset((A, B))), (frozenset(("a2", "c1")), frozenset((A, C)))} <= set(
        linked(after, "subject")
    )
    twice = (*with_both, verdict(NURSES, "Build harbours along the coast", "accept"))
    found = [
        row
        for row in aligned(replace(study, verdicts=twice)).links.rows
        if row.accepted and "a2" in (row.left, row.right)
    ]
    assert len(found) == 3


def test_a_partner_without_a_plan_is_named_and_not_dropped(study):
    some = replace(
        study,
        targets=tuple(t for t in TARGETS if t.partner != C),
        statements=tuple(s for s in STATEMENTS if C not in s.partners),
    )
    found = aligned(some)
    assert found.silent == (C,)
    assert [row.pair for row in found.alignment_pairs.rows] == ["CHN-RUS"]
    written = alignment_chapter.chapter(found, Findings(), Translator("en"))
    assert any("Kazakhstan" in block.text for block in written.blocks if isinstance(block, Paragraph))
    assert written.lead.startswith(f"{found.matrix.frame['links'].sum()} links between the plans:")


def test_growth_is_priced_for_every_pair_and_as_for_the_pair_alone(study, section, priced):
    assert list(dict.fromkeys(row.pair for row in priced.sector_growth.rows)) == PAIRS
    assert {(row.grower, row.other) for row in priced.sector_growth.rows} == set(permutations(PARTNERS, 2))
    assert [row.pair for row in priced.relations.rows] == [row.pair for row in section.objects.rows]
    pair = replace(study, partners=(A, C))
    alone = relations.compute(pair, Findings({"alignment": aligned(pair)}), Quiet())
    for name in ("relations", "relation_matrix", "sector_growth"):
        part = tables_of(priced)[name].frame.query("pair == 'CHN-KAZ'").reset_index(drop=True)
        assert part.equals(tables_of(alone)[name].frame), name


def test_sections_are_kept_and_exchanged_with_the_pair_as_their_place(section, priced):
    for one in (section, priced):
        assert from_parts(type(one), to_parts(one)) is not None
        for name, table in tables_of(one).items():
            if "pair" in table.frame and len(table):
                long = read_iamc(iamc(table, Description(name, "2030")).text)
                assert set(long["region"]) <= set(PAIRS) | set(PARTNERS), name
                back = read_sdmx_csv(sdmx_csv(table, Description(name, "2030")).text)
                assert set(zip(back["PAIR_FIRST"], back["PAIR_SECOND"], strict=True)) <= {
                    tuple(p.split("-")) for p in PAIRS
                }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_shows_pairs_first_and_each_matrix_behind_a_list(section, language):
    text = Translator(language)
    written = alignment_chapter.chapter(section, Findings(), text)
    figure = next(block for block in written.blocks if isinstance(block, Figure))
    drawn = sum(cell["value"][2] for cell in figure.option["series"][0]["data"] if not math.isnan(cell["value"][2]))
    assert figure.name == "alignment-pairs"
    assert drawn == section.matrix.frame["links"].sum() < section.accepted + len(section.objects)
    assert text("alignment.title_of_several", n=int(drawn), partners=3, **_told(section, text)) in written.lead
    (picker,) = (block for block in written.blocks if isinstance(block, Picker))
    assert len(picker.parts) == 3
    opens = {c["opens"] for part in picker.parts for c in part.blocks[0].option["series"][0]["data"] if c["opens"]}
    folded = {block.name: block.blocks[0] for block in layers(written).annex if isinstance(block, Folded)}
    assert opens == set(folded)
    assert sum(len(grid.rows) for grid in folded.values()) == section.accepted
    assert all(len(row) == len(grid.columns) for grid in folded.values() for row in grid.rows)
    talks = next(block for block in written.blocks if isinstance(block, Grid) and block.csv == "objects")
    assert all(len(row) == len(talks.columns) == 6 for row in talks.rows)
    tags = {cell.tag for row in talks.rows for cell in row[2:4]}
    assert any(text("alignment.signed_by", names="|").split("|")[0].strip() in tag for tag in tags)
    one_sided = next(block for block in written.blocks if isinstance(block, Points) and len(block.items) == 3)
    assert one_sided.title == text("alignment.one_sided_title")


def _told(section, text):
    counts = section.matrix.frame.groupby("relation")["links"].sum()
    return {
        "tiers": text("alignment.tiers.both", close=section.accepted, weak=section.bands.get("weak", 0)),
        **{str(k): int(v) for k, v in counts.items()},
    }


def test_gaps_say_who_answers_and_who_does_not(section):
    written = alignment_chapter.chapter(section, Findings(), Translator("en"))
    grids = [block for block in layers(written).annex if isinstance(block, Grid) and block.csv == "unmatched"]
    rows = {row[0].text: row for grid in grids for row in grid.rows}
    assert rows[TREES][2:] == ["Russia", "Kazakhstan"]
    assert rows[NURSES][2:] == ["Russia and Kazakhstan", ""]
    assert next(grid.title for grid in grids if grid.rows and grid.rows[0][0].text == TREES).startswith(
        "China: 2 statements that at least one other plan does not answer, 1 answered by none"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_and_economics_stand_by_pair(priced, language):
    written = relations_chapter.chapter(priced, Findings(), Translator(language))
    (picker,) = (block for block in written.blocks if isinstance(block, Picker))
    assert len(picker.parts) == 3
    pairs = next(block for block in written.blocks if isinstance(block, Grid) and block.csv == "relations")
    assert all(len(row) == len(pairs.columns) == 12 for row in pairs.rows)
    assert {row[0] for row in pairs.rows} == {part.label for part in picker.parts}
