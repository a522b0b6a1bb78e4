import io
import os
import sqlite3
import sys
import time
import types
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import make_record, rows_of
from sqlalchemy.engine import Engine

from pipeline import batch, reading
from pipeline.batch import FileResult, Summary, run_batch
from pipeline.database import open_database
from pipeline.document import Document
from pipeline.errors import DatabaseUnusable, ExitCode, NothingToRead
from pipeline.export import export
from pipeline.reading import find_files, load_reader, start_readers, time_limit_s
from pipeline.records import DocumentRecord
from pipeline.reporter import BarReporter, LineReporter, make_reporter, summary_lines


def _read(document: Document) -> DocumentRecord:
    """A reader that does what the file's content says, else gives a record of a filing."""
    word = document.path.read_text().split()[0]
    if word == "die":
        os._exit(3)
    if word == "hang":
        time.sleep(60)
    if word == "raise":
        raise RuntimeError("a bug")
    record = make_record(document, amount=word if word.isdigit() else "5")
    if word == "twice":
        return replace(record, rows=(*record.rows, record.rows[0]))
    if word == "partial":
        return replace(record, status="partial", error="page 2 was not read")
    if word == "broken":
        return replace(record, status="failed", error="it is encrypted", rows=(), page_count=0)
    return record


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """`pipeline.run` as the workers, which are forked, will see it."""
    module = types.ModuleType("pipeline.run")
    module.read_document = _read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipeline.run", module)


Ingest = Callable[..., Summary]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture
def ingest(folder: Path, engine: Engine) -> Ingest:
    def run(workers: int = 1, force: bool = False, engine: Engine = engine) -> Summary:
        files = find_files([folder])
        with start_readers(workers, files) as readers:
            return run_batch(files, engine, readers, LineReporter(io.StringIO()), force)

    return run


def _put(folder: Path, **files: str) -> None:
    for name, content in files.items():
        (folder / f"{name}.pdf").write_text(content)


def _exported(engine: Engine, out: Path) -> dict[str, bytes]:
    export(engine, out, include_personal=True)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def test_a_batch_is_loaded(folder: Path, ingest: Ingest, engine: Engine) -> None:
    _put(folder, a="1", b="2", c="3")
    summary = ingest()
    assert (summary.loaded, summary.partial, summary.failed, summary.skipped) == (3, 0, 0, 0)
    assert summary.pages == 6 and summary.exit_code is ExitCode.LOADED
    assert [row[1] for row in rows_of(engine, "ledger")] == ["a.pdf", "b.pdf", "c.pdf"]


def test_running_again_skips_and_changes_nothing(folder: Path, ingest: Ingest, engine: Engine, tmp_path: Path) -> None:
    _put(folder, a="1", b="partial")
    ingest()
    once, ledger = _exported(engine, tmp_path / "1"), rows_of(engine, "ledger")
    again = ingest()
    assert (again.loaded, again.partial, again.skipped, again.pages) == (0, 0, 2, 0)
    assert again.exit_code is ExitCode.INCOMPLETE  # a file is still partial, and named
    assert [problem.file_name for problem in again.problems] == ["b.pdf"]
    assert (_exported(engine, tmp_path / "2"), rows_of(engine, "ledger")) == (once, ledger)
    forced = ingest(force=True)
    assert (forced.loaded, forced.partial, forced.skipped) == (1, 1, 0)
    assert _exported(engine, tmp_path / "3") == once


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_a_new_file_after_loaded_ones_is_read(folder: Path, ingest: Ingest, engine: Engine, workers: int) -> None:
    """The readers have begun with the loaded ones before the ledger was asked."""
    _put(folder, a="1", b="2")
    ingest(workers)
    _put(folder, c="3", d="4")
    summary = ingest(workers)
    assert (summary.loaded, summary.skipped) == (2, 2)
    assert sorted(row[4] for row in rows_of(engine, "funds")) == [1, 2, 3, 4]


def test_the_number_of_workers_changes_nothing(folder: Path, ingest: Ingest, engine: Engine, tmp_path: Path) -> None:
    _put(folder, **{f"n{number}": str(number) for number in range(12)}, x="die", y="broken", z="partial")
    ingest(workers=1)
    other = open_database(f"sqlite:///{tmp_path}/other.db")
    ingest(workers=4, engine=other)
    assert _exported(engine, tmp_path / "1") == _exported(other, tmp_path / "4")
    other.dispose()


def test_a_changed_file_replaces_its_own_rows(folder: Path, ingest: Ingest, engine: Engine) -> None:
    _put(folder, a="1", b="2")
    ingest()
    before = set(rows_of(engine, "provenance"))
    _put(folder, a="7")
    summary = ingest()
    assert (summary.loaded, summary.skipped) == (1, 1)
    assert sorted(row[4] for row in rows_of(engine, "funds")) == [2, 7]
    after = set(rows_of(engine, "provenance"))
    assert len(after) == len(before) and len(after & before) == len(before) // 2


def test_changed_code_reads_again(folder: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    _put(folder, a="1")
    ingest()
    monkeypatch.setattr(batch, "code_version", lambda: "another")
    assert ingest().loaded == 1


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("die", "the reader ended without an answer (exit code 3)"),
        ("raise", "internal error, please report it: RuntimeError: a bug"),
        ("twice", "internal error, please report it: the database refuses its rows"),
        ("broken", "it is encrypted"),
    ],
)
def test_a_bad_file_fails_alone_with_its_reason(
    folder: Path, ingest: Ingest, engine: Engine, word: str, reason: str, workers: int
) -> None:
    _put(folder, a="1", bad=word, c="3", d="4")
    summary = ingest(workers)
    assert (summary.loaded, summary.failed) == (3, 1) and summary.exit_code is ExitCode.INCOMPLETE
    (problem,) = summary.problems
    assert problem.file_name == "bad.pdf" and reason in problem.error and "\n" not in problem.error
    assert [row[1] for row in rows_of(engine, "documents") if row[6] == "failed"] == ["bad.pdf"]
    assert len(rows_of(engine, "filings")) == 3
    _put(folder, bad="9")
    assert (ingest(workers).loaded, len(rows_of(engine, "documents"))) == (1, 4)


def test_a_hanging_file_is_stopped(folder: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "time_limit_s", lambda document: 0.3)
    _put(folder, a="1", bad="hang", c="3")
    summary = ingest()
    assert (summary.loaded, summary.failed) == (2, 1)
    assert summary.problems[0].error == "reading was stopped after 0.3 s"


def test_a_big_file_may_take_longer() -> None:
    small, big = (Document(Path("/a"), "a", "", size) for size in (0, 10_000_000))
    assert (time_limit_s(small), time_limit_s(big)) == (900, 1500)


def test_a_loaded_file_that_breaks_keeps_its_rows(folder: Path, ingest: Ingest, engine: Engine) -> None:
    _put(folder, a="1")
    ingest()
    kept = rows_of(engine, "funds")
    _put(folder, a="broken")
    for _ in range(2):
        assert ingest().failed == 1
        assert rows_of(engine, "funds") == kept
        assert [row[7] for row in rows_of(engine, "documents")] == [
            "it is encrypted; the rows of its earlier content were kept"
        ]
    _put(folder, a="1")
    assert ingest().loaded == 1
    assert [row[6] for row in rows_of(engine, "documents")] == ["ok"]


def test_a_file_that_cannot_be_opened_fails_alone(
    folder: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put(folder, a="1", b="2")
    opened = batch.open_document

    def refuse(path: Path, name: str) -> Document:
        if name == "a.pdf":
            raise PermissionError(13, "Permission denied")
        return opened(path, name)

    monkeypatch.setattr(batch, "open_document", refuse)
    summary = ingest()
    assert (summary.loaded, summary.failed) == (1, 1)
    assert summary.problems[0].error == "cannot be opened: Permission denied"


def test_two_names_of_one_content_are_two_documents(folder: Path, ingest: Ingest, engine: Engine) -> None:
    _put(folder, a="1", b="1")
    ingest()
    assert len({row[0] for row in rows_of(engine, "documents")}) == 2


def test_the_same_name_and_content_at_two_places_is_one_document(tmp_path: Path, folder: Path, engine: Engine) -> None:
    twin = tmp_path / "twin"
    twin.mkdir()
    _put(folder, a="1")
    _put(twin, a="1")

    def run() -> Summary:
        files = find_files([folder, twin])
        with start_readers(1, files) as readers:
            return run_batch(files, engine, readers, LineReporter(io.StringIO()))

    run()
    assert run().skipped == 2
    assert len(rows_of(engine, "documents")) == 1
    _put(folder, a="2")  # the twin still stands for the old content
    run()
    assert sorted(row[4] for row in rows_of(engine, "funds")) == [1, 2]


def test_a_database_that_fails_on_the_way_ends_the_run(folder: Path, ingest: Ingest, engine: Engine) -> None:
    _put(folder, a="1")
    database = sqlite3.connect(str(engine.url.database))
    database.executescript("DROP TABLE provenance")
    database.close()
    with pytest.raises(DatabaseUnusable, match="no such table: provenance"):
        ingest()


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match=r"nowhere\.pdf does not exist"):
        find_files([tmp_path / "nowhere.pdf"])
    with pytest.raises(NothingToRead, match="no PDF lies under"):
        find_files([tmp_path])


def test_files_named_twice_are_read_once(folder: Path) -> None:
    _put(folder, a="1")
    assert len(find_files([folder, folder / "a.pdf", folder])) == 1


def test_readers_are_no_more_than_files_and_begin_at_once(folder: Path) -> None:
    _put(folder, a="1", b="2")
    with start_readers(8, find_files([folder])) as readers:
        assert [job.file_name for job in readers.jobs] == ["a.pdf", "b.pdf"]
        assert not readers.idle
    assert callable(load_reader()) and reading._cores() >= 1


def test_lines_are_plain_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    reporter = make_reporter(stream)
    assert isinstance(reporter, LineReporter)
    reporter.start(10)
    reporter.finished(FileResult("a.pdf", "ok", pages=1))
    reporter.finished(FileResult("b.pdf", "failed", "it is empty"))
    reporter.finished(FileResult("c.pdf", "ok", skipped=True))
    reporter.stop()
    assert stream.getvalue().splitlines() == [
        " 1/10 ok      a.pdf: 1 page",
        " 2/10 failed  b.pdf: it is empty",
        " 3/10 skipped c.pdf: loaded before",
    ]


def test_a_terminal_gets_a_bar() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    reporter = make_reporter(stream)
    assert isinstance(reporter, BarReporter)
    reporter.start(2)
    reporter.finished(FileResult("a.pdf", "ok", pages=3))
    reporter.finished(FileResult("[b].pdf", "failed", "it is [empty]"))
    reporter.stop()
    shown = stream.getvalue()
    assert "failed  [b].pdf: it is [empty]" in shown
    assert "2/2" in shown and "pages/s" in shown and "1 failed" in shown


def test_the_summary_says_what_is_where(folder: Path, ingest: Ingest, engine: Engine) -> None:
    _put(folder, a="1", b="partial", c="broken")
    lines = summary_lines(ingest(), engine)
    assert lines[0].startswith("1 loaded, 1 partial, 1 failed, 0 skipped (4 pages in ")
    assert "  partial b.pdf: page 2 was not read" in lines and "  failed  c.pdf: it is encrypted" in lines
    assert f"database {engine.url}" in lines
    assert "          2 filings (2 declaration)" in lines
