"""Sentences of a report that say once more what its tables hold."""

import pytest

from normalizers.statements import compact, find_statements


def found(*texts: str) -> list[tuple[str, str]]:
    return [(slot.label, slot.text) for slot in find_statements(texts, range(len(texts)))]


def test_points_are_kept_with_the_heading_over_them() -> None:
    texts = ["B12 路灯亮灯率", "全年抽查4次，亮灯率98%。该指标满分 6 分，根据评分标准，得 5.5 分。", "一切正常。"]
    assert found(*texts) == [("B12 路灯亮灯率", "该指标满分 6 分，根据评分标准，得 5.5 分")]


@pytest.mark.parametrize(
    "sentence",
    [
        "年中调整后的预算金额为20万元，实际支出金额为19万元，调整后的预算执行率为95%",
        "52%的居民表示非常满意，48%的居民表示比较满意",
    ],
)
def test_spending_and_answers_of_a_survey_are_kept(sentence: str) -> None:
    assert found("一、概况", f"{sentence}。") == [("一、概况", sentence)]


@pytest.mark.parametrize("text", ["", "该指标得满分。", "预算执行率为95%，执行较好。", "得分情况如下："])
def test_other_sentences_are_left(text: str) -> None:
    assert found("一、概况", text) == []


def test_a_span_of_the_document_is_searched_alone() -> None:
    texts = ["A11 目标", "该指标满分2分，得2分。", "该指标满分3分，得3分。"]
    assert [slot.line for slot in find_statements(texts, range(2))] == [1]


def test_compact_text_keeps_line_breaks_alone() -> None:
    assert compact("满分 ６ 分\n得\t５ 分") == "满分6分\n得5分"
