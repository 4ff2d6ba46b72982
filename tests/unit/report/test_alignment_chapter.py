"""Textual against economic relations: links of passages meet pairs of outcomes through the curated targets."""

from dataclasses import replace

import pytest
from blank import row, section

from isthmus.report.blocks import Annex, Cell, Columns, Folded, Grid, Paragraph, Points, layers
from isthmus.report.chapters.alignment import chapter
from isthmus.report.judged import economics
from isthmus.report.locale import NO_BREAK, Translator
from isthmus.report.passages import reason
from isthmus.report.talks import measures_of, talks, to_talk_about
from isthmus.study.alignment import AlignmentSection, ReviewFacts
from isthmus.study.alignment_rows import AlignedPairRow, GapRow, LinkRow, MatrixRow, ObjectRow
from isthmus.study.outcomes import OutcomeFacts, OutcomesSection, PairRow
from isthmus.study.plans import DocumentFacts, MatchRow, PlansSection
from isthmus.study.section import table
from isthmus.study.station import Findings
from isthmus.study.targets import TargetRow

LINKS = [row(LinkRow, left="doc-1", right="doc-7", relation="complement", accepted=True)]
MATCH = {"rd_a": "doc-1", "rd_b": "doc-7", "oil_b": "doc-8", "lost_b": ""}


def judged(pairs: list[tuple[str, str, str, str, float, str]], *, by_program: bool = False) -> Grid | Paragraph:
    """Return the table of a study whose rows were matched with passages, or, `by_program`, are what was read of them."""
    columns = ("target", "target_owner", "outcome", "outcome_owner", "effect_pct", "relation")
    rows = [row(PairRow, **dict(zip(columns, pair, strict=True))) for pair in pairs]
    aims = tuple(
        OutcomeFacts(f"o_{name}", {}, name, "", "", "", "", (), "", "", "", "", None, "")
        for name in ("rd_a", "rd_b", "oil_b", "lost_b")
    )
    read = {target: extracted for target, extracted in MATCH.items() if extracted}
    plans = (
        section(
            PlansSection,
            targets=table(TargetRow, [row(TargetRow, id=t, partner="A", text=e) for t, e in read.items()]),
            extracted_targets=table(TargetRow, [row(TargetRow, id=e, partner="A", text=e) for e in read.values()]),
        )
        if by_program
        else section(
            PlansSection,
            extraction_match=table(MatchRow, [row(MatchRow, target=t, extracted=e) for t, e in MATCH.items()]),
        )
    )
    outcomes = section(OutcomesSection, aims=aims, pairs=table(PairRow, rows))
    alignment = section(AlignmentSection, links=table(LinkRow, LINKS))
    findings = Findings({"plans": plans, "outcomes": outcomes})
    return economics(alignment, findings, Translator("en"))


@pytest.mark.parametrize("by_program", [False, True])
def test_links_and_pairs_meet_and_disagreement_is_marked(*, by_program: bool) -> None:
    grid = judged(
        [
            ("rd_a", "A", "o_rd_b", "B", 0.4, "complementary"),
            ("rd_b", "B", "o_rd_a", "A", -0.2, "competing"),
            ("rd_a", "A", "o_oil_b", "B", -0.9, "competing"),
            ("rd_a", "A", "o_lost_b", "B", 0.9, "complementary"),
            ("rd_b", "B", "o_oil_b", "B", 0.9, "complementary"),
        ],
        by_program=by_program,
    )
    assert isinstance(grid, Grid)
    assert [row[:3] for row in grid.rows] == [
        ["rd_a", "rd_b", "complementary"],
        ["rd_b", "rd_a", "complementary"],
        ["rd_a", "oil_b", "not linked"],
    ]
    assert [row[3].tone for row in grid.rows] == ["", "mark", "mark"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("weak", "title"), [(2, "4 links between the plans: 4 same"), (3, "3 of 4 links between the plans are weak")]
)
def test_a_title_that_counts_mostly_weak_links_says_so_first(weak: int, title: str) -> None:
    alignment = section(
        AlignmentSection,
        partners=("AAA", "BBB"),
        alignment_pairs=table(AlignedPairRow, [row(AlignedPairRow, pair="AAA-BBB", left="AAA", right="BBB")]),
        accepted=4,
        bands={"check": 4 - weak, "weak": weak},
        review=ReviewFacts(0, 0, 0, 0, 0),
        matrix=table(MatrixRow, [row(MatrixRow, pair="AAA-BBB", theme="energy", relation="same", links=4)]),
    )
    assert chapter(alignment, Findings({}), Translator("en")).title.startswith(title)


def test_pairs_that_the_text_does_not_link_are_told_in_words() -> None:
    grid = judged([("rd_a", "A", "o_oil_b", "B", -0.9, "competing")])
    assert isinstance(grid, Grid)
    assert grid.title == "1 pair of targets of the two plans meets in the model; the text does not link it"


def test_without_a_common_pair_it_says_so() -> None:
    assert isinstance(judged([("x", "A", "o_rd_b", "B", 0.1, "neutral")]), Paragraph)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Another number and year: ≥ 1.5 billion t (2030) against ↓ ×0.5 (2035)"),
        ("ru", "≥ 1,5 млрд т"),
        ("zh", "≥ 15亿吨"),
    ],
)
def test_a_reason_speaks_the_language_of_the_report(language: str, written: str) -> None:
    given = {
        "left_theme": "", "right_theme": "", "left_lang": "ru", "right_lang": "zh", "rule": "other_number_and_year", "note": "",
        "left_value": 1.5e9, "left_unit": "t", "left_operator": ">=",
        "left_year": "2030", "left_direction": "", "right_value": 0.5, "right_unit": "x", "right_operator": "=",
        "right_year": "2035", "right_direction": "down", "left_detail": "raw", "right_detail": "raw",
    }  # fmt: skip
    assert written in reason(row(LinkRow, **given), Translator(language)).replace(NO_BREAK, " ")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Another number: 12 million trees against 2,000"),
        ("ru", "Другое число: 12 млн и 2 000 станций"),
        ("zh", "数值不同：1,200万与2,000"),
    ],
)
def test_a_reason_keeps_the_noun_for_readers_of_the_passage(language: str, written: str) -> None:
    given = {
        "left_theme": "", "right_theme": "", "rule": "other_number", "note": "",
        "left_lang": "en", "left_value": 1.2e7, "left_unit": "trees", "left_operator": "=",
        "left_year": "", "left_direction": "", "right_lang": "ru", "right_value": 2000.0, "right_unit": "станций",
        "right_operator": "=", "right_year": "", "right_direction": "",
    }  # fmt: skip
    assert reason(row(LinkRow, **given), Translator(language)).replace(NO_BREAK, " ") == written


def test_a_reason_without_numbers_shows_the_detail_and_the_note() -> None:
    link = row(LinkRow, rule="other_measure", note="seen", left_detail="20 km", right_detail="3 t")
    assert reason(link, Translator("en")) == "Measured differently: 20 km against 3 t — seen"


@pytest.mark.parametrize(
    ("language", "digest"),
    [
        ("en", "our digest ours.md, p. 2"),
        ("ru", "наш конспект ours.md, с. 2"),
        ("zh", "本研究的摘要 ours.md，第2页"),
    ],
)
def test_a_passage_of_a_digest_says_so_wherever_it_stands(language: str, digest: str) -> None:
    documents = (
        DocumentFacts("ours.md", "AAA", None, 1, (), 0, digest=True),
        DocumentFacts("plan.pdf", "BBB", None, 1, (), 0),
    )
    link = row(
        LinkRow, left="a", right="b", relation="same", accepted=True, tier="subject", band="confident", rule="same_subject",
        left_theme="energy", left_file="ours.md", left_page="2", right_file="plan.pdf", right_page="7",
    )  # fmt: skip
    alignment = section(
        AlignmentSection,
        partners=("AAA", "BBB"),
        review=ReviewFacts(0, 0, 0, 0, 0),
        alignment_pairs=table(AlignedPairRow, [row(AlignedPairRow, pair="AAA-BBB", left="AAA", right="BBB")]),
        links=table(LinkRow, [link]),
        unmatched=table(
            GapRow, [row(GapRow, side="left", id="c", text="more", file="ours.md", page="2", theme="energy")]
        ),
    )
    made = chapter(alignment, Findings({"plans": section(PlansSection, documents=documents)}), Translator(language))
    (folded,) = (block for block in layers(made).annex if isinstance(block, Folded))
    (links,) = folded.blocks
    gaps = next(block for block in layers(made).annex if isinstance(block, Columns)).blocks[0]
    assert isinstance(links, Grid)
    assert isinstance(gaps, Grid)
    tags = [cell.tag for cell in (*links.rows[0][:2], gaps.rows[0][0]) if isinstance(cell, Cell)]
    assert [tag.replace(NO_BREAK, " ") for tag in tags[::2]] == [digest, digest]
    assert tags[1].startswith("plan.pdf")


def test_the_chapter_is_headed_by_objects_to_talk_about_each_counted_once() -> None:
    said = [
        row(ObjectRow, pair="AAA-BBB", left=left, right="r", item=item, relation=relation, rule="joint_signed", theme="energy",
            score=0.9, left_read="quoted", right_read="quoted", left_document="A plan",
            left_date="2019-06-05", left_place="news report", right_document="A plan of 2020", right_date="2021",
            right_place="Pt2 Ch7 §1")
        for left, item, relation in (
            ("a", "gas", "complement"), ("b", "gas", "complement"), ("d", "gas", "conflict"), ("c", "coal", "related"),
        )
    ]  # fmt: skip
    alignment = section(
        AlignmentSection,
        partners=("AAA", "BBB"),
        review=ReviewFacts(0, 0, 0, 0, 0),
        alignment_pairs=table(AlignedPairRow, [row(AlignedPairRow, pair="AAA-BBB", left="AAA", right="BBB")]),
        statement_texts={name: {"en": f"What {name} says", "ru": f"Что говорит {name}"} for name in "abcdr"},
        document_titles={"A plan": {"en": "A plan", "ru": "План"}, "A plan of 2020": {"en": "A plan of 2020"}},
        objects=table(ObjectRow, said),
        matrix=table(MatrixRow, [row(MatrixRow, pair="AAA-BBB", theme="energy", relation="related", links=4)]),
    )
    made = chapter(alignment, Findings({}), Translator("en"))
    assert (
        made.title == "1 object to talk about: 0 joint, 1 complementary, 1 competing (1 of them in more than one way)"
    )
    listed = layers(made).opened[0]
    assert isinstance(listed, Grid)
    assert [str(row[3]).replace(NO_BREAK, " ").split(". ")[1:] for row in listed.rows] == [
        ["1 further pair of statements about it", "Other statements about it are competing: see the neighbouring row."],
        ["Other statements about it are complementary: see the neighbouring row."],
    ]
    assert made.lead.startswith("4 links between the plans: ")
    for read, says in ((), "78 pairs"), (("AAA",), "one of three cases"):
        blocks = chapter(replace(alignment, spoken_by_rows=read), Findings({}), Translator("en")).blocks
        told = [b.text for b in blocks if isinstance(b, Paragraph) and b.text.startswith("How far to trust this table")]
        assert [says in line for line in told] == [True]
    for language, told, lang, place in (
        ("ru", "Что говорит a (План (2019))", "ru", "ч. 2, гл. 7, § 1"),
        ("zh", "What a says (A plan（2019年）)", "en", "第2篇, 第7章, 第1节"),
        ("en", "What a says (A plan (2019), news report)", "en", "Pt2 Ch7 §1"),
    ):  # fmt: skip
        (talked,) = (
            block for block in chapter(alignment, Findings({}), Translator(language)).blocks
            if isinstance(block, Grid) and block.csv == "objects"
        )  # fmt: skip
        cell = talked.rows[0][1]
        assert isinstance(cell, Cell)
        assert (cell.text, cell.lang) == (told, lang)
        assert str(getattr(talked.rows[0][2], "text", "")).replace(NO_BREAK, " ").endswith(f"(A plan of 2020, {place})")


def test_the_chapter_says_how_often_links_of_each_band_are_right() -> None:
    shares = {"confident": 0.81, "check": 0.62, "weak": 0.4}
    others = dict.fromkeys(
        ("top1", "top3", "precision", "recall", "false_links", "agreement", "agreement_numbers"), 0.5
    )
    measured = others | {"pairs": 7, "rows_shared": 0.95, "rows_apart": 0.65} | shares
    measured |= {f"words_{band}": share / 2 for band, share in shares.items()}
    alignment = section(
        AlignmentSection,
        partners=("AAA", "BBB"),
        review=ReviewFacts(0, 0, 0, 0, 0),
        alignment_pairs=table(AlignedPairRow, [row(AlignedPairRow, pair="AAA-BBB", left="AAA", right="BBB")]),
        bands={"confident": 1, "check": 2},
        measured=measured,
    )
    made = chapter(alignment, Findings({}), Translator("en"))
    (points,) = (block for block in layers(made).annex if isinstance(block, Points))
    assert points.items[0].startswith("Links by one aim here: 1 confident, 2 to be checked, 0 weak; 0 of them rest on")
    numbers = ("95 %", "65 %"), ("31 %", "20 %"), ("81 %", "62 %", "40 %")
    for item, told in zip(points.items[1:], numbers, strict=True):
        assert [number for number in told if number not in item.replace(NO_BREAK, " ")] == []


def about(left: str, item: str, relation: str, score: float, **cells: object) -> ObjectRow:
    return row(ObjectRow, pair="A-B", left=left, right="r", item=item, relation=relation, score=score, **cells)


def test_of_an_object_the_link_of_both_partners_and_of_the_deadline_leads() -> None:
    made = section(
        AlignmentSection,
        deadline=2030,
        objects=table(
            ObjectRow,
            [
                about("likely", "gas", "conflict", 0.9, left_due=2030, right_due=2036, sold_usd_m=5.0),
                about("near", "gas", "conflict", 0.7, left_due=2030, right_due=None, sold_usd_m=5.0),
                about("oil", "oil", "conflict", 0.6, sold_usd_m=9.0),
                about("alone", "rail", "same", 0.9, left_due=2030),
                about("plain", "rail", "same", 0.8, left_due=2030, bilateral=True),
                about("named", "rail", "same", 0.6, left_due=2035, bilateral=True, right_role="cooperates"),
                about("one", "port", "same", 0.95, bilateral=True),
                about("field", "port", "related", 0.99),
            ],
        ),
    )
    told = [[link.left for link in rows] for rows in to_talk_about(made)]
    assert told == [["named", "plain", "alone"], ["oil"], ["one"], ["likely", "near"]]


def test_relations_of_one_object_stand_one_below_the_other() -> None:
    links = [about(f"{n}", "gas", "same", 0.9) for n in range(3)]
    links += [about("port", "port", "same", 0.9), about("coal", "coal", "conflict", 0.9, sold_usd_m=5.0)]
    links += [about("rival", "gas", "conflict", 0.9, sold_usd_m=1.0)]
    found = to_talk_about(section(AlignmentSection, deadline=2030, objects=table(ObjectRow, links)))
    assert [(rows[0].item, rows[0].relation) for rows in found] == [
        ("gas", "same"), ("gas", "conflict"), ("coal", "conflict"), ("port", "same"),
    ]  # fmt: skip


@pytest.mark.parametrize(("relation", "told"), [("conflict", True), ("same", False), ("related", False)])
def test_a_link_by_one_aim_that_reads_an_object_otherwise_says_so_in_both_tables(relation: str, told: bool) -> None:
    link = row(
        LinkRow, pair="AAA-BBB", left="a", right="b", relation=relation, accepted=True, tier="subject", band="check",
        rule="both_export", left_theme="education",
    )  # fmt: skip
    spoken = row(
        ObjectRow, pair="AAA-BBB", left="s", right="t", item="students", relation="same", rule="joint_signed",
        theme="education", left_read="quoted", right_read="quoted",
    )  # fmt: skip
    alignment = section(
        AlignmentSection,
        partners=("AAA", "BBB"),
        review=ReviewFacts(0, 0, 0, 0, 0),
        alignment_pairs=table(AlignedPairRow, [row(AlignedPairRow, pair="AAA-BBB", left="AAA", right="BBB")]),
        statement_texts={name: {"en": name} for name in "st"},
        links=table(LinkRow, [link]),
        objects=table(ObjectRow, [spoken]),
    )
    read = [row(TargetRow, id=name, objects="students;schools") for name in "ab"]
    plans = section(PlansSection, extracted_measures=table(TargetRow, read))
    parts = layers(chapter(alignment, Findings({"plans": plans}), Translator("en")))
    listed = parts.opened[0]
    folded = [block.blocks for block in parts.annex if isinstance(block, Folded)]
    grids = {grid.csv: grid for blocks in folded for grid in blocks if isinstance(grid, Grid)}
    assert len(folded) == (1 if relation == "same" else 2)
    passages = grids["links"]
    assert isinstance(listed, Grid)
    assert [cell.text for cell in grids["objects"].rows[0][1:3] if isinstance(cell, Cell)] == ["s", "t"]
    assert ("linked as conflict" in str(listed.rows[0][3])) is told
    assert ("about its object: joint" in str(getattr(passages.rows[0][2], "text", ""))) is told


@pytest.mark.parametrize(
    ("kinds", "shared", "told"),
    [
        (
            ("plan", "programme"),
            False,
            "1 join plans or programmes of both sides, in 0 one of the two was signed by both, in 1 one",
        ),
        (
            ("plan", "plan"),
            True,
            "0 join plans or programmes of both sides, in 1 one of the two was signed by both, in 1 one",
        ),
        (
            ("plan", "regional"),
            False,
            "0 join plans or programmes of both sides, in 0 one of the two was signed by both, in 2 one",
        ),
    ],
)
def test_the_kinds_of_documents_behind_the_pairs_are_counted(kinds: tuple[str, str], shared: bool, told: str) -> None:
    read = {"left_read": "quoted", "right_read": "quoted", "rule": "joint_named"}
    own = about("a", "gas", "same", 0.9, **read, left_kind=kinds[0], right_kind=kinds[1], right_shared=shared)
    other = about("b", "coal", "conflict", 0.9, **read, left_kind="official statement", right_kind="plan")
    alignment = section(
        AlignmentSection,
        partners=("AAA", "BBB"),
        review=ReviewFacts(0, 0, 0, 0, 0),
        alignment_pairs=table(AlignedPairRow, [row(AlignedPairRow, pair="A-B", left="AAA", right="BBB")]),
        statement_texts={name: {"en": name} for name in ("a", "b", "r")},
        objects=table(ObjectRow, [own, other]),
    )
    blocks = [block for block in talks(alignment, Findings(), Translator("en")) if isinstance(block, Annex)]
    said = [inner.text for block in blocks for inner in block.blocks if isinstance(inner, Paragraph)]
    assert any(told in line for line in said), said


def test_the_link_that_was_read_and_has_numbers_and_dates_leads() -> None:
    links = [
        about("named", "gas", "conflict", 0.9, bilateral=True),
        about("dated", "gas", "conflict", 0.9, left_due=2030, right_due=2030),
        about("counted", "gas", "conflict", 0.5, left_due=2030, left_number=True, right_read="verified"),
    ]
    made = section(AlignmentSection, deadline=2030, objects=table(ObjectRow, links))
    assert [[link.left for link in rows] for rows in to_talk_about(made)] == [["counted", "dated", "named"]]


def test_a_measure_stands_beside_the_object_that_it_carries_out_most_of_and_never_beside_rivals() -> None:
    found = [
        [about("a", "rail", "same", 0.9), about("b", "rail", "same", 0.8)],
        [about("a", "port", "same", 0.9)],
        [about("c", "gas", "conflict", 0.9)],
    ]
    support = {"links": {"a", "b"}, "rivals": {"c"}, "other": {"x"}}
    assert measures_of(found, support) == {("A-B", "rail", "same"): ["links"]}


@pytest.mark.parametrize(("spoken", "said"), [(3, True), (0, False)])
def test_where_objects_were_compared_and_none_calls_for_a_talk_the_chapter_says_why(spoken: int, said: bool) -> None:
    pair = row(AlignedPairRow, pair="AAA-BBB", left="AAA", right="BBB", left_spoken=spoken, right_spoken=2)
    alignment = section(AlignmentSection, partners=("AAA", "BBB"), alignment_pairs=table(AlignedPairRow, [pair]))
    told = [block.text for block in talks(alignment, Findings({}), Translator("en")) if isinstance(block, Paragraph)]
    assert [text.startswith("No object to talk about") for text in told] == [True] * said
