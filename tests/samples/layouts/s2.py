"""S2, the ministry's 项目支出绩效自评表 of 2020: codes before names, points in level names."""

from __future__ import annotations

from tests.samples.layouts import s1
from tests.samples.layouts.parts import level_cells, look, title_lines
from tests.samples.model import Filing
from tests.samples.sheet import Cell, Item, Row, Sheet, band, spread

EDGES = (0, 7, 19, 32, 51, 62, 73, 79, 85, 100)


def form(filing: Filing) -> list[Item]:
    """The whole form."""
    rows: list[Row] = [
        *map(tuple, s1.head_rows(filing)),
        *map(tuple, s1.fund_rows(filing.funds, f"项目资金（{filing.unit}）")),
        *map(tuple, s1.goal_rows(filing, 55)),
        *map(tuple, indicator_rows(filing)),
        tuple(band((0, 73, 79, 85, 100), ["总分", "100", filing.total_score or "", ""])),
    ]
    return [*title_lines(filing, f"（{filing.year}年度）"), Sheet(tuple(rows), look(filing.options))]


def indicator_rows(filing: Filing) -> list[list[Cell]]:
    """Header and indicators beside 绩效指标."""
    labels = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ]
    rows = [band(EDGES[1:], labels)]
    for levels, row in zip(level_cells(filing.indicators, EDGES[1:4]), filing.indicators, strict=True):
        values = [row.level3, row.target, row.actual, row.max_score, row.score, row.note]
        rows.append([*levels, *band(EDGES[3:], [value or "" for value in values])])
    return spread(rows, Cell(0, 7, "绩效指标"))
