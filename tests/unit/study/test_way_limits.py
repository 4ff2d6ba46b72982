"""What full ways take back of measures: less room lowers what they bring, more never does; what has no solution is left out."""

import dataclasses
import json

import numpy as np
import pytest

from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.levers.ways import ROOM
from isthmus.levers.worlds import Timetable, plan_worlds, solve_worlds
from isthmus.report.blocks import Grid, Paragraph, flat
from isthmus.report.chapters import corridors as chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.study import corridors, coupling, network
from isthmus.study.draws import central_draw
from isthmus.study.headline import headline_world
from isthmus.study.jobs import QUICK
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, View
from tests.packaged import packaged_study

pytestmark = pytest.mark.slow


class _Bench:
    def progress(self, _share):
        pass

    def map(self, function, items):
        return [function(item) for item in items]


def with_room(study, room, low, high):
    entry = Parameter(
        name=ROOM, description="room", unit="ratio", value=room, low=low, high=high, source="test",
        status=Status.ASSUMED,
    )  # fmt: skip
    return dataclasses.replace(study, ledger=Ledger({**study.ledger.parameters, ROOM: entry}))


@pytest.fixture(scope="module")
def measured():
    study = packaged_study()
    made = network.compute(View(study, "network", network.STATION.reads), Findings(), _Bench())
    return network.refine(study, made), Findings({"network": made})


@pytest.fixture(scope="module")
def roomy(measured):
    """A section with the room there is, and its ends: seven tenths of it and half as much again."""
    study, findings = measured
    one = with_room(study, 1.0, 0.7, 1.5)
    return one, corridors.compute(View(one, "corridors", corridors.STATION.reads), findings, _Bench())


def gain(study, section, room):
    """Return million USD that all measures bring both partners at the deadline, ways limited as a section says."""
    parameters = {**central_draw(study).parameters, ROOM: room}
    world = headline_world(study)[0]
    worlds = plan_worlds(study.levers, study.partners, parameters, study.asked)
    found = solve_worlds(
        world, study.levers, parameters, [w for w in worlds if w.name == QUICK],
        Timetable(study.start, study.deadline, study.deadline),
        trade_balance=study.trade_balance, standing=standing_costs(Findings({"corridors": section}), study),
    )  # fmt: skip
    at = [world.economies.index(p) for p in study.partners]
    return float(found[QUICK].real_income[study.deadline][at] @ world.income.values[at]) / 100


def test_less_room_lowers_what_measures_bring_and_more_never_does(roomy):
    assert "agreed" not in roomy[1].unsettled
    gains = {room: gain(*roomy, room) for room in (0.7, 1.0, 1.5)}
    assert gains[0.7] < gains[1.0] <= gains[1.5]
    lost, won = (gains[1.0] - gains[0.7]) / 0.3, (gains[1.5] - gains[1.0]) / 0.5
    assert lost > 10 * won > 0


def test_a_number_between_the_ends_of_the_range_lies_between(roomy):
    ends = [gain(*roomy, room) for room in (0.7, 0.85, 1.0, 1.25, 1.5)]
    assert ends == sorted(ends)
    assert ends[0] < ends[2] < ends[4]
    assert ends[1] == pytest.approx((ends[0] + ends[2]) / 2, rel=1e-3)
    assert gain(*roomy, 0.2) == pytest.approx(ends[0])


def test_shares_are_shares_of_cuts_and_lie_on_what_goes_dearer(roomy):
    _, section = roomy
    assert section.way_limits.rows
    for row in section.way_limits.rows:
        assert row.cut_pct > 0
        assert all(0 <= x <= 100 for x in (row.taken_less_pct, row.taken_pct, row.taken_more_pct))
    weighted = [sum(getattr(r, n) * r.cut_pct * r.trade_musd for r in section.way_limits.rows) for n in
                ("taken_less_pct", "taken_pct", "taken_more_pct")]  # fmt: skip
    assert weighted[0] > weighted[1] > weighted[2] >= 0


def test_headroom_falls_with_use_and_projects_only_add_to_it(roomy):
    study, section = roomy
    rows = {(r.case, r.arc, r.direction, r.year): r for r in section.headroom.rows}
    assert {r.year for r in rows.values()} == set(range(study.start, study.deadline + 1))
    for (case, arc, direction, year), row in rows.items():
        assert (row.growth_pct == 0) == (row.utilisation_pct > 99.9)
        if case == "built" and arc == "rx-zabaikalsk":
            before = rows["as_it_is", arc, direction, year]
            assert row.utilisation_pct <= before.utilisation_pct + 1e-6
    later = rows["built", "rx-zabaikalsk", "backward", study.deadline]
    assert rows["as_it_is", "rx-zabaikalsk", "backward", study.deadline].growth_pct == 0
    assert later.growth_pct is None or later.growth_pct > 0
    assert rows["built", "rx-zabaikalsk", "backward", study.start].growth_pct == 0


def test_every_crossing_that_has_a_project_is_worth_room(roomy):
    _, section = roomy
    saved = {r.project: r.agreed_musd for r in section.candidates.rows}
    for project in ("zabaikalsk-rail", "zabaikalsk-road", "road-crossings-far-east", "bolshoi-ussuriysky",
                    "nizhneleninskoye-design", "grodekovo-reload"):  # fmt: skip
        assert saved[project] > 1


def test_rents_without_an_owner_show_a_range_for_either_side(roomy):
    _, section = roomy
    unnamed = {(r.kind, r.exporter, r.importer): r.musd for r in section.way_rents.rows if r.recipient == "carrier"}
    assert unnamed
    for row in section.way_rents.rows:
        way = row.kind, row.exporter, row.importer
        if row.recipient in (row.exporter, row.importer):
            assert row.high_musd == pytest.approx(row.musd + unnamed.get(way, 0.0))
            assert row.low_musd == row.musd


@pytest.fixture(scope="module")
def unsettled(measured):
    study, findings = measured
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coupling, "ROUNDS", 1)
        patch.setattr(coupling, "CUTS", coupling.CUTS[:1])
        return study, corridors.compute(View(study, "corridors", corridors.STATION.reads), findings, _Bench())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_no_solution_is_not_shown(unsettled, language):
    study, section = unsettled
    assert not section.converged
    assert "agreed" in section.unsettled
    assert not section.limits.rows
    assert not section.trade_limits.rows
    assert not section.way_limits.rows
    assert standing_costs(Findings({"corridors": section}), study).ways is None
    text = Translator(language)
    made = chapter.chapter(section, Findings(), text)
    assert made.title == text("corridors.unsolved", year=study.deadline)
    assert "limits" not in {b.csv for b in flat(made.blocks) if isinstance(b, Grid)}
    assert any(b.tone == "warning" for b in flat(made.blocks) if isinstance(b, Paragraph))
    assert all(np.isfinite(r.agreed_musd) for r in section.candidates.rows)
    assert json.dumps(section.unsettled)
