"""What a statement is about and what it wants, read off a small trilingual glossary that the analyst can edit.

Embeddings find statements of one subject but hardly notice a flipped direction or who delivers to whom. The glossary
holds the words that decide these: objects (coal, chips), measures (output, use, share) and cues (raise, limit, export).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

SPACELESS = frozenset({"zh"})
"""Languages written without spaces: a form matches anywhere in the text."""

_FEW = "…"
"""Stands for one to seven words of a form."""
_TAKES, _WHOLE = "takes", ("takes", "")
"""Section of the forms of denominators that take what stands behind them, and its entry for what is a whole."""
_NUMBER = "#"
"""Stands for a number in figures in a form."""
_THOUSANDS = re.compile(r"(?<=\d)[\s,](?=\d{3}(?!\d))")
BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_PARTICLE = 2
"""Letters up to which a word says nothing of what a name is about (of, на)."""
_FIELD = 3
"""Parts from which an object is a whole field."""

Forms = Mapping[str, tuple[str, ...]]
"""Forms of one entry by language."""

GlossaryEntry = tuple[str, str]
"""Section and key of an entry."""


@dataclass(frozen=True)
class Concept:
    """An object that plans speak of: its field (`group`), the wider object it is part of, and its forms by language."""

    group: str
    part_of: str
    forms: Forms


@dataclass(frozen=True)
class GlossaryReading:
    """What the glossary found in one statement.

    Attributes
    ----------
    objects, measures
        Keys of the objects and measures that occur.
    cues
        Position of the first occurrence of each cue, so that the leading verb can decide.
    of_whole
        Whether it names a share, or says what something is taken of (percent of GDP).
    whole
        Objects that it says something is taken of.
    parts
        Groups and places that it says something is true of (youth, rural).
    """

    objects: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    cues: Mapping[str, int] = field(default_factory=dict)
    of_whole: bool = False
    whole: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Glossary:
    """Objects, measures, cues, parts, masks, denominators, and units with their quantity and size in its first unit.

    A form is a word or a phrase. In English and Russian each of its words matches the beginning of a word, so that a stem finds
    inflected forms; a word that ends in a full stop matches in full ("port."). In Chinese a form matches anywhere. A denominator
    that ends in "~" (as a percentage of ~) takes the objects that begin right behind it, "…" stands for a few words and "#" for
    a number. A form that begins with "=" (=services) stands for its object where it is all that a text says. Denominators stand
    by the object that they name; what takes is a whole, except where it is of another key (what is left out). A part without a
    key is none.
    """

    objects: Mapping[str, Concept] = field(default_factory=dict)
    measures: Mapping[str, Forms] = field(default_factory=dict)
    cues: Mapping[str, Forms] = field(default_factory=dict)
    parts: Mapping[str, Forms] = field(default_factory=dict)
    mask: Forms = field(default_factory=dict)
    denominator: Mapping[str, Forms] = field(default_factory=dict)
    units: Mapping[str, tuple[str, float]] = field(default_factory=dict)

    @cached_property
    def finders(self) -> "Mapping[str, _Finder]":
        """Finder of each language over all entries, built once."""
        sections: dict[str, Mapping[str, Forms]] = {
            "object": {key: concept.forms for key, concept in self.objects.items()},
            "measure": self.measures,
            "cue": self.cues,
            "part": self.parts,
            "mask": {"": self.mask},
            "denominator": self.denominator,
        }
        forms: dict[str, list[tuple[str, GlossaryEntry]]] = {}
        for section, entries in sections.items():
            for key, by_lang in entries.items():
                for lang, listed in by_lang.items():
                    forms.setdefault(lang, []).extend((form, (section, key)) for form in listed)
        return {lang: _Finder(found, spaceless=lang in SPACELESS) for lang, found in forms.items()}

    @cached_property
    def whole_fields(self) -> frozenset[str]:
        """Objects of which several others are parts, and which are part of none: two statements may share no more than these."""
        parts = Counter(wider for key in self.objects for wider in self.wider(key) - {key})
        return frozenset(key for key, count in parts.items() if count >= _FIELD and not self.objects[key].part_of)

    def wider(self, key: str) -> frozenset[str]:
        """Return an object with every object it is part of."""
        found: set[str] = set()
        while key and key not in found:
            found.add(key)
            key = self.objects[key].part_of if key in self.objects else ""
        return frozenset(found)

    def akin(self, one: str, other: str) -> bool:
        """Say whether two objects are one, or one is part of the other."""
        return one in self.wider(other) or other in self.wider(one)


def read_statement(text: str, lang: str, glossary: Glossary) -> GlossaryReading:
    """Return the objects, measures and cues of a statement; an unknown language gives an empty reading.

    Fixed expressions hide the measures and cues inside them. What a share is taken of (percent of GDP) is no object. A word
    that is an object and a denominator (exports) is none beside another object.
    """
    finder = glossary.finders.get(lang)
    if finder is None:
        return GlossaryReading()
    found = finder.find(text)
    objects, measures = frozenset(found["own"] or found["object"]), frozenset(found["measure"])
    of_whole = "share" in measures or bool(found["denominator"] or found[_TAKES])
    whole, parts = (frozenset(found[name]) - {""} for name in ("denominator", "part"))
    return GlossaryReading(objects, measures, found["cue"], of_whole, whole | frozenset(found["whole"]), parts)


def narrowest(objects: frozenset[str], glossary: Glossary) -> frozenset[str]:
    """Return objects without those that another one is part of: wages, and not income beside them."""
    return objects - {wider for key in objects for wider in glossary.wider(key) - {key}}


def field_of(reading: GlossaryReading, glossary: Glossary) -> str:
    """Return the field most of a statement's objects belong to, the first in the alphabet of several; "" without objects."""
    groups = [glossary.objects[key].group for key in reading.objects]
    return min(groups, key=lambda group: (-groups.count(group), group)) if groups else ""


def shared_objects(left: GlossaryReading, right: GlossaryReading, glossary: Glossary) -> frozenset[str]:
    """Return the objects of either statement that the other speaks of too, itself or as its wider object."""
    wider = [{key: glossary.wider(key) for key in side.objects} for side in (left, right)]
    return frozenset(
        key for mine, others in (wider, wider[::-1]) for key, over in mine.items() if not over.isdisjoint(others)
    )


class _Finder:
    """Finds the forms of one language, by the letters that the text must have where a form begins."""

    def __init__(self, forms: Iterable[tuple[str, GlossaryEntry]], *, spaceless: bool) -> None:
        self._spaceless = spaceless
        self._heads: dict[str, list[tuple[tuple[str, ...], int, GlossaryEntry]]] = {}
        self._alone: list[tuple[tuple[str, ...], GlossaryEntry]] = []
        for form, entry in forms:
            plain = (form.lower() if spaceless else _plain(form).replace("-", " ")).removesuffix("~").removeprefix("=")
            stems = (plain,) if spaceless else tuple(map(_stem, plain.split()))
            width = len(plain) if spaceless else len(stems)
            entry = (_TAKES, entry[1]) if form.endswith("~") else entry
            if form.startswith("="):
                self._alone.append((stems, entry))
                continue
            self._heads.setdefault(stems[0].rstrip("."), []).append((stems, width, entry))
        self._lengths = sorted(set(map(len, self._heads)))

    def find(self, text: str) -> Mapping[str, dict[str, int]]:
        """Return the keys found by section with their first position.

        Objects that are no denominator stand in `own` too, those that something is taken of in `whole`. Inside a longer form of
        another entry of its section a form does not count, nor do measures and cues inside a mask, nor objects inside a longer
        denominator.
        """
        spans = list(self.spans(text))
        found = defaultdict[str, dict[str, int]](dict)
        for (section, key), start, end in spans:
            over = [(entry, right - left) for entry, left, right in spans if left <= start and end <= right]
            longer = {entry for entry, width in over if width > end - start}
            hides = {"measure": "mask", "cue": "mask", "object": "denominator"}.get(section)
            takers = (e for e, left, right in spans if e[0] == _TAKES and left <= start < right)
            taken = set(takers) if section == "object" else set()
            if _WHOLE in taken:
                found["whole"].setdefault(key, start)
            if taken or any(other == hides or (other == section and name != key) for other, name in longer):
                continue
            found[section].setdefault(key, start)
            if section == "object" and all(other != "denominator" for (other, _), _ in over):
                found["own"].setdefault(key, start)
        return found

    def spans(self, text: str) -> Iterator[tuple[GlossaryEntry, int, int]]:
        """Yield each entry whose form stands in a text, with where it begins and ends: letters, or words where there are any.

        Of a denominator that takes what stands behind it, where that begins and how far it reaches.
        """
        if self._spaceless:
            words = [text.lower()[place : place + self._lengths[-1]] for place in range(len(text))]
        else:
            words = re.findall(r"[\w&%]+", _plain(text))
        for start, word in enumerate(words):
            for length in self._lengths:
                if length > len(word):
                    break
                for stems, width, entry in self._heads.get(word[:length], ()):
                    end = _end(stems, words, start)
                    end = start + width if end and self._spaceless else end
                    if end and entry[0] == _TAKES:
                        behind = re.split(r"\W", text[end : end + 9])[0] if self._spaceless else words[end : end + 3]
                        yield entry, end, end + len(behind)
                    elif end:
                        yield entry, start, end
        yield from ((entry, 0, len(words)) for entry in self.alone(text))

    def alone(self, text: str) -> Iterator[GlossaryEntry]:
        """Yield the entries of which a text is a form that stands alone, and says nothing else."""
        words = [text.lower().strip()] if self._spaceless else re.findall(r"[\w&%]+", _plain(text))
        for stems, entry in self._alone:
            if 0 < _end(stems, words, 0) == len(words) and (not self._spaceless or stems[0] == words[0]):
                yield entry

    def unknown(self, text: str) -> float:
        """Return how many words of a name say what the glossary does not know; without spaces two letters are a word.

        What stands in brackets (a unit, a scenario) and particles do not count.
        """
        text = BRACKETS.sub(" ", text)
        words = list(text) if self._spaceless else re.findall(r"[\w&%]+", _plain(text))
        told = {place for _, start, end in self.spans(text) for place in range(start, end)}
        said = (word for place, word in enumerate(words) if place not in told and word.isalpha())
        return sum(0.5 if self._spaceless else len(word) > _PARTICLE for word in said)


def _plain(text: str) -> str:
    return _THOUSANDS.sub("", text.lower().replace("ё", "е").replace("%", " % "))


def _stem(word: str) -> str:
    """Return the letters of a word of a form; one or two letters, as in e-mail, match in full like a word with a stop."""
    letters = re.sub(r"[^\w&%…#]", "", word)
    return letters + ("." if letters not in (_FEW, _NUMBER) and (word.endswith(".") or len(letters) <= 2) else "")


def _end(stems: tuple[str, ...], words: Sequence[str], start: int) -> int:
    """Return behind which word a form ends that begins at some word, 0 where it does not stand there."""
    for place, stem in enumerate(stems, 1):
        if stem == _FEW:
            return next((end for i in range(start + 1, start + 8) if (end := _end(stems[place:], words, i))), 0)
        if start >= len(words) or not _fits(stem, words[start]):
            return 0
        start += 1
    return start


def _fits(stem: str, word: str) -> bool:
    if stem == _NUMBER:
        return word.isdigit()
    return word == stem[:-1] if stem.endswith(".") else word.startswith(stem)
