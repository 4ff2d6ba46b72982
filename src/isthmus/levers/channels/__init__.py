"""Where levers enter the model, one module a channel: the shocks of an effect, and the size of each part of it.

A *part* of an effect is what changes size as one: its shocks of one kind. Its size is the logarithm of what it does at
full degree, up to a factor that does not depend on any number; sizes may be arrays over draws, shocks never are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number
from isthmus.levers.channels import capital, days, human_capital, inputs, productivity, tariff, trade_volume, wedge
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Channel, Effect

OPTIONAL = frozenset(
    {"additional", "base", "elasticity", "depreciation", "past_growth", "trend", "scope", "concentration"}
)
"""Roles a change may have besides: see `change.driver`."""


@dataclass(frozen=True)
class ChannelRule:
    """How one channel works.

    Attributes
    ----------
    required
        Roles of the numbers that an effect must name.
    shocks
        Shocks of an effect at its numbers, the world, a degree and the words that name it in errors.
    sizes
        Size of each part by kind of shock, at full degree.
    optional
        Roles it may name besides.
    """

    required: frozenset[str]
    shocks: Callable[[Effect, Mapping[str, float], WorldFacts, float, str], list[Shock]]
    sizes: Callable[[Effect, Mapping[str, Number], WorldFacts, str], dict[str, Number]]
    optional: frozenset[str] = OPTIONAL


_TARGET = frozenset({"target", "additional"})

RULES: Mapping[Channel, ChannelRule] = {
    Channel.OUTPUT_PRODUCTIVITY: ChannelRule(_TARGET, productivity.output_shocks, productivity.sizes),
    Channel.VALUE_ADDED_PRODUCTIVITY: ChannelRule(_TARGET, productivity.value_added_shocks, productivity.sizes),
    Channel.HUMAN_CAPITAL: ChannelRule(_TARGET, human_capital.shocks, human_capital.sizes),
    Channel.CAPITAL: ChannelRule(_TARGET | {"depreciation", "past_growth"}, capital.shocks, capital.sizes),
    Channel.TRADE_VOLUME: ChannelRule(_TARGET, trade_volume.shocks, trade_volume.sizes),
    Channel.WEDGE: ChannelRule(frozenset({"overhead", "removed"}), wedge.shocks, wedge.sizes),
    Channel.DAYS: ChannelRule(frozenset({"per_day", "days"}), days.shocks, days.sizes),
    Channel.INPUT: ChannelRule(_TARGET | {"net_saving"}, inputs.shocks, inputs.sizes),
    Channel.TARIFF: ChannelRule(
        frozenset({"removed"}), tariff.shocks, tariff.sizes, OPTIONAL | {tariff.USE, tariff.COMPLIANCE}
    ),
}

REQUIRED: Mapping[Channel, frozenset[str]] = {channel: rule.required for channel, rule in RULES.items()}
"""Roles of the numbers that an effect of each channel must name."""
