"""Tense of Russian sentences by the forms of their verbs (pymorphy3): what was is told from what is to be."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import pymorphy3

_WORD = re.compile(r"[а-яё]{3,}")
_PAST, _AHEAD, _NEITHER = "past", "ahead", ""
_OBLIGING = {"должный", "необходимый", "нужный", "обязанный"}
_AUXILIARY = {"быть", "стать"}
_LIKELY = 0.2
"""Least share of a reading among those of a form: достигнут is done, or will be reached."""


@dataclass(frozen=True)
class RussianTense:
    """A tagger of Russian sentences, see `isthmus.plans.lexicon.Tense`.

    Attributes
    ----------
    saying
        Lemmas of verbs whose past only says that something was said or decided: it frames the sentence and tells nothing.
    """

    saying: tuple[str, ...]

    def __call__(self, sentence: str) -> tuple[bool, bool]:
        """Return whether a sentence has a past verb or short past participle, and whether anything in it points ahead."""
        kinds = {_kind(word, self.saying) for word in _WORD.findall(sentence.lower())}
        return _PAST in kinds, _AHEAD in kinds


@cache
def _analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)
def _kind(word: str, saying: tuple[str, ...]) -> str:
    """Return what a word tells: past, ahead or neither."""
    forms = [form for form in _analyser().parse(word) if form.score >= _LIKELY]
    if any(_points_ahead(form) for form in forms):
        return _AHEAD
    best = forms[0] if forms else None
    past = best is not None and (best.tag.POS == "PRTS" or (best.tag.POS == "VERB" and "past" in best.tag))
    if best is None or not past or best.normal_form in _AUXILIARY or best.normal_form in saying:
        return _NEITHER
    return _PAST


def _points_ahead(form: pymorphy3.analyzer.Parse) -> bool:
    """Say whether a form is an infinitive, a future or a word of obligation."""
    tag = form.tag
    return tag.POS in ("INFN", "PRED") or "futr" in tag or form.normal_form in _OBLIGING
