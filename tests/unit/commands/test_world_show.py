"""`isthmus world list | show | find`."""

import json

import pytest
from click.testing import CliRunner

from isthmus.cli import cli
from isthmus.core.errors import BadInputError
from isthmus.readers.worlds.find import economy_code, find_economies
from isthmus.readers.worlds.world import read_world


def said(*words: str) -> str:
    done = CliRunner().invoke(cli, ["world", *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.parametrize("words", ["kaz", "KAZ", "Казахстан", "казахстан", "哈萨克斯坦", "kazakhstan"])
def test_an_economy_is_found_whatever_the_case_and_language(words: str) -> None:
    assert economy_code(words, read_world()) == "KAZ"


@pytest.mark.parametrize(
    ("words", "code", "label", "reported"), [("Latvia", "LVA", "REU", True), ("узбекистан", "UZB", "ROW", False)]
)
def test_an_economy_inside_a_group_says_which(words: str, code: str, label: str, reported: bool) -> None:
    (found,) = find_economies(words, read_world(), "ROW")
    assert (found.code, found.label, found.reported, found.single) == (code, label, reported, False)
    with pytest.raises(BadInputError, match=rf"{code}, only inside {label}"):
        economy_code(words, read_world(), "ROW")


def test_without_a_rest_an_unknown_economy_is_in_no_group() -> None:
    (found,) = find_economies("UZB", read_world())
    assert (found.label, found.reported) == ("", False)


def test_every_code_and_name_of_the_world_finds_itself_alone() -> None:
    world = read_world()
    for label in world.economies:
        assert economy_code(label.lower(), world) == label
        assert economy_code(world.economy_names["zh"][label], world) == label


def test_what_comes_close_is_offered() -> None:
    with pytest.raises(BadInputError, match=r"could be Russia \(RUS\)"):
        economy_code("Rusia", read_world())
    with pytest.raises(BadInputError, match="is not in the world"):
        economy_code("zzzzqq", read_world())


def test_the_list_names_the_packaged_world() -> None:
    assert said("list").startswith("world-2022: 2022, million USD.")
    assert json.loads(said("list", "--json"))["worlds"]["world-2022"]["year"] == 2022


def test_a_world_is_shown_with_members_and_sectors() -> None:
    shown = json.loads(said("show", "--json", "--lang", "ru"))
    assert shown["economies"]["KAZ"] == {"name": "Казахстан", "members": ["KAZ"]}
    assert "LVA" in shown["economies"]["REU"]["members"]
    assert len(shown["sectors"]) == 29
    assert shown["default_elasticity"] == "FGO"
    assert "47 economies" in said("show").splitlines()


def test_the_rest_of_the_world_is_said_to_hold_what_the_source_does_not_report() -> None:
    assert "does not report it" in said("find", "Uzbekistan")
    assert "on its own" in said("find", "germany")
    assert "only as part of REU" in said("find", "Латвия")
