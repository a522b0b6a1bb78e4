"""The contradictions that evaluation reports hold: between tables, between table and text, within a sentence."""

from decimal import Decimal
from typing import Any

import pytest
from made_rows import funds, head, messages, outcomes, row

from normalizers.statements import find_statements
from pipeline.checks.reports import printed_scale
from pipeline.records import Row

SCALE = "等级划分为四档：90（含）-100分为优、80（含）-90分为良、60（含）-80分为中、60分以下为差"
EACH = "各项工作全部及时完成得满分；每发现1项工作未及时完成，扣25%权重分，扣完为止。"


def score(number: int, level: str, name: str, most: float, given: float, weight: float, **more: Any) -> Row:
    doubted = more.pop("doubted", ())
    values = {
        "level1": level, "level1_weight": weight, "level3_code": f"{level[0]}{number}", "level3": name,
        "max_score": most, "score": given, **more,
    }  # fmt: skip
    return row("evaluation_scores", number, values, doubted, doubt="printings_differ")


def satisfaction(most: float, given: float, weight: float) -> Row:
    return score(3, "B产出", "居民满意度", most, given, weight)


def report(*scores: Row, total: float = 91.0, grade: str = "优", **head_values: Any) -> list[Row]:
    conclusion = {"score": total, "grade": grade, "grading_scale": SCALE}
    return [head("evaluation_report", **head_values), row("evaluations", 1, conclusion), *scores]


SCORES = [
    score(1, "A决策", "目标明确性", 20.0, 19.0, 20.0),
    score(2, "B产出", "路灯亮灯率", 50.0, 46.0, 80.0),
    score(3, "B产出", "居民满意度", 30.0, 26.0, 80.0),
]


def test_a_report_that_adds_up_passes() -> None:
    assert outcomes(report(*SCORES), "R1") == ["pass"]


@pytest.mark.parametrize(
    ("scores", "total", "grade", "said"),
    [
        (SCORES, 92.0, "优", "the score in all is 92, the scores make 91"),
        (SCORES, 91.0, "良", "the grade is 良, by the report's own scale it should be 优"),
        ([*SCORES[:2], satisfaction(25.0, 26.0, 80.0)], 91.0, "优", "居民满意度: the score is 26 of 25"),
        ([*SCORES[:2], satisfaction(28.0, 26.0, 80.0)], 91.0, "优", "B产出 weighs 80, what stands under it 78"),
        ([*SCORES[:2], satisfaction(28.0, 26.0, 78.0)], 91.0, "优", "the points of all indicators make 98"),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_found(scores: list[Row], total: float, grade: str, said: str) -> None:
    assert said in messages(report(*scores, total=total, grade=grade), "R1")


def test_bounds_belong_to_the_better_grade() -> None:
    assert printed_scale(SCALE) == {"优": 90, "良": 80, "中": 60, "差": 0}
    assert printed_scale("90分以上为优秀，75-90分为良好，60-75分为合格，60分以下为不合格") == {
        "优": 90,
        "良": 75,
        "合": 60,
        "不": 0,
    }


def test_two_tables_that_differ_are_found_though_the_cells_are_doubted() -> None:
    twice = [
        score(n, "B产出", "居民满意度", 30.0, given, 80.0, doubted=["score"]) for n, given in ((3, 26.0), (4, 24.0))
    ]
    rows = report(*SCORES[:2], *twice)
    assert messages(rows, "R5") == ["居民满意度: one table has 26, another 24"]
    assert outcomes(rows, "R1") == ["insufficient"]  # no sum is drawn from a figure that is two figures
    assert outcomes(report(*SCORES), "R5") == ["pass"]


def test_points_in_the_text_that_differ_from_the_table_are_found() -> None:
    texts = [
        "B3 居民满意度",
        "居民总体满意。该指标满分 24 分，根据评分标准，得 26 分。",
        "B2 路灯亮灯率",
        "该指标满分50分，得46分。",
    ]
    fields = [
        row("fields", n, {"label": slot.label, "value": slot.text})
        for n, slot in enumerate(find_statements(texts, range(len(texts))))
    ]
    assert messages(report(*SCORES, *fields), "R5") == [
        "居民满意度: the text gives 24 points that can be reached, the table 30"
    ]


def test_rates_in_tables_and_text() -> None:
    line = {
        "component": "照明",
        "item": "灯具经费",
        "adjusted_yuan": 231.0,
        "paid_yuan": 144.65,
        "execution_rate": 62.62,
    }
    text = "年中调整后的预算金额为231万元，实际支出金额为144.65万元，调整后的预算执行率为{}%"
    rows = report(row("budget_lines", 1, line))
    said = row("fields", 1, {"label": "预算", "value": text.format("62.62")})
    assert outcomes([*rows, said], "R2") == ["pass"]
    rough = row("fields", 1, {"label": "预算", "value": text.format("63")})
    assert outcomes([*rows, rough], "R2") == ["pass"]
    wrong = row("fields", 1, {"label": "预算", "value": text.format("65.62")})
    assert messages([*rows, wrong], "R2") == ["预算: the rate is 65.62, it should be 62.62"]


@pytest.mark.parametrize(("given", "outcome"), [(10.0, "pass"), (7.5, "pass"), (0.0, "pass"), (8.0, "fail")])
def test_a_score_is_one_that_its_rule_can_give(given: float, outcome: str) -> None:
    assert outcomes(report(score(1, "C", "及时性", 10.0, given, 10.0, criteria=EACH)), "R3") == [outcome]


BY_RATE = "①预算执行率95%-100%，得满分；②执行率95%以下，每下降1%，扣权重1%；③预算执行率70%以下，不得分。"


@pytest.mark.parametrize(
    ("rate", "given", "outcome"),
    [
        (99.0, 5.0, "pass"),
        (93.5, 4.9, "pass"),  # two percent, as the one begun counts
        (93.5, 4.95, "pass"),  # one percent, as it does not
        (75.0, 5.0, "fail"),
        (62.62, 0.0, "pass"),
        (62.62, 3.0, "fail"),
    ],
)
def test_points_for_a_rate_follow_its_rule(rate: float, given: float, outcome: str) -> None:
    rows = report(score(1, "B", "预算执行率", 5.0, given, 5.0, criteria=BY_RATE))
    assert outcomes([*rows, *funds("annual", {"合计": rate}, "execution_rate")], "R3") == [outcome]
    assert outcomes(rows, "R3") == []


@pytest.mark.parametrize(("told", "found"), [("80%", ["fail"]), ("80%以上", [])])
def test_points_for_satisfaction_follow_its_rule(told: str, found: list[str]) -> None:
    criteria = "满意度95%以上，得满分；低于95%，每下降1%，扣权重5%，扣完为止。"
    line = score(1, "D", "居民满意度", 8.0, 6.4, 8.0, criteria=criteria, performance=f"总体满意度为{told}。")
    assert outcomes(report(line), "R3") == found


@pytest.mark.parametrize(
    "criteria", ["按完成率×分值计分。", "每下降1%，扣权重的5%，扣完为止。", "视情况酌情扣分。", ""]
)
def test_rules_of_other_kinds_are_not_judged(criteria: str) -> None:
    assert outcomes(report(score(1, "C", "及时性", 10.0, 8.0, 10.0, criteria=criteria)), "R3") == []


def test_satisfaction_follows_from_the_answers() -> None:
    text = "38%的居民表示非常满意，44%的居民表示比较满意，18%的居民表示一般，满意度为{}%"
    assert outcomes([*report(), row("fields", 1, {"value": text.format("84")})], "R4") == ["pass"]
    assert messages([*report(), row("fields", 1, {"value": text.format("92")})], "R4") == [
        "the satisfaction is 92, by the answers it should be 84"
    ]
    much = "58%的居民表示非常满意，64%的居民表示比较满意"
    assert messages([*report(), row("fields", 1, {"value": much})], "R4") == [
        "the shares of the answers make 122 percent"
    ]
    assert outcomes(report(), "R4") == []


def budget(total: float) -> list[Row]:
    lines = [("灯具经费", 300.0), ("补助发放经费", 298.0)]
    rows = [row("budget_lines", n, {"item": item, "paid_yuan": paid}) for n, (item, paid) in enumerate(lines)]
    return [*report(), *rows, *funds("annual", {"合计": total}, "executed_yuan")]


def test_the_budget_table_adds_up() -> None:
    assert outcomes(budget(598.0), "R6") == ["pass"]
    assert messages(budget(590.0), "R6") == ["paid_yuan: the total is 590, its lines make 598"]
    assert outcomes(report(), "R6") == []


def listed(*amounts: str) -> list[Row]:
    table = Row("other_tables", "d-t001", {"title": "基础表3：补助发放经费发放情况表", "unit": "元"})
    cells = [("序号", 0, 0), ("发放金额", 0, 1), *((text, number, 1) for number, text in enumerate(amounts, 1))]
    values = [{"table_id": "d-t001", "row": at, "column": column, "text": text} for text, at, column in cells]
    return [table, *(Row("other_table_cells", f"d-t001-{n:04d}", value) for n, value in enumerate(values))]


def test_a_list_of_payments_makes_what_was_paid() -> None:
    assert outcomes([*budget(598.0), *listed("118.00", "180.00")], "R7") == ["pass"]
    assert messages([*budget(598.0), *listed("123.00", "180.00")], "R7") == [
        "298 was paid by the budget table, the listed payments make 303"
    ]
    assert outcomes([*budget(598.0), *listed("若干", "180.00")], "R7") == []


def test_the_annexed_declaration_asked_for_the_budget() -> None:
    asked = Row(
        "funds",
        "d-002-f001",
        {"filing_id": "d-002", "scope": "annual", "item": "年度资金申请总额", "amount_yuan": Decimal(900)},
    )
    annex = row("filings", 0, {"kind": "declaration", "year": 2024, "project_name": "路灯维护"}, filing="d-002")
    for first, outcome in ((900, "pass"), (800, "fail")):
        rows = [*report(project_name="2024年路灯维护"), *funds("annual", {"合计": first}, "initial_budget_yuan")]
        assert outcomes([*rows, annex, asked], "R8") == [outcome]
        assert outcomes(rows, "R8") == []


def test_months_that_a_sentence_announces_are_those_it_tells_of() -> None:
    text = "分别于2024年3月、6月和10月发放补助。3月份发放补助11人，每人500元，6月份发放补助7人，{}月发放补助36人。"
    for month, outcome in ((10, "pass"), (11, "fail")):
        found = row("findings", 1, {"kind": "problem", "text": text.format(month)})
        assert outcomes([*report(), found], "R9") == [outcome]
    assert outcomes(report(), "R9") == []
