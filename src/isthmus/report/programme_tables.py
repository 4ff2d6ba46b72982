"""Tables of the programme: candidates, what was left out, rules, ways of financing, third economies, pairs, rounds."""

from collections.abc import Sequence

from isthmus.report.blocks import Cell, Grid
from isthmus.report.effects import THIRD
from isthmus.report.locale import Translator
from isthmus.report.programme_words import Words
from isthmus.report.support_words import carried_told
from isthmus.report.way_names import WayNames
from isthmus.report.wording import theme_name, with_prices
from isthmus.study.programme_tables import ProgrammeSection, ProjectRow

FOLD, FIRST = 12, 3


def first_projects(section: ProgrammeSection | None, text: Translator) -> Grid | None:
    """List the projects that bring both partners most after cost, for the brief; None where there is no programme."""
    chosen = [row for row in section.programme.rows if row.net_pv is not None] if section is not None else []
    if section is None or not chosen:
        return None
    words, rate = Words(section, text), text.percent(100 * section.discount_rate, 0)
    first = sorted(chosen, key=lambda row: -(row.net_pv or 0.0))[:FIRST]
    rows = _first_rows(first, section, words, text)
    source = text(
        "programme.first_source",
        start=section.start,
        end=section.horizon,
        rate=rate,
        third=_lost_by_others(first, section, text),
        losing=sum((row.net_pv or 0.0) < 0 for row in chosen),
        all=len(chosen),
    )
    return Grid(
        title=text("programme.first", n=len(rows), all=words.count, unit=text("common.money_brief")),
        columns=[
            text.of("programme.column", "project"),
            text("programme.net_of_both"),
            *(text("programme.gross_of", name=words.economy(p)) for p in section.partners),
            text("programme.cost_of_both"),
            text.of("programme.column", "start"),
        ],
        rows=rows,
        numeric=tuple(range(1, len(section.partners) + 4)),
        source=with_prices(source, section.price_year, text),
        csv="programme",
        opened=True,
    )


def _lost_by_others(first: Sequence[ProjectRow], section: ProgrammeSection, text: Translator) -> str:
    """Write what the first projects bring third economies, and whether every whole range lies below zero."""
    third = {row.project: row for row in section.programme_projects.rows if row.economy == THIRD}
    known = [third[row.project] for row in first if row.project in third]
    amounts = text("common.semicolon").join(text.brief_amounts([row.median_pv for row in known], signed=True))
    below = bool(known) and all(row.high_pv < 0 for row in known)
    return text("programme.third_below", amounts=amounts) if below else amounts


def _first_rows(
    first: Sequence[ProjectRow], section: ProgrammeSection, words: Words, text: Translator
) -> list[list[str | Cell]]:
    """Write what the first projects leave both after cost, bring each before it, cost, and when they begin."""
    names = {code: words.economy(code) for code in section.partners}
    known = section.programme_projects.rows
    gains = {(row.project, row.economy): (row.low_pv, row.median_pv, row.high_pv) for row in known}
    columns = [
        text.brief_column(
            [(row.net_low_pv or 0.0, row.net_pv or 0.0, row.net_high_pv or 0.0) for row in first], signed=True
        ),
        *(text.brief_column([gains[row.project, p] for row in first], signed=True) for p in section.partners),
        text.brief_amounts([row.cost_pv or 0.0 for row in first]),
        [str(row.start) for row in first],
    ]
    projects = [
        Cell(f"{number}. {words.project(row.project)}", tag=carried_told(row.carried, names, text))
        for number, row in enumerate(first, start=1)
    ]
    return [[project, *cells] for project, *cells in zip(projects, *columns, strict=True)]


def candidates(section: ProgrammeSection, words: Words, text: Translator) -> Grid:
    """List all candidates: dates, cost, value, how often chosen, support, evidence."""
    rows = [_candidate(row, section, words, text) for row in section.programme.rows]
    dates, worth = ("start", "done", "latest"), ("cost", "benefit", "per_dollar", "regret", "share")
    names = ("project", "theme", "status", *dates, *worth, "support")
    return Grid(
        title=text("programme.candidates", n=len(rows)),
        columns=[text.of("programme.column", name) for name in names],
        rows=rows,
        numeric=(3, 4, 5, 6, 7, 8, 9, 10),
        source=with_prices(
            text("programme.candidates_source", start=section.start, n=section.anew), section.price_year, text
        ),
        csv="programme",
        fold=FOLD,
        filters=(1, 2, 11),
    )


def _candidate(row: ProjectRow, section: ProgrammeSection, words: Words, text: Translator) -> list[str | Cell]:
    tag = text.of("common.status", "assumed") if row.assumed_share > 0 else ""
    status = text.of("programme.status", row.status)
    return [
        Cell(words.project(row.project), tag=tag),
        _field(row.theme, text),
        Cell(status, tone="" if row.start is not None else "loss"),
        _year(row.start),
        _year(row.done),
        _year(row.latest_useful),
        _million(row.cost_pv, text),
        _million(row.benefit_pv, text),
        "–" if row.per_dollar is None else text.number(row.per_dollar, 1),
        _million(row.regret_pv, text),
        "–" if row.chosen_share is None or not section.anew else text.percent(100 * row.chosen_share, 0),
        carried_told(row.carried, {p: words.economy(p) for p in section.partners}, text),
    ]


def left_out(section: ProgrammeSection, words: Words, text: Translator) -> Grid:
    """List what was left out, why, and what it would take to bring it in."""
    out = [row for row in section.programme.rows if row.start is None]
    rows: list[list[str | Cell]] = [
        [
            words.project(row.project),
            text.of("programme.why", row.status),
            _million(row.needed_pv, text),
            _million(row.cost_pv, text),
            _million(row.benefit_pv, text),
        ]
        for row in sorted(out, key=lambda r: (r.needed_pv is None, r.needed_pv or 0.0))
    ]
    names = ("project", "why", "needed", "cost", "benefit")
    return Grid(
        title=text("programme.left_out", n=len(rows)),
        columns=[text.of("programme.column", name) for name in names],
        rows=rows,
        numeric=(2, 3, 4),
        source=text("programme.left_out_source", start=section.start),
        csv="programme",
        fold=FOLD,
    )


def sharing(section: ProgrammeSection, words: Words, text: Translator) -> Grid:
    """Set what each rule would have each side pay beside the others."""
    by_rule: dict[str, list[str | Cell]] = {}
    for row in section.programme_sharing.rows:
        cells = by_rule.setdefault(row.rule, [text.of("programme.rule", row.rule)])
        share = text.percent(100 * row.share_of_cost, 0)
        cells += [f"{text.million_usd(row.cost_pv, signed=row.cost_pv < 0)} ({share})", text.million_usd(row.gain_pv)]
    for row in section.programme_sharing.rows[:: len(section.partners)]:
        every = [r for r in section.programme_sharing.rows if r.rule == row.rule]
        by_rule[row.rule].append(text.of("programme.yes_no", "yes" if all(r.payable for r in every) else "no"))
    heads = [
        head
        for p in section.partners
        for head in (text("programme.pays_of", name=words.economy(p)), text("programme.gain_of", name=words.economy(p)))
    ]
    return Grid(
        title=text("programme.sharing"),
        columns=[text.of("programme.column", "rule"), *heads, text.of("programme.column", "payable")],
        rows=list(by_rule.values()),
        numeric=tuple(range(1, 1 + 2 * len(section.partners))),
        source=text("programme.sharing_source", start=section.start),
        csv="programme_sharing",
    )


def financing(section: ProgrammeSection, words: Words, text: Translator) -> Grid:
    """Set taxes and loans side by side."""
    rows: list[list[str | Cell]] = [
        [
            words.way(row.way),
            words.economy(row.economy),
            text.million_usd(row.gain_pv),
            text.million_usd(row.heaviest_musd, signed=False) if row.heaviest_year is not None else "–",
            _year(row.heaviest_year),
            text.million_usd(row.owed_musd),
        ]
        for row in section.programme_financing.rows
    ]
    names = ("way", "economy", "gain", "heaviest", "year", "owed")
    terms = {"rate": text.percent(100 * section.loan_rate, 0), "years": section.loan_years}
    return Grid(
        title=text("programme.financing"),
        columns=[text.of("programme.column", name) for name in names],
        rows=rows,
        numeric=(2, 3, 4, 5),
        source=text("programme.financing_source", start=section.start, end=section.horizon, **terms),
        csv="programme_financing",
    )


def third(section: ProgrammeSection, words: Words, text: Translator) -> Grid:
    """List third economies, the largest gain first."""
    rows: list[list[str | Cell]] = [
        [
            words.economy(row.economy),
            Cell(_million(row.gain_pv, text, signed=True), tone="gain" if row.gain_pv > 0 else "loss"),
            _million(row.last_musd, text, signed=True),
            text.percent(row.last_pct, 4, signed=True),
        ]
        for row in section.programme_third.rows
    ]
    names = ("economy", "gain", "last", "last_share")
    return Grid(
        title=text("programme.third", n=sum(r.gain_pv < 0 for r in section.programme_third.rows), all=len(rows)),
        columns=[text.of("programme.column", name) for name in names],
        rows=rows,
        numeric=(1, 2, 3),
        source=text("programme.third_source", start=section.start, end=section.horizon),
        csv="programme_third",
        fold=FOLD,
    )


def pairs(section: ProgrammeSection, words: Words, text: Translator) -> Grid:
    """List the pairs that were solved together."""
    rows: list[list[str | Cell]] = [
        [
            words.project(row.a),
            words.project(row.b),
            words.economy(row.economy),
            *(_million(value, text, signed=True) for value in (row.a_musd, row.b_musd, row.synergy_musd)),
        ]
        for row in section.programme_synergies.rows
    ]
    names = ("first", "second", "economy", "alone_first", "alone_second", "synergy")
    return Grid(
        title=text("programme.pairs"),
        columns=[text.of("programme.column", name) for name in names],
        rows=rows,
        numeric=(3, 4, 5),
        source=text("programme.pairs_source"),
        csv="programme_synergies",
        fold=FOLD,
    )


def ways(section: ProgrammeSection, words: Words, names: WayNames | None, text: Translator) -> Grid:
    """Set what the network of corridors says of a project beside what the model counts."""
    rows: list[list[str | Cell]] = [
        [
            words.project(row.project),
            _way(row.arc, names, text),
            "–" if row.used_pct is None else text.percent(row.used_pct, 0),
            _million(row.saving_musd, text),
            _million(row.model_musd, text),
            text.of("programme.counted", "room" if row.counted else "share"),
        ]
        for row in section.programme_ways.rows
    ]
    heads = ("project", "arc", "used_pct", "network_saving", "model_gain", "counted")
    return Grid(
        title=text("programme.ways", n=len(rows)),
        columns=[text.of("programme.column", head) for head in heads],
        rows=rows,
        numeric=(2, 3, 4),
        source=text("programme.ways_source", year=section.deadline),
        csv="programme_ways",
        fold=FOLD,
    )


def _way(arc: str, names: WayNames | None, text: Translator) -> str | Cell:
    """Write the name of a way; one that the network does not know would be new, as its project says."""
    if names is None:
        return arc
    return Cell(names.way(arc) if names.knows(arc) else text("programme.new_way"), title=arc)


def rounds(section: ProgrammeSection, words: Words, text: Translator) -> Grid:
    """List the rounds of choosing and solving."""
    rows: list[list[str | Cell]] = [
        [
            text.number(row.round, 0),
            words.economy(row.economy),
            text.million_usd(row.linear_pv),
            text.million_usd(row.exact_pv),
            text.percent(100 * (row.exact_pv / row.linear_pv - 1), 2, signed=True) if row.linear_pv else "–",
            text.number(row.moved, 0),
        ]
        for row in section.programme_rounds.rows
    ]
    names = ("round", "economy", "linear", "exact", "difference", "moved")
    return Grid(
        title=text("programme.rounds"),
        columns=[text.of("programme.column", name) for name in names],
        rows=rows,
        numeric=(2, 3, 4, 5),
        source=text("programme.rounds_source", start=section.start),
        csv="programme_rounds",
    )


def _field(theme: str, text: Translator) -> str:
    """Name the field of a project: one of its own, else a theme of targets, by the name that it has everywhere."""
    return text.of("programme.theme", theme) if text.has(f"programme.theme.{theme}") else theme_name(theme, text)


def _year(year: int | None) -> str:
    return "–" if year is None else str(year)


def _million(value: float | None, text: Translator, *, signed: bool = False) -> str:
    """Write an amount in the unit that tables name."""
    if value is None:
        return "–"
    shown = text.tabled(value)
    return text.number(shown, 0 if abs(shown) >= 20 else 1, signed=signed)
