import pytest
from text_grids import Rows, sketch, words

from normalizers.form import Place
from normalizers.goal_block import read_goals
from normalizers.vocabulary import base_vocabulary

WORDS = base_vocabulary()
LONG = "完成道路养护12万平方米，提升平整度。"


def read(rows: Rows) -> list[tuple[str, str]]:
    return words(read_goals(sketch(rows), WORDS, set()).slots)


def test_label_beside_its_text() -> None:
    assert read([["项目总目标", LONG], ["年度总体目标", "完成4万平方米。"]]) == [
        ("total", LONG),
        ("annual", "完成4万平方米。"),
    ]


def test_headings_side_by_side_over_their_texts() -> None:
    rows = [["年度总体目标", "预期目标", "实际完成情况"], ["^", LONG, "已完成。"]]
    assert read(rows) == [("expected", LONG), ("actual", "已完成。")]


def test_headings_without_a_side_label() -> None:
    rows = [["项目名称", "甲"], ["年初设定目标", "全年实际完成情况"], [LONG, "已完成。"]]
    assert read(rows) == [("expected", LONG), ("actual", "已完成。")]


def test_three_goals_side_by_side() -> None:
    rows = [["年初绩效目标", "全年（调整）绩效目标", "实际完成情况"], ["一", "二", "三"]]
    assert read(rows) == [("initial", "一"), ("expected", "二"), ("actual", "三")]


def test_side_label_with_one_sign_a_line() -> None:
    rows = [["年\n度\n总\n体\n目\n标", "预期目标", "实际完成情况"], ["^", LONG, "已完成。"]]
    assert read(rows) == [("expected", LONG), ("actual", "已完成。")]


def test_goal_without_a_period() -> None:
    assert read([["绩效目标", LONG]]) == [("unscoped", LONG)]


def test_blank_goal_is_a_slot_without_text() -> None:
    assert read([["项目总目标", ""], ["年度目标", LONG]]) == [("total", ""), ("annual", LONG)]


@pytest.mark.parametrize(
    "rows",
    [
        [["绩效目标", "一级指标", "二级指标", "指标值"], ["^", "产出", "数量", "1"]],  # it names the block
        [["项目名称", "绿化养护"], ["主管部门", "某局"]],
        [["绩效目标", "<"], ["项目名称", "绿化"]],  # a heading over other labels
    ],
)
def test_headings_of_something_else_are_no_goals(rows: Rows) -> None:
    assert read(rows) == []


def test_places_are_accounted_for() -> None:
    goals = read_goals(sketch([["年度目标", LONG]]), WORDS, set())
    assert goals.used == {Place(0, 0), Place(0, 1)}
    assert goals.slots[0].label == "年度目标"
    assert goals.slots[0].place == Place(0, 1)


def test_cells_of_other_blocks_are_left_alone() -> None:
    assert read_goals(sketch([["年度目标", LONG]]), WORDS, {Place(0, 1)}).slots == []
