"""Levels restored from the tree, the place of their cell, and the names below it."""

import pytest

from normalizers.repair.lexicon import Known, Lexicon, Odds
from pipeline.records import Row
from pipeline.repairs.book import Book
from pipeline.repairs.levels import repair_levels
from tests.unit.pipeline.repairs.scanned_form import filing, indicators, receipt

NAMES = Lexicon(
    [
        Known("受益群众满意度", ("服务对象满意度",), "%", "more"),
        Known("道路保洁面积", ("数量",), "平方米", "more"),
        Known("保洁质量合格率", ("质量",), "%", "more"),
    ],
    odds=Odds(),
)
FORM = [
    ("产出指标", "数量指标", "道路保洁面积"),
    ("产出指标", "质量指标", "保洁质量合格率"),
    ("产出指标", "时效指标", "保洁任务完成及时率"),
    ("效益指标", "社会效益指标", "道路整洁程度"),
    ("满意度指标", "服务对象满意度指标", "受益群众满意度"),
]


def levels(rows: list[Row], confidence: float | None = None) -> list[tuple[str, str]]:
    """The levels of a form after repair; doubtful level cells get a confidence, where one is given."""
    if confidence is not None:
        rows = [_doubted(row, confidence) for row in rows]
    book = Book("d", [filing("declaration"), *rows])
    repair_levels(book, NAMES)
    return [(str(row.values["level1"]), str(row.values["level2"])) for row in book.done() if row.table == "indicators"]


def _doubted(row: Row, confidence: float) -> Row:
    receipts = tuple(
        receipt(r.column_name, r.raw_text, r.box[0], confidence=confidence) if r.is_flagged else r
        for r in row.provenance
    )
    return Row(row.table, row.row_id, row.values, receipts)


def with_level(at: int, level1: str | None = None, level2: str | None = None) -> list[Row]:
    lines = [list(line) for line in FORM]
    for place, text in ((0, level1), (1, level2)):
        if text is not None:
            lines[at][place] = text
    return indicators(*lines)


@pytest.mark.parametrize("read", ["~数呈指标", "~数量指杠", "~数量指标市"])
def test_a_damaged_second_level_is_restored(read: str) -> None:
    assert levels(with_level(0, level2=read))[0] == ("产出指标", "数量指标")


def test_what_was_read_with_confidence_stands() -> None:
    assert levels(with_level(0, level2="数呈指标"))[0] == ("产出指标", "数呈指标")


def test_all_rows_of_a_merged_cell_are_repaired_at_once() -> None:
    lines = [("产出指标", "~数呈指标", "道路保洁面积"), ("产出指标", "~数呈指标", "公厕保洁数量"), *FORM[1:]]
    assert {pair for pair in levels(indicators(*lines))[:2]} == {("产出指标", "数量指标")}


def test_a_destroyed_level_takes_the_one_name_that_place_and_names_leave() -> None:
    found = levels(with_level(4, level1="~洪444", level2="~呢々孙务,进辛卒+比"), confidence=0.3)
    assert found[4] == ("满意度指标", "服务对象满意度指标")


def test_a_destroyed_level_without_a_known_name_below_stays() -> None:
    lines = [*FORM[:4], ("满意度指标", "~呢々孙务,进辛卒+比", "某项未知的内容")]
    assert levels(indicators(*lines), confidence=0.3)[4][1] == "呢々孙务,进辛卒+比"


def test_the_forms_own_wording_is_kept() -> None:
    lines = [(a.replace("指标", "目标"), b.replace("指标", "目标"), c) for a, b, c in FORM]
    lines[1] = ("产出目标", "~质星目标", lines[1][2])
    assert levels(indicators(*lines))[1] == ("产出目标", "质量目标")


def test_a_name_that_no_tree_knows_is_left_alone() -> None:
    assert levels(with_level(3, level2="~党建引领成效"))[3][1] == "党建引领成效"
