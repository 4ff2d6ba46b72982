"""The packaged network: solvable, sourced, marked, and honest about what it misses."""

import importlib.util
from pathlib import Path

import pytest

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.corridors.calibration import compare
from isthmus.corridors.flow import Flows, flow
from isthmus.readers.networks.network import network_directory, read_network
from isthmus.readers.networks.observed import read_mix, read_observations
from isthmus.readers.tables import read_table

ROOT = Path(__file__).resolve().parents[3]
NAME = "china-russia"
FOLDER = ROOT / "src" / "isthmus" / "assets" / "networks" / NAME


@pytest.fixture(scope="module")
def flows() -> Flows:
    return flow(read_network(NAME))


def test_it_has_the_promised_size_and_every_arc_a_source(flows: Flows) -> None:
    network = flows.network
    assert 60 <= len(network.nodes) <= 120
    assert [arc.id for arc in network.arcs if not arc.source] == []
    assert [p.id for p in network.projects if not p.source] == []
    assert {"line", "transfer", "border", "gauge", "sea", "pipe", "wire"} == {str(arc.kind) for arc in network.arcs}
    assert max(flows.residuals.values()) < 1e-6


def test_what_is_not_quoted_says_what_is_assumed(flows: Flows) -> None:
    bare = [
        arc.id
        for arc in flows.network.arcs
        if arc.status not in (Status.QUOTED, Status.VERIFIED)
        and not any(word in f"{arc.source} {arc.note}".lower() for word in ("assum", "unverified", "rounded", "above"))
    ]
    assert bare == []


def test_projects_name_statements_and_every_planned_arc_has_one(flows: Flows) -> None:
    assert [p.id for p in flows.network.projects if not p.statements] == []
    planned = {arc.id for arc in flows.network.arcs if arc.planned}
    assert planned <= {project.arc for project in flows.network.projects}


def test_known_volumes_are_met_or_listed_with_a_cause(flows: Flows) -> None:
    table = compare(flows, read_observations(NAME))
    missed = table[~table["met"]]
    assert (missed["cause"] != "").all()
    assert table.set_index("id").loc[["zabaikalsk", "rail-all", "pos-2025"], "met"].all()
    assert table["met"].mean() >= 0.6


def test_the_evidence_page_is_fresh() -> None:
    spec = importlib.util.spec_from_file_location("corridors_page", ROOT / "tools" / "corridors.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    written = (ROOT / "docs" / "evidence" / "corridors.md").read_text("utf-8")
    assert written == tool.page(), "stale: run python tools/corridors.py"


def test_every_goods_sector_of_the_packaged_world_has_a_carrier() -> None:
    sectors = read_table(
        ROOT / "src/isthmus/assets/worlds/world-2022/sectors.csv", {"code": "text", "kind": "text"}
    ).frame
    goods = set(sectors[sectors["kind"] == "goods"]["code"])
    mixes = read_mix(NAME, list(sectors["code"]))
    assert {mix.sector for mix in mixes} == goods
    assert {mix.carrier for mix in mixes} <= {carrier.id for carrier in read_network(NAME).carriers}


def test_a_sector_that_the_world_lacks_is_named_with_its_row() -> None:
    first = read_table(network_directory(NAME) / "value_mix.csv", {"sector": "text"}).frame["sector"].iloc[0]
    with pytest.raises(BadInputError, match=rf"value_mix\.csv, row 2, column sector: unknown label '{first}'.*A, B"):
        read_mix(NAME, ["A", "B"])
