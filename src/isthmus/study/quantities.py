"""What is measured in a solved world besides incomes: every outcome that a plan wants, energy and CO2."""

from collections.abc import Mapping, Sequence

from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.state import State
from isthmus.levers.energy import energy_balance
from isthmus.levers.outcomes import measure
from isthmus.levers.picture import Picture, picture
from isthmus.study.components import THIRD
from isthmus.study.study import Study

CO2, ENERGY = "co2:", "energy:"
"""What the name of a quantity begins with that is no outcome; the label of the economy follows."""

QUANTITY_FIELDS = ("outcomes", "energy", "partners")
"""Fields of the study that quantities are made of, besides its world."""


def quantity_names(study: Study, economies: Sequence[str]) -> list[str]:
    """Return the names of all quantities of a world, in order."""
    names = [outcome.id for outcome in study.outcomes]
    if study.energy is None:
        return names
    for economy in economies:
        if economy in study.partners:
            names += [CO2 + economy, ENERGY + economy]
    third = any(study.energy.co2_mt.get(e) is not None for e in economies if e not in study.partners)
    return [*names, *([CO2 + THIRD] if third else [])]


def quantities(study: Study, baseline: Baseline, state: State, parameters: Mapping[str, float]) -> dict[str, float]:
    """Return the ratio of after to before of every outcome, and of energy and CO2, at the deadline."""
    shown = picture(baseline, state)
    hats = {outcome.id: measure(outcome, shown, study.energy, parameters) for outcome in study.outcomes}
    return hats | _energy_hats(study, shown, parameters)


def _energy_hats(study: Study, shown: Picture, parameters: Mapping[str, float]) -> dict[str, float]:
    if study.energy is None:
        return {}
    found, before, after = {}, 0.0, 0.0
    for economy in shown.economies:
        balance = energy_balance(economy, shown, study.energy, parameters)
        if economy in study.partners:
            found[CO2 + economy], found[ENERGY + economy] = balance.co2_hat, balance.energy_hat
        elif balance.co2_mt is not None:
            before, after = before + balance.co2_mt, after + balance.co2_mt * balance.co2_hat
    return found | ({CO2 + THIRD: after / before} if before else {})
