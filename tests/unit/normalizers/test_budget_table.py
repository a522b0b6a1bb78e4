"""Budget tables of evaluation reports: which tables are one, their columns, units and totals."""

import pytest
from text_grids import Rows, sketch

from normalizers.budget_table import BudgetTable, read_budget_table

PLAIN = ["项目构成", "指标名称", "年初预算", "调整后预算", "支付金额", "执行率"]


def read(rows: Rows, above: tuple[str, ...] = ()) -> BudgetTable:
    found = read_budget_table(sketch(rows, above))
    assert found is not None
    return found


def texts(table: BudgetTable) -> list[dict[str, str]]:
    return [{role: slot.text for role, slot in line.items() if role != "other"} for line in table.lines]


def units(table: BudgetTable) -> dict[str, str]:
    return {role: slot.unit.name for role, slot in table.lines[0].items() if slot.unit}


def test_parts_items_and_money_are_read_line_by_line() -> None:
    table = read([PLAIN, ["保洁", "人工", "10", "12", "9", "75%"], ["^", "船只", "5", "5", "5", "100%"]])
    assert texts(table) == [
        {"component": "保洁", "item": "人工", "initial": "10", "adjusted": "12", "paid": "9", "rate": "75%"},
        {"component": "保洁", "item": "船只", "initial": "5", "adjusted": "5", "paid": "5", "rate": "100%"},
    ]


def test_header_may_stand_in_two_rows() -> None:
    header = [["序号", "支出内容", "预算", "<", "实际支出", "执行率"], ["^", "^", "年初预算", "调整后预算", "^", "^"]]
    table = read([*header, ["1", "人工", "10", "12", "9", "75%"]])
    assert texts(table) == [{"item": "人工", "initial": "10", "adjusted": "12", "paid": "9", "rate": "75%"}]


def test_a_title_in_the_first_row_is_no_header() -> None:
    table = read([["预算执行情况表", "<", "<"], ["项目构成", "预算数", "执行数"], ["保洁", "10", "9"]])
    assert texts(table) == [{"item": "保洁", "initial": "10", "paid": "9"}]


@pytest.mark.parametrize("total", ["合计", "小计", "合 计", "总计"])
def test_totals_are_no_lines(total: str) -> None:
    table = read([PLAIN, ["保洁", "人工", "10", "12", "9", "75%"], [total, "<", "10", "12", "9", "75%"]])
    assert len(table.lines) == 1
    assert [line["paid"].text for line in table.totals] == ["9"]


@pytest.mark.parametrize(
    ("header", "above", "unit"),
    [
        (["项目构成", "预算数", "执行数"], ("表1 预算执行情况（单位：万元）",), "万元"),
        (["项目构成", "预算数", "执行数"], ("表1 预算执行情况", "单位：元"), "元"),
        (["项目构成", "预算数（万元）", "执行数（万元）"], ("单位：元",), "万元"),
    ],
    ids=["title", "line over it", "headings go before"],
)
def test_unit_is_the_nearest_that_is_printed(header: list[str], above: tuple[str, ...], unit: str) -> None:
    found = units(read([header, ["保洁", "10", "9"]], above))
    assert (found["initial"], found["paid"]) == (unit, unit)


def test_money_without_a_unit_has_none() -> None:
    assert units(read([["项目构成", "预算数", "执行数"], ["保洁", "10", "9"]], ("表1 预算执行情况",))) == {}


@pytest.mark.parametrize(
    "rows",
    [
        [["项目构成", "预算数"], ["保洁", "10"]],
        [["项目构成", "执行数"], ["保洁", "9"]],
        [["预算数", "执行数"], ["10", "9"]],
        [["序号", "合同名称", "合同金额", "支付比例"], ["1", "保洁", "10", "90%"]],
        [["项目构成", "预算数", "执行数"], ["", "", ""]],
        [["项目构成", "预算数", "执行数"]],
    ],
    ids=["nothing paid", "no budget", "no names", "contracts", "blank", "header alone"],
)
def test_tables_that_lack_a_part_are_none(rows: Rows) -> None:
    assert read_budget_table(sketch(rows)) is None


def test_years_side_by_side_are_no_one_year_s_budget() -> None:
    header = [["项目构成", "2030年", "<", "2031年", "<"], ["^", "预算数", "执行数", "预算数", "执行数"]]
    assert read_budget_table(sketch([*header, ["保洁", "10", "9", "12", "12"]])) is None
