"""Money: the unit's places, and amounts in yuan to the cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.money import Unit, find_unit, in_yuan, parse_money
from normalizers.parsed import Doubt

YUAN = Unit("元", Decimal(1))
WAN = Unit("万元", Decimal(10_000))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("项目资金（元）", "元"),
        ("（万元）", "万元"),
        ("年度预算数(万元)", "万元"),
        ("【亿元】", "亿元"),
        ("单位：万元", "万元"),
        ("金额单位：元", "元"),
        ("单 位：万 元", "万元"),
        ("单位:人民币元", "元"),
        ("（单位：千元）", "千元"),
        ("万元", "万元"),
        ("资金（万元）（10分）", "万元"),
    ],
)
def test_find_unit_reads_labels(text: str, name: str) -> None:
    found = find_unit(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "万元以上",
        "(万元以上)",
        "单位：万元以上",
        "实施单位：元山县",
        "金额（10分）",
        "甲（元）乙（万元）",
    ],
)
def test_find_unit_leaves_prose_and_contradictions(text: str) -> None:
    assert find_unit(text) is None


@pytest.mark.parametrize(
    ("name", "yuan"), [("元", 1), ("千元", 10**3), ("万元", 10**4), ("百万元", 10**6), ("亿元", 10**8)]
)
def test_units_are_worth(name: str, yuan: int) -> None:
    assert find_unit(f"（{name}）") == Unit(name, Decimal(yuan))


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("10606.7522万元", None, "106067522.00"),
        ("10606.7522万元", YUAN, "106067522.00"),
        ("17.6 万元", YUAN, "176000.00"),
        ("17.6（万元）", YUAN, "176000.00"),
        ("1,774,201.00元", WAN, "1774201.00"),
        ("人民币5元整", None, "5.00"),
        ("17.6", WAN, "176000.00"),
        ("-5", WAN, "-50000.00"),
        ("0", YUAN, "0.00"),
        ("-0.00", WAN, "0.00"),
        ("0", None, "0.00"),
    ],
)
def test_parse_money_reads(text: str, unit: Unit | None, yuan: str) -> None:
    parsed = parse_money(text, unit)
    assert (str(parsed.value), parsed.raw, parsed.doubts) == (yuan, text, ())


@pytest.mark.parametrize("text", ["", "—", "——", "*", "/", "-", " 万元"])
def test_parse_money_finds_nothing_printed(text: str) -> None:
    parsed = parse_money(text, None)
    assert (parsed.value, parsed.doubts) == (None, ())


def test_parse_money_without_a_unit_stays_empty() -> None:
    parsed = parse_money("17.6", None)
    assert (parsed.value, parsed.doubts) == (None, (Doubt.UNIT_UNKNOWN,))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [("见附件", Doubt.UNREADABLE), ("l7.6万元", Doubt.UNREADABLE), ("100.00 200.00", Doubt.AMBIGUOUS)],
)
def test_parse_money_says_why_it_cannot_read(text: str, doubt: Doubt) -> None:
    parsed = parse_money(text, WAN)
    assert (parsed.value, parsed.doubts) == (None, (doubt,))


def test_parse_money_rounds_below_the_cent_half_to_even() -> None:
    assert parse_money("1.0000005", WAN).value == Decimal("10000.00")
    assert parse_money("0.125", YUAN).value == Decimal("0.12")
    assert parse_money("0.125", YUAN).doubts == (Doubt.SUBCENT,)
    assert parse_money("0.120", YUAN).doubts == ()


def test_parse_money_keeps_the_number_s_doubts() -> None:
    parsed = parse_money("1,23,4元")
    assert (parsed.value, parsed.doubts) == (Decimal(1234), (Doubt.ODD_SEPARATORS,))


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.sampled_from(["元", "千元", "万元", "亿元"]),
)
def test_parse_money_reads_back_what_was_printed(yuan: Decimal, name: str) -> None:
    unit = find_unit(name)
    assert unit is not None
    number = f"{yuan / unit.yuan:,.10f}"
    assert parse_money(number, unit).value == yuan
    assert parse_money(number + name, None).value == yuan
    assert parse_money(f"{number} （{name}）", YUAN).doubts == ()


@given(st.decimals(min_value=0, max_value=10**13, places=8))
def test_in_yuan_doubts_exactly_what_it_rounds(number: Decimal) -> None:
    value, doubts = in_yuan(number, WAN)
    assert bool(doubts) == (value != number * 10_000)
    assert abs(value - number * 10_000) <= Decimal("0.005")
