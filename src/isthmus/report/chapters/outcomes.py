"""Outcome targets: how close the solved plans come, CO2 beside them, and which targets help or hinder each other."""

from collections.abc import Sequence

import pandas as pd

from isthmus.levers.lever import JOINT
from isthmus.plans.plan import Kind
from isthmus.report.blocks import Block, Cell, Chapter, Figure, Grid, Paragraph
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals
from isthmus.report.effects import THIRD
from isthmus.report.embed import records
from isthmus.report.locale import Translator, decimals
from isthmus.report.palette import sided
from isthmus.report.wording import amount, counted, in_tonnes, unit_name, with_unit
from isthmus.study.levers import LeversSection
from isthmus.study.outcome_rows import PairRow, ReachRow
from isthmus.study.outcomes import OutcomeFacts, OutcomesSection
from isthmus.study.station import Findings

WORLDS = ("both", "aligned")
SHOWN, SHOWN_PAIRS = 7, 8
LIKELY = 0.5
"""Chance above which a target is more likely than not to be met."""


def chapter(section: OutcomesSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    names = _Names(section, findings, text)
    aligned = [row for row in section.outcomes.rows if row.world == "aligned" and row.miss_pct is not None]
    blocks: list[Block | None] = [
        Paragraph(text("outcomes.how")),
        _figure(section, names, text),
        _table(section, names, text),
        _energy(section, names, text),
        *_trade_and_imports(section, names, text),
        _pairs(section, "competing", names, text),
        _pairs(section, "complementary", names, text),
        _alone(section.reach.rows, names, text),
        _together(section.reach.rows, names, text),
    ]
    met = sum((row.chance or 0.0) > LIKELY for row in aligned)
    return Chapter(
        name="outcomes",
        short=text("outcomes.short"),
        title=text("outcomes.title", n=len(aligned), met=met),
        lead=text("outcomes.lead"),
        blocks=[block for block in blocks if block is not None],
    )


class _Names:
    """Names of outcomes, targets, levers and economies in one language."""

    def __init__(self, section: OutcomesSection, findings: Findings, text: Translator) -> None:
        levers = findings.get(LeversSection)
        self._levers = {lever.id: lever.titles for lever in levers.described} if levers else {}
        self._text, self._targets = text, section.target_names
        self.outcomes = {outcome.id: outcome for outcome in section.aims}
        self._economies = {code: text.named(section.economy_names.get(code, {}), code) for code in section.partners}
        self._economies |= {THIRD: text("common.third"), JOINT: text("outcomes.both_sides")}

    def outcome(self, name: str) -> str:
        outcome = self.outcomes[name]
        return self.target(outcome.target, outcome.year) if outcome.target else self._text.named(outcome.titles, name)

    def target(self, name: str, year: int | None = None) -> str:
        named = self._text.named(self._targets.get(name, {}), name)
        return named if year is None else self._text("outcomes.in_year", name=named, year=year)

    def levers(self, codes: str) -> str:
        """Name the measures that carry a target."""
        called = [self._text.named(self._levers.get(code, {}), code) for code in codes.split(";") if code]
        return self._text("outcomes.acts_by", measures=self._text.list(called)) if called else ""

    def economy(self, code: str) -> str:
        return self._economies.get(code, code)


def _figure(section: OutcomesSection, names: _Names, text: Translator) -> Figure | None:
    """Draw the distance of the aligned plans to each target with its range, first side first; unaligned in the twin."""
    order = [o.id for owner in (*section.partners, JOINT) for o in section.aims if o.owner == owner]
    found = {(row.outcome, row.world): row for row in section.outcomes.rows if row.miss_pct is not None}
    rows = [
        {
            "row": names.outcome(name),
            "series": names.economy(names.outcomes[name].owner),
            "world": world,
            "low": row.miss_pct_low,
            "central": row.miss_pct_median,
            "high": row.miss_pct_high,
        }
        for name in order
        for world in WORLDS
        if (row := found.get((name, world))) is not None
    ]
    if not rows:
        return None
    every = pd.DataFrame(rows)
    aligned = every[every["world"] == "aligned"].sort_values("central")
    frame = aligned[aligned["central"].abs().rank(ascending=False, method="first") <= SHOWN]
    colours = sided([names.economy(p) for p in (*section.partners, JOINT)], "joint")
    drawing = intervals(frame, colours, Scale(text.percent(0, 0).removeprefix("0"), 1))
    worst = min(records(frame), key=lambda row: float(row["central"]))
    twin = every.assign(world=[text.of("outcomes.world", world) for world in every["world"]])
    heads = {"row": "outcome", "series": "owner"} | {name: name for name in ("world", "low", "central", "high")}
    return Figure(
        name="outcomes-miss",
        title=text(
            "outcomes.figure",
            worst=text("outcomes.owned", owner=worst["series"], name=worst["row"]),
            miss=text.percent(worst["central"], 1, signed=True),
        ),
        alt=text("outcomes.alt", n=int(frame["row"].nunique())),
        option=drawing.option,
        twin=twin.rename(columns={name: text.of("outcomes.column", head) for name, head in heads.items()}),
        source=text("outcomes.source", draws=section.draws, shown=len(frame), n=len(aligned)),
        height=drawing.height,
    )


def _table(section: OutcomesSection, names: _Names, text: Translator) -> Grid:
    """Set what is needed beside what the aligned plans bring."""
    rows: list[list[str | Cell]] = []
    for row in (row for row in section.outcomes.rows if row.world == "aligned"):
        outcome = names.outcomes[row.outcome]
        tag = text("outcomes.by_lever") if outcome.target in section.carried_by_levers else ""
        rows.append(
            [
                Cell(names.outcome(row.outcome), tag=tag),
                names.economy(outcome.owner),
                _level(row.reached_median, outcome, text),
                _level(row.target, outcome, text),
                _percent(row.needed_pct, text),
                _ranged(row.model_pct_low, row.median_pct, row.model_pct_high, text),
                _ranged(row.miss_pct_low, row.miss_pct_median, row.miss_pct_high, text),
                "–" if row.chance is None else text.percent(100 * row.chance, 0),
            ]
        )
    heads = ("outcome", "owner", "reached", "target", "needed", "brought", "miss", "chance")
    return Grid(
        title=text("outcomes.table", n=len(rows)),
        columns=[text.of("outcomes.column", head) for head in heads],
        rows=rows,
        numeric=(2, 3, 4, 5, 6, 7),
        source=text("outcomes.table_source", draws=section.draws),
        csv="outcomes",
    )


def _level(value: float | None, outcome: OutcomeFacts, text: Translator) -> str:
    """Write a level in its unit; a change as a percentage or a multiple of its base."""
    if value is None:
        return "–"
    if outcome.kind == Kind.CHANGE_PCT:
        return text.percent(100 * (value - 1), 1, signed=True)
    if outcome.kind == Kind.MULTIPLE:
        return "×" + text.number(value, 2)
    if outcome.unit.startswith("%"):
        return text.percent(value, 1)
    value, unit = in_tonnes(value, outcome.unit)
    return with_unit(amount(value, False, text), unit_name(unit, text, n=counted(value, text)), text)


def _percent(value: float | None, text: Translator) -> str:
    return "–" if value is None else text.percent(value, 1, signed=True)


def _ranged(low: float | None, central: float | None, high: float | None, text: Translator) -> str:
    if low is None or central is None or high is None:
        return "–"
    digits = min(2, decimals(low, central, high))
    ends = text.range(low, high, digits, signed=True)
    return text("common.with_range", central=text.percent(central, digits, signed=True), range=ends)


def _energy(section: OutcomesSection, names: _Names, text: Translator) -> Grid | None:
    """Set CO2 and energy of the partners and third countries side by side, unaligned and aligned."""
    if not section.energy.rows:
        return None
    rows = []
    for quantity in ("co2", "energy"):
        for economy in (*section.partners, THIRD):
            part = [row for row in section.energy.rows if (row.quantity, row.economy) == (quantity, economy)]
            if not part:
                continue
            found = {row.world: _ranged(row.low, row.median, row.high, text) for row in part}
            reported = part[0].reported_mt
            rows.append(
                [
                    text.of("outcomes.quantity", quantity),
                    names.economy(economy),
                    "–" if reported is None else text("outcomes.tonnes", value=amount(1e6 * reported, False, text)),
                    *(found.get(world, "–") for world in WORLDS),
                ]
            )
    heads = ("quantity", "economy", "reported")
    return Grid(
        title=text("outcomes.energy"),
        columns=[
            *(text.of("outcomes.column", head) for head in heads),
            *(text.of("outcomes.world", world) for world in WORLDS),
        ],
        rows=rows,
        numeric=(2, 3, 4),
        source=text("outcomes.energy_source"),
        csv="energy",
    )


def _trade_and_imports(section: OutcomesSection, names: _Names, text: Translator) -> list[Block]:
    """Say what more trade between the partners does to an aim of importing less."""
    found: list[Block] = []
    reach = {(row.first, row.second): row for row in section.reach.rows}
    aligned = {row.outcome: row for row in section.outcomes.rows if row.world == "aligned"}
    for case in section.trade_and_imports:
        held, outcome = reach[case.outcome, case.trade], names.outcomes[case.outcome]
        values = {
            "owner": names.economy(outcome.owner),
            "name": names.outcome(case.outcome),
            "target": _level(aligned[case.outcome].target, outcome, text),
            "reached": _level(aligned[case.outcome].reached_median, outcome, text),
            "per_percent": text.percent(abs(case.percent), 2),
            "trade": text.percent(aligned[case.trade].median_pct, 0, signed=True),
            "best": text.percent(held.first_best_pct, 1),
            "needed": "–" if held.first_needed_pct is None else text.percent(held.first_needed_pct, 1),
            "then": text.percent(held.second_given_pct, 1, signed=True),
        }
        rise = case.percent > 0
        sentence = text("outcomes.imports_rise", **values) if rise else text("outcomes.imports_fall", **values)
        found.append(Paragraph(sentence))
    return found


def _pairs(section: OutcomesSection, relation: str, names: _Names, text: Translator) -> Grid | None:
    """List the pairs of one relation with the largest effects, those across the border first."""
    every = [row for row in section.pairs.rows if row.relation == relation]
    once: dict[tuple[str, str], PairRow] = {}
    for row in sorted(every, key=lambda row: (row.target_owner == row.outcome_owner, -abs(row.effect_pct))):
        once.setdefault((row.levers, row.outcome), row)
    across, inside = (
        [row for row in once.values() if (row.target_owner != row.outcome_owner) == side] for side in (True, False)
    )
    rows: list[list[str | Cell]] = [
        [
            Cell(
                text("outcomes.owned", owner=names.economy(row.target_owner), name=names.target(row.target)),
                tag=names.levers(row.levers),
            ),
            text("outcomes.owned", owner=names.economy(row.outcome_owner), name=names.outcome(row.outcome)),
            text.of("outcomes.where", where),
            _ranged(row.low, row.effect_pct, row.high, text),
        ]
        for where, part in (("across", across), ("inside", inside))
        for row in part[:SHOWN_PAIRS]
    ]
    if not rows:
        return None
    count = len(every)
    title = text("outcomes.competing", n=count) if relation == "competing" else text("outcomes.complementary", n=count)
    return Grid(
        title=title,
        columns=[text.of("outcomes.column", head) for head in ("acting", "touched", "where", "effect")],
        rows=rows,
        numeric=(3,),
        source=text("outcomes.pairs_source", threshold=text.percent(section.threshold_pct, 2), draws=section.draws),
        csv="pairs",
        fold=SHOWN_PAIRS,
    )


def _alone(reach: Sequence[ReachRow], names: _Names, text: Translator) -> Grid | None:
    """List the outcomes that no choice of levers meets, even alone."""
    first = {row.first: row for row in reversed(reach)}
    rows = [
        [
            names.outcome(name),
            names.economy(names.outcomes[name].owner),
            _percent(first[name].first_needed_pct, text),
            _percent(first[name].first_best_pct, text),
        ]
        for name in dict.fromkeys(row.first for row in reach)
        if (needed := first[name].first_needed_pct) is not None and first[name].first_best_pct < needed
    ]
    if not rows:
        return None
    return Grid(
        title=text("outcomes.alone", n=len(rows)),
        columns=[text.of("outcomes.column", head) for head in ("outcome", "owner", "needed", "best")],
        rows=rows,
        numeric=(2, 3),
        source=text("outcomes.alone_source"),
        csv="reach",
    )


def _together(reach: Sequence[ReachRow], names: _Names, text: Translator) -> Grid | Paragraph:
    """List the pairs of outcomes that can be met alone but not together, or say that there are none."""
    rows = [
        [
            names.outcome(row.first),
            names.outcome(row.second),
            _percent(row.second_needed_pct, text),
            _percent(row.second_given_pct, text),
        ]
        for row in reach
        if row.status == "jointly_unreachable" and row.first < row.second
    ]
    if not rows:
        return Paragraph(text("outcomes.no_pair"), "muted")
    return Grid(
        title=text("outcomes.jointly", n=len(rows)),
        columns=[text.of("outcomes.column", head) for head in ("held", "second", "needed", "left")],
        rows=rows,
        numeric=(2, 3),
        csv="reach",
    )
