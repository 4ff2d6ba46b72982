"""The value of alignment again: on newer trade, with other elasticities, under other closures; which signs change."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from isthmus.core.axes import Array
from isthmus.core.errors import IsthmusError
from isthmus.economy.baseline import Baseline, WorldTable
from isthmus.economy.calibrate import calibrate
from isthmus.economy.elasticities import choose_elasticity
from isthmus.economy.nowcast import Nowcast, nowcast
from isthmus.equilibrium.scenario import CLOSURES
from isthmus.equilibrium.solve import Settings
from isthmus.levers.change import target_values
from isthmus.levers.worlds import Timetable, solve_worlds
from isthmus.study.components import THIRD, four_worlds, split, third_weights, with_third
from isthmus.study.labels import names
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Section, Station, Work
from isthmus.study.study import Study

COMPARED = ("own", "spillover", "coordination", "aligned")
"""Effects that are compared."""

SERVICES = "services_elasticity"
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


def compute(study: Study, findings: Findings, work: Work) -> Section:
    """Solve the worlds of both plans at central values in every setting, up to the deadline, and compare the effects."""
    moved = _nowcasts(study)
    settings = _settings(study, moved)
    weights = third_weights(study.baseline, study.partners)
    standing = standing_costs(findings, study.baseline)

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
    table = _table(study, solved, central)
    return Section(
        {
            "partners": list(study.partners),
            "names": names(study.baseline.table.economy_names if study.baseline.table else {}),
            "deadline": study.deadline,
            "table_year": study.baseline.table.year if study.baseline.table else None,
            "closure": study.trade_balance,
            "set": _central_set(study.baseline),
            "services": study.ledger.central().get(SERVICES),
            "third_countries": len(study.baseline.economies) - len(study.partners),
            "effects": int(table[table["kind"] == "central"]["value_pct"].notna().sum()),
            "negligible_pct": NEGLIGIBLE_PCT,
        },
        {
            "worlds": table,
            "worlds_settings": _settings_table(study, solved, central),
            "nowcast_totals": pd.concat(
                [done.totals for done in moved.values() if isinstance(done, Nowcast)] or [pd.DataFrame()],
                ignore_index=True,
            ),
        },
    )


STATION = Station(
    name="worlds",
    inputs=("world", "settings", "ledger", "targets", "levers", "nowcast"),
    needs=("border",),
    applies=lambda study: bool(study.levers) and study.baseline.table is not None,
    compute=compute,
)


def _nowcasts(study: Study) -> dict[str, Nowcast | str]:
    """Move the totals of each year on the study's table; a year that cannot be fitted gives its reason."""
    table = study.baseline.table
    found: dict[str, Nowcast | str] = {}
    for year in sorted({total.year for total in study.totals}) if table is not None else []:
        assert table is not None
        try:
            found[str(year)] = nowcast(table, [t for t in study.totals if t.year == year], study.world_trade)
        except IsthmusError as error:
            found[str(year)] = str(error)
    return found


def _settings(study: Study, moved: Mapping[str, Any]) -> list[Setting]:
    """List the settings, the study's own first; each other one differs from it in one respect."""
    used = _central_set(study.baseline)
    services = study.ledger.parameters.get(SERVICES)
    ends = [] if services is None else [v for v in (services.low, services.high) if v != services.value]
    return [
        Setting("central", ""),
        *(Setting("nowcast", year) for year in moved),
        *(Setting("elasticity", name) for name in _sets(study.baseline.table) if name != used),
        *(Setting("services", f"{value:g}") for value in ends),
        *(Setting("closure", name) for name in CLOSURES if name != study.trade_balance),
    ]


def _sets(table: WorldTable | None) -> list[str]:
    return [] if table is None else [str(name) for name in table.elasticities["set"].values]


def _central_set(baseline: Baseline) -> str:
    """Return the first elasticity set that the goods of the baseline take, or "" where none fits."""
    goods = [sector in baseline.goods for sector in baseline.sectors]
    for name in _sets(baseline.table):
        assert baseline.table is not None
        if np.allclose(choose_elasticity(baseline.table, name)[goods], baseline.elasticity.values[goods]):
            return name
    return ""


def _effects(
    study: Study,
    setting: Setting,
    moved: Mapping[str, Nowcast | str],
    weights: Array,
    standing: Mapping[str, Array],
) -> dict[str, Array]:
    """Return the effects compared, each (N + 1,), third countries together last; weights are those of the study's table."""
    parameters = {**target_values(study.targets), **study.ledger.central()}
    baseline, closure = study.baseline, study.trade_balance
    if setting.kind == "nowcast":
        baseline = _on_newer(baseline, moved[setting.choice])
    elif setting.kind == "elasticity":
        baseline = _with_set(baseline, setting.choice)
    elif setting.kind == "services":
        parameters[SERVICES] = float(setting.choice)
    elif setting.kind == "closure":
        closure = setting.choice
    timetable = Timetable(study.start, study.deadline, study.deadline)
    worlds = solve_worlds(
        baseline,
        study.levers,
        parameters,
        four_worlds(study.levers, study.partners, parameters),
        timetable,
        trade_balance=closure,
        standing=standing,
        settings=Settings(tolerance=TOLERANCE),
    )
    incomes = {name: with_third(world.real_income[study.deadline], weights) for name, world in worlds.items()}
    found = split(incomes, [*study.baseline.economies, THIRD], study.partners)
    return {name: found[name] for name in COMPARED}


def _on_newer(baseline: Baseline, done: Nowcast | str) -> Baseline:
    """Return a baseline of the moved table with the elasticities of the study."""
    if isinstance(done, str):
        raise IsthmusError(done)
    return dataclasses.replace(
        calibrate(done.table), elasticity=baseline.elasticity, capital_share=baseline.capital_share
    )


def _with_set(baseline: Baseline, name: str) -> Baseline:
    """Return the baseline with the goods' elasticities of another set; services keep theirs, which no set estimates."""
    assert baseline.table is not None
    goods = np.array([sector in baseline.goods for sector in baseline.sectors])
    theta = np.where(goods, choose_elasticity(baseline.table, name), baseline.elasticity.values)
    return dataclasses.replace(baseline, elasticity=baseline.elasticity.copy(data=theta))


def _table(study: Study, solved: Mapping[Setting, Any], central: Mapping[str, Array]) -> pd.DataFrame:
    """Return the effects on both partners and third countries in every setting that was solved."""
    labels = [*study.baseline.economies, THIRD]
    rows = [
        (
            setting.name,
            setting.kind,
            setting.choice,
            labels[i],
            component,
            float(values[i]),
            float(central[component][i]),
        )
        for setting, effects in solved.items()
        if not isinstance(effects, str)
        for component, values in effects.items()
        for i in _shown(study, labels)
        if not np.isnan(values[i])
    ]
    columns = ["setting", "kind", "choice", "economy", "component", "value_pct", "central_pct"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["sign_change"] = _changed(frame["value_pct"].to_numpy(), frame["central_pct"].to_numpy())
    return frame


def _shown(study: Study, labels: Sequence[str]) -> Iterator[int]:
    yield from (labels.index(code) for code in (*study.partners, THIRD))


def _changed(values: Array, central: Array) -> np.ndarray:
    """Say where an effect points the other way than in the central setting."""
    size = np.minimum(np.abs(values), np.abs(central))
    return np.asarray((np.sign(values) * np.sign(central) < 0) & (size > NEGLIGIBLE_PCT))


def _settings_table(study: Study, solved: Mapping[Setting, Any], central: Mapping[str, Array]) -> pd.DataFrame:
    """Return one row a setting: solved or why not, and how many single third countries change sign by component."""
    third = [i for i, code in enumerate(study.baseline.economies) if code not in study.partners]
    rows = []
    for setting, effects in solved.items():
        row: dict[str, Any] = {"setting": setting.name, "kind": setting.kind, "choice": setting.choice}
        failed = isinstance(effects, str)
        row |= {"solved": not failed, "reason": effects if failed else ""}
        for component in ("coordination", "aligned"):
            count = np.nan if failed else int(_changed(effects[component][third], central[component][third]).sum())
            row[f"third_sign_changes_{component}"] = count
        rows.append(row)
    return pd.DataFrame(rows)
