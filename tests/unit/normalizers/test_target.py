"""Targets: operator, value, unit; words; what is not filled in or not one number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.parsed import Doubt
from normalizers.registry_rows import registry_rows
from normalizers.target import Target, join_target, parse_target

EMPTY = Target()
OPERATORS = (">", ">=", "=", "<=", "<", "")


def target(operator: str, value: str, unit: str, limit: str = "") -> Target:
    return Target(operator, Decimal(value), unit, limit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥85.00(%)", target(">=", "85.00", "%")),
        ("=1.00(篇/人)", target("=", "1.00", "篇/人")),
        (">=400件", target(">=", "400", "件")),
        ("=>5次", target(">=", "5", "次")),
        ("＞＝90％", target(">=", "90", "%")),
        ("<30%", target("<", "30", "%")),
        ("≤2小时", target("<=", "2", "小时")),
        ("=15 天内", target("=", "15", "天", "内")),
        ("=0起", target("=", "0", "起")),
        ("0起", target("", "0", "起")),
        ("95%", target("", "95", "%")),
        ("100", target("", "100", "")),
        ("≥29050万只", target(">=", "29050", "万只")),
        ("≥12,000人", target(">=", "12000", "人")),
        (">=-5%", target(">=", "-5", "%")),
        ("不低于95%", target(">=", "95", "%")),
        ("大于等于90分", target(">=", "90", "分")),
        ("大于90分", target(">", "90", "分")),
        ("不超过 5 天", target("<=", "5", "天")),
        ("控制在100万元以内", target("<=", "100", "万元", "以内")),
        ("95%以上", target(">=", "95", "%", "以上")),
        ("3天以内", target("<=", "3", "天", "以内")),
        ("5个工作日内", target("<=", "5", "个工作日", "内")),
        ("100%完成", target("", "100", "%")),
        ("2次/7天", target("", "2", "次/7天")),
        ("100m2", target("", "100", "m2")),
    ],
)
def test_parse_target_reads(text: str, expected: Target) -> None:
    parsed = parse_target(text)
    assert (parsed.value, parsed.raw, parsed.doubts) == (expected, text, ())


@pytest.mark.parametrize(
    "text",
    [
        "提高",
        "有效",
        "定性",
        "=持续提升是/否",
        "≥**个",
        "≥个",
        "≥",
        "2023年12月31日前",
        "12月底前",
        "2023年",
        "约50个",
    ],
)
def test_words_dates_and_blanks_are_no_numbers(text: str) -> None:
    parsed = parse_target(text)
    assert (parsed.value, parsed.doubts) == (EMPTY, ())


@pytest.mark.parametrize(
    "text",
    [
        "80%-90%",
        "3~5次",
        "5至10个",
        "≥80%且≤90%",
        "1个，2场",
        "2小时30分钟",
        "100个社区全部完成道路改造并验收",
    ],
)
def test_several_numbers_are_ambiguous(text: str) -> None:
    parsed = parse_target(text)
    assert (parsed.value, parsed.doubts) == (EMPTY, (Doubt.AMBIGUOUS,))


def test_contradicting_words_are_doubted() -> None:
    parsed = parse_target("≥3次以下")
    assert (parsed.value, parsed.doubts) == (target(">=", "3", "次", "以下"), (Doubt.AMBIGUOUS,))


def test_odd_separators_are_doubted() -> None:
    assert parse_target("≥1,23,4个").doubts == (Doubt.ODD_SEPARATORS,)


@pytest.mark.parametrize("text", ["", "—", "/"])
def test_nothing_printed_is_no_target(text: str) -> None:
    assert (parse_target(text).value, parse_target(text).doubts) == (None, ())


@given(
    st.sampled_from(OPERATORS),
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(["%", "个", "万平方米", "人次", "篇/人", ""]),
    st.booleans(),
    st.sampled_from(["", " ", "\n"]),
)
def test_parse_target_reads_back_what_was_printed(
    operator: str, value: Decimal, unit: str, bracketed: bool, blank: str
) -> None:
    printed_unit = f"({unit})" if bracketed and unit else unit
    parsed = parse_target(f"{operator}{blank}{value:,.2f}{printed_unit}")
    assert (parsed.value, parsed.doubts) == (Target(operator, value, unit), ())


@given(st.text(st.sampled_from("≥>=<％%0123456789,.-~至个(（)）以上内年月完成 "), max_size=12))
def test_a_target_has_a_value_wherever_it_has_an_operator(text: str) -> None:
    value = parse_target(text).value or EMPTY
    assert value.operator in OPERATORS
    assert value.value is not None or value == EMPTY


def test_registry_operators_are_the_contract_s() -> None:
    rows = registry_rows("operators.csv")
    assert len({(row["word"], row["place"]) for row in rows}) == len(rows)
    assert {row["operator"] for row in rows} == set(OPERATORS)
    assert {row["place"] for row in rows} == {"before", "after", "nature"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("≥", "95", "%"), "≥95%"),
        (("=", "持续提升", "是/否"), "=持续提升是/否"),
        (("定性", "优良中低差", "级"), "优良中低差级"),
        (("定性指标", "提高", "/"), "提高"),
        (("≥", "≥95%", "%"), "≥95%"),
        (("≥", "—", ""), "≥"),
        (("", "", ""), ""),
    ],
)
def test_join_target(cells: tuple[str, str, str], expected: str) -> None:
    assert join_target(*cells) == expected
