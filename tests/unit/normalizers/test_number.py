"""Numbers, percentages, points: what is read, and what is left alone with a reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.number import parse_number, parse_percent, parse_points
from normalizers.parsed import Doubt

NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
FULL_WIDTH = str.maketrans("0123456789,.-()", "０１２３４５６７８９，．－（）")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,774,201.00", "1774201.00"),
        ("１，７７４，２０１．００", "1774201.00"),
        ("1,774,\n201.00", "1774201.00"),
        (" 12 ", "12"),
        (".50", "0.50"),
        ("-5", "-5"),
        ("负 5", "-5"),
        ("（5.00）", "-5.00"),
        ("￥1,000", "1000"),
        ("¥-5", "-5"),
        ("-0", "0"),
        ("+5", "5"),
    ],
)
def test_parse_number_reads(text: str, value: str) -> None:
    parsed = parse_number(text)
    assert (parsed.value, parsed.raw, parsed.doubts) == (Decimal(value), text, ())
    assert str(parsed.value) == value


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        ("1,23,4", "1234", Doubt.ODD_SEPARATORS),
        ("1234,567", "1234567", Doubt.ODD_SEPARATORS),
        ("1 774 201.00", "1774201.00", Doubt.AMBIGUOUS),
        ("10 214167.00", None, Doubt.AMBIGUOUS),
        ("10, 20", None, Doubt.AMBIGUOUS),
        ("10、20", None, Doubt.AMBIGUOUS),
        ("10-20", None, Doubt.AMBIGUOUS),
        ("1O0", None, Doubt.UNREADABLE),
        ("l2", None, Doubt.UNREADABLE),
        ("5²", None, Doubt.UNREADABLE),
        ("①", None, Doubt.UNREADABLE),
        ("12,", None, Doubt.UNREADABLE),
        ("5元", None, Doubt.UNREADABLE),
        ("-(5)", None, Doubt.UNREADABLE),
        ("٣", None, Doubt.UNREADABLE),
        ("9" * 30, None, Doubt.UNREADABLE),
    ],
)
def test_parse_number_doubts(text: str, value: str | None, doubt: Doubt) -> None:
    parsed = parse_number(text)
    assert parsed.value == (None if value is None else Decimal(value))
    assert parsed.doubts == (doubt,)


@pytest.mark.parametrize("text", ["", " ", "—", "/", "*"])
def test_nothing_printed_is_no_doubt(text: str) -> None:
    for parse in (parse_number, parse_percent, parse_points):
        assert (parse(text).value, parse(text).doubts) == (None, ())


@given(NUMBERS, st.booleans(), st.booleans())
def test_parse_number_reads_back_what_was_printed(value: Decimal, grouped: bool, wide: bool) -> None:
    printed = f"{value:,.2f}" if grouped else f"{value:.2f}"
    parsed = parse_number(printed.translate(FULL_WIDTH) if wide else printed)
    assert (parsed.value, parsed.doubts) == (value, ())


@given(st.text())
def test_parse_number_always_says_why(text: str) -> None:
    parsed = parse_number(text)
    assert parsed.raw == text
    assert parsed.value is None or parsed.value.is_finite()


@pytest.mark.parametrize("text", ["95%", "95％", "95.00(%)", "95.00 （％）", "95"])
@pytest.mark.parametrize("ratio_allowed", [True, False])
def test_parse_percent_reads(text: str, ratio_allowed: bool) -> None:
    parsed = parse_percent(text, ratio_allowed=ratio_allowed)
    assert (parsed.value, parsed.raw, parsed.doubts) == (Decimal(95), text, ())


def test_parse_percent_takes_a_ratio_only_where_allowed() -> None:
    assert parse_percent("0.95").value == Decimal("0.95")
    assert parse_percent("0.95", ratio_allowed=True).value == 95
    assert parse_percent("0.95%", ratio_allowed=True).value == Decimal("0.95")


def test_parse_percent_doubts_a_bare_one() -> None:
    assert parse_percent("1", ratio_allowed=True).doubts == (Doubt.AMBIGUOUS,)
    assert parse_percent("1").doubts == ()


def test_parse_percent_leaves_words_alone() -> None:
    assert parse_percent("95‰").doubts == (Doubt.UNREADABLE,)


@pytest.mark.parametrize(("text", "value"), [("10", "10"), ("10分", "10"), ("（10分）", "10"), ("８.５８ 分", "8.58")])
def test_parse_points_reads(text: str, value: str) -> None:
    parsed = parse_points(text)
    assert (parsed.value, parsed.raw, parsed.doubts) == (Decimal(value), text, ())


def test_parse_points_doubts_what_is_no_number() -> None:
    assert parse_points("优").doubts == (Doubt.UNREADABLE,)
    assert parse_points("100 98.5").doubts == (Doubt.AMBIGUOUS,)
