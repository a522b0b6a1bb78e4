"""Tables with horizontal rules only: rows from the rules, columns from their joints and from the text."""

from itertools import pairwise

import pytest
from sketches import Sketch, shown

from extractors.fragment import fill_grids
from extractors.page import Page, Ruling
from extractors.rulings import join_rulings
from extractors.stream import rules_to_grids, stab

X = [50.0, 150.0, 250.0, 400.0]
ROWS = [
    ["一级指标", "二级指标", "三级指标"],
    ["产出指标", "数量指标", "养护面积"],
    ["产出指标", "质量指标", "合格率"],
    ["效益指标", "社会效益", "满意度"],
]
Y = [100.0, 130.0, 160.0, 190.0, 220.0]


def tables(page: Page) -> list[list[list[str]]]:
    """The tables that are found, as sketches."""
    grids = rules_to_grids(page, join_rulings(page.horizontals), page.horizontals)
    return [shown(fragment) for fragment in fill_grids(page, grids)[0]]


def ruled(rules: str) -> Page:
    """The table with its rules drawn as bits a cell, as bits a column or as one long line."""
    sketch = Sketch().table(ROWS, X, Y, rules="none")
    for y in Y:
        if rules == "cells":
            sketch.lines(Ruling(y, a, b) for a, b in pairwise(X) for _ in range(2))
        elif rules == "columns":
            sketch.lines(Ruling(y, a, b) for a, b in pairwise(X))
        else:
            sketch.lines([Ruling(y, X[0], X[-1])])
    return sketch.page()


@pytest.mark.parametrize("rules", ["cells", "columns", "long"])
def test_columns_are_found(rules: str) -> None:
    assert tables(ruled(rules)) == [ROWS]


def test_heading_over_several_columns_is_one_cell() -> None:
    rows = [["项目名称", "道路绿化养护", "<"], *ROWS]
    y = [70.0, *Y]
    assert tables(Sketch().table(rows, X, y, rules="horizontal").page()) == [rows]


def test_cell_over_several_rows_is_one_cell() -> None:
    rows = [
        ROWS[0],
        ["产出指标", "数量指标", "面积"],
        ["^", "质量指标", "合格率"],
        ["效益指标", "社会效益", "满意"],
    ]
    assert tables(Sketch().table(rows, X, Y, rules="horizontal").page()) == [rows]


def test_heading_over_all_columns_is_one_cell_where_rules_run_through() -> None:
    sketch = Sketch().table(ROWS, X, Y, rules="none").text("绩效指标", 205, 80)
    (found,) = tables(sketch.lines(Ruling(y, X[0], X[-1]) for y in (70, *Y)).page())
    assert found == [["绩效指标", "<", "<"], *ROWS]


def test_blank_cell_keeps_its_column() -> None:
    rows = [ROWS[0], ["产出指标", "", "养护面积"], *ROWS[2:]]
    assert tables(Sketch().table(rows, X, Y, rules="horizontal").page()) == [rows]


def test_paragraph_between_two_rules_is_no_table() -> None:
    sketch = Sketch().text("本年度共安排项目十二个，覆盖各街道。", 60, 110)
    sketch.text("资金按进度拨付。", 60, 140).lines(Ruling(y, 50, 400) for y in (100, 130, 160))
    assert tables(sketch.page()) == []


def test_underlines_are_no_table() -> None:
    sketch = Sketch().text("填报单位 某中心", 60, 88).text("填报日期 2024年", 300, 88)
    assert tables(sketch.lines([Ruling(100, 110, 160), Ruling(100, 350, 400)]).page()) == []


def test_rules_without_text_are_no_table() -> None:
    assert tables(Sketch().lines(Ruling(y, 50, 400) for y in Y).page()) == []


@pytest.mark.xfail(strict=True, reason="bits of all rules at one height count as the region's, wherever they stand")
def test_tables_beside_each_other_are_two() -> None:
    sketch = Sketch().table(ROWS, X, Y, rules="horizontal")
    right = [x + 400 for x in X]
    assert tables(sketch.table(ROWS, right, Y, rules="horizontal").page()) == [ROWS, ROWS]


def test_large_title_between_two_tables_parts_them() -> None:
    below = [y + 180 for y in Y]
    sketch = Sketch().table(ROWS, X, Y, rules="horizontal").text("项目支出绩效自评表", 120, 240, size=16)
    assert tables(sketch.table(ROWS, X, below, rules="horizontal").page()) == [ROWS, ROWS]


def test_row_cut_off_above_the_first_rule_is_found() -> None:
    rows = [["产出指标", "数量指标", "养护面积"], ["^", "质量指标", "合格率"], ["^", "时效指标", "及时率"]]
    sketch = Sketch().table(rows, X, Y[:4], rules="horizontal")
    sketch.horizontals = [rule for rule in sketch.horizontals if rule.at > Y[0]]  # the page begins inside the row
    (found,) = tables(sketch.page())
    assert [row[1:] for row in found] == [row[1:] for row in rows]


@pytest.mark.parametrize(
    ("gaps", "chosen"),
    [
        ([], []),
        ([(10, 20)], [15]),
        ([(10, 20), (15, 30)], [17.5]),
        ([(10, 20), (30, 40), (12, 18)], [15, 35]),
        ([(10, 40), (12, 18), (30, 38)], [15, 34]),
    ],
)
def test_stab_puts_the_fewest_edges_into_all_gaps(gaps: list[tuple[float, float]], chosen: list[float]) -> None:
    assert stab(gaps) == chosen
