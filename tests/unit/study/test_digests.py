"""Keys of kept work: the same for the same content in every process, another for every change of it."""

import dataclasses
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from isthmus.core.content import content_digest
from isthmus.readers.study.study import load_study, study_directory
from isthmus.study.registry import STATIONS
from isthmus.study.run import run
from isthmus.study.section import Section
from isthmus.study.station import Findings, Station
from isthmus.study.study import Study
from tests.packaged import packaged_study
from tests.unit.study.workshops import Make, OneByOne

KEYS = """
from isthmus.core.content import content_digest
from isthmus.readers.study.study import load_study
from isthmus.study.registry import STATIONS
study = load_study("{study}")
read = sorted({{name for station in STATIONS for name in station.reads}})
found = {{name: content_digest(getattr(study, name)) for name in read}}
for station in STATIONS:
    print(station.name, *(found[name] for name in station.reads))
"""


def keys(study: object) -> dict[str, str]:
    read = {name for station in STATIONS for name in station.reads}
    found = {name: content_digest(getattr(study, name)) for name in read}
    return {station.name: "".join(found[name] for name in station.reads) for station in STATIONS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("study") / "small"
    shutil.copytree(study_directory("china-russia"), place)
    return place


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    return load_study(folder)


@pytest.fixture(scope="module")
def before(study: Study) -> dict[str, str]:
    return keys(study)


@pytest.mark.slow
def test_two_processes_with_other_hash_seeds_give_equal_keys(folder: Path) -> None:
    told = []
    for seed in ("1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", KEYS.format(study=folder)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        told.append(done.stdout)
    assert told[0] == told[1]
    assert len(told[0].splitlines()) == len(STATIONS)


@pytest.mark.parametrize(
    ("file", "old", "new", "moved", "kept"),
    [
        (
            "study.toml",
            "count = 1000",
            "count = 1001",
            {"levers", "ensemble", "outcomes"},
            {"plans", "alignment", "network", "border", "corridors"},
        ),
        ("study.toml", "review = 2036", "review = 2037", {"ensemble", "value"}, {"plans", "border", "worlds"}),
        ("ledger.toml", "value = ", "value =  ", set(), {"levers", "border"}),
        ("targets.csv", "binding", "expected", {"plans", "ensemble", "tracking"}, {"border"}),
        ("wedges.csv", "measured", "estimated", {"border"}, {"plans", "alignment", "tracking"}),
        ("observations.csv", "2024", "2023", {"tracking"}, {"plans", "ensemble", "border"}),
    ],
)
def test_a_change_of_a_file_moves_the_keys_of_those_who_read_it_and_no_others(
    folder: Path, before: dict[str, str], file: str, old: str, new: str, moved: set[str], kept: set[str]
) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    try:
        path.write_text(text.replace(old, new, 1), "utf-8")
        after = keys(load_study(folder))
    finally:
        path.write_text(text, "utf-8")
    assert {name for name in moved if after[name] == before[name]} == set()
    assert {name for name in kept if after[name] != before[name]} == set()


def test_a_document_that_says_something_else_moves_the_plans(study: Study, before: dict[str, str]) -> None:
    first, *rest = study.documents
    block = dataclasses.replace(first.document.blocks[0], text=first.document.blocks[0].text + "!")
    document = dataclasses.replace(first.document, blocks=(block, *first.document.blocks[1:]))
    changed = dataclasses.replace(study, documents=(dataclasses.replace(first, document=document), *rest))
    after = keys(changed)
    assert [name for name in after if after[name] != before[name]] == ["plans"]


def test_two_documents_of_one_name_have_digests_of_their_own(folder: Path) -> None:
    (folder / "more").mkdir()
    try:
        shutil.copy(folder / "targets.csv", folder / "more" / "targets.csv")
        digests = load_study(folder).digests
        assert {"targets.csv", "more/targets.csv", "plans/outline-digest.zh.pdf"} <= set(digests)
    finally:
        shutil.rmtree(folder / "more")


@dataclasses.dataclass(frozen=True, kw_only=True)
class FirstSection(Section):
    """First."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class SecondSection(Section):
    """Second."""


class Keys(OneByOne):
    """Notes the keys it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[str, str] = {}

    def begin(self, station: str, key: str, make: Make) -> None:
        self.seen[station] = key
        super().begin(station, key, make)


def test_a_key_covers_the_sections_that_are_needed() -> None:
    """A change of what the first station reads moves the second's key, though the second does not read it."""

    def stations(needs: tuple[type[Section], ...]) -> tuple[Station[Any], ...]:
        def first(study: Any, _: Findings, __: Any) -> FirstSection:
            assert study.seed
            return FirstSection()

        return (
            Station("first", FirstSection, ("seed",), lambda _: True, first),
            Station("second", SecondSection, (), lambda _: True, lambda *_: SecondSection(), needs),
        )

    def asked(seed: int, needs: tuple[type[Section], ...]) -> dict[str, str]:
        notes = Keys()
        run(type("Study", (), {"seed": seed})(), notes, stations(needs))  # type: ignore[arg-type]
        return notes.seen

    assert asked(1, (FirstSection,)) == asked(1, (FirstSection,))
    assert asked(1, (FirstSection,))["second"] != asked(2, (FirstSection,))["second"]
    assert asked(1, ())["second"] == asked(2, ())["second"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 2}, {"a": 2, "b": 1}),
        (("ab", "c"), ("a", "bc")),
        (1, 1.0),
        (1, True),
        (None, "None"),
        ([1, 2], [2, 1]),
        ({"x": ()}, {"x": ("",)}),
    ],
)
def test_other_content_has_another_digest(one: object, other: object) -> None:
    assert content_digest(one) != content_digest(other)


def test_order_of_sets_and_mappings_has_no_part_in_it() -> None:
    words = [f"word {i}" for i in range(50)]
    assert content_digest(frozenset(words)) == content_digest(frozenset(reversed(words)))
    assert content_digest(dict.fromkeys(words, 1)) == content_digest(dict.fromkeys(reversed(words), 1))
    with pytest.raises(TypeError, match="no canonical content"):
        content_digest(print)


def test_whatever_a_station_reads_of_the_packaged_study_has_a_digest():
    """A field without canonical content (a function, say) stops every run before its first station."""
    study = packaged_study()
    for name in {name for station in STATIONS for name in station.reads}:
        assert content_digest(getattr(study, name))
