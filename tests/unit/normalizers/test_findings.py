"""Experiences, problems and recommendations, as reports set them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.findings import Finding, find_findings


def read(text: str) -> list[Finding]:
    texts = [line.strip() for line in text.strip().split("\n")]
    return find_findings(texts, range(len(texts)))


def said(text: str) -> list[tuple[str, str, int]]:
    """Kind, heading and number of paragraphs under it."""
    return [(found.kind, found.heading.text, len(found.body)) for found in read(text)]


def headings(text: str, kind: str = "problem") -> list[str]:
    return [found.heading.text for found in read(text) if found.kind == kind]


TWO = [("problem", "预算粗略", 1), ("recommendation", "细化预算", 1)]


@pytest.mark.parametrize(
    ("problem", "recommendation"),
    [
        ("四、存在的主要问题及原因分析", "五、有关建议"),
        ("三、问题和不足", "四、下一步改进措施"),
        ("（三）发现的问题", "（四）意见建议"),
        ("第四部分 存在问题", "第五部分 对策建议"),
        ("六、存在的不足", "七、改进方向和具体措施"),
        ("4.存在的问题", "5.相关建议"),
        ("4 存在的问题", "5 相关建议"),
        ("四、存在的问题：", "五、下步工作打算"),
    ],
)
def test_sections_are_known_by_their_headings(problem: str, recommendation: str) -> None:
    text = f"{problem}\n（1）预算粗略\n年中调整三次。\n{recommendation}\n（1）细化预算\n建议逐项测算。"
    assert said(text) == TWO


def test_report_numbered_with_decimals() -> None:
    text = "5.存在的问题\n5.1预算粗略\n年中调整三次。\n6.相关建议\n6.1细化预算\n建议逐项测算。"
    assert said(text) == TWO


@pytest.mark.parametrize(
    "heading",
    [
        "七、其他需要说明的问题",
        "（一）问题导向原则",
        "附件3.问题汇总",
        "（三）问卷调查情况",
        "3.对项目有什么建议？",
        "（二）不足指标分析",
    ],
)
def test_headings_with_such_words_about_other_things_are_passed_by(heading: str) -> None:
    assert said(f"{heading}\n1.预算粗略\n年中调整三次。") == []


def test_one_heading_over_all_kinds_is_parted_by_those_under_it() -> None:
    text = """
    四、主要经验及做法、存在的问题和建议
    （一）主要经验及做法
    1.部门协同
    每月会商。
    （二）存在的问题
    1.预算粗略
    年中调整三次。
    （三）相关建议
    1.细化预算
    建议逐项测算。
    """
    assert said(text) == [("experience", "部门协同", 1), *TWO]


def test_kinds_under_small_numbers_are_parted_too() -> None:
    text = "五、存在的问题及改进措施\n1.存在问题：\n（1）预算粗略，调整多。\n2.改进措施：\n（1）细化预算。"
    assert said(text) == [("problem", "预算粗略，调整多。", 0), ("recommendation", "细化预算。", 0)]


def test_a_problem_named_with_the_word_is_one_point_among_others() -> None:
    text = "四、存在的问题\n1.档案缺失\n缺验收单。\n2.人员不足\n一人兼三岗。\n3.整改建议未落实\n两项未改。"
    assert headings(text) == ["档案缺失", "人员不足", "整改建议未落实"]
    assert headings(text, "recommendation") == []


def test_small_headings_do_not_add_to_what_a_section_says() -> None:
    text = "一、概况\n1.主要做法\n委托保洁公司。\n四、主要经验\n1.部门协同\n每月会商。"
    assert said(text) == [("experience", "部门协同", 1)]


def test_points_that_go_on_behind_their_heading_stay_whole() -> None:
    text = "四、存在的问题\n1.预算粗略。年中调整三次。\n2.档案缺失。缺验收单。"
    assert headings(text) == ["预算粗略。年中调整三次。", "档案缺失。缺验收单。"]


@pytest.mark.parametrize("before", ["", "评价发现：", "经现场核查，问题如下，"])
def test_points_listed_in_one_paragraph_are_parted(before: str) -> None:
    assert headings(f"四、存在的问题\n{before}一是预算粗略。二是档案缺失。") == ["预算粗略。", "档案缺失。"]


def test_one_of_the_reasons_is_no_list() -> None:
    whole = "预算粗略，原因之一是测算不细，另一是调整多。"
    assert headings(f"四、存在的问题\n{whole}") == [whole]


def test_paragraphs_without_numbers_are_points() -> None:
    assert headings("四、存在的问题\n预算粗略，调整多。\n档案缺失。") == ["预算粗略，调整多。", "档案缺失。"]


@pytest.mark.parametrize("nothing", ["无", "无。", "暂无。", "没有问题。"])
def test_nothing_found_is_no_finding(nothing: str) -> None:
    assert said(f"四、存在的问题\n{nothing}") == []


def test_signatures_under_the_last_point_are_none_of_it() -> None:
    text = "五、有关建议\n1.细化预算\n建议逐项测算。\n某某评价公司（盖章）\n2031年6月30日"
    assert said(text) == [("recommendation", "细化预算", 1)]


def test_short_numbered_lines_under_a_point_belong_to_it() -> None:
    text = "四、存在的问题\n（一）预算粗略\n1.测算偏差大\n2.调整频繁\n（二）档案缺失"
    assert said(text) == [("problem", "预算粗略", 2), ("problem", "档案缺失", 0)]


def test_a_finding_says_on_which_lines_it_stands() -> None:
    (found,) = read("四、存在的问题\n1.预算粗略\n年中调整三次。")
    assert (found.heading.line, [slot.line for slot in found.body]) == (1, [2])


NAMES = ["预算编制粗略", "档案资料缺失", "人员配备紧张", "验收走过场", "合同签订滞后", "宣传覆盖面窄"]
DETAIL = "核查期间在现场发现，相关资料没有按规定留存，经办人员未作说明。"


def test_a_point_that_the_lesser_telling_says_at_greater_length_is_taken_from_there() -> None:
    text = f"""
    四、存在的问题
    1.预算编制较粗略
    {DETAIL}{DETAIL}{DETAIL}
    一、概况
    三、存在的问题
    1.预算编制粗略
    {DETAIL}
    2.档案资料缺失
    {DETAIL}{DETAIL}{DETAIL}
    """
    first, second = read(text)
    assert (first.heading.text, first.body[0].text) == ("预算编制较粗略", DETAIL * 3)
    assert (second.heading.text, second.body[0].text) == ("档案资料缺失", DETAIL * 3)


@given(st.lists(st.sampled_from(NAMES), min_size=1, unique=True), st.booleans())
def test_what_summary_and_body_both_say_is_found_once(names: list[str], is_long: bool) -> None:
    """Whichever of the two says more, each point stands once, at its greatest length."""
    short = [f"{number}.{name}" for number, name in enumerate(names, 1)]
    long = [text for point in short for text in (point, DETAIL)]
    first, second = (long, short) if is_long else (short, long)
    found = read("\n".join(["一、概况", "四、存在的问题", *first, "一、概况", "三、存在的问题", *second]))
    assert [finding.heading.text for finding in found] == names
    assert [[slot.text for slot in finding.body] for finding in found] == [[DETAIL]] * len(names)
