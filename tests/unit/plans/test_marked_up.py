"""Text with the marks of Markdown: what is read is what a reader of the page sees."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of, unmarked
from isthmus.readers.documents.plans import extract_document


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("- **Roads:** raise *at least* to `500` km", "- Roads: raise at least to 500 km"),
        ("**Share of *EVs* to 30 %**", "Share of EVs to 30 %"),
        ("see [the plan](https://example.org/plan_2030) and [3] (2)", "see the plan and [3] (2)"),
        ("- &gt; 40 % of homes, 5 &gt;&gt; 8", "- 40 % of homes, 5 → 8"),
        ("https://example.org/?a=1&section=2 &#8364; 5", "https://example.org/?a=1&section=2 € 5"),
        ("CO_{2} of R&amp;D &gt; 5", "CO2 of R&D > 5"),
        ("5*3*2 and Ukraine* or Moldova*", "5*3*2 and Ukraine* or Moldova*"),
        ("* 5 % of a* b", "* 5 % of a* b"),
        ("snake_case_name and AT&T", "snake_case_name and AT&T"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
    ],
)
def test_marks_of_letters_and_links_are_no_words(line: str, read: str) -> None:
    assert unmarked(line) == read


def test_passages_names_and_units_have_no_marks() -> None:
    text = (
        "# Plan 2026-2030\n\n## **Goals**\n\n- **Renewables:** raise the share to **40 %** by 2030\n"
        "- The plan will provide `500` new buses.\n- · Open 9 new ports.\n\n"
        "| **Indicator** | 2024 | 2030 |\n|---|---|---|\n| Share of **EVs**, % | 3 | **30** |\n\n"
        "No | Indicator | 2030\n- | Share of rail, % | 7\n- | Share of sea, % | 8\n"
    )
    found = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    assert [(t.text, t.indicator, t.value, t.unit) for t in found] == [
        ("Renewables: raise the share to 40 % by 2030", "Renewables: share", 40.0, "%"),
        ("The plan will provide 500 new buses.", "provide new buses", 500.0, "buses"),
        ("Open 9 new ports.", "Open new ports", 9.0, "ports"),
        ("Share of EVs, % | 3 | 30", "Share of EVs", 30.0, "%"),
        ("- | Share of rail, % | 7", "Share of rail", 7.0, "%"),
        ("- | Share of sea, % | 8", "Share of sea", 8.0, "%"),
    ]
