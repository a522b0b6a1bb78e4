"""D4, 项目支出绩效目标申报表 of central units: mid-term and annual indicators side by side."""

from __future__ import annotations

from itertools import zip_longest

from tests.samples.layouts.parts import look, title_lines
from tests.samples.model import Filing, Indicator
from tests.samples.sheet import Cell, Item, Row, Sheet, band, runs, spread

EDGES = (7, 17, 28, 45, 57, 68, 87, 100)
Pair = tuple[Indicator | None, Indicator | None]


def form(filing: Filing) -> list[Item]:
    """The whole form."""
    rows = [*head_rows(filing), *fund_rows(filing), *goal_rows(filing), *indicator_rows(filing)]
    sheet = Sheet(tuple(tuple(row) for row in rows), look(filing.options))
    return [*title_lines(filing, f"（{filing.year}年度）"), sheet]


def head_rows(filing: Filing) -> list[list[Cell]]:
    """Names, nature, period and two long texts."""
    edges = (0, 17, 57, 68, 100)
    office = ["主管部门及代码", filing.shown("department"), "实施单位", filing.shown("implementing_unit")]
    nature = ["项目属性", filing.shown("project_nature"), "项目期", filing.extra["项目期"]]
    texts = [
        [Cell(0, 17, label), Cell(17, 100, filing.extra[label], align="left")]
        for label in ("立项依据", "实施方案及可行性")
    ]
    return [
        band((0, 17, 100), ["项目名称", filing.project_name]),
        band(edges, office),
        band(edges, nature),
        *texts,
    ]


def fund_rows(filing: Filing) -> list[list[Cell]]:
    """Mid-term money at the left, the year's at the right."""
    halves = [[fund for fund in filing.funds if fund.scope == scope] for scope in ("total", "annual")]
    rows = [
        band((17, 36, 57, 77, 100), [left.item, left.amount or "", right.item, right.amount or ""])
        for left, right in zip(*halves, strict=True)
    ]
    return spread(rows, Cell(0, 17, f"项目资金\n（{filing.unit}）"))


def goal_rows(filing: Filing) -> list[list[Cell]]:
    """Mid-term and annual goal."""
    rows = [
        band((7, 57, 100), [filing.options["mid_term"], "年度目标"]),
        band((7, 57, 100), [filing.goal("total"), filing.goal("annual")], "left"),
    ]
    return spread(rows, Cell(0, 7, "总体目标"))


def indicator_rows(filing: Filing) -> list[list[Cell]]:
    """Two sets of 二级, 三级 and value under two stacked header rows, one 一级 for both."""
    pairs = paired(filing.indicators)
    firsts = [next(row.level1 for row in pair if row) for pair in pairs]
    lefts = level2_cells([pair[0] for pair in pairs], firsts, EDGES[1:4], EDGES[4])
    rights = level2_cells([pair[1] for pair in pairs], firsts, EDGES[4:7], EDGES[7])
    header = [Cell(7, 17, "一级指标", 2), *band((17, 57, 100), ["中期绩效指标", "年度绩效指标"])]
    rows = [header, band(EDGES[1:], ["二级指标", "三级指标", "指标值"] * 2)]
    for first, length, left, right in zip(firsts, runs(firsts), lefts, rights, strict=True):
        rows.append([*([Cell(7, 17, first, length)] if length else []), *left, *right])
    return spread(rows, Cell(0, 7, "绩\n效\n指\n标"))


def paired(indicators: tuple[Indicator, ...]) -> list[Pair]:
    """Mid-term and annual indicators row by row inside each level 1."""
    pairs: list[Pair] = []
    for level1 in dict.fromkeys(row.level1 for row in indicators):
        sets = [[r for r in indicators if r.level1 == level1 and r.scope == scope] for scope in ("total", "annual")]
        pairs += list(zip_longest(*sets))
    return pairs


def level2_cells(rows: list[Indicator | None], firsts: list[str], edges: tuple[float, ...], end: float) -> list[Row]:
    """One half of the indicator rows, level 2 merged; empty cells where that half has no indicator."""
    two, three, value = edges
    lengths = runs([(first, row.level2 if row else "") for first, row in zip(firsts, rows, strict=True)])
    halves: list[Row] = []
    for row, length in zip(rows, lengths, strict=True):
        merged = (Cell(two, three, row.level2 if row else "", length),) if length else ()
        texts = [row.level3, row.target] if row else ["", ""]
        halves.append((*merged, *band((three, value, end), texts)))
    return halves
