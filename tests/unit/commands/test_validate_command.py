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
