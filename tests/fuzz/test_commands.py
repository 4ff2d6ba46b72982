"""Whole commands on damaged folders end in results or in bad input: no traceback, no hang, no input touched.

The number of attempts follows FUZZ_ATTEMPTS; a few a command in the quick loop, a hundred and more with ``make bench``.
"""

import contextlib
import hashlib
import io
import os
import random
import shutil
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from isthmus.cli import cli
from isthmus.core.errors import BadInputError, IsthmusError
from tests.fuzz.damage import damaged

ATTEMPTS = int(os.environ.get("FUZZ_ATTEMPTS", "300"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
LONGEST = 10.0
ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "files"
DOCUMENTS = ROOT / "tests" / "data" / "documents"
SIZES = ("minimal", "full")

Call = tuple[list[Path], list[str]]
"""Files that may be damaged, and the words of the command."""


def world(chance: random.Random, place: Path) -> tuple[Path, list[Path], list[str]]:
    """Lay out an example world with its scenario; return folder, files and its first two economies."""
    source = EXAMPLES / chance.choice(SIZES)
    shutil.copytree(source / "world", place / "w")
    for name in ("scenario.toml", "rates.csv"):
        if (source / name).exists():
            shutil.copy(source / name, place / name)
    files = [path for path in sorted(place.rglob("*")) if path.is_file()]
    codes = [line.split(",")[0] for line in (place / "w" / "economies.csv").read_text("utf-8").splitlines()[1:3]]
    return place / "w", files, codes


def solve(chance: random.Random, place: Path) -> Call:
    folder, files, _ = world(chance, place)
    years = chance.choice(([], ["--years", "2025-2027"]))
    return files, ["solve", "--world", str(folder), "--scenario", str(place / "scenario.toml"), *years]


def gradient(chance: random.Random, place: Path) -> Call:
    folder, files, codes = world(chance, place)
    words = ["gradient", "--world", str(folder), "--of", codes[0], "--scenario", str(place / "scenario.toml")]
    return files, words


def change_world(chance: random.Random, place: Path) -> Call:
    folder, files, (a, b) = world(chance, place)
    (place / "m.csv").write_text(f"dimension,code,group,name\neconomy,{a},G,Group\neconomy,{b},G,Group\n")
    (place / "t.csv").write_text(f"exporter,importer,year,value,kind,source\n{a},{b},2024,120,total,x\n")
    words = chance.choice(
        (["check"], ["aggregate", "--map", str(place / "m.csv")], ["nowcast", "--totals", str(place / "t.csv")])
    )
    return [*files, place / "m.csv", place / "t.csv"], ["world", words[0], str(folder), *words[1:]]


def border(chance: random.Random, place: Path) -> Call:
    folder, files, codes = world(chance, place)
    ledger = {"--wedges": "wedges.csv", "--sectors": "sectors.csv", "--recognition": "recognition.csv"}
    for name in ledger.values():
        shutil.copy(EXAMPLES / "full" / name, place / name)
    given = [word for flag, name in ledger.items() for word in (flag, str(place / name))]
    claim = chance.choice(("30-40", "0-1", "40-30", "-5-3", "x", "1e9-2"))
    own = [place / name for name in ledger.values()]
    return [*own, *own, *files], ["border", *codes, "--world", str(folder), *given, "--claim", claim]


def corridor(chance: random.Random, place: Path) -> Call:
    shutil.copytree(EXAMPLES / chance.choice(SIZES) / "network", place / "n")
    return sorted((place / "n").iterdir()), ["corridor", str(place / "n")]


def schedule(chance: random.Random, place: Path) -> Call:
    shutil.copytree(EXAMPLES / chance.choice(SIZES) / "programme", place / "p")
    objective = chance.choice(("sum", "maxmin", "nash"))
    return sorted((place / "p").iterdir()), ["schedule", str(place / "p"), "--objective", objective]


def track(chance: random.Random, place: Path) -> Call:
    files = [place / name for name in ("targets.csv", "observations.csv")]
    for path in files:
        shutil.copy(EXAMPLES / "full" / path.name, path)
    return files, ["track", *map(str, files), "--as-of", "2026-06-30"]


def align(chance: random.Random, place: Path) -> Call:
    files = [place / "left.csv", place / "right.csv"]
    for path in files:
        shutil.copy(EXAMPLES / "full" / "targets.csv", path)
    return files, ["align", *map(str, files)]


def extract(chance: random.Random, place: Path) -> Call:
    source = chance.choice([path for path in sorted(DOCUMENTS.iterdir()) if path.suffix != ".md"])
    path = place / source.name
    shutil.copy(source, path)
    if path.suffix == ".docx" and chance.random() < 0.7:
        path.write_bytes(part_damaged(path.read_bytes(), chance))
        return [], ["plan", "extract", str(path)]
    return [path], ["plan", "extract", str(path)]


def part_damaged(content: bytes, chance: random.Random) -> bytes:
    """Return an archive that is whole, with one damaged or missing part."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        wrong = chance.choice([name for name in old.namelist() if name.endswith((".xml", ".rels"))])
        for name in old.namelist():
            if name != wrong:
                new.writestr(name, old.read(name))
            elif chance.random() < 0.85:
                new.writestr(name, damaged(old.read(name), chance))
    return held.getvalue()


COMMANDS: dict[str, Callable[[random.Random, Path], Call]] = {
    "solve": solve, "gradient": gradient, "world": change_world, "border": border, "corridor": corridor,
    "schedule": schedule, "track": track, "align": align, "plan extract": extract,
}  # fmt: skip
OUT_IS_A_FILE = ("align", "plan extract")


def harm(path: Path, chance: random.Random) -> None:
    """Damage, empty or remove a file, or put a folder in its place."""
    way = chance.random()
    if way < 0.85:
        path.write_bytes(damaged(path.read_bytes(), chance))
    elif way < 0.9:
        path.write_bytes(b"")
    else:
        path.unlink()
        if way > 0.95:
            path.mkdir()


def digests(place: Path) -> dict[str, str]:
    return {
        path.relative_to(place).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }


def call(words: list[str]) -> str:
    """Run a command in this process; return how it ended."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            cli.main(words, prog_name="isthmus", standalone_mode=False)
    except click.ClickException:
        return "refused"
    except BadInputError as error:
        return "refused" if error.where and error.remedy else f"refused without a word: {error}"
    except IsthmusError:
        return "not solved"
    return "done"


def attempt(command: str, number: int, place: Path) -> str:
    chance = random.Random(f"{SEED} {command} {number}")
    files, words = COMMANDS[command](chance, place)
    for path in chance.sample(files, k=min(len(files), chance.choice((1, 1, 1, 2)))):
        if path.is_file():
            harm(path, chance)
    before = digests(place)
    out = place / ("o.csv" if command in OUT_IS_A_FILE else "o")
    ended = call(words if words[:2] == ["world", "check"] else [*words, "--out", str(out)])
    after = digests(place)
    assert {name: after.get(name) for name in before} == before, "an input was touched"
    made = [name for name in after if name not in before]
    assert ended in ("done", "not solved") or not made, f"{made} was left behind"
    return ended


@pytest.mark.parametrize("command", COMMANDS)
def test_damaged_inputs_end_in_a_result_or_in_bad_input(tmp_path: Path, command: str) -> None:
    ends: Counter[str] = Counter()
    for number in range(max(2, ATTEMPTS // 20 if ATTEMPTS > 300 else 3)):
        place = tmp_path / str(number)
        place.mkdir()
        start = time.process_time()
        ends[attempt(command, number, place)] += 1
        assert time.process_time() - start < LONGEST, f"attempt {number} of {command}"
        shutil.rmtree(place)
    assert set(ends) <= {"refused", "done", "not solved"}, ends
    print(
        f"{command}: {sum(ends.values())} attempts, {ends['refused']} refused, {ends['done'] + ends['not solved']} read"
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_undamaged_inputs_are_read(tmp_path: Path, command: str) -> None:
    """The attempts above start from calls that work, so that what is refused is refused for its damage."""
    for number in range(20):
        chance = random.Random(f"{SEED} {command} {number}")
        place = tmp_path / str(number)
        place.mkdir()
        files, words = COMMANDS[command](chance, place)
        words = [word if word not in ("40-30", "-5-3", "x", "1e9-2") else "30-40" for word in words]
        if not (command == "plan extract" and not files):
            break
    out = (
        []
        if words[:2] == ["world", "check"]
        else ["--out", str(place / ("o.csv" if command in OUT_IS_A_FILE else "o"))]
    )
    assert call([*words, *out]) == "done", words
