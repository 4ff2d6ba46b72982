"""Terms of the glossary that explain themselves in a page: the first mention of each opens its meaning."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from isthmus.report.assets import asset
from isthmus.report.locale import Translator

_CODE = re.compile("`([^`<]+)`")
LEAST = 4
"""Letters that a word needs before its ending may vary."""
PLAIN = {
    "range",
    "target",
    "economy",
    "partner",
    "tariff",
    "grade",
    "status",
    "shock",
    "conflict",
    "gap",
    "outcome",
    "component",
}
"""Terms whose everyday meaning is the meaning here: they need no explanation."""


class Explainer:
    """Marks the first mention of every term of one page, and knows which were marked."""

    def __init__(self, text: Translator) -> None:
        self._text, self._found = text, dict[str, tuple[str, str]]()

    def __call__(self, sentence: str, most: int | None = None) -> Markup:
        """Return a sentence as HTML: what stands in backticks as code, with buttons for terms named for the first time.

        Parameters
        ----------
        sentence
            Plain text.
        most
            Terms that the page may have marked when it comes to the end of this sentence; those beyond are marked where
            they are named next. None sets no bound.
        """
        tied, pattern = self._text.tie(sentence), _pattern(self._text.language)
        made, at = Markup(""), 0
        for match in pattern.finditer(tied):
            key = str(match.lastgroup)
            if key in self._found or (most is not None and len(self._found) >= most):
                continue
            self._found[key] = _meanings(self._text.language)[key]
            made += escape(tied[at : match.start()])
            made += Markup('<button type="button" class="term" popovertarget="term-{}">{}</button>').format(
                key, match[0]
            )
            at = match.end()
        return Markup(_CODE.sub(r"<code>\1</code>", str(made + escape(tied[at:]))))

    def explained(self) -> Iterator[tuple[str, str, str]]:
        """Return key, name and meaning of every term marked so far."""
        for key, (name, told) in self._found.items():
            yield key, name, told


@lru_cache
def _meanings(language: str) -> Mapping[str, tuple[str, str]]:
    terms: Mapping[str, Any] = tomllib.loads(asset("glossary.toml"))
    return {key: (term["name"][language], term[language]) for key, term in terms.items() if key not in PLAIN}


@lru_cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return a pattern that finds every term, the longest first; in Russian with any ending of its words."""
    names = sorted(_meanings(language).items(), key=lambda item: -len(item[1][0]))
    parts = [f"(?P<{key}>{_forms(name, language)})" for key, (name, _) in names]
    edges = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    return re.compile(edges[0] + "(?:" + "|".join(parts) + ")" + edges[1], re.IGNORECASE)


def _forms(name: str, language: str) -> str:
    if language == "zh":
        return re.escape(name)
    ending = "s?" if language == "en" else r"\w{0,3}"
    words = [_stem(word, language) + (ending if len(word) > LEAST else "") for word in name.split()]
    return r"[ \u00a0]".join(words)


def _stem(word: str, language: str) -> str:
    return re.escape(word[:-2] if language == "ru" and len(word) > LEAST else word)
