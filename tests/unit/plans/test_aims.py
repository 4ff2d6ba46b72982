"""Where the model is sure, a number goes or comes back; where it is not, or knows no such language, the rules stand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from isthmus.plans.aims import (
    BEFORE,
    BY_WORDS,
    HARDLY,
    NEVER,
    SURELY,
    UNLIKELY,
    AimClassifier,
    Weighed,
    _surely_due,
    likely_aims,
    named_years,
)
from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.extract import Extraction, extract_document
from isthmus.plans.quantities import read
from isthmus.plans.text import normalise, probe
from isthmus.plans.unigram import Vocabulary
from isthmus.readers.documents.lexicon import read_lexicon

FRONT = "The ports of the region."
FACT = "Exports are 40 percent of output."
MONEY = "Exports are worth 40 million dollars."
PAST = "Exports reached 40 percent of output in 2019."
FORECAST = "Exports are projected to reach 40 percent of output by 2030."
SIZE = "By 2030 we will repair 30 roads in towns of more than 5 km2."
AIM = "Exports will reach 60 percent of output by 2030."


class Told:
    """Weighs every number alike, names a year for each, and keeps what it was asked."""

    def __init__(self, likely: float | None, *others: float | None, due: int | None = None) -> None:
        self.likely, self.others, self.due = likely, others, due
        self.asked: list[tuple[str, str, list[str]]] = []

    def __call__(self, before: str, text: str, places: Sequence[int]) -> list[Weighed | None]:
        self.asked.append((before, text, [text[at:].split()[0] for at in places]))
        told = [*self.others, *[self.likely] * len(places)][: len(places)]
        return [None if likely is None else Weighed(likely, self.due) for likely in told]


def extracted(text: str, weigh: Told | None) -> Extraction:
    blocks = tuple(DocumentBlock("paragraph", line) for line in f"{FRONT}\n{text}".split("\n"))
    lexicon = replace(read_lexicon(), aims={"en": weigh} if weigh else {})
    return extract_document(Document("plan.txt", None, blocks), lexicon, "en", reported=2025)


def numbers(text: str, weigh: Told | None) -> list[float | None]:
    return [t.value for t in extracted(text, weigh).targets if t.value is not None]


@pytest.mark.parametrize(
    ("text", "likely", "read"),
    [
        (AIM, None, [60.0]),
        (AIM, HARDLY, [60.0]),
        (AIM, HARDLY - 0.001, []),
        (FACT, SURELY, [40.0]),
        (FACT, SURELY - 0.001, []),
        (SIZE, 1.0, [30.0]),
        (MONEY, 1.0, []),
        (FORECAST, 1.0, []),
        (PAST, 1.0, []),
        (f"In 2019 trade grew; {FACT.lower()}", 1.0, []),
        (f"Trade grew; {FACT.lower()}", 1.0, [40.0]),
    ],
)
def test_a_sure_model_takes_out_and_brings_back(text: str, likely: float | None, read: list[float]) -> None:
    assert numbers(text, Told(likely)) == read


@pytest.mark.parametrize(("likely", "read"), [(NEVER, [60.0]), (NEVER - 0.001, [])])
def test_under_a_heading_of_aims_the_model_must_be_surer(likely: float, read: list[float]) -> None:
    assert numbers("The aims to 2030 are:\n- raise exports to 60 percent of output.", Told(likely)) == read


@pytest.mark.parametrize(("count", "read"), [(11, 11), (12, 0)])
def test_a_statement_of_many_numbers_is_left_to_the_rules(count: int, read: int) -> None:
    shares = ", ".join(f"{20 + n} percent in port {chr(65 + n)}" for n in range(count))
    assert len(numbers(f"Shares of output are {shares}.", Told(1.0))) == read


def test_without_a_model_the_rules_stand() -> None:
    assert numbers(f"{FACT}\n{AIM}", None) == [60.0]


def test_what_the_model_takes_out_is_named() -> None:
    left = extracted(AIM, Told(0.0)).left_out
    assert [(entry.reason, entry.text) for entry in left] == [(UNLIKELY, AIM)]


def test_one_number_of_a_statement_may_go() -> None:
    text = "By 2030 exports will reach 60 percent of output, and imports will reach 50 percent of it."
    assert numbers(text, Told(0.9)) == [60.0, 50.0]
    assert numbers(text, Told(0.9, 0.0)) == [50.0]


@pytest.mark.parametrize(
    ("text", "likely", "read"),
    [
        ("60 percent of output will be exports by 2030.", 0.0, [60.0]),
        ("By 2030 60 percent of output will be exports.", 0.0, []),
        ("40 percent of output are exports.", SURELY, [40.0]),
        ("40 percent of output are exports.", SURELY - 0.001, []),
    ],
)
def test_a_number_that_opens_a_statement_is_not_taken_for_that_of_an_item(
    text: str, likely: float, read: list[float]
) -> None:
    assert numbers(text, Told(likely)) == read


def test_an_aim_without_a_number_stays() -> None:
    text = "A new port will be opened in 2031; exports will reach 60 percent of output by 2030."
    assert [t.value for t in extracted(text, Told(0.0)).targets] == [None]


def test_the_model_sees_the_sentence_as_written_and_the_two_in_front() -> None:
    weigh = Told(0.9)
    text = "The aims to 2030 are:\n- raise exports to $60 million;\n- build 5 ports by 2035."
    assert [t.value for t in extracted(text, weigh).targets] == [60_000_000.0, 5.0]
    assert weigh.asked == [
        (f"{FRONT} The aims to 2030 are:", "- raise exports to $60 million;", ["60"]),
        ("The aims to 2030 are: - raise exports to $60 million;", "- build 5 ports by 2035.", ["5"]),
    ]


def test_the_sentences_of_a_paragraph_stand_in_front_of_each_other() -> None:
    weigh = Told(0.9)
    extracted("Ports matter. Roads matter. By 2030 exports will reach 60 million.", weigh)
    assert [before for before, _, _ in weigh.asked] == ["Ports matter. Roads matter."]


def test_a_sentence_with_nothing_in_front_is_left_to_the_rules() -> None:
    lexicon = replace(read_lexicon(), aims={"en": Told(0.0)})
    document = Document("plan.txt", None, (DocumentBlock("paragraph", AIM),))
    assert [t.value for t in extract_document(document, lexicon, "en", reported=2025).targets] == [60.0]


def test_the_number_of_an_item_is_not_taken_for_its_figure() -> None:
    asked = []

    def weigh(before: str, text: str, places: Sequence[int]) -> list[Weighed | None]:
        asked.extend(places)
        return [Weighed(0.9) for _ in places]

    extracted_with = replace(read_lexicon(), aims={"en": weigh})
    blocks = (DocumentBlock("paragraph", FRONT), DocumentBlock("list_item", "25. Build 25 ports by 2035."))
    extract_document(Document("plan.txt", None, blocks), extracted_with, "en", reported=2025)
    assert asked == [len("25. Build ")]


def test_one_sure_number_does_not_free_its_neighbour() -> None:
    assert numbers("Exports are 40 percent and imports are 30 percent of output.", Told(0.5, 0.95)) == [40.0]


@pytest.mark.parametrize(
    ("text", "lang", "at"),
    [
        ("Grow by 5 % to 15 % by 2035.", "en", [8, 15]),
        ("By 2035 reach $5 million.", "en", [15]),
        ("Build 25MW, cut CO2 by 1,200t.", "en", [6, 23]),
        ("Grow by half, not by 5.5 % or 5 %.", "en", [8, 21, 30]),
        ("建成处理厂1座，覆盖率达到86%，新增5万人，一半以上达标。", "zh", [5, 13, 19, 23]),
        ("Построим 20 школ и вдвое больше дорог.", "ru", [9, 19]),
        ("Exports will reach 5 % by 2035. [5]", "en", [19]),
        ("Войти в десятку ведущих стран. [5]", "ru", [8]),
        ("9 GW of wind and 8 GW of sun by 2035.", "en", [0, 17]),
    ],
)
def test_a_figure_is_found_as_a_whole(text: str, lang: str, at: list[int]) -> None:
    asked: list[int] = []

    def weigh(before: str, own: str, places: Sequence[int]) -> list[Weighed | None]:
        asked.extend(places)
        return [None for _ in places]

    reading = read(probe(normalise(text)), read_lexicon().grammars[lang], 2025)
    likely_aims(reading, normalise(text), text, FRONT, weigh)
    assert asked == at


def test_cells_are_left_to_the_rules() -> None:
    rows = (("Action", "Aim"), ("Exports", "Raise exports to 60 percent by 2030."))
    lexicon = replace(read_lexicon(), aims={"en": Told(0.0)})
    document = Document("plan.txt", None, (DocumentBlock("table", "", rows=rows),))
    assert [t.value for t in extract_document(document, lexicon, "en", reported=2025).targets] == [60.0]


LIGHT = "We will light 40 percent of the piers."


@pytest.mark.parametrize(
    ("front", "text", "due", "read"),
    [
        ("", LIGHT, 2032, (2032, BY_WORDS)),
        ("", LIGHT, None, (None, "")),
        ("", LIGHT, 2025, (None, "")),
        ("", f"As an interim target, {LIGHT.lower()}", 2032, (None, "")),
        ("", f"By 2035 {LIGHT.lower()}", 2032, (2035, "")),
        ("14 March 2031\n", LIGHT, 2031, (None, "")),
        ("14 March 2031\n", LIGHT, 2032, (2032, BY_WORDS)),
        ("Port strategy 2031-2040\n", LIGHT, 2032, (2040, "due by the end of the plan's period")),
    ],
)
def test_the_year_of_the_model_is_taken_where_nothing_else_tells_one(
    front: str, text: str, due: int | None, read: tuple[int | None, str]
) -> None:
    (target,) = [t for t in extracted(f"{front}{text}", Told(0.95, due=due)).targets if t.value is not None]
    assert (target.year, target.note) == read


def test_years_and_the_ends_of_their_spans_are_named() -> None:
    said = "In 2030, by 2025-26, from 2021 – 2025, 2019/20, 2030 40, 12030, 20301, 1999/00, 1982- 83, 1996-2005."
    assert [year for _, _, year in named_years(said)] == [2030, 2026, 2025, 2020, 2030, 2000, 1983, 2005]
    none = "On 2026-03-14, by 2030 – 50 schools, in 2030-90% of ships, in 2030 / 45 clinics, 2030-99."
    assert [year for _, _, year in named_years(none)] == [2026, 2030, 2030, 2030, 2030]
    assert [said[start:end] for start, end, _ in named_years(said)][1:3] == ["2025-26", "2021 – 2025"]


def classifier() -> AimClassifier:
    """Pieces of width 2: 7 is a likely aim and asks for 2035, 5 is none and asks for 2030; the first piece is no year."""
    rows = np.array([[0, 0], [0, 0], [0, 0], [0, 0], [1, -1], [-1, 1], [1, 0], [0, 1]], np.float32)

    def network(
        pieces: Sequence[int], segments: Sequence[int], numbers: Sequence[int], named: Sequence[int]
    ) -> tuple[np.ndarray, np.ndarray]:
        own, years = rows[[pieces[n] for n in numbers]], rows[[pieces[n] for n in named]]
        share = np.exp(4 * own @ years.T)
        return 1 / (1 + np.exp(2 * (own[:, 0] - own[:, 1]))), share / share.sum(axis=1, keepdims=True)

    vocabulary = Vocabulary({"▁5": (4, -1.0), "▁7": (5, -1.0), "▁2030": (6, -1.0), "▁2035": (7, -1.0)})
    return AimClassifier(vocabulary, network)


def test_the_piece_at_a_place_is_weighed() -> None:
    # the odds are exp(4)
    assert classifier()("", "x 5 of 7", [2, 7]) == [Weighed(0.018), Weighed(0.982)]
    assert classifier()("7 " * 2 * BEFORE, "5", [0]) == [Weighed(0.018)]


def test_the_year_that_fits_a_number_almost_surely_is_named() -> None:
    # fits are 4, 0 and -4; of two years in front that fit alike none is sure
    assert classifier()("2030", "x 5 of 7 2035", [2, 7]) == [Weighed(0.018, 2030), Weighed(0.982, 2035)]
    assert classifier()("", "5 of 2035", [0]) == [Weighed(0.018)]
    assert classifier()("2030 2030", "5", [0]) == [Weighed(0.018, 2030)]


def test_a_year_that_only_probably_fits_is_none() -> None:
    assert _surely_due(np.array([0.1006, 0.8994], np.float32), [2030]) is None
    assert _surely_due(np.array([0.1004, 0.8996], np.float32), [2030]) == 2030
    assert _surely_due(np.array([0.1, 0.45, 0.45], np.float32), [2030, 2030]) == 2030


def test_a_year_that_no_piece_of_what_is_looked_at_holds_is_none() -> None:
    assert classifier()("2030 " + "7 " * BEFORE, "5", [0]) == [Weighed(0.018)]


def test_only_the_last_pieces_in_front_are_looked_at() -> None:
    own, seen = classifier(), list[tuple[int, ...]]()

    def network(*asked: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        pieces, segments, numbers, named = asked
        seen.append((len(pieces), sum(segments), *numbers, *named))
        return own.network(*asked)

    replace(own, network=network)("7 " * 2 * BEFORE, "5", [0])
    assert seen == [(BEFORE + 4, 2, BEFORE + 2, 0)]


def test_a_place_behind_the_longest_statement_is_not_looked_at() -> None:
    text = "x " * 300 + "7"
    assert classifier()("", text, [0, len(text) - 1])[1] is None
