"""Trade balances: the world without deficits that closure ``zero`` starts from."""

import dataclasses

import numpy as np

from isthmus.equilibrium.hat import Model, Solution, trade


def rebalanced(without: Solution) -> Model:
    """Return the model re-based on an equilibrium without deficits.

    Parameters
    ----------
    without
        Solution of closure ``none`` without any shock.
    """
    system, swept = without.system, without.sweep
    pi, value = trade(without)
    X = np.exp(without.ln_X)
    Y = value.sum(axis=2)
    VA = (system.beta * Y).sum(axis=0)
    return dataclasses.replace(
        system.model,
        pi=pi,
        sold=pi / system.model.tau,
        X=X,
        Y=Y,
        VA=VA,
        R=swept.R,
        D=np.zeros_like(VA),
        I=VA + swept.R,
    )
