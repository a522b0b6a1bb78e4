"""What running text says of an evaluation: title, cover, score, grade, scale."""

import pytest

from normalizers.report import Report, find_reports, has_title, project_in_title

TITLE = "2031年河道保洁项目绩效评价报告"
CONCLUSION = "经评价，该项目综合得分88.5分，评价等级为“良”。"
BODY = ["一、项目概况", "河道长12公里。", "三、评价结论", CONCLUSION]


def only(texts: list[str]) -> Report:
    (report,) = find_reports(texts, [])
    return report


def concluded(sentence: str) -> tuple[list[str], list[str]]:
    """The scores and grades that a report with this sentence gives; a cover makes it a report in any case."""
    report = only([TITLE, "项目单位：某河道所", "主管部门：某水务局", "三、评价结论", sentence])
    return [slot.text for slot in report.score], [slot.text for slot in report.grade]


def cover(*lines: str) -> dict[str, str]:
    return {slot.name: slot.text for slot in only([TITLE, *lines, *BODY]).cover}


# Titles


@pytest.mark.parametrize(
    "lines",
    [
        [TITLE],
        ["2031年某市某区", "河道保洁项目绩效评价报告"],
        ["某区2031年度", "河道保洁项目", "绩效评价报告"],
        ["河道保洁项目", "绩效评价报告"],
        ["河道保洁项目绩效评价报告", "（2031年度）"],
        ["关于2031年河道保洁项目的绩效评价报告"],
        ["某水务局2031年度部门整体支出绩效评价报告"],
        ["某市2031年换新补贴政策绩效评价报告"],
        ["2031年河道保洁项目绩效评价报告（终稿）"],
        ["2031年河道保洁项目财政重点绩效评价报告"],
        ["2031年河道保洁项目财政评价报告"],
        ["2031年河道保洁项目绩效跟踪评价报告"],
        ["2031年河道保洁项目绩效再评价报告"],
        ["某水务局2031年度项目支出绩效自评报告"],
    ],
    ids="/".join,
)
def test_title_is_read_over_all_its_lines(lines: list[str]) -> None:
    report = only([*lines, *BODY])
    assert report.title.text == "".join(lines)
    assert report.span == range(len(lines) + len(BODY))


@pytest.mark.parametrize("first", ["附件3", "日期：2031年6月", "本报告共三部分，附表若干。"])
def test_other_lines_over_a_title_are_none_of_it(first: str) -> None:
    assert only([first, "河道保洁项目绩效评价报告", *BODY]).title.text == "河道保洁项目绩效评价报告"


@pytest.mark.parametrize(
    "texts",
    [
        ["关于开展2031年度项目支出绩效评价工作的通知", "各单位：", "请报送绩效评价报告。", CONCLUSION],
        ["关于报送河道保洁项目绩效评价报告", CONCLUSION],
        ["某市项目支出绩效评价管理办法", "第二十条 绩效评价报告", CONCLUSION],
        ["项目支出绩效评价报告（参考提纲）", "四、存在的问题", "（一）甲", "（二）乙"],
        ["项目支出绩效评价报告", "（参考提纲）", "四、存在的问题", "（一）甲", "（二）乙"],
        ["绩效评价报告（范本）", *BODY],
        ["2031年河道保洁项目绩效评价报告评审意见", CONCLUSION],
        ["2031年河道保洁项目绩效评价报告编制合同", CONCLUSION],
        ["某水务局2031年部门预算", "我单位按要求编写绩效评价报告，其结果用于预算安排。", CONCLUSION],
        ["目录", TITLE, "2031年路灯维护项目绩效评价报告", "2031年绿化养护项目绩效评价报告"],
        ["某水务局2031年度决算", "一、部门整体支出绩效评价报告", "见附件。"],
        ["某水务局2031年度项目支出绩效自评报告", "四、存在的问题", "1.预算粗略", "2.档案缺失"],
    ],
    ids=lambda texts: texts[0],
)
def test_no_report_is_made_of_what_only_speaks_of_one(texts: list[str]) -> None:
    assert find_reports(texts, []) == []


def test_a_title_with_a_scoring_table_is_a_report() -> None:
    assert find_reports([TITLE, ""], []) == []
    assert len(find_reports([TITLE, ""], [1])) == 1


def test_title_said_again_after_the_summary_begins_no_second_report() -> None:
    assert only([TITLE, "摘要", CONCLUSION, TITLE, *BODY]).span == range(8)


def test_each_report_of_a_volume_is_one() -> None:
    other = ["2031年路灯维护项目绩效评价报告", "项目单位：某路灯所", "主管部门：某城管局", CONCLUSION]
    reports = find_reports([TITLE, *BODY, *other], [])
    assert [report.span for report in reports] == [range(5), range(5, 9)]


def test_documents_without_a_title_are_told_at_once() -> None:
    assert has_title(["封面", TITLE])
    assert not has_title(["某水务局2031年部门预算", CONCLUSION])


@pytest.mark.parametrize(
    ("title", "project"),
    [
        (TITLE, "2031年河道保洁项目"),
        ("2031年河道保洁项目支出绩效评价报告", "2031年河道保洁项目"),
        ("关于2031年河道保洁项目的绩效评价报告", "2031年河道保洁项目"),
        ("2031年度河道保洁项目绩效自评报告", "2031年度河道保洁项目"),
        ("某水务局2031年度部门整体支出绩效评价报告", ""),
        ("2031年度项目支出绩效自评报告", ""),
        ("2031年某市某区财政支出项目绩效评价报告", ""),
        ("2031年部门预算", ""),
    ],
)
def test_project_stands_before_the_words_for_a_report(title: str, project: str) -> None:
    assert project_in_title(title) == project


# Covers

LABELLED = {
    "project_name": "河道保洁",
    "project_unit": "某河道所",
    "evaluator": "某评价公司",
    "lead_evaluator": "易示范",
}


@pytest.mark.parametrize("between", ["：", ":", "  ：  ", "    "], ids=repr)
def test_cover_is_read_with_colons_and_without(between: str) -> None:
    labels = ["项目名称", "项目单位", "评价机构", "主 评 人"]
    lines = [f"{label}{between}{value}" for label, value in zip(labels, LABELLED.values(), strict=True)]
    assert cover(*lines, "二〇三一年六月") == {**LABELLED, "report_date": "二〇三一年六月"}


def test_brackets_behind_a_label_are_no_part_of_it() -> None:
    assert cover("被评价单位（盖章）：某河道所", "评价机构（公章）：某评价公司") == {
        "project_unit": "某河道所",
        "evaluator": "某评价公司",
    }


def test_value_may_stand_under_its_label() -> None:
    assert cover("项目名称：", "河道保洁", "项目单位：", "某河道所") == {
        "project_name": "河道保洁",
        "project_unit": "某河道所",
    }


def test_several_values_may_stand_on_one_line() -> None:
    assert cover("项目单位：某河道所  主管部门：某水务局") == {"project_unit": "某河道所", "department": "某水务局"}


def test_what_is_said_after_the_cover_is_none_of_it() -> None:
    assert cover("项目单位：某河道所", "摘要", "评价机构：某评价公司") == {"project_unit": "某河道所"}


def test_first_of_two_values_stands() -> None:
    report = only([TITLE, "项目单位：某河道所", "实施单位：某保洁队", *BODY])
    slot = report.first("project_unit")
    assert slot is not None
    assert (slot.text, slot.line, slot.label) == ("某河道所", 1, "项目单位")
    assert report.first("evaluator") is None


# Score and grade


@pytest.mark.parametrize(
    ("sentence", "score", "grade"),
    [
        ("综合得分92.5分，评价等级为“优”。", "92.5", "优"),
        ("最终得分为 89.36 分，等级为良。", "89.36", "良"),
        ("评价总得分88分，综合评定等级为“良好”。", "88", "良好"),
        ("该项目得分95分，属于优秀等级。", "95", "优秀"),
        ("项目评价得分为86.50分（满分100分），绩效等级为“良”。", "86.50", "良"),
        ("2031年河道保洁项目绩效评价得分为83.27分，评价结果为“良”。", "83.27", "良"),
        ("综合绩效得分为92.50，绩效等级为“优”。", "92.50", "优"),
        ("绩效评价结果为优，得分为93.6分。", "93.6", "优"),
        ("评价结果为“良”（综合得分82.63分）。", "82.63", "良"),
        ("项目总体评价得分为90.5分，评为“优”。", "90.5", "优"),
        ("本次评价总分为100分，实际得分87.9分，绩效等级为良。", "87.9", "良"),
        ("绩效评价得分为84.5分，级别为“良”，其中：决策指标得分18分，过程指标得分16.5分。", "84.5", "良"),
        ("从4个一级指标、12个二级指标评分，综合得分78分，等级为“中”。", "78", "中"),
        ("2030年评价得分为85分，2031年得分为91分，等级为优。", "91", "优"),
        ("评价得分100分，等级为“优”。", "100", "优"),
    ],
)
def test_score_and_grade_are_read_from_a_sentence(sentence: str, score: str, grade: str) -> None:
    assert concluded(sentence) == ([score], [grade])


def test_a_score_without_grade_is_a_score() -> None:
    assert concluded("经评价，本项目综合得分88.5分。") == (["88.5"], [])


@pytest.mark.parametrize(
    "sentence",
    [
        "产出数量指标满分20分，得分18分。",
        "该指标满分3分，得分3分。",
        "项目决策得分18分（满分20分）。",
        "该项目“产出”方面评价得分27.5分（满分30分）。",
        "效益指标总分30分，实际得分27.5分，得分率为91.67%。",
        "上年度该项目绩效评价得分为85分。",
        "群众满意度调查综合得分为92.3分。",
        "综合得分90分（含）以上为优秀，80分（含）至90分为良好，60分（含）至80分为合格，60分以下为不合格。",
        "评价得分在90分以上的为优，80-89分为良，60-79分为中，60分以下为差。",
    ],
)
def test_points_of_parts_of_surveys_and_of_scales_are_no_score(sentence: str) -> None:
    assert concluded(sentence) == ([], [])


def test_the_sentence_with_the_grade_comes_first_and_lesser_ones_not_at_all() -> None:
    report = only([TITLE, "项目资金安排评分为9.5分。", "综合得分88.5分。", CONCLUSION.replace("88.5", "88.4")])
    assert [slot.text for slot in report.score] == ["88.4", "88.5"]


def test_bare_praise_is_no_grade() -> None:
    assert concluded("该项目综合得分88.5分，结果为良性循环打下基础。")[1] == []


@pytest.mark.parametrize(
    "scale",
    [
        "90（含）-100分为优、80（含）-90分为良、60（含）-80分为中、60分以下为差。",
        "综合得分在90分（含）以上为优秀；80-90分（含80分）为良好；60-80分（含60分）为合格；60分以下为不合格。",
        "评价得分≥90分为优，80分≤评价得分＜90分为良，60分≤评价得分＜80分为中，评价得分＜60分为差。",
        "等级分为优（90-100分）、良（80-89分）、中（60-79分）、差（60分以下）。",
        "结果分为四级：优（90分≤得分≤100分）、良（80分≤得分＜90分）、中（60分≤得分＜80分）、差（得分＜60分）。",
        "优秀：得分≥90分；良好：80分≤得分<90分；中：60分≤得分<80分；差：得分<60分。",
    ],
)
def test_scale_is_kept_as_printed_and_gives_no_score(scale: str) -> None:
    report = only([TITLE, f"评价方法见方案。{scale}其他从略。", CONCLUSION])
    assert report.scale is not None
    assert report.scale.text == scale
    assert [slot.text for slot in report.score] == ["88.5"]
