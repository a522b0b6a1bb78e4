"""S1, 财政项目支出绩效自评表 of Shanghai districts, money in 元.

Options: ``title_inside``, ``repeat`` the indicator header after a cut (its first cell is then empty).
"""

from __future__ import annotations

from tests.samples.layouts.parts import level_cells, look, side, title_lines, title_rows
from tests.samples.model import Filing, Fund, Indicator
from tests.samples.sheet import Cell, Item, Row, Sheet, band, spread

FUND_LABELS = ["", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
FUND_EDGES = (14, 34, 48, 62, 76, 82, 91, 100)
LABELS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度\n指标值",
    "实际\n完成值",
    "分值",
    "得分",
    "偏差原因分析及\n改进措施",
]
EDGES = (0, 5, 16, 30, 50, 61, 72, 78, 84, 100)


def form(filing: Filing) -> list[Item]:
    """The whole form."""
    options = filing.options
    year = options.get("year_text", f"（{filing.year} 年度）")
    inside = options.get("title_inside", False)
    upper = [*(title_rows(filing, year) if inside else []), *head_rows(filing)]
    upper += [*fund_rows(filing.funds, f"项目资金\n（{filing.unit}）"), *goal_rows(filing)]
    repeat = (len(upper), len(upper) + 1) if options.get("repeat") else None
    rows: list[Row] = [tuple(row) for row in [*upper, *indicator_rows(filing), total_row(filing)]]
    sheet = Sheet(tuple(rows), look(options), repeat)
    return [sheet] if inside else [*title_lines(filing, year), sheet]


def head_rows(filing: Filing) -> list[list[Cell]]:
    """Project, department and unit."""
    office = ["主管部门", filing.shown("department"), "实施单位", filing.shown("implementing_unit")]
    return [band((0, 14, 100), ["项目名称", filing.project_name]), band((0, 14, 52, 64, 100), office)]


def fund_rows(funds: tuple[Fund, ...], label: str) -> list[list[Cell]]:
    """The budget block beside its side label."""
    rows = [band(FUND_EDGES, FUND_LABELS), *(fund_row(fund) for fund in funds)]
    return spread(rows, Cell(0, 14, label))


def fund_row(fund: Fund) -> list[Cell]:
    """One source of money."""
    values = [fund.item, fund.initial, fund.annual, fund.executed, fund.max_score, fund.rate, fund.score]
    return band(FUND_EDGES, [value or "" for value in values])


def goal_rows(filing: Filing, edge: float = 52) -> list[list[Cell]]:
    """Expected and actual side by side."""
    rows = [
        band((5, edge, 100), ["预期目标", "实际完成情况"]),
        band((5, edge, 100), [filing.goal("expected"), filing.goal("actual")], "left"),
    ]
    return spread(rows, Cell(0, 5, "年度总体目标"))


def indicator_rows(filing: Filing) -> list[list[Cell]]:
    """Header and indicators; the side label covers the header unless that is repeated."""
    levels = level_cells(filing.indicators, EDGES[1:4])
    rows = [[*cells, *score_cells(row)] for cells, row in zip(levels, filing.indicators, strict=True)]
    label = side(0, EDGES[1], "绩效指标", True)
    header = band(EDGES[1:], LABELS)
    if filing.options.get("repeat"):
        return [[Cell(0, EDGES[1]), *header], *spread(rows, label)]
    return spread([header, *rows], label)


def score_cells(row: Indicator) -> list[Cell]:
    """What stands right of the levels."""
    values = [row.level3, row.target, row.actual, row.max_score, row.score]
    return [*band(EDGES[3:9], [value or "" for value in values]), Cell(84, 100, row.note or "", align="left")]


def total_row(filing: Filing) -> list[Cell]:
    """总分."""
    return band((0, 72, 78, 84, 100), ["总分", "100", filing.total_score or "", ""])
