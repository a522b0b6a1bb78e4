"""Dates as exact as printed, periods, and the year a form is for."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.parsed import Doubt
from normalizers.period import find_year, is_duration, parse_date, parse_period

DATES = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
NUMERALS = "〇一二三四五六七八九"
FORMATS = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
    lambda day: f"{day.year} 年{day.month}月 {day.day}日",
    lambda day: day.strftime("%Y%m%d"),
    lambda day: f"{spelled_year(day.year)}年{spelled(day.month)}月{spelled(day.day)}日",
)


def spelled_year(year: int) -> str:
    return "".join(NUMERALS[int(digit)] for digit in str(year))


def spelled(number: int) -> str:
    tens, ones = divmod(number, 10)
    front = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十"
    return front + (NUMERALS[ones] if ones else "")


@given(DATES, st.sampled_from(FORMATS))
def test_parse_date_reads_back_what_was_printed(day: date, render: Callable[[date], str]) -> None:
    parsed = parse_date(render(day))
    assert (parsed.value, parsed.doubts) == (day.isoformat(), ())


@given(DATES, DATES, st.sampled_from(FORMATS), st.sampled_from(["至", " 到 ", "—", "~", "-", " - ", "－", "--"]))
def test_parse_period_reads_back_what_was_printed(
    start: date, end: date, render: Callable[[date], str], between: str
) -> None:
    parsed = parse_period(render(start) + between + render(end))
    assert (parsed.value, parsed.doubts) == ((start.isoformat(), end.isoformat()), ())


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026/1/1", "2026-01-01"),
        ("2021年1月", "2021-01"),
        ("2021.01", "2021-01"),
        ("202101", "2021-01"),
        ("2021年", "2021"),
        ("2021", "2021"),
        ("二○二三年九月", "2023-09"),
        ("二O二五年十月", "2025-10"),
        ("2021-01-01 00:00:00", "2021-01-01"),
    ],
)
def test_parse_date_is_as_exact_as_printed(text: str, iso: str) -> None:
    parsed = parse_date(text)
    assert (parsed.value, parsed.raw, parsed.doubts) == (iso, text, ())


@pytest.mark.parametrize("text", ["2023-02-30", "2021年13月", "2021-1/1", "2021年底", "12月", "3101990", "另行通知"])
def test_parse_date_says_what_it_cannot_read(text: str) -> None:
    assert (parse_date(text).value, parse_date(text).doubts) == (None, (Doubt.UNREADABLE,))


@pytest.mark.parametrize("text", ["", "—", "年 月 日", "3年", "36个月", "一年"])
def test_blanks_and_durations_are_no_dates_and_no_doubts(text: str) -> None:
    for parse in (parse_date, parse_period):
        assert (parse(text).value, parse(text).doubts) == (None, ())


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021年1月至2022年12月", "2021-01", "2022-12"),
        ("20190101 到 20191231", "2019-01-01", "2019-12-31"),
        ("2024年-2026年", "2024", "2026"),
        ("2024-2026", "2024", "2026"),
        ("2021.01-2021.12", "2021-01", "2021-12"),
        ("2021-01-01-2021-12-31", "2021-01-01", "2021-12-31"),
        ("2021年1月1日至12月31日", "2021-01-01", "2021-12-31"),
        ("2021年1-12月", "2021-01", "2021-12"),
        ("自2021年1月起至2022年12月止", "2021-01", "2022-12"),
        ("2024年-2026年（3年）", "2024", "2026"),
        ("2019年1月1日 2019年12月31日", "2019-01-01", "2019-12-31"),
        ("2023年1月至今", "2023-01", None),
        ("2021年1月至 年 月", "2021-01", None),
        ("至2022年12月", None, "2022-12"),
        ("2021年", "2021", "2021"),
    ],
)
def test_parse_period_reads(text: str, start: str | None, end: str | None) -> None:
    parsed = parse_period(text)
    assert (parsed.value, parsed.raw, parsed.doubts) == ((start, end), text, ())


def test_parse_period_of_blanks_is_nothing() -> None:
    assert (parse_period("年 月至 年 月").value, parse_period("年 月至 年 月").doubts) == (None, ())


def test_parse_period_doubts_a_lone_date() -> None:
    parsed = parse_period("2021年1月")
    assert (parsed.value, parsed.doubts) == (("2021-01", None), (Doubt.AMBIGUOUS,))


@pytest.mark.parametrize("text", ["2023-02-30至2023-03-01", "2021-2022-2023", "1月至3月", "长期有效"])
def test_parse_period_says_what_it_cannot_read(text: str) -> None:
    assert (parse_period(text).value, parse_period(text).doubts) == (None, (Doubt.UNREADABLE,))


@pytest.mark.parametrize("text", ["3年", "36个月", "三年", "1-3年", "约 2 年", "2年半"])
def test_durations(text: str) -> None:
    assert is_duration(text)


@pytest.mark.parametrize("text", ["2021年", "2021年1月", "长期", "", "2024年-2026年"])
def test_no_durations(text: str) -> None:
    assert not is_duration(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("（2023年度）", 2023),
        ("(2023 年度)", 2023),
        ("( 2018 年)", 2018),
        ("（2023）", 2023),
        ("2020年度县级专项资金绩效目标自评表", 2020),
        ("2022年一般公共预算", 2022),
        ("二〇二三年度", 2023),
        ("2023年度（2022年结转）", 2023),
        ("绩效目标表—2023年度", 2023),
        ("某财〔2020〕10号 2021年度", 2021),
        ("（ 年度）", None),
        ("(20XX年度)", None),
        ("2024年-2026年", None),
        ("2023—2025年度", None),
        ("2023年1月", None),
        ("2023年1-12月", None),
        ("二〇二二年七月十五日", None),
        ("2023-01-05", None),
        ("〔2021〕45号", None),
        ("（2021）45号", None),
        ("2021年第3号", None),
        ("2023年度与2024年度", None),
    ],
)
def test_find_year(text: str, year: int | None) -> None:
    assert find_year(text) == year


@given(st.text(st.sampled_from("0123456789年月日度至到-—.号（）〔〕二〇 "), max_size=20))
def test_a_found_year_is_a_year(text: str) -> None:
    year = find_year(text)
    assert year is None or 1900 <= year <= 2099
