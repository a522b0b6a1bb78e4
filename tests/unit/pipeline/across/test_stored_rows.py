from decimal import Decimal

import pytest
from conftest import make_document, make_record
from sqlalchemy.engine import Engine

from pipeline.across.stored_rows import row_tables, stored_rows
from pipeline.database import open_database
from pipeline.dictionary import dictionary
from pipeline.records import Provenance, Row
from pipeline.store import store

RECORD = make_record(make_document("a.pdf"))


def fill(engine: Engine) -> None:
    with engine.begin() as connection:
        store(connection, make_record(make_document("b.pdf"), "99"))
        store(connection, RECORD)


def without_receipts(rows: list[Row]) -> dict[str, dict[str, object]]:
    return {row.row_id: {"table": row.table, **row.values} for row in rows}


@pytest.mark.parametrize("url", ["sqlite_url", "postgresql_url"])
def test_the_rows_of_one_document_come_back(url: str, request: pytest.FixtureRequest) -> None:
    engine = open_database(request.getfixturevalue(url))
    fill(engine)
    with engine.connect() as connection:
        rows = stored_rows(connection, RECORD.document_id)
    assert without_receipts(rows) == without_receipts(list(RECORD.rows))
    (fund,) = (row for row in rows if row.table == "funds")
    assert fund.values["amount_yuan"] == Decimal("12.30")
    assert {receipt.column_name: (receipt.doubts, receipt.confidence) for receipt in fund.provenance} == {
        "amount_yuan": ((), 1.0),
        "item": (("ambiguous",), 0.5),
    }
    engine.dispose()


def test_the_parts_of_a_value_keep_their_order_and_their_place(engine: Engine) -> None:
    fill(engine)
    with engine.connect() as connection:
        (row,) = stored_rows(connection, RECORD.document_id, ("indicators",))
    box = (10.13, 20.0, 30.5, 40.25)
    assert row.provenance == (Provenance("target_raw", 1, box, "=15"), Provenance("target_raw", 1, box, "天"))


def test_the_tenth_row_stands_behind_the_ninth(engine: Engine) -> None:
    document = make_document("a.pdf")
    filing = Row("filings", "f-01", {"kind": "declaration"})
    goals = [Row("goals", f"f-01-g{number}", {"filing_id": "f-01", "text": str(number)}) for number in range(1, 12)]
    record = make_record(document)
    with engine.begin() as connection:
        store(connection, type(record)(document.document_id, "a.pdf", "1", rows=(filing, *reversed(goals))))
        found = stored_rows(connection, document.document_id, ("goals",))
    assert [row.values["text"] for row in found] == [str(number) for number in range(1, 12)]


def test_a_document_that_is_not_there_has_no_rows(engine: Engine) -> None:
    with engine.connect() as connection:
        assert stored_rows(connection, "nowhere") == []


def test_what_is_made_from_all_documents_is_no_row_of_one() -> None:
    assert {"filings", "repairs", "checks", "contacts", "other_table_cells"} <= set(row_tables())
    assert not {"documents", "provenance"} & set(row_tables())
    assert not [name for name in row_tables() if dictionary()[name].derived or not dictionary()[name].exported]
