import json
import sys

import pandas as pd

from isthmus.cli import main


def test_without_options_the_packaged_world_is_checked_and_the_rest_is_listed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["isthmus", "validate", "--out", str(tmp_path)])
    main()
    table = pd.read_csv(tmp_path / "published.csv").set_index("id")
    assert table.loc["coefficient.border", "status"] == "not run: needs --gravity FILE"
    assert (table.loc[table.index.str.startswith("identity."), "status"] == "matches").all()
    assert "--gravity FILE" in capsys.readouterr().out


def test_numbers_that_were_not_computed_are_null(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["isthmus", "validate", "--json"])
    main()

    def refuse(word):
        raise ValueError(word)

    summary = json.loads(capsys.readouterr().out, parse_constant=refuse)
    assert {entry["computed"] for entry in summary["entries"] if entry["status"].startswith("not run")} == {None}
