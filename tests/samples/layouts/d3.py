"""D3, 项目支出绩效目标表 of a county in 2022: sections 基本信息, 基本情况, 立项依据, money in 万元."""

from __future__ import annotations

from tests.samples.layouts.parts import level_cells, look, title_lines
from tests.samples.model import Filing
from tests.samples.sheet import Cell, Item, Row, Sheet, Text, band

EDGES = (0, 18, 50, 67, 100)


def form(filing: Filing) -> list[Item]:
    """The whole form; the office stands above it without a label."""
    rows = [*basic_rows(filing), *situation_rows(filing), *indicator_rows(filing)]
    return [
        *title_lines(filing, f"({filing.year}年度)"),
        Text(filing.department or "", 9.5),
        Text(f"单位：{filing.unit}", 9.5, "right"),
        Sheet(tuple(rows), look(filing.options)),
    ]


def section(title: str) -> Row:
    """A row that names the section below it."""
    return (Cell(0, 100, title, bold=True),)


def basic_rows(filing: Filing) -> list[Row]:
    """基本信息: six rows of two labelled values."""
    leader, contact = filing.person("leader"), filing.person("contact")
    amounts = [fund.amount or "" for fund in filing.funds]
    extra = filing.extra
    pairs = [
        ("项目名称:", filing.project_name, "项目编码:", filing.shown("project_code")),
        ("项目类别:", filing.shown("project_category"), "资金用途:", extra["资金用途"]),
        ("开始日期:", filing.start_date or "", "结束日期:", filing.end_date or ""),
        ("项目负责人:", leader.name, "联系人:", contact.name),
        ("联系电话:", contact.phone, "是否重点项目:", extra["是否重点项目"]),
        ("项目总金额:", amounts[0], "本年度预算金额:", amounts[1]),
    ]
    return [section("基本信息"), *(tuple(band(EDGES, pair)) for pair in pairs)]


def situation_rows(filing: Filing) -> list[Row]:
    """基本情况 and 立项依据: long texts."""
    extra = filing.extra
    situation = {label: extra[label] for label in ("立项必要性", "实施可行性", "项目实施内容")}
    situation |= {"中长期目标": filing.goal("total"), "年度绩效目标": filing.goal("annual")}
    grounds = {label: extra[label] for label in ("政策依据", "其他依据", "需要说明的其他问题")}
    return [
        section("基本情况"),
        *map(long_row, situation.items()),
        section("立项依据"),
        *map(long_row, grounds.items()),
    ]


def long_row(labelled: tuple[str, str]) -> Row:
    """A label and a text over the rest of the width."""
    label, text = labelled
    return (Cell(0, 18, f"{label}:"), Cell(18, 100, text.strip(), align="left"))


def indicator_rows(filing: Filing) -> list[Row]:
    """The indicators below their section row; no side cell."""
    edges = (0, 18, 34, 76, 100)
    rows: list[Row] = [
        section("年度绩效指标"),
        tuple(band(edges, ["一级指标", "二级指标", "三级指标", "指标值"])),
    ]
    for levels, row in zip(level_cells(filing.indicators, edges[:3]), filing.indicators, strict=True):
        rows.append((*levels, *band(edges[2:], [row.level3, row.target])))
    return rows
