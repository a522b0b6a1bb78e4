from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from conftest import make_document
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from pipeline.across.decisions import UNDO_REPAIR, decide, withdraw
from pipeline.across.learned_repairs import repair_learned
from pipeline.across.restate import Repair, from_text
from pipeline.database import open_database
from pipeline.records import DocumentRecord, Provenance, Row, Scalar
from pipeline.repairs.book import Book, Cell, Finding
from pipeline.schema import TABLES
from pipeline.store import store

DOCUMENT = make_document("scan.pdf")
FILING, FUND = f"{DOCUMENT.document_id}-001", f"{DOCUMENT.document_id}-001-f001"
READ: dict[str, dict[str, Scalar]] = {
    "filings": {"kind": "declaration", "year": 2081, "department": None},
    "funds": {"filing_id": FILING, "amount_yuan": Decimal("12.30"), "execution_rate": Decimal("9.5")},
}
REPAIRED: dict[Cell, Scalar] = {
    Cell(FILING, "year"): 2031,
    Cell(FILING, "department"): "东澜市青岚区渡口管理所",
    Cell(FUND, "amount_yuan"): Decimal("123.00"),
    Cell(FUND, "execution_rate"): Decimal("95"),
}


def repaired() -> DocumentRecord:
    """A scanned form of which a worker repaired a value of each type."""
    rows = [Row("filings", FILING, READ["filings"]), Row("funds", FUND, READ["funds"])]
    receipts = {cell: Provenance(cell.column, 1, (1, 2, 3, 4), "?", "ocr", 0.5, ("ambiguous",)) for cell in REPAIRED}
    rows = [
        Row(row.table, row.row_id, row.values, tuple(receipts[cell] for cell in REPAIRED if cell.row_id == row.row_id))
        for row in rows
    ]
    book = Book(DOCUMENT.document_id, rows)
    for cell, value in REPAIRED.items():
        book.settle(cell, Finding("arithmetic", value, 0.98, "sums"))
    return DocumentRecord(DOCUMENT.document_id, "scan.pdf", DOCUMENT.sha256, rows=tuple(book.done()))


def state(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {name: connection.execute(sa.select(TABLES[name])).all() for name in (*READ, "repairs", "provenance")}


@pytest.mark.parametrize("url", ["sqlite_url", "postgresql_url"])
def test_values_of_every_type_go_back_and_come_again(url: str, request: pytest.FixtureRequest) -> None:
    engine = open_database(request.getfixturevalue(url))
    with engine.begin() as connection:
        store(connection, repaired())
    before = state(engine)
    ids = [repair.repair_id for repair in before["repairs"]]
    assert {(receipt.repair, receipt.doubts) for receipt in before["provenance"]} == {("arithmetic 0.98", "ambiguous")}
    with engine.begin() as connection:
        decide(connection, UNDO_REPAIR, ids)
        repair_learned(connection)
    undone = state(engine)
    (filing,), (fund,) = undone["filings"], undone["funds"]
    assert (filing.year, filing.department) == (2081, None)
    assert (fund.amount_yuan, fund.execution_rate) == (Decimal("12.30"), Decimal("9.5"))
    marks = {(receipt.repair, receipt.doubts, receipt.raw_text) for receipt in undone["provenance"]}
    assert marks == {(None, "ambiguous repair_undone", "?")}
    assert {repair.state for repair in undone["repairs"]} == {"undone"}
    with engine.begin() as connection:
        withdraw(connection, UNDO_REPAIR, ids)
        repair_learned(connection)
    assert {name: sorted(rows, key=repr) for name, rows in state(engine).items()} == {
        name: sorted(rows, key=repr) for name, rows in before.items()
    }
    engine.dispose()


def test_a_repair_has_the_columns_of_its_table() -> None:
    assert list(Repair._fields) == list(TABLES["repairs"].columns.keys())


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_figures_come_back_as_they_were_shown(value: Decimal) -> None:
    assert from_text("money", f"{value:f}") == from_text("number", f"{value:f}") == value


def test_texts_and_blanks_come_back() -> None:
    assert (from_text("text", "甲"), from_text("date", "2031-05"), from_text("integer", "7")) == ("甲", "2031-05", 7)
    assert from_text("money", None) is None
