"""A run's tables are written in both exchange formats and can be read back."""

import numpy as np
import pandas as pd

from isthmus.commands.exchange import write_exchange
from isthmus.report.exports import read_iamc, read_sdmx_csv
from isthmus.study.station import Section


def test_every_table_is_written_in_both_formats(tmp_path):
    path = pd.DataFrame({"economy": ["A", "A"], "year": [2029, 2030], "real_gdp_pct": [1.5, np.nan]})
    twice = pd.DataFrame({"name": ["a", "a"], "value": [1.0, 2.0]})
    findings = {"x": Section({}, {"path": path, "twice": twice, "empty": path.iloc[:0]}), "y": Section({})}
    written = write_exchange(findings, tmp_path, 2030, "sample")
    assert sorted(written) == ["path", "twice"]
    sdmx = read_sdmx_csv((tmp_path / "exchange/sdmx/path.csv").read_text(encoding="utf-8"))
    assert list(sdmx["TIME_PERIOD"]) == ["2029", "2030"]
    iamc = read_iamc((tmp_path / "exchange/iamc/twice.csv").read_text(encoding="utf-8"))
    assert list(iamc["value"]) == [1.0, 2.0]
    assert list(iamc["variable"]) == ["Twice|Value|1", "Twice|Value|2"]
    assert list(iamc["scenario"].unique()) == ["sample"]
    assert written["path"] == {"sdmx_values": 1, "iamc_values": 1, "iamc_left_out": 0}
