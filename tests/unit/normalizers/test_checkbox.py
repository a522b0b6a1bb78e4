"""Tick boxes: the ticked option, wherever its box stands and whatever it is drawn with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.checkbox import has_ticks, parse_ticks
from normalizers.parsed import Doubt
from normalizers.registry_rows import registry_rows

PAIRS = (
    ("☑", "□"),
    ("■", "☐"),
    ("√", "□"),
    ("(√)", "( )"),
    ("（ √ ）", "（　）"),
    ("●", "○"),
    ("\uf052", "\uf0a3"),
)
OPTIONS = ("新增项目", "延续项目", "经常性项目", "其他（一次性）")


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("□一次性项目 ☑经常性项目", "经常性项目"),
        ("新增项目□ 延续项目√", "延续项目"),
        ("经常性项目(√)一次性项目( )", "经常性项目"),
        ("1、部门预算项目 □ 2、专项资金项目 ☑", "专项资金项目"),
        ("1、部门预算项目 ☑ 2、专项资金项目", "部门预算项目"),
        ("项目属性：□新增 ☑延续", "延续"),
        ("项目属性：新增□ 延续☑", "延续"),
        ("[x]甲类 [ ]乙类", "甲类"),
        ("□√经常性 □一次性", "经常性"),
        ("R经常性项目 □一次性项目", "经常性项目"),
        ("\uf052经常性 \uf0a3一次性", "经常性"),
        ("经常性项目 ☑\n一次性项目 □", "经常性项目"),
        ("○是 ●否", "否"),
        ("是√", "是"),
    ],
)
def test_parse_ticks_reads_the_ticked_option(text: str, ticked: str) -> None:
    parsed = parse_ticks(text)
    assert (parsed.value, parsed.raw, parsed.doubts) == (ticked, text, ())
    assert has_ticks(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("□甲类 □乙类", None), ("甲类( ) 乙类( )", None), ("√", None), ("☑甲类 □乙类 ☑丙类", "甲类、丙类")],
)
def test_none_or_several_ticked_is_doubted(text: str, value: str | None) -> None:
    parsed = parse_ticks(text)
    assert (parsed.value, parsed.doubts) == (value, (Doubt.TICKS,))


@pytest.mark.parametrize("text", ["一次性项目", "二○二三年", "项目（）", "R级项目", "金额(元)", "[2021]"])
def test_a_text_without_boxes_is_its_own_value(text: str) -> None:
    assert not has_ticks(text)
    assert (parse_ticks(text).value, parse_ticks(text).doubts) == (text, ())


def test_nothing_printed_is_no_option() -> None:
    assert (parse_ticks("—").value, parse_ticks("—").doubts) == (None, ())


@given(
    st.sampled_from(PAIRS),
    st.permutations(OPTIONS),
    st.integers(0, len(OPTIONS) - 1),
    st.booleans(),
    st.sampled_from([" ", "", "\n", "  "]),
)
def test_parse_ticks_reads_back_what_was_printed(
    pair: tuple[str, str], options: list[str], ticked: int, before: bool, blank: str
) -> None:
    boxes = [pair[0] if index == ticked else pair[1] for index in range(len(options))]
    parts = [box + option if before else option + box for box, option in zip(boxes, options, strict=True)]
    parsed = parse_ticks(blank.join(parts))
    assert (parsed.value, parsed.doubts) == (options[ticked], ())


def test_registry_marks_are_told_apart() -> None:
    rows = registry_rows("ticks.csv")
    assert len({row["mark_hex"] for row in rows}) == len(rows)
    assert {row["state"] for row in rows} == {"on", "off"}
    assert {row["sure"] for row in rows} == {"yes", "no"}
