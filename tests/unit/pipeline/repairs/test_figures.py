"""Figures repaired by arithmetic: only the one doubtful operand, and only where a second fact speaks for it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Row
from pipeline.repairs.book import Book
from pipeline.repairs.figures import repair_figures
from tests.unit.pipeline.repairs.scanned_form import FILING, filing, indicators, row


def money(total: str, fiscal: str, carried: str, other: str = "0.00") -> list[Row]:
    items = ("年度资金总额", "当年财政拨款", "上年结转资金", "其他资金")
    lines = [
        row("funds", number, item=item, annual_budget_yuan=amount)
        for number, (item, amount) in enumerate(zip(items, (total, fiscal, carried, other), strict=True), 1)
    ]
    return [Row(line.table, line.row_id, {**line.values, "scope": "annual"}, line.provenance) for line in lines]


def repaired(*rows: Row) -> tuple[dict[str, Row], list[Row]]:
    book = Book("d", list(rows))
    repair_figures(book)
    done = book.done()
    return {each.row_id: each for each in done if each.table != "repairs"}, [r for r in done if r.table == "repairs"]


def test_a_digit_of_like_shape_is_put_right_where_the_sum_asks_for_it() -> None:
    rows, repairs = repaired(filing("self_evaluation"), *money("128000.00", "~106000.00", "20000.00", "2000.00"))
    assert rows[f"{FILING}-f002"].values["annual_budget_yuan"] == Decimal("106000.00"), "the sum agrees: nothing to do"
    rows, repairs = repaired(filing("self_evaluation"), *money("128000.00", "~186000.00", "20000.00", "2000.00"))
    mended = rows[f"{FILING}-f002"]
    assert mended.values["annual_budget_yuan"] == Decimal("106000.00")
    assert mended.receipts("annual_budget_yuan")[0].raw_text == "186000.00"
    assert mended.receipts("annual_budget_yuan")[0].repair.startswith("arithmetic 0.9")
    assert mended.is_flagged("annual_budget_yuan"), "a repaired value stays flagged"
    (entry,) = repairs
    assert (entry.values["state"], entry.values["before"], entry.values["after"]) == (
        "accepted", "186000.00", "106000.00",
    )  # fmt: skip


@pytest.mark.parametrize("total", ["~128000.00", "128000.00"])
def test_two_doubtful_operands_are_left_alone(total: str) -> None:
    rows, repairs = repaired(filing("self_evaluation"), *money(total, "~186000.00", "~20000.00"))
    assert rows[f"{FILING}-f002"].values["annual_budget_yuan"] == Decimal("186000.00")
    assert not repairs


def test_a_sure_value_is_never_touched_though_the_sum_is_wrong() -> None:
    rows, repairs = repaired(filing("self_evaluation"), *money("128000.00", "186000.00", "20000.00"))
    assert rows[f"{FILING}-f002"].values["annual_budget_yuan"] == Decimal("186000.00")
    assert not repairs


def test_a_value_that_no_confusion_explains_is_left_alone() -> None:
    rows, repairs = repaired(filing("self_evaluation"), *money("128000.00", "~999.00", "20000.00"))
    assert rows[f"{FILING}-f002"].values["annual_budget_yuan"] == Decimal("999.00")
    assert not repairs


def test_what_another_engine_reads_needs_a_second_equation() -> None:
    one = money("128000.00", "~945.00|108000.00", "20000.00")
    rows, (entry,) = repaired(filing("self_evaluation"), *one)
    assert rows[f"{FILING}-f002"].values["annual_budget_yuan"] == Decimal("945.00")
    assert (entry.values["state"], entry.values["after"]) == ("suggested", "108000.00")
    assert "repair_possible" in rows[f"{FILING}-f002"].receipts("annual_budget_yuan")[0].doubts


def test_points_are_a_hundred_in_all() -> None:
    lines = [("产出指标", "数量指标", f"指标{n}", "10", "10") for n in range(8)]
    rows, (entry,) = repaired(
        filing("self_evaluation"), *indicators(*lines, ("满意度指标", "满意度指标", "满意度", "~16", "10")),
        row("funds", 1, item="年度资金总额", max_score="10", score="10"),
    )  # fmt: skip
    assert rows[f"{FILING}-i009"].values["max_score"] == Decimal(10)
    assert entry.values["evidence"].startswith("100 points in all")


def test_a_row_that_was_lost_is_no_digit_that_was_lost() -> None:
    lines = [("产出指标", "数量指标", f"指标{n}", "10", "8") for n in range(7)]  # of an eighth nothing was seen
    rows, (entry,) = repaired(
        filing("self_evaluation"), *indicators(*lines, ("满意度指标", "满意度指标", "满意度", "~10", "9")),
        row("funds", 1, item="年度资金总额", max_score="10", score="10"),
    )  # fmt: skip
    assert rows[f"{FILING}-i008"].values["max_score"] == Decimal(10)
    assert (entry.values["state"], entry.values["after"]) == ("suggested", "20")


def test_full_marks_are_a_second_fact_and_points_alone_are_none() -> None:
    lines = [("产出指标", "数量指标", f"指标{n}", "10", "8") for n in range(7)]
    money_row = row("funds", 1, item="年度资金总额", max_score="15", score="10")
    for score, state in (("15", "accepted"), ("4", "suggested")):
        last = ("满意度指标", "满意度指标", "满意度", "~5", score)
        rows, (entry,) = repaired(filing("self_evaluation"), *indicators(*lines, last), money_row)
        assert entry.values["state"] == state
        assert rows[f"{FILING}-i008"].values["max_score"] == Decimal("15" if state == "accepted" else "5")


def test_a_part_of_which_nothing_was_seen_leaves_the_sum_open() -> None:
    total, fiscal, carried, other = money("128000.00", "~106000.00", "20000.00")
    blank = {name: value for name, value in carried.values.items() if name != "annual_budget_yuan"}
    unseen = Row(carried.table, carried.row_id, blank, carried.receipts("item"))
    assert not repaired(filing("self_evaluation"), total, fiscal, unseen, other)[1]


def test_a_rate_follows_from_its_money() -> None:
    for read, meant in (("~33.00%", "33.00"), ("~7500%", "75.00"), ("~15.00%", "75.00")):
        line = row(
            "funds", 1, item="资金总额", annual_budget_yuan="200.00", executed_yuan="150.00", execution_rate=read
        )
        rows, _ = repaired(filing("self_evaluation"), line)
        assert rows[line.row_id].values["execution_rate"] == Decimal(meant), read


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.booleans())
def test_a_sum_that_closes_changes_nothing(fiscal: int, carried: int, doubtful: bool) -> None:
    mark = "~" if doubtful else ""
    rows = money(f"{fiscal + carried}", f"{mark}{fiscal}", f"{carried}")
    done, repairs = repaired(filing("self_evaluation"), *rows)
    assert not repairs
    assert [done[each.row_id] for each in rows] == rows
