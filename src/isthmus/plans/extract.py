"""Station 1's main function: a plan's text or document in, one `Target` a target out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from isthmus.core.each import Each, one_by_one
from isthmus.core.errors import BadInputError
from isthmus.plans.captions import UNNAMED, caption_of
from isthmus.plans.cards import with_cards
from isthmus.plans.cells import has_a_figure
from isthmus.plans.columns import Head
from isthmus.plans.company import RowOrGap, in_company, with_bases_elsewhere, with_rivals
from isthmus.plans.confidence import with_confidence
from isthmus.plans.dates import Year
from isthmus.plans.document import PICTURE, Document, DocumentBlock, LeftOut, PlanDocument, reports_in
from isthmus.plans.inherited import Inherited, handed_on, over_table, received, subjects_of, title_of, within
from isthmus.plans.language import OwnWords, detect, is_foreign, simplified, with_commas
from isthmus.plans.lexicon import Lexicon, Patterns
from isthmus.plans.lost_cells import with_lost_cells
from isthmus.plans.passage import last_named, read_block, read_table_block
from isthmus.plans.patterns import search
from isthmus.plans.period import is_work_report, period_of_plan, with_horizon
from isthmus.plans.plan import Target
from isthmus.plans.reported import reported_to
from isthmus.plans.run_in import titles_apart
from isthmus.plans.segment import LONGEST
from isthmus.plans.setting import DocumentSetting
from isthmus.plans.statements import IN_WORDS, NUMBERED
from isthmus.plans.structure import OUTLOOK, REVIEW, TEXT, DocumentPart, parts_of
from isthmus.plans.taxonomy import Taxonomy, with_themes
from isthmus.plans.told_apart import apart_by_heading
from isthmus.plans.units import RUPEES

_CHROME = 40
"""Fewer characters between two tables are a page number or a running head."""
_FOOTNOTE = re.compile(r"(?:[*†‡¹²³]|\d{1,2} )\s?[^\W\d_]")


_LARGE_SHARE = 0.2
"""Share of a document's characters from which what was left out is worth a warning."""
_TITLE, _LONGEST_TITLE = 3, 200
"""Blocks at the beginning of a document among which its title stands, and characters of it."""
_MANY = 10
"""Passages that tell of the past, below which their share says nothing."""
_LONG = 100
"""Parts of a document from which its sections are worth reading several at a time."""
_LINES_WITHIN, _WIDE = 4, 5
"""Lines at most between the parts of one table, and columns by whose number alone it is known again."""
REPEATS = "repeats "
"""Opens the note of a row that tells an earlier one again."""
_RS = re.compile(r"^Rs\b")
_ITEM_NUMBER = re.compile(r"^\W*\d{1,3}(?:\.\d{1,2})*[.)]?(?=[\s|])")
"""The number of a row or an item."""
_OF_AN_ACT = re.compile(r"(?:№|(?<!\w)N) ?\d[\w/-]*|(?<!\d)\d{1,2} [^\W\d]+ (?:19|20)\d\d(?!\d)")
"""The number of an act and a date in words (N 574-р, 14 марта 2023)."""


@dataclass(frozen=True)
class _Place:
    """A part of a document, the heading it stands under, what it has from those above it; of a table its name and its rows."""

    part: DocumentPart
    heading: str
    here: Inherited
    subject: str = ""
    rows: tuple[RowOrGap, ...] = ()

    @property
    def is_table(self) -> bool:
        return self.part.block.kind == "table" and self.part.role in (TEXT, REVIEW, OUTLOOK)


@dataclass(frozen=True)
class Extraction:
    """The targets of a document, what was left out and why, and the share of its characters that this is.

    A page with a picture that was not read counts in the share as one of text. `in_words` counts the targets without a number
    that were found and not asked for; `guessed` is the last year of reports where neither the document nor its reader says one
    and it was taken from what the text tells of, else 0. `tells_past` says that the document tells above all what has been, by
    its title or by most of its figures, and may be no plan. `period` is the plan's first and last year, None where the document
    does not say when it ends.
    """

    targets: tuple[Target, ...]
    left_out: tuple[LeftOut, ...]
    left_share: float
    in_words: int = 0
    guessed: int = 0
    tells_past: bool = False
    period: tuple[int, int] | None = None

    @property
    def leaves_much(self) -> bool:
        """Whether so much was left out that it is worth a look beside the targets."""
        return self.left_share > _LARGE_SHARE

    @property
    def reported(self) -> tuple[str, ...]:
        """The passages with figures that report the past or how things are."""
        return reports_in(self.left_out)


def extract_document(
    document: Document,
    lexicon: Lexicon,
    lang: str | None = None,
    *,
    with_words: bool = True,
    reported: int | None = None,
    otherwise: int = 0,
    period: tuple[int, int] | None = None,
    each: Each = one_by_one,
) -> Extraction:
    """Extract every target of a document, in reading order.

    Levels are in the unit as written with scale words multiplied out, changes and growth in percent or points, a decrease
    negative. The operator bounds the signed number: a cut of at least 8 percent is ``<=`` with value -8. Parts under a
    heading that announces a review, and paragraphs that open with one, hold reports: their sentences are read only where
    they name an aim. Everything that is left out is returned with its reason. Traditional characters are read, and indicators
    named, as simplified ones; `Target.text` keeps the document's own.

    Parameters
    ----------
    lexicon
        The words of the rules.
    lang
        zh, ru or en; None decides for each statement.
    with_words
        Also return targets without a number (milestones and qualitative statements); their value is empty.
    reported
        Last year of reports where the document has no date; None takes the last one it tells of, else `otherwise`.
    period
        First and last year of the plan; None takes what the document says.
    each
        Reads its sections, from one heading to the next: several at a time where it is long.

    Raises
    ------
    BadInputError
        For a document in another language, unless `lang` says that it is one of the three.
    """
    if lang is None and is_foreign(document.text):
        raise _foreign(document.file)
    own_words = OwnWords(document, document := with_commas(simplified(document, lexicon.simplified)))
    document = replace(document, blocks=titles_apart(document.blocks, lexicon))
    told = Year(0, 0, period[1], "period", period[0]) if period else None
    plan = told or period_of_plan(document.blocks, lexicon)
    last, dated = reported_to(document.blocks, lexicon, reported, otherwise, plan)
    until = last or otherwise
    yearly = is_work_report(document.blocks, lexicon)
    setting = DocumentSetting(lexicon, lang, lang or detect(document.text), until, dated, last > 0, plan, yearly)
    passages = in_company(_passages(document.blocks, setting, each), until, lexicon, dated=dated)
    passages = with_horizon(passages, document.blocks, lexicon, until, plan, dated=dated)
    passages = with_rivals(with_bases_elsewhere(passages, lexicon))
    left = [*document.left_out, *(p for p in passages if isinstance(p, LeftOut))]
    drawn = sum(entry.reason == PICTURE for entry in left) * len(document.text) / max(1, document.pages or 1)
    lost = sum(len(text) for text in {entry.text for entry in left}) + drawn
    share = min(1.0, lost / max(1, len(document.text) + drawn))
    every = with_confidence([p for p in passages if isinstance(p, Target)], len(left), lexicon)
    stem = id_stem(document.file) or "t"
    every = [replace(t, id=f"{stem}-{number:04d}") for number, t in enumerate(every, start=1)]
    kept = [t for t in every if with_words or t.kind not in NUMBERED]
    if not with_words:
        left += [LeftOut(IN_WORDS, t.text, t.page) for t in every if t.kind in NUMBERED and _tells_a_figure(t.text)]
    rupees = _rupees(document.text, lexicon.structure)
    kept = [replace(t, unit=_RS.sub(rupees, t.unit), file=document.file, text=own_words(t.text)) for t in kept]
    left_out = tuple(e.rewritten(own_words) for e in left)
    guessed = 0 if dated or reported is not None else last
    past = _tells_past(document.blocks, kept, left_out, lexicon.structure)
    runs = (plan.first or until + 1, plan.year) if plan and (plan.first or last) else None
    return Extraction(
        apart_by_heading(with_repeats(kept)), left_out, share, len(every) - len(kept), guessed, past, runs
    )


def extract_plans(
    plans: Sequence[PlanDocument],
    taxonomy: Taxonomy,
    lexicon: Lexicon,
    reported: int | None = None,
    each: Each = one_by_one,
) -> tuple[tuple[PlanDocument, ...], tuple[Target, ...]]:
    """Extract the targets of both partners' documents, each with its partner and its theme.

    The documents come back with what was left out of each; `reported` is the last year of reports of those without a date,
    unless the study says when they were read.
    """
    extractions = [
        extract_document(
            plan.document, lexicon, plan.lang or None, period=plan.period,
            reported=None if plan.as_of else reported, otherwise=max(0, plan.as_of - 1), each=each,
        )
        for plan in plans
    ]  # fmt: skip
    targets = (
        replace(target, partner=plan.partner)
        for plan, extraction in zip(plans, extractions, strict=True)
        for target in with_themes(extraction.targets, taxonomy)
    )
    read_plans = (
        replace(plan, left_out=found.left_out, tells_past=found.tells_past, leaves_much=found.leaves_much)
        for plan, found in zip(plans, extractions, strict=True)
    )
    return tuple(read_plans), tuple(targets)


def id_stem(file: str) -> str:
    """Return with what the ids of the targets of a file begin: the letters and digits of its name."""
    return re.sub(r"\W+", "-", file).strip("-")


def with_repeats(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Return targets, those that tell an earlier one again with its id in their note: a page may hold its report twice."""
    first, told = dict[Target, str](), list[Target]()
    for target in targets:
        same = replace(target, id="", page=None, note="", objective="", modality="", theme="", confidence=None)
        same = same if target.value is None else replace(same, text="")
        again = f"{REPEATS}{first[same]}" if same in first else ""
        first.setdefault(same, target.id)
        told.append(replace(target, note="; ".join(filter(None, (target.note, again)))))
    return tuple(told)


def _tells_a_figure(text: str) -> bool:
    """Say whether a text holds a figure that is none of its own number, of a date or of an act."""
    return has_a_figure(_OF_AN_ACT.sub("", _ITEM_NUMBER.sub("", text)))


def _tells_past(
    blocks: Sequence[DocumentBlock], targets: Sequence[Target], left_out: Sequence[LeftOut], words: Patterns
) -> bool:
    """Say whether a document tells above all what has been: its title says so, or two of three passages with figures do.

    A plan may open with a chapter that tells of the years before; what stands there counts where little is aimed at.
    """
    title = " ".join(block.text for block in blocks[:_TITLE] if len(block.text) <= _LONGEST_TITLE)
    aims = [t.text for t in targets if t.value is not None]
    told = len(reports_in([left for left in left_out if left.reason != REVIEW or len(aims) < _MANY]))
    return words["status report"].search(title) is not None or (told >= _MANY and told > 2 * len({*aims}))


def _rupees(text: str, words: Patterns) -> str:
    """Return the currency that a document means by Rs: that of the country it names more often than the others, else Rs."""
    named = {code: len(words[f"Rs {code}"].findall(text)) for code in RUPEES}
    most = max(named, key=lambda code: named[code])
    return most if 2 * named[most] > sum(named.values()) else "Rs"


def _foreign(file: str) -> BadInputError:
    return BadInputError(
        file or "the text",
        "it is written in a language that is not read",
        allowed="plans in English, Russian or Chinese",
        remedy="take a translation; if it is in one of the three, name it (--lang en, or lang in study.toml)",
    )


def _passages(blocks: Sequence[DocumentBlock], setting: DocumentSetting, each: Each) -> list[RowOrGap]:
    """Return what the blocks of a document give, in reading order: each hands on to the next what a list or a table shares."""
    words = setting.lexicon.structure
    parts = parts_of(with_cards(with_lost_cells(blocks, words), words), setting.lexicon, setting.reported_to)
    here, places = Inherited(), list[_Place]()
    for part, heading in zip(parts, subjects_of(parts, setting.lexicon), strict=True):
        here = received(part, setting, here)
        places.append(_Place(part, heading, here))
        here = handed_on(part, setting, here)
    sections = list[list[_Place]]()
    for place in _with_tables(places, setting):
        if place.part.level is not None or not sections:  # what a target in front names holds up to the next heading
            sections.append([])
        sections[-1].append(place)
    read = each if len(parts) >= _LONG else one_by_one
    return [*chain(*read(partial(_of_section, setting=setting), sections))]


def _with_tables(places: Sequence[_Place], setting: DocumentSetting) -> Iterator[_Place]:
    """Yield the places of a document with what its tables give: a table goes on one above, across what stands between them."""
    table, waits, called, caption = None, False, "", UNNAMED
    parts = [place.part for place in places]
    for done, place in enumerate(places):
        part = place.part
        if place.is_table:
            above, below = (
                [p.block for p in near] for near in (parts[max(0, done - 3) : done], parts[done + 1 : done + 2])
            )
            own = caption_of(above[::-1], below, setting)
            again = table is not None and [*part.block.rows[:1]] == [*table.rows[:1]]  # the head of the page before
            caption = caption if again and not re.search(r"[^\W\d_]", own.title) else own
            called = caption.called or (called if table else "")
            subject = called or over_table(above[-1:], setting.lexicon)
            rows, table = read_table_block(part, setting, place.here, table, caption)
            place = replace(place, subject=subject, rows=tuple(rows))
            waits = not place.rows  # a head that no row has followed yet
        else:
            text = part.block.text.strip()
            parts_it = len(text) <= LONGEST and _goes_on_behind(
                part, parts[done + 1 :], table, setting.lexicon.structure
            )
            stays = waits or part.level is not None or len(text) < _CHROME or _FOOTNOTE.match(text) or parts_it
            table = table if stays else None
        yield place


def _of_section(places: Sequence[_Place], setting: DocumentSetting) -> list[RowOrGap]:
    """Return what the blocks from one heading to the next give."""
    passages = list[RowOrGap]()
    for place in places:
        part, subject = place.part, place.subject or within(place.heading, place.here)
        made: Iterable[RowOrGap] = place.rows
        if not place.is_table:
            before = last_named(passages, setting.lexicon.structure) or subject
            made = read_block(part, setting, place.here, before, subject)
        passages.extend(_placed(made, place.heading, subject, title_of(part.block.text), setting))
    return passages


def _placed(
    made: Iterable[RowOrGap], heading: str, subject: str, title: str, setting: DocumentSetting
) -> Iterator[RowOrGap]:
    """Yield what a block gives, each target with what it stands under, which names a bare measure as well (the row of a total).

    The title of its item, at first that of the block, stands for the line that opens the list of items.
    """
    for passage in made:
        title = title_of(passage.text) or title
        subject = " – ".join(filter(None, (heading, title))) if title else subject
        if isinstance(passage, Target):
            vague = subject and search(setting.grammar_of(passage.indicator).bare, passage.indicator.lower())
            name = f"{subject}: {passage.indicator}" if vague else passage.indicator
            passage = replace(passage, objective=" – ".join(filter(None, (subject, passage.objective))), indicator=name)
        yield passage


def _goes_on_behind(part: DocumentPart, below: Sequence[DocumentPart], table: Head | None, words: Patterns) -> bool:
    """Say whether a line between two tables names a group of the rows of one: the next table is as wide as a head.

    It ends in a colon, or other lines may stand beside it where the head has columns enough to be known by their number.
    """
    last = part.block.text.strip().endswith(":")
    near = 1 if last else _LINES_WITHIN
    rows = next((p.block.rows for p in below[:near] if p.block.kind == "table"), ())
    known = table is not None and bool(rows) and len(rows[0]) == table.wide and (last or table.wide >= _WIDE)
    return known and not words["table caption"].match(part.block.text)
