"""The words of the plan reader: rows of a table, one form each, put together to the patterns that the rules ask for."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from isthmus.core.errors import BadInputError
from isthmus.plans.aims import Weigh
from isthmus.plans.dates import SLOTS
from isthmus.plans.grammar import Grammar
from isthmus.plans.numbers import numerals_of
from isthmus.plans.patterns import Pattern, search

LANGUAGES = ("zh", "ru", "en")
_SLOT = "@"
"""Stands in a frame where the forms of a class go."""
_NEVER = "(?!)"
LISTS = ("masks", "ratios", "bounds_before", "bounds_after", "relative", "ranks", "multiples")
TRAITS = ("spaced", "says_aims", "half_is_multiple")
"""Classes of which every group counts, with its sense; and those that only say true or false."""
LexiconRow = Mapping[str, str]
Patterns = Mapping[str, Pattern]


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
    confidence
        What each sign of a row weighs in the probability that it is right.
    aims
        What says how likely a number is an aim, by language; one without it goes by the rules alone.
    """

    grammars: Mapping[str, Grammar]
    structure: Patterns
    tenses: Mapping[str, Tense]
    simplified: Mapping[int, str] = field(default_factory=dict)
    confidence: Mapping[str, float] = field(default_factory=dict)
    aims: Mapping[str, Weigh] = field(default_factory=dict)


def lexicon_of(
    words: Mapping[str, Iterable[LexiconRow]],
    frames: Iterable[LexiconRow],
    structure: Iterable[LexiconRow],
    periods: Iterable[LexiconRow],
    years: Iterable[LexiconRow],
    units: Iterable[LexiconRow],
    numbers: Iterable[LexiconRow],
    classes: Iterable[LexiconRow],
    *,
    tenses: Mapping[str, Tense] | None = None,
    characters: Iterable[LexiconRow] = (),
    confidence: Iterable[LexiconRow] = (),
    aims: Mapping[str, Weigh] | None = None,
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
        Rows (lang, name, factor, form); ``*`` is every language, ``sign`` what stands in front of an amount.
    numbers
        Rows (lang, class, value, form): words for numbers and how a language writes them.
    classes
        Rows (class, meaning) of the classes that the rules ask for one pattern each.
    tenses
        Taggers of languages that inflect their verbs; the others go by the words of classes ``told`` and ``ahead``.
    characters
        Rows (traditional, simplified) of Chinese characters.
    confidence
        Rows (sign, weight, meaning) of the signs of a row.
    aims
        Models that weigh numbers, by language.

    Raises
    ------
    BadInputError
        For a class that is missing, or a form that is no pattern.
    """
    dated = [(row["lang"], (_filled(row["form"], SLOTS), row["role"])) for row in years]
    measured = [(row["lang"], (row["form"], row["name"], float(Fraction(row["factor"])))) for row in units]
    counted, framed, named, asked = list(numbers), list(frames), list(periods), [row["class"] for row in classes]
    grammars = {
        lang: Grammar(
            lang=lang,
            numerals=numerals_of(row for row in counted if row["lang"] == lang),
            periods={row["name"]: (int(row["first"]), int(row["last"])) for row in named if row["lang"] == lang},
            years=tuple(year for own, year in dated if own == lang),
            signs=tuple((form, name) for own, (form, name, _) in measured if own == "sign"),
            units=tuple(unit for own in (lang, "*") for other, unit in measured if other == own),
            **_classes(lang, words[lang], [row for row in framed if row["lang"] == lang], asked),
        )
        for lang in LANGUAGES
    }
    forms: dict[str, list[str]] = defaultdict(list)
    for row in structure:
        forms[row["class"]].append(_filled(row["form"], SLOTS))
    patterns = {name: _compiled("|".join(f"(?:{f})" for f in given), name) for name, given in forms.items()}
    by_words = {lang: WordTense(grammar.told, grammar.tells, grammar.ahead) for lang, grammar in grammars.items()}
    simple = {ord(row["traditional"]): row["simplified"] for row in characters}
    weights = {row["sign"]: float(row["weight"]) for row in confidence}
    return Lexicon(grammars, patterns, {**by_words, **(tenses or {})}, simple, weights, aims or {})


def _classes(
    lang: str, words: Iterable[LexiconRow], frames: Iterable[LexiconRow], asked: Sequence[str]
) -> dict[str, Any]:
    """Return the patterns, lists and traits of a language: each group of forms in its frame, references filled in."""
    forms: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in words:
        forms[row["class"], row["group"]].append(row["form"])
    framed = [
        (row, row["frame"].replace(_SLOT, "|".join(forms.get((row["class"], row["group"]), [_NEVER]))))
        for row in sorted(frames, key=lambda row: int(row["group"]))
    ]
    named = {f"{{{row['class']}}}": pattern for row, pattern in framed if row["group"] == "0"}
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row, pattern in framed:
        groups[row["class"]].append((_filled(pattern, named), row["sense"]))
        _compiled(groups[row["class"]][-1][0], f"{lang}, class {row['class']}")
    if missing := [name for name in (*asked, *LISTS, *TRAITS) if name not in groups]:
        raise BadInputError(
            f"lexicon, {lang}", f"has no words of class {missing[0]}", allowed="all classes", remedy="add it"
        )
    return {
        "patterns": {name: groups[name][0][0] for name in asked},
        **{name: tuple(groups[name]) for name in LISTS},
        **{name: groups[name][0][1] == "true" for name in TRAITS},
    }


def _filled(pattern: str, named: Mapping[str, str]) -> str:
    for _ in range(3):
        for reference, value in named.items():
            pattern = pattern.replace(reference, value)
    return pattern


def _compiled(pattern: str, where: str) -> Pattern:
    try:
        return Pattern(pattern, ignores_case=True)
    except re.error as error:
        raise BadInputError(
            f"lexicon, {where}", f"is no pattern: {error}", allowed="a pattern", remedy="correct the form"
        ) from error
