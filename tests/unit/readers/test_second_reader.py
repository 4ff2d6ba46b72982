"""The second reader against a real small server: what it says is checked in the passage and set beside the rules' reading."""

import csv
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from isthmus.commands.plan import command
from isthmus.core.errors import BadInputError
from isthmus.readers.documents.second_reader import ADDRESS, KEY, MODEL, server_of

PLAN = """Raise the share of rail freight to 40 percent by 2031.
Cut losses of water by at least 12 percent by 2030.
Plant 3 million trees by 2029.
"""


class Reader:
    """A server that answers each passage with prepared rows and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.rows: dict[str, Any] = {}
        self.raw: str | None = None
        reader = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                reader.asked.append({"path": self.path, **body})
                reader.keys.append(self.headers.get("Authorization", ""))
                passage = body["messages"][-1]["content"]
                rows = [row for start, found in reader.rows.items() if passage.startswith(start) for row in found]
                content = reader.raw if reader.raw is not None else json.dumps({"targets": rows})
                answer = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: Any) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/v1"


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    made = Reader()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv(ADDRESS, made.address)
    monkeypatch.setenv(MODEL, "small")
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def row(value: float, **fields: Any) -> dict[str, Any]:
    return {"indicator": "x", "kind": "level", "operator": "=", "value": value, "unit": "%", "direction": ""} | fields


def extract(folder: Path) -> tuple[dict[str, Any], list[dict[str, str]]]:
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    arguments = ["extract", str(folder / "plan.txt"), "--out", str(folder / "t.csv"), "--reader", "openai", "--json"]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    with (folder / "t_readings.csv").open(encoding="utf-8", newline="") as file:
        return json.loads(result.stdout), list(csv.DictReader(file))


def test_both_readings_stand_side_by_side_and_agreement_is_measured(reader: Reader, tmp_path: Path) -> None:
    reader.rows = {
        "Raise": [row(40.0, year=2031, direction="up")],
        "Cut": [row(-12.0, kind="change_pct", operator=">=", year=2030, direction="down")],
    }
    summary, rows = extract(tmp_path)
    assert [(r["verdict"], r["differs"]) for r in rows] == [("agree", ""), ("differs", "operator"), ("only first", "")]
    assert summary["second_reader"]["agreement"] == pytest.approx(1 / 3)
    assert summary["second_reader"]["review"] == 2
    assert {a["model"] for a in reader.asked} == {"small"}
    assert {a["path"] for a in reader.asked} == {"/v1/chat/completions"}


def test_a_value_that_does_not_stand_in_the_passage_is_refused(reader: Reader, tmp_path: Path) -> None:
    reader.rows = {"Plant": [row(5e6, kind="cumulative", unit="trees", year=2029), row(3e6, unit="trees", year=2035)]}
    summary, rows = extract(tmp_path)
    assert summary["second_reader"]["refused"] == {"value not in the passage": 1}
    planted = next(r for r in rows if r["first_value"] == "3000000.0")
    assert (planted["second_value"], planted["second_year"]) == ("3000000.0", "")


def test_the_table_of_targets_is_that_of_the_rules(reader: Reader, tmp_path: Path) -> None:
    reader.rows = {"Raise": [row(31.0)]}
    extract(tmp_path)
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert [float(r["value"]) for r in csv.DictReader(file)] == [40.0, -12.0, 3e6]


def test_a_key_is_sent_where_there_is_one(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "k")
    extract(tmp_path)
    assert set(reader.keys) == {"Bearer k"}


def test_an_answer_that_is_no_list_of_targets_is_bad_input(reader: Reader, tmp_path: Path) -> None:
    reader.raw = "I cannot do that."
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    arguments = ["extract", str(tmp_path / "plan.txt"), "--out", str(tmp_path / "t.csv"), "--reader", "openai"]
    result = CliRunner().invoke(command, arguments)
    assert isinstance(result.exception, BadInputError)
    assert not (tmp_path / "t.csv").exists()


def test_without_an_address_the_switch_is_bad_input() -> None:
    with pytest.raises(BadInputError, match=ADDRESS):
        server_of({})
