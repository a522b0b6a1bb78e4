"""What of a text is personal data, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.personal import is_personal_label, mask, may_be_personal, personal_mark

MARK = personal_mark()


@pytest.mark.parametrize(
    "number",
    [
        "13900000000", "+86 13900000000", "139-0000-0000", "１３９００００００００", "000-12345678", "（000）12345678",
        "0000-1234567-802", "someone@example.org", "11000019900101000X",
    ],
)  # fmt: skip
def test_numbers_that_reach_a_person_are_masked_wherever_they_stand(number: str) -> None:
    assert mask(number) == MARK
    assert mask(f"请致电{number}，或写信。") == f"请致电{MARK}，或写信。"


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("联系人：", "某甲"),
        ("项目负责人（签字）：", "某甲"), ("填报人: ", "某甲、某乙、某丙"), ("联系电话：", "12345678"),
        ("电话: ", "6123 4567"), ("姓名：", "某甲"),
    ],
)  # fmt: skip
def test_what_a_label_asks_of_a_person_is_masked_behind_it(label: str, value: str) -> None:
    assert mask(f"1．{label}{value}，请联系") == f"1．{label}{MARK}，请联系"


@pytest.mark.parametrize(
    "text",
    [
        "财预〔2020〕10号", "20310115", "2031-01-15", "2031年1月15日", "200000", "邮编200000", "13900000000元",
        "139,000,000.00", "13900000000.00", "≥13900000000", "￥13900000000", "13900000000万元", "0.00123", "1390000",
        "项目编码310000231000150000", "GB 12345-2031", "项目负责人：区财政局", "联系人：无", "（2031）00012345号",
        "000-123", "1.39e10", "91310000MA1FL00000", "139000000001", "电话回访12345人次",
    ],
)  # fmt: skip
def test_other_numbers_and_words_stay(text: str) -> None:
    assert mask(text) == text


@given(st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False))
def test_no_amount_is_taken_for_a_telephone_number(amount: object) -> None:
    for text in (f"{amount:f}", f"{amount:,.2f}", f"{amount:.0f}元", f"年初预算{amount:f}万元，执行{amount:,.2f}元"):
        assert mask(text) == text


@given(st.dates())
def test_no_date_is_taken_for_a_telephone_number(date: object) -> None:
    for form in ("%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y/%m/%d"):
        assert mask(f"{date:{form}}") == f"{date:{form}}"


@given(st.text(alphabet="某甲电话联系人：:139-0 ()万元年@a.,", max_size=40))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


def test_a_label_says_that_a_person_is_asked_for() -> None:
    assert all(map(is_personal_label, ("联系人", "联系\n电话", "姓 名", "受访人", "负责人及电话（签章）")))
    assert not any(map(is_personal_label, ("单位", "项目名称", "某甲", "12", "")))


@pytest.mark.parametrize(
    "text", ["某甲", "某甲、某乙", "某甲 000-12345678", "12345678", "某甲（组长）", "某·甲", "6123 4567"]
)
def test_names_and_numbers_may_be_what_is_asked_for(text: str) -> None:
    assert may_be_personal(text)


@pytest.mark.parametrize(
    "text", ["", "无", "/", "12", "区财政局", "合计", "街道居民代表", "负责全区道路养护的组织工作", "联系电话"]
)
def test_other_texts_are_not_what_is_asked_for(text: str) -> None:
    assert not may_be_personal(text)
