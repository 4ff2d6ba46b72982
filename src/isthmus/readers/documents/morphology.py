"""Tense of Russian sentences by the forms of their verbs (pymorphy3): what was is told from what is to be."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import pymorphy3

from isthmus.plans.lexicon import Tenses

_WORD = re.compile(r"[а-яё]{3,}")
_PAST, _PRESENT, _AHEAD, _NEITHER = "past", "present", "ahead", ""
_LIKELY = 0.2
"""Least share of a reading among those of a form: достигнут is done, or will be reached."""


@dataclass(frozen=True)
class RussianTense:
    """A tagger of Russian sentences, see `isthmus.plans.lexicon.Tense`.

    Attributes
    ----------
    saying
        Lemmas of verbs that only say that something was said, decided or is planned, and auxiliaries: they frame the sentence
        and tell nothing.
    obliging
        Lemmas of words of obligation, which point ahead in every form.
    aside
        Pattern of a relative clause, which tells only which things are meant.
    """

    saying: tuple[str, ...]
    obliging: tuple[str, ...]
    aside: str

    def __call__(self, sentence: str) -> Tenses:
        """Return the tenses of a sentence's verbs and short participles outside of relative clauses."""
        main = re.sub(self.aside, "", sentence.lower())
        kinds = {_kind(word, self.saying, self.obliging) for word in _WORD.findall(main)}
        return Tenses(_PAST in kinds, _PRESENT in kinds, _AHEAD in kinds)


@cache
def _analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


def is_word(text: str) -> bool:
    """Return whether a text is a form of a Russian word that the dictionary has."""
    return bool(_analyser().word_is_known(text.lower()))


@lru_cache(maxsize=20_000)
def _kind(word: str, saying: tuple[str, ...], obliging: tuple[str, ...]) -> str:
    """Return what a word tells: past, present, ahead or neither."""
    forms = [form for form in _analyser().parse(word) if form.score >= _LIKELY]
    best = forms[0] if forms else None
    named = best is not None and best.tag.POS == "NOUN"  # охота is hunting
    verbs = [form for form in forms if not named or form.tag.POS not in ("INFN", "PRED")]
    if any(f.tag.POS in ("INFN", "PRED") or "futr" in f.tag or f.normal_form in obliging for f in verbs):
        return _AHEAD
    if best is None or best.normal_form in saying:
        return _NEITHER
    if best.tag.POS == "PRTS" or (best.tag.POS == "VERB" and "past" in best.tag):
        return _PAST
    return _PRESENT if best.tag.POS == "VERB" and "pres" in best.tag else _NEITHER
