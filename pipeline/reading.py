"""The files of a batch and the workers that read them.

Light to import: the workers start, and load their libraries, before the database's are imported.
"""

import gc
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.document import Document, find_pdfs, open_document
from pipeline.errors import NothingToRead
from pipeline.flatten import FlatRecord, flatten
from pipeline.workers import WorkerPool

Readers = WorkerPool[Document, FlatRecord]

_TIME_LIMIT_S = 900.0
_TIME_LIMIT_S_A_MB = 60.0  # a scanned page has a tenth of that or more and takes some seconds
_OBJECTS_BEFORE_COLLECTION = 100_000


def find_files(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """(path, file_name) of every PDF under the paths, each once.

    Raises:
        NothingToRead: for a path that does not exist or a folder without a PDF.
    """
    files: dict[Path, tuple[Path, str]] = {}
    for given in paths:
        if not given.exists():
            raise NothingToRead(f"{given} does not exist")
        found = list(find_pdfs([given]))
        if not found:
            raise NothingToRead(f"no PDF lies under {given}")
        for path, name in found:
            files.setdefault(path.resolve(), (path, name))
    return list(files.values())


def start_readers(workers: int | None, files: Sequence[tuple[Path, str]]) -> Readers:
    """Workers for the files; by default one a core.

    They begin with the first files at once, while the database is opened. If the ledger then says that a file
    is loaded already, what its worker gives is not waited for.
    """
    readers = WorkerPool(load_reader, min(workers or _cores(), len(files)))
    for path, file_name in files[: workers or _cores()]:
        with suppress(OSError):  # the batch will meet it again and say so
            document = open_document(path, file_name)
            readers.submit(document, time_limit_s(document))
    return readers


def load_reader() -> Callable[[Document], FlatRecord]:
    """The function that reads a document to rows; the imports it needs are done here, in the worker."""
    from pipeline.run import read_document

    gc.freeze()  # what is loaded now stays; looking through it again and again costs a tenth of the time
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
    return lambda document: flatten(read_document(document))


def time_limit_s(document: Document) -> float:
    """How long a file may take before its worker is killed: generous, more for a big file."""
    return _TIME_LIMIT_S + _TIME_LIMIT_S_A_MB * document.size / 1e6


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
