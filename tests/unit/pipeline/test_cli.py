import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import make_record

from pipeline import __version__
from pipeline.batch import FileResult
from pipeline.cli import main
from pipeline.document import Document
from pipeline.records import DocumentRecord
from pipeline.reporter import LineReporter


def _read(document: Document) -> DocumentRecord:
    good = document.path.read_text() == "good"
    return make_record(document) if good else make_record(document, status="partial", error="page 2 was not read")


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("pipeline.run")
    module.read_document = _read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipeline.run", module)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.pdf").write_text("good")
    return raw


def _jixiao(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def test_everything_loaded_is_exit_0(raw: Path, sqlite_url: str) -> None:
    result = _jixiao("ingest", raw, "--database", sqlite_url)
    assert result.exit_code == 0
    assert "1/1 ok      a.pdf: 2 pages" in result.stderr
    assert "1 loaded, 0 partial, 0 failed, 0 skipped" in result.stdout and sqlite_url in result.stdout


def test_something_partial_is_exit_1_with_its_reason(raw: Path, sqlite_url: str) -> None:
    (raw / "b.pdf").write_text("bad")
    result = _jixiao("ingest", raw, "--database", sqlite_url, "--workers", 2)
    assert result.exit_code == 1
    assert "  partial b.pdf: page 2 was not read" in result.stdout


def test_an_interrupt_is_one_line_and_keeps_what_is_loaded(
    raw: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (raw / "b.pdf").write_text("good")

    def interrupt(reporter: LineReporter, result: FileResult) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(LineReporter, "finished", interrupt)
        result = _jixiao("ingest", raw, "--database", sqlite_url, "--workers", 1)
    assert result.exit_code == 1 and result.stdout == ""
    assert result.stderr.strip().startswith("jixiao: interrupted; running the same command again")
    assert "1 loaded, 0 partial, 0 failed, 1 skipped" in _jixiao("ingest", raw, "--database", sqlite_url).stdout


def test_the_default_database_is_made_where_the_contract_says(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(raw)
    assert _jixiao("ingest", "a.pdf").exit_code == 0
    assert (raw / "data/clean/filings.db").exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["ingest", "nowhere"], "jixiao: nowhere does not exist"),
        (["ingest", "raw", "empty"], "jixiao: no PDF lies under empty"),
        (["ingest", "raw", "--database", "paper://x"], "jixiao: unknown kind of database"),
        (["ingest", "raw", "--database", "sqlite:////proc/x.db"], "jixiao: cannot use the database"),
        (["export", "--out", "o", "--database", "sqlite:///none.db"], "jixiao: there is no database none.db"),
        (["export", "--out", "o", "--format", "csv,doc"], "jixiao: unknown format doc"),
    ],
)
def test_what_is_unusable_is_one_line_and_exit_2(
    arguments: list[str], reason: str, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (raw.parent / "empty").mkdir()
    monkeypatch.chdir(raw.parent)
    result = _jixiao(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(reason) and result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [["ingest"], ["ingest", "x", "--workers", "0"], ["dance"], ["export"]])
def test_wrong_usage_is_exit_2(arguments: list[str]) -> None:
    result = _jixiao(*arguments)
    assert result.exit_code == 2 and "Usage:" in result.stderr


def test_export_writes_the_tables(raw: Path, sqlite_url: str, tmp_path: Path) -> None:
    _jixiao("ingest", raw, "--database", sqlite_url)
    out = tmp_path / "out"
    result = _jixiao("export", "--database", sqlite_url, "--out", out, "--format", "csv,parquet")
    assert result.exit_code == 0 and str(out) in result.stdout
    assert (out / "funds.csv").exists() and (out / "funds.parquet").exists()
    assert not (out / "contacts.csv").exists()
    _jixiao("export", "--database", sqlite_url, "--out", out, "--include-personal")
    assert (out / "contacts.csv").exists()


def test_show_hands_over_to_the_shower(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []
    module = types.ModuleType("pipeline.show")
    module.show = lambda *arguments: calls.append(arguments)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipeline.show", module)
    assert _jixiao("show", raw / "a.pdf").exit_code == 0
    assert _jixiao("show", raw / "a.pdf", "--json", "--draw", "d").exit_code == 0
    assert calls == [(raw / "a.pdf", False, None), (raw / "a.pdf", True, Path("d"))]


def test_every_command_has_help() -> None:
    for name, command in main.commands.items():
        assert command.help and _jixiao(name, "--help").exit_code == 0
    assert {"ingest", "show", "export"} <= set(main.commands)


def test_the_version_is_printed() -> None:
    assert _jixiao("--version").stdout == f"jixiao, version {__version__}\n"


def test_starting_imports_nothing_heavy() -> None:
    program = "import sys, pipeline.cli, pipeline.reading; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"sqlalchemy", "alembic", "pandas", "pyarrow", "rich", "openpyxl"} & set(run.stdout.split())


def test_the_module_is_the_command() -> None:
    run = subprocess.run([sys.executable, "-m", "pipeline", "--version"], capture_output=True, text=True)
    assert run.stdout == f"jixiao, version {__version__}\n"
