"""Patterns of a lexicon: long ones go to PCRE2 and find what `re` finds."""

import re
from collections.abc import Iterator

import pcre2
import pytest

from isthmus.core.content import content_digest
from isthmus.plans.patterns import Pattern
from isthmus.readers.documents.lexicon import read_lexicon

LONG = (
    "|".join(f"(?:rail{i}|порт{i}|水电{i})" for i in range(40)) + r"|(?P<year>(?<!\d)20\d\d(?!\d)) ?(?:г|年)?|\w+ёж\b"
)
TEXT = "Freight to RAIL7, порт12 и чертёж; 水电39 by 2031年, then 2032 г and 20311."


@pytest.mark.parametrize("ignores_case", [False, True])
def test_a_long_pattern_finds_what_re_finds(ignores_case: bool) -> None:
    own, plain = Pattern(LONG, ignores_case=ignores_case), re.compile(LONG, re.IGNORECASE if ignores_case else 0)
    found = [(m.span(), m["year"]) for m in own.finditer(TEXT)]
    assert found == [(m.span(), m["year"]) for m in plain.finditer(TEXT)]
    assert len(found) == 5 + ignores_case
    assert own.findall(TEXT) == plain.findall(TEXT)
    assert own.sub("*", TEXT, count=2) == plain.sub("*", TEXT, count=2)
    assert own.split(TEXT, 1) == plain.split(TEXT, 1)
    first = own.search(TEXT)
    assert first is not None
    assert first.span() == found[0][0]
    assert [own.match("2031年") is None, own.fullmatch("2031年") is None, own.fullmatch("2031年末") is None] == [
        False,
        False,
        True,
    ]


def test_half_a_sign_is_matched_by_re() -> None:
    assert [m["year"] for m in Pattern(LONG).finditer("half a sign \ud800 by 2031")] == ["2031"]


def test_where_pcre2_gives_up_re_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: object, **_named: object) -> Iterator[object]:
        raise pcre2.LibraryError(-46, "JIT stack limit reached")
        yield  # while it is gone through, as PCRE2 does

    class GivesUp:
        finditer = search = match = fullmatch = findall = split = sub = fails

    asked: list[object] = []

    def gives_up(*arguments: object, **_named: object) -> object:
        asked.extend(arguments)
        raise pcre2.LibraryError(-46, "JIT stack limit reached")

    class Refuses(GivesUp):
        search = match = fullmatch = findall = split = sub = gives_up

    monkeypatch.setattr(pcre2, "compile", lambda _pattern, _flags: Refuses())
    own, plain = Pattern(LONG), re.compile(LONG)
    assert [m.span() for m in own.finditer(TEXT)] == [m.span() for m in plain.finditer(TEXT)]
    assert own.sub("*", TEXT, count=2) == plain.sub("*", TEXT, count=2)
    found, known = own.search(TEXT, 30), plain.search(TEXT, 30)
    assert found is not None
    assert known is not None
    assert found.span() == known.span()
    assert TEXT in asked


def test_every_long_form_of_the_lexicon_that_pcre2_gives_up_on_is_searched_all_the_same() -> None:
    text = "К концу периода 水电已 達到 the plan has reached 12 percent, " * 400
    for pattern in read_lexicon().structure.values():
        found, plain = pattern.search(text), pattern.sure.search(text)
        assert (found and found.span()) == (plain and plain.span()), pattern.pattern[:60]


def test_a_form_that_is_no_pattern_is_refused_by_its_length_or_not() -> None:
    for form in ("ris(e", "ris(e" + "|x" * 200):
        with pytest.raises(re.error):
            Pattern(form)


def test_what_a_pattern_says_is_its_content() -> None:
    first, again = Pattern(LONG), Pattern(LONG)
    assert first == again
    assert content_digest(first) == content_digest(again)
    others = (Pattern(LONG, ignores_case=True), Pattern(f"{LONG}|rail"), Pattern("rail"))
    assert content_digest(first) not in {content_digest(other) for other in others}
