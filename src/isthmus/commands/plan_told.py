"""What is said on standard error of a plan that was read: what was recognised and left out, and what to be wary of."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from isthmus.plans.document import Document, LeftOut
    from isthmus.plans.extract import Extraction
    from isthmus.plans.plan import Target

SHOWN_CELLS = 6
"""Of the cells beyond the heads of tables, so many are shown a page."""

BROKEN_WORDS = 5
"""So many words without their joined letters (na onal, e ciency) are no slips of the writer."""


def tell_document(document: "Document", lang: str | None) -> None:
    """Say on standard error what was recognised in a document, and warn of one in a language that was not expected."""
    from isthmus.plans.language import detect, seems_foreign
    from isthmus.readers.documents.lexicon import read_lexicon

    for note in document.notes:
        click.echo(f"  {note}", err=True)
    if lang is None and seems_foreign(document.text):
        click.echo(f"  warning: {document.file} seems to be in a language that is not read; check each row", err=True)
    found = detect(document.text)
    if lang is not None and found not in ("", lang):
        say = f"its words seem to be {found}; without --lang each statement is read in its own"
        click.echo(f"  warning: {document.file} was read as {lang} (--lang), but {say}", err=True)
    if (broken := len(read_lexicon().structure["broken word"].findall(document.text))) >= BROKEN_WORDS:
        click.echo(
            f"  warning: {document.file} lost letters that its font joins (ti, fi, ff) in {broken} words; "
            "use another copy, or check names and headings",
            err=True,
        )


def tell_period(name: str, extraction: "Extraction", period: tuple[int, int] | None) -> None:
    """Warn on standard error of a period that was told and in which no target with a year of its own is due."""
    from isthmus.plans.period import BY_PERIOD

    years = sorted(t.year for t in extraction.targets if t.year is not None and BY_PERIOD not in t.note)
    if period and years and not any(period[0] <= year <= period[1] for year in years):
        told, own = f"{period[0]} to {period[1]}", " to ".join(map(str, dict.fromkeys((years[0], years[-1]))))
        click.echo(f"  warning: no target of {name} is due in {told} (--period); its own years are {own}", err=True)


def tell_extraction(
    name: str, found: "Sequence[Target]", extraction: "Extraction", only: str = "all", *, period: bool = False
) -> None:
    """Say on standard error what of a document was left out, and warn where that is much or nothing was found.

    `only` says which rows were asked for, `period` whether the caller can be told when the plan runs.
    """
    from isthmus.plans.company import RIVALS
    from isthmus.plans.document import PICTURE
    from isthmus.plans.extract import REPEATS

    whole, parts = (
        Counter(left.reason for left in extraction.left_out if bool(left.within) is inner) for inner in (False, True)
    )
    if unasked := dropped(len(found), extraction):
        without = "a number" if only == "numbers" else "a number or a year"
        click.echo(f"  targets without {without}, left out by --only {only}: {unasked}", err=True)
    for what, reasons in (("left out", whole), ("parts left out of what was read", parts)):
        if reasons:
            click.echo(f"  {what}: {', '.join(f'{why} ({n})' for why, n in reasons.most_common())}", err=True)
    if extraction.leaves_much:
        drawn = f" (pages with pictures count as pages of text: {n})" if (n := whole[PICTURE]) else ""
        click.echo(
            f"  warning: {extraction.left_share:.0%} of {name} was left out{drawn}; read it beside the table", err=True
        )
    _tell_kind(name, found, extraction)
    notes = Counter(filter(None, (t.note.partition(REPEATS)[0].strip("; ") for t in extraction.targets)))
    if rivals := notes.pop(RIVALS, 0):
        click.echo(f"  warning: {RIVALS} (see note): {rivals}; read their text beside them", err=True)
    for note, count in notes.items():
        click.echo(f"  without a year of their own, {note} (see note): {count}", err=True)
    if extraction.guessed:
        say = "; --period FIRST-LAST says when the plan runs" if period else ""
        click.echo(f"  {name} has no date: what is up to {extraction.guessed} was taken for a report{say}", err=True)
    undated = sum(target.value is not None and target.year is None for target in extraction.targets)
    if undated:
        say = "; --period FIRST-LAST says when the plan ends" if period else ""
        click.echo(f"  with a number and no year: {undated}{say}", err=True)
    if not found:
        click.echo(f"  no target was found in {name}", err=True)
    _tell_likely(name, extraction)
    _tell_beyond(name, extraction.left_out)


def _tell_likely(name: str, extraction: "Extraction") -> None:
    """Say how much of the numbers is likely to be right, and warn of a document that is likely to be misread."""
    from isthmus.plans.confidence import doubtful, expected_right, often_misread

    if (share := expected_right(extraction.targets)) is None:
        return
    wrong = f", {n} more likely wrong (confidence below 0.5)" if (n := doubtful(extraction.targets)) else ""
    numbers = numbered(extraction.targets)
    click.echo(f"  with a number: {numbers}, {share:.0%} likely right in every field{wrong}", err=True)
    if often_misread(extraction.targets):
        click.echo(
            f"  warning: documents that give rows like those of {name} are often misread; check each row", err=True
        )


def _tell_kind(name: str, found: "Sequence[Target]", extraction: "Extraction") -> None:
    """Warn of a document that may be no plan, and say how many rows tell an earlier one again."""
    if extraction.tells_past:
        told = f"{len(extraction.reported)} of its passages with figures tell what has been"
        click.echo(f"  warning: {name} may be a report and no plan ({told}): check that its rows are aims", err=True)
    if again := repeated(found):
        click.echo(f"  rows that repeat an earlier one (see note): {again}", err=True)


def _tell_beyond(name: str, left_out: "Sequence[LeftOut]") -> None:
    """Warn of the tables with cells that no heading stands over, for nobody can say what those are."""
    from isthmus.plans.rows import BEYOND

    beyond = [left for left in left_out if left.reason == BEYOND]
    for page, count in Counter(left.page for left in beyond).items():
        shown = ", ".join([left.text for left in beyond if left.page == page][:SHOWN_CELLS])
        place = name if page is None else f"page {page} of {name}"
        click.echo(f"  warning: cells beyond the heads of a table on {place} ({count}): {shown}", err=True)


def repeated(found: "Sequence[Target]") -> int:
    """Return how many rows tell an earlier one again."""
    from isthmus.plans.extract import REPEATS

    return sum(REPEATS in target.note for target in found)


def dropped(found: int, extraction: "Extraction") -> int:
    """Return how many targets were found and not asked for."""
    return extraction.in_words + len(extraction.targets) - found


def numbered(targets: "Sequence[Target]") -> int:
    """Return how many targets have a number."""
    return sum(target.value is not None for target in targets)
