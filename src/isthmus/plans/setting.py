"""What holds for a whole document while it is read: its words, its language and the last year of its reports."""

from collections.abc import Sequence
from dataclasses import dataclass

from isthmus.plans.dates import Year, year_numbers
from isthmus.plans.grammar import Grammar
from isthmus.plans.language import detect
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.patterns import search
from isthmus.plans.period import read_line
from isthmus.plans.quantities import read
from isthmus.plans.text import normalise, probe
from isthmus.plans.voice import REPORTS, said


@dataclass(frozen=True)
class DocumentSetting:
    """What holds for a whole document: the words, a given language, the main one, the last year of reports.

    `dated` tells whether the document itself gives that year, so that "this year" is the one after it; `known` whether the
    document, its words or the study gives it. `period` is that of the plan; `yearly` tells of a report on work, which counts
    its own year as the first of those to come.
    """

    lexicon: Lexicon
    lang: str | None
    main: str
    reported_to: int
    dated: bool
    known: bool
    period: Year | None = None
    yearly: bool = False

    def language_of(self, text: str) -> str:
        """Return the given language, else the one that a text is written in, else the main one."""
        return self.lang or detect(text) or self.main

    def grammar_of(self, text: str) -> Grammar:
        """Return the grammar of a text's language."""
        return self.lexicon.grammars[self.language_of(text) or "en"]

    def reports(self, text: str) -> bool:
        """Say whether a text has a finite verb that can only report."""
        return self.lexicon.tenses[self.language_of(text) or "en"](probe(normalise(text))).told

    def tells(self, word: str) -> bool:
        """Say whether a word is a verb of the present or of the future."""
        tenses = self.lexicon.tenses[self.language_of(word) or "en"](word)
        return tenses.tells or tenses.ahead

    def only_tells(self, text: str) -> bool:
        """Say whether a sentence tells how things are or were, and of no aim."""
        reading = read(probe(normalise(text)), self.grammar_of(text), self.reported_to)
        return said(reading.source, reading.years, reading.grammar, self.lexicon, self.reported_to) in REPORTS

    def reports_from(self, parts: Sequence[str]) -> int:
        """Return from which of the sentences of a paragraph on they report (over the past five years, ...), else how many."""
        opens = self.lexicon.structure["opens_report"]
        return next((i for i, sentence in enumerate(parts) if opens.search(sentence)), len(parts))

    def names_an_aim(self, sentence: str, *, by_year: bool = True) -> bool:
        """Say whether a sentence of a review names an aim after all: a word for what comes, or a later year (`by_year`)."""
        grammar = self.grammar_of(sentence)
        if self.lexicon.structure["aims_again"].search(sentence) or search(grammar.vows, probe(sentence)):
            return True
        later = by_year and any(year > self.reported_to > 0 for year in year_numbers(sentence))
        return later and any(y.year > self.reported_to for y in read_line(sentence, self.lexicon).years)
