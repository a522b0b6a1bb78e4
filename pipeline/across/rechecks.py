"""The checks of single documents, made again where values changed after the worker had made them."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.across.stored_rows import row_tables, stored_rows
from pipeline.checks.run import check_rows
from pipeline.flatten import flatten
from pipeline.records import DocumentRecord
from pipeline.schema import TABLES

_checks = TABLES["checks"]


def check_again(connection: Connection, document_ids: Iterable[str]) -> None:
    """Replace the documents' own checks by what their rows now give; checks across files stay."""
    operands = [name for name in row_tables() if name != _checks.name]
    for document_id in sorted(set(document_ids)):
        found = check_rows(document_id, stored_rows(connection, document_id, operands))
        own = sa.and_(_checks.c.document_id == document_id, _checks.c.reach.is_distinct_from("batch"))
        connection.execute(sa.delete(_checks).where(own))
        flat = flatten(DocumentRecord(document_id, document_id, "", rows=tuple(found))).tables.get(_checks.name, [])
        if flat:
            names = _checks.columns.keys()
            connection.execute(sa.insert(_checks), [dict(zip(names, row, strict=True)) for row in flat])
