from dataclasses import replace
from pathlib import Path

import pytest
from samples_alignment import target

from isthmus.alignment.judgement import Relation
from isthmus.alignment.match import Alignment, Matcher, align
from isthmus.alignment.review import Decision, LinkVerdict, passage_digest, rejected_pairs, review
from isthmus.alignment.tables import link_table
from isthmus.core.errors import BadInputError
from isthmus.plans.plan import Target
from isthmus.readers.alignment.reviews import read_verdicts, verdict_table

LEFT = [target("a0", "Build harbours on the coast"), target("a1", "Plant trees on hillsides")]
RIGHT = [target("b0", "Build harbours along the coast"), target("b1", "Plant trees on steep hillsides")]


def verdict(left: Target, right: Target, decision: str, relation: str = "", note: str = "") -> LinkVerdict:
    return LinkVerdict(
        passage_digest(left.text), passage_digest(right.text), Decision(decision), Relation(relation) if relation else None,
        note, left.text, right.text,
    )  # fmt: skip


@pytest.fixture
def found(matcher: Matcher) -> Alignment:
    result = align(LEFT, RIGHT, matcher)
    assert {(k.left.id, k.right.id) for k in result.accepted} == {("a0", "b0"), ("a1", "b1")}
    return result


def test_a_rejected_link_becomes_a_gap_on_both_sides(found: Alignment) -> None:
    after = review(found, [verdict(LEFT[0], RIGHT[0], "reject", note="not one port")], LEFT, RIGHT).alignment
    assert {(k.left.id, k.right.id) for k in after.accepted} == {("a1", "b1")}
    assert {gap.target.id for gap in after.gaps} == {"a0", "b0"}
    assert next(k.note for k in after.links if k.verdict) == "not one port"


def test_after_a_rejection_each_side_may_have_its_next_best(matcher: Matcher) -> None:
    other = target("a2", "Build harbours on the rocky coast")
    left = [*LEFT, other]
    machine = align(left, RIGHT, matcher)
    best = next(k.left for k in machine.accepted if k.right.id == "b0")
    second = LEFT[0] if best.id == "a2" else other
    verdicts = [verdict(best, RIGHT[0], "reject")]
    again = align(left, RIGHT, matcher, rejected_pairs(verdicts, left, RIGHT))
    after = review(again, verdicts, left, RIGHT).alignment
    assert (second.id, "b0") in {(k.left.id, k.right.id) for k in after.accepted}
    assert best.id in {gap.target.id for gap in after.gaps}
    assert next(k for k in again.links if (k.left.id, k.right.id) == (best.id, "b0")).proposed


def test_an_accepted_link_takes_both_statements(found: Alignment) -> None:
    after = review(found, [verdict(LEFT[0], RIGHT[1], "accept")], LEFT, RIGHT).alignment
    assert {(k.left.id, k.right.id) for k in after.accepted} == {("a0", "b1")}


def test_a_changed_relation_wins(found: Alignment) -> None:
    after = review(found, [verdict(LEFT[0], RIGHT[0], "change", "conflict")], LEFT, RIGHT).alignment
    link = next(k for k in after.accepted if k.left.id == "a0")
    assert (link.relation, link.judgement.rule, link.verdict) == (Relation.CONFLICT, "verdict", "change")


def test_a_verdict_survives_new_ids_pages_and_line_breaks(matcher: Matcher) -> None:
    left = [replace(t, id=f"new{i}", page=9, text=t.text.replace(" on ", "\non ")) for i, t in enumerate(LEFT)]
    after = review(align(left, RIGHT, matcher), [verdict(LEFT[0], RIGHT[0], "reject")], left, RIGHT)
    assert (len(after.applied), len(after.stale)) == (1, 0)
    assert "new0" not in {k.left.id for k in after.alignment.accepted}


def test_a_verdict_whose_passage_is_gone_is_stale_and_not_lost(found: Alignment) -> None:
    gone = verdict(target("x", "A sentence that was deleted"), RIGHT[0], "accept")
    after = review(found, [gone], LEFT, RIGHT)
    assert after.stale == (gone,)
    assert after.alignment.links == found.links


def test_verdicts_go_through_a_file_unchanged(tmp_path: Path) -> None:
    given = (verdict(LEFT[0], RIGHT[0], "change", "complement", "see annex"), verdict(LEFT[1], RIGHT[1], "reject"))
    verdict_table(given).to_csv(tmp_path / "verdicts.csv", index=False)
    assert read_verdicts(tmp_path / "verdicts.csv") == given


def test_rows_of_the_link_table_become_verdicts_when_a_decision_is_added(found: Alignment, tmp_path: Path) -> None:
    rows = link_table(found).assign(decision=lambda t: ["reject"] + [""] * (len(t) - 1))
    rows.to_csv(tmp_path / "verdicts.csv", index=False)
    read = read_verdicts(tmp_path / "verdicts.csv")
    assert [v.decision for v in read] == [Decision.REJECT]
    assert review(found, read, LEFT, RIGHT).stale == ()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("perhaps,,one,two", "perhaps"),
        ("accept,kindred,one,two", "kindred"),
        ("change,,one,two", "is empty under a change"),
        ("accept,,,two", "names no left passage"),
    ],
)
def test_a_wrong_verdict_names_its_row(tmp_path: Path, row: str, problem: str) -> None:
    path = tmp_path / "verdicts.csv"
    path.write_text(f"decision,relation,left_text,right_text\n{row}\n", "utf-8")
    with pytest.raises(BadInputError, match=problem) as caught:
        read_verdicts(path)
    assert "row 2" in str(caught.value)


def test_a_text_under_another_digest_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.csv"
    path.write_text("decision,left_digest,left_text,right_text\nreject,0123456789abcdef,one,two\n", "utf-8")
    with pytest.raises(BadInputError, match="does not belong to the text"):
        read_verdicts(path)


@pytest.mark.parametrize("again", ["A,X", "X,A"])
def test_two_verdicts_on_one_pair_are_refused(tmp_path: Path, again: str) -> None:
    path = tmp_path / "verdicts.csv"
    path.write_text(f"decision,left_text,right_text\nreject,A,X\naccept,{again}\n", "utf-8")
    with pytest.raises(BadInputError, match="decides the same pair") as raised:
        read_verdicts(path)
    assert "row 3" in str(raised.value)


def test_an_accepted_pair_that_the_machine_did_not_link_takes_both_statements(found: Alignment) -> None:
    after = review(found, [verdict(LEFT[1], RIGHT[0], "accept")], LEFT, RIGHT).alignment
    assert [(k.left.id, k.right.id) for k in after.accepted] == [("a1", "b0")]
    confirmed = review(found, [verdict(LEFT[0], RIGHT[0], "accept")], LEFT, RIGHT).alignment
    assert {(k.left.id, k.right.id) for k in confirmed.accepted} == {("a0", "b0"), ("a1", "b1")}


def test_rows_that_joined_one_link_stay_when_an_analyst_confirms_one_of_them(matcher: Matcher) -> None:
    texts = ("Raise coal output", "Raise coal output in 2030", "Plant trees", "Plant trees in spring")
    left, right = (
        [target(f"{side}{i}", text) for i, text in enumerate(rows)] for side, rows in (("a", texts[::2]), ("b", texts))
    )
    found = align(left, right, matcher)
    after = review(found, [verdict(left[0], right[1], "accept")], left, right).alignment
    assert [k.right.id for k in after.accepted if k.left.id == "a0"] == ["b0", "b1"]


def test_a_verdict_holds_whichever_plan_stands_left(found: Alignment, matcher: Matcher) -> None:
    turned = [verdict(RIGHT[0], LEFT[0], "reject")]
    assert rejected_pairs(turned, LEFT, RIGHT) == [("a0", "b0")]
    after = review(found, turned, LEFT, RIGHT)
    assert {(k.left.id, k.right.id) for k in after.alignment.accepted} == {("a1", "b1")}
    assert after.applied == tuple(turned)
