"""Scoring tables: what makes one, codes apart from names, several printings made one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text_grids import Rows, head, measures, paths, sketch

from normalizers.form import Form
from normalizers.form_reader import read_forms
from normalizers.score_table import (
    Cited,
    ScoreRow,
    coded_levels,
    is_measured,
    is_scoring,
    merge_printings,
    odd_codes,
    split_level_code,
)

SHORT = ["一级指标", "二级指标", "三级指标", "分值", "得分"]
LONG = [*SHORT, "评分标准", "评分说明"]
FULL = [
    ["A决策", "A1立项", "A11立项依据充分性", "20", "20"],
    ["^", "^", "A12立项程序规范性", "10", "9"],
    ["B过程", "B1资金", "B11预算执行率", "30", "25"],
    ["C产出", "C1数量", "C11河道保洁长度", "40", "36"],
]


def form(*rows: Rows) -> Form:
    (found,) = read_forms(sketch([row for part in rows for row in part]))
    return found


def explained(rows: Rows) -> list[list[str]]:
    """The rows with a rule and a finding."""
    return [[*row, f"规则{i}", f"说明{i}"] for i, row in enumerate(rows)]


def merged(*forms: Form, doubtful: tuple[str, ...] = ()) -> list[ScoreRow]:
    return merge_printings(forms, lambda cited: cited.slot.text not in doubtful)


def column(rows: list[ScoreRow], role: str) -> list[str]:
    return [row.text(role) for row in rows]


NAMES = ["A11立项依据充分性", "A12立项程序规范性", "B11预算执行率", "C11河道保洁长度"]

# What is read


def test_points_behind_each_level_are_that_level_s() -> None:
    header = ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "指标解释", "评价标准", "得分", "扣分原因"]
    found = form([header], [["决策", "20", "立项", "8", "立项依据", "4", "解释", "标准", "3", "缺材料"]])
    (row,) = measures(found.indicators)
    assert (row["level1_points"], row["level2_points"], row["max_score"], row["score"]) == ("20", "8", "4", "3")
    assert (row["content"], row["scoring_rule"], row["note"]) == ("解释", "标准", "缺材料")


@pytest.mark.parametrize(
    "rows",
    [
        [FULL[0], FULL[1], ["小计", "", "", "30", "29"], FULL[2], ["小计", "", "", "30", "25"], FULL[3]],
        [FULL[0], FULL[1], ["^", "小计", "<", "30", "29"], FULL[2], ["^", "小计", "<", "30", "25"], FULL[3]],
        [FULL[0], FULL[1], ["决策小计", "<", "<", "30", "29"], FULL[2], FULL[3]],
    ],
    ids=["own row", "under its level", "with its name"],
)
@pytest.mark.parametrize("total", ["合计", "总分", "综合得分"])
def test_subtotals_are_no_indicators_and_end_nothing(rows: list[list[str]], total: str) -> None:
    found = form([SHORT], rows, [[total, "<", "<", "100", "90"]])
    assert [path.split("/")[2] for path in paths(found.indicators)] == NAMES
    assert head(found)["total_score"] == "90"


def test_last_of_several_subtotals_is_no_total() -> None:
    found = form([SHORT], FULL[:2], [["小计", "", "", "30", "29"]], FULL[2:], [["小计", "", "", "70", "61"]])
    assert len(found.indicators) == 4
    assert "total_score" not in head(found)


def test_a_table_with_scores_or_rules_is_a_scoring_table() -> None:
    assert is_scoring(form([SHORT], FULL))
    rules = [["一级指标", "二级指标", "三级指标", "分值", "评分标准"], ["决策", "立项", "依据", "20", "标准"]]
    assert is_scoring(form(rules))


def test_targets_with_what_was_reached_are_measured_and_not_scored() -> None:
    targets = form(
        [["一级指标", "二级指标", "三级指标", "年度指标值", "完成值"]], [["产出", "数量", "长度", "12", "12"]]
    )
    assert is_measured(targets)
    assert not is_scoring(targets)
    assert not is_measured(form([SHORT], FULL))


# Codes


@pytest.mark.parametrize(
    ("text", "level", "code", "name"),
    [
        ("A决策", 1, "A", "决策"),
        ("A 决策", 1, "A", "决策"),
        ("A.决策", 1, "A", "决策"),
        ("A1立项", 2, "A1", "立项"),
        ("A-1立项", 2, "A-1", "立项"),
        ("1.1立项", 2, "1.1", "立项"),
        ("A11 立项依据", 3, "A11", "立项依据"),
        ("A101立项依据", 3, "A101", "立项依据"),
        ("A1-1立项依据", 3, "A1-1", "立项依据"),
        ("1.1.1立项依据", 3, "1.1.1", "立项依据"),
    ],
)
def test_code_is_split_from_the_name(text: str, level: int, code: str, name: str) -> None:
    assert split_level_code(text, level) == (code, name)


@pytest.mark.parametrize(
    "text", ["5G基站数", "3公里以上河道", "PM2.5浓度", "A级景区数", "12345热线办结率", "立项依据A1"]
)
def test_names_with_figures_and_letters_have_no_code(text: str) -> None:
    assert split_level_code(text, 3) == (None, text)


@given(
    st.sampled_from(["A", "B1", "C-2", "D11", "E101", "F1-2", "1.2", "1.2.3", ""]),
    st.sampled_from(["", " ", "."]),
    st.text("立项依据充分性预算执行率", min_size=1, max_size=8),
    st.integers(1, 3),
)
def test_code_and_name_join_to_what_is_printed(code: str, between: str, name: str, level: int) -> None:
    text = f"{code}{between if code else ''}{name}"
    found, rest = split_level_code(text, level)
    assert text.startswith(found or "")
    assert text.endswith(rest)
    assert text[len(found or "") : len(text) - len(rest)] in ("", between)


def test_one_name_like_a_code_makes_no_column_of_codes() -> None:
    rows = merged(form([SHORT], FULL))
    assert coded_levels(rows) == {"level1", "level2", "level3"}
    plain = [["决策", "立项", name, "20", "20"] for name in ("G20会场布置", "会务保障", "安保人次", "志愿者人数")]
    assert coded_levels(merged(form([SHORT], plain))) == set()


@pytest.mark.parametrize(
    ("level3", "odd"),
    [
        ("B11预算执行率", set()),
        ("B1资金", {"level3"}),  # the level above in its place
        ("执行率", {"level3"}),  # the lower half of a cut name
        ("C11预算执行率", {"level2", "level3"}),
    ],
)
def test_code_out_of_order_is_told(level3: str, odd: set[str]) -> None:
    rows = merged(form([SHORT], [*FULL[:2], ["B过程", "B1资金", level3, "30", "25"], FULL[3]]))
    assert odd_codes(rows) == [set(), set(), odd, set()]


def test_names_without_codes_are_not_out_of_order() -> None:
    assert odd_codes(merged(form([SHORT], [["决策", "立项", "依据", "20", "20"]]))) == [set()]


# Printings


def test_names_on_which_sure_printings_differ_are_marked() -> None:
    other = [["A决策", "A1立项", "A11立项依据充足性", "20", "20"], *FULL[1:]]
    rows = merged(form([LONG], explained(FULL)), form([SHORT], other))
    assert [row.differs for row in rows] == [{"level3"}, set(), set(), set()]


def test_each_indicator_stands_once_with_what_any_printing_says() -> None:
    rows = merged(form([SHORT], FULL), form([LONG], explained(FULL)))
    assert column(rows, "level3") == NAMES
    assert column(rows, "score") == ["20", "9", "25", "36"]
    assert column(rows, "performance") == ["说明0", "说明1", "说明2", "说明3"]
    assert [len(row.support["score"]) for row in rows] == [1, 1, 1, 1]


def test_parts_with_rules_make_one_table() -> None:
    rows = merged(form([LONG], explained(FULL[:2])), form([LONG], explained(FULL[2:])), form([SHORT], FULL))
    assert sorted(column(rows, "level3")) == NAMES


def test_parts_without_rules_make_one_table_up_to_100_points() -> None:
    first, second = form([SHORT], FULL[:3]), form([SHORT], FULL[3:])
    assert column(merged(first, second), "level3") == NAMES
    other = form([SHORT], [["质量", "水质", "断面达标率", "50", "40"]])
    assert column(merged(first, second, other), "level3") == NAMES


def test_a_few_explained_indicators_do_not_hide_the_others() -> None:
    rows = merged(form([SHORT], FULL), form([LONG], explained(FULL[2:3])))
    assert column(rows, "level3") == NAMES
    assert column(rows, "scoring_rule") == ["", "", "规则0", ""]


def test_figures_that_contradict_are_both_kept_and_marked() -> None:
    other = [*FULL[:2], ["B过程", "B1资金", "B11预算执行率", "30", "24"], FULL[3]]
    rows = merged(form([LONG], explained(FULL)), form([SHORT], other))
    assert [(row.text("score"), row.differs) for row in rows if row.text("level3") == NAMES[2]] == [
        ("25", {"score"}),
        ("24", {"score"}),
    ]
    assert len(rows) == 5


def test_a_doubtful_figure_gives_way_to_a_sure_one() -> None:
    other = [*FULL[:2], ["B过程", "B1资金", "B11预算执行率", "30", "2S"], FULL[3]]
    rows = merged(form([LONG], explained(other)), form([SHORT], FULL), doubtful=("2S",))
    assert column(rows, "score") == ["20", "9", "25", "36"]
    assert not any(row.differs for row in rows)


def test_a_text_that_breaks_off_is_taken_whole_from_the_other_printing() -> None:
    cut = [["A决策", "A1立项", "A11立项依据", "20", "20", "规则", "说明"], *explained(FULL[1:])]
    rows = merged(form([LONG], cut), form([SHORT], FULL))
    assert column(rows, "level3")[0] == "A11立项依据充分性"


@given(st.lists(st.sampled_from([*FULL[2:], FULL[0]]), unique_by=lambda row: row[2]), st.booleans())
def test_no_row_of_the_leading_printing_is_lost(others: list[list[str]], is_first: bool) -> None:
    leading = form([LONG], explained(FULL))
    forms = [leading, *([form([SHORT], others)] if others else [])]
    rows = merged(*(forms if is_first else reversed(forms)))
    assert column(rows, "level3") == NAMES
    assert sum(Decimal(text) for text in column(rows, "score")) == 90


def test_nothing_printed_gives_no_rows() -> None:
    assert merged() == []


def test_text_of_a_role_that_is_not_there_is_empty() -> None:
    slot = form([SHORT], FULL).indicators[0].texts["score"][0]
    row = ScoreRow({"score": Cited(0, slot)})
    assert (row.text("score"), row.text("note")) == ("20", "")
