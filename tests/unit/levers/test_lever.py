import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.core.errors import BadInputError
from isthmus.equilibrium.scenario import ramp
from isthmus.levers.change import stock_ratio, target_values
from isthmus.levers.channels import REQUIRED
from isthmus.levers.degree import effective_degree
from isthmus.levers.facts import BorderCosts, WorldFacts
from isthmus.levers.lever import Channel, Effect, Form, Lever
from isthmus.levers.shocks import arithmetic, lever_shocks, part_sizes
from isthmus.levers.worlds import agreed, unagreed
from isthmus.plans.plan import Kind, Target

FACTS = WorldFacts(
    economies=("AAA", "BBB"),
    sectors=("farm", "fuel", "serv"),
    groups={"goods": ("farm", "fuel"), "services": ("serv",)},
    value_added_share=np.array([[0.5, 0.6], [0.4, 0.4], [0.8, 0.7]]),
    cost_share=np.array(
        [
            [[0.3, 0.1, 0.0], [0.2, 0.4, 0.1], [0.0, 0.1, 0.1]],
            [[0.2, 0.1, 0.1], [0.1, 0.4, 0.1], [0.1, 0.1, 0.1]],
        ]
    ),
    output=np.array([[100.0, 10.0], [50.0, 10.0], [300.0, 10.0]]),
    trade_elasticity=np.array([4.0, 8.0, 5.0]),
    capital_share=np.array([0.4, 0.3]),
    tariff=np.ones((3, 2, 2)),
)
BOTH = {"AAA": 1.0, "BBB": 1.0}


def single(effect: Effect, **changes) -> Lever:
    lever = Lever(
        id="lever",
        titles={"en": "Lever"},
        family="research",
        owner="AAA",
        partners=("AAA",),
        targets={"AAA": ()},
        effects=(effect,),
        base_year=2025,
        start=2026,
        full=2030,
    )
    return replace(lever, **changes)


def joint(effect: Effect, **changes) -> Lever:
    together = {"owner": "joint", "partners": ("AAA", "BBB"), "alone": {"AAA": "a", "BBB": "b"}, "lag": "lag"}
    return single(effect, **(together | changes))


WEDGE = Effect(
    Channel.WEDGE, {"overhead": "o", "removed": "s"}, exporter=("AAA",), importer=("BBB",), sector=("goods",)
)


def test_elasticity_of_the_excess_over_the_trend():
    """R&D up 44 % of which half is excess is a ratio of 1.2; an elasticity of 0.5 makes 9.5 % more productivity."""
    effect = Effect(
        Channel.OUTPUT_PRODUCTIVITY,
        {"target": "t", "base": "b", "additional": "a", "elasticity": "e"},
        economy=("AAA",),
        sector=("farm",),
    )
    (shock,) = lever_shocks(single(effect), {"t": 1.44, "b": 1.0, "a": 0.5, "e": 0.5}, FACTS)
    assert (shock.kind, shock.economy, shock.sector) == ("productivity", ("AAA",), ("farm",))
    assert shock.change_pct == pytest.approx(100 * (math.sqrt(1.2) - 1))


def test_labour_productivity_enters_with_the_value_added_share_of_each_sector():
    effect = Effect(
        Channel.VALUE_ADDED_PRODUCTIVITY, {"target": "t", "additional": "a"}, economy=("AAA",), sector=("farm", "serv")
    )
    shocks = lever_shocks(single(effect), {"t": 1.21, "a": 1.0}, FACTS)
    assert [(s.economy, s.sector) for s in shocks] == [("AAA", "farm"), ("AAA", "serv")]
    assert [s.change_pct for s in shocks] == pytest.approx([10.0, 100 * (1.21**0.8 - 1)])


def test_measures_turn_a_target_into_a_ratio():
    def change(form, numbers):
        effect = Effect(
            Channel.OUTPUT_PRODUCTIVITY,
            {role: role for role in numbers} | {"additional": "one"},
            form=form,
            economy=("AAA",),
        )
        return lever_shocks(single(effect), {**numbers, "one": 1.0}, FACTS)[0].change_pct

    assert change(Form.PERCENT, {"target": -10.0}) == pytest.approx(-10)
    assert change(Form.PERCENT, {"target": 60.0, "base": 28.0}) == pytest.approx(25)
    assert change(Form.GROWTH, {"target": 10.0}) == pytest.approx(100 * (1.1**5 - 1))
    assert change(Form.REMAINDER, {"target": 25.0, "base": 20.0}) == pytest.approx(-6.25)
    assert change(Form.DIFFERENCE, {"target": 11.7, "base": 11.3, "elasticity": 0.1}) == pytest.approx(
        100 * (math.exp(0.04) - 1)
    )


def test_human_capital_raises_the_bundle_by_the_labour_share():
    effect = Effect(Channel.HUMAN_CAPITAL, {"target": "t", "additional": "a"}, economy=("AAA",))
    (shock,) = lever_shocks(single(effect), {"t": 1.1, "a": 1.0}, FACTS)
    assert shock.kind == "endowment"
    assert shock.change_pct == pytest.approx(100 * (1.1**0.6 - 1))


def test_stock_of_spending_that_grows_by_one_tenth_in_one_year():
    """Stock 1 / 0.25 = 4, half of it lost: 2 + 1.1 against 2 + 1."""
    assert stock_ratio(1.0, 1.1, 1, depreciation=0.5, past_growth=-0.25) == pytest.approx(3.1 / 3.0)
    assert stock_ratio(1.05, 1.0, 7, depreciation=0.15, past_growth=0.05) == 1.0


def test_investment_becomes_capital_by_the_deadline_only_in_part():
    effect = Effect(
        Channel.CAPITAL,
        {"target": "t", "additional": "one", "depreciation": "d", "past_growth": "g"},
        form=Form.PERCENT,
        economy=("AAA",),
    )
    numbers = {"t": 20.0, "one": 1.0, "d": 0.06, "g": 0.0}
    (shock,) = lever_shocks(single(effect), numbers, FACTS)
    by_hand = stock_ratio(1.0, 1.2**0.2, 5, 0.06, 0.0)
    assert shock.kind == "capital"
    assert shock.change_pct == pytest.approx(100 * (by_hand - 1))
    assert 0 < shock.change_pct < 5


def test_wedge_falls_by_the_removed_share_in_the_named_direction():
    (shock,) = lever_shocks(joint(WEDGE), {"o": 0.25, "s": 0.2}, FACTS)
    assert (shock.kind, shock.exporter, shock.importer, shock.sector) == ("trade_cost", ("AAA",), ("BBB",), ("goods",))
    assert shock.change_pct == pytest.approx(100 * (1.2 / 1.25 - 1))


def test_days_saved_and_trade_volume():
    days = Effect(Channel.DAYS, {"per_day": "p", "days": "n"}, exporter=("AAA",), importer=("*",))
    (shock,) = lever_shocks(single(days), {"p": 0.01, "n": 2.0}, FACTS)
    assert shock.change_pct == pytest.approx(100 * (1.01**-2 - 1))
    volume = Effect(
        Channel.TRADE_VOLUME,
        {"target": "t", "additional": "one"},
        exporter=("AAA",),
        importer=("BBB",),
        sector=("farm",),
    )
    (shock,) = lever_shocks(single(volume), {"t": 1.2, "one": 1.0}, FACTS)
    assert (1 + shock.change_pct / 100) ** -4.0 == pytest.approx(1.2)


def test_input_saving_is_paid_for_in_part():
    """Farms spend 0.2 of output on fuel; 10 % less leaves z = 0.98; half of it is spent: A = 0.98 ** 0.5."""
    effect = Effect(
        Channel.INPUT,
        {"target": "t", "additional": "one", "net_saving": "half"},
        form=Form.PERCENT,
        economy=("AAA",),
        sector=("farm",),
        input=("fuel",),
    )
    requirement, cost = lever_shocks(single(effect), {"t": -10.0, "one": 1.0, "half": 0.5}, FACTS)
    assert (requirement.kind, requirement.input, requirement.industry) == ("input_requirement", ("fuel",), ("farm",))
    assert requirement.change_pct == pytest.approx(-10)
    assert (cost.kind, cost.economy, cost.sector) == ("productivity", "AAA", "farm")
    assert cost.change_pct == pytest.approx(100 * (0.98**0.5 - 1))
    free = lever_shocks(single(effect), {"t": -10.0, "one": 1.0, "half": 1.0}, FACTS)
    assert [s.kind for s in free] == ["input_requirement"]


def test_change_of_the_whole_that_happens_in_a_part():
    effect = Effect(
        Channel.INPUT,
        {"target": "t", "additional": "one", "net_saving": "one", "concentration": "half"},
        form=Form.PERCENT,
        economy=("AAA",),
        sector=("farm",),
        input=("fuel",),
    )
    (shock,) = lever_shocks(single(effect), {"t": -4.0, "one": 1.0, "half": 0.5}, FACTS)
    assert shock.change_pct == pytest.approx(-8)


def test_single_lever_follows_its_owner_and_joint_lever_the_side_that_does_less():
    assert effective_degree(single(WEDGE), {"AAA": 0.7, "BBB": 0.1}) == 0.7
    assert effective_degree(single(WEDGE), {"BBB": 1.0}) == 0.0
    assert effective_degree(joint(WEDGE), {"AAA": 0.7, "BBB": 0.1}) == 0.1
    assert effective_degree(joint(WEDGE), {"AAA": 1.0}) == 0.0
    assert lever_shocks(joint(WEDGE), {"o": 0.25, "s": 0.2}, FACTS, 0.0) == ()


def test_with_three_sides_the_one_that_has_done_least_counts():
    lever = joint(WEDGE, partners=("AAA", "BBB", "CCC"))
    degrees = {"AAA": 0.9, "BBB": 0.5, "CCC": 0.7}
    assert effective_degree(lever, degrees) == 0.5
    assert effective_degree(lever, degrees | {"BBB": 1.0}) == 0.7
    late = {"AAA": 2026.0, "BBB": 2026.0, "CCC": 2029.0}
    assert effective_degree(lever, dict.fromkeys(degrees, 1.0), late, 2030) == pytest.approx(2 / 5)


def test_a_side_may_start_later_than_the_other():
    lever = joint(WEDGE)
    assert effective_degree(lever, BOTH, {"AAA": 2026.0, "BBB": 2028.0}, 2030) == pytest.approx(3 / 5)
    assert effective_degree(lever, BOTH, {"AAA": 2026.0}, 2030) == 1.0


def test_degree_outside_zero_to_one_is_refused():
    with pytest.raises(BadInputError, match=r"lever lever, AAA: degree 1\.2"):
        effective_degree(single(WEDGE), {"AAA": 1.2})


def test_a_side_that_is_not_named_does_nothing():
    assert effective_degree(joint(WEDGE), {"AAA": 1.0}) == 0
    assert effective_degree(joint(WEDGE), {"AAA": 1.0}, year=2036) == 0


@pytest.mark.parametrize(("degrees", "told"), [([0.2, 1.5], "1.5"), ([-0.25, 0.5], "-0.25"), ([-0.25, 1.5], "1.5")])
def test_one_draw_outside_zero_to_one_is_refused_by_its_number(degrees, told):
    with pytest.raises(BadInputError, match=rf"lever .*, AAA: degree {told}\. Allowed: 0 to 1"):
        effective_degree(joint(WEDGE), {"AAA": np.array(degrees), "BBB": 1.0})
    found = effective_degree(joint(WEDGE), {"AAA": np.array([0.0, 1.0, 0.4]), "BBB": np.array([1.0, 0.5, 0.3])})
    assert list(found) == [0.0, 0.5, 0.3]


def test_a_side_may_be_told_when_it_starts_and_the_other_keeps_the_levers_year():
    lever = joint(WEDGE)
    late = effective_degree(lever, {"AAA": 1.0, "BBB": 1.0}, {"AAA": lever.start + 2}, lever.start + 2)
    assert late == pytest.approx(1 / 5)
    assert effective_degree(lever, {"AAA": 1.0, "BBB": 1.0}, {"AAA": lever.start - 9}, lever.start) == pytest.approx(
        1 / 5
    )


def test_without_an_agreement_each_side_reaches_its_own_degree_and_starts_later():
    numbers = {"a": 0.5, "b": 0.3, "lag": 2.0}
    lever = joint(WEDGE)
    together, apart = agreed(lever, numbers, {}), unagreed(lever, numbers, {})
    assert effective_degree(lever, *apart) == pytest.approx(0.3)
    assert effective_degree(lever, *together, 2030) == 1.0
    assert effective_degree(lever, *apart, 2030) == pytest.approx(0.3 * 3 / 5)
    assert effective_degree(lever, *apart, 2027) == 0.0


def test_phase_in_grows_in_equal_steps():
    lever = single(WEDGE)
    assert [effective_degree(lever, BOTH, year=y) for y in (2025, 2026, 2028, 2030, 2036)] == pytest.approx(
        [0.0, 0.2, 0.6, 1.0, 1.0]
    )


@given(st.floats(2000, 2040), st.floats(2000, 2040), st.floats(0, 20))
def test_the_ramp_never_falls_and_stays_within_nothing_and_all(year, start, phase):
    here, later = ramp(year, start, phase), ramp(year + 1, start, phase)
    assert 0 <= here <= later <= 1
    assert ramp(start - 1, start, phase) == 0
    assert ramp(start + phase, start, phase) == 1
    assert ramp(year, start + 1, phase) <= here


SHARES = st.floats(0, 1)


@given(SHARES, SHARES, st.floats(2020, 2035), st.floats(2020, 2035), st.integers(2020, 2040))
def test_a_joint_lever_is_the_lesser_of_its_sides(a, b, start_a, start_b, year):
    lever = joint(WEDGE)
    both = effective_degree(lever, {"AAA": a, "BBB": b}, {"AAA": start_a, "BBB": start_b}, year)
    sides = [
        effective_degree(single(WEDGE, owner=s, partners=(s,)), {s: d}, {s: t}, year)
        for s, d, t in (("AAA", a, start_a), ("BBB", b, start_b))
    ]
    assert both == min(sides)


@given(st.floats(0, 2), SHARES, SHARES, st.lists(st.floats(0, 2), min_size=2, max_size=2))
def test_no_cell_loses_more_than_its_share_of_what_stands_there(overhead, removed, degree, stands):
    costs = np.full((3, 2, 2), np.nan)
    costs[:2, 0, 1] = stands
    facts = replace(FACTS, standing=BorderCosts(costs={"time": costs}, central={"o": overhead}))
    lever = joint(replace(WEDGE, component="time"))
    shocks = lever_shocks(lever, {"o": overhead, "s": removed}, facts, degree)
    if degree == 0:
        assert shocks == ()
        return
    cells = {j: s for s in shocks for j in (("farm", "fuel") if s.sector == ("goods",) else (s.sector,))}
    for sector, there in zip(("farm", "fuel"), stands, strict=True):
        taken = -cells[sector].change_pct / 100 * (1 + there)
        assert taken == pytest.approx(there * removed * degree, abs=1e-12)
        assert taken <= there + 1e-12
    (step,) = arithmetic(lever, {"o": overhead, "s": removed}, facts)
    assert (step.cells, step.capped) == (2, sum(there < overhead * removed for there in stands))


def test_a_draw_for_a_group_moves_every_cell_in_proportion():
    costs = np.full((3, 2, 2), 0.1)
    facts = replace(FACTS, standing=BorderCosts(costs={"time": costs}, central={"o": 0.2}))
    (shock,) = lever_shocks(joint(replace(WEDGE, component="time")), {"o": 0.3, "s": 0.5}, facts)
    assert shock.change_pct == pytest.approx(100 * (1.075 / 1.15 - 1))


def test_where_the_border_is_not_priced_the_entry_of_the_group_counts():
    facts = replace(FACTS, standing=BorderCosts(costs={"time": np.full((3, 2, 2), np.nan)}, central={"o": 0.3}))
    lever = joint(replace(WEDGE, component="time"))
    numbers = {"o": 0.25, "s": 0.2}
    assert lever_shocks(lever, numbers, facts) == lever_shocks(joint(WEDGE), numbers, FACTS)


def test_an_agreement_may_lower_tariffs():
    """Half of a tariff of 20 % goes: 10 % is left; where there is none, and at home, nothing happens."""
    tariff = np.ones((3, 2, 2))
    tariff[0, 0, 1] = 1.2
    facts = replace(FACTS, tariff=tariff)
    effect = Effect(
        Channel.TARIFF, {"removed": "s"}, exporter=("AAA", "BBB"), importer=("AAA", "BBB"), sector=("goods",)
    )
    (shock,) = lever_shocks(joint(effect), {"s": 0.5}, facts)
    assert shock.kind == "tariff"
    assert shock.rates == (("AAA", "BBB", "farm", pytest.approx(0.1)),)
    (half,) = lever_shocks(joint(effect), {"s": 0.5}, facts, 0.5)
    assert half.rates == (("AAA", "BBB", "farm", pytest.approx(0.15)),)
    (size,) = part_sizes(joint(effect), {"s": 0.5}, facts).values()
    assert size == pytest.approx(math.log(1.1 / 1.2))
    assert effect.channel.branch == "border"
    assert lever_shocks(joint(effect), {"s": 0.5}, FACTS) == ()


def test_rules_of_origin_leave_part_of_trade_out_and_cost_the_rest_something():
    """A tariff of 20 % goes for six tenths of trade, to half the degree; proof of origin costs that part 2 %."""
    tariff = np.ones((3, 2, 2))
    tariff[0, 0, 1] = 1.2
    facts = replace(FACTS, tariff=tariff)
    roles = {"removed": "s", "use": "u", "compliance": "c"}
    effect = Effect(Channel.TARIFF, roles, exporter=("AAA",), importer=("BBB",), sector=("goods",))
    numbers = {"s": 1.0, "u": 0.6, "c": 0.02}
    duty, proof = lever_shocks(joint(effect), numbers, facts, 0.5)
    assert duty.rates == (("AAA", "BBB", "farm", pytest.approx(0.2 * 0.7)),)
    assert (proof.kind, proof.exporter, proof.importer, proof.sector) == ("trade_cost", "AAA", "BBB", "farm")
    assert proof.change_pct == pytest.approx(100 * 0.02 * 0.3)
    sizes = part_sizes(joint(effect), numbers, facts)
    assert sizes[0, "tariff"] == pytest.approx(math.log(1.08 / 1.2))
    assert sizes[0, "trade_cost"] == pytest.approx(math.log(1.012))
    assert len(lever_shocks(joint(effect), numbers | {"c": 0.0}, facts)) == 1


def union_facts():
    """Three economies: BBB has the higher tariffs on CCC, and both members have tariffs on each other."""
    tariff = np.full((3, 3, 3), 1.05)
    tariff[:, 2, 0], tariff[:, 2, 1], tariff[:, 1, 0] = 1.10, 1.30, 1.25
    return replace(FACTS, economies=("AAA", "BBB", "CCC"), tariff=tariff)


def test_a_customs_union_adopts_the_tariff_of_a_member_on_outsiders_alone():
    effect = Effect(
        Channel.TARIFF, {"removed": "s"}, exporter=("*",), importer=("AAA", "BBB"), sector=("farm",), adopts=("BBB",)
    )
    (shock,) = lever_shocks(joint(effect), {"s": 0.5}, union_facts())
    assert shock.rates == (("CCC", "AAA", "farm", pytest.approx(0.20)),)
    mean = replace(effect, adopts=("AAA", "BBB"))
    (shock,) = lever_shocks(joint(mean), {"s": 1.0}, union_facts())
    assert {cell[:2]: cell[3] for cell in shock.rates} == {
        ("CCC", "AAA"): pytest.approx(0.20),
        ("CCC", "BBB"): pytest.approx(0.20),
    }
    with pytest.raises(BadInputError, match="members of the union"):
        lever_shocks(joint(replace(effect, adopts=("CCC",))), {"s": 0.5}, union_facts())


def test_sizes_of_many_draws_at_once_are_those_of_each():
    """Every channel: the size over draws equals the size of each draw, and the logarithm of the shock where there is one."""
    numbers = {"t": np.array([1.1, 1.2, 1.4]), "a": np.array([0.2, 0.5, 1.0]), "p": np.array([0.01, 0.02, 0.03])}
    roles = {"target": "t", "additional": "a", "depreciation": "p", "past_growth": "p", "net_saving": "a"}
    roles |= {"overhead": "p", "removed": "a", "per_day": "p", "days": "t"}
    tariff = np.full((3, 2, 2), 1.1)
    for channel in Channel:
        need = {role: roles[role] for role in REQUIRED[channel]}
        effect = Effect(
            channel, need, economy=("AAA",), sector=("farm",), input=("fuel",), exporter=("AAA",), importer=("BBB",)
        )
        facts = replace(FACTS, tariff=tariff)
        many = part_sizes(single(effect), numbers, facts)
        for draw in range(3):
            one = {name: float(values[draw]) for name, values in numbers.items()}
            assert {k: float(v[draw]) for k, v in many.items()} == pytest.approx(part_sizes(single(effect), one, facts))


def test_half_a_degree_is_the_square_root_of_the_change():
    effect = Effect(Channel.OUTPUT_PRODUCTIVITY, {"target": "t", "additional": "one"}, economy=("AAA",))
    (shock,) = lever_shocks(single(effect), {"t": 1.44, "one": 1.0}, FACTS, 0.5)
    assert shock.change_pct == pytest.approx(20)


def test_arithmetic_can_be_read_from_target_to_shock():
    effect = Effect(
        Channel.VALUE_ADDED_PRODUCTIVITY,
        {"target": "t", "base": "b", "additional": "a", "elasticity": "e"},
        economy=("AAA",),
        sector=("farm", "serv"),
    )
    (step,) = arithmetic(single(effect), {"t": 144.0, "b": 100.0, "a": 0.5, "e": 0.5}, FACTS)
    assert step.change == pytest.approx(44)
    assert step.expected == pytest.approx(20)
    assert step.elasticity == 0.5
    assert step.driver_pct == pytest.approx(100 * (1.2**0.5 - 1))
    farm, serv = 0.25 * math.log(1.2), 0.4 * math.log(1.2)
    assert step.shock_pct == pytest.approx(100 * (math.exp((100 * farm + 300 * serv) / 400) - 1))


def test_schooling_is_told_in_years():
    effect = Effect(
        Channel.HUMAN_CAPITAL,
        {"target": "t", "base": "b", "additional": "a"},
        form=Form.DIFFERENCE,
        economy=("AAA",),
    )
    (step,) = arithmetic(single(effect), {"t": 11.7, "b": 11.3, "a": 0.25}, FACTS)
    assert (step.change, step.expected) == (pytest.approx(0.4), pytest.approx(0.3))


def test_numbers_of_targets_by_name():
    target = Target("x", "AAA", "text", "en", "thing", Kind.LEVEL, value=3.0, base_value=2.0)
    silent = Target("y", "AAA", "text", "en", "thing", Kind.QUALITATIVE)
    assert target_values([target, silent]) == {"target.x": 3.0, "target.x.base": 2.0}


def test_missing_number_and_impossible_change_say_what_is_wrong():
    effect = Effect(Channel.OUTPUT_PRODUCTIVITY, {"target": "t", "additional": "one"}, economy=("AAA",))
    with pytest.raises(BadInputError, match="number 't' is neither in the ledger"):
        lever_shocks(single(effect), {"one": 1.0}, FACTS)
    with pytest.raises(BadInputError, match="positive ratio"):
        lever_shocks(single(effect), {"t": -1.0, "one": 1.0}, FACTS)
