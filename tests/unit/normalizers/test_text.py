"""Texts: encoding repaired, look-up keys, and what is not part of a label."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.registry_rows import registry_rows
from normalizers.text import (
    fold,
    half_width,
    is_missing,
    join_lines,
    normalise,
    split_code,
    strip_hint,
    strip_item,
    strip_marks,
    strip_points,
)

BLANKS = st.text(st.sampled_from(" \t\n\u3000\xa0"), max_size=2)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("⽤⼾⻚", "用户页"),
        ("\uf900", "豈"),
        ("产\u200b出\ufeff", "产出"),
        ("金额（元），５％：", "金额（元），５％："),
        ("\uf0fe", "\uf0fe"),
        ("plain", "plain"),
        ("a\nb", "a\nb"),
    ],
)
def test_normalise_repairs_encoding_and_leaves_punctuation(printed: str, expected: str) -> None:
    assert normalise(printed) == expected


@given(st.text())
def test_normalise_twice_is_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_every_radical_has_an_ideograph_that_is_none() -> None:
    rows = registry_rows("cjk_radicals.csv")
    assert len(rows) == 328
    for row in rows:
        assert chr(int(row["radical_hex"], 16)) == row["radical"]
        assert normalise(row["radical"]) == row["ideograph"]
        assert not 0x2E80 <= ord(row["ideograph"]) <= 0x2FDF
        assert unicodedata.normalize("NFKC", row["ideograph"]) == row["ideograph"]


def test_half_width_keeps_superscripts_and_length() -> None:
    assert half_width("（Ａ１％，\u3000￥m²①）") == "(A1%, ¥m²①)"


def test_fold_unifies_brackets_dashes_colons_and_case() -> None:
    assert fold("【单 位】：Ａb——〔１〕") == fold("（单位）:aB-[1]") == "(单位):ab-(1)"


@given(st.lists(st.text(st.sampled_from("产出指标（）:Aé́①％-—")), max_size=4), BLANKS)
def test_fold_ignores_white_space(parts: list[str], blank: str) -> None:
    assert fold(blank.join(parts)) == fold("".join(parts))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["1,774,", "201.00"], "1,774,201.00"),
        (["阶段", "性项", "目"], "阶段性项目"),
        (["open", "data"], "open data"),
        (["采购 ", " LED", "", "12"], "采购LED12"),
        ([], ""),
    ],
)
def test_join_lines_puts_a_space_between_latin_words_alone(lines: list[str], expected: str) -> None:
    assert join_lines(lines) == expected


@pytest.mark.parametrize("mark", ["", " ", "\u3000", "\u200b", "—", "——", "-", "－", "−", "/", "／", "*", "…", "……"])
def test_missing_marks_are_missing(mark: str) -> None:
    assert is_missing(mark)


@pytest.mark.parametrize("text", ["无", "0", "-5", "否", "—5", "1/2", "-" * 20 + "5"])
def test_answers_are_not_missing(text: str) -> None:
    assert not is_missing(text)


@pytest.mark.parametrize(
    ("label", "name", "points"),
    [
        ("产出指标（50分）", "产出指标", "50"),
        ("效益指标\n（３０．５分）", "效益指标", "30.5"),
        ("满意度指标 10分", "满意度指标", "10"),
        ("产出(工作量)指标(数量、质量、成本方面的指标)", "产出(工作量)指标", None),
        ("产出指标（50分）(数量)", "产出指标", "50"),
        ("产出(工作量)指标", "产出(工作量)指标", None),
        ("群众满意度(%)", "群众满意度(%)", None),
        ("(10分)", "(10分)", "10"),
        ("得分", "得分", None),
        ("", "", None),
    ],
)
def test_strip_points(label: str, name: str, points: str | None) -> None:
    assert strip_points(label) == (name, None if points is None else Decimal(points))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("项目概况(450字内)", "项目概况"), ("概述（不超过５００字）", "概述"), ("新建（3座）", "新建（3座）")],
)
def test_strip_hint(text: str, expected: str) -> None:
    assert strip_hint(text) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("全年预算数（A）", "全年预算数"),
        ("执行率(B/A)", "执行率"),
        ("执行率（Ｂ／Ａ×100%）", "执行率"),
        ("预算数(万元)", "预算数(万元)"),
    ],
)
def test_strip_marks(label: str, expected: str) -> None:
    assert strip_marks(label) == expected


@pytest.mark.parametrize(
    ("printed", "item"),
    [
        ("其中：财政资金", "财政资金"),
        ("其中:1．财政资金：", "财政资金"),
        ("一、其他资金", "其他资金"),
        ("（十二）其他资金", "其他资金"),
        ("(1)其他资金", "其他资金"),
        ("①其他 资金", "其他 资金"),
        ("一般公共预算拨款", "一般公共预算拨款"),
        ("3.5万以下", "3.5万以下"),
        ("2023年预算", "2023年预算"),
        ("其中：", "其中："),
    ],
)
def test_strip_item(printed: str, item: str) -> None:
    assert strip_item(printed) == item


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("51000021R000000019951-工资性支出", "51000021R000000019951", "工资性支出"),
        ("219－青山市民政局", "219", "青山市民政局"),
        ("[105] 教育部", "105", "教育部"),
        ("农业农村部［326］", "326", "农业农村部"),
        ("219001-2023年度项目", "219001", "2023年度项目"),
        ("2023-2025年规划", None, "2023-2025年规划"),
        ("310-320国道改造", None, "310-320国道改造"),
        ("〔2021〕45号", None, "〔2021〕45号"),
        ("[2021]年项目", None, "[2021]年项目"),
        ("ABC-计划", None, "ABC-计划"),
        ("123-ABC", None, "123-ABC"),
        ("教育部", None, "教育部"),
    ],
)
def test_split_code(text: str, code: str | None, name: str) -> None:
    assert split_code(text) == (code, name)
