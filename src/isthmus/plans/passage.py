"""A block of a document becomes targets, and what of its figures is none is named with the reason."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from isthmus.core.provenance import Status
from isthmus.plans.aims import UNLIKELY, Weighed, kept, likely_aims, marked
from isthmus.plans.captions import UNNAMED, Caption
from isthmus.plans.cards import of_card
from isthmus.plans.cells import has_figures
from isthmus.plans.columns import Head
from isthmus.plans.company import RowOrGap, is_untold, untold_of
from isthmus.plans.document import DocumentBlock, LeftOut
from isthmus.plans.indicator import indicators_of, named_above, with_rate, without_verbs
from isthmus.plans.inherited import NEAR, Inherited, Opening, Years, lead_of, opening_year
from isthmus.plans.lexicon import Patterns
from isthmus.plans.lists import announced, behind_way, counted, listed, named_target, unlabelled
from isthmus.plans.plan import Target
from isthmus.plans.quantities import read
from isthmus.plans.quantity import Finding, Reading, way_from_start
from isthmus.plans.row_line import find_in_line
from isthmus.plans.rows import RowFinding, read_table, row_text
from isthmus.plans.segment import sentences
from isthmus.plans.setting import DocumentSetting
from isthmus.plans.spoken import noted, spans_ahead, spoken_years, with_spoken, with_years_of_model
from isthmus.plans.statements import (
    IN_WORDS,
    beside,
    compared,
    findings_of,
    kept_until,
    modality,
    noise,
    way_set_against_a_year,
    with_base,
    with_starts,
    with_year,
)
from isthmus.plans.structure import OUTLOOK, REVIEW, TEXT, DocumentPart
from isthmus.plans.text import BRACKETED, LONGEST_NAME, blank, normalise, plain, probe, shortened, unnumbered
from isthmus.plans.told_apart import named_in_turn, unmarked, with_scenario, without_scenarios
from isthmus.plans.units import CURRENCIES
from isthmus.plans.value_columns import Reported, accounted
from isthmus.plans.voice import AIMS, ANNOUNCED, FUNDING, RESULTS, judged
from isthmus.plans.worded import CellInWords, is_again

HEADED, NAMELESS = "heading", "names nothing"
"""Reasons of a heading with a figure that says no aim, and of figures without a word for what they are."""
_WORD, _COUNTED = re.compile(r"[^\W\d_]{3}"), re.compile(r"\W*\d")
_VAGUE = 2
"""Words of three letters in a name that tells nothing without that of its row."""
_DATED = re.compile(r"\W*[^\W\d_]{1,2} 20\d\d:")
"""What stands in front of an amount that its heading names (By 2035: minus 40 percent)."""
_BARE = re.compile(r"[<>≤≥~]?\s?\d[\d.,]*\s?(?:[^\W\d]+\s?){0,2}[.;]?")
"""A line of a figure and its unit alone, which the line above it names."""


@dataclass(frozen=True)
class PlacedStatement:
    """A statement with its place, the year that its list, paragraph or heading gives it, and the direction that its list does.

    `headed` tells that a number in front of it may be that of a heading or a note; `before` is what the target in front names,
    `under` the same within its paragraph, else its heading, `start` what a table says of its start, `label` the line above it
    or the name of its row, `back` the statement in front, `front` the sentences before it in running text, `moved` the way of
    the change against a year that the sentence in front of it ends with.
    """

    text: str
    lang: str
    page: int | None
    year: int | None
    way: str = ""
    base: int | None = None
    start: str = ""
    headed: bool = False
    before: str = ""
    under: str = ""
    label: str = ""
    back: str = ""
    front: str = ""
    moved: str = ""


def read_block(
    part: DocumentPart, setting: DocumentSetting, here: Inherited, before: str, under: str
) -> Iterator[RowOrGap]:
    """Yield the targets of a block that is no table and what of it is left out.

    Parameters
    ----------
    here
        What it has from the blocks above it.
    before
        What the target in front names, else `under`.
    under
        The heading above the block, with the line that opens its list.
    """
    block = part.block
    if part.role not in (TEXT, REVIEW, OUTLOOK):
        yield LeftOut(part.role, block.text or "\n".join(map(" | ".join, block.rows)), block.page)
        return
    given = list(_from_block(part, setting, here, before, under))
    for row in [*given, *_untold(part, setting, given)]:
        headed = part.level is not None and isinstance(row, LeftOut) and row.reason == IN_WORDS
        yield LeftOut(HEADED, row.text, row.page) if headed else row


def _untold(part: DocumentPart, setting: DocumentSetting, given: Sequence[RowOrGap]) -> Iterator[LeftOut]:
    """Yield the sentences of a block with figures, none of numbering or of a reference, that nothing it gives tells of."""
    words = setting.lexicon.structure
    for own in sentences(part.block.text):
        bare = words["table caption"].sub("", own)
        if is_untold(bare, given):
            reading = read(probe(unlabelled(normalise(bare), words)[1]), setting.grammar_of(own), setting.reported_to)
            if is_untold(plain(reading.text), given):
                yield LeftOut(IN_WORDS if _WORD.search(own) else NAMELESS, own, part.block.page)


def _from_block(
    part: DocumentPart, setting: DocumentSetting, here: Inherited, before: str, under: str
) -> Iterator[RowOrGap]:
    block, lead = part.block, lead_of(part, setting, here)
    shared: Years = (None, here.years[1])
    front, tail = (sentences(here.before) or [""])[-1], list(here.tail)
    moved = ""
    for statement, told in _statements(block, setting, here.years[0], part.year):
        aim = (listed(block.text, setting.lexicon.structure) or here.loose) and lead == RESULTS
        aim = aim or setting.names_an_aim(statement.text, by_year=part.role != OUTLOOK)
        if (part.role != TEXT or told) and not aim:
            if part.level is None:
                yield LeftOut(REVIEW, statement.text, block.page)
            continue
        own = listed(block.text, setting.lexicon.structure)
        ahead = (shared[0] or 0) > setting.reported_to
        back = ahead and setting.lexicon.structure["goes back"].match(statement.text)
        year, base = shared if back else (statement.year, here.years[1])
        way = here.way if own else ""
        statement = replace(statement, way=way, headed=not own, base=base, year=year, before=before, under=under)
        statement = replace(statement, label=here.label or before, moved=moved, back=front, front=" ".join(tail))
        front, tail = statement.text, [*tail[1 - NEAR :], statement.text]
        said = not setting.reports(statement.text)
        reached = lead == RESULTS and (here.loose or said or _COUNTED.match(statement.text))
        follows = lead == AIMS or reached or (lead == ANNOUNCED and part.level is None and said)
        made = _from_statement(statement, setting, lead if own or follows else "")
        moved = _moved(made)
        before = last_named(made, setting.lexicon.structure)
        under = before or under
        numbers = [t for t in made if isinstance(t, Target) and t.value is not None]
        shared = _of_all((t.year for t in numbers), shared[0]), _of_all((t.base_year for t in numbers), shared[1])
        yield from (t for t in made if part.level is None or isinstance(t, LeftOut) or t.value is not None)


def _moved(made: Sequence[RowOrGap]) -> str:
    """Return the way of the change against a year that the targets of a statement end with, "" without one."""
    return next((way_set_against_a_year(t) for t in reversed(made) if isinstance(t, Target)), "")


def _of_all(years: Iterable[int | None], otherwise: int | None) -> int | None:
    """Return the one year that targets share, else what held before."""
    named = set(years)
    return named.pop() if len(named) == 1 else otherwise


def read_table_block(
    part: DocumentPart, setting: DocumentSetting, here: Inherited, above: Head | None, caption: Caption = UNNAMED
) -> tuple[Iterable[RowOrGap], Head | None]:
    """Return what a table gives, and its head; `above` is that of the table right above, `caption` what is said of it.

    A forecast is an aim where the heading or the line above it names aims; a base year that the plan says is one of reports.
    """
    block, year, base = part.block, *here.years
    reported = Reported(max(setting.reported_to, base or 0), setting.known, caption.aims and not setting.dated)
    due = caption.year or year or part.year
    table = read_table(block.rows, setting.language_of, setting.lexicon, due, reported, above, caption)
    worded = list(_from_cells(part, table.words, setting, year))
    told = [(number, target) for number, target in worded if isinstance(target, Target)]
    in_words = {number for number, target in told if target.value is not None}
    found = [row for row in table.found if row.finding.value is not None or row.row not in in_words]
    valued = in_words.union(row.row for row in found if row.finding.value is not None)
    rows = [(row.row, _row_target(row, block)) for row in found]
    rows = sorted([*rows, *(e for e in told if e[0] in in_words or e[0] not in dict(rows))], key=lambda e: e[0])
    rows = [(n, of_card(target, n, block.rows, setting.lexicon.structure)) for n, target in rows]
    apart = table.apart | {number: caption.apart for number, target in rows if _is_apart(target, caption)}
    made = [target for number, target in rows if number not in apart]
    open_ended, until = part.role == TEXT, setting.reported_to
    until -= table.head is not None and table.head.plans(until)
    over = accounted(table.head.values) if table.head is not None and not open_ended else 0
    ahead = [(t.year or 0) > until or (open_ended and not (t.year and setting.known)) for t in made]
    ahead = [later and not 0 < (t.year or 0) <= over for t, later in zip(made, ahead, strict=True)]
    kept = [t for t, later in zip(made, ahead, strict=True) if later]
    past = {t.text: LeftOut(REVIEW, t.text, t.page) for t, later in zip(made, ahead, strict=True) if not later}
    gaps = [(n, LeftOut(why, cell, block.page_of(n))) for n, cell, why in table.beyond]
    gaps += [(n, gap) for n, gap in worded if isinstance(gap, LeftOut) and n in dict(told) and n not in valued]
    gaps += [(n, LeftOut(apart[n], t.text, t.page)) for n, t in dict(rows).items() if n in apart]
    unread = _unread(block, table.unread, [*rows, *gaps])
    return [*kept, *past.values(), *(gap for _, gap in gaps), *unread], table.head


def _unread(block: DocumentBlock, reason: str, given: Sequence[tuple[int, RowOrGap]]) -> Iterator[LeftOut]:
    """Yield the cells of each row with figures of which nothing that the row gives tells."""
    for number, row in enumerate(block.rows):
        own = [row_or_gap for n, row_or_gap in given if n == number]
        fresh = (is_untold(cell, own) and not is_again(block.rows, number, i) for i, cell in enumerate(row))
        left = [untold_of(cell, own) if new else "-" for cell, new in zip(row, fresh, strict=True)]
        if has_figures(row) and has_figures(left):
            text = row_text([cell for cell in left if cell != "-"]) if own else row_text(row)
            yield LeftOut(reason, text, block.page_of(number), row_text(row) if own else "")


def _is_apart(target: RowOrGap, caption: Caption) -> bool:
    """Say whether the caption of its table tells that a row is no target: an amount of money needed, or a forecast."""
    money = isinstance(target, Target) and target.unit in {*CURRENCIES, ""}
    return bool(caption.apart) and (money or caption.apart != FUNDING)


def last_named(passages: Sequence[RowOrGap], words: Patterns) -> str:
    """Return what the last of some passages names, without its scenario; nothing where it is no target."""
    return next((unmarked(row.indicator, row.text, words) for row in passages[-1:] if isinstance(row, Target)), "")


def _row_target(row: RowFinding, block: DocumentBlock) -> Target:
    own = (block.text or row.text, row.lang, block.page_of(row.row))
    name = row.indicator if len(row.indicator) <= LONGEST_NAME else shortened(row.indicator, LONGEST_NAME)
    return replace(_target(row.finding, *own, name, row.modality), objective=row.field)


def _statements(
    block: DocumentBlock, setting: DocumentSetting, listed: int | None, headed: int | None
) -> Iterator[tuple[PlacedStatement, bool]]:
    """Yield the statements of a block, each with whether it belongs to a report.

    `listed` is the year of a list that the block goes on, `headed` that of its heading.
    """
    parts, given, starts = list[str](), listed or headed, dict[int, str]()
    for sentence in sentences(block.text):
        front = parts[-1] if parts else ""
        base, target = (setting.lexicon.structure[f"{name} word"] for name in ("baseline", "target"))
        if front and sentence[0] in "(（" and base.match(sentence, 1):  # 100 % by 2033. (Baseline: 93 % in 2028.)
            starts[len(parts) - 1] = sentence.strip("()（）.。 ")
            continue
        goes_on = (base.match(sentence) and not re.search(r"\d", front)) or (
            target.match(sentence) and base.search(front)
        )
        parts = [*parts[:-1], f"{front} {sentence}"] if front and goes_on else [*parts, sentence]
    told = setting.reports_from(parts)
    for i, sentence in enumerate(parts):
        lang = setting.language_of(sentence) or "en"
        yield PlacedStatement(sentence, lang, block.page, given, start=starts.get(i, "")), i >= told
        given = opening_year(sentence, setting) or given


def _from_cells(
    part: DocumentPart, cells: Iterable[CellInWords], setting: DocumentSetting, year: int | None
) -> Iterator[tuple[int, RowOrGap]]:
    """Yield the targets of the sentences in cells and what of them is none, each with its row; `year` is their list's.

    A cell of several sentences describes what is announced: those that only tell how things are stay facts. An amount named
    by who pays it is none; a name of few words, and one that several rows have, stands behind that of its row.
    """
    made: list[tuple[CellInWords, RowOrGap]] = []
    for cell in cells:
        inner, lead = DocumentBlock("paragraph", cell.text, part.block.page_of(cell.row)), cell.lead or part.aims
        describes, moved = lead == ANNOUNCED and len(sentences(cell.text)) > 1, ""
        for statement, told in _statements(inner, setting, cell.year or year, part.year):
            own = "" if describes and setting.only_tells(statement.text) else lead
            statement = replace(statement, base=cell.base, start=cell.start, headed=True, label=normalise(cell.name))
            given = [] if told else _from_statement(replace(statement, moved=moved), setting, own)
            moved = _moved(given)
            made.extend((cell, row) for row in given)
    named = defaultdict[str, set[str]](set)
    for cell, row in made:
        named[getattr(row, "indicator", "")].add(cell.name)
    for cell, row in made:
        if isinstance(row, LeftOut):
            yield cell.row, row
        elif row.value is not None and setting.lexicon.structure["funding row"].search(
            BRACKETED.sub("", row.indicator)
        ):
            yield cell.row, LeftOut(FUNDING, row.text, row.page)
        else:
            short = len(_WORD.findall(row.indicator)) <= _VAGUE or len(named[row.indicator]) > 1
            name = _named_in(normalise(cell.name), row.indicator, apart=short and row.value is not None)
            yield cell.row, replace(row, indicator=name, text=part.block.text or row.text)


def _named_in(row: str, own: str, *, apart: bool) -> str:
    """Return the name of a target in a cell: its own, behind that of its row where this tells it from others."""
    return f"{row}: {own}" if own and row and apart and row not in own else own or row


def _from_statement(statement: PlacedStatement, setting: DocumentSetting, lead: str = "") -> list[RowOrGap]:
    """Return the targets of a statement, and what of its figures is none, with the reason; for `lead` see `voice.judged`."""
    grammar = setting.lexicon.grammars[statement.lang]
    told = (statement.text, statement.lang, setting.lexicon, setting.reported_to, statement.label, statement.year)
    if rows := find_in_line(*told):
        return [_row_target(row, DocumentBlock("paragraph", statement.text, statement.page)) for row in rows]
    if why := "amendment" * bool(setting.lexicon.structure["amends"].search(statement.text)) or noise(statement.text):
        return [LeftOut(why, statement.text, statement.page)]
    lead = ANNOUNCED if named_target(statement.text, setting.lexicon.structure) else lead
    label, plainly = unlabelled(normalise(statement.text), setting.lexicon.structure)
    lead = lead or (ANNOUNCED if setting.lexicon.structure["aims"].search(label) else AIMS * bool(label))
    if lead in (AIMS, ANNOUNCED) and (line := counted(plainly, setting.lexicon.structure)):
        plainly, lead = line, RESULTS
    item = setting.lexicon.structure["item number"].match(plainly) is not None
    words = unnumbered(plainly, surely=item) if item or (statement.headed and not label) else plainly
    aim = announced(behind_way(words, statement.way, grammar), grammar, lead)
    text, scenarios = without_scenarios(aim, setting.lexicon.structure)
    reading = read(probe(text), grammar, setting.reported_to, aims=lead in (AIMS, ANNOUNCED, RESULTS))
    spoken, ends = spoken_years(text, statement.front, setting), spans_ahead(reading, setting)
    year = spoken[-1].year if spoken else statement.year
    year = ends[-1].year if ends and (year or 0) <= setting.reported_to + 1 else year
    reading, weighed = _weighed(with_spoken(reading, spoken, ends), text, statement, setting)
    reading, voice = judged(reading, grammar, setting.lexicon, setting.reported_to, lead)
    if voice and reading.quantities:
        return [LeftOut(voice, statement.text, statement.page)]
    masked, words = reading.text, text
    for quantity in reading.quantities:
        masked, words = (blank(own, quantity.start, quantity.end) for own in (masked, words))
    if _names_nothing(words, reading, statement):
        return [LeftOut(NAMELESS, statement.text, statement.page)]
    findings = kept(found := [] if voice else _found_in(reading, statement, year, setting), weighed, listed=bool(lead))
    made = noted(_told(findings, (text, masked), reading, statement, setting), ends, reading, setting)
    made = [
        replace(t, indicator=with_scenario(t.indicator, f, findings, scenarios), year=due, direction=way)
        for f, t in zip(findings, with_years_of_model(made, findings, weighed, setting), strict=True)
        for due, way in ((t.year, t.direction), *kept_until(f, reading))
    ]
    if not made and (found or (re.search(r"\d", plain(reading.text)) and _WORD.search(words))):
        return [LeftOut(UNLIKELY if found else IN_WORDS, statement.text, statement.page)]
    rest = ((why, text[slice(*at)].strip(" ,;")) for why, at in beside(reading, findings, masked, grammar) if made)
    return [*made, *(LeftOut(why, part, statement.page, statement.text) for why, part in rest)]


def _names_nothing(words: str, reading: Reading, statement: PlacedStatement) -> bool:
    """Say whether a statement has no word for its quantities, and none above it beside a year of its own."""
    counted = any(q.unit[3:] and not q.known for q in reading.quantities)  # 3,000 new jobs
    named = counted or _WORD.search(words) or (_DATED.match(words) and statement.under)
    return bool(reading.grammar.spaced and reading.quantities and not named)


def _weighed(
    reading: Reading, text: str, statement: PlacedStatement, setting: DocumentSetting
) -> tuple[Reading, dict[int, Weighed]]:
    """Return a statement, what surely is an aim marked, and how likely each quantity is one (nothing without a model)."""
    weigh = setting.lexicon.aims.get(statement.lang)
    weighed = likely_aims(reading, text, statement.text, statement.front, weigh) if weigh is not None else {}
    return marked(reading, weighed), weighed


def _told(
    findings: Sequence[Finding],
    words: tuple[str, str],
    reading: Reading,
    statement: PlacedStatement,
    setting: DocumentSetting,
) -> list[Target]:
    """Return the targets of a statement by its findings, each with its name; `words` are its own and the masked ones."""
    (text, masked), grammar = words, reading.grammar
    nouns = without_verbs(text, masked, setting.tells, grammar)
    names = indicators_of(findings, text, nouns, grammar, statement.before, statement.under)
    names = _with_front(named_in_turn(names, findings, reading.source, grammar), statement, setting)
    names = [with_rate(name, finding, text, grammar) for name, finding in zip(names, findings, strict=True)]
    beside = _BARE.fullmatch(statement.text) and statement.back.strip(" :：").endswith(statement.label)
    names = named_above(names, findings, statement.label if beside else "")
    own, strength = (statement.text, statement.lang, statement.page), modality(probe(text), grammar)
    return [_target(f, *own, name, strength) for f, name in zip(findings, names, strict=True)]


def _with_front(names: list[str], statement: PlacedStatement, setting: DocumentSetting) -> list[str]:
    """Return names with the sentence in front where theirs refers back to it (for these purposes)."""
    back = statement.back if setting.lexicon.structure["refers back"].search(statement.text) else ""
    return [f"{name} ({shortened(back)})" for name in names] if back else names


def _found_in(
    reading: Reading, statement: PlacedStatement, year: int | None, setting: DocumentSetting
) -> list[Finding]:
    """Return the findings of a statement with what its list, its heading and its table give them; `year` is theirs."""
    grammar = reading.grammar
    found = compared(findings_of(reading, grammar), reading, statement.moved)
    findings = with_base(found, reading, statement.base)
    told = read(probe(normalise(statement.start)), grammar, setting.reported_to, aims=True)
    findings = with_starts(findings, reading, told, grammar) if statement.start else findings
    dated = setting.dated and not isinstance(year, Opening)
    return with_year(findings, year, setting.reported_to, grammar, dated=dated)


def _target(finding: Finding, text: str, lang: str, page: int | None, indicator: str, strength: str) -> Target:
    value = float(f"{finding.value:.12g}") + 0.0 if finding.value is not None else None
    return Target(
        id="", partner="", text=text, lang=lang, indicator=indicator, kind=finding.kind, operator=finding.operator,
        value=value, unit=finding.unit, year=finding.year, base_year=finding.base_year, base_value=finding.base_value,
        direction=way_from_start(finding), modality=strength, status=Status.QUOTED, page=page,
    )  # fmt: skip
