"""A batch: skip what the ledger holds, read the rest in workers, store each document in its own transaction.

The parent is the only writer. At most one document a worker is under way, so memory stays flat however long
the batch is. Killing the run at any moment loses nothing: the next run reads what the ledger does not hold.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from pipeline import ledger
from pipeline.database import describe, unusable
from pipeline.document import Document, open_document
from pipeline.errors import ExitCode
from pipeline.fingerprint import code_version
from pipeline.flatten import FlatRecord, flatten
from pipeline.reading import Readers, time_limit_s
from pipeline.records import DocumentRecord
from pipeline.store import store_flat
from pipeline.workers import Outcome


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file of the batch.

    Attributes:
        file_name: path below the folder that was given.
        status: ok, partial or failed.
        error: the reason; empty when ok.
        pages: number of pages read now, 0 where it was skipped or failed.
        skipped: it was loaded before by this very code.
    """

    file_name: str
    status: str
    error: str = ""
    pages: int = 0
    skipped: bool = False


class Reporter(Protocol):
    """Who is told how the batch goes."""

    def start(self, files: int) -> None:
        """The batch begins, with so many files."""

    def finished(self, result: FileResult) -> None:
        """A file is done."""

    def stop(self) -> None:
        """The batch has ended, well or not."""


@dataclass(slots=True)
class Summary:
    """The batch in numbers, and every file that is not ok with its reason."""

    loaded: int = 0
    partial: int = 0
    failed: int = 0
    skipped: int = 0
    pages: int = 0
    seconds: float = 0.0
    problems: list[FileResult] = field(default_factory=list)

    def add(self, result: FileResult) -> None:
        """Count a file. A skipped one that is partial stays named."""
        self.pages += result.pages
        self.skipped += result.skipped
        self.loaded += result.status == "ok" and not result.skipped
        self.partial += result.status == "partial" and not result.skipped
        self.failed += result.status == "failed"
        if result.status != "ok":
            self.problems.append(result)

    @property
    def exit_code(self) -> ExitCode:
        """0 where every file is ok, now or from an earlier run; 1 where one is not."""
        return ExitCode.INCOMPLETE if self.problems else ExitCode.LOADED


def run_batch(
    files: Sequence[tuple[Path, str]],
    engine: Engine,
    readers: Readers,
    reporter: Reporter,
    force: bool = False,
) -> Summary:
    """Bring files into the database.

    Args:
        files: (path, file_name), see `pipeline.reading.find_files`.
        engine: see `pipeline.database.open_database`.
        readers: the workers.
        reporter: is told of every file.
        force: read also what the ledger holds.

    Raises:
        DatabaseUnusable: where the database fails on the way (disk full, server gone).
    """
    summary, begun = Summary(), time.monotonic()

    def tell(result: FileResult) -> None:
        summary.add(result)
        reporter.finished(result)

    reporter.start(len(files))
    try:
        _read_and_store(_to_read(files, engine, force, tell), engine, readers, tell)
    except DBAPIError as error:
        raise unusable(error, describe(engine)) from error
    finally:
        reporter.stop()
    summary.seconds = time.monotonic() - begun
    return summary


def _read_and_store(
    documents: Iterator[Document], engine: Engine, readers: Readers, tell: Callable[[FileResult], None]
) -> None:
    """Workers get their next document first; what they gave is stored while they read on.

    A worker may be at a document since before the batch (see `start_readers`).
    """
    finished: list[Outcome[Document, FlatRecord]] = []
    awaited: set[Document] = set()
    upcoming = next(documents, None)
    while upcoming or awaited or finished:
        while upcoming and (readers.idle or upcoming in readers.jobs):
            if upcoming not in readers.jobs:
                readers.submit(upcoming, time_limit_s(upcoming))
            awaited.add(upcoming)
            upcoming = next(documents, None)
        for outcome in finished:
            tell(_store_outcome(engine, outcome))
        ended = readers.wait() if awaited or upcoming else []
        finished = [outcome for outcome in ended if outcome.job in awaited]
        awaited -= {outcome.job for outcome in finished}


def _to_read(
    files: Sequence[tuple[Path, str]], engine: Engine, force: bool, tell: Callable[[FileResult], None]
) -> Iterator[Document]:
    """The documents that must be read; the others are told of at once."""
    for path, file_name in files:
        try:
            document = open_document(path, file_name)
        except OSError as error:
            document = Document(path.resolve(), file_name, "", 0)
            reason = f"cannot be opened: {error.strerror}"
            tell(_store_outcome(engine, Outcome(document, None, reason, 0.0)))
            continue
        with engine.begin() as connection:
            done = None if force else ledger.loaded_before(connection, document, code_version())
        if done is None:
            yield document
        else:
            tell(FileResult(file_name, done.status, done.error, skipped=True))


def _store_outcome(engine: Engine, outcome: Outcome[Document, FlatRecord]) -> FileResult:
    """Store a document, or that and why it failed."""
    try:
        return _store(engine, outcome)
    except (IntegrityError, DataError) as error:
        reason = f"internal error, please report it: the database refuses its rows: {error.orig}"
        return _store(engine, replace(outcome, result=None, error=" ".join(reason.split())))


def _store(engine: Engine, outcome: Outcome[Document, FlatRecord]) -> FileResult:
    """One transaction: the document's rows and the ledger's."""
    document = outcome.job
    flat = outcome.result or _failed(document, outcome.error)
    record, seconds = flat.record, Decimal(str(outcome.seconds))
    with engine.begin() as connection:
        held = store_flat(connection, flat, ledger.earlier_document(connection, document))
        entry = ledger.Entry(document, held, code_version(), record.status, record.error, seconds)
        ledger.record_outcome(connection, entry)
    return FileResult(record.file_name, record.status, record.error, record.page_count)


def _failed(document: Document, reason: str) -> FlatRecord:
    name = document.file_name
    return flatten(DocumentRecord(document.document_id, name, document.sha256, status="failed", error=reason))
