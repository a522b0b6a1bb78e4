"""Rows to a file, one writer a format: each gets the path, the table's entry, its rows; gives their number.

The same rows give the same bytes, whatever the day.
"""

import csv
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.dictionary import ColumnEntry, TableEntry

Writer = Callable[[Path, TableEntry, Iterable[Sequence[Any]]], int]

_LINE_BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_ROWS_A_BATCH = 5000
_SHEET_ROWS = 1_048_575
_CELL_CHARACTERS = 32_767
_NOT_IN_XLSX = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_CUT = " [cut: longer than a cell of this format holds]"
_TIMES = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def write_csv(path: Path, entry: TableEntry, rows: Iterable[Sequence[Any]]) -> int:
    """UTF-8, LF, a header row, one record a line: a line break inside a text is written as a space."""
    printers = [_PRINTERS[column.type] for column in entry.columns]
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(entry.column_names)
        for row in rows:
            count += 1
            cells = zip(printers, row, strict=True)
            out.writerow(["" if value is None else show(value) for show, value in cells])
    return count


def _print_text(value: str) -> str:
    return value if value.isprintable() else _LINE_BREAKS.sub(" ", value)


def _print_decimal(value: Decimal) -> str:
    return f"{value:f}"


_PRINTERS: dict[str, Callable[[Any], str]] = {
    "text": _print_text,
    "date": _print_text,
    "integer": str,
    "money": _print_decimal,
    "number": _print_decimal,
}


def write_parquet(path: Path, entry: TableEntry, rows: Iterable[Sequence[Any]]) -> int:
    """Money as decimal(18, 2), numbers as doubles, dates as text (they are as exact as printed)."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {"integer": pa.int32(), "money": pa.decimal128(18, 2), "number": pa.float64()}
    schema = pa.schema([pa.field(c.name, types.get(c.type, pa.string())) for c in entry.columns])
    count = 0
    with parquet.ParquetWriter(path, schema) as out:
        for batch in _batches(rows):
            count += len(batch)
            columns = zip(entry.columns, zip(*batch, strict=True), strict=True)
            values = (_floats(column) if known.type == "number" else column for known, column in columns)
            arrays = [pa.array(value, field.type) for value, field in zip(values, schema, strict=True)]
            out.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return count


def _batches(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    source = iter(rows)
    while batch := list(islice(source, _ROWS_A_BATCH)):
        yield batch


def _floats(column: Iterable[Decimal | None]) -> list[float | None]:
    return [None if value is None else float(value) for value in column]


def write_xlsx(path: Path, entry: TableEntry, rows: Iterable[Sequence[Any]]) -> int:
    """A workbook with one sheet, or more where a sheet cannot hold all rows."""
    from openpyxl import Workbook  # type: ignore[import-untyped, unused-ignore]

    book = Workbook(write_only=True)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count % _SHEET_ROWS == 1:
            sheet = _new_sheet(book, entry)
        sheet.append([_cell(sheet, column, value) for column, value in zip(entry.columns, row, strict=True)])
    if not count:
        _new_sheet(book, entry)
    book.save(path)
    _forget_time(path)
    return count


def _new_sheet(book: Any, entry: TableEntry) -> Any:
    number = len(book.worksheets) + 1
    sheet = book.create_sheet(entry.name if number == 1 else f"{entry.name} {number}")
    sheet.append(entry.column_names)
    return sheet


def _cell(sheet: Any, column: ColumnEntry, value: Any) -> Any:
    """Text stays text (`=15` is no formula); longer than a cell holds, it is cut and says so."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped, unused-ignore]

    text = _NOT_IN_XLSX.sub("\ufffd", value)
    if len(text) > _CELL_CHARACTERS:
        text = text[: _CELL_CHARACTERS - len(_CUT)] + _CUT
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _forget_time(path: Path) -> None:
    """Write a workbook anew without the times of its making."""
    old = path.with_suffix(".timed")
    path.rename(old)
    with zipfile.ZipFile(old) as timed, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as plain:
        for name in timed.namelist():
            content = timed.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(b"1980-01-01T00:00:00Z", content)
            plain.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)
    old.unlink()


WRITERS: dict[str, Writer] = {"csv": write_csv, "parquet": write_parquet, "xlsx": write_xlsx}
