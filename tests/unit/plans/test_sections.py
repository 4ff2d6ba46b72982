"""The sections of a long document can be read in any order: what one gives does not hang on another."""

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document

SECTION = """
## {n}. District {n}

By 203{d} the district builds {n}00 km of roads.

This is to rise to {n}50 km by 2038.

By 2035:

- raise the yield of wheat to {n}.5 t/ha;
- open {n} clinics.

| Indicator | 2025 | 2035 |
| --- | --- | --- |
| Coverage of water in district {n} (%) | 4{d} | 8{d} |
"""
GOES_ON = "\nAnnex\tPage {n}\n\nCoverage of sewers in district {n} (%)\t3{d}\t7{d}\nCoverage of roads\t2{d}\t6{d}\n"


def long_plan(sections: int) -> Document:
    own = [(SECTION + GOES_ON).format(n=n, d=n % 10) for n in range(1, sections + 1)]
    return Document("plan.md", None, tuple(blocks_of("# Plan of the districts 2030-2038\n" + "".join(own))))


def from_the_end(function, items):
    FROM_THE_END.append(len(items))
    return [function(item) for item in reversed(items)][::-1]


SECTIONS = 16
FROM_THE_END = list[int]()


def test_sections_of_a_long_document_are_read_apart_and_give_the_same():
    document = long_plan(SECTIONS)
    whole = extract_document(document, "en", reported=2025)
    apart = extract_document(document, "en", reported=2025, each=from_the_end)
    assert FROM_THE_END.pop() > SECTIONS
    assert apart == whole
    valued = [t for t in whole.targets if t.value is not None]
    assert {t.value for t in valued if t.unit == "t per ha"} == {n + 0.5 for n in range(1, SECTIONS + 1)}
    assert [(t.indicator, t.year) for t in valued if t.value == 350.0] == [("district builds of roads", 2038)]
    assert len(valued) == 7 * SECTIONS


def test_a_short_document_is_read_in_one_go():
    extract_document(long_plan(2), "en", reported=2025, each=from_the_end)
    assert not FROM_THE_END
