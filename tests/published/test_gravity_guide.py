"""The structural gravity guide's printed results, on the year of its panel that is kept with the tests, and their record."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from isthmus.commands.validate import command, compare, gravity_table
from isthmus.core.errors import BadInputError
from isthmus.readers.published import read_gravity_panel, read_published

PANEL = Path(__file__).parents[1] / "data" / "gravity_guide" / "agtpa_2006.csv.gz"
RECORD = Path(__file__).parents[2] / "docs" / "evidence" / "gravity-guide.md"
ROW = re.compile(r"^\| `(?P<id>[\w.]+)` \|[^|]*\| (?P<published>-?[\d.]+) \| (?P<computed>-?[\d.]+) \|", re.M)


def test_guide_is_reproduced_and_the_record_is_current():
    table = gravity_table(PANEL).set_index("id")
    assert len(table) == 18
    assert table["status"].eq("matches").all(), table[["published", "computed", "tolerance"]]
    recorded = {m["id"]: float(m["computed"]) for m in ROW.finditer(RECORD.read_text("utf-8"))}
    assert recorded == pytest.approx(table["computed"].round(3).to_dict(), abs=0.0011)


def test_record_holds_every_entry_within_its_tolerance():
    rows = {m["id"]: (float(m["published"]), float(m["computed"])) for m in ROW.finditer(RECORD.read_text("utf-8"))}
    entries = read_published("gravity_guide").entry
    assert set(rows) == {e.id for e in entries}
    for entry in entries:
        published, computed = rows[entry.id]
        assert published == entry.value
        assert abs(computed - published) <= entry.tolerance
        assert entry.source
        assert entry.why


def test_a_number_out_of_tolerance_is_called_so():
    entries = read_published("gravity_guide").entry[:2]
    table = compare(entries, {entries[0].id: entries[0].value, entries[1].id: entries[1].value + 1})
    assert table["status"].tolist() == ["matches", "out of tolerance"]
    assert compare(entries, {})["status"].tolist() == ["out of tolerance"] * 2


def test_panel_that_cannot_be_used_is_named(tmp_path):
    path = tmp_path / "panel.csv"
    path.write_text("exporter,importer,year,trade,dist,cntg\nA,A,2006,1,10,0\n")
    assert len(read_gravity_panel(path, 2006)) == 1
    with pytest.raises(BadInputError, match="no row of 1990"):
        read_gravity_panel(path, 1990)
    path.write_text("exporter,importer,year,trade,dist,cntg\nA,A,2006,1,0,0\n")
    with pytest.raises(BadInputError, match="distance of 0"):
        read_gravity_panel(path, 2006)


def test_validate_alone_checks_the_packaged_world_and_lists_what_was_not_run():
    result = CliRunner().invoke(command, ["--json"], catch_exceptions=False)
    assert result.exit_code == 0
    summary = json.loads(result.output)
    assert summary["out_of_tolerance"] == []
    verdicts = [entry["status"] for entry in summary["entries"]]
    assert summary["checked"] == verdicts.count("matches") > 0
    assert verdicts.count("not run: needs --gravity FILE") == 18
