"""`isthmus --help` answers within 0.3 s: commands are imported only when they are called."""

import subprocess
import sys
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

LONGEST = 0.3
"""Seconds, median, on the reference machine (2 cores)."""


def test_help(benchmark: BenchmarkFixture) -> None:
    isthmus = str(Path(sys.executable).with_name("isthmus"))
    words = [isthmus, "--help"]
    benchmark.pedantic(subprocess.run, args=(words,), kwargs={"check": True, "capture_output": True}, rounds=10)
    assert benchmark.stats.stats.median <= LONGEST
