"""A station docks by its section, its chapter, its texts and one line of the registry, and then appears everywhere."""

import json
import sys
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Annotated, Any

import pandas as pd
import pytest
from source import PACKAGE

from isthmus.commands import results
from isthmus.core.errors import BadInputError
from isthmus.readers.store.findings import read_findings
from isthmus.report.blocks import Chapter, Paragraph
from isthmus.report.locale import Translator
from isthmus.report.page import collect
from isthmus.study.registry import NAMES, STATIONS
from isthmus.study.run import run
from isthmus.study.section import (
    Help,
    Section,
    Table,
    columns,
    declared_facts,
    declared_tables,
    key,
    measure,
    table,
)
from isthmus.study.station import Findings, Station, UndeclaredError
from tests.unit.report.exchanged import write_exchange
from tests.unit.study.workshops import OneByOne

INTERNAL = {"ensemble", "network", "pace"}


@dataclass(frozen=True)
class BellRow:
    """A bell."""

    economy: Annotated[str, key("economy")]
    loudness: Annotated[float, measure("dB", "how loud it rings")]


@dataclass(frozen=True, kw_only=True)
class BellSection(Section):
    """Bells."""

    deadline: Annotated[int, Help("year in which they ring")]
    bells: Annotated[Table[BellRow], Help("bells", at="deadline")]


def compute(study: Any, _: Findings, __: Any) -> BellSection:
    return BellSection(deadline=study.deadline, bells=table(BellRow, [BellRow("AAA", 12.5)]))


BELLS = Station(
    name="bells", section=BellSection, reads=("deadline",), applies=lambda study: study.deadline > 0, compute=compute
)


@pytest.fixture
def docked(monkeypatch: pytest.MonkeyPatch) -> tuple[Station[Any], ...]:
    chapter = ModuleType("isthmus.report.chapters.bells")
    chapter.chapter = lambda section, findings, text: Chapter(  # type: ignore[attr-defined]
        "bells", "Bells", f"{len(section.bells)} bell", "", [Paragraph(f"{section.bells.rows[0].loudness} dB")]
    )
    monkeypatch.setitem(sys.modules, chapter.__name__, chapter)
    return (BELLS,)


def test_a_docked_station_appears_in_run_report_exchange_and_docs(docked: Any, tmp_path: Path) -> None:
    findings = run(SimpleNamespace(deadline=2030), OneByOne(), docked)  # type: ignore[arg-type]
    assert findings[BellSection].bells.rows == (BellRow("AAA", 12.5),)
    assert [chapter.title for chapter in collect(findings, "en", docked)] == ["1 bell"]
    results.write_findings(findings, tmp_path)
    assert read_findings(tmp_path, docked)[BellSection].deadline == 2030
    told = pd.read_csv(tmp_path / "tables" / "columns.csv").set_index(["table", "column"])
    assert told.loc[("bells", "loudness"), "unit"] == "dB"
    assert write_exchange(findings, tmp_path, "toy")["bells"] == {
        "sdmx_values": 1, "iamc_values": 1, "iamc_left_out": 0,
    }  # fmt: skip
    assert "toy,AAA,Bells|Loudness,dB,2030,12.5" in (tmp_path / "exchange/iamc/bells.csv").read_text("utf-8")
    assert "| loudness | measure | number | dB | how loud it rings |" in reference().tables_page(docked)


def reference() -> ModuleType:
    spec = util.spec_from_file_location("reference", PACKAGE.parents[1] / "tools" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_section_without_a_chapter_stops_the_report() -> None:
    findings = Findings({"bells": BellSection(deadline=2030, bells=table(BellRow))})
    with pytest.raises(ModuleNotFoundError, match="bells"):
        collect(findings, "en", (BELLS,))


def test_an_undeclared_field_of_the_study_is_refused() -> None:
    greedy = Station(name="bells", section=BellSection, reads=(), applies=lambda _: True, compute=compute)
    with pytest.raises(UndeclaredError, match=r"station bells reads study\.deadline"):
        run(SimpleNamespace(deadline=2030), OneByOne(), (greedy,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ({"economy": ["A"]}, "loudness is missing"),
        ({"economy": ["A"], "loudness": [1.0], "colour": ["red"]}, "colour is surplus"),
        ({"economy": ["A"], "loudness": ["loud"]}, "column loudness"),
        ({"economy": ["A"], "loudness": [None]}, "column loudness, row 1: empty"),
        ({"economy": ["A", "A"], "loudness": [1.0, 2.0]}, "two rows for economy A"),
    ],
)
def test_a_table_that_is_not_as_declared_is_refused(frame: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInputError, match=message):
        Table(BellRow, pd.DataFrame(frame))


@pytest.mark.parametrize("station", STATIONS, ids=lambda station: station.name)
def test_every_station_has_its_parts(station: Station[Any]) -> None:
    assert station is STATIONS[NAMES.index(station.name)]
    assert station.internal == (station.name in INTERNAL)
    assert declared_facts(station.section)
    for name, (row, told) in declared_tables(station.section).items():
        assert told.text, name
        assert all(column.help and (column.unit or column.role != "measure") for column in columns(row))
        assert not told.at or told.at in declared_facts(station.section)
    if not station.internal:
        assert util.find_spec(f"isthmus.report.chapters.{station.name}")
        for language in ("en", "ru", "zh"):
            assert Translator(language).station(station.name)
    names = [other.name for other in STATIONS]
    made = {other.section: names.index(other.name) for other in STATIONS}
    assert all(made[needed] < names.index(station.name) for needed in station.needs)


def test_chapters_look_nothing_up_by_a_string() -> None:
    """Facts and tables reach a chapter as typed fields."""
    for path in sorted((PACKAGE / "report").rglob("*.py")):
        text = path.read_text("utf-8")
        assert ".facts[" not in text, path
        assert ".tables[" not in text, path
        assert "Facts" not in [word for line in text.splitlines() if "import" in line for word in line.split()], path
    assert json.dumps([station.name for station in STATIONS])
