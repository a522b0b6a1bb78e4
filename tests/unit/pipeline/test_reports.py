"""Evaluation reports become rows: head, conclusion, scores, money, targets, findings."""

from decimal import Decimal

import pytest
from drawn_tables import Rows, drawn, lines

from extractors.reading import Reading
from extractors.table import Table, TextLine
from pipeline.assemble import assemble
from pipeline.records import Row

TITLE = "2031年河道保洁项目绩效评价报告"
COVER = ["项目名称：河道保洁", "项目单位：某河道所", "主管部门：某水务局", "评价机构：某评价公司", "二〇三二年六月"]
CONCLUSION = "经评价，该项目综合得分90分，评价等级为“优”。"
HEADER = ["一级指标", "权重", "二级指标", "三级指标", "分值", "得分"]
SCORES = [
    HEADER,
    ["A决策", "30%", "A1立项", "A11立项依据充分性", "30", "28"],
    ["B产出", "70%", "B1数量", "B11河道保洁长度", "40", "36"],
    ["^", "^", "B2质量", "B21水质达标率", "30", "26"],
    ["合计", "<", "<", "<", "100", "90"],
]
BUDGET = [
    ["项目构成", "年初预算", "调整后预算", "支付金额", "执行率"],
    ["人工", "10.00", "12.00", "9.00", "75%"],
    ["船只", "5.00", "5.00", "5.00", "100%"],
    ["合计", "15.00", "17.00", "14.00", "82.35%"],
]
TARGETS = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "完成值"],
    ["产出指标", "数量指标", "保洁长度", "≥12公里", "12公里"],
]
FINDINGS = ["四、存在的问题", "1.预算粗略", "年中调整三次。", "五、有关建议", "1.细化预算", "建议逐项测算。"]


def document(*parts: str | Table) -> Reading:
    """Lines and tables one under the other, each as far from the next as paragraphs are."""
    blocks: list[TextLine | Table] = []
    for row, part in enumerate(parts):
        blocks += lines([part], 1, 3 * row) if isinstance(part, str) else [part]
    return Reading(1, tuple(blocks))


def rows_of(found: Reading, table: str) -> list[Row]:
    return [row for row in assemble("doc", found) if row.table == table]


def only(found: Reading, table: str) -> Row:
    (row,) = rows_of(found, table)
    return row


def columns(found: Reading, table: str, *names: str) -> list[tuple[object, ...]]:
    return [tuple(row.values.get(name) for name in names) for row in rows_of(found, table)]


def table(rows: Rows, *above: str) -> Table:
    return drawn(rows, above)


def doubts(row: Row, column: str) -> set[str]:
    return {doubt for receipt in row.provenance if receipt.column_name == column for doubt in receipt.doubts}


def report(*parts: str | Table) -> Reading:
    return document(TITLE, *COVER, *parts)


# Head and conclusion


def test_report_is_a_filing_with_its_head() -> None:
    filing = only(report(CONCLUSION), "filings")
    expected = {
        "kind": "evaluation_report", "subject": "project", "template": "evaluation_report", "year": 2031,
        "title": TITLE, "project_name": "河道保洁", "department": "某水务局", "implementing_unit": "某河道所",
        "total_score": Decimal(90),
    }  # fmt: skip
    assert {name: filing.values.get(name) for name in expected} == expected


def test_evaluation_holds_cover_and_conclusion() -> None:
    found = only(report(CONCLUSION), "evaluations").values
    assert (found["project_unit"], found["evaluator"], found["report_date"]) == ("某河道所", "某评价公司", "2032-06")
    assert (found["score"], found["grade"]) == (Decimal(90), "优")


def test_without_a_cover_the_title_names_the_project_and_it_is_doubted() -> None:
    filing = only(document(TITLE, CONCLUSION), "filings")
    assert filing.values["project_name"] == "2031年河道保洁项目"
    assert doubts(filing, "project_name") == {"from_title"}


def test_report_on_a_department_names_no_project() -> None:
    filing = only(document("某水务局2031年度部门整体支出绩效评价报告", CONCLUSION), "filings")
    assert filing.values["subject"] == "department"
    assert "project_name" not in filing.values


def test_score_of_the_table_stands_where_no_sentence_gives_one() -> None:
    found = only(report(table(SCORES)), "evaluations")
    assert found.values["score"] == Decimal(90)
    assert "grade" not in found.values


def test_text_and_table_that_give_one_score_are_not_doubted() -> None:
    assert doubts(only(report(CONCLUSION, table(SCORES)), "evaluations"), "score") == set()


def test_text_and_table_that_give_two_scores_are_doubted() -> None:
    found = only(report(CONCLUSION.replace("90", "89"), table(SCORES)), "evaluations")
    assert found.values["score"] == Decimal(89)
    assert doubts(found, "score") == {"printings_differ"}


@pytest.mark.parametrize(
    "title", ["关于开展2031年绩效评价工作的通知", "2031年部门预算", "项目支出绩效评价报告（参考提纲）"]
)
def test_other_documents_give_no_report(title: str) -> None:
    found = document(title, CONCLUSION, *FINDINGS)
    assert rows_of(found, "filings") == []
    assert rows_of(found, "findings") == []


# Scores


def test_scores_are_rows_with_codes_and_weights() -> None:
    found = columns(
        report(table(SCORES)),
        "evaluation_scores",
        "level1_code",
        "level1",
        "level1_weight",
        "level2",
        "level3",
        "score",
    )
    assert found == [
        ("A", "决策", Decimal(30), "立项", "立项依据充分性", Decimal(28)),
        ("B", "产出", Decimal(70), "数量", "河道保洁长度", Decimal(36)),
        ("B", "产出", Decimal(70), "质量", "水质达标率", Decimal(26)),
    ]


def test_a_name_that_begins_like_a_code_stays_whole_where_others_have_none() -> None:
    names = ["G20会场布置", "会务保障", "安保人次"]
    rows = [
        ["一级指标", "二级指标", "三级指标", "分值", "得分"],
        *(["产出", "数量", name, "30", "30"] for name in names),
    ]
    found = columns(report(table(rows)), "evaluation_scores", "level3_code", "level3")
    assert found == [(None, name) for name in names]


def test_of_two_levels_the_lower_one_is_the_indicator() -> None:
    rows = [
        ["一级指标", "二级指标", "评价标准", "得分"],
        ["A决策（30分）", "A1立项（30分）", "标准", "28"],
        ["B产出（70分）", "B1数量（70分）", "标准", "62"],
    ]
    found = columns(
        report(table(rows)), "evaluation_scores", "level1", "level1_weight", "level2", "level3_code", "level3"
    )
    assert found == [("决策", Decimal(30), None, "A1", "立项"), ("产出", Decimal(70), None, "B1", "数量")]


def test_two_printings_of_the_scores_are_one_table() -> None:
    short = [row[:1] + row[2:] for row in SCORES]
    long = [[*row, text] for row, text in zip(SCORES, ["评分标准", "甲", "乙", "丙", ""], strict=True)]
    found = report(CONCLUSION, table(short), "五、附件", table(long))
    assert columns(found, "evaluation_scores", "score", "criteria") == [
        (Decimal(28), "甲"),
        (Decimal(36), "乙"),
        (Decimal(26), "丙"),
    ]
    assert doubts(only(found, "evaluations"), "score") == set()


def test_printings_that_contradict_are_both_kept_and_doubted() -> None:
    other = [[*row[:-1], "35"] if row[-1] == "36" else row for row in SCORES]
    rows = rows_of(report(CONCLUSION, table(SCORES), "五、附件", table(other)), "evaluation_scores")
    assert [(row.values["score"], doubts(row, "score")) for row in rows if row.values["level3"] == "河道保洁长度"] == [
        (Decimal(36), {"printings_differ"}),
        (Decimal(35), {"printings_differ"}),
    ]


# Money, targets, findings


def test_budget_is_in_yuan_and_its_total_a_fund() -> None:
    found = report(CONCLUSION, table(BUDGET, "单位：万元"))
    names = ("item", "initial_yuan", "adjusted_yuan", "paid_yuan", "execution_rate")
    assert columns(found, "budget_lines", *names) == [
        ("人工", Decimal(100000), Decimal(120000), Decimal(90000), Decimal(75)),
        ("船只", Decimal(50000), Decimal(50000), Decimal(50000), Decimal(100)),
    ]
    fund = only(found, "funds").values
    assert (fund["item"], fund["scope"], fund["executed_yuan"]) == ("合计", "annual", Decimal(140000))


def test_money_without_a_unit_is_no_amount() -> None:
    rows = rows_of(report(CONCLUSION, table(BUDGET)), "budget_lines")
    assert [row.values.get("paid_yuan") for row in rows] == [None, None]
    assert all(doubts(row, "paid_yuan") for row in rows)


def test_targets_of_a_report_are_its_indicators() -> None:
    found = report(CONCLUSION, table(TARGETS))
    assert columns(found, "indicators", "filing_id", "level3", "target_raw", "actual_raw") == [
        ("doc-001", "保洁长度", "≥12公里", "12公里")
    ]


def test_findings_are_numbered_for_each_kind_and_say_where_they_stand() -> None:
    found = report(CONCLUSION, *FINDINGS)
    assert columns(found, "findings", "kind", "position", "text") == [
        ("problem", 1, "预算粗略\n年中调整三次。"),
        ("recommendation", 1, "细化预算\n建议逐项测算。"),
    ]
    problem = rows_of(found, "findings")[0]
    assert [receipt.raw_text for receipt in problem.provenance] == ["1.预算粗略", "年中调整三次。"]


def test_other_tables_of_a_report_are_kept_whole() -> None:
    found = report(CONCLUSION, table([["季度", "水质"], ["一", "良"]]))
    assert len(rows_of(found, "other_tables")) == 1
    assert rows_of(report(CONCLUSION, table(BUDGET, "单位：万元")), "other_tables") == []
