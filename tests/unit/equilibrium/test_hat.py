"""One sweep through the equations, and what is made ready for it, written out once more in loops."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from isthmus.economy.baseline import Baseline
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium import hat
from isthmus.equilibrium.hat import System, deficits, normalise, prepare, sweep, unpack
from isthmus.equilibrium.scenario import Scenario, Shock, resolve

N, S = 4, 3
SHOCKS = (
    Shock("trade_cost", -20, exporter="E00", importer="E01"),
    Shock("tariff", exporter="E02", importer="E00", sector="S01", rate=0.3),
    Shock("productivity", 7, economy="E01", sector="S00"),
    Shock("labour", 6, economy="E00"),
    Shock("input_requirement", -30, economy="E02", input="S00", industry="S01"),
)


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return calibrate(synthetic_world(N, S, np.random.default_rng(4)))


def made(baseline: Baseline, closure: str = "fixed", numeraire: int | None = None, transfer: Any = None) -> System:
    changes = resolve(Scenario(SHOCKS), baseline)
    if transfer is not None:
        changes = dataclasses.replace(changes, transfer=np.array(transfer))
    return prepare(unpack(baseline), changes, closure, numeraire)


def in_two_blocs(system: System) -> System:
    return dataclasses.replace(system, blocs=(np.array([0, 2]), np.array([1, 3])))


def test_deficits_of_each_closure_by_hand(baseline: Baseline) -> None:
    """In proportion to value added, less what they do not sum to in each bloc, by value added; transfers beside them."""
    moved = np.array([3.0, -1.0, -1.5, -0.5])
    system = made(baseline, "own_va", transfer=moved)
    D, VA = baseline.deficit.values, baseline.value_added.values
    wages = VA * np.array([1.1, 0.9, 1.2, 1.0])
    for given in (system, in_two_blocs(system)):
        expected = np.zeros(N)
        for bloc in given.blocs:
            left = sum(D[n] / VA[n] * wages[n] for n in bloc)
            for n in bloc:
                share = wages[n] / sum(wages[m] for m in bloc)
                expected[n] = D[n] / VA[n] * wages[n] - share * left + moved[n]
        np.testing.assert_allclose(deficits(given, wages), expected, rtol=1e-12)
    np.testing.assert_allclose(deficits(dataclasses.replace(system, closure="fixed"), wages), D + moved, rtol=1e-12)
    np.testing.assert_allclose(deficits(dataclasses.replace(system, closure="none"), wages), moved, rtol=1e-12)


def test_price_levels_by_hand(baseline: Baseline) -> None:
    """Every bloc keeps its value added, but for the one that holds the numéraire, whose factor price stays."""
    ln_v, VA = np.array([0.1, -0.2, 0.3, 0.4]), baseline.value_added.values
    for numeraire in (None, 2):
        system = in_two_blocs(made(baseline, numeraire=numeraire))
        scaled = normalise(system, ln_v)
        wages = np.exp(scaled + system.ln_bundle) * VA
        assert wages[[1, 3]].sum() == pytest.approx(VA[[1, 3]].sum())
        if numeraire is None:
            assert wages[[0, 2]].sum() == pytest.approx(VA[[0, 2]].sum())
        else:
            assert scaled[2] == pytest.approx(0)
        np.testing.assert_allclose(np.diff(scaled[[0, 2]]), 0.2)
        np.testing.assert_allclose(np.diff(scaled[[1, 3]]), 0.6)


def test_purchases_and_elasticities_of_the_world_in_one_sector(
    baseline: Baseline, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, given = made(baseline), {}
    pi, X, Y = (getattr(baseline, name).values for name in ("trade_share", "spending", "output"))
    theta, beta, VA = baseline.elasticity.values, baseline.value_added_share.values, baseline.value_added.values
    expected = np.zeros((N, N))
    for j in range(S):
        for i in range(N):
            for n in range(N):
                phi = 0.8 if (i, n) == (0, 1) else 1.0
                if (j, i, n) == (1, 2, 0):
                    phi = 1.3 / baseline.tariff_factor.values[j, i, n]
                expected[i, n] += pi[j, i, n] * phi ** -theta[j] * X[j, n]
    np.testing.assert_allclose(system.purchases, expected, rtol=1e-12)
    np.testing.assert_allclose(
        system.model.flows.sum(axis=0) - (pi / baseline.tariff_factor.values * X[:, None]).sum(axis=0), 0, atol=1e-9
    )
    monkeypatch.setattr(hat, "one_sector", lambda **named: given.update(named))
    assert system.whole is None
    weights = beta * Y / VA
    assert weights.sum(axis=0) == pytest.approx(np.ones(N))
    np.testing.assert_allclose(given["theta"], [sum(weights[j, n] * theta[j] for j in range(S)) for n in range(N)])
    np.testing.assert_allclose(given["purchases"], expected, rtol=1e-12)
    np.testing.assert_allclose(given["output"], Y.sum(axis=0))


def test_plain_passes_move_at_a_pace_by_hand(baseline: Baseline) -> None:
    """What is sold abroad answers with theta to a dearer economy, what is sold at home to its own buyers does not."""
    system, model = made(baseline), unpack(baseline)
    for n in range(N):
        answer = 1.0
        for j in range(S):
            kept = model.pi[j, n, n] * model.sold[j, n, n] * model.X[j, n] / model.Y[j, n]
            answer += model.beta[j, n] * model.Y[j, n] / model.VA[n] * model.theta[j] * (1 - kept)
        assert system.pace[n] == pytest.approx(1.5 / answer)


def test_a_sweep_tells_how_far_it_is_from_what_went_in(baseline: Baseline) -> None:
    system, chance = made(baseline), np.random.default_rng(1)
    ln_v = normalise(system, 0.1 * chance.standard_normal(N))
    ln_P, ln_X = 0.1 * chance.standard_normal((S, N)), np.log(baseline.spending.values) + 0.1
    ln_X[0, 0] -= 0.5
    still = sweep(system, ln_v, ln_P, ln_X, 0.0)
    assert still.price == pytest.approx(np.abs(still.ln_P - ln_P).max())
    assert still.expenditure == pytest.approx(np.abs(still.ln_X - ln_X).max())
    excess = np.log((system.beta * still.Y).sum(axis=0) / still.wages)
    assert still.labour == pytest.approx(np.abs(excess).max())
    assert still.worst == max(still.price, still.expenditure, still.labour)
    np.testing.assert_allclose(still.ln_v, ln_v, atol=1e-12)
    np.testing.assert_array_equal(still.at, ln_P)
    plain = sweep(system, ln_v, ln_P, ln_X, 0.5, plain=True)
    np.testing.assert_allclose(plain.ln_v, normalise(system, ln_v + 0.5 * system.pace * excess), atol=1e-12)
    np.testing.assert_allclose(plain.ln_P, still.ln_P)
    np.testing.assert_allclose(plain.ln_X, still.ln_X)
    full = sweep(system, ln_v, ln_P, ln_X, 1.0)
    further = system.whole.answer(excess, still.ln_P - ln_P, still.ln_X - ln_X)
    np.testing.assert_allclose(full.ln_v, normalise(system, ln_v + further[0]), atol=1e-12)
    np.testing.assert_allclose(full.ln_P, still.ln_P + further[1], atol=1e-12)
    np.testing.assert_allclose(full.ln_X, still.ln_X + further[2], atol=1e-12)


def test_an_economy_that_trades_with_nobody_is_a_bloc_unless_somebody_pays_for_it(baseline: Baseline) -> None:
    shut = (
        Shock("trade_cost", 1e9, exporter="E00", importer="*"),
        Shock("trade_cost", 1e9, exporter="*", importer="E00"),
    )
    model = dataclasses.replace(unpack(baseline), D=np.zeros(N))
    changes = resolve(Scenario(shut), baseline)
    alone = prepare(model, changes, "fixed", None)
    assert [list(bloc) for bloc in alone.blocs] == [[0], [1, 2, 3]]
    assert [note.where for note in alone.notes] == ["price level"]
    paid = dataclasses.replace(changes, transfer=np.array([5.0, -5.0, 0.0, 0.0]))
    assert len(prepare(model, paid, "fixed", None).blocs) == 1
    owed = dataclasses.replace(model, D=np.array([-5.0, 5.0, 0.0, 0.0]))
    assert len(prepare(owed, changes, "fixed", None).blocs) == 1
    assert len(prepare(owed, paid, "fixed", None).blocs) == 2
