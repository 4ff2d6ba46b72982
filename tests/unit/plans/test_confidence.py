"""How likely a row is to be right: a probability of each number that tells firm rows from loose ones."""

import math
from dataclasses import replace

import pytest

from isthmus.plans.confidence import DOUBTFUL, doubtful, expected_right, signs_of
from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.lexicon import lexicon_rows, read_lexicon
from isthmus.readers.documents.plans import extract_document, extract_targets

FIRM = (
    "Harbour Plan 2026-2032\n\n"
    "Raise the share of cargo that goes by rail from 14 % in 2025 to at least 22 % by 2032.\n\n"
    "Reduce the time that a ship waits by 30 % by 2032.\n\n"
    "Increase the number of trained pilots to 140 persons by 2032.\n"
)
LOOSE = "Harbour Plan 2026-2032\n\nThe port will be a place of 3.\n\nWe will see 4 there.\n\nIt will get 5.\n"


def _read(text: str) -> list[Target]:
    return [t for t in extract_targets(text, "en") if t.value is not None]


def test_every_number_has_a_probability_and_nothing_else_has() -> None:
    every = extract_targets(f"{FIRM}\nOpen the new terminal by 2030.\n", "en")
    assert [t.value is None for t in every] == [t.confidence is None for t in every]
    assert any(t.confidence is None for t in every)
    assert all(0 < t.confidence < 1 for t in every if t.confidence is not None)


def test_dated_bounded_numbers_with_units_are_likelier_than_bare_ones() -> None:
    firm, loose = _read(FIRM), _read(LOOSE)
    assert firm
    assert loose
    assert min(t.confidence or 0 for t in firm) > max(t.confidence or 0 for t in loose)
    assert doubtful(firm) == 0
    assert doubtful(loose) == len(loose)
    assert (expected_right(firm) or 0) > DOUBTFUL > (expected_right(loose) or 1)


def test_without_a_number_nothing_is_expected() -> None:
    assert expected_right(extract_targets("Open the new terminal by 2030.", "en")) is None


def test_whether_rows_in_words_are_asked_for_changes_no_probability() -> None:
    document = Document(
        "harbour.txt", None, tuple(blocks_of(f"{FIRM}\nOpen 2 new terminals soon, the first by 2030.\n"))
    )
    both = [
        [t.confidence for t in extract_document(document, with_words=w).targets if t.value is not None]
        for w in (True, False)
    ]
    assert both[0] == both[1]


def _row(name: str, value: float, year: int | None, **more: object) -> Target:
    text = str(more.pop("text", f"{name} {value}"))
    return Target("", "", text, "en", name, more.pop("kind", "level"), "=", value, "t", year, **more)  # type: ignore[arg-type]


def _signs(*rows: Target, left_out: int = 0) -> list[dict[str, float]]:
    return signs_of(rows, left_out, read_lexicon())


def test_signs_of_neighbours_and_of_the_document() -> None:
    rows = [_row("cement output", 5.0, 2030), _row("cement output", 7.0, 2030), _row("steel", 9.0, 2031, note="rule")]
    first, second, third = _signs(*rows, left_out=7)
    assert [s["one name"] for s in (first, second, third)] == [True, True, False]
    assert first["one year"] == pytest.approx(0.5)
    assert third["one year"] == 0
    assert first["dated"] == pytest.approx(2 / 3)
    assert [s["short name"] for s in (first, third)] == [False, True]
    assert first["short names"] == pytest.approx(1 / 3)
    assert first["left out"] == pytest.approx(0.693, abs=1e-3)


def test_neighbours_of_one_statement_are_not_asked() -> None:
    rows = [
        _row("wheat crop", 5.0, 2030, text="one"),
        _row("rye crop", 7.0, 2030, text="one"),
        _row("oat crop", 9.0, 2031),
    ]
    assert [s["one year"] for s in _signs(*rows)] == [0, 0, 0]


def test_a_name_of_two_chinese_words_is_not_short() -> None:
    names = {"粮食产量": False, "产量": True, "": True}
    rows = [_row(name, 5.0, 2030) for name in names]
    assert [s["short name"] for s in _signs(*rows)] == list(names.values())


def test_every_sign_but_english_has_a_weight_and_a_meaning() -> None:
    known = {row["sign"]: row["meaning"] for row in lexicon_rows("confidence")}
    said = ((FIRM, "en"), ("К 2032 году построить 20 школ.", "ru"), ("到2032年，新建学校20所。", "zh"))
    made = {name for text, lang in said for signs in _signs(*extract_targets(text, lang)) for name in signs}
    assert made - {"language en"} == set(known) - {"intercept"}
    assert all(known.values())


def test_few_things_without_a_unit_are_a_sign_and_chinese_characters_are_long() -> None:
    bare = [
        replace(_row("port cranes", value, 2030), unit=unit)
        for value, unit in ((5.0, ""), (12.0, ""), (5.5, ""), (5.0, "t"))
    ]
    assert [s["few"] for s in _signs(*bare)] == [True, False, False, False]
    (chinese,) = _signs(replace(_row("粮食产量", 5.0, 2030, text="粮食产量五"), lang="zh"))
    assert chinese["length"] == pytest.approx(math.log1p(2.5 * 5))
