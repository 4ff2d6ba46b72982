"""Workers bring errors home whole, die with their parent, and what a lost one left is done again."""

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from isthmus.core.errors import BadInputError, InfeasibleError, IsthmusError, NotConvergedError
from isthmus.execution.workers import WorkerLostError, map_in_workers

ERRORS = (
    BadInputError("f.csv, row 2", "found 'x'", allowed="a number", remedy="correct it"),
    NotConvergedError("residual 1e-3", [{"price": 0.5}]),
    InfeasibleError("no way", {"node": "a"}),
    WorkerLostError("gone"),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_cross_processes_with_all_fields(error: IsthmusError) -> None:
    def fail(_: int) -> int:
        raise error

    with pytest.raises(type(error)) as raised:
        map_in_workers(fail, range(4), 2, pytest.fail)
    for found in (raised.value, pickle.loads(pickle.dumps(error))):
        assert str(found) == str(error)
        assert {k: v for k, v in vars(found).items() if k != "__cause__"} == vars(error)


def test_items_of_a_lost_worker_are_done_again(tmp_path: Path) -> None:
    told: list[str] = []

    def die_once(item: int) -> int:
        if item == 3 and not (tmp_path / "died").exists():
            (tmp_path / "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return item * item

    assert map_in_workers(die_once, range(8), 2, told.append) == [item * item for item in range(8)]
    assert len(told) == 1
    assert "done again" in told[0]


def test_an_item_that_always_loses_its_worker_is_named_as_such() -> None:
    def die(item: int) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return item

    with pytest.raises(WorkerLostError, match="ended from outside"):
        map_in_workers(die, range(2), 2, lambda _: None)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_workers_die_with_their_parent(how: signal.Signals) -> None:
    code = (
        "import os, time\nfrom isthmus.execution.workers import map_in_workers\n"
        "def work(item):\n os.write(1, b'%d\\n' % os.getpid())\n time.sleep(60)\n return item\n"
        "map_in_workers(work, range(2), 2, print)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    workers = [int(parent.stdout.readline()) for _ in range(2)]
    parent.send_signal(how)
    parent.communicate()
    deadline = time.monotonic() + 20
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in workers if alive(pid)] == []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except OSError:
        return False
