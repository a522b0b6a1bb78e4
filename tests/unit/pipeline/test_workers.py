import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.workers import Outcome, WorkerPool


def _load() -> Callable[[str], Any]:
    """A worker's function: does what the job's name says."""

    def work(job: str) -> Any:
        if job == "die":
            os._exit(7)
        if job == "be killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if job == "be killed while sending":
            if os.fork() == 0:
                time.sleep(0.3)
                os.kill(os.getppid(), signal.SIGKILL)
                os._exit(0)
            return _Slow()
        if job == "hang":
            time.sleep(60)
        if job == "raise":
            raise LookupError("no such cell")
        if job == "eat":
            return len(bytearray(3 << 30))
        return os.getpid() if job == "pid" else job

    return work


class _Slow:
    """A result that is sent half before its sender dies."""

    def __reduce__(self) -> Any:
        return bytes, (b"x" * (1 << 28),)


def _run(pool: WorkerPool[str, Any], jobs: list[str], limit_s: float = 30) -> dict[str, Outcome[str, Any]]:
    done: dict[str, Outcome[str, Any]] = {}
    while jobs or pool.jobs:
        while jobs and pool.idle:
            pool.submit(jobs.pop(0), limit_s)
        done |= {outcome.job: outcome for outcome in pool.wait()}
    return done


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("job", "reason"),
    [
        ("die", "ended without an answer (exit code 7)"),
        ("be killed", "was killed (SIGKILL)"),
        ("raise", "internal error, please report it: LookupError: no such cell (test_workers.py:"),
        ("eat", "more memory than one file may take"),
    ],
)
def test_a_bad_job_fails_alone(workers: int, job: str, reason: str) -> None:
    with WorkerPool(_load, workers, memory_bytes=1 << 30) as pool:
        done = _run(pool, ["first", job, "second", "third"])
    assert reason in done[job].error and done[job].result is None
    assert [done[name].result for name in ("first", "second", "third")] == ["first", "second", "third"]
    assert done["first"].error == ""


def test_a_worker_that_dies_while_sending_fails_alone() -> None:
    with WorkerPool(_load, 1) as pool:
        done = _run(pool, ["be killed while sending", "after"])
    assert done["after"].result == "after"
    sent = done["be killed while sending"]
    assert "SIGKILL" in sent.error or sent.result  # a quick machine sends it all before the kill


def test_a_hanging_job_is_stopped() -> None:
    begun = time.monotonic()
    with WorkerPool(_load, 1) as pool:
        done = _run(pool, ["hang", "after"], limit_s=0.3)
    assert done["hang"].error == "reading was stopped after 0.3 s"
    assert done["after"].result == "after"
    assert time.monotonic() - begun < 20


def test_a_worker_is_replaced_after_its_jobs() -> None:
    with WorkerPool(_load, 1, jobs_a_worker=2) as pool:
        pids = [_run(pool, ["pid"])["pid"].result for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_worker_that_died_idle_costs_no_job() -> None:
    with WorkerPool(_load, 1) as pool:
        os.kill(_run(pool, ["pid"])["pid"].result, signal.SIGKILL)
        time.sleep(0.2)
        assert _run(pool, ["after"])["after"].result == "after"


def test_a_worker_that_cannot_start_fails_its_jobs(capfd: pytest.CaptureFixture[str]) -> None:
    with WorkerPool(_cannot_load, 1) as pool:
        done = _run(pool, ["one", "two"])
    assert "exit code 1" in done["one"].error and "exit code 1" in done["two"].error
    capfd.readouterr()


def _cannot_load() -> Callable[[str], Any]:
    raise ImportError("a library is missing")


ORPHANS = """
import os, sys, time
sys.path.insert(0, {folder!r})
from test_workers import _load
from pipeline.workers import WorkerPool
pool = WorkerPool(_load, 3)
pids = []
for _ in range(3):
    pool.submit("pid", 30)
while pool.jobs:
    pids += [str(outcome.result) for outcome in pool.wait()]
print(*pids, flush=True)
os.kill(os.getpid(), 9)
"""


def test_workers_end_when_their_parent_is_killed() -> None:
    program = ORPHANS.format(folder=str(Path(__file__).parent))
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    pids = [int(pid) for pid in run.stdout.split()]
    assert len(set(pids)) == 3
    deadline = time.monotonic() + 10
    while any(_lives(pid) for pid in pids):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False
