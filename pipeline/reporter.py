"""How a batch is told: a progress bar on a terminal, plain lines elsewhere; at the end what is where."""

import sys
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID
    from sqlalchemy.engine import Engine

    from pipeline.batch import FileResult, Reporter, Summary

_REFRESH_S = 0.1


def make_reporter(stream: TextIO | None = None) -> "Reporter":
    """A bar if the stream (standard error by default) is a terminal, else plain lines."""
    stream = stream or sys.stderr
    return BarReporter(stream) if stream.isatty() else LineReporter(stream)


class LineReporter:
    """One line a file: number, status, name, pages or the reason."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._files = self._done = 0

    def start(self, files: int) -> None:
        """Remember how many there are."""
        self._files = files

    def finished(self, result: "FileResult") -> None:
        """Print the file's line."""
        self._done += 1
        status = "skipped" if result.skipped else result.status
        pages = f"{result.pages} page{'' if result.pages == 1 else 's'}"
        detail = result.error or ("loaded before" if result.skipped else pages)
        width = len(str(self._files))
        print(f"{self._done:{width}}/{self._files} {status:7} {result.file_name}: {detail}", file=self._stream)

    def stop(self) -> None:
        """Let the lines out."""
        self._stream.flush()


class BarReporter:
    """A rich progress bar: files, pages a second, failures, time left; problems stand above it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._pages = self._failures = 0
        self._begun = self._drawn = 0.0
        self._bar: Progress
        self._task: TaskID

    def start(self, files: int) -> None:
        """Draw the bar. It has no thread of its own: workers are forked while it stands."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        numbers = TextColumn("{task.fields[rate]:.1f} pages/s  {task.fields[failures]} failed")
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("files"), numbers, TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(file=self._stream), auto_refresh=False)
        self._task = self._bar.add_task("", total=files, rate=0.0, failures=0)
        self._begun = time.monotonic()
        self._bar.start()

    def finished(self, result: "FileResult") -> None:
        """Move the bar, at most ten times a second."""
        self._pages += result.pages
        self._failures += result.status == "failed"
        now = time.monotonic()
        rate = self._pages / max(now - self._begun, _REFRESH_S)
        self._bar.update(self._task, advance=1, rate=rate, failures=self._failures)
        if result.status != "ok" and not result.skipped:
            line = f"{result.status:7} {result.file_name}: {result.error}"
            self._bar.console.print(line, markup=False, highlight=False)
        if now - self._drawn >= _REFRESH_S:
            self._bar.refresh()
            self._drawn = now

    def stop(self) -> None:
        """Leave the bar as it is."""
        self._bar.stop()


def summary_lines(summary: "Summary", engine: "Engine") -> list[str]:
    """The end of a run: counts, every file that is not ok with its reason, and what is in the database."""
    counts = f"{summary.loaded} loaded, {summary.partial} partial, {summary.failed} failed"
    speed = f"{summary.pages} pages in {summary.seconds:.1f} s"
    lines = [f"{counts}, {summary.skipped} skipped ({speed})"]
    for problem in summary.problems:
        lines.append(f"  {problem.status:7} {problem.file_name}: {problem.error}")
    return lines + contents_lines(engine)


def contents_lines(engine: "Engine") -> list[str]:
    """Where the database is and how many rows of each table it holds; filings by kind."""
    import sqlalchemy as sa

    from pipeline.database import describe
    from pipeline.dictionary import dictionary
    from pipeline.schema import TABLES

    filings = TABLES["filings"]
    by_kind = sa.select(filings.c.kind, sa.func.count()).group_by(filings.c.kind).order_by(filings.c.kind)
    with engine.execution_options(reader=True).connect() as connection:
        kinds = ", ".join(f"{count} {kind}" for kind, count in connection.execute(by_kind))
        count = {
            entry.name: connection.scalar(sa.select(sa.func.count()).select_from(TABLES[entry.name]))
            for entry in dictionary()
            if entry.exported
        }
    lines = [f"database {describe(engine)}"]
    for name, rows in count.items():
        if rows:
            lines.append(f"  {rows:>9,} {name}" + (f" ({kinds})" if name == "filings" else ""))
    return lines
