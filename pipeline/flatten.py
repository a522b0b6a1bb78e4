"""From a `DocumentRecord` to rows as the database takes them: tuples in the dictionary's column order.

This runs in the worker, so that little has to cross to the parent and the parent has little to do.

Decisions:
- An empty string is NULL: a value is there or it is not.
- Text keeps its line breaks as LF. NUL and lone surrogates, which no database takes, become U+FFFD.
- A number that no column can hold exactly (money of 10**13 yuan and more, more than 15 significant digits)
  is a misreading: it is left empty and its provenance gets the doubt `unreadable`; the raw text stays.
- An unknown table or column, a value of the wrong type or outside its closed list is a bug of the reader:
  it raises.
"""

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from pipeline.dictionary import ColumnEntry, TableEntry, dictionary
from pipeline.records import DocumentRecord, Provenance, Row, Scalar

FlatRow = tuple[Any, ...]

_HEAD = ("file_name", "sha256", "page_count", "text_source", "text_source_reason", "status", "error")
_UNREADABLE = "unreadable"
_CENT = Decimal("0.01")
_MONEY_LIMIT = Decimal(10) ** 13
_NUMBER_DIGITS = 15
_INTEGER_LIMIT = 2**31
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_ODD = re.compile("[\0\r\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class FlatRecord:
    """A document's rows, ready to be stored.

    Attributes:
        record: the document itself, without its rows.
        tables: table name to its rows; `documents` has exactly one.
    """

    record: DocumentRecord
    tables: dict[str, list[FlatRow]]


def flatten(record: DocumentRecord) -> FlatRecord:
    """The rows of a record. Raises ValueError for rows that the dictionary does not allow."""
    tables: dict[str, list[FlatRow]] = {entry.name: [] for entry in dictionary() if _is_read(entry)}
    for row in (_document_row(record), *(row for row in record.rows if row.table != "documents")):
        flat, unfit = _flat_row(row, record.document_id)
        tables[row.table].append(flat)
        tables["provenance"].extend(_flat_provenance(row, record.document_id, unfit))
    return FlatRecord(replace(record, rows=()), {name: rows for name, rows in tables.items() if rows})


def _document_row(record: DocumentRecord) -> Row:
    """The row of `documents`: the record's head, and what the reader's own row for it adds."""
    added = [row for row in record.rows if row.table == "documents"]
    values = {name: value for row in added for name, value in row.values.items()}
    values |= {name: getattr(record, name) for name in _HEAD}
    return Row("documents", record.document_id, values, tuple(p for row in added for p in row.provenance))


def _flat_row(row: Row, document_id: str) -> tuple[FlatRow, set[str]]:
    """The row's values in column order, and the columns whose value could not be held."""
    plan = _plan(row)
    flat: list[Any] = [None] * plan.width
    flat[plan.places[plan.id][0]] = row.row_id
    if "document_id" in plan.places:
        flat[plan.places["document_id"][0]] = document_id
    unfit = set()
    for name, value in row.values.items():
        if name not in plan.places:
            raise ValueError(f"{row.table} has no column {name} (row {row.row_id})")
        if value is not None and value != "":
            at, column = plan.places[name]
            flat[at] = _fit(row, column, value)
            if flat[at] is None:
                unfit.add(name)
    for at, name in plan.required:
        if flat[at] is None:
            raise ValueError(f"{row.table}.{name} is missing (row {row.row_id})")
    return tuple(flat), unfit


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where a table's values go: column name to place and entry; the places that must not stay empty."""

    id: str
    width: int
    places: dict[str, tuple[int, ColumnEntry]]
    required: tuple[tuple[int, str], ...]


@cache
def _plans() -> dict[str, _Plan]:
    """The plans of all tables that a reader may fill."""
    return {e.name: _plan_table(e) for e in dictionary() if _is_read(e) and e.name != "provenance"}


def _is_read(entry: TableEntry) -> bool:
    """Whether a reader may give rows of the table."""
    return entry.exported and not entry.derived


def _plan_table(entry: TableEntry) -> _Plan:
    places = {column.name: (at, column) for at, column in enumerate(entry.columns)}
    required = tuple((at, column.name) for at, column in places.values() if column.required)
    return _Plan(entry.id, len(places), places, required)


def _plan(row: Row) -> _Plan:
    try:
        return _plans()[row.table]
    except KeyError:
        raise ValueError(f"there is no table {row.table!r} for rows (row {row.row_id})") from None


def _fit(row: Row, column: ColumnEntry, value: Scalar) -> Scalar:
    """The value as its column holds it; None for one that does not fit."""
    try:
        fitted = _FITTERS[column.type](value)
    except TypeError:
        raise ValueError(f"{row.table}.{column.name} is {column.type}, not {value!r} (row {row.row_id})") from None
    if column.values and fitted not in column.values:
        raise ValueError(f"{row.table}.{column.name} cannot be {value!r} (row {row.row_id})")
    return fitted


def fit_text(value: Any) -> str:
    """The text as every database can hold it. Raises TypeError for what is no text."""
    if _ODD.search(value):
        value = _UNSTORABLE.sub("\ufffd", _LINE_BREAK.sub("\n", value))
    return str(value)


def fit_money(value: Any) -> Decimal | None:
    """Yuan with two decimals; None where it is too large to be money."""
    amount = _decimal(value)
    if not amount.is_finite() or abs(amount) >= _MONEY_LIMIT:
        return None
    return amount.quantize(_CENT, ROUND_HALF_UP) + 0


def fit_number(value: Any) -> Decimal | None:
    """The number without trailing zeros; None where 15 digits do not hold it."""
    number = _decimal(value)
    if not number.is_finite():
        return None
    if not number:
        return Decimal(0)
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    fits = len(digits) <= _NUMBER_DIGITS and -_NUMBER_DIGITS <= number.adjusted() < _NUMBER_DIGITS
    return number.normalize() if fits else None


def fit_integer(value: Any) -> int | None:
    """The integer; None where 32 bits do not hold it."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value if abs(value) < _INTEGER_LIMIT else None


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError
    return Decimal(value)


_FITTERS: dict[str, Callable[[Any], Scalar]] = {
    "text": fit_text,
    "date": fit_text,
    "money": fit_money,
    "number": fit_number,
    "integer": fit_integer,
}


def _flat_provenance(row: Row, document_id: str, unfit: Container[str]) -> Iterator[FlatRow]:
    """The receipts of a row, each value's parts numbered from 1."""
    places = _plan(row).places
    filing_id = row.row_id if row.table == "filings" else row.values.get("filing_id")
    parts: dict[str, int] = {}
    for receipt in row.provenance:
        column = receipt.column_name
        if column not in places:
            raise ValueError(f"provenance for {row.table}.{column}, which is no column (row {row.row_id})")
        part = parts[column] = parts.get(column, 0) + 1
        doubts = (*receipt.doubts, _UNREADABLE) if column in unfit else receipt.doubts
        key = f"{row.table}.{row.row_id}.{column}.{part}"
        yield key, document_id, filing_id, row.table, row.row_id, column, part, *_receipt(receipt, doubts)


def _receipt(receipt: Provenance, doubts: tuple[str, ...]) -> FlatRow:
    """The columns of provenance from `page` on; points to 0.01, confidence to 0.0001."""
    x0, top, x1, bottom = receipt.box
    return (
        receipt.page,
        round(x0, 2),
        round(top, 2),
        round(x1, 2),
        round(bottom, 2),
        fit_text(receipt.raw_text) or None,
        receipt.source or None,
        round(receipt.confidence, 4),
        " ".join(dict.fromkeys(doubts)) if doubts else None,
        receipt.repair or None,
    )
