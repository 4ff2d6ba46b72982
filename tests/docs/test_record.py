"""The record of benchmarks says on what machine it was measured, and how busy that machine was."""

import importlib.util
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("record_page", ROOT / "tools" / "record.py")
assert _spec is not None
assert _spec.loader is not None
record = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(record)


def results(**machine: Any) -> dict[str, Any]:
    info = {
        "system": "Linux",
        "release": "6",
        "machine": "x86_64",
        "python_version": "3.11",
        "cpu": {"count": 2},
        **machine,
    }
    one = {"name": "b", "fullname": "f::b", "extra_info": {"gap": 0.01}, "stats": {"median": 0.0042, "rounds": 3}}
    return {"machine_info": info, "datetime": "2026-11-27T15:00:00", "benchmarks": [one]}


def test_the_load_stands_beside_the_machine() -> None:
    page = record.page(results(load=[0.12, 1.04]))
    assert "- load: 0.1 when they began, 1.0 when they ended (they take 1)" in page
    assert "| b | 4.20 ms | 3 | gap 0.01 |" in page
    assert "- load: unknown" in record.page(results())
