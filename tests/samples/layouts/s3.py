"""S3, 部门预算项目支出绩效自评表 as Sichuan prints it: the target over three columns."""

from __future__ import annotations

from tests.samples.layouts.parts import level_cells, look
from tests.samples.model import Filing, Fund
from tests.samples.sheet import Cell, Item, Sheet, Text, band, spread

FUND_LABELS = ["", "年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因"]
FUND_EDGES = (12, 28, 39, 50, 61, 71, 78, 85, 100)
LABELS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "指标性质",
    "指标值",
    "度量单位",
    "完成值",
    "权重",
    "得分",
    "未完成原因分析",
]
EDGES = (12, 22, 33, 48, 55, 63, 69, 77, 82, 87, 100)


def form(filing: Filing) -> list[Item]:
    """The whole form, its number above and the signatures below."""
    rows = [*head_rows(filing), *fund_rows(filing), *indicator_rows(filing), *closing_rows(filing)]
    signatures = "        ".join(f"{p.role}：{p.name}" for p in filing.people)
    return [
        Text(f"报表编号：{filing.extra['报表编号']}", 8.5),
        Text(filing.title, 15, "center", bold=True),
        Text(f"（{filing.year}年度）", 10.5, "center"),
        Sheet(tuple(tuple(row) for row in rows), look(filing.options)),
        Text(signatures, 9.5, space_before=4),
    ]


def head_rows(filing: Filing) -> list[list[Cell]]:
    """Name with its code, offices, the goals and what was done."""
    office = ["主管部门", filing.shown("department"), "实施单位\n（盖章）", filing.shown("implementing_unit")]
    done = "2.项目实施内容及过程概述"
    goals = [
        [
            Cell(12, 28, "1.项目年度目标完成情况", 2),
            *band((28, 63, 100), ["项目年度目标", "年度目标完成情况"]),
        ],
        band((28, 63, 100), [filing.goal("expected"), filing.goal("actual")], "left"),
        [Cell(12, 28, done), Cell(28, 100, filing.extra[done.removeprefix("2.")], align="left")],
    ]
    return [
        [Cell(0, 12, "项目名称"), Cell(12, 100, f"{filing.project_code}-{filing.project_name}")],
        band((0, 12, 48, 63, 100), office),
        *spread(goals, Cell(0, 12, "项目基本情况")),
    ]


def fund_rows(filing: Filing) -> list[list[Cell]]:
    """预算执行情况 with the unit in the corner."""
    header = band(FUND_EDGES, [f"年度预算数（{filing.unit}）", *FUND_LABELS[1:]])
    return spread([header, *map(fund_row, filing.funds)], Cell(0, 12, "预算执行情况（10分）"))


def fund_row(fund: Fund) -> list[Cell]:
    """One source of money."""
    values = [
        fund.item,
        fund.initial,
        fund.annual,
        fund.executed,
        fund.rate,
        fund.max_score,
        fund.score,
        fund.note,
    ]
    return band(FUND_EDGES, [value or "" for value in values])


def indicator_rows(filing: Filing) -> list[list[Cell]]:
    """Indicators beside their side label."""
    rows = [band(EDGES, LABELS)]
    for levels, row in zip(level_cells(filing.indicators, EDGES[:3]), filing.indicators, strict=True):
        values = [row.level3, *(row.parts or ()), row.actual, row.max_score, row.score, row.note]
        rows.append([*levels, *band(EDGES[2:], [value or "" for value in values])])
    return spread(rows, Cell(0, 12, "绩效指标（90分）"))


def closing_rows(filing: Filing) -> list[list[Cell]]:
    """合计, then three texts."""
    total = band((0, 77, 82, 87, 100), ["合计", "100", filing.total_score or "", ""])
    labels = ("评价结论", "存在问题", "改进措施")
    return [
        total,
        *([Cell(0, 12, label), Cell(12, 100, filing.extra[label], align="left")] for label in labels),
    ]
