"""Numbers in front of paragraphs: which are headings, and what stands under them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.outline import bare, is_heading, mark_of, points, sections

PARTS = ["第一部分 概况", "一、概况", "（一）概况", "1.概况", "1.1概况", "1.1.1概况", "（1）概况", "一是概况清楚。"]


def under(texts: list[str], **keys: object) -> list[tuple[str, list[str]]]:
    """Each section's heading with what stands under it."""
    found = sections(texts, range(len(texts)), **keys)  # type: ignore[arg-type]
    return [(texts[section.heading], [texts[i] for i in section.body]) for section in found]


def point_texts(texts: list[str]) -> list[list[str]]:
    return [[texts[i] for i in point] for point in points(texts, range(len(texts)))]


def test_numbers_rank_as_reports_nest_them() -> None:
    marks = [mark_of(text) for text in PARTS]
    assert [mark.rank for mark in marks if mark] == list(range(len(PARTS)))


@pytest.mark.parametrize("text", PARTS)
def test_a_number_is_no_part_of_the_name(text: str) -> None:
    assert bare(text).startswith("概况")


@pytest.mark.parametrize(
    "text", ["1．概况", "1、概况", "12. 概况", "5 概况", "(一)概况", "—、概况", "①概况", "1.1 概况"]
)
def test_numbers_are_known_however_they_are_set(text: str) -> None:
    assert bare(text) == "概况"


@pytest.mark.parametrize(
    "text",
    ["97.81%的资金已支付", "3.5万元用于宣传", "2023年预算", "12 个助餐点中有三个没有登记，", "1.5倍", "一般公共预算"],
)
def test_figures_at_the_start_of_a_sentence_are_no_numbering(text: str) -> None:
    assert mark_of(text) is None
    assert bare(text) == text


def test_a_numbered_sentence_is_no_heading() -> None:
    assert is_heading("（一）预算编制不够精细")
    assert not is_heading("（一）预算编制不够精细。全年调整三次。")
    assert not is_heading("一、" + "很长的一段话" * 10)
    assert not is_heading("预算编制不够精细")


def test_section_ends_with_the_next_of_its_rank_or_higher() -> None:
    texts = ["一、甲", "（一）乙", "正文一", "（二）丙", "正文二", "二、丁", "正文三"]
    assert under(texts) == [
        ("一、甲", ["（一）乙", "正文一", "（二）丙", "正文二"]),
        ("（一）乙", ["正文一"]),
        ("（二）丙", ["正文二"]),
        ("二、丁", ["正文三"]),
    ]


@pytest.mark.parametrize("annex", ["附件1.评分表", "附表：明细", "附录"])
def test_section_ends_where_annexes_begin(annex: str) -> None:
    assert under(["一、甲", "正文", annex, "表后的话"]) == [("一、甲", ["正文"])]


def test_section_ends_where_the_title_is_said_again() -> None:
    assert under(["一、甲", "正文", "某项目报告", "引言"], breaks={2}) == [("一、甲", ["正文"])]


def test_summary_and_body_are_told_apart_by_numbering_that_begins_anew() -> None:
    texts = ["一、甲", "二、乙", "一、甲", "二、乙"]
    assert [section.run for section in sections(texts, range(4))] == [0, 0, 1, 1]


def test_points_go_from_number_to_number_of_the_first_rank() -> None:
    texts = ["评价发现：", "1.甲", "（1）细节", "说明", "2.乙", "说明"]
    assert point_texts(texts) == [["1.甲", "（1）细节", "说明"], ["2.乙", "说明"]]


def test_points_without_numbers_are_the_paragraphs() -> None:
    assert point_texts(["甲不足。", "", "乙不足。"]) == [["甲不足。"], ["乙不足。"]]


@given(st.lists(st.sampled_from([*PARTS, "正文。", "正文", ""]), max_size=12))
def test_no_paragraph_is_in_two_points(texts: list[str]) -> None:
    found = [index for point in points(texts, range(len(texts))) for index in point]
    assert len(found) == len(set(found))


@given(st.lists(st.sampled_from([*PARTS, "正文。", "正文", "附件1"]), max_size=12))
def test_sections_nest(texts: list[str]) -> None:
    """Of two sections that share paragraphs one holds the other with its heading."""
    spans = [{section.heading, *section.body} for section in sections(texts, range(len(texts)))]
    assert all(a <= b or b <= a or not a & b for a in spans for b in spans)
