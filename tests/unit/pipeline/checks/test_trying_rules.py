"""What becomes rows of `checks`, and that no row of a form can break the checking of its document."""

import json
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from made_rows import checks, funds, head, indicator, row

from pipeline.checks.run import check_rows
from pipeline.flatten import flatten
from pipeline.records import DocumentRecord, Row

FORM = [
    head(start_date="2024-01-01", end_date="2024-12-31"),
    *funds("total", {"项目资金总额": 500, "财政资金": 400, "其他资金": 100}),
    *funds("annual", {"年度资金申请总额": 300, "当年财政拨款": 180, "其他资金": 100}),
    *(indicator(n, f"站点{n}数", "≥40个") for n in range(1, 5)),
]


def test_rows_are_numbered_in_the_order_of_the_rules() -> None:
    found = check_rows("d", FORM)
    assert [each.row_id for each in found] == [f"d-001-k{n:03d}" for n in range(1, len(found) + 1)]
    assert [each.values["rule"] for each in found][:4] == ["F1", "F2", "F3", "F4"]
    assert check_rows("d", FORM) == found


def test_every_rule_and_filing_has_one_row_unless_it_fails_in_several_places() -> None:
    found = [each.values["rule"] for each in check_rows("d", FORM)]
    assert len(found) == len(set(found))
    assert {"S1", "R1", "F5"}.isdisjoint(found)  # a form that has no such block


def test_a_rule_tried_on_many_rows_says_on_how_many_it_passed() -> None:
    [found] = checks(FORM, "I5")
    assert (found.values["outcome"], found.values["actual"], found.values["operands"]) == ("pass", "4 / 4", None)


def test_what_could_not_be_decided_names_the_doubtful_cells() -> None:
    [found] = checks([*FORM, indicator(9, "灯数", "≥4个", doubted=["target_value"])], "I5")
    assert (found.values["outcome"], found.values["actual"]) == ("insufficient", "1 / 5")
    assert json.loads(str(found.values["operands"]))[-1] == ["indicators.d-001-i009.target_value", "4"]


def test_rows_fit_the_table() -> None:
    rows = (*FORM, *check_rows("d", FORM))
    kept = [
        Row(r.table, r.row_id, {**r.values, **({"document_id": "d"} if r.table == "filings" else {})}) for r in rows
    ]
    flat = flatten(DocumentRecord("d", "d.pdf", "", rows=tuple(kept)))
    assert len(flat.tables["checks"]) == len(check_rows("d", FORM))


NUMBER = st.none() | st.decimals(-(10**25), 10**25, allow_nan=False, allow_infinity=False, places=6)
TEXT = st.none() | st.text("≥%15个分合计。次()（）年-提高", max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_read_can_be_checked(data: st.DataObject) -> None:
    def some(*columns: str, of: st.SearchStrategy[object] = NUMBER) -> dict[str, Decimal]:
        return {column: data.draw(of) for column in columns}  # type: ignore[misc]

    kind = data.draw(st.sampled_from(["declaration", "self_evaluation", "evaluation_report"]))
    money = ("amount_yuan", "initial_budget_yuan", "annual_budget_yuan", "executed_yuan", "execution_rate")
    points = ("max_score", "score")
    rows = [head(kind, start_date="2024", end_date="2024-05", **some("total_score"))]
    for number, item in enumerate(["年度资金总额", "当年财政拨款", "其他资金"]):
        rows.append(row("funds", number, {"scope": "annual", "item": item, **some(*money, *points)}))
    texts = ("level1", "level2", "level3", "target_raw", "target_unit", "actual_raw", "note")
    figures = ("target_value", "actual_value", *points, "level1_points")
    for number in range(3):
        rows.append(row("indicators", number, {"target_operator": "<=", **some(*texts, of=TEXT), **some(*figures)}))
        rows.append(row("evaluation_scores", number, {**some("level3", "criteria", of=TEXT), **some(*points)}))
    assert all(found.table == "checks" for found in check_rows("d", rows))
