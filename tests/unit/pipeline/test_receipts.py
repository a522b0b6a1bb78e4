from decimal import Decimal

from drawn_tables import box_at, drawn

from extractors.table import CellDoubt
from normalizers.form import Place, Slot
from normalizers.parsed import Doubt, Parsed
from pipeline.receipts import RowDraft, Sheet
from pipeline.records import Provenance


def draft() -> RowDraft:
    return RowDraft("funds", "x-f001", {"filing_id": "x"})


def receipts_of(slot: Slot, sheet: Sheet, parsed: Parsed[str] | None = None) -> tuple[Provenance, ...]:
    row = draft()
    row.put("item", parsed or Parsed("value", slot.text), slot, sheet)  # type: ignore[arg-type]
    return row.done().provenance


def test_value_and_receipt_go_into_the_row() -> None:
    sheet = Sheet.of(drawn([["项目资金总额", "300.00"]], page=4))
    row = draft()
    row.put("amount_yuan", Parsed(Decimal(300), "300.00"), Slot("amount", "300.00", Place(0, 1)), sheet)
    done = row.done()
    assert (done.table, done.row_id) == ("funds", "x-f001")
    assert done.values == {"filing_id": "x", "amount_yuan": Decimal(300)}
    assert done.provenance == (Provenance("amount_yuan", 4, box_at(0, 1), "300.00"),)


def test_blank_value_leaves_no_receipt() -> None:
    row = draft()
    row.put("item", Parsed(None, ""), Slot("item", "", Place(0, 0)), Sheet.of(drawn([["", "1"]])))
    assert row.done().values == {"filing_id": "x"}
    assert row.done().provenance == ()


def test_unreadable_value_stays_empty_but_says_what_is_printed() -> None:
    sheet = Sheet.of(drawn([["总额", "约三百"]]))
    slot = Slot("amount", "约三百", Place(0, 1))
    row = draft()
    row.put("amount_yuan", Parsed(None, "约三百", (Doubt.UNREADABLE,)), slot, sheet)
    assert row.done().values["amount_yuan"] is None
    (receipt,) = row.done().provenance
    assert (receipt.raw_text, receipt.doubts) == ("约三百", ("unreadable",))


def test_doubts_about_the_cell_come_before_those_about_the_value() -> None:
    sheet = Sheet.of(drawn([["1,00.00"]], doubts={(0, 0): CellDoubt.ASTRIDE_RULING}))
    slot = Slot("amount", "1,00.00", Place(0, 0))
    (receipt,) = receipts_of(slot, sheet, Parsed("100", slot.text, (Doubt.ODD_SEPARATORS,)))
    assert receipt.doubts == ("astride_ruling", "odd_separators")


def test_cell_over_two_pages_has_a_receipt_for_each_part() -> None:
    sheet = Sheet.of(drawn([["目标", "上半句|下半句"]]))
    found = receipts_of(Slot("annual", "上半句\n下半句", Place(0, 1)), sheet)
    assert [(receipt.page, receipt.raw_text) for receipt in found] == [(1, "上半句"), (2, "下半句")]


def test_piece_of_a_cell_has_the_receipt_of_the_part_that_holds_it() -> None:
    sheet = Sheet.of(drawn([["总额：3|其他：1"]]))
    (receipt,) = receipts_of(Slot("amount", "1", Place(0, 0)), sheet)
    assert (receipt.page, receipt.raw_text) == (2, "1")


def test_piece_of_a_cell_is_its_own_raw_text() -> None:
    sheet = Sheet.of(drawn([["填报人：某甲"]]))
    (receipt,) = receipts_of(Slot("contact", "某甲", Place(0, 0)), sheet)
    assert (receipt.raw_text, receipt.box) == ("某甲", box_at(0, 0))


def test_value_over_the_table_has_the_receipt_of_its_line() -> None:
    sheet = Sheet.of(drawn([["a"]], above=["标题", "2024年度"], page=3))
    (receipt,) = receipts_of(Slot("year", "2024年度", line=1), sheet)
    assert (receipt.page, receipt.raw_text, receipt.box) == (3, "2024年度", box_at(-1, 0))
