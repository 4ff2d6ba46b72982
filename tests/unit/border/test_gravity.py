import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from isthmus.border.gravity import Estimates, design, estimate, fit_poisson
from isthmus.border.observed import FlowHistory
from isthmus.core.errors import BadInputError
from tests.unit.border.gravity_world import TRUTH, geography, history

ONE_GROUP = {"S1": "all", "S2": "all"}


def test_two_economies_have_a_closed_form():
    """Four flows, two effects each side, one border: the border term is half the log cross ratio, fitted exactly."""
    flows = np.array([[100.0, 10.0], [40.0, 400.0]])
    sample = pd.DataFrame(
        {
            "value": flows.ravel(),
            "border": [0.0, 1.0, 1.0, 0.0],
            "exporter": ["P", "P", "Q", "Q"],
            "importer": ["P", "Q", "P", "Q"],
            "pair": ["PP", "PQ", "PQ", "QQ"],
        }
    )
    fit = fit_poisson(sample, "value", ["border"], ["exporter", "importer"], "pair")
    expected = 0.5 * np.log(10 * 40 / (100 * 400))
    assert fit.coefficients["estimate"].item() == pytest.approx(expected, abs=1e-7)
    assert fit.fitted.to_numpy() == pytest.approx(flows.ravel(), rel=1e-6)


def test_estimate_agrees_with_a_generalised_linear_model():
    rng = np.random.default_rng(7)
    where = geography(9, rng)
    table = design(where, 2020)
    sample = table.assign(pair=[" ".join(sorted(p)) for p in zip(table["exporter"], table["importer"], strict=True)])
    sample["value"] = rng.poisson(
        np.exp(2 - 0.5 * sample["border"] - 0.2 * sample["ln_distance"] + 0.4 * sample["contiguity"]) * 30
    )
    terms = ["border", "ln_distance", "contiguity"]
    ours = fit_poisson(sample, "value", terms, ["exporter", "importer"], "pair")
    dummies = pd.get_dummies(sample[["exporter", "importer"]], drop_first=True, dtype=float)
    x = sm.add_constant(pd.concat([sample[terms], dummies], axis=1))
    theirs = sm.GLM(sample["value"], x, family=sm.families.Poisson()).fit(tol=1e-12)
    assert ours.coefficients["estimate"].to_numpy() == pytest.approx(theirs.params[terms].to_numpy(), abs=1e-6)
    assert ours.fitted.to_numpy() == pytest.approx(theirs.fittedvalues.to_numpy(), rel=1e-5)


def test_exact_gravity_is_recovered_by_group_and_year():
    rng = np.random.default_rng(1)
    where = geography(14, rng, (2020, 2021))
    flows = history(where, rng, years=(2020, 2021))
    found = estimate(flows, where, {"S1": "one", "S2": "two"})
    assert len(found.fits) == 4
    assert found.fits["converged"].all()
    for _, part in found.coefficients.groupby(["group", "year"]):
        assert part.set_index("term")["estimate"].to_dict() == pytest.approx(TRUTH, abs=1e-5)


def test_estimates_are_the_same_for_the_economies_in_any_order():
    rng = np.random.default_rng(2)
    where = geography(10, rng)
    flows = history(where, rng, noise=0.4)
    back = list(reversed(flows.economies))
    turned = FlowHistory(flows.value.sel(exporter=back, importer=back), True)
    a, b = (estimate(h, where, ONE_GROUP).coefficients["estimate"] for h in (flows, turned))
    assert a.to_numpy() == pytest.approx(b.to_numpy(), abs=1e-6)


def test_tables_are_the_whole_result():
    rng = np.random.default_rng(4)
    where = geography(8, rng)
    found = estimate(history(where, rng), where, ONE_GROUP)
    assert Estimates(**found.tables()) == found or all(
        getattr(Estimates(**found.tables()), n).equals(t) for n, t in found.tables().items()
    )


def test_everything_left_out_is_listed():
    rng = np.random.default_rng(5)
    where = geography(10, rng)
    flows = history(where, rng)
    names = list(flows.economies)
    silent = flows.value.copy(deep=True)
    silent.loc[{"sector": "S1", "exporter": names[3]}] = 0.0
    without = where.pairs[(where.pairs["exporter"] != names[9]) & (where.pairs["importer"] != names[9])]
    members = {**where.members, names[0]: {"X": 0.5, "Y": 0.5}}
    partial = type(where)(without.reset_index(drop=True), where.agreements, members)
    found = estimate(FlowHistory(silent, True), partial, ONE_GROUP).dropped.set_index("reason")
    assert found.loc["no_geography", ["labels", "observations"]].tolist() == [names[9], 2 * 19]
    assert found.loc["own_sales_of_a_group", ["labels", "observations"]].tolist() == [names[0], 2]
    assert found.loc["no_trade_of_exporter_sector", ["labels", "observations"]].tolist() == [f"{names[3]} S1", 9]


def test_zero_flows_stay_in():
    rng = np.random.default_rng(6)
    where = geography(10, rng)
    flows = history(where, rng, noise=0.3)
    flows.value.values[0, 0, 1, 2] = 0.0
    found = estimate(flows, where, ONE_GROUP)
    assert found.fits["observations"].item() == 2 * 100


def test_terms_that_cannot_be_told_apart_are_named():
    rng = np.random.default_rng(8)
    where = geography(8, rng)
    table = design(where, 2020).assign(value=1.0 + rng.random(64), pair=np.arange(64), twin=lambda t: 2 * t["border"])
    with pytest.raises(BadInputError, match="twin cannot be told apart"):
        fit_poisson(table, "value", ["border", "twin"], ["exporter", "importer"], "pair")


def test_flows_before_tariff_and_unknown_years_are_refused():
    rng = np.random.default_rng(9)
    where = geography(6, rng)
    flows = history(where, rng)
    with pytest.raises(BadInputError, match="before tariff"):
        estimate(FlowHistory(flows.value), where, ONE_GROUP)
    with pytest.raises(BadInputError, match="unknown year"):
        estimate(flows, where, ONE_GROUP, [1999])


def test_a_pair_with_both_kinds_of_agreement_counts_as_deep():
    rng = np.random.default_rng(10)
    where = geography(6, rng)
    a, b = where.economies[:2]
    extra = pd.DataFrame(
        [(a, b, 2020, "D", True, 1.0, ""), (a, b, 2020, "F", False, 1.0, "")], columns=where.agreements.columns
    )
    both = type(where)(where.pairs, pd.concat([where.agreements, extra]), where.members)
    row = design(both, 2020).set_index(["exporter", "importer"]).loc[(a, b)]
    assert (row["deep_agreement"], row["other_agreement"]) == (1, 0)
    own = design(both, 2020).set_index(["exporter", "importer"]).loc[(a, a)]
    assert own.drop("ln_distance").eq(0).all()
