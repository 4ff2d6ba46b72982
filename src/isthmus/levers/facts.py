"""What the arithmetic of levers needs of a calibrated world, and what the border costs cell by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from isthmus.core.axes import Array
from isthmus.core.labels import positions
from isthmus.economy.baseline import Baseline
from isthmus.levers.ways import Ways


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the border costs where levers work on it.

    Attributes
    ----------
    costs
        Central cost within the reach of policy that nobody receives, by component, as a fraction, (sector, exporter,
        importer); not a number where the border was not priced.
    central
        Central value of the ledger's entries, by name: a draw of an entry for a group of cells moves each cell's own cost
        in the same proportion.
    ways
        What full ways take back of cuts; None where no network says.
    """

    costs: Mapping[str, Array] = field(default_factory=dict)
    central: Mapping[str, float] = field(default_factory=dict)
    ways: Ways | None = None


@dataclass(frozen=True, kw_only=True)
class WorldFacts:
    """Plain arrays of a world.

    Attributes
    ----------
    economies, sectors, groups
        Labels, and groups of sectors by name.
    value_added_share
        beta, (sector, economy).
    cost_share
        (1 - beta) gamma: share of each input in the value of output, (economy, input, industry).
    output
        Million USD, (sector, economy): weights of averages, never of a shock.
    trade_elasticity
        theta by sector.
    capital_share
        chi by economy.
    tariff
        Tariff factor in force, (sector, exporter, importer).
    standing
        What the border costs.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    groups: Mapping[str, Sequence[str]]
    value_added_share: Array
    cost_share: Array
    output: Array
    trade_elasticity: Array
    capital_share: Array
    tariff: Array
    standing: Standing = Standing()

    def sector(self, selector: Sequence[str], where: str) -> list[int]:
        """Return positions of sectors."""
        return positions(tuple(selector), self.sectors, where, dict(self.groups))

    def economy(self, selector: Sequence[str], where: str) -> list[int]:
        """Return positions of economies."""
        return positions(tuple(selector), self.economies, where)


def world_facts(baseline: Baseline, standing: Standing | None = None) -> WorldFacts:
    """Return what the arithmetic of levers needs of a world."""
    beta = baseline.value_added_share.values
    return WorldFacts(
        economies=baseline.economies,
        sectors=baseline.sectors,
        groups=baseline.sector_groups,
        value_added_share=beta,
        cost_share=baseline.input_share.values * (1 - beta.T)[:, None, :],
        output=baseline.output.values,
        trade_elasticity=baseline.elasticity.values,
        capital_share=baseline.capital_share.values,
        tariff=baseline.tariff_factor.values,
        standing=standing or Standing(),
    )
