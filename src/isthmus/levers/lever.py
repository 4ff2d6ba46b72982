"""What a lever is: the chain from a plan's target, or from a joint measure, to the model; records alone.

A lever acts through one or more effects. Each effect is a chain that can be read aloud:

1. *change*: how far the target (or an assumed entry of the ledger) moves, as a ratio;
2. *driver*: the part of it that would not happen anyway, to the power of a published elasticity. A target for yearly
   spending first becomes a stock by perpetual inventory;
3. *channel*: where the driver enters the model; `isthmus.levers.channels` has one module for each.

Every number is a name: an entry of the ledger, or ``target.ID`` and ``target.ID.base`` of a plan's target. Only the
excess over the trend becomes a shock, and it grows with the degree (0 to 1) to which the lever is carried out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

JOINT = "joint"


class Form(StrEnum):
    """How a target's number becomes a ratio of new to old."""

    RATIO = "ratio"
    """target / base; without base the target is itself a ratio."""
    PERCENT = "percent"
    """(1 + target / 100) / (1 + base / 100), the base being what was reached by the base year, nothing if not named."""
    GROWTH = "growth"
    """(1 + target / 100) to the power of the years."""
    DIFFERENCE = "difference"
    """exp(target - base): the elasticity is then a semi-elasticity, the effect of one unit on the logarithm."""
    REMAINDER = "remainder"
    """(100 - target) / (100 - base): what is left when a share in percent grows."""


class Channel(StrEnum):
    """Where an effect enters the model."""

    OUTPUT_PRODUCTIVITY = "output_productivity"
    """A_hat = driver."""
    VALUE_ADDED_PRODUCTIVITY = "value_added_productivity"
    """A_hat = driver ** beta, for labour productivity and for elasticities measured on value added."""
    HUMAN_CAPITAL = "human_capital"
    """V_hat = driver ** (1 - chi): more able, not more numerous, workers."""
    CAPITAL = "capital"
    """K_hat = driver."""
    TRADE_VOLUME = "trade_volume"
    """kappa_hat = driver ** (-1 / theta): the cost change that moves trade by the driver."""
    WEDGE = "wedge"
    """kappa_hat = (1 + o (1 - s d)) / (1 + o): overhead o of which the share s is removed to the degree d."""
    DAYS = "days"
    """kappa_hat = (1 + rho) ** (-days a d): days saved at the cost rho of one day, a the part that is not trend."""
    INPUT = "input"
    """Requirement m = driver on inputs; A_hat = z ** (1 - net), the part of the saving spent on achieving it."""
    TARIFF = "tariff"
    """New rate t + (g - t) s u d: the share s of the way to g, free or adopted, on the part u of trade that uses it."""

    @property
    def branch(self) -> str:
        """Say which of `BRANCHES` the channel belongs to."""
        return BORDER if self in BORDER_CHANNELS else TECHNOLOGY


BORDER, TECHNOLOGY = "border", "technology"
BRANCHES = (BORDER, TECHNOLOGY)
"""Trade costs and tariffs; and productivity, inputs, skills and capital: the evidence for the two differs."""

BORDER_CHANNELS = (Channel.TRADE_VOLUME, Channel.WEDGE, Channel.DAYS, Channel.TARIFF)


@dataclass(frozen=True)
class Effect:
    """One way in which a lever enters the model.

    Attributes
    ----------
    channel, form
        Where it enters, and how the target's number becomes a ratio.
    numbers
        Name of each number by its role (see `channels.REQUIRED` and `channels.OPTIONAL`).
    economy, sector
        Where it acts; for the input channel `sector` holds the industries.
    input
        Inputs whose requirement changes.
    exporter, importer
        Directions of a trade cost; both directions are two effects.
    component
        For a wedge: the component of the border's cost that it works on, so that no cell loses more than stands there.
    adopts
        For a tariff: members of a customs union, among the importers, whose rates on all others are adopted, their mean where
        they are several; empty for an agreement.
    """

    channel: Channel
    numbers: Mapping[str, str]
    form: Form = Form.RATIO
    economy: tuple[str, ...] = ()
    sector: tuple[str, ...] = ("*",)
    input: tuple[str, ...] = ()
    exporter: tuple[str, ...] = ()
    importer: tuple[str, ...] = ()
    component: str = ""
    adopts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lever:
    """How a plan, or a measure of several sides together, acts on the model.

    Attributes
    ----------
    owner
        Label of the partner whose plan it is, or ``joint``.
    partners
        Who must act: the owner, or every side of a joint measure.
    targets
        Ids of the targets it serves, by partner; a side without a number in its plan has an empty tuple.
    base_year, start, full
        Year the change is counted from, first year of effect, first year of full effect.
    alone
        For a joint lever: name of the ledger entry with the degree each side reaches without an agreement.
    lag
        Name of the ledger entry with the years lost when the sides start without an agreement.
    """

    id: str
    titles: Mapping[str, str]
    family: str
    owner: str
    partners: tuple[str, ...]
    targets: Mapping[str, tuple[str, ...]]
    effects: tuple[Effect, ...]
    base_year: int
    start: int
    full: int
    alone: Mapping[str, str] = field(default_factory=dict)
    lag: str = ""
    note: str = ""

    @property
    def joint(self) -> bool:
        """Say whether several sides must act."""
        return self.owner == JOINT
