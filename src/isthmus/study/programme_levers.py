"""Levers that only projects have: what they do under every setting of the model, and how strong they are in a draw."""

from dataclasses import dataclass, replace

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.pairs import pair_label, pairs_of
from isthmus.equilibrium.state import State
from isthmus.levers.facts import Standing
from isthmus.levers.lever import Effect
from isthmus.levers.responses import Responses, respond
from isthmus.programme.acts import Acts
from isthmus.programme.exact import SETTINGS
from isthmus.study.blend import CROSS, Bench, Drawn, lasting_effects
from isthmus.study.border import SCOPES
from isthmus.study.components import THIRD, third_weights
from isthmus.study.draws import central_draw, median_draw
from isthmus.study.ensemble import EnsembleSection
from isthmus.study.headline import headline_world
from isthmus.study.jobs import Model, posed, setting_of
from isthmus.study.study import Study


@dataclass(frozen=True, kw_only=True)
class OwnLevers:
    """Levers of projects alone.

    Attributes
    ----------
    bench
        Their responses by setting, of partners and third economies together.
    entries
        For every part, the entries of the ledger that say how large the border cost is that it works on; none where the ledger
        has no such entry.
    centre
        Value of each of these entries at which the responses were taken.
    """

    bench: Bench
    entries: tuple[tuple[str, ...], ...]
    centre: dict[str, float]

    def effects(self, drawn: Drawn, lags: int) -> Array:
        """Return what every one of them does in full after 0, 1, … years of acting, (draw, lever, lag, label)."""
        levels = np.ones((drawn.count, len(self.entries)))
        for part, names in enumerate(self.entries):
            if names:
                levels[:, part] = np.mean([drawn.parameters[n] / self.centre[n] for n in names], axis=0)
        central = next(iter(self.bench.responses.values()))
        return lasting_effects(self.bench, drawn, range(len(central.levers)), lags, levels)


def own_levers(
    study: Study, section: EnsembleSection, acts: Acts, bench: Bench, standing: Standing
) -> OwnLevers | None:
    """Solve the levers that only projects have under every setting that draws choose from; None where there are none.

    Settings that differ in two respects are put together from those that differ in one. A cut of a cost is a share of what
    stands there, so that its effect is taken to be proportional to that cost (`entries`).

    Parameters
    ----------
    bench
        That of the study's own levers, of partners and third economies.
    """
    levers = acts.levers[len(study.levers) :]
    if not levers:
        return None
    world, _, moved = headline_world(study)
    numbers = {**central_draw(study).parameters, **acts.numbers}
    model = Model(
        study=study, world=world, moved=moved, standing=standing, central=numbers, reference=numbers,
        timetable=bench.timetable,
    )  # fmt: skip
    names = [str(name) for name in section.data["setting"].values if CROSS not in name]
    solved = {name: _responses(model, section, acts, name) for name in names}
    central = next(iter(solved.values()))
    effects = [central.levers[lever].effects[key[1]] for lever, key in zip(central.lever_of, central.keys, strict=True)]
    return OwnLevers(
        bench=replace(bench, responses=solved),
        entries=tuple(_entries(study, effect) for effect in effects),
        centre=dict(median_draw(study).parameters),
    )


def _responses(model: Model, section: EnsembleSection, acts: Acts, name: str) -> Responses:
    """Return the responses of projects' own levers in one setting; those to capital are the study's."""
    study = model.study
    world, problem, parameters = posed(model, setting_of(name), SETTINGS)
    weights, at = third_weights(world, study.partners), [world.economies.index(p) for p in study.partners]

    def observe(state: State) -> Array:
        income = state.welfare.ln_real_income
        return np.array([*income[at], np.log1p(np.expm1(income) @ weights)])

    facts = model.facts(world)
    alone = respond(problem, acts.levers[len(study.levers) :], parameters, facts, observe, SETTINGS)
    data = section.data.sel(setting=name)
    return replace(
        alone,
        capital_observed=data["capital_observed"].sel(quantity=[*study.partners, THIRD]).values,
        capital_returns=data["capital_returns"].values,
    )


def _entries(study: Study, effect: Effect) -> tuple[str, ...]:
    """Return the entries of the ledger for the cost an effect works on, the narrowest for each sector, its pair's first."""
    profiles = study.borders[0].profiles if study.borders else {}
    ends = {*effect.exporter, *effect.importer}
    pairs = [pair for pair in pairs_of(study.partners) if ends == {*pair}]
    own = [f"@{pair_label(way)}" for pair in pairs for way in (pair, pair[::-1])]
    found: list[str] = []
    for sector in effect.sector:
        if sector in profiles:
            group = profiles[sector].group
            wider = [scope for scope, groups in SCOPES.items() if group in groups]
            scopes = (group, *wider, profiles[sector].kind)
            names = [f"wedge_{effect.component}_{scope}{of}" for of in (*own, "") for scope in scopes]
            found += [name for name in names if name in study.ledger.parameters][:1]
    return tuple(found)
