import pytest
from text_grids import sketch

from normalizers.text_table import TextCell, TextTable

TABLE = sketch(
    [
        ["绩效目标表", "<", "<"],
        ["项目\n名称", "养护", "<"],
        ["指标", "数量", "12"],
        ["^", "质量", ""],
    ]
)


def at(table: TextTable, row: int, column: int) -> TextCell:
    cell = table.at(row, column)
    assert cell is not None
    return cell


def test_sketch_reads_marks_as_merged_cells() -> None:
    assert TABLE.cells == (
        TextCell(0, 0, 1, 3, "绩效目标表"), TextCell(1, 0, 1, 1, "项目\n名称"), TextCell(1, 1, 1, 2, "养护"),
        TextCell(2, 0, 2, 1, "指标"), TextCell(2, 1, 1, 1, "数量"), TextCell(2, 2, 1, 1, "12"),
        TextCell(3, 1, 1, 1, "质量"), TextCell(3, 2, 1, 1, ""),
    )  # fmt: skip


def test_merged_cell_stands_at_each_of_its_places() -> None:
    assert at(TABLE, 2, 0) is at(TABLE, 3, 0)
    assert at(TABLE, 0, 2).text == "绩效目标表"
    assert TABLE.at(4, 0) is None
    assert TABLE.at(0, 3) is None


def test_neighbours_of_merged_cells() -> None:
    right, below = TABLE.right_of(at(TABLE, 2, 0)), TABLE.below_of(at(TABLE, 1, 1))
    assert right is at(TABLE, 2, 1)
    assert below is at(TABLE, 2, 1)
    assert TABLE.right_of(at(TABLE, 1, 1)) is None
    assert TABLE.below_of(at(TABLE, 2, 0)) is None


def test_row_has_each_cell_that_covers_it_once() -> None:
    assert [cell.text for cell in TABLE.row(3)] == ["指标", "质量", ""]
    assert [cell.text for cell in TABLE.row(0)] == ["绩效目标表"]


def test_joined_text_has_no_layout_breaks() -> None:
    assert at(TABLE, 1, 0).joined == "项目名称"
    assert sketch([["of\nthe 5\n年"]]).cells[0].joined == "of the 5年"


@pytest.mark.parametrize(
    ("row", "is_full"),
    [
        (["标题", "<", "<", "<"], True),
        (["标题", "<", "<", ""], True),
        (["", "标题", "<", "<"], True),
        (["标题", "<", "", ""], False),
        (["标题", "<", "<", "2024"], False),
        (["", "<", "<", "<"], False),
    ],
)
def test_full_width_row_holds_one_text_over_more_than_half(row: list[str], is_full: bool) -> None:
    table = sketch([row, ["a", "b", "c", "d"]])
    assert (table.full_width(0) is not None) is is_full


def test_lower_part_of_a_merged_cell_is_no_full_width_row() -> None:
    table = sketch([["长文", "<", "<"], ["^", "^", "^"]])
    assert table.full_width(0) is not None
    assert table.full_width(1) is None


def test_part_keeps_row_numbers_and_forgets_what_is_outside() -> None:
    part = TABLE.part(range(2, 4), above=["上文"])
    assert [cell.row for cell in part.starting()] == [2, 2, 2, 3, 3]
    assert part.at(1, 0) is None
    assert at(part, 3, 0).text == "指标"
    assert (part.above, part.below, part.column_count) == (("上文",), (), 3)
