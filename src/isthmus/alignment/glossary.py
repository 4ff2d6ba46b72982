"""What a statement is about and what it wants, read off a small trilingual glossary that the analyst can edit.

Embeddings find statements of one subject but hardly notice a flipped direction or who delivers to whom. The glossary
holds the words that decide these: objects (coal, chips), measures (output, use, share) and cues (raise, limit, export).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

SPACELESS = frozenset({"zh"})
"""Languages written without spaces: a form matches anywhere in the text."""

Forms = Mapping[str, tuple[str, ...]]
"""Forms of one entry by language."""

GlossaryEntry = tuple[str, str]
"""Section and key of an entry."""


@dataclass(frozen=True)
class Concept:
    """An object that plans speak of: its field (`group`), the wider object it is part of, and its forms by language."""

    key: str
    group: str
    part_of: str
    forms: Forms


@dataclass(frozen=True)
class UnitScale:
    """What a unit measures and its size in the first unit of that quantity."""

    quantity: str
    factor: float


@dataclass(frozen=True)
class GlossaryReading:
    """What the glossary found in one statement.

    Attributes
    ----------
    objects, measures
        Keys of the objects and measures that occur.
    cues
        Position of the first occurrence of each cue, so that the leading verb can decide.
    """

    objects: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    cues: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Glossary:
    """Objects, measures, cues, jargon, masks, denominators and units.

    A form is a word or a phrase. In English and Russian each of its words matches the beginning of a word, so that a stem finds
    inflected forms; a word that ends in a full stop matches in full ("port."). In Chinese a form matches anywhere.
    """

    objects: Mapping[str, Concept] = field(default_factory=dict)
    measures: Mapping[str, Forms] = field(default_factory=dict)
    cues: Mapping[str, Forms] = field(default_factory=dict)
    jargon: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mask: Forms = field(default_factory=dict)
    denominator: Forms = field(default_factory=dict)
    units: Mapping[str, UnitScale] = field(default_factory=dict)

    @cached_property
    def matchers(self) -> "Mapping[str, _Matcher]":
        """Matcher of each language over objects, measures and cues, built once."""
        forms: dict[GlossaryEntry, Forms] = {("object", key): concept.forms for key, concept in self.objects.items()}
        forms |= {("measure", key): entry for key, entry in self.measures.items()}
        forms |= {("cue", key): entry for key, entry in self.cues.items()}
        languages = {lang for entry in forms.values() for lang in entry}
        return {lang: _matcher(lang, forms) for lang in sorted(languages)}

    @cached_property
    def jargon_matchers(self) -> "Mapping[str, _Matcher]":
        """Matcher of each language over the jargon, built once."""
        return {
            lang: _matcher(lang, {("jargon", term): {lang: (term,)} for term in terms})
            for lang, terms in self.jargon.items()
        }

    def wider(self, key: str) -> frozenset[str]:
        """Return an object with every object it is part of."""
        found: set[str] = set()
        while key and key not in found:
            found.add(key)
            key = self.objects[key].part_of if key in self.objects else ""
        return frozenset(found)


def read_statement(text: str, lang: str, glossary: Glossary) -> GlossaryReading:
    """Return the objects, measures and cues of a statement; an unknown language gives an empty reading.

    What a share is taken of (percent of GDP) is no object of a statement that names another.
    """
    matcher = glossary.matchers.get(lang)
    if matcher is None:
        return GlossaryReading()
    found: dict[str, dict[str, int]] = {"object": {}, "measure": {}, "cue": {}}
    visible = _masked(text, glossary.mask.get(lang, ()))
    whole = list(matcher.find(text))
    for (section, key), position in whole if visible == text else matcher.find(visible):
        if section != "object":
            found[section][key] = min(position, found[section].get(key, position))
    for (section, key), position in whole:
        if section == "object":
            found[section].setdefault(key, position)
    counted = _masked(text, glossary.denominator.get(lang, ()))
    if counted != text:
        own = {key for (section, key), _ in matcher.find(counted) if section == "object" and key in found["object"]}
        found["object"] = {key: position for key, position in found["object"].items() if key in own or not own}
    return GlossaryReading(frozenset(found["object"]), frozenset(found["measure"]), found["cue"])


def narrowest(objects: frozenset[str], glossary: Glossary) -> frozenset[str]:
    """Return objects without those that another one is part of: wages, and not income beside them."""
    return objects - {wider for key in objects for wider in glossary.wider(key) - {key}}


def field_of(reading: GlossaryReading, glossary: Glossary) -> str:
    """Return the field most of a statement's objects belong to, the first in the alphabet of several; "" without objects."""
    groups = [glossary.objects[key].group for key in reading.objects]
    return min(groups, key=lambda group: (-groups.count(group), group)) if groups else ""


def fields_of(reading: GlossaryReading, glossary: Glossary) -> frozenset[str]:
    """Return the fields of a statement's objects."""
    return frozenset(glossary.objects[key].group for key in reading.objects)


def spell_out(text: str, lang: str, glossary: Glossary) -> str:
    """Return a statement with the plain words of its abbreviations and jargon added in brackets."""
    matcher = glossary.jargon_matchers.get(lang)
    if matcher is None:
        return text
    terms = list(dict.fromkeys(term for (_, term), _ in matcher.find(text)))
    whole = [term for term in terms if not any(term != other and term in other for other in terms)]
    return f"{text} ({'; '.join(glossary.jargon[lang][term] for term in whole)})" if whole else text


def shared_objects(left: GlossaryReading, right: GlossaryReading, glossary: Glossary) -> frozenset[str]:
    """Return the objects of either statement that the other speaks of too, itself or as its wider object."""
    shared: set[str] = set()
    for a in left.objects:
        for b in right.objects:
            if b in glossary.wider(a):
                shared.add(a)
            elif a in glossary.wider(b):
                shared.add(b)
    return frozenset(shared)


def _masked(text: str, expressions: Iterable[str]) -> str:
    """Blank fixed expressions, so that the words inside them do not count."""
    for expression in expressions:
        text = re.sub(re.escape(expression), " ", text, flags=re.IGNORECASE)
    return text


@dataclass(frozen=True)
class _Matcher:
    """Finds the forms of one language: plain strings, or phrases of word beginnings by their first word."""

    spaceless: bool
    plain: Mapping[str, tuple[tuple[str, GlossaryEntry], ...]] = field(default_factory=dict)
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], GlossaryEntry], ...]] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()

    def find(self, text: str) -> Iterable[tuple[GlossaryEntry, int]]:
        """Yield each entry found with its position; inside a longer form of another object an object's form does not count."""
        if self.spaceless:
            yield from _find_plain(text.lower(), self.plain)
            return
        spans = list(self._spans(re.findall(r"[\w&]+", text.lower().replace("ё", "е"))))
        for entry, start, end in spans:
            if not any(
                left <= start
                and end <= right
                and right - left > end - start
                and entry[0] == other[0] == "object"
                and other[1] != entry[1]
                for other, left, right in spans
            ):
                yield entry, start

    def _spans(self, words: Sequence[str]) -> Iterable[tuple[GlossaryEntry, int, int]]:
        """Yield each entry whose phrase stands in a text, with its first word and the one behind its last."""
        for position, word in enumerate(words):
            for length in self.lengths:
                if length > len(word):
                    break
                for stems, entry in self.phrases.get(word[:length], ()):
                    following = words[position : position + len(stems)]
                    if len(following) == len(stems) and all(map(_fits, stems, following)):
                        yield entry, position, position + len(stems)


def _find_plain(
    text: str, plain: Mapping[str, Sequence[tuple[str, GlossaryEntry]]]
) -> Iterable[tuple[GlossaryEntry, int]]:
    """Yield plain strings with their position; inside a longer form of the same section a form does not count.

    `plain` holds the forms by their first character.
    """
    found = [(form, entry) for first in dict.fromkeys(text) for form, entry in plain.get(first, ()) if form in text]
    for form, entry in found:
        longer = [
            f for f, (section, key) in found if form in f and f != form and section == entry[0] and key != entry[1]
        ]
        covered = sum(text.count(f) * f.count(form) for f in longer)
        if text.count(form) > covered:
            yield entry, text.index(form)


def _matcher(lang: str, entries: Mapping[GlossaryEntry, Forms]) -> _Matcher:
    forms = [(form, entry) for entry, by_lang in entries.items() for form in by_lang.get(lang, ())]
    if lang in SPACELESS:
        plain: dict[str, list[tuple[str, GlossaryEntry]]] = {}
        for form, entry in forms:
            plain.setdefault(form[0].lower(), []).append((form.lower(), entry))
        return _Matcher(True, plain={first: tuple(found) for first, found in plain.items()})
    phrases: dict[str, list[tuple[tuple[str, ...], GlossaryEntry]]] = {}
    for form, entry in forms:
        stems = tuple(_stem(word) for word in form.lower().replace("ё", "е").replace("-", " ").split())
        phrases.setdefault(stems[0].rstrip("."), []).append((stems, entry))
    lengths = tuple(sorted({len(first) for first in phrases}))
    return _Matcher(False, phrases={first: tuple(found) for first, found in phrases.items()}, lengths=lengths)


def _stem(word: str) -> str:
    """Return the letters of a word of a form; one or two letters, as in e-mail, match in full like a word with a stop."""
    letters = re.sub(r"[^\w&]", "", word)
    return letters + ("." if word.endswith(".") or len(letters) <= 2 else "")


def _fits(stem: str, word: str) -> bool:
    return word == stem[:-1] if stem.endswith(".") else word.startswith(stem)
