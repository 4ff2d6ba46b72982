"""Who speaks in a statement: an aim of the plan, or a fact, a forecast, a payment, a definition, another body."""

import re

from isthmus.plans.grammar import Grammar
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.quantity import Reading
from isthmus.plans.text import search
from isthmus.plans.units import CURRENCIES, SHARES

AIMS, FACTS, ANNOUNCED = "aims", "facts", "announced"
"""The last: aims that a sentence announced (sets out 15 targets), whatever their verbs say."""
_NEAR = 2
"""Years after those of reports that a plan may still report on: it is often approved after its period began."""
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def said(reading: Reading, grammar: Grammar, lexicon: Lexicon, reported_to: int) -> str:
    """Return whether a sentence says an aim or a fact; "" where no word of it says either.

    A fact has a verb that tells, no word that something is wanted or due, and no year after the last one of reports.
    """
    told, tells, ahead = lexicon.tenses[grammar.lang](reading.source)
    begun = [y.first if told and y.first else y.year for y in reading.years if y.role in ("target", "period")]
    wanted = search(grammar.intends, reading.source) or search(grammar.commands, reading.source)
    near = max(begun, default=0) <= reported_to + _NEAR
    if (told or tells) and near and not (ahead or wanted):
        return FACTS
    if any(year > reported_to > 0 for year in begun):
        return AIMS
    if (told and not ahead) or (tells and not wanted):
        return FACTS
    return AIMS if wanted or ahead or search(grammar.suggests, reading.source) else ""


def voice_of(reading: Reading, grammar: Grammar, lexicon: Lexicon, reported_to: int, lead: str) -> str:
    """Return why a statement is nobody's aim here: money, a forecast, a definition, others' words, or a mere fact.

    A statement that says neither aim nor fact is what its list or heading (`lead`) is; without one it is a fact in a
    language that says its aims.
    """
    if not reading.quantities:
        return ""
    source = reading.source
    words = lexicon.structure
    money = all(q.unit in CURRENCIES for q in reading.quantities)
    rate = all(q.unit in (*CURRENCIES, *SHARES) for q in reading.quantities)
    for reason, holds in (
        ("funding", money and words["funding"].search(source)),
        ("payment", rate and words["payment"].search(source)),
        ("forecast", words["forecast"].search(source)),
        ("definition", words["definition"].search(source)),
        ("another body", words["other_body"].search(_BRACKETS.sub("", source))),
    ):
        if holds:
            return reason
    default = FACTS if grammar.says_aims else AIMS
    return "fact" if (said(reading, grammar, lexicon, reported_to) or lead or default) == FACTS else ""
