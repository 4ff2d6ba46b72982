"""Titles that run into their paragraph, as plans set those of the parts of a chapter (一、发展基础。…)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from isthmus.plans.document import DocumentBlock
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.structure import LEVELS

_END, _LONGEST = "。", 20
"""Ends such a title; letters of the longest one."""


@dataclass(frozen=True)
class _Title:
    """How high the number in front of it stands, its words, and what follows it in the block."""

    level: int
    words: str
    rest: str


def titles_apart(blocks: Sequence[DocumentBlock], lexicon: Lexicon) -> tuple[DocumentBlock, ...]:
    """Return blocks with the run-in title of each review, and the next one as high, as headings of their own.

    So the paragraphs below the first are of the review too, up to the second. Other titles stay where they stand.
    """
    found, review = list[DocumentBlock](), -1
    for block in blocks:
        title = _title_of(block, lexicon)
        announces = title is not None and _announces_review(title.words, lexicon)
        if title is None or not (announces or title.level <= review):
            found.append(block)
            continue
        review = title.level if announces else -1
        found += [replace(block, kind="heading", text=title.words), replace(block, text=title.rest)]
    return tuple(found)


def _title_of(block: DocumentBlock, lexicon: Lexicon) -> _Title | None:
    """Return the numbered title that a paragraph opens with; None where it opens with none, or is nothing else."""
    words, end, rest = block.text.strip().partition(_END)
    short = end and rest.strip() and block.kind != "table" and len(words) <= _LONGEST
    level = next((n for n, name in enumerate(LEVELS) if lexicon.structure[name].match(words)), None) if short else None
    return None if level is None else _Title(level, words, rest.strip())


def _announces_review(words: str, lexicon: Lexicon) -> bool:
    said = lexicon.structure
    return said["review"].search(words) is not None and not said["aims"].search(words)
