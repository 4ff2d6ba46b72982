"""The value of alignment again: on newer trade, with other elasticities, under other closures; which signs change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import IsthmusError
from isthmus.economy.aggregate import Names
from isthmus.economy.nowcast import Nowcast
from isthmus.equilibrium.scenario import CLOSURES
from isthmus.equilibrium.solve import Settings
from isthmus.levers.facts import BorderCosts
from isthmus.levers.worlds import Timetable, solve_worlds
from isthmus.study.border import BorderSection
from isthmus.study.columns import Exporter, Importer, Source, Year
from isthmus.study.components import THIRD, plan_by_plan, split, third_weights, with_third
from isthmus.study.corridors import CorridorsSection
from isthmus.study.draws import central_draw
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.variants import SERVICES, central_set, elasticity_sets, nowcasts, variant

COMPARED = ("own", "spillover", "coordination", "aligned")
"""Effects that are compared."""

TOLERANCE = 1e-12
"""Residual to reach: spillovers are differences of large effects and can be as small as 1e-4 percent."""

NEGLIGIBLE_PCT = 1e-6
"""Effects within this many percent of zero have no sign."""


@dataclass(frozen=True)
class Setting:
    """One departure from the study's own setting: `kind` says what differs, `choice` how.

    Kinds are ``central`` (nothing differs), ``nowcast`` (choice: year of the totals), ``elasticity`` (choice: set that the
    goods take), ``services`` (choice: their elasticity) and ``closure`` (choice: its name).
    """

    kind: str
    choice: str

    @property
    def name(self) -> str:
        """Identifier."""
        return f"{self.kind}:{self.choice}"


SettingName = Annotated[str, key("KIND:CHOICE, what differs from the study's own setting and how")]
SettingKind = Annotated[str, note("central, nowcast, elasticity, services or closure")]
Choice = Annotated[str, note("year of the totals, set, elasticity or closure")]
Million = "million USD"


@dataclass(frozen=True)
class SettingEffectRow:
    """An effect of the plans in one setting, at central values."""

    setting: SettingName
    kind: SettingKind
    choice: Choice
    economy: Annotated[str, key("partner, or `third` for all others together")]
    component: Annotated[str, key("own, spillover, coordination or aligned")]
    value_pct: Annotated[float, measure("%", "effect on real income in this setting")]
    central_pct: Annotated[float | None, measure("%", "effect in the study's own setting")]
    sign_change: Annotated[bool, note("whether it points the other way than in the study's own setting")]


@dataclass(frozen=True)
class SettingRow:
    """A setting: solved or why not, and how many single third countries change sign."""

    setting: SettingName
    kind: SettingKind
    choice: Choice
    solved: Annotated[bool, note("whether it was solved")]
    reason: Annotated[str, note("why not, in English")]
    third_sign_changes_coordination: Annotated[
        int | None, measure("economies", "third countries whose sign of coordination turns")
    ]
    third_sign_changes_aligned: Annotated[
        int | None, measure("economies", "third countries whose sign of aligned turns")
    ]


@dataclass(frozen=True)
class TotalRow:
    """A newer total of goods trade and how it was brought to the table."""

    exporter: Exporter
    importer: Importer
    year: Year
    stated: Annotated[float, measure(Million, "total as published")]
    basis: Annotated[str, note("fob or cif")]
    basis_factor: Annotated[float, measure("1", "factor from the stated basis to fob")]
    year_factor: Annotated[float, measure("1", "world goods trade of the table's year over that of the total's")]
    target: Annotated[float, measure(Million, "total to be reached in the table")]
    source: Source
    before: Annotated[float, measure(Million, "total in the table before")]
    after: Annotated[float, measure(Million, "total in the table after")]


@dataclass(frozen=True, kw_only=True)
class WorldsSection(Section):
    """The effects of the plans in other settings."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    deadline: Annotated[int, Help("year in which targets are due")]
    table_year: Annotated[int | None, Help("year of the world's table")]
    closure: Annotated[str, Help("the study's own rule for trade balances")]
    set: Annotated[str, Help("the study's own set of elasticities")]
    services: Annotated[float | None, Help("the study's own elasticity of services, where the ledger names one")]
    third_countries: Annotated[int, Help("economies that are no partners")]
    effects: Annotated[int, Help("effects that are compared")]
    negligible_pct: Annotated[float, Help("effects within this many percent of zero have no sign")]
    worlds: Annotated[Table[SettingEffectRow], Help("effects in every setting that was solved", at="deadline")]
    worlds_settings: Annotated[Table[SettingRow], Help("settings, solved or why not")]
    nowcast_totals: Annotated[
        Table[TotalRow], Help("newer totals of goods trade and how they were brought to the table")
    ]


def compute(study: Study, findings: Findings, work: Work) -> WorldsSection:
    """Solve the worlds of both plans at central values in every setting, up to the deadline, and compare the effects."""
    world = study.baseline.table
    assert world is not None
    moved = nowcasts(study)
    settings = _settings(study, moved)
    weights = third_weights(study.baseline, study.partners)
    standing = standing_costs(findings, study)

    def one(setting: Setting) -> dict[str, Array] | str:
        try:
            return _effects(study, setting, moved, weights, standing)
        except IsthmusError as error:
            return str(error)

    work.progress(0.1)
    solved = dict(zip(settings, work.map(one, settings), strict=True))
    work.progress(0.95)
    central = solved[settings[0]]
    if isinstance(central, str):
        central = {name: np.full(len(study.baseline.economies) + 1, np.nan) for name in COMPARED}
    effects = _effect_rows(study, solved, central)
    return WorldsSection(
        partners=study.partners,
        economy_names=study.economy_names,
        deadline=study.deadline,
        table_year=world.year,
        closure=study.trade_balance,
        set=central_set(study.baseline),
        services=study.ledger.central().get(SERVICES),
        third_countries=len(study.baseline.economies) - len(study.partners),
        effects=sum(row.kind == "central" for row in effects),
        negligible_pct=NEGLIGIBLE_PCT,
        worlds=table(SettingEffectRow, effects),
        worlds_settings=table(SettingRow, _setting_rows(study, solved, central)),
        nowcast_totals=table(TotalRow, _totals(moved)),
    )


STATION = Station(
    name="worlds",
    section=WorldsSection,
    reads=(
        *("partners", "economy_names", "start", "deadline", "baseline", "trade_balance", "ledger", "targets", "levers"),
        *("totals", "world_trade", "asked"),
    ),
    needs=(BorderSection, CorridorsSection),
    applies=lambda study: bool(study.levers) and study.baseline.table is not None,
    compute=compute,
    weight=2,
)


def _totals(moved: Mapping[str, Nowcast | str]) -> list[TotalRow]:
    fitted = [done.totals for done in moved.values() if isinstance(done, Nowcast)]
    rows = [dict(zip(map(str, row), row.values(), strict=True)) for found in fitted for row in found.to_dict("records")]
    return [TotalRow(**row) for row in rows]


def _settings(study: Study, moved: Mapping[str, Nowcast | str]) -> list[Setting]:
    """List the settings, the study's own first; each other one differs from it in one respect."""
    used = central_set(study.baseline)
    services = study.ledger.parameters.get(SERVICES)
    ends = [] if services is None else [v for v in (services.low, services.high) if v != services.value]
    return [
        Setting("central", ""),
        *(Setting("nowcast", year) for year in moved),
        *(Setting("elasticity", name) for name in elasticity_sets(study.baseline.table) if name != used),
        *(Setting("services", f"{value:g}") for value in ends),
        *(Setting("closure", name) for name in CLOSURES if name != study.trade_balance),
    ]


def _effects(
    study: Study,
    setting: Setting,
    moved: Mapping[str, Nowcast | str],
    weights: Array,
    standing: BorderCosts,
) -> dict[str, Array]:
    """Return the effects compared, each (N + 1,), third countries together last; weights are those of the study's table."""
    parameters = dict(central_draw(study).parameters)
    baseline, closure = study.baseline, study.trade_balance
    if setting.kind == "nowcast":
        baseline = variant(baseline, moved, trade_year=setting.choice)
    elif setting.kind == "elasticity":
        baseline = variant(baseline, moved, elasticity=setting.choice)
    elif setting.kind == "services":
        parameters[SERVICES] = float(setting.choice)
    elif setting.kind == "closure":
        closure = setting.choice
    timetable = Timetable(study.start, study.deadline, study.deadline)
    worlds = solve_worlds(
        baseline,
        study.levers,
        parameters,
        plan_by_plan(study.levers, study.partners, parameters, study.asked),
        timetable,
        trade_balance=closure,
        standing=standing,
        settings=Settings(tolerance=TOLERANCE),
    )
    incomes = {name: with_third(world.real_income[study.deadline], weights) for name, world in worlds.items()}
    found = split(incomes, [*study.baseline.economies, THIRD], study.partners)
    return {name: found[name] for name in COMPARED}


def _effect_rows(
    study: Study, solved: Mapping[Setting, dict[str, Array] | str], central: Mapping[str, Array]
) -> list[SettingEffectRow]:
    """Return the effects on the partners and third countries in every setting that was solved."""
    labels = [*study.baseline.economies, THIRD]
    shown = [labels.index(code) for code in (*study.partners, THIRD)]
    rows = []
    for setting, effects in solved.items():
        for component, values in () if isinstance(effects, str) else effects.items():
            turned = _changed(values, central[component])
            for i in (i for i in shown if not np.isnan(values[i])):
                numbers = float(values[i]), float(central[component][i]), bool(turned[i])
                rows.append(
                    SettingEffectRow(setting.name, setting.kind, setting.choice, labels[i], component, *numbers)
                )
    return rows


def _changed(values: Array, central: Array) -> np.ndarray:
    """Say where an effect points the other way than in the central setting."""
    size = np.minimum(np.abs(values), np.abs(central))
    return np.asarray((np.sign(values) * np.sign(central) < 0) & (size > NEGLIGIBLE_PCT))


def _setting_rows(
    study: Study, solved: Mapping[Setting, dict[str, Array] | str], central: Mapping[str, Array]
) -> list[SettingRow]:
    """Return one row a setting: solved or why not, and how many single third countries change sign by component."""
    third = [i for i, code in enumerate(study.baseline.economies) if code not in study.partners]
    rows = []
    for setting, effects in solved.items():
        name = setting.name, setting.kind, setting.choice
        if isinstance(effects, str):
            rows.append(SettingRow(*name, False, effects, None, None))
            continue
        turned = [
            int(_changed(effects[component][third], central[component][third]).sum())
            for component in ("coordination", "aligned")
        ]
        rows.append(SettingRow(*name, True, "", *turned))
    return rows
