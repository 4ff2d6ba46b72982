"""Energy use and CO2 of a solved scenario, relative to the world without it.

The table knows energy as spending. National CO2 is taken from reported totals and split over fuels by the carbon that
each fuel's spending would carry at a common price, or by reported shares where there are any; it then moves with the
volume of fuel that is burnt. Fuel that an industry turns into another fuel is not burnt and is left out. Process
emissions move with fuel. Energy in physical units follows from the same split and the carbon content of each fuel.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.levers.picture import Picture


@dataclass(frozen=True)
class Fuel:
    """A fuel: its sector, and names of its carbon content (tonnes CO2 per GJ) and common price (USD per GJ)."""

    sector: str
    factor: str
    price: str


@dataclass(frozen=True)
class EnergyAccounts:
    """What links the model's energy spending to energy and carbon.

    Attributes
    ----------
    fuels
        Fuels that are burnt.
    transformation
        Industries that turn fuels into other fuels.
    power
        Industry in which non-fossil energy replaces fuel.
    non_fossil
        Name of the share of non-fossil energy in energy use (percent) by economy, where known.
    co2_mt
        Reported CO2 of the world's year, million tonnes, by economy.
    fuel_share
        Reported share of each fuel in CO2 by economy and fuel sector, where known.
    """

    fuels: tuple[Fuel, ...]
    transformation: tuple[str, ...]
    power: str
    non_fossil: Mapping[str, str]
    co2_mt: Mapping[str, float]
    fuel_share: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class EnergyBalance:
    """Energy and carbon of one economy; `non_fossil` is None where the base share is not known."""

    economy: str
    co2_mt: float | None
    co2_hat: float
    co2_at_common_prices_mt: float
    energy_hat: float
    non_fossil_before: float | None
    non_fossil_after: float | None


def energy_balance(
    economy: str, picture: Picture, accounts: EnergyAccounts, parameters: Mapping[str, float]
) -> EnergyBalance:
    """Return energy and CO2 of an economy after a scenario relative to before.

    Raises
    ------
    BadInputError
        For an economy or sector that the world does not have.
    """
    n = picture.economy((economy,), "energy, economy")[0]
    fuels = [picture.sector((fuel.sector,), "energy, fuel")[0] for fuel in accounts.fuels]
    factor = np.array([parameters[fuel.factor] for fuel in accounts.fuels])
    price = np.array([parameters[fuel.price] for fuel in accounts.fuels])
    burnt = picture.use[n, fuels].copy()
    burnt[:, picture.sector(accounts.transformation, "energy, transformation")] = 0
    spent = burnt.sum(axis=1)
    weights = np.divide(burnt, spent[:, None], out=np.zeros_like(burnt), where=spent[:, None] > 0)
    volume_hat = np.where(spent > 0, (weights * picture.use_hat[n, fuels]).sum(axis=1), 1.0)
    carbon = spent / price * factor
    share = _carbon_share(economy, carbon, accounts)
    fossil = share / factor
    power = picture.sector((accounts.power,), "energy, power")[0]
    before, after, energy_hat = _non_fossil(
        economy, picture, accounts, parameters, n, fuels, weights, fossil, volume_hat, power
    )
    return EnergyBalance(
        economy=economy,
        co2_mt=accounts.co2_mt.get(economy),
        co2_hat=float((share * volume_hat).sum()),
        co2_at_common_prices_mt=float(carbon.sum()),
        energy_hat=energy_hat,
        non_fossil_before=before,
        non_fossil_after=after,
    )


def _carbon_share(economy: str, carbon: Array, accounts: EnergyAccounts) -> Array:
    """Return the share of each fuel in CO2: reported where there is a report, else from spending at common prices."""
    reported = accounts.fuel_share.get(economy)
    raw = carbon if reported is None else np.array([reported.get(fuel.sector, 0.0) for fuel in accounts.fuels])
    total = raw.sum()
    return raw / total if total > 0 else np.full(len(raw), 1 / len(raw))


def _non_fossil(
    economy: str,
    picture: Picture,
    accounts: EnergyAccounts,
    parameters: Mapping[str, float],
    n: int,
    fuels: list[int],
    weights: Array,
    fossil: Array,
    volume_hat: Array,
    power: int,
) -> tuple[float | None, float | None, float]:
    """Return the non-fossil share before and after, and the change of all energy.

    Non-fossil energy grows with the output of the power industry, and by the fuel that its requirement no longer needs.
    """
    fossil = fossil / fossil.sum()
    if economy not in accounts.non_fossil:
        return None, None, float((fossil * volume_hat).sum())
    before = parameters[accounts.non_fossil[economy]] / 100
    power_hat = picture.output_after[power, n] / picture.output[power, n] / picture.cost_hat[power, n]
    replaced = (fossil * weights[:, power] * (1 - picture.requirement[n, fuels, power])).sum() * power_hat
    clean = before * power_hat + (1 - before) * replaced
    fuel = (1 - before) * (fossil * volume_hat).sum()
    return before, float(clean / (clean + fuel)), float(clean + fuel)
