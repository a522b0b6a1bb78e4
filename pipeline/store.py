"""Writing one document's rows: its own earlier rows go, the new ones come, nothing else is touched.

The caller's transaction makes it all or nothing.

Decision: a document that was loaded and now cannot be read (file damaged or changed, reader crashed) keeps
the rows that were loaded: nothing that was won is lost by a failure. Its row in `documents` then says
`failed`, and its error says that the rows are of the earlier content. The next good reading replaces them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect

from pipeline.dictionary import dictionary
from pipeline.flatten import FlatRecord, FlatRow, flatten
from pipeline.records import DocumentRecord
from pipeline.schema import TABLES

_KEPT = "the rows of its earlier content were kept"
_documents = TABLES["documents"]


def store(connection: Connection, record: DocumentRecord, earlier: str | None = None) -> str:
    """Replace a document's rows; see `store_flat`."""
    return store_flat(connection, flatten(record), earlier)


def store_flat(connection: Connection, flat: FlatRecord, earlier: str | None = None) -> str:
    """Replace a document's rows.

    Args:
        connection: in a transaction.
        flat: the new rows.
        earlier: the document that the same file was before its content changed, if any; it is replaced too.

    Returns:
        The id of the document whose rows now stand for the file: the earlier one where its rows were kept.
    """
    record = flat.record
    olds = list(dict.fromkeys(old for old in (record.document_id, earlier) if old))
    if record.status == "failed" and (kept := _first_with_rows(connection, olds)):
        error = f"{record.error}; {_KEPT}" if record.error else _KEPT
        this = _documents.c.document_id == kept
        connection.execute(sa.update(_documents).where(this).values(status="failed", error=error))
        return kept
    connection.execute(sa.delete(TABLES["settlements"]))  # all must be settled anew; waits while another run settles
    connection.execute(sa.delete(_documents).where(_documents.c.document_id.in_(olds)))
    for entry in dictionary():
        if rows := flat.tables.get(entry.name):
            _insert(connection, entry.name, rows)
    return record.document_id


@dataclass(frozen=True, slots=True)
class _Insert:
    """An insert as the driver takes it.

    Attributes:
        sql: with the driver's placeholders.
        names: of the parameters, None where they go by position.
        converters: (position, function) of the columns whose value the driver does not take as it is.
    """

    sql: str
    names: tuple[str, ...] | None
    converters: tuple[tuple[int, Callable[[Any], Any]], ...]


def _insert(connection: Connection, table_name: str, rows: list[FlatRow]) -> None:
    """Insert rows at the driver's speed: what Core does for every row is done once a table."""
    insert = _compile_insert(table_name, connection.dialect)
    if insert.converters:
        rows = [_convert(row, insert.converters) for row in rows]
    if insert.names is None:
        connection.exec_driver_sql(insert.sql, rows)
    else:
        connection.exec_driver_sql(insert.sql, [dict(zip(insert.names, row, strict=True)) for row in rows])


@cache
def _compile_insert(table_name: str, dialect: Dialect) -> _Insert:
    table = TABLES[table_name]
    compiled = sa.insert(table).compile(dialect=dialect)
    processors = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns]
    converters = tuple((at, process) for at, process in enumerate(processors) if process)
    return _Insert(str(compiled), None if compiled.positional else tuple(table.columns.keys()), converters)


def _convert(row: FlatRow, converters: Iterable[tuple[int, Callable[[Any], Any]]]) -> FlatRow:
    values = list(row)
    for at, process in converters:
        values[at] = process(values[at])
    return tuple(values)


def _first_with_rows(connection: Connection, document_ids: Iterable[str]) -> str | None:
    """The first of the documents that has filings or other tables."""
    for document_id in document_ids:
        for name in ("filings", "other_tables"):
            table = TABLES[name]
            found = sa.select(table.c.document_id).where(table.c.document_id == document_id).limit(1)
            if connection.execute(found).first():
                return document_id
    return None
