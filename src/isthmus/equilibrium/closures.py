"""Trade balances: the world without deficits that closure ``zero`` starts from."""

import dataclasses

import numpy as np

from isthmus.equilibrium.hat import Model
from isthmus.equilibrium.state import State


def rebalanced(without: State) -> Model:
    """Return the model re-based on an equilibrium without deficits.

    Parameters
    ----------
    without
        State under closure ``none`` without any shock.
    """
    return dataclasses.replace(
        without.before,
        pi=without.trade_share,
        sold=without.trade_share / without.before.tau,
        X=without.spending,
        Y=without.output,
        VA=without.factor_income,
        R=without.tariff_revenue,
        D=np.zeros_like(without.deficit),
        I=without.factor_income + without.tariff_revenue,
    )
