"""Fragments on consecutive pages are one table.

A page break may run between rows, through a merged cell or through a paragraph.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sketches import cell_of, fragment, shown

from extractors.continuation import continues, join_fragments, resumes
from extractors.fragment import Fragment
from extractors.geometry import BBox
from extractors.table import CellDoubt, TextLine

HEADER = ["一级指标", "二级指标", "三级指标"]


def test_table_of_one_page_is_as_it_is() -> None:
    rows = [["项目", "<"], ["名称", "甲"]]
    table = join_fragments([fragment(rows)])
    assert shown(table) == rows
    assert (table.row_count, table.column_count, table.row_pages) == (2, 2, (1, 1))
    assert (table.page_first, table.page_last) == (1, 1)


def test_rows_of_the_next_page_follow() -> None:
    table = join_fragments([fragment([["a", "b"], ["c", "d"]]), fragment([["e", "f"]], page=2)])
    assert shown(table) == [["a", "b"], ["c", "d"], ["e", "f"]]
    assert table.row_pages == (1, 1, 2)
    assert cell_of(table, "e").parts[0].page == 2


@pytest.mark.parametrize(
    ("x_edges", "page", "width", "expected"),
    [
        ([50, 150, 250], 2, 595, True),
        ([53, 150, 256], 2, 595, True),  # as wide within a few points, and shifted
        ([50, 120, 250], 2, 595, True),  # other columns
        ([50, 150, 270], 2, 595, False),
        ([50, 150, 250], 3, 595, False),  # a page lies between
        ([50, 150, 250], 1, 595, False),  # on the same page
        ([50, 150, 250], 2, 842, False),  # a page of other size
    ],
)
def test_continues_looks_at_page_and_width(x_edges: list[float], page: int, width: float, expected: bool) -> None:
    before = fragment([["a", "b"]])
    assert continues(before, fragment([["c", "d"]], page, x_edges, width=width)) is expected


CODES = ["科目编码", "科目名称", "金额"]
CAPTIONS = ["收入预算表", "部门：水务局 单位：万元"]


def lines(texts: list[str], page: int) -> list[TextLine]:
    return [TextLine(text, page, BBox(50, 20, 150, 30), 10) for text in texts]


def goes_on(first: list[list[str]], between: list[str], rest: list[list[str]], page: int = 2) -> bool:
    """Whether the rows go on with a table under CAPTIONS; `page` is that of the lines between."""
    return resumes([fragment(first)], lines(CAPTIONS, 1), lines(between, page), fragment(rest, page=2))


@pytest.mark.parametrize(
    "between",
    [CAPTIONS, ["收入预算表（续）"], ["续表", "部门：水务局 单位：万元"], ["部门：水务局  单位：万元"]],
)
@pytest.mark.parametrize("header", [[CODES], []])
def test_table_goes_on_under_its_captions(between: list[str], header: list[list[str]]) -> None:
    assert goes_on([CODES, ["201", "行政运行", "1.00"]], between, [*header, ["202", "住房公积金", "2.00"]])


@pytest.mark.parametrize(("between", "page"), [(["支出预算表"], 2), ([*CAPTIONS, "注：略"], 2), (CAPTIONS, 1), ([], 2)])
def test_other_lines_part_tables(between: list[str], page: int) -> None:
    rows = [CODES, ["201", "行政运行", "1.00"]]
    assert not goes_on(rows, between, [CODES, ["202", "住房公积金", "2.00"]], page)


def test_other_header_under_the_same_captions_is_another_table() -> None:
    assert not goes_on(
        [CODES, ["201", "行政运行", "1.00"]], CAPTIONS, [["项目", "数量", "金额"], ["车辆", "2", "3.00"]]
    )


@pytest.mark.parametrize("header", [[], [["绩效目标申报表", "<", "<"]], [["主管部门", "水务局", "市级"]]])
def test_next_form_under_the_same_captions_is_another_table(header: list[list[str]]) -> None:
    one = [["项目名称", "甲", "<"], ["实施单位", "处", "<"], ["资金总额", "5", "<"]]
    other = [["项目名称", "乙", "<"], ["实施单位", "所", "<"], ["资金总额", "6", "<"]]
    assert not goes_on([*header, *one], CAPTIONS, [*header, *other])


def test_category_that_stands_again_in_the_same_row_begins_no_other_table() -> None:
    first = [CODES, ["市级", "行政运行", "1.00"], ["202", "抚恤", "2.00"]]
    assert goes_on(first, CAPTIONS, [CODES, ["市级", "住房公积金", "3.00"], ["204", "殡葬", "4.00"]])


def test_repeated_header_is_dropped() -> None:
    first = fragment([HEADER, ["产出", "数量", "甲"]])
    table = join_fragments([first, fragment([HEADER, ["产出", "质量", "乙"]], page=2)])
    assert shown(table) == [HEADER, ["产出", "数量", "甲"], ["产出", "质量", "乙"]]
    assert table.row_pages == (1, 1, 2)


def test_repeated_header_of_two_rows_is_dropped() -> None:
    header = [["一级", "年度", "<"], ["^", "目标", "完成"]]
    table = join_fragments([fragment([*header, ["甲", "1", "2"]]), fragment([*header, ["乙", "3", "4"]], page=2)])
    assert shown(table) == [*header, ["甲", "1", "2"], ["乙", "3", "4"]]


def test_repeated_header_from_the_middle_of_the_table_is_dropped() -> None:
    first = fragment([["项目名称", "绿化", "<"], HEADER, ["产出", "数量", "甲"]])
    table = join_fragments([first, fragment([HEADER, ["产出", "质量", "乙"]], page=2)])
    assert shown(table)[2:] == [["产出", "数量", "甲"], ["产出", "质量", "乙"]]


def seen(part: Fragment, sure: dict[str, float]) -> Fragment:
    """The fragment as recognised: texts to their confidence, 1 for all others."""
    return replace(part, seen={number: sure.get(text, 1.0) for number, text in enumerate(part.texts)})


def test_repeated_header_with_a_misread_heading_is_dropped() -> None:
    header, misread = [*HEADER, "得分"], ["一级指标", "二级指标", "三级指标.", "得分"]
    first = fragment([header, ["产出", "数量", "甲", "1"]])
    again = seen(fragment([misread, ["产出", "质量", "乙", "2"]], page=2), {"三级指标.": 0.6})
    assert shown(join_fragments([first, again])) == [header, ["产出", "数量", "甲", "1"], ["产出", "质量", "乙", "2"]]


def test_surer_reading_of_a_repeated_heading_stands() -> None:
    header, misread = [*HEADER, "得分"], ["一级指标", "二级指标", "三级指标.", "得分"]
    first = seen(fragment([misread, ["产出", "数量", "甲", "1"]]), {"三级指标.": 0.6})
    again = seen(fragment([header, ["产出", "质量", "乙", "2"]], page=2), {})
    assert shown(join_fragments([first, again]))[0] == header


@pytest.mark.parametrize(
    ("row", "sure"),
    [
        (["一级指标", "二级指标", "三级指标.", "得分"], 1.0),  # printed so
        (["一级指标", "二级指标", "绩效", "得分"], 0.6),  # another heading
        (["一级指标", "目标", "三级", "得分"], 0.6),  # too many differ
    ],
)
def test_row_like_the_header_that_is_no_misreading_is_kept(row: list[str], sure: float) -> None:
    first = fragment([[*HEADER, "得分"], ["产出", "数量", "甲", "1"]])
    again = seen(fragment([row, ["产出", "质量", "乙", "2"]], page=2), dict.fromkeys(row, sure))
    assert join_fragments([first, again]).row_count == 4


def test_row_with_figures_that_stands_twice_is_kept() -> None:
    rows = [["科目", "预算", "执行"], ["其他", "0.00", "0.00"], ["基金", "1.00", "1.00"]]
    table = join_fragments([fragment(rows), fragment([["其他", "0.00", "0.00"], ["末", "2", "2"]], page=2)])
    assert shown(table) == [*rows, ["其他", "0.00", "0.00"], ["末", "2", "2"]]


def test_title_row_equal_to_the_first_forms_title_is_kept() -> None:
    title = ["绩效目标申报表", "<", "<"]
    form = [title, ["项目名称", "甲", "<"]]
    table = join_fragments([fragment(form), fragment([title, ["项目名称", "乙", "<"]], page=2)])
    assert shown(table) == [*form, title, ["项目名称", "乙", "<"]]


def test_form_of_the_same_department_keeps_its_first_rows() -> None:
    first_rows = [["绩效目标申报表", "<", "<"], ["主管部门", "水务局", "<"]]
    form, other = [*first_rows, ["项目名称", "甲", "<"]], [*first_rows, ["项目名称", "乙", "<"]]
    assert shown(join_fragments([fragment(form), fragment(other, page=2)])) == [*form, *other]


def test_merged_cell_cut_by_the_page_break_is_one_cell() -> None:
    first = fragment([["产出", "甲"], ["^", "乙"]])
    table = join_fragments([first, fragment([["", "丙"], ["^", "丁"]], page=2)])
    assert shown(table) == [["产出", "甲"], ["^", "乙"], ["^", "丙"], ["^", "丁"]]
    assert [part.page for part in cell_of(table, "产出").parts] == [1]


def test_merged_cell_named_on_the_second_page_is_one_cell() -> None:
    first = fragment([["", "甲"], ["^", "乙"]])
    table = join_fragments([first, fragment([["产出", "丙"], ["^", "丁"]], page=2)])
    assert shown(table) == [["产出", "甲"], ["^", "乙"], ["^", "丙"], ["^", "丁"]]
    (part,) = cell_of(table, "产出").parts
    assert part.page == 2


def test_level_that_is_named_on_both_pages_is_two_cells() -> None:
    first = fragment([["产出", "甲"], ["^", "乙"]])
    table = join_fragments([first, fragment([["效益", "丙"], ["^", "丁"]], page=2)])
    assert shown(table) == [["产出", "甲"], ["^", "乙"], ["效益", "丙"], ["^", "丁"]]


def test_cell_of_one_row_cut_where_no_line_is_drawn_is_one_cell() -> None:
    first = fragment([["产出", "甲"]], open_bottom=[0])
    table = join_fragments([first, fragment([["", "乙"]], page=2, open_top=[0])])
    assert shown(table) == [["产出", "甲"], ["^", "乙"]]


def test_blank_cells_of_two_rows_stay_two() -> None:
    table = join_fragments([fragment([["a", "b"]]), fragment([["", "c"]], page=2)])
    assert shown(table) == [["a", "b"], ["", "c"]]


def test_merged_cell_beside_a_repeated_header_keeps_its_lower_part() -> None:
    first = fragment([["指标", *HEADER], ["^", "产出", "数量", "甲"]])
    second = fragment([["指标", *HEADER], ["^", "产出", "质量", "乙"]], page=2)
    assert shown(join_fragments([first, second])) == [
        ["指标", *HEADER],
        ["^", "产出", "数量", "甲"],
        ["指标", "产出", "质量", "乙"],
    ]


GOAL = ["目标", "全年完成养护，\n进一步提升服务"]


def test_paragraph_cut_in_mid_sentence_is_one_cell() -> None:
    first = fragment([["名称", "甲"], GOAL], full=[(1, 1)])
    table = join_fragments([first, fragment([["", "水平，方便市民。"], ["总分", "90"]], page=2)])
    assert shown(table) == [
        ["名称", "甲"],
        ["目标", "全年完成养护，/进一步提升服务/水平，方便市民。"],
        ["总分", "90"],
    ]
    goal = table.cells[3]
    assert [(part.page, part.text) for part in goal.parts] == [
        (1, "全年完成养护，\n进一步提升服务"),
        (2, "水平，方便市民。"),
    ]
    assert table.row_pages == (1, 1, 2)
    assert table.page_last == 2


def test_two_paragraphs_side_by_side_are_cut_together() -> None:
    first = fragment([["预期\n目标在此", "完成\n情况在此"]], full=[(0, 0)])
    table = join_fragments([first, fragment([["继续。", "也继续。"]], page=2)])
    assert shown(table) == [["预期/目标在此/继续。", "完成/情况在此/也继续。"]]


def test_label_beside_a_cut_row_is_cut_between_its_words() -> None:
    goals = [["项目", "总目标", "年度目标"], ["^", "全年完成\n养护并且", "提升水平\n达到预期"]]
    first = fragment(goals, full=[(1, 1), (1, 2)])
    table = join_fragments([first, fragment([["绩效\n目标", "达到预期。", "各项要求。"]], page=2)])
    assert shown(table) == [
        ["项目/绩效/目标", "总目标", "年度目标"],
        ["^", "全年完成/养护并且/达到预期。", "提升水平/达到预期/各项要求。"],
    ]


def test_label_beside_a_row_that_has_ended_is_a_new_one() -> None:
    goals = [["项目", "总目标", "年度目标"], ["^", "全年完成\n养护并且", "提升水平\n达到预期。"]]
    first = fragment(goals, full=[(1, 1), (1, 2)])
    table = join_fragments([first, fragment([["绩效\n目标", "达到预期。", "各项要求。"]], page=2)])
    assert table.row_count == 3


def test_paragraph_over_three_pages_is_one_cell() -> None:
    parts = [
        fragment([["目标", "第一页的\n文字很长"]], full=[(0, 1)]),
        fragment([["", "第二页的\n文字也长"]], page=2, full=[(0, 1)]),
        fragment([["", "第三页。"]], page=3),
    ]
    table = join_fragments(parts)
    assert shown(table) == [["目标", "第一页的/文字很长/第二页的/文字也长/第三页。"]]
    assert [part.page for part in table.cells[1].parts] == [1, 2, 3]
    assert table.row_pages == (1,)


ROWS = [["指标", "标准", "得分"], ["甲", "达到得满分", "3"], ["乙", "达到得满分", "4"]]


def test_figure_below_the_break_closes_a_cut_row() -> None:
    first = fragment([*ROWS, ["丙", "第一行\n每低于目标值一个百", ""]], full=[(3, 1)])
    table = join_fragments([first, fragment([["", "分点扣一分。", "5"]], page=2)])
    assert shown(table)[3:] == [["丙", "第一行/每低于目标值一个百/分点扣一分。", "5"]]


def test_figure_below_the_break_is_of_a_new_row_where_others_have_none() -> None:
    first = fragment([*ROWS, ["丁", "不计", ""], ["丙", "第一行\n每低于目标值一个百", ""]], full=[(4, 1)])
    table = join_fragments([first, fragment([["戊", "分点扣\n一分。", "5"]], page=2)])
    assert table.row_count == 6


@pytest.mark.parametrize(
    ("last", "full", "next_row"),
    [
        (["目标", "全年完成养护。"], [(0, 1)], ["", "水平提升。"]),  # the sentence has ended on one line
        (["产出", "数量"], [], ["效益", "质量"]),  # single lines that fill nothing
        (["目标", "两行\n文字"], [], ["成效", "两行\n文字"]),  # a new label
    ],
)
def test_new_row_after_the_page_break_is_no_cut_row(
    last: list[str], full: list[tuple[int, int]], next_row: list[str]
) -> None:
    table = join_fragments([fragment([last], full=full), fragment([next_row], page=2)])
    assert table.row_count == 2
    assert [cell.row for cell in table.cells] == [0, 0, 1, 1]


def test_leftover_of_one_row_with_fewer_columns_is_joined_on_its_edges() -> None:
    first = fragment([["产出", "数量", "甲", "10"]], x_edges=[50, 100, 200, 300, 400])
    table = join_fragments([first, fragment([["总分", "95"]], page=2, x_edges=[50, 300, 400])])
    assert shown(table) == [["产出", "数量", "甲", "10"], ["总分", "<", "<", "95"]]
    assert table.x_edges == (50, 100, 200, 300, 400)


def test_page_with_more_columns_splits_no_cell_of_the_first() -> None:
    first = fragment([["项目名称", "绿化"]], x_edges=[50, 200, 400])
    second = fragment([["一级", "二级", "三级"]], page=2, x_edges=[50, 120, 200, 400])
    assert shown(join_fragments([first, second])) == [["项目名称", "<", "绿化"], ["一级", "二级", "三级"]]


def test_shifted_second_page_is_joined_from_its_left_side() -> None:
    first = fragment([["a", "b"]], x_edges=[50, 150, 250])
    table = join_fragments([first, fragment([["c", "d"]], page=2, x_edges=[70, 170, 270])])
    assert table.x_edges == (50, 150, 250)
    assert cell_of(table, "c").parts[0].box.x0 == 70  # its box stays where it is


def test_doubts_of_both_parts_are_kept() -> None:
    astride = (CellDoubt.ASTRIDE_RULING,)
    first = fragment([["产出", "甲"], ["^", "乙"]])
    second = fragment([["", "丙"], ["^", "丁"]], page=2)
    second.doubts[0] = astride
    assert cell_of(join_fragments([first, second]), "产出").doubts == astride


# Cut anywhere, the table is the same


@st.composite
def cut_tables(draw: st.DrawFn) -> tuple[list[list[str]], int]:
    """A table whose first column has merged cells, every text once, and a row boundary to cut it at."""
    heights = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    columns = draw(st.integers(1, 3))
    rows: list[list[str]] = []
    for height in heights:
        for offset in range(height):
            number = len(rows)
            texts = [draw(st.sampled_from(["", f"格{number}-{c}"])) for c in range(columns - 1)]
            rows.append(["^" if offset else f"级{number}", *texts, f"值{number}"])
    return rows, draw(st.integers(1, len(rows) - 1)) if len(rows) > 1 else 0


def cut(rows: list[list[str]], at: int) -> tuple[list[list[str]], list[list[str]]]:
    """Both pages: a merged cell that is cut goes on blank."""
    below = [list(row) for row in rows[at:]]
    if below[0][0] == "^":
        below[0][0] = ""
    return rows[:at], below


@given(cut_tables())
def test_table_cut_at_any_row_says_what_the_uncut_one_says(drawn: tuple[list[list[str]], int]) -> None:
    rows, at = drawn
    if not at:
        return
    above, below = cut(rows, at)
    opened = [0] if rows[at][0] == "^" else []  # where a merged cell is cut no line is drawn
    joined = join_fragments(
        [fragment(above, open_bottom=opened), fragment(below, page=2, open_top=opened)],
    )
    assert shown(joined) == shown(join_fragments([fragment(rows)]))
    assert joined.row_pages == (1,) * at + (2,) * (len(rows) - at)
