"""A station with a package of its own is put into a copy of the product, which is run: what it touches, and where it appears."""

import filecmp
import json
import os
import shutil
import subprocess
import sys
from difflib import ndiff
from pathlib import Path

import pandas as pd
import pytest
from source import PACKAGE

ROOT = PACKAGE.parents[1]
NEW = {
    "bells/__init__.py": '"""Bells."""\n',
    "bells/ring.py": '''"""How loud bells ring."""


def loudness(year: int) -> float:
    """Return dB in a year."""
    return year / 100
''',
    "study/bells.py": '''"""Bells of the partners."""

from dataclasses import dataclass
from typing import Annotated

from isthmus.bells.ring import loudness
from isthmus.study.section import Help, Section, Table, key, measure, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study


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


def compute(study: Study, _: Findings, __: Work) -> BellSection:
    """Ring one bell in each economy."""
    rows = [BellRow(economy, loudness(study.deadline)) for economy in study.partners]
    return BellSection(deadline=study.deadline, bells=table(BellRow, rows))


STATION = Station(
    name="bells", section=BellSection, reads=("deadline", "partners"), applies=lambda _: True, compute=compute
)
''',
    "report/chapters/bells.py": '''"""Bells."""

from isthmus.report.blocks import Chapter, Paragraph
from isthmus.report.locale import Translator
from isthmus.study.bells import BellSection
from isthmus.study.station import Findings


def chapter(section: BellSection, _: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    title = text("bells.title", n=len(section.bells))
    told = text("bells.loud", db=text.number(section.bells.rows[0].loudness, 1))
    return Chapter(name="bells", short=text("bells.short"), title=title, lead="", blocks=[Paragraph(told)])
''',
    "assets/locale/en/bells.toml": 'short = "Bells"\ntitle = "{n} bells ring at the deadline"\nloud = "They ring at {db} dB."\n',
    "assets/locale/ru/bells.toml": 'short = "Колокола"\ntitle = "К сроку звонят колокола: {n}"\nloud = "Громкость {db} дБ."\n',
    "assets/locale/zh/bells.toml": 'short = "钟"\ntitle = "到期时有{n}口钟鸣响"\nloud = "响度为{db}分贝。"\n',
}
"""What docking adds: the station's package, its section, its chapter, its texts."""
PAGE = """
from importlib import util
spec = util.spec_from_file_location("reference", {tool!r})
reference = util.module_from_spec(spec)
spec.loader.exec_module(reference)
print(reference.tables_page())
"""


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the package and dock the station."""
    copy = tmp_path_factory.mktemp("docked") / "src" / "isthmus"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in NEW.items():
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text(text, "utf-8")
    registry = copy / "study" / "registry.py"
    registry.write_text(
        registry.read_text("utf-8").replace('    "evidence",\n', '    "bells",\n    "evidence",\n'), "utf-8"
    )
    return copy


def called(product: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(product.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
def test_docking_touches_own_files_and_one_line_of_the_registry(product: Path) -> None:
    before, after = (
        {
            path.relative_to(root).as_posix()
            for path in root.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        for root in (PACKAGE, product)
    )
    assert after - before == set(NEW)
    assert before <= after
    _, changed, failed = filecmp.cmpfiles(PACKAGE, product, sorted(before), shallow=False)
    assert (changed, failed) == (["study/registry.py"], [])
    lines = [(root / "study" / "registry.py").read_text("utf-8").splitlines() for root in (PACKAGE, product)]
    assert [line for line in ndiff(*lines) if line[0] in "+-"] == ['+     "bells",']


@pytest.mark.slow
def test_a_docked_station_is_in_run_report_exchange_and_docs(product: Path, tmp_path: Path) -> None:
    study = ROOT / "docs" / "examples" / "files" / "minimal"
    called(
        product, "-m", "isthmus", "run", str(study), "--out", str(tmp_path), "--quiet", "--lang", "en", "--lang", "zh"
    )
    findings = json.loads((tmp_path / "findings.json").read_text("utf-8"))
    assert findings["sections"]["bells"] == {"deadline": 2030}
    assert list(findings["sections"])[-2:] == ["bells", "evidence"]
    assert "bells" in json.loads((tmp_path / "manifest.json").read_text("utf-8"))["seconds"]
    table = pd.read_csv(tmp_path / "tables" / "bells.csv")
    assert table.to_dict("list") == {"economy": ["AAA", "BBB"], "loudness": [20.3, 20.3]}
    told = pd.read_csv(tmp_path / "tables" / "columns.csv").set_index(["table", "column"])
    assert told.loc[("bells", "loudness"), "unit"] == "dB"
    english, chinese = ((tmp_path / name).read_text("utf-8") for name in ("report.html", "report.zh.html"))
    assert all(sentence in english for sentence in ("2 bells ring at the deadline", "They ring at 20.3 dB."))
    assert all(sentence in chinese for sentence in ("到期时有2口钟鸣响", "响度为20.3分贝。"))
    assert ",AAA,Bells|Loudness,dB,2030,20.3\n" in (tmp_path / "exchange" / "iamc" / "bells.csv").read_text("utf-8")
    assert ",20.3,dB" in (tmp_path / "exchange" / "sdmx" / "bells.csv").read_text("utf-8")
    structures = json.loads((tmp_path / "exchange" / "sdmx" / "structure.json").read_text("utf-8"))
    assert "BELLS" in {one["id"] for one in structures["data"]["dataStructures"]}
    page = called(product, "-c", PAGE.format(tool=str(ROOT / "tools" / "reference.py")))
    assert "## bells" in page
    assert "| loudness | measure | number | dB | how loud it rings |" in page
