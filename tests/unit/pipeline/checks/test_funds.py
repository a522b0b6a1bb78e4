"""Totals, parts, rates: what adds up passes, what does not fails, what was not read with confidence stays open."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rows import checks, funds, head, messages, outcomes, row

ANNUAL = {"年度资金申请总额": 300, "当年财政拨款": 180, "上年结转资金": 20, "其他资金": 100}
TOTAL = {"项目资金总额": 500, "财政资金": 400, "其他资金": 100}


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, "pass"),
        ({"其他资金": 90}, "fail"),
        ({"其他资金": None}, "fail"),
        ({"年度资金申请总额": None}, "insufficient"),
    ],
)
def test_the_years_total_is_the_sum_of_its_parts(change: dict[str, int | None], outcome: str) -> None:
    assert outcomes([head(), *funds("annual", {**ANNUAL, **change})], "F2") == [outcome]


def test_a_sum_says_what_it_compared_and_by_how_much_it_is_off() -> None:
    [found] = checks([head(), *funds("total", {**TOTAL, "其他资金": 90})], "F1")
    assert found.row_id == "d-001-k001"
    assert found.values["message"] == "the project's total is 500, its parts make 490"
    assert (found.values["expected"], found.values["actual"], found.values["difference"]) == ("490", "500", Decimal(10))
    assert str(found.values["operands"]).startswith('[["funds.d-001-f001.amount_yuan", "500"]')


def test_a_doubtful_amount_never_fails() -> None:
    rows = [head(), *funds("annual", {**ANNUAL, "其他资金": 7}, doubted=["其他资金"])]
    assert outcomes(rows, "F2") == ["insufficient"]


def test_a_form_without_parts_is_not_asked() -> None:
    assert outcomes([head(), *funds("annual", {"本年度预算金额": 300})], "F2") == []
    assert (
        outcomes(
            [head(), *funds("annual", {**ANNUAL, "当年财政拨款": None, "上年结转资金": None, "其他资金": None})], "F2"
        )
        == []
    )


def test_a_blank_in_a_picture_may_have_been_missed() -> None:
    lines = {**ANNUAL, "其他资金": None}
    seen = [row("funds", n, {"scope": "annual", "item": item, "amount_yuan": amount}, seen=True)
            for n, (item, amount) in enumerate(lines.items())]  # fmt: skip
    assert outcomes([head(), *seen], "F2") == ["insufficient"]


def test_an_unknown_item_leaves_a_sum_open() -> None:
    assert outcomes([head(), *funds("annual", {**ANNUAL, "其他资金": 50, "彩票公益金": 50})], "F2") == ["insufficient"]


def test_what_was_carried_over_may_stand_inside_the_public_money() -> None:
    lines = {"年度资金申请总额": 300, "财政拨款": 200, "上年结转资金": 20, "其他资金": 100}
    assert outcomes([head(), *funds("annual", lines)], "F2") == ["pass"]


def test_amounts_in_ten_thousands_may_be_off_by_their_last_place() -> None:
    lines = [("年度资金申请总额", 177400, "17.74"), ("当年财政拨款", 88750, "8.875"), ("其他资金", 88700, "8.87")]
    rows = [
        row("funds", n, {"scope": "annual", "item": item, "amount_yuan": Decimal(yuan)})
        for n, (item, yuan, _) in enumerate(lines)
    ]
    assert outcomes([head(), *rows], "F2") == ["fail"]  # printed in yuan
    printed = [
        type(each)(each.table, each.row_id, each.values,
                   tuple(type(r)(r.column_name, 1, r.box, raw if r.column_name == "amount_yuan" else r.raw_text)
                         for r in each.provenance))
        for each, (_, _, raw) in zip(rows, lines, strict=True)
    ]  # fmt: skip
    assert outcomes([head(), *printed], "F2") == ["pass"]


def test_a_reason_in_a_note_makes_a_failure_a_remark() -> None:
    rows = [head(), *funds("annual", {**ANNUAL, "其他资金": 50})]
    assert [found.values["severity"] for found in checks(rows, "F2")] == ["error"]
    rows.append(row("fields", 1, {"label": "说明", "value": "差额为已在上年安排的款项，差异原因见附件。"}))
    assert [found.values["severity"] for found in checks(rows, "F2")] == ["info"]


AMOUNTS = st.decimals(0, 10**8, places=2, allow_nan=False)


@given(st.lists(AMOUNTS, min_size=3, max_size=3), st.permutations(range(4)), st.sampled_from([1, 10_000]), AMOUNTS)
def test_sums_hold_in_every_unit_and_order(
    parts: list[Decimal], order: list[int], unit: int, error: Decimal
) -> None:  # fmt: skip
    wording = list(ANNUAL)
    amounts = [sum(parts, Decimal(0)), *parts]
    shuffled = {wording[at]: amounts[at] * unit for at in order}
    if any(parts):
        assert outcomes([head(), *funds("annual", shuffled)], "F2") == ["pass"]
    shuffled["年度资金申请总额"] += error * unit + 1
    rows = [head(), *funds("annual", shuffled, doubted=[wording[order[0]]])]
    assert "fail" not in outcomes(rows, "F2")


def test_the_year_is_part_of_the_project() -> None:
    rows = [head(), *funds("total", TOTAL)]
    assert outcomes([*rows, *funds("annual", ANNUAL)], "F3") == ["pass"]
    assert messages([*rows, *funds("annual", {"年度资金申请总额": 600})], "F3") == [
        "the year's money is 600, the whole project's 500"
    ]
    assert outcomes(rows, "F3") == []


def test_a_project_of_one_year_has_one_total() -> None:
    rows = [*funds("total", TOTAL), *funds("annual", ANNUAL)]
    one_year = head(start_date="2024-01-01", end_date="2024-12-31")
    assert outcomes([one_year, *rows], "F4") == ["fail"]
    assert outcomes([head(start_date="2024-01-01", end_date="2026-12-31"), *rows], "F4") == ["not_applicable"]
    assert outcomes([head(), *rows], "F4") == []


def test_public_money_comes_from_the_levels_of_government() -> None:
    lines = {"当年预算": 100, "财政拨款": 100, "上级财政拨款": 60, "本级财政安排": 40, "下级财政配套": None}
    assert outcomes([head(), *funds("annual", lines)], "F5") == ["pass"]
    assert outcomes([head(), *funds("annual", {**lines, "本级财政安排": 30})], "F5") == ["fail"]
    assert outcomes([head(), *funds("annual", lines)], "F2") == ["pass"]


def spent(budget: float, executed: float, **more: float) -> list:
    values = {"scope": "annual", "item": "年度资金总额", "annual_budget_yuan": budget, "executed_yuan": executed}
    return [head("self_evaluation"), row("funds", 1, {**values, **more})]


def test_a_rate_is_of_the_whole_years_budget() -> None:
    assert outcomes(spent(231.0, 144.65, execution_rate=62.62), "S2") == ["pass"]
    assert messages(spent(231.0, 144.65, execution_rate=63.62), "S2") == [
        "年度资金总额: the rate is 63.62, it should be 62.62"
    ]
    [wrong] = messages(spent(200.0, 100.0, execution_rate=40.0, initial_budget_yuan=250.0), "S2")
    assert "budget at the start of the year" in wrong
    assert outcomes(spent(0.0, 0.0, execution_rate=0.0), "S2") == ["pass"]
    assert outcomes(spent(231.0, 144.65), "S2") == []


def test_a_column_of_a_self_evaluation_adds_up_by_itself() -> None:
    rows = [head("self_evaluation")]
    for number, (item, first, done) in enumerate(
        [("年度资金总额", 100, 90), ("当年财政拨款", 80, 80), ("其他资金", 20, 5)]
    ):
        values = {
            "scope": "annual",
            "item": item,
            "initial_budget_yuan": Decimal(first),
            "executed_yuan": Decimal(done),
        }
        rows.append(row("funds", number, values))
    assert messages(rows, "S1") == ["executed_yuan: the total is 90, its parts make 85"]


def test_no_more_is_spent_than_the_budget() -> None:
    assert outcomes(spent(100.0, 100.0), "S3") == ["pass"]
    assert outcomes(spent(100.0, 101.0), "S3") == ["fail"]


def test_the_budget_is_the_first_one_and_its_change() -> None:
    assert outcomes(spent(80.0, 1.0, initial_budget_yuan=100.0, adjustment_yuan=-20.0), "S4") == ["pass"]
    assert outcomes(spent(90.0, 1.0, initial_budget_yuan=100.0, adjustment_yuan=-20.0), "S4") == ["fail"]
    assert outcomes(spent(90.0, 1.0, initial_budget_yuan=100.0), "S4") == []


def test_points_for_spending_follow_from_the_rate_and_end_at_ten() -> None:
    assert outcomes(spent(200.0, 100.0, score=5.0, max_score=10.0), "S5") == ["pass"]
    assert outcomes(spent(100.0, 120.0, score=10.0, max_score=10.0), "S5") == ["pass"]
    assert outcomes(spent(200.0, 100.0, score=10.0, max_score=10.0), "S5") == ["fail"]
