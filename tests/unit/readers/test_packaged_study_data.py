"""The packaged study holds together: what is written in its files is what the product promises."""

import re
import shutil
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from isthmus.core.provenance import Status
from isthmus.levers.change import target_values
from isthmus.levers.channels.wedge import cell_overheads
from isthmus.levers.cost import RATE, TERM
from isthmus.levers.facts import world_facts
from isthmus.levers.lever import Channel
from isthmus.levers.shocks import arithmetic
from isthmus.levers.support import BOTH, ONE
from isthmus.levers.ways import ROOM
from isthmus.readers.study.ledger import read_ledger
from isthmus.readers.study.levers import FAMILIES, read_levers
from isthmus.readers.study.outcomes import read_outcomes
from isthmus.readers.study.study import load_study
from isthmus.readers.study.targets import read_targets
from isthmus.study import border
from isthmus.study.horizon import DISCOUNT
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings
from tests.packaged import packaged_study

FOLDER = Path(str(resources.files("isthmus"))) / "assets" / "studies" / "china-russia"
PARTNERS = ("CHN", "RUS")
THEMES = {
    "economy", "trade", "investment", "industry", "research", "digital", "energy", "environment", "transport",
    "agriculture", "education", "health", "social", "finance",
}  # fmt: skip


@pytest.fixture(scope="module")
def ledger():
    return read_ledger(FOLDER / "ledger.toml")


@pytest.fixture(scope="module")
def targets():
    return read_targets(FOLDER / "targets.csv", PARTNERS)


@pytest.fixture(scope="module")
def levers(ledger, targets):
    return read_levers(FOLDER / "levers.toml", PARTNERS, ledger, targets)


@pytest.fixture(scope="module")
def outcomes(ledger, targets):
    co2 = FOLDER.parents[1] / "worlds" / "world-2022" / "co2_2022.csv"
    return read_outcomes(FOLDER / "outcomes.toml", PARTNERS, ledger, targets, co2)


def test_every_target_has_statement_theme_source_and_names(targets):
    assert len(targets) == 86
    for target in targets:
        assert target.text.endswith(".")
        assert target.theme in THEMES
        assert target.source
        assert target.status in (Status.VERIFIED, Status.QUOTED)
        assert target.indicator
        assert target.indicator_ru
        assert target.indicator_zh


def test_numbers_are_multiplied_out_and_signed(targets):
    by_id = {t.id: t for t in targets}
    assert (by_id["cn15_grain"].value, by_id["cn15_grain"].unit) == (725e9, "kg")
    assert by_id["cn15t_land"].value == pytest.approx(26e6 / 15)
    assert by_id["ru309_fstud"].value == 500_000
    for target in targets:
        if target.kind.value == "change_pct" and target.value is not None:
            assert (target.value < 0) == (target.direction == "down")


def test_enough_levers_of_every_family_and_joint_ones(levers):
    assert len(levers) >= 20
    assert sum(lever.joint for lever in levers) >= 8
    assert {lever.family for lever in levers} == set(FAMILIES)
    assert {lever.owner for lever in levers} == {*PARTNERS, "joint"}


def test_every_lever_serves_a_target_of_its_side(levers, targets):
    side = {t.id: t.partner for t in targets}
    for lever in levers:
        assert any(lever.targets.values()), lever.id
        for partner, listed in lever.targets.items():
            assert all(side[name] == partner for name in listed), lever.id


def test_assumptions_say_so(ledger):
    for entry in ledger.parameters.values():
        assert entry.source.strip()
        assert (entry.status is Status.ASSUMED) == entry.source.startswith("assumed"), entry.name


def test_every_entry_of_the_ledger_is_described_in_every_language() -> None:
    scripts = {"ru": r"[А-Яа-я]", "zh": r"[\u4e00-\u9fff]"}
    for parameter in read_ledger(FOLDER / "ledger.toml").parameters.values():
        for language, script in scripts.items():
            assert re.search(script, parameter.descriptions.get(language, "")), (parameter.name, language)


def test_every_entry_of_the_ledger_is_used(ledger, levers, outcomes):
    listed, accounts = outcomes
    used = {name for lever in levers for effect in lever.effects for name in effect.numbers.values()}
    used |= {name for lever in levers for name in [*lever.alone.values(), lever.lag]}
    used |= {name for outcome in listed for name in (outcome.base, outcome.trend, outcome.additional)}
    used |= {name for fuel in accounts.fuels for name in (fuel.factor, fuel.price)} | set(accounts.non_fossil.values())
    of_the_model = {"services_elasticity", "capital_share", DISCOUNT, RATE, TERM, ROOM}
    assert set(ledger.parameters) - used == of_the_model


def test_outcomes_cover_both_sides_and_every_measure_asked_for(outcomes):
    listed, accounts = outcomes
    assert {outcome.owner for outcome in listed} == {*PARTNERS, "joint"}
    assert len({outcome.measure for outcome in listed}) == 10
    assert set(PARTNERS) <= set(accounts.co2_mt)


@pytest.mark.parametrize("side", ["CHN", "RUS"])
def test_without_the_statements_of_one_plan_no_measure_has_support_of_both(tmp_path, side):
    """What the explanation of the levers says: the measure moves from both to one, and to none without either plan."""
    folder = tmp_path / "china-russia"
    shutil.copytree(FOLDER, folder)
    before = load_study(folder)
    joint = [lever.id for lever in before.levers if lever.joint]
    both = {name for name in joint if before.asked[name].support == BOTH}
    statements = pd.read_csv(folder / "statements.csv", dtype=str, keep_default_na=False)
    statements[statements["partner"] != side].to_csv(folder / "statements.csv", index=False)
    after = load_study(folder)
    assert both
    assert all(after.asked[name].support == ONE for name in both)
    assert all(side not in after.asked[name].degrees for name in joint)
    assert after.support_left_out > before.support_left_out


def test_levers_start_from_what_has_been_reached() -> None:
    """A target measured from a past base counts only what is still to come: grain from the last harvest, farms from 2024."""
    study = packaged_study()
    levers = {lever.id: lever for lever in study.levers}
    seen = {(o.indicator, o.year): o.value for o in study.observations}
    grain = next(target for target in study.targets if target.id == "cn15_grain")
    assert grain.base_year == 2025
    assert grain.base_value == seen["cn15_grain", 2025] != 700e9
    farms = levers["ru_farming"]
    rates = [seen["ru309_agro", year] for year in (2022, 2023, 2024)]
    done = 100 * (np.prod([1 + rate / 100 for rate in rates]) - 1)
    assert study.ledger["agro_done_ru"].value == pytest.approx(done, abs=0.05)
    parameters = {**target_values(study.targets), **study.ledger.central()}
    steps = arithmetic(farms, parameters, world_facts(study.baseline))
    wanted = parameters["target.ru309_agro"]
    assert steps[0].change == pytest.approx(100 * ((1 + wanted / 100) / (1 + done / 100) - 1), abs=0.05)


class _Bench:
    def progress(self, _share: float) -> None:
        pass


def test_no_measure_removes_more_of_a_cost_than_stands_there() -> None:
    """In every cell that a measure works on, at the high end of what it removes, and of all measures on one cause together."""
    study = packaged_study()
    found = border.compute(study, Findings(), _Bench())
    after = border.refine(study, found)
    facts = world_facts(after.baseline, standing_costs(Findings({"border": found}), after))
    gone: dict[tuple[str, ...], float] = {}
    cells = 0
    for lever in after.levers:
        for effect in (one for one in lever.effects if one.channel is Channel.WEDGE):
            overhead, removed = (after.ledger[effect.numbers[role]] for role in ("overhead", "removed"))
            for cell, there in cell_overheads(effect, overhead.value, facts, "").items():
                exporter, importer, sector = cell
                at = (
                    after.baseline.sectors.index(sector),
                    *(after.baseline.economies.index(code) for code in (exporter, importer)),
                )
                stands = facts.standing.costs[effect.component][at]
                assert there * removed.high <= stands * (1 + 1e-12)
                gone[(effect.component, *cell)] = gone.get((effect.component, *cell), 0.0) + removed.high
                cells += 1
    assert cells > 150
    assert max(gone.values()) <= 1
