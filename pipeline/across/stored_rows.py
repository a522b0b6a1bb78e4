"""A document's rows back from the database, as its reader gave them."""

import re
from collections import defaultdict
from collections.abc import Container, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.dictionary import TableEntry, dictionary
from pipeline.records import Provenance, Row
from pipeline.schema import TABLES

_NOT_ROWS = ("documents", "provenance")
_DIGITS = re.compile("([0-9]+)")


def row_tables() -> tuple[str, ...]:
    """The tables that hold a document's rows, in the order of the data dictionary."""
    return tuple(e.name for e in dictionary() if e.exported and not e.derived and e.name not in _NOT_ROWS)


def stored_rows(connection: Connection, document_id: str, tables: Container[str] = row_tables()) -> list[Row]:
    """The rows of a document with their receipts.

    Values are as the columns hold them: rounded, empty ones left out. Rows come table by table in the order of
    the data dictionary, within a table by their numbers; the reader may have given them in another order.

    Args:
        connection: may be in a transaction.
        document_id: of a document; one that is not there has no rows.
        tables: those that are wanted.
    """
    rows = []
    for name in row_tables():
        if name in tables:
            entry = dictionary()[name]
            receipts = _receipts(connection, document_id, entry)
            found = connection.execute(sa.select(TABLES[name]).where(_below(entry, document_id))).mappings()
            rows += sorted((_row(entry, each, receipts) for each in found), key=lambda row: _order(row.row_id))
    return rows


def _below(entry: TableEntry, document_id: str) -> sa.ColumnElement[bool]:
    """That a row of the table hangs below the document, directly or below another row."""
    table = TABLES[entry.name]
    if entry.has("document_id"):
        return table.c.document_id == document_id
    key = next(column for column in entry.columns if column.references)
    parent = dictionary()[key.references]
    held = sa.select(TABLES[parent.name].c[parent.id]).where(_below(parent, document_id))
    return table.c[key.name].in_(held)


def _row(entry: TableEntry, found: Mapping[Any, Any], receipts: Mapping[str, list[Provenance]]) -> Row:
    row_id = str(found[entry.id])
    values = {
        name: found[name]
        for name in entry.column_names
        if name not in (entry.id, "document_id") and found[name] is not None
    }
    return Row(entry.name, row_id, values, tuple(receipts.get(row_id, ())))


def _receipts(connection: Connection, document_id: str, entry: TableEntry) -> dict[str, list[Provenance]]:
    """The receipts of a table's rows by row, in column order, each value's parts in theirs."""
    table = TABLES["provenance"]
    mine = sa.and_(table.c.document_id == document_id, table.c.table_name == entry.name)
    places = {name: place for place, name in enumerate(entry.column_names)}
    found = connection.execute(sa.select(table).where(mine)).all()
    receipts = defaultdict(list)
    for each in sorted(found, key=lambda each: (places[each.column_name], each.part)):
        receipts[each.row_id].append(_receipt(each))
    return dict(receipts)


def _receipt(found: sa.Row[Any]) -> Provenance:
    return Provenance(
        found.column_name,
        found.page,
        (float(found.x0), float(found.top), float(found.x1), float(found.bottom)),
        found.raw_text or "",
        found.source or "",
        float(found.confidence),
        tuple((found.doubts or "").split()),
        found.repair or "",
    )


def _order(row_id: str) -> list[str | int]:
    """A key by which number 10 stands behind 9; the ids of one table are alike in build."""
    return [int(piece) if piece.isdigit() else piece for piece in _DIGITS.split(row_id)]
