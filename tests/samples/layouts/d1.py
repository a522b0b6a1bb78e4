"""D1, Shanghai's 财政项目支出绩效目标申报表 (2022 to 2025) and 填报表 (2023).

Options: ``title_inside`` the grid, ``corner`` above 绩效指标 empty or covered by it (side), ``stacked`` side
label, ``dates`` style, ``unit_label``, ``total_goal`` and ``target_label`` wording, ``repeat`` the indicator
header after a cut, ``narrow`` columns that break every value, ``overflow`` of the total amounts.
"""

from __future__ import annotations

from tests.samples.layouts.parts import level_cells, look, printed_date, side, title_lines, title_rows
from tests.samples.model import Filing
from tests.samples.sheet import Cell, Item, Row, Sheet, band, spread

WIDE = (0, 6, 20, 38, 74, 100)
NARROW = (0, 5, 12, 20, 56, 67)


def form(filing: Filing) -> list[Item]:
    """The whole form."""
    options = filing.options
    year = options.get("year_text", f"（{filing.year}年度）")
    inside = options.get("title_inside", False)
    top = title_rows(filing, year) if inside else []
    upper = [*top, *head_rows(filing), *fund_rows(filing), *goal_rows(filing)]
    lower = indicator_rows(filing)
    repeat = (len(upper), len(upper) + 1) if options.get("repeat") else None
    rows: tuple[Row, ...] = tuple(tuple(row) for row in [*upper, *lower])
    sheet = Sheet(rows, look(options), repeat)
    return [sheet] if inside else [*title_lines(filing, year), sheet]


def head_rows(filing: Filing) -> list[list[Cell]]:
    """Names, department, dates."""
    options = filing.options
    style = options.get("dates", "iso")
    unit_label = options.get("unit_label", "实施单位")
    names = ["项目名称", filing.project_name, "项目性质", filing.shown("project_nature")]
    office = ["主管部门", filing.shown("department"), unit_label, filing.shown("implementing_unit")]
    start, end = printed_date(filing.start_date, style), printed_date(filing.end_date, style)
    first = (0, 12, 44, 50, 55, 60, 100) if options.get("narrow") else (0, 12, 40, 51, 72, 80, 100)
    return [
        band(first, [*names, "项目类别", filing.shown("project_category")]),
        band((0, 12, 40, 51, 100), office),
        band((0, 12, 40, 51, 100), ["计划开始日期", start, "计划完成日期", end]),
    ]


def fund_rows(filing: Filing) -> list[list[Cell]]:
    """Money: three rows of totals at the left, four of the year at the right."""
    edges = filing.options.get("fund_edges", (12, 32, 50, 74, 100))
    a, b, c, d, e = edges
    total = [fund for fund in filing.funds if fund.scope == "total"]
    annual = [fund for fund in filing.funds if fund.scope == "annual"]
    over = bool(filing.options.get("overflow"))
    left = [
        [Cell(a, b, fund.item, rows), Cell(b, c, fund.amount or "", rows, overflow=over)]
        for fund, rows in zip(total, (1, 2, 1), strict=True)
    ]
    left.insert(2, [])
    right = [[Cell(c, d, fund.item), Cell(d, e, fund.amount or "")] for fund in annual]
    rows = [[*one, *other] for one, other in zip(left, right, strict=True)]
    return spread(rows, Cell(0, 12, f"项目资金\n（{filing.unit}）"))


def goal_rows(filing: Filing) -> list[list[Cell]]:
    """Both goals side by side under their labels."""
    options = filing.options
    rows = [
        band((12, 54, 100), [options.get("total_goal", "项目总目标"), "年度总体目标"]),
        band((12, 54, 100), [filing.goal("total"), filing.goal("annual")], "left"),
    ]
    return spread(rows, side(0, 12, "项目绩效目标", False))


def indicator_rows(filing: Filing) -> list[list[Cell]]:
    """Header and indicators; the corner above 绩效指标 is empty unless the side label covers the header."""
    options = filing.options
    edges = options.get("indicator_edges", NARROW if options.get("narrow") else WIDE)
    target_label = options.get("target_label", "年度(/项目)指标值")
    labels = ["一级指标", "二级指标", "三级指标", target_label]
    edges = (*edges[:-1], 100)
    levels = level_cells(filing.indicators, edges[1:4])
    rows = [
        [*cells, *band(edges[3:], [row.level3, row.target])]
        for cells, row in zip(levels, filing.indicators, strict=True)
    ]
    label = side(0, edges[1], "绩效指标", options.get("stacked", True))
    header = band(edges[1:], labels)
    if options.get("corner", "empty") == "side":
        return spread([header, *rows], label)
    return [[Cell(0, edges[1]), *header], *spread(rows, label)]
