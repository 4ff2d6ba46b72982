"""Tense of Russian sentences by the forms of their verbs (pymorphy3): what was is told from what is to be."""

import re
from collections.abc import Iterable
from functools import lru_cache

import pymorphy3

from isthmus.plans.lexicon import Tense

_WORD = re.compile(r"[а-яё]{3,}")
_PAST, _AHEAD, _NEITHER = "past", "ahead", ""
_OBLIGING = {"должный", "необходимый", "нужный", "обязанный"}
_AUXILIARY = {"быть", "стать"}
_LIKELY = 0.2
"""Least share of a reading among those of a form: достигнут is done, or will be reached."""


def russian_tense(saying: Iterable[str]) -> Tense:
    """Return a tagger of Russian sentences.

    Parameters
    ----------
    saying
        Lemmas of verbs whose past only says that something was said or decided: it frames the sentence and tells nothing.

    Returns
    -------
    Tense
        Whether a sentence has a past verb or a short past participle, and whether it has a future verb, an infinitive or
        a word of obligation.
    """
    kept = frozenset(saying)
    analyser = pymorphy3.MorphAnalyzer()

    @lru_cache(maxsize=20_000)
    def kind(word: str) -> str:
        forms = [form for form in analyser.parse(word) if form.score >= _LIKELY]
        if any(_points_ahead(form) for form in forms):
            return _AHEAD
        best = forms[0] if forms else None
        past = best is not None and (best.tag.POS == "PRTS" or (best.tag.POS == "VERB" and "past" in best.tag))
        return _PAST if best is not None and past and best.normal_form not in kept | _AUXILIARY else _NEITHER

    def tense(sentence: str) -> tuple[bool, bool]:
        kinds = {kind(word) for word in _WORD.findall(sentence.lower())}
        return _PAST in kinds, _AHEAD in kinds

    return tense


def _points_ahead(form: pymorphy3.analyzer.Parse) -> bool:
    tag = form.tag
    return tag.POS in ("INFN", "PRED") or "futr" in tag or form.normal_form in _OBLIGING
