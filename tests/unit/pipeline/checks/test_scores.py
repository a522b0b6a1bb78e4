"""Results and scores of a self-evaluation."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rows import head, indicator, messages, outcomes, row

from pipeline.checks.scores import score_due
from pipeline.records import Row

SELF = head("self_evaluation", template="s1_self_evaluation", total_score=96.0)


def measured(*lines: tuple[str, str, float, float], **more: str | None) -> list[Row]:
    """Target, result, points and score of each."""
    rows = [
        indicator(n, f"指标{n}", target, actual_raw=actual, max_score=most, score=score, **more)
        for n, (target, actual, most, score) in enumerate(lines, 1)
    ]
    money = {"scope": "annual", "item": "年度资金总额", "max_score": 10.0, "score": 10.0}
    return [SELF, row("funds", 1, money), *rows]


GOOD = [("≥90%", "95%", 40.0, 40.0), ("≤10天", "12天", 30.0, 24.0), ("提高", "较上年提高两成", 20.0, 20.0)]


@pytest.mark.parametrize("rule", ["S6", "S7", "S9", "S10", "S11", "S13", "S16"])
def test_a_proper_form_passes(rule: str) -> None:
    assert outcomes(measured(*GOOD), rule) == ["pass"]


def test_the_points_make_a_hundred() -> None:
    assert messages(measured(*GOOD[:2]), "S7") == ["the points make 80"]
    assert outcomes([*measured(*GOOD), indicator(8, "又一", "≥1")], "S7") == ["insufficient"]
    assert outcomes([SELF], "S7") == []


def test_the_score_in_all_is_the_sum_of_the_scores() -> None:
    assert messages(measured(*GOOD), "S8") == ["the score in all is 96, the scores make 94"]
    assert outcomes(measured(*GOOD[:2], ("提高", "提高", 20.0, 22.0)), "S8") == ["pass"]
    assert outcomes([head("self_evaluation"), *measured(*GOOD)[1:]], "S8") == []


def test_no_score_is_above_its_points() -> None:
    assert messages(measured(("≥9%", "9%", 10.0, 11.0)), "S6") == ["指标1: the score is 11 of 10"]
    flagged = indicator(1, "指标", "≥9%", max_score=10.0, score=11.0, doubted=["score"])
    assert outcomes([SELF, flagged], "S6") == ["insufficient"]


@pytest.mark.parametrize(
    ("operator", "target", "actual", "due"),
    [
        (">=", 95, 84, "17.68"), (">=", 95, 96, "20"), ("=", 0, 0, "20"), ("=", 0, 1, "0"), ("<=", 10, 12, "16.00"),
        ("<=", 10, 20, "0"), ("<=", 0, 1, "0"), ("<=", 0, 0, "20"), (">=", 0, -3, "20"), (">=", 10, -3, "0"),
    ],
)  # fmt: skip
def test_scores_as_systems_compute_them(operator: str, target: int, actual: int, due: str) -> None:
    assert score_due(operator, Decimal(target), Decimal(actual), Decimal(20)) == Decimal(due)


FIGURE = st.decimals(0, 1000, places=2, allow_nan=False)


@given(st.sampled_from([">", ">=", "=", "<=", "<"]), FIGURE, FIGURE, st.decimals("0.5", 100, places=1))
def test_a_computed_score_stays_within_its_points(
    operator: str, target: Decimal, actual: Decimal, weight: Decimal
) -> None:
    assert 0 <= score_due(operator, target, actual, weight) <= weight


def test_a_score_follows_from_its_result() -> None:
    assert messages(measured(("≥95%", "84%", 20.0, 20.0)), "S9") == [
        "指标1: the score is 20, by target and result it should be 17.68"
    ]
    assert messages(measured(("完善", "部分达成", 20.0, 19.0)), "S9") == [
        "指标1: the score is 19, by target and result it should be 16"
    ]
    assert outcomes(measured(("≥95%", "84户", 20.0, 20.0)), "S9") == []  # not to be compared


def test_a_target_far_below_the_result_is_told() -> None:
    assert messages(measured(("≥10次", "12次", 9.0, 9.0)), "S10") == ["指标1: the result is 12, the target 10"]
    assert outcomes(measured(("≤10次", "3次", 9.0, 9.0)), "S10") == []


def test_results_that_were_hardly_measured_are_told() -> None:
    lines = [("≥10次", "10次", 30.0, 30.0)] * 3
    assert messages(measured(*lines), "S11") == ["all 3 results are exactly their targets", "all 3 scores are full"]
    assert outcomes(measured(*lines[:2]), "S11") == []


def test_lost_points_need_a_reason() -> None:
    lost = ("≥10次", "8次", 30.0, 24.0)
    assert messages(measured(lost), "S12") == ["指标1: points were lost, and no reason is given"]
    assert messages(measured(("≥10次", "8次", 30.0, 30.0)), "S12") == [
        "指标1: the target was missed, and no reason is given"
    ]
    assert outcomes(measured(lost, note="雨季停工"), "S12") == ["pass"]
    seen = indicator(1, "指标", "≥10次", actual_raw="8次", max_score=30.0, score=24.0, seen=True)
    assert outcomes([SELF, seen], "S12") == ["insufficient"]
    assert outcomes([head("self_evaluation"), *measured(lost)[1:]], "S12") == []  # no column for it, as far as is known


def test_results_that_repeat_their_targets_are_one_remark() -> None:
    rows = measured(("提高", "提高", 10.0, 10.0), ("完善", "完善", 10.0, 10.0))
    assert messages(rows, "S13") == ["指标1; 指标2: the result only repeats the target"]


def test_a_grade_is_that_of_the_score() -> None:
    grade = row("fields", 1, {"label": "评价等级", "value": "良"})
    assert messages([SELF, grade], "S14") == ["the grade is 良, by the score it should be 优"]
    assert outcomes([SELF, row("fields", 1, {"label": "评价等级", "value": "优秀"})], "S14") == ["pass"]
    assert outcomes([SELF], "S14") == []


def test_warnings_that_finance_systems_show() -> None:
    money = {
        "scope": "annual",
        "item": "年度资金总额",
        "max_score": 10.0,
        "score": 5.0,
        "annual_budget_yuan": 100.0,
        "executed_yuan": 50.0,
    }
    rows = [SELF, row("funds", 1, money), indicator(1, "指标", "≥1", max_score=90.0, score=90.0)]
    assert messages(rows, "S15") == [
        "red: the indicators did better than the spending, by 50 percent",
        "yellow: 50 percent of the budget were not spent",
    ]
    even = {**money, "score": 10.0, "executed_yuan": 99.0}
    assert outcomes([SELF, row("funds", 1, even), *rows[2:]], "S15") == ["pass"]


def test_target_and_result_have_one_unit_and_way() -> None:
    assert messages(measured(("≥40个", "95%", 9.0, 9.0)), "S16") == ["指标1: the target is in 个, the result in %"]
    assert messages(measured(("≥95%", "≤96%", 9.0, 9.0)), "S16") == ["指标1: the target is ≥95%, the result ≤96%"]
    assert outcomes(measured(("提高", "提高", 9.0, 9.0)), "S16") == []
