"""Tables that are no form: title, unit, and one table for each title."""

from dataclasses import replace

import pytest
from drawn_tables import Rows, drawn, lines

from extractors.geometry import BBox
from extractors.table import Table, TextLine
from pipeline.other_tables import other_tables, split_at_titles, title_of, unit_of

ROWS = [
    ["编码", "名称", "金额", "备注", "来源"],
    ["201", "教育", "1.00", "", "本级"],
    ["202", "抚恤", "2.00", "", "本级"],
]


def line(text: str, top: float, x0: float, x1: float, size: float = 10, page: int = 1) -> TextLine:
    return TextLine(text, page, BBox(x0, top, x1, top + size), size)


def table(*above: TextLine, rows: Rows = ROWS, margin: tuple[TextLine, ...] = ()) -> Table:
    """A table 500 points wide under these lines."""
    return replace(drawn(rows, page=1), above=above, margin=margin)


def title(*above: TextLine) -> str | None:
    return title_of(table(*above))


CENTRED = line("重点项目资金安排", 20, 150, 350, size=16)


@pytest.mark.parametrize(
    "between",
    [
        [line("编制单位：水务局 单位：元", 60, 0, 500)],
        [line("2024年12月31日", 45, 200, 300), line("公开02表", 60, 440, 500)],
        [line("水务局", 60, 0, 40)],  # a bare name nearer to the table
        [line("单位：元", 60, 440, 500), line("续表", 75, 460, 500)],
    ],
)
def test_title_stands_in_the_middle_over_units_and_names(between: list[TextLine]) -> None:
    assert title(line("三、支出安排", 0, 0, 90), CENTRED, *between) == "重点项目资金安排"


def test_nearest_heading_is_the_title_where_none_stands_out() -> None:
    assert title(line("一、关联交易", 20, 0, 60), line("1、采购货物", 40, 0, 60)) == "1、采购货物"


def test_number_of_a_table_outweighs_what_stands_nearer() -> None:
    assert (
        title(line("表2：支出构成", 20, 0, 80), line("（按科目）", 40, 0, 60), line("全市", 60, 0, 20))
        == "表2：支出构成"
    )


def test_long_line_in_the_middle_is_a_title_and_at_the_left_is_none() -> None:
    text = "专项转移支付资金安排" + "（含本级及所属二级预算单位、不含涉密单位和驻外机构经费）"
    assert title(line(text * 1, 20, 60, 440)) == text
    assert title(line(text + "续议事项说明", 20, 0, 300)) is None


def test_paragraph_that_breaks_off_over_the_table_is_no_title() -> None:
    paragraph = [
        line("本年收入比上年增加的原因是人员增加、项目增加以及标准", 20, 0, 495),
        line("提高等多种因素", 35, 0, 80),
    ]
    assert title(*paragraph) is None
    assert title(line("一、收入", 0, 0, 50), *paragraph) == "一、收入"


def test_title_of_two_lines_is_one() -> None:
    first, second = line("水务局2024年一般公共预算财政拨款", 20, 50, 450, 16), line("基本支出决算表", 45, 190, 310, 16)
    assert title(first, second) == "水务局2024年一般公共预算财政拨款基本支出决算表"


def test_name_of_the_office_over_the_title_is_no_part_of_it() -> None:
    assert title(line("水务局", 20, 220, 280, 16), line("收入决算表", 45, 200, 300, 16)) == "收入决算表"


def test_title_among_the_running_lines_must_name_a_table() -> None:
    header = line("水务局2024年度部门决算", 10, 200, 300)
    assert title_of(table(margin=(header,))) is None
    assert title_of(table(margin=(header, line("收入决算表", 30, 200, 300)))) == "收入决算表"


def test_unit_is_taken_from_over_the_table_then_from_running_lines_then_from_headings() -> None:
    unit, other = lines(["单位：万元"], 1, 0), lines(["单位：元"], 1, 0)
    rows = [["项目", "金额（元）"], ["养护", "1.00"]]
    assert unit_of(table(*unit, rows=rows, margin=other)) == "万元"
    assert unit_of(table(rows=rows, margin=unit)) == "万元"
    assert unit_of(table(rows=rows)) == "元"


@pytest.mark.parametrize(
    "rows", [[["单价（元）", "总价（万元）"], ["1.00", "1.00"]], [["项目", "1.00"], ["金额（元）", "2.00"]]]
)
def test_unit_of_a_part_of_the_table_is_not_the_tables(rows: Rows) -> None:
    assert unit_of(table(rows=rows)) is None


HEAD = ["编码", "名称", "金额"]


def test_each_page_with_a_title_row_of_its_own_begins_a_table() -> None:
    rows = [["收入决算表", "<", "<"], HEAD, ["1", "a", "2"], ["支出决算表", "<", "<"], HEAD, ["3", "b", "4"]]
    found = list(other_tables("d", [drawn(rows, breaks=[3], page=7)]))
    heads = [row.values for row in found if row.table == "other_tables"]
    assert [(v["title"], v["page_first"], v["page_last"], v["row_count"]) for v in heads] == [
        ("收入决算表", 7, 7, 3),
        ("支出决算表", 8, 8, 3),
    ]
    cells = [row.values for row in found if row.table == "other_table_cells"]
    assert [(c["table_id"], c["row"], c["text"]) for c in cells if c["text"] in ("2", "3")] == [
        ("d-t001", 2, "2"),
        ("d-t002", 2, "3"),
    ]


def test_title_without_the_word_is_one_over_the_unit() -> None:
    rows = [["资金安排", "<", "<"], ["单位：元", "<", "<"], HEAD, ["1", "a", "2"]]
    parts = split_at_titles(drawn([*rows, ["资产配置", "<", "<"], *rows[1:]], breaks=[4]))
    assert [(title_of(part), unit_of(part)) for part in parts] == [("资金安排", "元"), ("资产配置", "元")]


def test_title_row_repeated_on_the_next_page_is_left_out() -> None:
    top = [["收入决算表", "<", "<"], HEAD]
    (part,) = split_at_titles(drawn([*top, ["1", "a", "2"], *top, ["3", "b", "4"]], breaks=[3]))
    assert [cell.text for cell in part.cells if cell.row > 1] == ["1", "a", "2", "3", "b", "4"]
    assert part.row_pages == (1, 1, 1, 2)


@pytest.mark.parametrize(
    ("rows", "breaks"),
    [
        (
            [["收入决算表", "<", "<"], HEAD, ["1", "a", "2"], ["二、经营支出", "<", "<"], ["3", "b", "4"]],
            [3],
        ),  # a section
        ([["收入决算表", "<", "<"], HEAD, ["1", "a", "2"], ["支出决算表", "<", "<"], HEAD], []),  # on one page
        ([HEAD, ["1", "a", "2"], ["支出决算表", "<", "<"], HEAD, ["3", "b", "4"]], [2]),  # no title row at the top
    ],
)
def test_other_rows_over_the_whole_width_begin_no_table(rows: Rows, breaks: list[int]) -> None:
    whole = drawn(rows, breaks=breaks)
    assert split_at_titles(whole) == [whole]


def test_columns_of_a_part_are_its_own() -> None:
    rows = [
        ["收入决算表", "<", "<"],
        ["名称", "金额", "<"],
        ["a", "2", "<"],
        ["支出决算表", "<", "<"],
        HEAD,
        ["3", "b", "4"],
    ]
    one, other = split_at_titles(drawn(rows, breaks=[3]))
    assert (one.column_count, one.x_edges, other.column_count) == (2, (0, 100, 300), 3)
    assert [(cell.column, cell.column_span) for cell in one.cells] == [(0, 2), (0, 1), (1, 1), (0, 1), (1, 1)]
