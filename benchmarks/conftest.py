"""Note how busy the machine is while benchmarks run, so that the record says whether its times can be read."""

import os
from typing import Any

import pytest

BEFORE = pytest.StashKey[float]()


def pytest_configure(config: pytest.Config) -> None:
    """Note the load before the first benchmark."""
    config.stash[BEFORE] = os.getloadavg()[0]


def pytest_benchmark_update_machine_info(config: pytest.Config, machine_info: dict[str, Any]) -> None:
    """Put the load before and after beside what is known of the machine."""
    machine_info["load"] = [config.stash[BEFORE], os.getloadavg()[0]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put programmes first: their limit of memory is that of the process."""
    items.sort(key=lambda item: "test_programme" not in item.nodeid)
