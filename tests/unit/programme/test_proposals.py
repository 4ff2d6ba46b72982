"""The candidate projects of the worked case, and schedules made from gains."""

import csv
import tomllib
from collections import Counter, defaultdict
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.levers.cost import unknown_costs
from isthmus.levers.support import said_by
from isthmus.programme.project import Budget, ProgrammeSettings
from isthmus.programme.proposal import assumed_share, candidates_of, entries, support
from isthmus.programme.schedule import schedule
from isthmus.readers.programme.proposals import read_proposals
from tests.packaged import packaged_study

STUDY = Path(str(resources.files("isthmus"))) / "assets" / "studies" / "china-russia"
PARTNERS = ("CHN", "RUS")
YEARS = list(range(2026, 2037))


@pytest.fixture(scope="module")
def read():
    return read_proposals(STUDY / "projects")


def gains(proposals, factor: float = 30.0) -> xr.DataArray:
    """Return made-up gains in proportion to each project's shares of levers, from its completion on."""
    values = np.zeros((len(proposals), len(PARTNERS), len(YEARS)))
    for i, one in enumerate(proposals):
        size = sum(effect.central for effect in one.effects if effect.kind == "lever")
        values[i, :, one.project.build_years :] = factor * size * np.array([[2.0], [1.0]])
    labels = {"project": [one.project.id for one in proposals], "partner": list(PARTNERS), "offset": range(len(YEARS))}
    return xr.DataArray(values, labels, ("project", "partner", "offset"))


def at(proposals, level: str) -> dict[str, float]:
    """Return every cost and effect at one end of its range, or at its centre (`value`)."""
    return {name: getattr(entry, level) for name, entry in entries(proposals).items()}


def budget() -> Budget:
    years = list(range(2026, 2034))
    amount = xr.DataArray([[150.0] * 8, [120.0] * 8], {"partner": list(PARTNERS), "year": years}, ("partner", "year"))
    return Budget(amount=amount, carry_over=0.2)


def test_candidates_cover_the_fields_of_the_plans(read) -> None:
    proposals, _ = read
    assert len(proposals) >= 24
    themes = Counter(one.theme for one in proposals)
    assert set(themes) == {
        "border", "corridors", "energy", "automation", "standards", "digital_trade", "research", "education"
    }  # fmt: skip
    assert min(themes.values()) >= 3
    assert {support(one, PARTNERS) for one in proposals} == {"both", "one", "none"}
    assert all(len(set(one.titles.values())) == 3 for one in proposals)
    assert all(one.costs and one.effects for one in proposals)
    assert any(one.project.requires for one in proposals)
    assert any(one.project.excludes for one in proposals)


def test_effects_act_on_what_exists(read) -> None:
    proposals, _ = read
    levers = {one["id"] for one in tomllib.loads((STUDY / "levers.toml").read_text("utf-8"))["lever"]}
    with (STUDY / "wedges.csv").open(encoding="utf-8") as file:
        components = {row["component"] for row in csv.DictReader(file)}
    for one in proposals:
        for effect in one.effects:
            if effect.kind == "lever":
                assert effect.target in levers, effect
                assert effect.unit == "share"
            if effect.kind == "wedge":
                assert effect.target in components, effect
                assert 0 <= effect.low <= effect.high < 1


def test_no_lever_is_used_more_than_once_in_full(read) -> None:
    used: dict[str, float] = defaultdict(float)
    for one in read[0]:
        for effect in one.effects:
            if effect.kind == "lever":
                used[effect.target] += effect.central
    assert {name: share for name, share in used.items() if share > 1 + 1e-9} == {}


def test_statements_are_those_of_the_study(read) -> None:
    with (STUDY / "statements.csv").open(encoding="utf-8") as file:
        owners = {row["id"]: row["partner"].split(";") for row in csv.DictReader(file) if row["standing"] == "current"}
    for one in read[0]:
        for partner, statements in one.statements.items():
            assert all(partner in owners[statement] for statement in statements), one.project.id


def test_a_plan_carries_a_project_by_its_own_statements_alone() -> None:
    """As for measures: an official's word is no plan, and a paper that both signed is no plan of either."""
    study = packaged_study()
    assert study.agenda is not None
    found = {one.project.id: one for one in study.agenda.proposals}
    said = said_by(study.statements)
    assert all(
        (name, side) in said for one in found.values() for side, names in one.statements.items() for name in names
    )
    assert support(found["machine_standards"], PARTNERS) == "one", "Rosstandart's word on standards is no plan"
    assert support(found["joint_grants"], PARTNERS) == "one", "the joint statement of 2023 is no plan"
    assert support(found["zabaikalsk_road"], PARTNERS) == "both"
    assert study.agenda.left_out > 0


def test_a_measure_and_the_projects_that_carry_it_have_costs_for_the_same_sides(read) -> None:
    """What the programme prices is not free in the headline."""
    study = packaged_study()
    priced = {
        (effect.target, line.side)
        for one in read[0]
        for effect in one.effects
        if effect.kind == "lever"
        for line in one.costs
    }
    assert len(priced) > 20
    assert not priced & unknown_costs(study.levers, study.costs)


def test_every_number_says_where_it_comes_from(read) -> None:
    for one in read[0]:
        for part in (*one.costs, *one.effects):
            evidence = part.evidence
            assert evidence.source
            if evidence.status is Status.ASSUMED:
                assert "assumed" in evidence.source or "assumed" in evidence.note or evidence.address, part
            assert not evidence.address or evidence.address.startswith("http")


def test_gains_become_a_schedule(read) -> None:
    proposals, limits = read
    settings = ProgrammeSettings(
        base_year=2026, horizon=2036, discount_rate=0.05, minimum_share=0.2, gap=0.01, time_limit_s=60
    )
    candidates = candidates_of(proposals, gains(proposals), at(proposals, "value"), limits=limits)
    result = schedule(candidates, budget(), settings, objective="maxmin")
    assert result.start
    assert (result.valued.gain >= result.disagreement - 1e-6).all()
    assert result.gap <= 0.011
    assert not {"plant_health_lab", "destination_checks"} <= set(result.start)


def test_dearer_candidates_gain_less(read) -> None:
    proposals, limits = read
    settings = ProgrammeSettings(base_year=2026, horizon=2036, discount_rate=0.05, floor="none", gap=0.001)
    worth = {
        level: schedule(
            candidates_of(proposals, gains(proposals), at(proposals, level), limits=limits), budget(), settings
        ).objective
        for level in ("low", "value", "high")
    }
    assert worth["low"] > worth["value"] > worth["high"]


def test_share_that_rests_on_assumptions(read) -> None:
    proposals, _ = read
    quoted = next(one for one in proposals if one.project.id == "bolshoi_ussuriysky")
    assert assumed_share([quoted], {quoted.project.id: 10.0}) == pytest.approx(0.5)
    firm = replace(quoted, effects=tuple(e for e in quoted.effects if e.evidence.status is Status.QUOTED))
    assert assumed_share([quoted, firm], {quoted.project.id: 10.0}) == pytest.approx(0.25)
    assert assumed_share(proposals, {}) == 0.0


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("costs.csv", "zabaikalsk_road,0,2", "zabaikalsk_rod,0,2", "'zabaikalsk_rod'"),
        ("costs.csv", "zabaikalsk_road,0,2", "zabaikalsk_road,3,2", "3 to 2"),
        ("costs.csv", ",30.0,46.67,73.33,", ",50.0,46.67,73.33,", "low <= central"),
        ("costs.csv", ",quoted,92.5", ",believed,92.5", "'believed'"),
        ("effects.csv", "zabaikalsk_road,lever", "zabaikalsk_road,leaver", "'leaver'"),
        ("projects.csv", "RUS:ru_m096", "ru_m096", "PARTNER:ID"),
        ("needs.csv", "border_builders,resource,0,2,2", "border_builders,resource,0,2,-2", "-2"),
    ],
)
def test_what_contradicts_itself_is_refused(file: str, old: str, new: str, named: str, tmp_path: Path) -> None:
    for path in (STUDY / "projects").glob("*.csv"):
        text = path.read_text("utf-8")
        if path.name == file:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        read_proposals(tmp_path)
    assert named in str(caught.value)


def test_a_folder_may_hold_the_least_that_is_needed(tmp_path: Path) -> None:
    """Titles in English alone, no needs, no limits, no addresses of assumptions: read as if the rest were empty."""
    (tmp_path / "projects.csv").write_text("id,title_en,build_years,earliest,latest\na,A,1,2026,2030\n", "utf-8")
    span, end = "project,from_offset,to_offset,low_musd,central_musd,high_musd", "source,status"
    (tmp_path / "costs.csv").write_text(f"{span},{end}\na,0,1,1,2,3,assumed: guess,assumed\n", "utf-8")
    (tmp_path / "effects.csv").write_text(
        f"project,kind,target,low,central,high,{end}\na,wedge,time,0,0.1,0.2,assumed: guess,assumed\n", "utf-8"
    )
    (one,), limits = read_proposals(tmp_path)
    assert limits == ()
    assert one.titles == {"en": "A", "ru": "A", "zh": "A"}
    assert (one.project.sides, one.project.requires, one.sectors, dict(one.statements), one.needs) == (
        (),
        (),
        (),
        {},
        (),
    )
    assert (one.costs[0].side, one.costs[0].evidence.address, one.effects[0].exporter) == ("", "", ())


def test_a_fact_still_needs_its_address(tmp_path: Path) -> None:
    (tmp_path / "projects.csv").write_text("id,title_en,build_years,earliest,latest\na,A,1,2026,2030\n", "utf-8")
    (tmp_path / "costs.csv").write_text(
        "project,from_offset,to_offset,low_musd,central_musd,high_musd,source,status\na,0,1,1,2,3,A paper,quoted\n",
        "utf-8",
    )
    with pytest.raises(BadInputError, match="column address"):
        read_proposals(tmp_path)
