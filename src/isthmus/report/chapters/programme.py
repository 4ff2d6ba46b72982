"""The joint programme: which projects, when, paid by whom; what it brings whom; what was left out and why."""

from collections.abc import Sequence

import pandas as pd

from isthmus.report import programme_tables as tables
from isthmus.report.blocks import Block, Cell, Chapter, Columns, Figure, Folded, Grid, Paragraph, Part, Points, Tabs
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import lines, stacked
from isthmus.report.charts_plan import Axis, gantt, plane
from isthmus.report.locale import Translator
from isthmus.report.palette import sides
from isthmus.report.programme_words import Words
from isthmus.report.way_names import WayNames
from isthmus.report.wording import with_prices
from isthmus.study.corridors import CorridorsSection
from isthmus.study.programme_tables import BOUND, FOUND, WHOLE, ProgrammeSection, ProjectRow
from isthmus.study.station import Findings

SHOWN = 5
ROOM = 0.15
"""Room beside the points of the frontier, over what they span."""


def chapter(section: ProgrammeSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    words = Words(section, text)
    found = section.outcome == FOUND
    corridors = findings.get(CorridorsSection)
    names = WayNames(corridors, text) if corridors is not None else None
    blocks: list[Block] = [*_opened(section, words, text), *_annex(section, words, names, text)] if found else []
    return Chapter(
        name="programme",
        short=text("programme.short"),
        title=words.title(),
        lead=words.lead(),
        blocks=[*blocks, tables.candidates(section, words, text)],
    )


def _opened(section: ProgrammeSection, words: Words, text: Translator) -> list[Block]:
    return [
        _gantt(section, words, text),
        Paragraph(words.payers()),
        Tabs(
            "programme-views",
            text("programme.more_title"),
            [
                Part(
                    text("programme.tab_gains"),
                    [Columns([_frontier(section, words, text), _gains(section, words, text)])],
                ),
                Part(text("programme.know_title"), [Points(text("programme.know_title"), words.points())]),
                Part(text("programme.tab_budgets"), [_budgets(section, words, text)]),
                Part(text("programme.tab_years"), [_years(section, words, text)]),
                Part(text("programme.tab_choices"), [_choices(section, words, text)]),
            ],
        ),
        Points(text("programme.limits_title"), words.limits(), tone="muted"),
    ]


def _annex(section: ProgrammeSection, words: Words, names: WayNames | None, text: Translator) -> list[Block]:
    return [
        Folded(text("programme.dates", n=words.count), [_gantt(section, words, text, most=None)]),
        tables.left_out(section, words, text),
        tables.sharing(section, words, text),
        tables.financing(section, words, text),
        tables.third(section, words, text),
        *([tables.ways(section, words, names, text)] if len(section.programme_ways) else []),
        tables.pairs(section, words, text),
        tables.rounds(section, words, text),
    ]


def _gantt(section: ProgrammeSection, words: Words, text: Translator, most: int | None = SHOWN) -> Figure:
    """Draw when the projects that add most, or all, are built and used, with what each is worth and who pays."""
    chosen = sorted((r for r in section.programme.rows if r.place is not None), key=lambda r: r.place or 0)[:most]
    shown = sorted(chosen, key=lambda r: (r.start or 0, r.place or 0))
    rows = []
    for row in shown:
        assert row.start is not None
        assert row.done is not None
        name, worth = words.project(row.project), words.worth_and_payers(row)
        if row.done > row.start:
            rows.append((name, text("programme.built"), row.start, row.done - 1, ""))
        rows.append((name, text("programme.used"), row.done, section.horizon, worth))
    frame = pd.DataFrame(rows, columns=["row", "series", "start", "end", "words"])
    colours = {text("programme.built"): "joint", text("programme.used"): "gain"}
    drawing = gantt(frame, colours, deadline=section.deadline, label=text("programme.deadline", year=section.deadline))
    named = text("programme.gantt_all") if len(shown) == words.count else text("programme.gantt_most", all=words.count)
    told = text("programme.gantt_source", start=section.start, sides=words.in_order())
    return Figure(
        name="programme-gantt" if most else "programme-dates",
        title=_adds_most(chosen[0], words, text) if most else _in_use(shown, section, text),
        alt=text("programme.gantt_alt", n=len(shown)),
        option=drawing.option,
        twin=_twin(frame, text, "project", "stage", "from", "to", "worth"),
        source=with_prices(text("common.space").join((named, told)), section.price_year, text),
        height=drawing.height,
    )


def _adds_most(row: ProjectRow, words: Words, text: Translator) -> str:
    """Name the project that adds most to the gains of both sides."""
    money = text.million_usd(row.added_pv or 0.0)
    return text("programme.gantt", project=words.project(row.project), money=money)


def _in_use(rows: Sequence[ProjectRow], section: ProgrammeSection, text: Translator) -> str:
    """Say how many projects are in use by the end of the deadline's year, and from when on the last one is."""
    done = [row.done for row in rows if row.done is not None]
    ready = sum(year <= section.deadline for year in done)
    if ready == len(rows):
        return text("programme.all_in_use", n=ready, year=section.deadline)
    return text("programme.in_use", n=ready, all=len(rows), year=section.deadline, last=max(done))


def _frontier(section: ProgrammeSection, words: Words, text: Translator) -> Figure:
    """Draw the frontier of both gains, what nothing exceeds, the programme and those of other objectives."""
    frame = pd.DataFrame(_frontier_rows(section, text), columns=["series", "x", "y", "label", "joined"])
    colours = dict(zip(dict.fromkeys(frame["series"]), ("third", "joint", "gain", "warn"), strict=False))
    scale = Scale("", 1)
    axes = [Axis(name=text("programme.axis", name=words.economy(p)), scale=scale) for p in section.partners[:2]]
    drawing = plane(frame, colours, *axes)
    near = {f"{a}Axis": {**drawing.option[f"{a}Axis"], **_near(frame[a], labels=a == "x")} for a in ("x", "y")}
    gap = max((row.gap or 0.0 for row in section.programme_frontier.rows), default=0.0)
    return Figure(
        name="programme-frontier",
        title=text("programme.frontier", price=words.price_of_fairness()),
        alt=text("programme.frontier_alt"),
        option={**drawing.option, **near},
        twin=frame.drop(columns="joined").set_axis(
            [text("programme.column.series"), *(axis.name for axis in axes), text("programme.column.objective")], axis=1
        ),
        source=text("programme.frontier_source", start=section.start, gap=text.percent(100 * gap, 1)),
        height=drawing.height,
    )


def _frontier_rows(section: ProgrammeSection, text: Translator) -> list[tuple[str, float, float, str, bool]]:
    """Return points by series: both frontiers joined, then the programme and those of other objectives."""
    first, second = section.partners[:2]
    points: dict[tuple[str, int], dict[str, float]] = {}
    for row in section.programme_frontier.rows:
        points.setdefault((row.kind, row.point), {})[row.economy] = text.charted(row.gain_pv)
    rows = [
        (text.of("programme.frontier_line", kind), p[first], p[second], "", True)
        for line in (BOUND, WHOLE)
        for (kind, _), p in points.items()
        if kind == line
    ]
    seen: dict[str, dict[str, float]] = {}
    for choice in section.programme_choices.rows:
        if text.has(f"programme.objective.{choice.choice}") and choice.gain_pv is not None:
            seen.setdefault(choice.choice, {})[choice.economy] = text.charted(choice.gain_pv)
    for name, gain in seen.items():
        series = text("programme.chosen_point") if name == section.objective else text("programme.other_points")
        rows.append((series, gain[first], gain[second], text.of("programme.objective", name), False))
    return rows


def _near(values: "pd.Series[float]", *, labels: bool) -> dict[str, object]:
    """Return the ends of an axis close around its values, with room for labels behind the last: zero may be far away."""
    low, high = float(values.min()), float(values.max())
    room = ROOM * (high - low) or 1.0
    return {"scale": True, "min": float(f"{low - room:.3g}"), "max": float(f"{high + (4 if labels else 1) * room:.3g}")}


def _gains(section: ProgrammeSection, words: Words, text: Translator) -> Figure:
    """Draw what the programme brings whom and who pays for it."""
    brings, pays = text("programme.brings"), text("programme.pays")
    rows = [
        (words.economy(row.economy), name, text.charted(value))
        for row in section.programme_gains.rows
        for name, value in ((brings, row.benefit_pv), (pays, -row.cost_pv))
    ]
    frame = pd.DataFrame(rows, columns=["row", "series", "value"])
    drawing = stacked(frame, Scale("", 1), colours={brings: "gain", pays: "loss"})
    return Figure(
        name="programme-gains",
        title=words.gains_title(),
        alt=text("programme.gains_alt"),
        option=drawing.option,
        twin=_twin(frame, text, "economy", "part", "billion"),
        source=text("programme.gains_source", start=section.start, end=section.horizon),
        height=drawing.height,
    )


def _budgets(section: ProgrammeSection, words: Words, text: Translator) -> Figure:
    """Draw what is spent in each year beside what there is."""
    rows = []
    for row in section.programme_budgets.rows:
        name = words.economy(row.partner)
        rows.append((row.year, text("programme.spent", name=name), text.tabled(row.spent_musd)))
        rows.append((row.year, text("programme.budget", name=name), text.tabled(row.budget_musd)))
    frame = pd.DataFrame(rows, columns=["year", "series", "central"])
    colours: dict[str, str] = {}
    for partner, colour in zip(section.partners, sides(len(section.partners)), strict=True):
        name = words.economy(partner)
        colours |= {text("programme.spent", name=name): colour, text("programme.budget", name=name): "third"}
    drawing = lines(frame, colours, Scale("", 0, signed=False))
    return Figure(
        name="programme-budgets",
        title=words.budget_title(),
        alt=text("programme.budgets_alt"),
        option=drawing.option,
        twin=_twin(frame, text, "year", "series", "million"),
        source=text("programme.budgets_source", share=text.percent(100 * section.carry_over, 0)),
        height=drawing.height,
    )


def _years(section: ProgrammeSection, words: Words, text: Translator) -> Figure:
    """Draw the net gain year by year."""
    rows = [(row.year, words.economy(row.economy), text.tabled(row.net_musd)) for row in section.programme_years.rows]
    frame = pd.DataFrame(rows, columns=["year", "series", "central"])
    names = list(dict.fromkeys(frame["series"]))
    drawing = lines(frame, dict(zip(names, (*sides(len(section.partners)), "third"), strict=False)), Scale("", 0))
    return Figure(
        name="programme-years",
        title=words.years_title(),
        alt=text("programme.years_alt"),
        option=drawing.option,
        twin=_twin(frame, text, "year", "economy", "million"),
        source=text("programme.years_source"),
        height=drawing.height,
    )


def _choices(section: ProgrammeSection, words: Words, text: Translator) -> Grid:
    """Set other objectives and other assumptions about the whole beside the programme."""
    by_choice: dict[str, list[str | Cell]] = {}
    for row in section.programme_choices.rows:
        cells = by_choice.setdefault(row.choice, [words.choice(row.choice)])
        cells.append("–" if row.gain_pv is None else text.million_usd(row.gain_pv))
    for row in section.programme_choices.rows[:: len(section.partners)]:
        more, fewer = (words.several(names) for names in (row.more, row.fewer))
        by_choice[row.choice] += [text.number(row.projects, 0), more, fewer, text.percent(100 * row.gap, 1)]
    return Grid(
        title=words.choices_title(),
        columns=[
            text.of("programme.column", "choice"),
            *(text("programme.gain_of", name=words.economy(p)) for p in section.partners),
            *(text.of("programme.column", name) for name in ("projects", "more", "fewer", "gap")),
        ],
        rows=list(by_choice.values()),
        numeric=(*range(1, len(section.partners) + 2), len(section.partners) + 4),
        source=text("programme.choices_source", start=section.start),
        csv="programme_choices",
        opened=True,
    )


def _twin(frame: pd.DataFrame, text: Translator, *heads: str) -> pd.DataFrame:
    return frame.set_axis([text.of("programme.column", head) for head in heads], axis=1)
