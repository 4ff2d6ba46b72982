"""Read targets with the packaged words: of a text, of a document, of the documents of a study."""

from collections.abc import Sequence
from datetime import date

from isthmus.core.each import Each, one_by_one
from isthmus.plans import extract
from isthmus.plans.document import Document, PlanDocument
from isthmus.plans.extract import Extraction
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.plans.taxonomy import Taxonomy
from isthmus.readers.documents.lexicon import read_lexicon


def extract_targets(
    text: str, lang: str | None = None, *, file: str = "", with_words: bool = True, reported: int | None = None
) -> list[Target]:
    """Extract every target of a text.

    Parameters
    ----------
    text
        One statement a line, running text, or lines of table cells separated by ``|`` or tabs.
    lang
        zh, ru or en; None decides for each statement.
    file
        Named in the targets and used for their ids.
    with_words
        Also return targets without a number (milestones and qualitative statements); their value is empty.
    reported
        Last year whose figures are reports, where the text has no date.

    Returns
    -------
    list of Target
        In reading order; see `extract_document`.

    Examples
    --------
    >>> [t.value for t in extract_targets("Raise R&D spending to 2.5 percent of GDP by 2030.", "en")]
    [2.5]
    """
    document = Document(file, None, tuple(blocks_of(text)))
    return list(extract_document(document, lang, with_words=with_words, reported=reported).targets)


def extract_document(
    document: Document,
    lang: str | None = None,
    *,
    with_words: bool = True,
    reported: int | None = None,
    period: tuple[int, int] | None = None,
    each: Each = one_by_one,
) -> Extraction:
    """Extract every target of a document; see `isthmus.plans.extract.extract_document`.

    A document without a date that tells of no past year is taken to be of this year. `period` is the plan's first and last
    year where its reader knows them better than the document says them.
    """
    return extract.extract_document(
        document,
        read_lexicon(),
        lang,
        with_words=with_words,
        reported=reported,
        otherwise=this_year() - 1,
        period=period,
        each=each,
    )


def this_year() -> int:
    """Return the year of the clock."""
    return date.today().year


def extract_plans(
    plans: Sequence[PlanDocument], taxonomy: Taxonomy, reported: int | None = None, each: Each = one_by_one
) -> tuple[tuple[PlanDocument, ...], tuple[Target, ...]]:
    """Extract the targets of the documents of a study; see `isthmus.plans.extract.extract_plans`."""
    return extract.extract_plans(plans, taxonomy, read_lexicon(), reported, each)
