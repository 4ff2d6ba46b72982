"""The value of alignment over the years: what arrives by when, what waiting costs, who finances it."""

from collections.abc import Sequence

import pandas as pd

from isthmus.levers.components import AGREEMENT, ALL, JOINT_UNAGREED, OWN, SPILLOVER, TOTAL
from isthmus.levers.support import BOTH
from isthmus.levers.timing import LATE
from isthmus.report.blocks import Annex, Block, Chapter, Figure, Grid, Paragraph
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import lines
from isthmus.report.effects import ToldEffect
from isthmus.report.locale import Translator, decimals
from isthmus.report.palette import sided
from isthmus.report.wording import with_prices
from isthmus.report.worth import LEAST_SHARE_PCT, Worth
from isthmus.study.components import THIRD
from isthmus.study.horizon import SYNCHRONISING, WAITING, HorizonSection
from isthmus.study.horizon_exact import LENT_BY
from isthmus.study.horizon_rows import ArrivalRow, TimingRow, YearRow, YearsWorthRow
from isthmus.study.over_years import LONG_RUN
from isthmus.study.station import Findings
from isthmus.study.value import ValueSection

PARTS = ((OWN, ALL), (SPILLOVER, ALL), (JOINT_UNAGREED, ALL), (AGREEMENT, ALL), (TOTAL, ALL), (TOTAL, BOTH))
FOLD = 10
YearlyRow = YearRow | YearsWorthRow | ArrivalRow | TimingRow


def chapter(section: HorizonSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    value = findings.get(ValueSection)
    told = _Told(section, Worth(value, None, text) if value is not None else None, text)
    years = {"start": section.start, "last": section.last}
    blocks: list[Block | None] = [
        _figure(told, BOTH) if told.joint else None,
        Paragraph(text("horizon.how", rate=text.percent(100 * section.discount, 1), unknown=_unknown(told), **years)),
        _arrival(told),
        _timing_sentence(told),
        _timing(told),
        _worth(told),
        Annex([_figure(told, ALL)]),
        _financing(told),
        _economies(told),
    ]
    return Chapter(
        name="horizon",
        short=text("horizon.short"),
        title=_title(told),
        lead=text("horizon.lead", **years),
        blocks=[block for block in blocks if block is not None],
    )


def _unknown(told: "_Told") -> str:
    """Say how much of the gain of each side comes from measures whose cost is unknown."""
    text, year = told.text, told.section.deadline
    counted, every = (_unknown_shares(told, support) for support in (BOTH if told.joint else ALL, ALL))
    if counted:
        return text("horizon.unknown", parts=text.each(counted), year=year)
    return text("horizon.both_known", parts=text.each(every), year=year) if every else text("horizon.all_known")


def _unknown_shares(told: "_Told", support: str) -> dict[str, str]:
    """Return by partner which part of the gain before cost comes from measures whose cost is unknown, where there is one."""
    shares = {p: told.value.unknown_cost(p, TOTAL, support) if told.value else 0.0 for p in told.section.partners}
    return {told.name(p): told.text.percent(share, 0) for p, share in shares.items() if share >= LEAST_SHARE_PCT}


def _title(told: "_Told") -> str:
    """Say what the years are worth together: what both plans ask for, or all levers where they ask for nothing together."""
    section, text = told.section, told.text
    found = {p: told.worth(p, (TOTAL, BOTH if told.joint else ALL), net=True) for p in section.partners}
    worth = {told.name(p): one.middle(text) if one else "–" for p, one in found.items()}
    (first, first_worth), (second, second_worth), *_ = worth.items()
    words = {"start": section.start, "last": section.last, "parts": text.each(worth)}
    words |= {"first": first, "second": second, "first_worth": first_worth, "second_worth": second_worth}
    return text("horizon.title", **words) if told.joint else text("horizon.title_all", **words)


class _Told:
    """The section with names and effects by what they are of."""

    def __init__(self, section: HorizonSection, value: Worth | None, text: Translator) -> None:
        self.section, self.value, self.text = section, value, text
        self.codes = (*section.partners, THIRD)
        self._worth = {(r.economy, r.component, r.support, r.net): r for r in section.horizon_worth.rows}

    @property
    def joint(self) -> bool:
        """Whether both plans ask for anything together."""
        return any(r.central != 0 for k, r in self._worth.items() if k[1:3] == (TOTAL, BOTH))

    def name(self, code: str) -> str:
        """Return the name of an economy or of third countries together."""
        if code == THIRD:
            return self.text("common.third")
        return self.text.named(self.section.economy_names.get(code, {}), code)

    def worth(self, code: str, part: tuple[str, str], *, net: bool) -> ToldEffect | None:
        """Return what all years are worth together."""
        row = self._worth.get((code, *part, net))
        return effect(row) if row else None

    def money(self, code: str, part: tuple[str, str], *, net: bool) -> str:
        """Write the discounted sum of all years with its range."""
        row = self._worth.get((code, *part, net))
        if row is None:
            return "–"
        inner = self.text.million_range(row.present_low, row.present_high)
        return self.text("common.with_range", central=self.text.million_usd(row.present_median), range=inner)

    def case(self, name: str) -> str:
        """Name a world of timing or a way of financing."""
        for mark in (LATE, WAITING, LENT_BY):
            if name.startswith(mark):
                return self.text.of("horizon.case", mark.rstrip(":"), name=self.name(name.removeprefix(mark)))
        return self.text.of("horizon.plain_case", name)

    def heads(self, first: str) -> list[str]:
        """Return column heads: what the rows are, then the economies."""
        return [self.text.of("horizon.column", first), *map(self.name, self.codes)]


def effect(row: YearlyRow) -> ToldEffect:
    """Return the median with its range."""
    return ToldEffect(row.low, row.median, row.high)


def _figure(told: _Told, support: str) -> Figure:
    """Draw the total net of cost year by year with its range: measures that both plans support, or all levers."""
    section, text = told.section, told.text
    rows = [
        {"year": r.year, "series": told.name(r.economy), "low": r.low, "central": r.median, "high": r.high}
        for r in section.horizon.rows
        if (r.component, r.support, r.net) == (TOTAL, support, True)
    ]
    frame = pd.DataFrame(rows)
    colours = sided([told.name(code) for code in told.codes], "third")
    drawing = lines(frame, colours, Scale(text.percent(0, 0).removeprefix("0")))
    heads = {"year": "year", "series": "economy", "low": "low", "central": "median", "high": "high"}
    by = {r.economy: effect(r) for r in section.horizon.rows if _is(r, support, section.deadline)}
    end = {r.economy: effect(r) for r in section.horizon.rows if _is(r, support, section.last)}
    second = section.partners[-1]
    return Figure(
        name=f"horizon-{support}",
        title=text.of(
            "horizon.figure",
            support,
            name=told.name(second),
            deadline=section.deadline,
            last=section.last,
            at_deadline=by[second].both(text),
            at_last=end[second].both(text),
        ),
        alt=text.of("horizon.alt", support, start=section.start, last=section.last),
        option=drawing.option,
        twin=frame.rename(columns={name: text.of("horizon.column", head) for name, head in heads.items()}),
        source=text("horizon.source", draws=section.draws),
        height=drawing.height,
    )


def _is(row: YearRow, support: str, year: int) -> bool:
    return (row.component, row.support, row.net, row.year) == (TOTAL, support, True, year)


def _arrival(told: _Told) -> Grid:
    """Set year 5 and year 10 beside the static number and the long run."""
    section, text = told.section, told.text
    found: dict[tuple[str, str], dict[str, ArrivalRow]] = {}
    for row in section.horizon_arrival.rows:
        found.setdefault((row.component, row.mark), {})[row.economy] = row
    rows = []
    for (component, mark), by in found.items():
        year = next(iter(by.values())).year
        label = text.of("horizon.mark", mark, year="" if year is None else year)
        part = text.of("horizon.component", f"{component}_{ALL}")
        rows.append(
            [text("horizon.part_at", part=part, mark=label), *(_arrived(by.get(code), text) for code in told.codes)]
        )
    return Grid(
        title=text("horizon.arrival"),
        columns=told.heads("when"),
        rows=rows,
        numeric=tuple(range(1, 1 + len(told.codes))),
        source=text("horizon.arrival_source"),
        csv="horizon_arrival",
        opened=True,
    )


def _arrived(row: ArrivalRow | None, text: Translator) -> str:
    if row is None:
        return "–"
    if row.of_long_run_pct is None or row.mark == LONG_RUN:
        return effect(row).both(text)
    return text("horizon.arrived", value=effect(row).both(text), share=text.percent(row.of_long_run_pct, 0))


def _timing_sentence(told: _Told) -> Paragraph | None:
    """Say what moving at the same time is worth by itself, and what the delay of each side costs the other."""
    section, text = told.section, told.text
    rows = {(r.case, r.economy): effect(r) for r in section.horizon_timing.rows}
    if not rows:
        return None
    first, second = section.partners[:2]
    lost = [
        text(
            "horizon.waits",
            late=told.name(late),
            loser=told.name(loser),
            lost=_plain(rows[WAITING + late, loser], text),
        )
        for late in section.partners
        for loser in section.partners
        if late != loser
    ]
    sync = {told.name(p): rows[SYNCHRONISING, p].both(text) for p in section.partners}
    return Paragraph(
        text(
            "horizon.timing_said",
            delay=text.short(section.delay),
            lost=text("common.semicolon").join(lost),
            parts=text.each(sync),
            first=told.name(first),
            second=told.name(second),
            first_sync=rows[SYNCHRONISING, first].both(text),
            second_sync=rows[SYNCHRONISING, second].both(text),
            second_waits=_plain(rows[WAITING + first, second], text),
            first_waits=_plain(rows[WAITING + second, first], text),
        )
    )


def _plain(lost: ToldEffect, text: Translator) -> str:
    """Write a loss as what is lost, without a plus sign."""
    digits = decimals(lost.low, lost.high)
    inner = text.range(lost.low, lost.high, digits)
    return text("common.with_range", central=text.percent(lost.central, digits), range=inner)


def _timing(told: _Told) -> Grid | None:
    """List the worlds of timing."""
    section, text = told.section, told.text
    cases = list(dict.fromkeys(row.case for row in section.horizon_timing.rows))
    if not cases:
        return None
    rows = {(r.case, r.economy): effect(r) for r in section.horizon_timing.rows}
    return Grid(
        title=text("horizon.timing", delay=text.short(section.delay)),
        columns=told.heads("case"),
        rows=[[told.case(case), *(rows[case, code].both(text) for code in told.codes)] for case in cases],
        numeric=tuple(range(1, 1 + len(told.codes))),
        source=text("horizon.timing_source"),
        csv="horizon_timing",
    )


def _worth(told: _Told) -> Grid:
    """List what all years of each component are worth together, as a constant change and in money."""
    text = told.text
    rows: list[Sequence[str]] = []
    for part in PARTS:
        label = text.of("horizon.component", "_".join(part))
        for net in (False, True):
            worth = [told.worth(code, part, net=net) for code in told.codes]
            named = text("horizon.of_cost", part=label, cost=text.of("horizon.net", "net" if net else "gross"))
            cells = [one.both(text) if one else "–" for one in worth]
            if net and told.value is not None:
                cells = [told.value.with_unknown(c, cell, *part) for c, cell in zip(told.codes, cells, strict=True)]
            rows.append([named, *cells])
        rows.append([text("horizon.in_money", part=label), *(told.money(code, part, net=True) for code in told.codes)])
    return Grid(
        title=text("horizon.worth", start=told.section.start, last=told.section.last),
        columns=told.heads("part"),
        rows=rows,
        numeric=tuple(range(1, 1 + len(told.codes))),
        source=with_prices(
            text("horizon.worth_source", rate=text.percent(100 * told.section.discount, 1)),
            told.section.price_year,
            text,
        ),
        csv="horizon_worth",
    )


def _financing(told: _Told) -> Grid | None:
    """List what the agreed world is worth when costs are paid at home or lent by a partner."""
    section, text = told.section, told.text
    found = {(r.case, r.economy): r for r in section.horizon_financing_worth.rows}
    cases = list(dict.fromkeys(case for case, _ in found))
    if not cases:
        return None

    def cell(case: str, code: str) -> str:
        row = found[case, code]
        three = (row.equivalent_low_pct, row.equivalent_median_pct, row.equivalent_high_pct)
        if None in three or row.present_median_musd is None:
            return text("horizon.unsolved")
        worth = ToldEffect(*three).both(text)  # type: ignore[arg-type]
        return text("horizon.and_money", worth=worth, money=text.million_usd(row.present_median_musd))

    return Grid(
        title=text("horizon.financing"),
        columns=told.heads("financing"),
        rows=[[told.case(case), *(cell(case, code) for code in told.codes)] for case in cases],
        numeric=tuple(range(1, 1 + len(told.codes))),
        source=with_prices(
            text(
                "horizon.financing_source",
                interest=text.percent(100 * section.interest, 1),
                repayment=section.repayment,
                last=section.last,
            ),
            section.price_year,
            text,
        ),
        csv="horizon_financing",
    )


def _economies(told: _Told) -> Grid:
    """List what all years are worth to every single third economy."""
    section, text = told.section, told.text
    found: dict[str, dict[str, ToldEffect]] = {}
    for row in section.horizon_economies.rows:
        if row.economy not in section.partners:
            found.setdefault(row.economy, {})[row.component] = ToldEffect(row.low, row.median, row.high)
    order = sorted(found, key=lambda code: -found[code][AGREEMENT].central)
    rows = [[told.name(code), *(found[code][part].both(text) for part in (AGREEMENT, TOTAL))] for code in order]
    return Grid(
        title=text("horizon.economies", n=len(order)),
        columns=[
            text.of("horizon.column", "economy"),
            *(text.of("horizon.component", f"{part}_{ALL}") for part in (AGREEMENT, TOTAL)),
        ],
        rows=rows,
        numeric=(1, 2),
        source=text("horizon.economies_source"),
        csv="horizon_economies",
        fold=FOLD,
    )
