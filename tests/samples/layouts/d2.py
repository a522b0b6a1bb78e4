"""D2, Minhang 2018: one declaration in three sheets with tick boxes and the money list inside one cell."""

from __future__ import annotations

from tests.samples.layouts.parts import level_cells, look, printed_date, side, ticks
from tests.samples.model import Filing, TableContent
from tests.samples.sheet import Cell, Item, PageBreak, Row, Sheet, Text, band, runs, spread

CATEGORIES = ("一次性项目", "经常性项目", "中期预算试点项目")
MONEY = (
    "一、项目总预算：",
    "二、当年预算：",
    "（一）财政拨款：",
    "1. 上级财政拨款：",
    "2. 本级财政安排：",
    "3. 下级财政配套：",
    "（二）其他资金：",
)


def form(filing: Filing) -> list[Item]:
    """The three sheets, each on a page of its own."""
    style = look(filing.options)
    return [
        *heading(filing, "附件1-1", "（项目总体情况）"),
        Text(f"填报单位（盖章）：{filing.implementing_unit}", 9),
        Text(f"金额单位：{filing.unit}", 9, "right"),
        Sheet(tuple(overall_rows(filing)), style),
        PageBreak(),
        *heading(filing, "附件1-2", "（绩效目标）"),
        Text(f"项目名称：{filing.project_name}", 9),
        Text(f"金额单位：{filing.unit}", 9, "right"),
        Sheet(tuple(target_rows(filing)), style),
        PageBreak(),
        *heading(filing, "附件1-3", "（制度保障）"),
        Text(f"项目名称：{filing.project_name}", 9),
        Sheet(tuple(safeguard_rows(filing.attached[0])), style),
    ]


def heading(filing: Filing, annex: str, part: str) -> list[Item]:
    """Annex number, title with the sheet's name, year."""
    return [
        Text(annex, 9),
        Text(filing.title + part, 15, "center", bold=True),
        Text(f"（ {filing.year} 年）", 10.5, "center"),
    ]


def overall_rows(filing: Filing) -> list[Row]:
    """The first sheet: people, dates, long texts, money."""
    leader, contact = filing.person("leader"), filing.person("contact")
    people = ["项目负责人：", leader.name, "联系人：", contact.name, "联系电话：", contact.phone]
    dates = [printed_date(day, "iso") for day in (filing.start_date, filing.end_date)]
    extra = filing.extra
    long = [
        ("项目概况", extra["项目概况"]),
        ("项目立项情况", extra["项目立项情况"]),
        ("项目资金", money_list(filing)),
        ("项目相关资源投入和制度建设情况", extra["项目相关资源投入和制度建设情况"]),
        ("项目总目标", filing.goal("total")),
        ("年度绩效目标", filing.goal("annual")),
        ("需要说明的其他问题", extra["需要说明的其他问题"]),
    ]
    return [
        tuple(band((0, 17, 100), ["项目名称", filing.project_name])),
        (
            Cell(0, 17, "项目类别"),
            Cell(17, 100, ticks(CATEGORIES, filing.project_category or ""), align="left"),
        ),
        tuple(band((0, 17, 40, 50, 64, 76, 100), people)),
        tuple(band((0, 17, 50, 64, 100), ["起始日期：", dates[0], "结束日期：", dates[1]])),
        *((Cell(0, 17, label), Cell(17, 100, text, align="left")) for label, text in long),
    ]


def money_list(filing: Filing) -> str:
    """Seven numbered lines, label and amount."""
    amounts = [fund.amount or "" for fund in filing.funds]
    return "\n".join(label + amount for label, amount in zip(MONEY, amounts, strict=True))


def target_rows(filing: Filing) -> list[Row]:
    """The second sheet: the main activities, then the targets."""
    label = "主体活动（作业、任务）和对应产出"
    top = [side(0, 7, "项目构成", True), Cell(7, 36, label), Cell(36, 100, filing.extra[label], align="left")]
    edges = (7, 20, 36, 62, 76, 100)
    rows = [band(edges, ["一级目标", "二级目标", "三级目标", "目标值", "备 注"])]
    for levels, row in zip(level_cells(filing.indicators, edges[:3]), filing.indicators, strict=True):
        cells = [Cell(36, 62, row.level3, align="left"), Cell(62, 76, row.target)]
        rows.append([*levels, *cells, Cell(76, 100, row.note or "", align="left")])
    return [tuple(top), *(tuple(row) for row in spread(rows, side(0, 7, "绩效目标", True)))]


def safeguard_rows(table: TableContent) -> list[Row]:
    """The third sheet: institutions, documents, measures and three tick boxes a row."""
    edges = (0, 15, 38, 64, 78, 88, 100)
    header = [*band(edges[:4], table.header[0][:3]), Cell(64, 100, table.header[0][3])]
    lengths = runs([row[0] for row in table.rows])
    rows: list[Row] = [tuple(header)]
    for row, length in zip(table.rows, lengths, strict=True):
        group = [Cell(0, 15, row[0], length)] if length else []
        rows.append((*group, *band(edges[1:], row[1:], "left")))
    return rows
