"""The words of the plan reader: rows of a table, one form each, put together to the patterns that the rules ask for."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any, NamedTuple

from isthmus.core.errors import BadInputError
from isthmus.plans.dates import SLOTS
from isthmus.plans.grammar import Grammar
from isthmus.plans.numbers import numerals_of
from isthmus.plans.text import search

LANGUAGES = ("zh", "ru", "en")
_SLOT = "@"
"""Stands in a frame where the forms of a class go."""
_LISTS = {"masks", "ratios", "bounds_before", "bounds_after", "relative", "ranks", "multiples"}
"""Classes whose groups are tried one after the other, each with its own sense."""
LexiconRow = Mapping[str, str]


class Tenses(NamedTuple):
    """Whether a sentence has a finite verb of the past, one of the present, and whether anything in it points ahead."""

    told: bool
    tells: bool
    ahead: bool


Tense = Callable[[str], Tenses]


@dataclass(frozen=True)
class WordTense:
    """A tagger by words: patterns of what can only report, of what tells, and of what can only point ahead."""

    told: str
    tells: str
    ahead: str

    def __call__(self, sentence: str) -> Tenses:
        """Return which of them a lower-cased sentence has."""
        return Tenses(*(bool(search(pattern, sentence)) for pattern in (self.told, self.tells, self.ahead)))


@dataclass(frozen=True)
class Lexicon:
    """Words of the three languages.

    Attributes
    ----------
    grammars
        Patterns of the rules over a statement, by language.
    structure
        Patterns of the rules over a document, by class; they hold the words of all languages.
    tenses
        What the verbs of a sentence tell, by language.
    simplified
        Simplified characters by the code of the traditional ones.
    """

    grammars: Mapping[str, Grammar]
    structure: Mapping[str, "re.Pattern[str]"]
    tenses: Mapping[str, Tense]
    simplified: Mapping[int, str] = field(default_factory=dict)


def lexicon_of(
    words: Mapping[str, Iterable[LexiconRow]],
    frames: Iterable[LexiconRow],
    structure: Iterable[LexiconRow],
    periods: Iterable[LexiconRow],
    years: Iterable[LexiconRow],
    units: Iterable[LexiconRow],
    numbers: Iterable[LexiconRow],
    *,
    tenses: Mapping[str, Tense] | None = None,
    characters: Iterable[LexiconRow] = (),
) -> Lexicon:
    """Put the rows of the tables together.

    Parameters
    ----------
    words
        Rows (class, group, form) by language.
    frames
        Rows (lang, class, group, sense, frame): what surrounds the forms of a group, and what the group means.
    structure
        Rows (class, lang, form).
    periods
        Rows (lang, name, first, last) of the plan periods that texts call by a number.
    years
        Rows (lang, role, form): how years are written and what part they play; the first form that fits wins.
    units
        Rows (lang, name, factor, form); ``*`` is every language.
    numbers
        Rows (lang, class, value, form): words for numbers and how a language writes them.
    tenses
        Taggers of languages that inflect their verbs; the others go by the words of classes ``told`` and ``ahead``.
    characters
        Rows (traditional, simplified) of Chinese characters.

    Raises
    ------
    BadInputError
        For a class that no rule asks for, one that is missing, or a form that is no pattern.
    """
    framed: dict[str, dict[tuple[str, int], LexiconRow]] = defaultdict(dict)
    for row in frames:
        framed[row["lang"]][row["class"], int(row["group"])] = row
    named: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for row in periods:
        named[row["lang"]][row["name"]] = (int(row["first"]), int(row["last"]))
    dated: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in years:
        dated[row["lang"]].append((_filled(row["form"], SLOTS), row["role"]))
    measured = [(row["lang"], (row["form"], row["name"], float(Fraction(row["factor"])))) for row in units]
    counted = list(numbers)
    given = {
        lang: {
            "lang": lang,
            "numerals": numerals_of(row for row in counted if row["lang"] == lang),
            "periods": named[lang],
            "years": tuple(dated[lang]),
            "units": tuple(unit for own in (lang, "*") for other, unit in measured if other == own),
        }
        for lang in LANGUAGES
    }
    grammars = {lang: _grammar(lang, words[lang], framed[lang], given[lang]) for lang in LANGUAGES}
    forms: dict[str, list[str]] = defaultdict(list)
    for row in structure:
        forms[row["class"]].append(row["form"])
    patterns = {name: _compiled("|".join(f"(?:{f})" for f in given), name) for name, given in forms.items()}
    by_words = {lang: WordTense(grammar.told, grammar.tells, grammar.ahead) for lang, grammar in grammars.items()}
    simple = {ord(row["traditional"]): row["simplified"] for row in characters}
    return Lexicon(grammars, patterns, {**by_words, **(tenses or {})}, simple)


def _grammar(
    lang: str, words: Iterable[LexiconRow], frames: Mapping[tuple[str, int], LexiconRow], given: Mapping[str, Any]
) -> Grammar:
    """Return the grammar of a language: every class with its forms in its frame, references to other classes filled in."""
    forms: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in words:
        forms[row["class"], int(row["group"])].append(row["form"])
    patterns: dict[tuple[str, int], str] = {}
    for key, frame in frames.items():
        raw = frame["frame"].replace(_SLOT, "|".join(forms.get(key, ["(?!)"])))
        patterns[key] = raw
    named = {f"{{{name}}}": pattern for (name, group), pattern in patterns.items() if group == 0}
    filled = {key: _filled(pattern, named) for key, pattern in patterns.items()}
    values = dict(given)
    for part in fields(Grammar):
        groups = sorted(group for name, group in frames if name == part.name)
        if part.name in values:
            continue
        if not groups:
            raise BadInputError(
                f"lexicon, {lang}", f"has no words of class {part.name}", allowed="all classes", remedy="add it"
            )
        senses = [frames[part.name, group]["sense"] for group in groups]
        made = [filled[part.name, group] for group in groups]
        for pattern in made:
            _compiled(pattern, f"{lang}, class {part.name}")
        values[part.name] = _value(part.name, made, senses)
    return Grammar(**values)


def _value(name: str, patterns: Sequence[str], senses: Sequence[str]) -> object:
    """Return what a class is in a grammar: a pattern, a list of patterns, pairs with a sense, or a trait."""
    if name == "masks":
        return tuple(patterns)
    if name == "multiples":
        return tuple((p, float(s.split(" ")[0]), s.split(" ")[1]) for p, s in zip(patterns, senses, strict=True))
    if name in _LISTS:
        return tuple(zip(patterns, senses, strict=True))
    return {"true": True, "false": False}.get(senses[0], patterns[0])


def _filled(pattern: str, named: Mapping[str, str]) -> str:
    for _ in range(3):
        for reference, value in named.items():
            pattern = pattern.replace(reference, value)
    return pattern


def _compiled(pattern: str, where: str) -> "re.Pattern[str]":
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise BadInputError(
            f"lexicon, {where}", f"is no pattern: {error}", allowed="a pattern", remedy="correct the form"
        ) from error
