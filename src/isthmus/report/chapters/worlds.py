"""The value of alignment on newer trade totals, with other elasticities and under other closures; which signs turn."""

from collections.abc import Sequence

import pandas as pd

from isthmus.report.blocks import Block, Cell, Chapter, Figure, Folded, Grid, Paragraph, Points
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals
from isthmus.report.locale import Translator, decimals
from isthmus.report.palette import sided
from isthmus.report.wording import with_zeros
from isthmus.study.components import THIRD
from isthmus.study.station import Findings
from isthmus.study.worlds import SettingEffectRow, SettingRow, WorldsSection

COMPARED = ("own", "spillover", "coordination", "aligned")
FIGURES = {"aligned": ("own", "aligned"), "coordination": ("spillover", "coordination")}
BESIDE = ("coordination", "aligned", "own", "spillover")
SHOWN = 6
"""Rows of a table before the rest is folded away."""

COUNTED = ("coordination", "aligned")
"""Components for which single third countries are counted."""


def chapter(section: WorldsSection, _: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    told = _Told(section, text)
    blocks: list[Block | None] = [
        Paragraph(text("worlds.how", year=told.section.deadline, own=told.own_setting())),
        _turned(told),
        _stable(told),
        _newer(told),
        _totals(told),
        *(_figure(told, name, components) for name, components in FIGURES.items()),
        _by_setting(told, "coordination", SHOWN),
        Folded(text("worlds.more"), [grid for c in ("aligned", "own", "spillover") if (grid := _by_setting(told, c))]),
        _failed(told),
    ]
    n = len(told.turned())
    return Chapter(
        name="worlds",
        short=text("worlds.short"),
        title=text("worlds.title", n=n, total=told.section.effects) if n else text("worlds.title_none"),
        lead=text("worlds.lead"),
        blocks=[block for block in blocks if block is not None],
    )


class _Told:
    """The section with the names it needs in one language."""

    def __init__(self, section: WorldsSection, text: Translator) -> None:
        self.section, self.text = section, text
        self.codes = (*section.partners, THIRD)
        self._values = {(row.setting, row.economy, row.component): row for row in section.worlds.rows}

    def value(self, setting: str, code: str, component: str) -> SettingEffectRow | None:
        """Return a row of the comparison or None."""
        return self._values.get((setting, code, component))

    def solved(self, kind: str = "") -> list[SettingRow]:
        """Return the settings that were solved, all or those of one kind."""
        return [row for row in self.section.worlds_settings.rows if row.solved and kind in ("", row.kind)]

    def turned(self) -> list[tuple[str, str, list[SettingEffectRow]]]:
        """Return component, economy and rows of every effect that has another sign in at least one setting."""
        found = []
        for component in COMPARED:
            for code in self.codes:
                rows = [r for s in self.solved() if (r := self.value(s.setting, code, component)) and r.sign_change]
                if rows:
                    found.append((component, code, rows))
        return found

    def is_nothing(self, code: str, component: str) -> bool:
        """Say whether an effect is too small for a sign in every setting."""
        rows = (self.value(s.setting, code, component) for s in self.solved())
        return all(abs(row.value_pct) <= self.section.negligible_pct for row in rows if row)

    def economy(self, code: str) -> str:
        """Return the name of an economy or of third countries together."""
        return (
            self.text("common.third")
            if code == THIRD
            else self.text.named(self.section.economy_names.get(code, {}), code)
        )

    def percent(self, value: float) -> str:
        """Write an effect with as many decimals as it needs."""
        return self.text.percent(value, decimals(value), signed=True)

    def setting(self, kind: str, choice: str) -> str:
        """Name a setting by what differs in it."""
        if kind == "central":
            return self.text("worlds.central")
        if kind == "nowcast":
            return self.text("worlds.nowcast", year=choice)
        if kind == "elasticity":
            return self.text("worlds.elasticity", name=self.set_name(choice))
        if kind == "services":
            return self.text("worlds.services", value=self.text.short(float(choice)))
        return self.text.of("worlds.closure", choice)

    def set_name(self, name: str) -> str:
        """Name a set of elasticities with its publication where that is known."""
        key = f"worlds.set.{name}"
        return self.text.of("worlds.set", name) if self.text.has(key) else name

    def own_setting(self) -> str:
        """Describe the study's own setting."""
        section = self.section
        parts = [self.text("worlds.table", year=section.table_year)]
        if section.set:
            parts.append(self.text("worlds.elasticity", name=self.set_name(section.set)))
        if section.services is not None:
            parts.append(self.text("worlds.services", value=self.text.short(section.services)))
        return self.text("common.comma").join([*parts, self.text.of("worlds.closure", section.closure)])


def _turned(told: _Told) -> Points | None:
    """Point out every effect whose sign turns, with the numbers."""
    text, items, sizes = told.text, [], []
    for component, code, rows in told.turned():
        sizes.append(abs(rows[0].central_pct or 0.0))
        others = [
            text("worlds.with", setting=told.setting(r.kind, r.choice), value=told.percent(r.value_pct)) for r in rows
        ]
        items.append(
            text(
                "worlds.turn",
                component=text.of("value.component", component),
                name=told.economy(code),
                central=told.percent(rows[0].central_pct or 0.0),
                others=text("common.semicolon").join(others),
            )
        )
    if not items:
        return None
    return Points(text("worlds.turned", most=text.percent(max(sizes), decimals(max(sizes)))), items)


def _stable(told: _Told) -> Paragraph | None:
    """Say which effects keep their sign in every setting, and which are nothing in all of them."""
    text = told.text
    turned = {(component, code) for component, code, _ in told.turned()}
    said = []
    for key, nothing in (("stable", False), ("nothing", True)):
        parts = []
        for code in told.codes:
            kept = [
                text.of("value.component", c)
                for c in COMPARED
                if told.value("central:", code, c) and (c, code) not in turned and told.is_nothing(code, c) is nothing
            ]
            if kept:
                parts.append(text("value.zero_of", name=told.economy(code), components=text.list(kept)))
        if parts:
            said.append(text.of("worlds", key, n=len(told.solved()), parts=text("common.semicolon").join(parts)))
    return Paragraph(text("common.space").join(said)) if said else None


def _newer(told: _Told) -> Grid | None:
    """Set the effects on the study's table beside those on newer totals of goods trade."""
    text = told.text
    newer = told.solved("nowcast")
    if not newer:
        return None
    names = ["central:", *(s.setting for s in newer)]
    rows = []
    for component in BESIDE:
        for code in told.codes:
            found = [told.value(name, code, component) for name in names]
            if any(found):
                label = text("worlds.of", part=text.of("value.component", component), name=told.economy(code))
                rows.append([label, *(_cell(told, row) for row in found)])
    last = newer[-1]
    worth = {
        f"{side}_{when}": _worth(told, setting, code)
        for side, code in zip("ab", told.codes, strict=False)
        for when, setting in (("table", "central:"), ("newer", last.setting))
    }
    partners = dict(zip(("a_name", "b_name"), map(told.economy, told.codes), strict=False))
    each = {
        told.economy(code): text(
            "worlds.newer_part",
            newer=_worth(told, last.setting, code),
            table=_worth(told, "central:", code),
        )
        for code in told.section.partners
    }
    return Grid(
        title=text("worlds.newer", year=last.choice, parts=text.each(each), **partners, **worth),
        columns=[
            text.of("worlds.column", "effect"),
            text("worlds.table", year=told.section.table_year),
            *(text("worlds.nowcast", year=s.choice) for s in newer),
        ],
        rows=rows,
        numeric=tuple(range(1, len(names) + 1)),
        source=text("worlds.source", year=told.section.deadline),
        csv="worlds",
        fold=SHOWN,
    )


def _worth(told: _Told, setting: str, code: str) -> str:
    row = told.value(setting, code, "coordination")
    return "–" if row is None else told.percent(row.value_pct)


def _totals(told: _Told) -> Folded | None:
    """State each total with its price basis and how it was brought to the table's year."""
    text, totals = told.text, told.section.nowcast_totals.rows
    if not totals:
        return None
    rows = [
        [
            text(
                "worlds.flow",
                exporter=told.economy(r.exporter),
                importer=told.economy(r.importer),
                year=r.year,
            ),
            _billion(r.stated, text),
            text.of("worlds.basis", r.basis),
            text.number(1 / r.basis_factor, 2),
            text.number(r.year_factor, 3),
            _billion(r.before, text),
            _billion(r.after, text),
        ]
        for r in totals
    ]
    heads = ("flow", "stated", "basis", "basis_factor", "year_factor", "before", "after")
    grid = Grid(
        title=text("worlds.totals", year=told.section.table_year),
        columns=[text.of("worlds.column", head) for head in heads],
        rows=rows,
        numeric=(1, 3, 4, 5, 6),
        source=text(
            "worlds.totals_source", sources=text("common.semicolon").join(dict.fromkeys(r.source for r in totals))
        ),
        csv="nowcast_totals",
    )
    return Folded(text("worlds.basis_summary"), [Paragraph(text("worlds.basis_how")), grid])


def _billion(million: float, text: Translator) -> str:
    return text.number(text.charted(million), 1)


def _figure(told: _Told, name: str, components: Sequence[str]) -> Figure | None:
    """Draw the smallest and largest value over all settings, with the study's own as mark."""
    text, rows = told.text, []
    for component in components:
        for code in told.codes:
            values = [r.value_pct for s in told.solved() if (r := told.value(s.setting, code, component))]
            central = told.value("central:", code, component)
            if central is not None:
                row = {"row": text.of("value.component", component), "series": told.economy(code)}
                rows.append(row | {"low": min(values), "central": central.value_pct, "high": max(values)})
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    names = [told.economy(code) for code in told.codes]
    drawing = intervals(frame, sided(names, "third"), Scale(text.percent(0, 0).removeprefix("0")))
    spans = {code: _span(told, code, name) for code in told.section.partners}
    first, second = told.section.partners[:2]
    title = text.of(
        "worlds.figure",
        name,
        parts=text.each({told.economy(code): span for code, span in spans.items()}),
        a_name=told.economy(first),
        b_name=told.economy(second),
        a=spans[first],
        b=spans[second],
    )
    heads = {c: text.of("worlds.column", c) for c in ("row", "series", "low", "central", "high")}
    return Figure(
        name=f"worlds-{name}",
        title=title,
        alt=text(
            "worlds.alt", n=len(told.solved()), parts=text.list([text.of("value.component", c) for c in components])
        ),
        option=drawing.option,
        twin=frame.rename(columns=heads),
        source=with_zeros(
            text("worlds.figure_source", year=told.section.deadline, n=len(told.solved())), drawing.below, text
        ),
        height=drawing.height,
    )


def _span(told: _Told, code: str, component: str) -> str:
    """Write the span of one partner over all settings."""
    found = [r.value_pct for s in told.solved() if (r := told.value(s.setting, code, component))]
    low, high = min(found), max(found)
    return told.text.percent_range(low, high, decimals(low, high), signed=True)


def _by_setting(told: _Told, component: str, fold: int = 0) -> Grid | None:
    """Set all partners and third countries beside each other, one row a setting, signs that turn marked."""
    text, rows = told.text, []
    codes = [code for code in told.codes if told.value("central:", code, component) is not None]
    counted = component in COUNTED
    for setting in told.solved():
        row: list[str | Cell] = [told.setting(setting.kind, setting.choice)]
        row += [_cell(told, told.value(setting.setting, code, component)) for code in codes]
        if counted:
            turned = {
                "coordination": setting.third_sign_changes_coordination,
                "aligned": setting.third_sign_changes_aligned,
            }[component]
            row.append("–" if turned is None else text.number(turned, 0))
        rows.append(row)
    if not rows or not codes:
        return None
    return Grid(
        title=text.of("worlds.grid", component),
        columns=[
            text.of("worlds.column", "setting"),
            *map(told.economy, codes),
            *([text("worlds.others", n=told.section.third_countries)] if counted else []),
        ],
        rows=rows,
        numeric=tuple(range(1, len(codes) + 1 + counted)),
        source=text("worlds.source", year=told.section.deadline),
        csv="worlds",
        fold=fold,
    )


def _cell(told: _Told, row: SettingEffectRow | None) -> str | Cell:
    """Write an effect; one whose sign turns is marked in words."""
    if row is None:
        return "–"
    written = told.percent(row.value_pct)
    return Cell(written, tag=told.text("worlds.tag")) if row.sign_change else written


def _failed(told: _Told) -> Block | None:
    """Name the settings that were not solved, and why."""
    failed = [r for r in told.section.worlds_settings.rows if not r.solved]
    if not failed:
        return None
    items = [told.text("worlds.reason", setting=told.setting(r.kind, r.choice), reason=r.reason) for r in failed]
    return Points(told.text("worlds.failed", n=len(items)), items, "warning")
