"""What holds for a whole document while it is read: its words, its language and the last year of its reports."""

from dataclasses import dataclass

from isthmus.plans.grammar import Grammar
from isthmus.plans.language import detect
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.text import normalise, probe


@dataclass(frozen=True)
class DocumentSetting:
    """What holds for a whole document: the words, a given language, the main one, the last year of reports.

    `dated` tells whether the document itself gives that year, so that "this year" is the one after it; `known` whether the
    document, its words or the study gives it.
    """

    lexicon: Lexicon
    lang: str | None
    main: str
    reported_to: int
    dated: bool
    known: bool

    def language_of(self, text: str) -> str:
        """Return the given language, else the one that a text is written in, else the main one."""
        return self.lang or detect(text) or self.main

    def grammar_of(self, text: str) -> Grammar:
        """Return the grammar of a text's language."""
        return self.lexicon.grammars[self.language_of(text) or "en"]

    def reports(self, text: str) -> bool:
        """Say whether a text has a finite verb that can only report."""
        return self.lexicon.tenses[self.language_of(text) or "en"](probe(normalise(text))).told
