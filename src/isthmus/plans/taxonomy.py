"""Themes of targets: a small editable list of keywords in three languages decides, and says nothing where none fits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from isthmus.core.errors import BadInputError
from isthmus.plans.plan import Target
from isthmus.plans.text import normalise, probe

OTHER = ""
_STRONG = 3
_IN_INDICATOR = 2
_HAN = "\u2e80"
"""From here on characters of words that are written without spaces."""


@dataclass(frozen=True)
class Taxonomy:
    """Keywords by theme and language, themes in the order in which they are shown and ties are broken."""

    themes: tuple[str, ...]
    keywords: Mapping[tuple[str, str], tuple[tuple[str, int], ...]]


def taxonomy_of(content: Mapping[str, Mapping[str, Sequence[str]]]) -> Taxonomy:
    """Make a taxonomy from the content of a taxonomy file.

    Raises
    ------
    BadInputError
        Where a theme has no keywords or names an unknown language.
    """
    keywords: dict[tuple[str, str], tuple[tuple[str, int], ...]] = {}
    for theme, by_language in content.items():
        if not isinstance(by_language, Mapping) or not by_language or set(by_language) - {"zh", "ru", "en"}:
            raise BadInputError(
                f"taxonomy, theme {theme}",
                f"found {sorted(by_language) if isinstance(by_language, Mapping) else by_language!r}",
                allowed="lists of keywords under zh, ru, en",
                remedy="correct the theme",
            )
        for lang, words in by_language.items():
            keywords[theme, lang] = tuple(
                (probe(normalise(word.removeprefix("*"))), _STRONG if word.startswith("*") else 1) for word in words
            )
    return Taxonomy(tuple(content), keywords)


def classify(text: str, indicator: str, lang: str, taxonomy: Taxonomy) -> str:
    """Return the theme whose keywords weigh most in a statement, "" where none occurs.

    A keyword in the indicator counts twice, because a statement may name several fields but a target measures one.
    """
    whole, named = probe(normalise(text)), probe(normalise(indicator))
    best, most = OTHER, 0
    for theme in taxonomy.themes:
        words = taxonomy.keywords.get((theme, lang), ())
        score = sum(weight * (_has(word, whole) + _IN_INDICATOR * _has(word, named)) for word, weight in words)
        if score > most:
            best, most = theme, score
    return best


def with_themes(targets: Sequence[Target], taxonomy: Taxonomy) -> list[Target]:
    """Return targets with their theme; one that is already set stays."""
    return [
        target
        if target.theme
        else replace(target, theme=classify(target.text, target.indicator, target.lang, taxonomy))
        for target in targets
    ]


def _has(word: str, text: str) -> bool:
    """Say whether a keyword occurs; where words are written apart, at the beginning of a word only."""
    places = (match.start() for match in re.finditer(re.escape(word), text))
    return any(at == 0 or not text[at - 1].isalnum() or max(text[at - 1], word[0]) >= _HAN for at in places)
