"""Exchange files of findings, written for tests."""

from pathlib import Path

from isthmus.commands.exchange import STRUCTURE, exchange_jobs
from isthmus.execution.workers import map_in_workers
from isthmus.study.station import Findings


def write_exchange(findings: Findings, out: Path, scenario: str, processes: int = 1) -> dict[str, dict[str, int]]:
    """Write the exchange files of all tables and return by table what was written."""
    jobs = exchange_jobs(findings, out, scenario)
    counts = map_in_workers(lambda write: write(), list(jobs.values()), processes, print)
    return {name: count for name, count in zip(jobs, counts, strict=True) if name != STRUCTURE}
