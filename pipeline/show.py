"""One file, extracted and printed for people or as JSON; no database."""

import json
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.document import open_document
from pipeline.records import DocumentRecord, Provenance, Row, Scalar
from pipeline.run import read_document

_HIDDEN = {"document_id", "filing_id", "position", "page_first", "page_last"}
_LONGEST = 60  # characters of a value on one line
_DETAILS = (
    "evaluations", "evaluation_scores", "budget_lines", "funds", "goals", "indicators", "findings", "fields",
    "contacts",
)  # fmt: skip
_TABLES = (*_DETAILS, "repairs", "checks")
_NAMED = {"funds": ("scope", "item"), "budget_lines": ("component", "item")}  # their other values are figures


def show(path: Path, as_json: bool, draw: Path | None) -> None:
    """Print what a file holds; exit code 1 where it could not be read whole."""
    record = read_document(open_document(path, path.name))
    if as_json:
        print(json.dumps(to_json(record), ensure_ascii=False, indent=1, default=_plain))
    else:
        print("\n".join(to_lines(record)))
    if draw is not None and record.status != "failed":
        for picture in _draw(path, record, draw):
            print(f"drawn: {picture}", file=sys.stderr)
    if record.status != "ok":
        print(f"jixiao: {path}: {record.status}: {record.error}", file=sys.stderr)
        sys.exit(1)


def to_json(record: DocumentRecord) -> dict[str, Any]:
    """The document with its filings, their rows and every value's receipts."""
    return {
        "file_name": record.file_name,
        "sha256": record.sha256,
        "page_count": record.page_count,
        "text_source": record.text_source,
        "status": record.status,
        "error": record.error,
        "filings": [
            _row_json(filing) | {table: [_row_json(row) for row in _rows(record, table, filing)] for table in _TABLES}
            for filing in _filings(record)
        ],
        "narratives": [_row_json(row) | {"filing": row.values["filing_id"]} for row in _of(record, "narratives")],
        "other_tables": [_row_json(row) | {"rows": _grid(record, row)} for row in _of(record, "other_tables")],
    }


def _row_json(row: Row) -> dict[str, Any]:
    values = {name: value for name, value in row.values.items() if name not in ("document_id", "filing_id")}
    return {"id": row.row_id} | values | {"provenance": [_receipt_json(receipt) for receipt in row.provenance]}


def _receipt_json(receipt: Provenance) -> dict[str, Any]:
    return {
        "column": receipt.column_name,
        "page": receipt.page,
        "box": [round(side, 1) for side in receipt.box],
        "raw_text": receipt.raw_text,
        "source": receipt.source,
        "confidence": receipt.confidence,
        "doubts": list(receipt.doubts),
        "repair": receipt.repair,
    }


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no JSON form")


def to_lines(record: DocumentRecord) -> Iterator[str]:
    """The document for people: head, money, goals and indicators of each filing, and what is in doubt."""
    yield f"{record.file_name}: {record.page_count} pages, {record.status}"
    for filing in _filings(record):
        yield from _filing_lines(record, filing)
    narratives, others = _of(record, "narratives"), _of(record, "other_tables")
    if narratives:
        yield ""
        yield f"narratives: {len(narratives)}"
        yield from (f"  page {_pages(row)}: {_short(row.values['title'])}" for row in narratives)
    if others:
        yield ""
        yield f"other tables: {len(others)}"
        for table in others:
            shape = f"{table.values['row_count']} x {table.values['column_count']}"
            yield f"  page {_pages(table)}: {table.values['title'] or '(no title)'}, {shape}"
    if not _filings(record) and record.status != "failed":
        yield "no filing in this file"


def _filing_lines(record: DocumentRecord, filing: Row) -> Iterator[str]:
    yield ""
    yield f"── {filing.values.get('title') or '(no title)'}  page {_pages(filing)}"
    for name, value in filing.values.items():
        if name not in _HIDDEN and name != "title" and value not in (None, ""):
            yield f"  {name:<18}{_short(value)}"
    for table in _DETAILS:
        rows = _rows(record, table, filing)
        if rows:
            yield f"  {table} ({len(rows)})"
            yield from (f"    {_row_line(row)}" for row in rows)
    repairs = _rows(record, "repairs", filing)
    if repairs:
        yield f"  repairs ({len(repairs)})"
        yield from map(_repair_line, repairs)
    doubts = list(_doubt_lines([filing, *(row for table in _DETAILS for row in _rows(record, table, filing))]))
    if doubts:
        yield f"  in doubt ({len(doubts)})"
        yield from doubts


def _row_line(row: Row) -> str:
    return " | ".join(
        _short(value) if name in _NAMED.get(row.table, (name,)) else f"{name.removesuffix('_yuan')}={value}"
        for name, value in row.values.items()
        if name not in _HIDDEN and value not in (None, "")
    )


def _repair_line(row: Row) -> str:
    """What was repaired, or might be: rule, score, evidence."""
    values = row.values
    read, other = _short(values["before"]), _short(values["after"])
    what = f"read {read!r}, now {other!r}" if values["state"] == "accepted" else f"{read!r} stands, perhaps {other!r}"
    why = f"{values['rule']} {values['score']}: {values['evidence']}"
    return f"    {values['row_id']} {values['column_name']}: {what} ({why})"


def _doubt_lines(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        for receipt in row.provenance:
            if receipt.is_flagged:
                why = ", ".join(receipt.doubts) or f"confidence {receipt.confidence:.2f}"
                value = row.values.get(receipt.column_name)
                where = f"page {receipt.page} {receipt.column_name}"
                yield f"    {where}: printed {_short(receipt.raw_text)!r}, read {_short(value)!r} ({why})"


def _short(value: Scalar) -> str:
    text = "" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _pages(row: Row) -> str:
    first, last = row.values.get("page_first"), row.values.get("page_last")
    return f"{first}" if first == last else f"{first}-{last}"


def _of(record: DocumentRecord, table: str) -> list[Row]:
    return [row for row in record.rows if row.table == table]


def _filings(record: DocumentRecord) -> list[Row]:
    return _of(record, "filings")


def _rows(record: DocumentRecord, table: str, filing: Row) -> list[Row]:
    return [row for row in _of(record, table) if row.values.get("filing_id") == filing.row_id]


def _grid(record: DocumentRecord, table: Row) -> list[list[str]]:
    """The cells of an other table as rows of text; a merged cell's text stands in its first place."""
    rows = [[""] * int(str(table.values["column_count"])) for _ in range(int(str(table.values["row_count"])))]
    for cell in _of(record, "other_table_cells"):
        if cell.values["table_id"] == table.row_id:
            rows[int(str(cell.values["row"]))][int(str(cell.values["column"]))] = str(cell.values["text"] or "")
    return rows


def _draw(path: Path, record: DocumentRecord, folder: Path) -> list[Path]:
    from extractors.debug import Mark, draw_pages
    from extractors.geometry import BBox
    from extractors.reading import read_pdf

    marks = [
        Mark(receipt.page, BBox(*receipt.box), receipt.column_name) for row in record.rows for receipt in row.provenance
    ]
    return draw_pages(path, read_pdf(path), marks, folder)
