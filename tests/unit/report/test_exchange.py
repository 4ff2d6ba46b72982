"""A run's tables are written in both exchange formats and can be read back; their columns are described beside them."""

from pathlib import Path

import pandas as pd
import pytest
import report_sample as sample

from isthmus.commands.results import write_findings
from isthmus.core.errors import BadInputError
from isthmus.report.exports import read_iamc, read_sdmx_csv
from isthmus.report.structure import check_against_structure, read_structures
from tests.unit.report.exchanged import write_exchange


def test_every_table_is_written_in_both_formats_with_its_units_and_times(tmp_path):
    written = write_exchange(sample.findings(), tmp_path, "sample")
    assert {
        *("assumptions", "costs", "effects", "evidence_weights", "ledger", "ranking", "removal", "repairs", "sectors"),
        *("retrodiction", "third_economies", "trade", "value", "value_by_direction"),
    } == set(written)
    sdmx = read_sdmx_csv((tmp_path / "exchange/sdmx/effects.csv").read_text(encoding="utf-8"))
    assert set(sdmx["TIME_PERIOD"]) == {"2030", "2036"}
    assert set(sdmx["UNIT_MEASURE"]) == {"%"}
    iamc = read_iamc((tmp_path / "exchange/iamc/sectors.csv").read_text(encoding="utf-8"))
    assert set(iamc["year"]) == {"2030"}
    assert set(iamc["unit"]) == {"%"}
    assert set(iamc["scenario"]) == {"sample"}
    assert not (tmp_path / "exchange/iamc/ledger.csv").exists()


def test_the_columns_of_every_table_are_described(tmp_path):
    write_findings(sample.findings(), tmp_path)
    told = pd.read_csv(tmp_path / "tables" / "columns.csv").set_index(["table", "column"])
    for path in (tmp_path / "tables").glob("*.csv"):
        assert list(told.loc[path.stem].index) == list(pd.read_csv(path).columns)
    assert told.loc[("effects", "low"), "unit"] == "%"
    assert (told["meaning"].str.len() > 2).all()


def test_every_sdmx_file_is_as_the_structure_message_says(tmp_path):
    write_exchange(sample.findings(), tmp_path, "sample")
    folder = tmp_path / "exchange" / "sdmx"
    structures = read_structures((folder / "structure.json").read_text("utf-8"))
    files = sorted(folder.glob("*.csv"))
    assert sorted(structures) == [path.stem.upper() for path in files]
    for path in files:
        check_against_structure(path.read_text("utf-8"), structures)
    parts = structures["EFFECTS"].components
    assert next(part.id for part in parts.dimensions) == "FREQ"
    assert "UNIT_MEASURE" in [part.id for part in parts.attributes]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [("UNIT_MEASURE", "UNITS", "UNIT_MEASURE"), (",A,", ",,", "FREQ is empty"), ("EFFECTS", "EFECTS", "EFECTS is not")],
)
def test_data_that_leave_their_structure_are_refused(tmp_path, old, new, message):
    write_exchange(sample.findings(), tmp_path, "sample")
    folder = tmp_path / "exchange" / "sdmx"
    structures = read_structures((folder / "structure.json").read_text("utf-8"))
    with pytest.raises(BadInputError, match=message):
        check_against_structure((folder / "effects.csv").read_text("utf-8").replace(old, new, 1), structures)


def test_iamc_files_are_read_alike_by_readers_that_guess_kinds_of_columns(tmp_path):
    write_exchange(sample.findings(), tmp_path, "sample")
    files = sorted((tmp_path / "exchange/iamc").glob("*.csv"))
    assert len(files) > 5
    for path in files:
        guessed, told = pd.read_csv(path), read_iamc(path.read_text("utf-8"))
        assert set(guessed["unit"]) == set(told["unit"])
        assert [type(unit) for unit in guessed["unit"]] == [str] * len(guessed)


def test_pyam_reads_every_value(tmp_path):
    """Runs where pyam is installed; it is no dependency, because it brings a database with it."""
    pyam = pytest.importorskip("pyam")
    write_exchange(sample.findings(), tmp_path, "sample")
    for path in sorted((tmp_path / "exchange/iamc").glob("*.csv")):
        told = read_iamc(path.read_text("utf-8"))
        found = pyam.IamDataFrame(path).as_pandas(meta_cols=False)
        keys = ["model", "scenario", "region", "variable", "unit", "year"]
        both = found.merge(told.assign(year=told["year"].astype(int)), on=keys, how="outer", suffixes=("_pyam", ""))
        assert len(both) == len(told) == len(found)
        assert (both["value_pyam"] == both["value"]).all()


def test_files_are_the_same_however_many_tables_are_worked_on_at_a_time(tmp_path: Path) -> None:
    alone = write_exchange(sample.findings(), tmp_path / "alone", "sample", processes=1)
    together = write_exchange(sample.findings(), tmp_path / "together", "sample", processes=3)
    assert list(together.items()) == list(alone.items())
    files = sorted(path.relative_to(tmp_path / "alone") for path in (tmp_path / "alone").rglob("*.csv"))
    assert len(files) > len(alone)
    for file in files:
        assert (tmp_path / "together" / file).read_bytes() == (tmp_path / "alone" / file).read_bytes(), file
