"""Read the glossary: terms of the field with a short definition in each language."""

import difflib
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from isthmus.core.errors import BadInputError

CLOSE = 0.6


@dataclass(frozen=True)
class Term:
    """One term: names and definitions by language, its symbol, abbreviations, and the terms to read beside it.

    `avoid` holds by language other wordings of the same thing, as patterns; a test keeps them out of the sentences of the
    product, so that one thing has one name.
    """

    key: str
    names: Mapping[str, str]
    definitions: Mapping[str, str]
    symbol: str
    see: Sequence[str]
    also: Sequence[str] = ()
    avoid: Mapping[str, Sequence[str]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def read_glossary() -> Mapping[str, Term]:
    """Return every term by key, in alphabetical order of the key."""
    raw = tomllib.loads((resources.files("isthmus") / "assets" / "glossary.toml").read_text("utf-8"))
    return {
        key: Term(
            key=key,
            names=entry["name"],
            definitions={language: entry[language] for language in entry["name"]},
            symbol=entry.get("symbol", ""),
            see=tuple(entry["see"]),
            also=tuple(entry.get("also", ())),
            avoid=entry.get("avoid", {}),
        )
        for key, entry in sorted(raw.items())
    }


def find_term(words: str) -> tuple[Term, str]:
    """Return the term meant by `words` and the language its name was given in.

    A term is found by its key, its name in any language, an abbreviation or its symbol (Greek letters by their names too),
    whatever the case, accents, hyphens and spaces, and by a whole word of its name where no other term has it.

    Raises
    ------
    BadInputError
        If there is no such term; the message names the closest ones.
    """
    index = _index()
    wanted = _plain(words)
    if wanted in index:
        key, language = index[wanted]
        return read_glossary()[key], language
    holders = {index[way] for way, words_of in _words().items() if wanted in words_of}
    if len({key for key, _ in holders}) == 1:
        key, language = holders.pop()
        return read_glossary()[key], language
    near = [
        known for known in index if wanted and (wanted in known or known in wanted) and min(len(known), len(wanted)) > 3
    ]
    near += difflib.get_close_matches(wanted, index, n=5, cutoff=CLOSE)
    close = list(dict.fromkeys(read_glossary()[index[n][0]].names[index[n][1]] for n in near))[:5]
    raise BadInputError(
        f"term {words!r}",
        "is not in the glossary" + (f"; close to it: {', '.join(close)}" if close else ""),
        allowed=f"one of the {len(read_glossary())} terms, in English, Russian or Chinese",
        remedy="run `isthmus explain` without a term for the list",
    )


def glossary_page() -> str:
    """Return the glossary as a Markdown page with all three languages."""
    terms = read_glossary()
    head = (
        "# Glossary\n\nThe names the product uses, with a definition in English, Russian and Chinese."
        " On the command line: `isthmus explain TERM`.\n"
    )
    return head + "".join(
        _entry(term, terms) for term in sorted(terms.values(), key=lambda t: t.names["en"].casefold())
    )


def _entry(term: Term, terms: Mapping[str, Term]) -> str:
    symbol = f" ({term.symbol})" if term.symbol else ""
    see = ", ".join(f"[{terms[key].names['en']}](#{_anchor(key)})" for key in term.see)
    lines = [f"({_anchor(term.key)})=", f"## {term.names['en']}{symbol}", "", term.definitions["en"], ""]
    lines += [f"- *{term.names[code]}*: {term.definitions[code]}" for code in term.names if code != "en"]
    return "\n" + "\n".join([*lines, *(["", f"See also: {see}."] if see else [])]) + "\n"


def _anchor(key: str) -> str:
    return "term-" + key.replace("_", "-")


@lru_cache(maxsize=1)
def _index() -> Mapping[str, tuple[str, str]]:
    """Return key and language by every way to write a term; English wins where two languages agree."""
    index: dict[str, tuple[str, str]] = {}
    for language in ("en", "ru", "zh"):
        for term in read_glossary().values():
            ways = [term.names[language]]
            if language == "en":
                ways += [term.key, term.symbol, *term.also, *_letter_names(term.symbol)]
            for way in filter(None, map(_plain, ways)):
                index.setdefault(way, (term.key, language))
    return index


@lru_cache(maxsize=1)
def _words() -> Mapping[str, frozenset[str]]:
    """Return the words of every name by the name as the index has it."""
    return {
        _plain(name): frozenset(map(_plain, name.split()))
        for term in read_glossary().values()
        for name in term.names.values()
    }


def _letter_names(symbol: str) -> list[str]:
    """Return the English name of a symbol that is one Greek letter."""
    name = unicodedata.name(symbol, "") if len(symbol) == 1 else ""
    return [name.rsplit(" ", 1)[-1]] if name.startswith("GREEK") else []


def _plain(words: str) -> str:
    """Return words without case, accents, hyphens, spaces and punctuation."""
    split = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in split if c.isalnum())
