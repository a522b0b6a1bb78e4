"""A document as paragraphs and tables, and receipts for what stands in paragraphs."""

from drawn_tables import drawn, reading

from extractors.geometry import BBox
from extractors.paragraphs import Paragraph
from extractors.table import TextLine, TextSource
from normalizers.form import Slot
from pipeline.flow import Flow
from pipeline.receipts import IN_CONTEXT

FULL = "河道保洁项目绩效评价由某评价公司承担完成"  # 20 characters, the width of the text


def line(text: str, row: int, page: int = 1, indent: int = 0, **keys: object) -> TextLine:
    x0, top = 50 + 10.0 * indent, 100 + 15.0 * row
    return TextLine(text, page, BBox(x0, top, x0 + 10 * len(text), top + 10), 10, **keys)  # type: ignore[arg-type]


def two_pages() -> Flow:
    """A paragraph over a page break: three lines on the first page, one on the second."""
    lines = [
        line(FULL[2:], 0, indent=2),
        line(FULL, 1),
        line("综合得分八十八分" + FULL[:12], 2),
        line("等级为良。", 0, page=2),
    ]
    return Flow.of(reading(*lines, page_count=2))


def receipts(flow: Flow, slot: Slot) -> list[tuple[int, str]]:
    return [(receipt.page, receipt.raw_text) for receipt in flow.receipts("text", slot, ())]


def test_paragraphs_and_tables_stand_in_reading_order() -> None:
    table = drawn([["甲", "乙"]])
    flow = Flow.of(reading(line("一、概况", 0), table, line("表后的话。", 9)))
    assert [isinstance(block, Paragraph) for block in flow.blocks] == [True, False, True]
    assert flow.texts == ("一、概况", "", "表后的话。")


def test_a_table_parts_a_paragraph() -> None:
    flow = Flow.of(reading(line(FULL, 0), drawn([["甲", "乙"]]), line("余下的话。", 1)))
    assert flow.texts == (FULL, "", "余下的话。")


def test_lines_of_a_paragraph_are_joined_without_breaks() -> None:
    assert two_pages().texts == (f"{FULL[2:]}{FULL}综合得分八十八分{FULL[:12]}等级为良。",)


def test_entries_of_contents_say_nothing() -> None:
    flow = Flow.of(reading(line("四、存在的问题..........5", 0), line("一、概况", 2)))
    assert flow.texts == ("", "一、概况")


def test_receipt_of_a_piece_names_its_lines_alone() -> None:
    flow = two_pages()
    assert receipts(flow, Slot("score", "八十八", line=0)) == [(1, f"综合得分八十八分{FULL[:12]}")]
    assert receipts(flow, Slot("grade", "等级为良", line=0)) == [(2, "等级为良。")]


def test_receipts_of_a_piece_over_two_pages_are_one_a_page() -> None:
    whole = f"综合得分八十八分{FULL[:12]}"
    assert receipts(two_pages(), Slot("text", f"{FULL[:12]}等级", line=0)) == [(1, whole), (2, "等级为良。")]


def test_receipt_of_what_cannot_be_found_is_the_whole_paragraph() -> None:
    found = receipts(two_pages(), Slot("text", "别处的话", line=0))
    assert [page for page, _ in found] == [1, 2]
    assert found[0][1].count("\n") == 2


def test_receipt_has_the_box_of_its_line() -> None:
    flow = two_pages()
    (receipt,) = flow.receipts("grade", Slot("grade", "良", line=0), ("doubt",))
    assert receipt.box == BBox(50, 100, 100, 110)
    assert (receipt.column_name, receipt.doubts, receipt.source) == ("grade", ("doubt",), "text_layer")


def test_recognised_lines_keep_the_lowest_confidence_and_what_was_settled() -> None:
    seen = TextSource.OCR
    lines = [line(FULL, 0, source=seen, confidence=0.99), line("得分1O0分。", 1, source=seen, confidence=0.8)]
    flow = Flow.of(reading(*lines))
    assert flow.texts == (f"{FULL}得分100分。",)
    (whole,) = flow.receipts("text", Slot("text", flow.texts[0], line=0), ())
    assert (whole.source, whole.confidence, whole.repair) == ("ocr", 0.8, IN_CONTEXT)
    assert whole.raw_text == f"{FULL}\n得分1O0分。"


def test_slots_of_tables_have_no_receipt_here() -> None:
    flow = Flow.of(reading(drawn([["甲", "乙"]])))
    assert receipts(flow, Slot("text", "甲", line=0)) == []
    assert receipts(flow, Slot("text", "甲")) == []


def test_pages_of_some_blocks_are_the_first_and_the_last() -> None:
    table = drawn([["甲"], ["乙"]], page=2, breaks=[1])
    flow = Flow.of(reading(line("一、概况", 0), table, line("后记", 0, page=5), page_count=5))
    assert flow.pages([0]) == (1, 1)
    assert flow.pages([0, 1]) == (1, 3)
    assert flow.pages(range(3)) == (1, 5)
