"""Nothing ruled on a page is thrown away: what a form's table holds beside the form is another table."""

import pytest
from drawn_tables import Rows, drawn, reading

from pipeline.assemble import assemble
from pipeline.records import Row

TITLE = "财政项目支出绩效目标申报表"
HEAD = [["项目名称", "道路养护", "<", "<"], ["主管部门", "某局", "实施单位", "某中心"]]
GOAL = [["年度总体目标", "当年养护4万平方米。", "<", "<"]]
INDICATORS = [["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "养护面积", "≥4万平方米"]]


def rows_of(rows: Rows, table: str, above: list[str] | None = None) -> list[Row]:
    found = reading(drawn(rows, above=[TITLE] if above is None else above))
    return [row for row in assemble("doc", found) if row.table == table]


def left(*parts: Rows, above: list[str] | None = None) -> list[tuple[object, ...]]:
    """Row, column and text of the cells that are kept beside the form."""
    rows = [row for part in parts for row in part]
    assert rows_of(rows, "filings", above)
    cells = rows_of(rows, "other_table_cells", above)
    return [tuple(cell.values[name] for name in ("row", "column", "text")) for cell in cells]


def test_form_without_anything_else_leaves_no_table() -> None:
    assert left(HEAD, GOAL, INDICATORS) == []
    assert rows_of([*HEAD, *GOAL, *INDICATORS], "other_tables") == []


def test_earlier_years_stand_with_their_items_and_headings() -> None:
    money = [
        ["项目资金（万元）", "资金来源", "上年度预算安排", "本年度申请金额"],
        ["^", "财政拨款", "7.00", "9.00"],
        ["^", "其他资金", "*", "1.00"],
    ]
    assert left(HEAD, money, GOAL, INDICATORS) == [
        (2, 0, "项目资金（万元）"),
        (2, 1, "资金来源"),
        (2, 2, "上年度预算安排"),
        (3, 1, "财政拨款"),
        (3, 2, "7.00"),
    ]


COSTS = [
    ["项目预算成本构成", "项目", "金额", "2020年实际执行数"],
    ["^", "人工", "3.00", "2.50"],
    ["^", "材料", "1.00", "—"],
]
SCHEDULE = [
    ["项目实施进度计划", "项目实施内容", "开始时间", "完成时间"],
    ["^", "招标", "2021年1月", "2021年3月"],
]


@pytest.mark.parametrize("table", [COSTS, SCHEDULE], ids=["costs", "schedule"])
def test_table_inside_a_form_is_kept_and_is_no_field(table: Rows) -> None:
    rows = [*HEAD, *table, *GOAL, *INDICATORS]
    printed = [text for row in table for text in row if text not in ("^", "—")]
    assert [text for *_, text in left(rows)] == printed
    assert rows_of(rows, "fields") == []
    assert rows_of(rows, "funds") == []


def test_points_of_the_total_row_are_kept_and_its_score_is_not() -> None:
    scored = [
        ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "养护面积", "≥4万平方米", "5万平方米", "90", "80"],
        ["总分", "<", "<", "<", "<", "100", "80"],
    ]
    assert left(HEAD, GOAL, scored) == [(3, 5, "分值"), (5, 0, "总分"), (5, 5, "100")]


def test_label_is_given_with_those_that_stand_over_it() -> None:
    money = [
        ["项目资金（万元）", "资金来源", "金额", "近两年收支金额", "<"],
        ["^", "^", "^", "合计", "占比"],
        ["^", "财政拨款", "9.00", "7.00", "60%"],
    ]
    texts = [text for *_, text in left(HEAD, money, GOAL, INDICATORS)]
    assert texts == ["项目资金（万元）", "资金来源", "近两年收支金额", "合计", "占比", "财政拨款", "7.00", "60%"]


def test_rest_of_a_cell_is_kept_with_its_cell() -> None:
    money = [["项目资金（万元）", "财政资金：3.00\n其他资金：1.00\n经费由两方分担", "<", "<"]]
    assert left(HEAD, money, GOAL, INDICATORS)[-1] == (2, 1, "财政资金：3.00\n其他资金：1.00\n经费由两方分担")
    assert left(HEAD, [["项目资金（万元）", "财政资金：3.00\n其他资金：1.00", "<", "<"]], GOAL, INDICATORS) == []


@pytest.mark.parametrize(
    "persons",
    [
        [["项目负责人", "某甲", "联系电话", "000-12345678"]],
        [["负责人及电话", "某甲 000-12345678", "000-22222222", ""]],
        [["联系人", "<", "联系电话", "<"], ["某甲", "<", "000-12345678", "<"]],
        [["填表人（签字）：某甲", "<", "单位负责人：某乙", "<"]],
    ],
    ids=["beside", "behind the first", "under a heading", "in one cell"],
)
def test_persons_never_come_to_another_table(persons: Rows) -> None:
    for parts in ((HEAD, persons, GOAL, INDICATORS), (HEAD, GOAL, INDICATORS, persons)):
        kept = "".join(str(text) for *_, text in left(*parts))
        assert "某甲" not in kept
        assert "1234" not in kept
        assert "2222" not in kept


def test_cell_under_a_contact_is_kept() -> None:
    rows = [["项目负责人", "某甲", "联系电话", "000-12345678"], ["已备案", "<", "<", "<"]]
    assert [text for *_, text in left(HEAD, rows, GOAL, INDICATORS)] == ["已备案"]


@pytest.mark.parametrize(("name", "kept"), [("道路养护", []), ("道路养护二期", ["项目名称", "道路养护二期"])])
def test_head_said_again_is_kept_only_where_it_says_another_thing(name: str, kept: list[str]) -> None:
    again = [["项目名称", name, "<", "<"]]
    assert [text for *_, text in left(HEAD, again, GOAL, INDICATORS)] == kept


def test_kept_cells_stand_in_a_table_with_the_forms_title() -> None:
    rows = [["项目支出绩效目标表", "<", "<", "<"], *HEAD, *GOAL, *INDICATORS, ["已备案", "<", "<", "<"]]
    (table,) = rows_of(rows, "other_tables", above=["某区二〇二四年预算"])
    names = ("title", "row_count", "column_count", "page_first")
    assert [table.values[name] for name in names] == ["项目支出绩效目标表", 7, 4, 1]
