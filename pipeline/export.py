"""The database as files: one a table and format, with `datapackage.json` and `codebook.md`.

The same database content gives the same bytes: rows by id, values written in one way, no times. Rows are
streamed. Everything is written to a hidden folder in the target and moved when all is there, so that an
interrupted export leaves the earlier files whole.

Personal data stays out unless asked for: `contacts`, the receipts of its values, and what `pipeline.personal` masks in
printed text. What an earlier export with personal data left in the folder is removed.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from pipeline.codebook import Exported, write_codebook, write_datapackage
from pipeline.dictionary import TableEntry, dictionary
from pipeline.errors import UnusableOutput
from pipeline.personal import without_personal
from pipeline.schema import TABLES
from pipeline.writers import WRITERS

Rows = Iterator[Sequence[Any]]

_HIDDEN = ".jixiao-export"
_ROWS_AT_ONCE = 1000


def export(
    engine: Engine, out_dir: Path, formats: Sequence[str] = ("csv",), include_personal: bool = False
) -> list[str]:
    """Write the tables of the database.

    Args:
        engine: of a database that holds filings.
        out_dir: is made if it is not there.
        formats: of csv, parquet, xlsx.
        include_personal: write contacts too, and mask nothing.

    Returns:
        Lines for people: what was written.

    Raises:
        UnusableOutput: where the folder cannot be written.
    """
    hidden = out_dir / f"{_HIDDEN}-{os.getpid()}"  # its own, so that two exports at once do not meet
    try:
        _sweep(out_dir)
        hidden.mkdir(parents=True)
        exported = _write_tables(engine, hidden, formats, include_personal)
        write_datapackage(hidden, exported, formats[0])
        write_codebook(hidden, exported)
        _publish(hidden, out_dir, include_personal)
    except OSError as error:
        raise UnusableOutput(f"cannot write to {out_dir}: {error.strerror}; name another folder") from error
    finally:
        shutil.rmtree(hidden, ignore_errors=True)
    rows = sum(table.rows for table in exported)
    return [f"{rows:,} rows in {len(exported)} tables ({', '.join(formats)}) written to {out_dir}"]


def _write_tables(engine: Engine, folder: Path, formats: Sequence[str], include_personal: bool) -> list[Exported]:
    """Every table in every format, all from one snapshot of the database."""
    exported = []
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    reader = engine.execution_options(reader=True, **level)
    with reader.connect() as connection:
        for entry in dictionary():
            if entry.exported and (include_personal or not entry.personal):
                for name in formats:
                    rows = table_rows(connection, entry, include_personal)
                    count = WRITERS[name](folder / f"{entry.name}.{name}", entry, rows)
                exported.append(Exported(entry, count))
    return exported


def table_rows(connection: Connection, entry: TableEntry, include_personal: bool = False) -> Rows:
    """The rows of a table in the order of their ids, byte by byte whatever the database's collation."""
    table = TABLES[entry.name]
    key = table.c[entry.id]
    query = sa.select(table).order_by(key.collate("C") if connection.dialect.name == "postgresql" else key)
    if entry.has("table_name") and not include_personal:
        personal = [other.name for other in dictionary() if other.personal]
        query = query.where(table.c.table_name.not_in(personal))
    rows = iter(connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query))
    return rows if include_personal else without_personal(entry, rows)


def _sweep(out_dir: Path) -> None:
    """Remove what an export left that was killed before its end."""
    for left in out_dir.glob(f"{_HIDDEN}-*"):
        pid = left.name.rpartition("-")[2]
        if not (pid.isdigit() and _is_running(int(pid))):
            shutil.rmtree(left, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return pid != os.getpid()


def _publish(hidden: Path, out_dir: Path, include_personal: bool) -> None:
    """Move the files into place; remove what an earlier export with personal data left."""
    if not include_personal:
        for path in _personal_remains(out_dir):
            path.unlink()
    for path in sorted(hidden.iterdir()):
        path.replace(out_dir / path.name)


def _personal_remains(out_dir: Path) -> Iterator[Path]:
    """Files of personal tables, and the receipts that were written beside them."""
    for entry in dictionary():
        for suffix in WRITERS if entry.personal else ():
            path = out_dir / f"{entry.name}.{suffix}"
            if path.exists():
                yield path
                yield from (p for p in [out_dir / f"provenance.{suffix}"] if p.exists())
