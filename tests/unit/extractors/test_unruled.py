"""Tables without any line: rows and columns from the text alone."""

from dataclasses import replace

import pytest
from sketches import Sketch, shown

from extractors.fragment import fill_grids
from extractors.page import Page
from extractors.stream import rules_to_grids
from extractors.unruled import SETTINGS, text_to_rules

X = [50.0, 170.0, 290.0, 420.0]
ROWS = [
    ["一级指标", "二级指标", "指标值"],
    ["产出指标", "数量指标", "≥12个"],
    ["^", "质量指标", "100%"],
    ["^", "时效指标", "12月底前"],
    ["效益指标", "社会效益", "提高"],
    ["^", "经济效益", "≥5%"],
    ["满意度指标", "服务对象", "≥90%"],
    ["成本指标", "经济成本", "≤3万元"],
    ["^", "社会成本", "无"],
    ["^", "生态成本", "无"],
]
Y = [100.0 + 22 * i for i in range(len(ROWS) + 1)]


def tables(page: Page) -> list[list[list[str]]]:
    rules, columns = text_to_rules(page)
    return [shown(fragment) for fragment in fill_grids(page, rules_to_grids(page, rules, rules, columns))[0]]


def test_rows_columns_and_merged_cells_are_found() -> None:
    assert tables(Sketch().table(ROWS, X, Y, rules="none").page()) == [ROWS]


def test_cell_of_two_lines_is_one_row() -> None:
    rows = [list(row) for row in ROWS]
    rows[4][2] = "有所\n提高"
    y = [*Y[:5], *(edge + 14 for edge in Y[5:])]
    assert tables(Sketch().table(rows, X, y, rules="none").page()) == [
        [[text.replace("\n", "/") for text in row] for row in rows]
    ]


def test_prose_is_no_table() -> None:
    sketch = Sketch()
    for number in range(20):
        sketch.text("本单位全年共安排项目十二个，资金按照进度拨付，", 60, 100 + 14 * number)
    assert text_to_rules(sketch.page()) == ([], [])


def test_list_of_contents_is_no_table() -> None:
    sketch = Sketch()
    for number in range(5):
        sketch.text(f"第{number}部分", 60, 100 + 20 * number).text(str(number), 500, 100 + 20 * number)
    assert text_to_rules(sketch.page()) == ([], [])


@pytest.mark.parametrize("rows", [5, 7])
def test_few_lines_are_no_table(rows: int) -> None:
    page = Sketch().table(ROWS[:rows], X, Y[: rows + 1], rules="none").page()
    assert text_to_rules(page) == ([], [])


def test_settings_say_how_few() -> None:
    page = Sketch().table(ROWS[:7], X, Y[:8], rules="none").page()
    rules, columns = text_to_rules(page, replace(SETTINGS, fewest_lines=5))
    assert len({rule.at for rule in rules}) == 8
    assert len(columns) == 4


def test_blank_page_is_no_table() -> None:
    assert text_to_rules(Sketch().page()) == ([], [])
