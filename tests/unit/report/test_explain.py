"""Terms explain themselves at their first mention on a page, in every language, and nowhere else."""

import pytest

from isthmus.report.explain import Explainer
from isthmus.report.locale import Translator


@pytest.mark.parametrize(
    ("language", "sentence", "marked"),
    [
        ("en", "Real income rises; real income is what counts.", "Real income"),
        ("ru", "Это изменение реального дохода, а доли реальных доходов не важны.", "реального дохода"),
        ("zh", "实际收入变化；实际收入为准。", "实际收入"),
    ],
)
def test_the_first_mention_of_a_term_opens_its_meaning(language: str, sentence: str, marked: str) -> None:
    explain = Explainer(Translator(language))
    made = str(explain(sentence))
    assert made.count("<button") == 1
    assert f'popovertarget="term-real_income">{marked}</button>' in made
    assert [key for key, _, _ in explain.explained()] == ["real_income"]
    assert "<button" not in str(explain(sentence)), "once a page"


def test_what_is_no_term_is_escaped_and_left_alone() -> None:
    explain = Explainer(Translator("en"))
    assert str(explain("a < b & realised incomes")) == "a &lt; b &amp; realised incomes"
    assert str(explain("type `a < b` now")) == "type <code>a &lt; b</code> now"
    assert list(explain.explained()) == []


def test_a_page_may_bound_the_terms_it_marks_so_far_and_mark_the_rest_later():
    explain = Explainer(Translator("en"))
    assert "<button" not in str(explain("Real income rises.", 0))
    assert str(explain("Real income rises.")).count("<button") == 1
