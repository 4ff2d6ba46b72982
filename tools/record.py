"""Write benchmarks/record.md from the JSON of pytest-benchmark: what was measured, on which machine.

python tools/record.py RESULTS.json
"""

import json
import sys
from pathlib import Path
from typing import Any

RECORD = Path(__file__).resolve().parent.parent / "benchmarks" / "record.md"


def page(results: dict[str, Any]) -> str:
    """Return the record: a machine card and one row a benchmark."""
    machine, cpu = results["machine_info"], results["machine_info"].get("cpu", {})
    card = {
        "processor": cpu.get("brand_raw") or machine.get("processor") or "unknown",
        "cores": cpu.get("count", "unknown"),
        "system": f"{machine['system']} {machine['release']}, {machine['machine']}",
        "Python": machine["python_version"],
        "date": results["datetime"][:10],
        "commit": results.get("commit_info", {}).get("id", "unknown")[:12],
        "load": _load(machine.get("load")),
    }
    lines = [
        "# Record of benchmarks",
        "",
        "Written by `make bench`. Times are medians; a machine that does other work at the same time measures longer.",
        "",
        *(f"- {name}: {value}" for name, value in card.items()),
        "",
        "| benchmark | median | rounds | noted |",
        "|---|---|---|---|",
    ]
    for one in sorted(results["benchmarks"], key=lambda found: found["fullname"]):
        noted = ", ".join(f"{key} {value}" for key, value in one["extra_info"].items())
        lines.append(f"| {one['name']} | {_seconds(one['stats']['median'])} | {one['stats']['rounds']} | {noted} |")
    return "\n".join(lines) + "\n"


def _load(load: list[float] | None) -> str:
    """Say how many processes wanted a core when the benchmarks began and when they ended; they take one themselves."""
    return "unknown" if load is None else f"{load[0]:.1f} when they began, {load[1]:.1f} when they ended (they take 1)"


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{1000 * value:.2f} ms"


if __name__ == "__main__":
    RECORD.write_text(page(json.loads(Path(sys.argv[1]).read_text("utf-8"))), encoding="utf-8")
