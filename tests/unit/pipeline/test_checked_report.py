"""A report that contradicts itself, from its lines and tables to what the checks say of it."""

from drawn_tables import drawn, lines

from extractors.reading import Reading
from extractors.table import Table, TextLine
from pipeline.assemble import assemble
from pipeline.checks.run import check_rows

BUDGET = [
    ["项目构成", "指标名称", "年初预算", "调整后预算", "支付金额", "执行率"],
    ["养护", "灯具更换经费", "5000.00", "4000.00", "3000.00", "75%"],
    ["补助", "看护补助经费", "3000.00", "3000.00", "2930.00", "79.67%"],
    ["合计", "<", "8000.00", "7000.00", "5930.00", "84.71%"],
]
SCORES = [
    ["一级指标", "权重", "二级指标", "三级指标", "分值", "得分"],
    ["A决策", "30%", "A1立项", "A11立项依据充分性", "30", "28"],
    ["B产出", "70%", "B1数量", "B11路灯亮灯率", "40", "36"],
    ["^", "^", "B2满意", "B21居民满意度", "30", "24"],
    ["合计", "<", "<", "<", "100", "90"],
]
PAYMENTS = [["序号", "发放对象", "发放金额"], ["1", "3月发放", "1180"], ["2", "6月发放", "1800"]]


def reading() -> Reading:
    parts: list[str | Table] = [
        "2031年路灯养护项目绩效评价报告",
        "项目名称：路灯养护",
        "一、项目预算",
        "年中调整后的预算金额为0.7万元，实际支出金额为0.593万元，调整后的预算执行率为94.71%。",
        drawn(BUDGET, ["表1：预算执行情况表", "单位：元"]),
        "二、评价结论",
        "总分100分，等级划分为四档：90（含）-100分为优、80（含）-90分为良、60（含）-80分为中、60分以下为差。",
        "经评价，该项目综合得分90分，评价等级为“良”。",
        drawn(SCORES, ["表2：评分表"]),
        "B21 居民满意度",
        "居民总体满意。该指标满分20分，根据评分标准，得24分。",
        drawn(PAYMENTS, ["基础表1：看护补助经费发放情况表", "单位：元"]),
    ]
    blocks: list[TextLine | Table] = []
    for row, part in enumerate(parts):
        blocks += lines([part], 1, 3 * row) if isinstance(part, str) else [part]
    return Reading(1, tuple(blocks))


def test_a_report_that_contradicts_itself_is_told_where() -> None:
    rows = list(assemble("doc", reading()))
    failed = [row.values for row in check_rows("doc", rows) if row.values["outcome"] == "fail"]
    assert [(found["rule"], found["message"]) for found in failed] == [
        ("R1", "the score in all is 90, the scores make 88"),
        ("R1", "the grade is 良, by the report's own scale it should be 优"),
        ("R2", "看护补助经费: the rate is 79.67, it should be 97.67"),
        ("R2", "一、项目预算: the rate is 94.71, it should be 84.71"),
        ("R5", "居民满意度: the text gives 20 points that can be reached, the table 30"),
        ("R7", "2930 was paid by the budget table, the listed payments make 2980"),
    ]
    assert all(found["operands"] for found in failed)
