from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from conftest import make_document, make_receipt, make_record

from pipeline.dictionary import dictionary
from pipeline.flatten import FlatRecord, fit_money, fit_number, flatten
from pipeline.records import DocumentRecord, Row


def _one(row: Row) -> FlatRecord:
    return flatten(DocumentRecord("d", "d.pdf", "0" * 64, rows=(row,)))


def _row(flat: FlatRecord, table: str, number: int = 0) -> dict[str, Any]:
    return dict(zip(dictionary()[table].column_names, flat.tables[table][number], strict=True))


def test_ids_and_documents_are_filled_in() -> None:
    document = make_document()
    flat = flatten(make_record(document))
    filing_id = f"{document.document_id}-01"
    assert _row(flat, "documents")["document_id"] == document.document_id
    assert _row(flat, "filings")["filing_id"] == filing_id
    assert _row(flat, "checks")["document_id"] == document.document_id
    assert {row[1] for row in flat.tables["provenance"]} == {document.document_id}
    assert {row[2] for row in flat.tables["provenance"]} == {filing_id}
    assert flat.record.rows == ()


def test_parts_of_a_value_are_numbered() -> None:
    flat = flatten(make_record(make_document()))
    parts = [_row(flat, "provenance", n) for n in range(len(flat.tables["provenance"]))]
    assert [(p["part"], p["raw_text"]) for p in parts if p["table_name"] == "indicators"] == [
        (1, "=15"),
        (2, "天"),
    ]
    assert len({p["provenance_id"] for p in parts}) == len(parts)


def test_a_receipt_is_kept() -> None:
    flat = flatten(make_record(make_document()))
    rows = [_row(flat, "provenance", n) for n in range(len(flat.tables["provenance"]))]
    item = next(row for row in rows if row["column_name"] == "item")
    assert (item["x0"], item["top"], item["x1"], item["bottom"], item["page"]) == (
        10.13,
        20.0,
        30.5,
        40.25,
        1,
    )
    assert (item["confidence"], item["doubts"], item["repair"]) == (0.5, "ambiguous", None)


def test_a_row_for_documents_does_not_change_what_the_record_says() -> None:
    row = Row("documents", "d", {"text_source_reason": "plain", "status": "failed"})
    assert _row(_one(row), "documents")["text_source_reason"] is None
    assert _row(_one(row), "documents")["status"] == "ok"


def test_why_a_text_was_read_from_pictures_is_stored() -> None:
    seen = DocumentRecord("d", "d.pdf", "0" * 64, text_source="ocr", text_source_reason="no text layer (page 1)")
    assert _row(flatten(seen), "documents")["text_source_reason"] == "no text layer (page 1)"


@pytest.mark.parametrize(
    ("value", "stored"),
    [("", None), ("a\r\nb\rc", "a\nb\nc"), ("a\0b", "a\ufffdb"), ("a\ud800b", "a\ufffdb"), ("正常", "正常")],
)
def test_text_is_made_storable(value: str, stored: str | None) -> None:
    assert _row(_one(Row("filings", "f", {"kind": "declaration", "title": value})), "filings")["title"] == stored


@pytest.mark.parametrize("amount", [Decimal(10) ** 13, Decimal("-1e20"), Decimal("NaN"), Decimal("Infinity")])
def test_money_that_cannot_be_held_is_empty_and_doubted(amount: Decimal) -> None:
    document = make_document()
    record = make_record(document)
    fund = replace(record.rows[1], values={**record.rows[1].values, "amount_yuan": amount})
    flat = flatten(replace(record, rows=(record.rows[0], fund)))
    rows = [_row(flat, "provenance", n) for n in range(len(flat.tables["provenance"]))]
    assert _row(flat, "funds")["amount_yuan"] is None
    assert {row["column_name"]: row["doubts"] for row in rows if row["table_name"] == "funds"} == {
        "amount_yuan": "unreadable",
        "item": "ambiguous",
    }


def test_money_is_rounded_half_up_to_the_cent() -> None:
    assert str(fit_money(Decimal("0.125"))) == "0.13"
    assert str(fit_money(Decimal("-0.001"))) == "0.00"
    assert str(fit_money(7)) == "7.00"


def test_numbers_of_more_digits_than_a_double_holds_are_refused() -> None:
    assert fit_number(Decimal("1234567890123456")) is None
    assert fit_number(Decimal("123456789012345")) == 123456789012345
    assert fit_number(Decimal("0." + "9" * 30)) is None
    assert fit_number(Decimal("1E+40")) is None and fit_number(Decimal("1E-40")) is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (Row("teeth", "t", {}), "there is no table 'teeth'"),
        (Row("provenance", "p", {}), "there is no table 'provenance'"),
        (Row("ledger", "p", {}), "there is no table 'ledger'"),
        (Row("filings", "f", {"colour": "red", "kind": "declaration"}), "filings has no column colour"),
        (Row("filings", "f", {}), "filings.kind is missing"),
        (Row("filings", "f", {"kind": "poem"}), "filings.kind cannot be 'poem'"),
        (Row("filings", "f", {"kind": "declaration", "year": "2031"}), "filings.year is integer, not '2031'"),
        (Row("filings", "f", {"kind": "declaration", "title": 5}), "filings.title is text, not 5"),
        (Row("funds", "f", {"filing_id": "x", "amount_yuan": "1"}), "funds.amount_yuan is money, not '1'"),
        (Row("filings", "f", {"kind": "declaration"}, (make_receipt("colour"),)), "filings.colour"),
    ],
)
def test_rows_that_the_dictionary_does_not_know_are_bugs(row: Row, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        _one(row)
