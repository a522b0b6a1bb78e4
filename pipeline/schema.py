"""The tables of the database, made from the data dictionary (SQLAlchemy Core, no ORM).

A document's rows hang below its row in `documents`: deleting that row deletes them all (ON DELETE CASCADE).
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from pipeline.across.views import make_views
from pipeline.dictionary import ColumnEntry, TableEntry, dictionary

HEAD = "0003"
VERSION_TABLE = "jixiao_version"

_CENT = Decimal("0.01")


class _Exact(sa.TypeDecorator[Decimal]):
    """A Decimal in Python; NUMERIC in the database, a double where it knows no decimals (SQLite)."""

    impl = sa.Numeric
    cache_ok = True
    precision: int | None = None
    scale: int | None = None

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """The database's own type."""
        if dialect.supports_native_decimal:
            return dialect.type_descriptor(sa.Numeric(self.precision, self.scale))
        return dialect.type_descriptor(sa.Numeric(self.precision, self.scale, asdecimal=False))


class Money(_Exact):
    """Yuan with two decimals, exact below 10**13."""

    cache_ok = True
    precision, scale = 18, 2

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The amount, always with two decimals."""
        return None if value is None else to_decimal(value).quantize(_CENT, ROUND_HALF_UP)


class Number(_Exact):
    """A decimal without fixed scale, exact up to 15 significant digits, without trailing zeros."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The number, normalised."""
        return None if value is None else to_decimal(value).normalize()


def to_decimal(value: Any) -> Decimal:
    """The shortest decimal that a double stands for; a Decimal or int as it is."""
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


_SQL_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "text": sa.Text,
    "date": sa.Text,
    "integer": sa.Integer,
    "money": Money,
    "number": Number,
}


def _sql_column(entry: ColumnEntry, id_column: str) -> sa.Column[Any]:
    keys = []
    if entry.references:
        parent = dictionary()[entry.references]
        keys.append(sa.ForeignKey(f"{parent.name}.{parent.id}", ondelete="CASCADE"))
    return sa.Column(
        entry.name,
        _SQL_TYPES[entry.type](),
        *keys,
        primary_key=entry.name == id_column,
        nullable=not entry.required,
        index=bool(keys),
    )


def _sql_table(entry: TableEntry) -> sa.Table:
    return sa.Table(entry.name, metadata, *(_sql_column(column, entry.id) for column in entry.columns))


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMES)
TABLES: dict[str, sa.Table] = {entry.name: _sql_table(entry) for entry in dictionary()}

sa.Index(None, TABLES["provenance"].c.table_name, TABLES["provenance"].c.row_id)
sa.Index(None, TABLES["ledger"].c.file_name, TABLES["ledger"].c.sha256)
sa.Index(None, TABLES["ledger"].c.document_id)
sa.event.listen(metadata, "after_create", lambda _metadata, connection, **_: make_views(connection))
