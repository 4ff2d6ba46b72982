"""The second reader against a real small server: what it says is checked in the passage and set beside the rules' reading."""

import csv
import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from isthmus.commands.plan import command
from isthmus.core.errors import BadInputError
from isthmus.plans.language import detect
from isthmus.plans.plan import Kind, Target
from isthmus.plans.second import unsupported
from isthmus.readers.documents import second_reader
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.second_reader import ADDRESS, KEY, MODEL, server_of

PLAN = """Raise the share of rail freight to 40 percent by 2031.
Cut losses of water by at least 12 percent by 2030.
Plant 3 million trees by 2029.
"""
FOUR = f"{PLAN}Build 25 bridges by 2028.\n"


class Reader:
    """A server that answers each passage with prepared rows and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.rows: dict[str, Any] = {}
        self.raw: str | None = None
        self.content: Any = ""
        self.drip: float | None = None
        self.failures: dict[str, list[int]] = {}
        self.headers: dict[str, str] = {}
        reader = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                reader.asked.append({"path": self.path, **body})
                reader.keys.append(self.headers.get("Authorization", ""))
                passage = body["messages"][-1]["content"]
                failing = next((left for start, left in reader.failures.items() if passage.startswith(start)), [])
                if failing and (status := failing.pop(0)):
                    self.send_response(status)
                    for name, value in reader.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                rows = [row for start, found in reader.rows.items() if passage.startswith(start) for row in found]
                content = reader.raw if reader.raw is not None else json.dumps({"targets": rows})
                content = content if reader.content == "" else reader.content
                answer = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                if reader.drip is None:
                    self.wfile.write(answer)
                    return
                with suppress(OSError):  # the reader may have gone
                    for byte in answer:
                        self.wfile.write(bytes([byte]))
                        time.sleep(reader.drip)

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
    monkeypatch.delenv(KEY, raising=False)
    monkeypatch.setattr(second_reader, "PAUSE_S", 0.0)
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def row(value: float, **fields: Any) -> dict[str, Any]:
    return {"indicator": "x", "kind": "level", "operator": "=", "value": value, "unit": "%", "direction": ""} | fields


def extract(folder: Path, plan: str = PLAN) -> tuple[dict[str, Any], list[dict[str, str]]]:
    summary, rows, _ = told(folder, plan)
    return summary, rows


def told(folder: Path, plan: str = PLAN, code: int = 0) -> tuple[dict[str, Any], list[dict[str, str]], str]:
    (folder / "plan.txt").write_text(plan, "utf-8")
    arguments = ["extract", str(folder / "plan.txt"), "--out", str(folder / "t.csv"), "--reader", "openai", "--json"]
    result = CliRunner().invoke(command, arguments)
    assert getattr(result.exception, "exit_code", result.exit_code) == code, result.output
    with (folder / "t_readings.csv").open(encoding="utf-8", newline="") as file:
        return json.loads(result.stdout), list(csv.DictReader(file)), result.stderr


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
    assert summary["second_reader"]["refused"] == {"value not in the passage": 1, "year not in the passage": 1}
    assert [(r["verdict"], r["second_year"]) for r in rows[-3:]] == [
        ("only first", ""), ("refused", "2029"), ("refused", "2035"),
    ]  # fmt: skip


def test_the_table_of_targets_is_that_of_the_rules(reader: Reader, tmp_path: Path) -> None:
    reader.rows = {"Raise": [row(31.0)]}
    extract(tmp_path)
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert [float(r["value"]) for r in csv.DictReader(file)] == [40.0, -12.0, 3e6]


def test_a_key_is_sent_where_there_is_one(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "k")
    extract(tmp_path)
    assert set(reader.keys) == {"Bearer k"}


@pytest.mark.parametrize(("status", "reason"), [(500, "HTTP 500"), (429, "HTTP 429"), (404, "HTTP 404")])
def test_one_passage_without_an_answer_is_counted_and_the_others_are_read(
    reader: Reader, tmp_path: Path, status: int, reason: str
) -> None:
    reader.rows = {"Raise": [row(40.0, year=2031, direction="up")]}
    reader.failures, reader.headers = {"Cut": [status, status]}, {"Retry-After": "0"}
    summary, rows, said = told(tmp_path)
    assert [r["verdict"] for r in rows] == ["agree", "unanswered", "only first"]
    assert summary["second_reader"]["unanswered"] == {reason: 1}
    assert (summary["second_reader"]["agreement"], summary["second_reader"]["review"]) == (0.5, 1)
    assert len(reader.asked) == 4
    assert f"agreement 50%, 1 to review, 0 refused, 1 (1 {reason}) of 3 passages unanswered" in said
    assert "t_readings.csv" in said


def test_a_passage_is_asked_once_more_after_the_time_that_the_server_names(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(second_reader.time, "sleep", waited.append)
    reader.failures, reader.headers = {"Raise": [429], "Cut": [503], "Plant": [500]}, {"Retry-After": "4"}
    summary, _ = extract(tmp_path)
    assert summary["second_reader"]["unanswered"] == {}
    assert waited == [4.0, 4.0, 0.0]
    reader.failures, reader.headers = {"Raise": [429]}, {"Retry-After": "3600"}
    extract(tmp_path)
    assert waited[-1] == second_reader.LONGEST_PAUSE_S


@pytest.mark.parametrize("raw", ["I cannot do that.", "[" * 100_000, '{"targets": 7}', "[]"])
def test_after_three_answers_in_a_row_that_are_none_no_more_are_asked(reader: Reader, tmp_path: Path, raw: str) -> None:
    reader.raw = raw
    summary, rows, said = told(tmp_path, FOUR, code=2)
    assert [r["verdict"] for r in rows] == ["unanswered"] * 4
    assert sum(summary["second_reader"]["unanswered"].values()) == 4
    assert summary["second_reader"]["unanswered"]["not asked"] == 1
    assert len(reader.asked) == 6
    assert "no more passages were asked: 3 passages in a row without an answer" in said
    assert summary["targets"] == 4


def test_a_server_that_cannot_be_reached_does_not_lose_the_table(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS, "http://127.0.0.1:9/v1")
    summary, _, said = told(tmp_path, code=2)
    assert summary["targets"] == 3
    assert "cannot be reached" in said


def test_a_refused_key_is_told_as_such_and_not_tried_again(reader: Reader, tmp_path: Path) -> None:
    reader.failures = {"Raise": [401]}
    summary, _, said = told(tmp_path, code=2)
    assert len(reader.asked) == 1
    assert f"the key is refused (HTTP 401; it is read from {KEY})" in said
    assert "reached" not in said
    assert summary["second_reader"]["agreement"] is None


def test_a_value_written_as_text_is_read_and_rows_that_are_none_are_refused(reader: Reader, tmp_path: Path) -> None:
    whole = row(40.0, direction="up") | {"value": "40%", "year": "2031"}
    broken = [row(40.0, kind=["level"]), row(40.0) | {"value": 10**400}, row(40.0) | {"value": "some"}, "junk"]
    reader.rows = {"Raise": [whole, *broken], "Plant": [row(3e6, year=float("nan"))]}
    summary, rows = extract(tmp_path)
    assert rows[0]["verdict"] == "agree"
    assert summary["second_reader"]["refused"] == {"not a target": 4}


@pytest.mark.parametrize("address", ["not a url", "ftp://x/v1", "http://", "localhost:8000/v1", "http://x:port/v1"])
def test_an_address_of_no_server_is_bad_input_before_anything_is_read(address: str) -> None:
    with pytest.raises(BadInputError, match="no address of a server"):
        server_of({ADDRESS: address, MODEL: "small"})


def test_a_key_that_cannot_be_sent_is_bad_input_and_not_shown() -> None:
    with pytest.raises(BadInputError, match=KEY) as refused:
        server_of({ADDRESS: "http://x/v1", MODEL: "small", KEY: "a\nb"})
    assert "a\nb" not in str(refused.value)


def test_without_an_address_the_switch_is_bad_input() -> None:
    with pytest.raises(BadInputError, match=ADDRESS):
        server_of({})


def test_a_time_out_is_told_with_its_seconds(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: Any, **__: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr(second_reader.urllib.request, "urlopen", late)
    _, _, said = told(tmp_path, code=2)
    assert "at most 120 seconds a passage" in said
    assert "second reader: no answer within 120 seconds; asked once more" in said


def test_an_answer_that_comes_by_the_byte_is_none_after_the_time(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_reader, "TIMEOUT_S", 0.2)
    reader.drip = 0.05
    started = time.monotonic()
    summary, _, _ = told(tmp_path, "Raise coverage to 40 % by 2031.", code=2)
    assert sum(summary["second_reader"]["unanswered"].values()) == 1
    assert time.monotonic() - started < 4


@pytest.mark.parametrize("content", [None, 7, ["targets"]])
def test_an_answer_without_text_is_none_and_the_table_is_written(
    reader: Reader, tmp_path: Path, content: object
) -> None:
    reader.content = content
    summary, rows, _ = told(tmp_path, "Raise coverage to 40 % by 2031.", code=2)
    assert summary["second_reader"]["unanswered"] == {"the answer holds no text": 1}
    assert [r["verdict"] for r in rows] == ["unanswered"]
    assert (tmp_path / "t.csv").exists()


@pytest.mark.parametrize(
    "around", ["```json\n{}\n```", "Here is what I found:\n```\n{}\n```\nAsk for more.", "{} Done."]
)
def test_a_list_within_a_fence_or_a_sentence_is_read(reader: Reader, tmp_path: Path, around: str) -> None:
    reader.raw = around.replace("{}", json.dumps({"targets": [row(40.0, year=2031, direction="up")]}))
    _, rows = extract(tmp_path)
    assert rows[0]["verdict"] == "agree"


def test_what_is_refused_stands_beside_both_readings_with_its_reason(reader: Reader, tmp_path: Path) -> None:
    reader.rows = {"Raise": [row(40.0, year=2031, direction="up")], "Plant": [row(7e6, unit="trees"), "many"]}
    _, rows = extract(tmp_path)
    refused = [(r["reason"], r["second_value"], r["second_indicator"]) for r in rows if r["verdict"] == "refused"]
    assert refused == [("value not in the passage", "7000000.0", "x"), ("not a target", "", "many")]
    assert rows[-1]["passage"].startswith("Plant")


def test_a_second_reader_that_answers_nothing_ends_the_command_with_what_to_do(reader: Reader, tmp_path: Path) -> None:
    reader.raw = "no"
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    arguments = ["extract", str(tmp_path / "plan.txt"), "--out", str(tmp_path / "t.csv"), "--reader", "openai"]
    result = CliRunner().invoke(command, arguments)
    assert isinstance(result.exception, BadInputError)
    assert "none of 3 passages was answered; the table of the rules is written" in str(result.exception)
    assert (tmp_path / "t.csv").read_text("utf-8").count("\n") == 4


def test_it_says_which_passage_of_how_many_is_asked(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("isthmus.commands.plan.SILENCE", 0)
    _, _, said = told(tmp_path)
    assert "asking the second reader: passage 2 of 3" in said


PLACED = """By 2031, the share of rail freight will reach 40 percent.
Raise exports to 5 billion dollars by 2028.
"""


@pytest.mark.parametrize(
    ("start", "answer", "reason"),
    [
        ("Raise", row(5e9, unit="EUR", year=2028), "currency not in the passage"),
        ("Raise", row(5.0, unit="billion €", year=2028), "currency not in the passage"),
        ("By", row(-40.0, year=2031), "sign not in the passage"),
        ("By", row(-40.0, kind="change_pct", year=2031), "sign not in the passage"),
        ("By", row(2031.0, year=2031), "value is a year of the passage"),
        ("By", row(40.0, year=2031, base_value=12), "base value not in the passage"),
    ],
)
def test_what_the_passage_does_not_support_is_refused_with_its_reason(
    reader: Reader, tmp_path: Path, start: str, answer: dict[str, Any], reason: str
) -> None:
    reader.rows = {start: [answer]}
    summary, rows = extract(tmp_path, PLACED)
    assert summary["second_reader"]["refused"] == {reason: 1}
    assert [r["verdict"] for r in rows] == ["only first", "only first", "refused"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (row(5e9, unit="USD", year=2029), "year not in the passage"),
        (row(5e9, unit="USD", year=2028, base_year=2020), "year not in the passage"),
        (row(5e9, unit="USD", year="2026-2028"), "year is no number"),
        (row(5e9, unit="USD", year=2028, base_value="3 to 4"), "base_value is no number"),
    ],
)
def test_a_year_or_a_start_that_is_not_taken_is_refused_and_said(
    reader: Reader, tmp_path: Path, answer: dict[str, Any], reason: str
) -> None:
    reader.rows = {"Raise": [answer]}
    summary, rows, said = told(tmp_path, PLACED)
    assert summary["second_reader"]["refused"] == {reason: 1}
    assert rows[-1]["reason"] == reason
    assert f"1 (1 {reason}) refused" in said


@pytest.mark.parametrize(
    ("answer", "differs"),
    [
        (row(-30.0, kind="change_pct", year=2031, base_year=2020, direction="down"), ""),
        (row(-30.0, kind="change_pct", year=2031, direction="down"), "base_year"),
        (row(-30.0, kind="change_pct", year=2031, base_year=2020, base_value=30, direction="down"), "base_value"),
    ],
)
def test_years_and_values_that_a_change_counts_from_are_compared(
    reader: Reader, tmp_path: Path, answer: dict[str, Any], differs: str
) -> None:
    reader.rows = {"Cut": [answer]}
    _, rows = extract(tmp_path, "Cut losses of water by 30 percent by 2031 compared with 2020.")
    assert [(r["verdict"], r["differs"]) for r in rows] == [("differs" if differs else "agree", differs)]
    assert rows[0]["first_base_year"] == "2020"


WORDS = """We will double exports of tea.
The plan is to halve losses of water.
Two thirds of homes will have gas.
The council listens to the people of the valley.
Увеличить экспорт чая вдвое.
出口额翻一番。
"""


def test_passages_with_numbers_in_words_are_asked(reader: Reader, tmp_path: Path) -> None:
    reader.rows = {"We will": [row(2.0, kind="multiple", unit="x", direction="up")], "Two": [row(66.7)]}
    _, rows = extract(tmp_path, WORDS)
    asked = [a["messages"][-1]["content"] for a in reader.asked]
    assert asked == [line for line in WORDS.splitlines() if "council" not in line]
    assert [r["verdict"] for r in rows if r["passage"].startswith(("We will", "Two"))] == ["agree", "agree"]


def test_what_is_thought_aloud_in_front_of_the_list_is_no_list(reader: Reader, tmp_path: Path) -> None:
    aim = json.dumps({"targets": [row(40.0, year=2031, direction="up")]})
    reader.raw = f'<think>Sets {{a, b}}; {{"year": 2031}}; first {{"targets": []}}.</think>\n{aim}\nDone {{}}.'
    _, rows = extract(tmp_path)
    assert rows[0]["verdict"] == "agree"


def test_rows_of_both_readings_name_their_file(reader: Reader, tmp_path: Path) -> None:
    for name in ("north.txt", "south.txt"):
        (tmp_path / name).write_text("Plant 3 million trees by 2029.", "utf-8")
    reader.rows = {"Plant": [row(3e6, unit="trees", year=2029), "many"]}
    files = [str(tmp_path / name) for name in ("north.txt", "south.txt")]
    result = CliRunner().invoke(command, ["extract", *files, "--out", str(tmp_path / "t.csv"), "--reader", "openai"])
    assert result.exit_code == 0, result.output
    with (tmp_path / "t_readings.csv").open(encoding="utf-8", newline="") as file:
        told = [(r["file"], r["verdict"]) for r in csv.DictReader(file)]
    assert sorted(told) == [(n, v) for n in ("north.txt", "south.txt") for v in ("agree", "refused")]


@pytest.mark.parametrize(
    ("start", "answer", "verdict"),
    [
        ("By", row(40.0, unit="percent", year=2031), "agree"),
        ("By", row(40.0, unit="million tonnes", year=2031), "differs"),
        ("Raise", row(5e9, unit="US$", year=2028, direction="up"), "agree"),
        ("Raise", row(5e9, unit="доллары США", year=2028, direction="up"), "agree"),
        ("Raise", row(5e9, unit="%", year=2028, direction="up"), "differs"),
    ],
)
def test_a_unit_of_another_quantity_is_a_difference_and_other_words_for_one_are_none(
    reader: Reader, tmp_path: Path, start: str, answer: dict[str, Any], verdict: str
) -> None:
    reader.rows = {start: [answer]}
    _, rows = extract(tmp_path, PLACED)
    (told,) = (r for r in rows if r["verdict"] != "only first")
    assert (told["verdict"], told["differs"]) == (verdict, "unit" if verdict == "differs" else "")


@pytest.mark.parametrize(
    ("passage", "value", "kind", "unit"),
    [
        ("Keep the mean above -40 degrees in 2031.", -40.0, "level", "°C"),
        ("Сократить выбросы на 30 % к 2030 году.", -30.0, "change_pct", "%"),
        ("Outlays, mln USD | 2030 | 45", 45.0, "level", "USD million"),
        ("到2030年出口额达到50亿美元。", 5e9, "level", "USD"),
        ("Plant 2,030 trees by 2030.", 2030.0, "level", "trees"),
        ("We will double exports.", 2.0, "multiple", ""),
        ("We will double exports.", 100.0, "change_pct", "%"),
        ("Halve the losses of water.", -50.0, "change_pct", "%"),
        ("Two thirds of homes will have gas.", 66.7, "level", "%"),
        ("Two thirds of homes will have gas.", 67.0, "level", "%"),
        ("Half of the homes will have gas.", 0.5, "level", ""),
        ("Увеличить экспорт вдвое.", 2.0, "multiple", ""),
        ("出口额翻一番。", 2.0, "multiple", ""),
    ],
)
def test_what_the_passage_supports_is_taken(passage: str, value: float, kind: str, unit: str) -> None:
    grammars = read_lexicon().grammars
    own = grammars[detect(passage)]
    told = Target("", "", passage, "en", "x", Kind(kind), "=", value, unit)
    assert not unsupported(told, [own, *grammars.values()])


@pytest.mark.parametrize(
    ("passage", "year"),
    [("Spend 45 million in 2025-26.", 2026), ("Raise the share to 45 percent under Vision2030.", 2030)],
)
def test_years_of_spans_and_within_names_stand_in_the_passage(passage: str, year: int) -> None:
    value = 45e6 if "million" in passage else 45.0
    told = Target("", "", passage, "en", "x", Kind.LEVEL, "=", value, "", year=year)
    assert not unsupported(told, [read_lexicon().grammars["en"]])


def test_a_written_value_is_not_rounded() -> None:
    told = Target("", "", "Raise the share to 66.7 percent.", "en", "x", Kind.LEVEL, "=", 67.0, "%")
    assert unsupported(told, [read_lexicon().grammars["en"]]) == "value not in the passage"


def test_a_list_within_other_words_of_json_is_the_list(reader: Reader, tmp_path: Path) -> None:
    reader.raw = json.dumps({"answer": {"targets": [row(40.0, year=2031, direction="up")]}})
    _, rows = extract(tmp_path)
    assert rows[0]["verdict"] == "agree"
