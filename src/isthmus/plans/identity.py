"""Whether a document that a user gave is the plan it is given for: its period, country and title, as far as its head says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from isthmus.plans.document import Document, Doubt, Given
from isthmus.plans.language import detect, seems_foreign
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.period import head_of, period_of_plan, plan_years

_WORD = re.compile(r"[^\W\d_]{5,}")
_ENDING, _STEM = 2, 4
"""Letters of a name or word that endings may change, and how many are left at least."""


@dataclass(frozen=True)
class Meant:
    """The plan that a document is given for.

    Attributes
    ----------
    title
        Our own words for it, which name its period, "" where the study has none.
    phrases
        Words of its own title, of which its head holds one; where there are none, the words of `title` are looked for.
    country
        Code of the partner whose plan it is.
    names
        Names of countries by code and language.
    least
        Letters of our own digest of it, 0 without one: a plan is longer than what tells it in short.
    """

    title: str
    phrases: Sequence[str]
    country: str
    names: Mapping[str, Mapping[str, str]]
    least: int = 0


def held_against(document: Document, meant: Meant, lexicon: Lexicon) -> Given:
    """Return what in the head of a document fits the plan that it is given for, and what does not.

    What either side does not say is neither: most heads name no country but the words of their own language. A short text
    in a language that is not read is doubted; a longer one is refused where it is read.
    """
    head = "\n".join(block.text for block in head_of(document.blocks))
    checks = {
        "period": _period(document, head, meant, lexicon),
        "country": _country(head, meant, lexicon),
        "title": _title(head, meant),
        "length": _length(document, meant),
        "language": ("", "") if seems_foreign(document.text) else None,
    }
    told = {name: check for name, check in checks.items() if check is not None}
    return Given(
        fits=tuple(name for name, doubt in told.items() if not doubt),
        doubts=tuple(Doubt(name, *doubt) for name, doubt in told.items() if doubt),
    )


_Check = tuple[str, str] | tuple[()] | None
"""What was expected and what was found where they do not fit; empty where they do, None where they cannot be compared."""


def _period(document: Document, head: str, meant: Meant, lexicon: Lexicon) -> _Check:
    """Compare the last years: a plan may be named by its whole period or by its end alone."""
    expected, found = plan_years(meant.title, lexicon), period_of_plan(document.blocks, lexicon)
    if not expected:
        return None
    ends = {year.year for year in expected}
    if found is None:
        return () if ends & {year.year for line in head.splitlines() for year in plan_years(line, lexicon)} else None
    first = min((y.first for y in expected if y.first), default=None)
    if found.year in ends and (first is None or found.first in (None, first)):
        return ()
    return _years(first, max(ends)), _years(found.first, found.year)


def _years(first: int | None, last: int) -> str:
    return str(last) if first in (None, last) else f"{first}–{last}"


def _country(head: str, meant: Meant, lexicon: Lexicon) -> _Check:
    """Compare the countries that the head names: it may name others beside its own, but no part of one in its title.

    A short name of another country is also a word, or the beginning of one.
    """
    own = meant.names.get(meant.country, {}).get(detect(head), meant.country)
    if part := lexicon.structure["part of a country"].search(_title_line(head, meant)):
        return own, part.group().strip()
    lang = detect(head)
    rest, found = head.casefold(), dict[str, str]()
    names = sorted(((told.get(lang, ""), code) for code, told in meant.names.items()), key=lambda n: -len(n[0]))
    for name, code in names:  # the longest first: one name may stand in another
        if lang != "zh" and code != meant.country and len(name) <= _STEM:
            continue
        words = {"zh": "{}", "en": r"\b{}\b"}.get(lang, r"\b{}")
        form = re.compile(words.format(re.escape(_stem(name.casefold(), lang))))
        if name and form.search(rest):
            rest = form.sub(" ", rest)
            found[code] = name
    if not found:
        return None
    return () if meant.country in found else (own, next(iter(found.values())))


def _title_line(head: str, meant: Meant) -> str:
    """Return the line of the head that holds a phrase of the title, else the first one."""
    lines = head.splitlines() or [""]
    return next((line for line in lines if any(_plain(phrase) in _plain(line) for phrase in meant.phrases)), lines[0])


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).casefold()


def _title(head: str, meant: Meant) -> _Check:
    """Look for a phrase of the title in its language; without any, for our words where the document is in theirs."""
    phrases = [phrase for phrase in meant.phrases if detect(phrase) == detect(head)]
    if phrases:
        held = any(_plain(phrase) in _plain(head) for phrase in phrases)
        return () if held else (phrases[0], "")
    words = _WORD.findall(meant.title.casefold()) if detect(head) == detect(meant.title) else []
    if not words:
        return None
    held_words = sum(_stem(word, "") in head.casefold() for word in words)
    return () if 2 * held_words >= len(words) else (meant.title, "")


def _length(document: Document, meant: Meant) -> _Check:
    """Compare with our digest: a text that is no longer than this is a part of the plan at most."""
    found = letters(document)
    return (str(meant.least), str(found)) if found <= meant.least else None


def letters(document: Document) -> int:
    """Return how many letters, figures and signs a document has, without white space."""
    return len("".join(document.text.split()))


def _stem(word: str, lang: str) -> str:
    """Return a word without what its endings may change; names of Chinese and English have none."""
    return word if lang in ("zh", "en") else word[: max(_STEM, len(word) - _ENDING)]
