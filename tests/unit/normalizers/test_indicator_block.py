import pytest
from text_grids import Rows, measures, paths, sketch

from normalizers.indicator_block import BlockRows, IndicatorBlock, find_blocks, read_rows
from normalizers.text_table import TextTable
from normalizers.vocabulary import base_vocabulary

WORDS = base_vocabulary()
HEADER = ["一级指标", "二级指标", "三级指标", "指标值"]


def read(table: TextTable, count: int = 1) -> tuple[list[IndicatorBlock], BlockRows]:
    """The blocks, of which there are `count`, and what stands under the first."""
    blocks = find_blocks(table, WORDS)
    assert len(blocks) == count
    return blocks, read_rows(table, blocks[0], WORDS, [""] * blocks[0].groups)


def rows_of(rows: Rows, page_rows: tuple[int, ...] = ()) -> list[dict[str, str]]:
    return measures(read(sketch(rows, page_rows=page_rows))[1].lines)


def test_rows_under_a_header() -> None:
    assert rows_of(
        [
            HEADER,
            ["产出指标", "数量指标", "养护面积", "≥12万平方米"],
            ["^", "质量指标", "合格率", "100%"],
            ["效益指标", "社会效益指标", "出行便捷", "提高"],
        ]
    ) == [
        {"level1": "产出指标", "level2": "数量指标", "level3": "养护面积", "target": "≥12万平方米"},
        {"level1": "产出指标", "level2": "质量指标", "level3": "合格率", "target": "100%"},
        {"level1": "效益指标", "level2": "社会效益指标", "level3": "出行便捷", "target": "提高"},
    ]


def test_header_of_a_self_evaluation() -> None:
    header = [*HEADER[:3], "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    row = ["产出指标", "数量指标", "场次", "10场", "9场", "20", "18", "天气原因"]
    assert rows_of([header, row]) == [
        {
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": "场次",
            "target": "10场",
            "actual": "9场",
            "max_score": "20",
            "score": "18",
            "note": "天气原因",
        }
    ]


@pytest.mark.parametrize(
    "header",
    [
        [["一级指标", "二级指标", "三级指标", "年度\n指标值", "实际\n完成值"]],
        [["一级\n指标", "二级\n指标", "三级\n指标", "年 度\n指标值", "实际完\n成 值"]],
        [["一级", "二级", "三级", "年度", "实际"], ["指标", "指标", "指标", "指标值", "完成值"]],
        [["一级指标", "二级指标", "三级指标", "绩效指标", "<"], ["^", "^", "^", "年度指标值", "实际完成值"]],
    ],
    ids=["two lines", "two lines everywhere", "two rows", "heading over two"],
)
def test_split_header_is_read_as_one(header: Rows) -> None:
    row = ["产出指标", "数量指标", "场次", "10场", "9场"]
    (found,) = rows_of([*header, row])
    assert (found["level3"], found["target"], found["actual"]) == ("场次", "10场", "9场")


def test_side_label_with_one_sign_a_line_is_no_level() -> None:
    rows = [["绩\n效\n指\n标", *HEADER], ["^", "产出指标", "数量指标", "场次", "10场"]]
    assert paths(read(sketch(rows))[1].lines) == ["产出指标/数量指标/场次"]


def test_level_cells_that_are_blank_take_the_level_above() -> None:
    rows = [
        HEADER,
        ["产出指标", "数量指标", "场次", "10场"],
        ["", "", "人次", "200人次"],
        ["", "质量指标", "合格率", "100%"],
        ["效益指标", "", "满意度", "90%"],
    ]
    assert paths(read(sketch(rows))[1].lines) == [
        "产出指标/数量指标/场次",
        "产出指标/数量指标/人次",
        "产出指标/质量指标/合格率",
        "效益指标//满意度",  # a new level 1 has no level 2 yet
    ]


def test_half_of_a_level_cell_at_a_pages_end_takes_the_name_from_the_next_page() -> None:
    rows = [
        HEADER,
        ["产出指标", "数量指标", "场次", "10场"],
        ["^", "^", "人次", "200人次"],
        ["", "", "收入", "增加"],
        ["效益指标", "经济效益指标", "就业", "增加"],
    ]
    assert paths(read(sketch(rows, page_rows=[4]))[1].lines)[-2:] == [
        "效益指标/经济效益指标/收入",
        "效益指标/经济效益指标/就业",
    ]


def test_lower_half_of_a_level_cell_on_the_next_page_takes_the_level_above() -> None:
    rows = [
        HEADER,
        ["产出指标", "数量指标", "场次", "10场"],
        ["^", "^", "人次", "200人次"],
        ["", "", "册数", "30册"],
        ["^", "质量指标", "合格率", "100%"],
    ]
    assert paths(read(sketch(rows, page_rows=[3]))[1].lines)[-2:] == [
        "产出指标/数量指标/册数",
        "产出指标/质量指标/合格率",
    ]


def test_header_repeated_on_the_next_page_is_no_indicator() -> None:
    rows = [
        HEADER,
        ["产出指标", "数量指标", "场次", "10场"],
        HEADER,
        ["效益指标", "社会效益指标", "满意度", "90%"],
    ]
    assert paths(read(sketch(rows, page_rows=[2]))[1].lines) == [
        "产出指标/数量指标/场次",
        "效益指标/社会效益指标/满意度",
    ]


@pytest.mark.parametrize("label", ["总分", "合计", "总 分", "总得分"])
def test_total_row_ends_the_block_and_is_no_indicator(label: str) -> None:
    header = [*HEADER, "分值", "得分"]
    rows = [
        header,
        ["产出指标", "数量指标", "场次", "10场", "90", "88"],
        [label, "<", "<", "<", "100", "97.5"],
        ["说明", "无", "<", "<", "<", "<"],
    ]
    found = read(sketch(rows))[1]
    assert len(found.lines) == 1
    assert [(slot.name, slot.text) for slot in found.total if slot.name in ("max_score", "score")] == [
        ("max_score", "100"),
        ("score", "97.5"),
    ]
    assert found.end == 3


LATE_HEADER = pytest.mark.xfail(
    strict=True,
    reason="three rows that end with 项目名称 are taken for the header of a flat list, the indicator for part",
)


@pytest.mark.parametrize(
    "row",
    [
        ["本表由财政部门统一制定。", "<", "<", "<"],
        ["填报人", "某甲", "<", "<"],
        ["填报人（签字）：某甲", "<", "单位负责人：某乙", "<"],
        ["主管部门", "某局", "<", "<"],
        pytest.param(["项目名称", "乙", "<", "<"], marks=LATE_HEADER),
    ],
)
def test_block_ends_where_something_else_begins(row: list[str]) -> None:
    rows = [HEADER, ["产出指标", "数量指标", "场次", "10场"], row]
    found = read(sketch(rows))[1]
    assert paths(found.lines) == ["产出指标/数量指标/场次"]
    assert found.end == 2


def test_row_without_indicator_and_value_is_none() -> None:
    rows = [HEADER, ["产出指标", "数量指标", "", ""], ["效益指标", "社会效益指标", "满意度", ""]]
    assert paths(read(sketch(rows))[1].lines) == ["效益指标/社会效益指标/满意度"]


def test_two_sets_side_by_side() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "三年场次", "30场", "数量指标", "当年场次", "10场"],
        ["^", "质量指标", "合格率", "98%", "", "", ""],
    ]
    table = sketch(rows)
    (block,) = find_blocks(table, WORDS)
    assert block.groups == 2
    assert measures(read_rows(table, block, WORDS, ["total", "annual"]).lines) == [
        {
            "scope": "total",
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": "三年场次",
            "target": "30场",
        },
        {
            "scope": "annual",
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": "当年场次",
            "target": "10场",
        },
        {"scope": "total", "level1": "产出指标", "level2": "质量指标", "level3": "合格率", "target": "98%"},
    ]


def test_two_sets_one_below_the_other() -> None:
    rows = [
        ["总目标绩效指标", "<", "<", "<"],
        HEADER,
        ["产出指标", "数量指标", "三年场次", "30场"],
        ["年度绩效指标", "<", "<", "<"],
        HEADER,
        ["产出指标", "数量指标", "当年场次", "10场"],
    ]
    table = sketch(rows)
    blocks, first = read(table, count=2)
    assert paths(first.lines) == ["产出指标/数量指标/三年场次"]
    second = read_rows(table, blocks[1], WORDS, [""])
    assert paths(second.lines) == ["产出指标/数量指标/当年场次"]


def test_target_over_three_columns() -> None:
    header = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    (found,) = rows_of([header, ["产出指标", "数量指标", "场次", "≥", "10", "场"]])
    assert (found["operator"], found["target"], found["target_unit"]) == ("≥", "10", "场")


def test_points_behind_the_upper_levels_are_the_levels_own() -> None:
    header = ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "指标值"]
    (found,) = rows_of([header, ["产出指标", "50", "数量指标", "20", "场次", "10", "10场"]])
    assert (found["level1_points"], found["level2_points"], found["max_score"]) == ("50", "20", "10")


def test_two_levels_are_enough() -> None:
    header = ["一级指标", "二级指标", "指标内容", "指标值"]
    assert rows_of([header, ["产出指标", "数量", "场次", "10场"]])[0]["level3"] == "场次"
    assert rows_of([["一级指标", "二级指标", "指标值"], ["产出", "场次", "10场"]]) == [
        {"level1": "产出", "level2": "场次", "target": "10场"}
    ]


def test_cell_under_two_headings_goes_to_the_lowest_level() -> None:
    rows = [HEADER, ["满意度指标", "游客满意度", "<", "90%"]]
    (found,) = rows_of(rows)
    assert (found["level1"], found["level3"], found.get("level2", "")) == ("满意度指标", "游客满意度", "")


@pytest.mark.parametrize(
    "rows",
    [
        [["项目名称", "养护"], ["主管部门", "某局"]],
        [["科目", "预算数", "执行数"], ["基本支出", "1.00", "1.00"]],
        [["一级指标", "二级指标", "三级指标"], ["产出", "数量", "场次"]],  # nothing measured
    ],
)
def test_other_tables_are_no_indicator_blocks(rows: Rows) -> None:
    assert find_blocks(sketch(rows), WORDS) == []


def test_heading_set_wide_over_two_guessed_columns_is_one() -> None:
    rows = [[*HEADER, "备", "注"], ["产出指标", "数量指标", "养护面积", "12", "见附表", "<"]]
    assert rows_of(rows)[0]["note"] == "见附表"


# Recognised tables


SEEN = [["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]]
ROW = ["产出指标", "数量指标", "养护面积", "12", "12", "20", "18"]


@pytest.mark.parametrize("misread", ["三级指标出", "三级旨标", "平三级指标."])
def test_heading_misread_by_a_character_is_known_beside_the_others(misread: str) -> None:
    header = [*SEEN[0][:2], misread, *SEEN[0][3:]]
    assert [c.role for c in find_blocks(sketch([header, ROW], is_seen=True), WORDS)[0].columns][2] == "level3"
    printed = find_blocks(sketch([header, ROW]), WORDS)
    assert not printed or "level3" not in [c.role for c in printed[0].columns]


def test_text_unlike_any_heading_names_no_column() -> None:
    header = [*SEEN[0][:2], "三级指标", "责任处室", *SEEN[0][3:]]
    (block,) = find_blocks(sketch([header, [*ROW[:3], "一处", *ROW[3:]]], is_seen=True), WORDS)
    assert len(block.columns) == len(SEEN[0])


def test_header_misread_again_after_the_break_begins_no_other_table() -> None:
    header = ["一级指标", "权重", "二级指标", "三级指标", "分值", "得分"]
    row = ["决策", "10", "立项", "依据", "5", "5"]
    again = [*header[:3], "绩效.", *header[4:]]
    table = sketch([header, row, again, ["过程", "20", "资金", "执行率", "5", "4"]], page_rows=(2,), is_seen=True)
    assert paths(read(table)[1].lines) == ["决策/立项/依据", "过程/资金/执行率"]


@pytest.mark.parametrize("is_seen", [True, False])
def test_cell_that_two_indicators_share_is_doubted_on_a_scan(is_seen: bool) -> None:
    rows = [*SEEN, ROW, ["^", "^", "绿化面积", "^", "8", "10", "9"]]
    lines = read(sketch(rows, is_seen=is_seen))[1].lines
    doubted = {role for line in lines for role, slots in line.texts.items() for slot in slots if slot.doubts}
    assert doubted == ({"target"} if is_seen else set())


def test_total_is_known_behind_the_rest_of_a_seal() -> None:
    rows = [*SEEN, ROW, ["脚 在\n总分", "<", "<", "<", "<", "100", "96"]]
    found = read(sketch(rows, is_seen=True))[1]
    assert len(found.lines) == 1
    assert [slot.text for slot in found.total if slot.name == "score"] == ["96"]


@pytest.mark.parametrize("is_seen", [True, False])
def test_level_whose_column_another_cell_covers_is_doubted_on_a_scan(is_seen: bool) -> None:
    rows = [*SEEN, ROW, ["效益指标 社会效益指标 绿化", "<", "<", "8", "8", "10", "9"]]
    last = read(sketch(rows, is_seen=is_seen))[1].lines[-1]
    assert {role for role, slots in last.texts.items() if slots[0].doubts} == (
        {"level1", "level2"} if is_seen else set()
    )
