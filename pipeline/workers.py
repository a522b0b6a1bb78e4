"""Worker processes that may die: each has a pipe of its own, a time limit a job and a limit of memory.

A broken PDF can crash a C library, hang or eat the machine; only the job at hand is lost then. Why our own
pool: pebble's workers share one pipe, so that a worker killed while it sends its result hangs the whole pool
(tried), and its import and polling cost 0.2 s a run. Here the parent has no threads (forking is safe) and
wakes at once.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")
Loader = Callable[[], Callable[[Job], Result]]

MEMORY_LIMIT_BYTES = 4 << 30
JOBS_A_WORKER = 200
_FORKS = sys.platform == "linux"
_context: Any = multiprocessing.get_context("fork" if _FORKS else "spawn")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Job, Result]):
    """What became of a job.

    Attributes:
        job: as it was submitted.
        result: None where the job failed.
        error: why it failed, one line; empty where it did not.
        seconds: wall time from submission.
    """

    job: Job
    result: Result | None
    error: str
    seconds: float


@dataclass(slots=True, eq=False)
class _Worker:
    """A process, our end of its pipe, and the job it is at (None: idle)."""

    process: BaseProcess
    pipe: Connection
    job: Any = None
    started: float = 0.0
    limit_s: float = 0.0
    jobs_done: int = 0

    @property
    def seconds_left(self) -> float:
        return self.started + self.limit_s - time.monotonic()


class WorkerPool(Generic[Job, Result]):
    """A fixed number of workers; submit to an idle one, wait for what has ended.

    Args:
        load: called once in every new worker; gives the function that does a job. Slow imports belong there.
        count: number of workers.
        memory_bytes: of a worker's own data (Linux; elsewhere there is no limit).
        jobs_a_worker: after so many a worker is replaced, which gives back what libraries leak.
    """

    def __init__(
        self,
        load: Loader[Job, Result],
        count: int,
        memory_bytes: int = MEMORY_LIMIT_BYTES,
        jobs_a_worker: int = JOBS_A_WORKER,
    ) -> None:
        self._load = load
        self._memory_bytes = memory_bytes
        self._jobs_a_worker = jobs_a_worker
        self._workers: list[_Worker] = []
        for _ in range(count):
            self._workers.append(self._start())

    @property
    def idle(self) -> bool:
        """Whether a job can be submitted now."""
        return any(worker.job is None for worker in self._workers)

    @property
    def jobs(self) -> list[Job]:
        """What is being done."""
        return [worker.job for worker in self._workers if worker.job is not None]

    def submit(self, job: Job, limit_s: float) -> None:
        """Give a job to an idle worker; it is killed after `limit_s` seconds."""
        worker = next(worker for worker in self._workers if worker.job is None)
        if not worker.process.is_alive():
            worker = self._replace(worker)
        worker.job, worker.started, worker.limit_s = job, time.monotonic(), limit_s
        with suppress(BrokenPipeError):  # it died this moment: `wait` will say so
            worker.pipe.send(job)

    def wait(self) -> list[Outcome[Job, Result]]:
        """The outcomes of the jobs that have ended, at least one. Only while there are `jobs`."""
        at_work = [worker for worker in self._workers if worker.job is not None]
        patience = max(0.0, min(worker.seconds_left for worker in at_work))
        ready = set(wait([worker.pipe for worker in at_work], patience))
        ended = [worker for worker in at_work if worker.pipe in ready or worker.seconds_left <= 0]
        return [self._finish(worker, worker.pipe in ready) for worker in ended] or self.wait()

    def _finish(self, worker: _Worker, ready: bool) -> Outcome[Job, Result]:
        """Take a worker's answer, or say why there is none; replace it where that is due."""
        result, error = None, f"reading was stopped after {worker.limit_s:.3g} s"
        if ready:
            try:
                result, error = worker.pipe.recv()
            except (EOFError, OSError):
                worker.process.join()
                error = _reason_of_death(worker.process.exitcode)
        outcome = Outcome(worker.job, result, error, time.monotonic() - worker.started)
        worker.job = None
        worker.jobs_done += 1
        if not ready or worker.process.exitcode is not None or worker.jobs_done >= self._jobs_a_worker:
            self._replace(worker)
        return outcome

    def _replace(self, worker: _Worker) -> _Worker:
        _end(worker)
        self._workers.remove(worker)
        self._workers.append(self._start())
        return self._workers[-1]

    def _start(self) -> _Worker:
        ours, theirs = _context.Pipe()
        inherited = [ours, *(worker.pipe for worker in self._workers)] if _FORKS else []
        arguments = (theirs, inherited, self._load, self._memory_bytes)
        process = _context.Process(target=_serve, args=arguments, daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            _end(worker)


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _serve(pipe: Connection, inherited: list[Connection], load: Loader[Any, Any], memory_bytes: int) -> None:
    """The life of a worker: jobs until the parent closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    for connection in inherited:
        connection.close()  # else a worker would keep its siblings' pipes open when the parent is gone
    _limit_memory(memory_bytes)
    work = load()
    try:
        while True:
            pipe.send(_attempt(work, pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)


def _attempt(work: Callable[[Any], Any], job: Any) -> tuple[Any, str]:
    """(result, "") or (None, the reason): the one place where any error of the reading code is caught."""
    try:
        return work(job), ""
    except MemoryError:
        return None, "reading it needs more memory than one file may take"
    except Exception as error:
        return None, f"internal error, please report it: {type(error).__name__}: {error} ({_where(error)})"


def _where(error: BaseException) -> str:
    """file:line that raised."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def _limit_memory(limit_bytes: int) -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (limit_bytes, limit_bytes))


def _reason_of_death(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"the reader was killed ({signal.Signals(-exit_code).name})"
    return f"the reader ended without an answer (exit code {exit_code})"
