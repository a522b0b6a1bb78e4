"""Dates as exact as they are printed, periods between two of them, and the year a form is for."""

import re
from datetime import date
from functools import cache

from normalizers.parsed import Doubt, Parsed
from normalizers.registry_rows import registry_rows
from normalizers.text import half_width, is_missing

Period = tuple[str | None, str | None]

_DATE = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?:"
    r"年?度?"
    r"|年(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})[日号])?"
    r"|(?P<sign>[-/.])(?P<month2>[0-9]{1,2})(?:(?P=sign)(?P<day2>[0-9]{1,2}))?"
    r"|(?P<month3>[0-9]{2})(?P<day3>[0-9]{2})?)"
)
_CLOCK = re.compile(r"\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?\s*$")
_BLANK = re.compile(r"年?月?[日号]?")  # the form's own words, with nothing written between them
_DURATION = re.compile(
    r"[(约共为期]*(?:[0-9.]+|[一二三四五六七八九十两半]+)(?:[-~—至](?:[0-9.]+|[一二三四五六七八九十]+))?"
    r"(?:年|个月|个?季度|个?工作日|天|日|周)半?期?[)]?"
)
_DURATION_BEHIND = re.compile(r"\((?:共|为期)?[0-9一二三四五六七八九十两]+(?:年|个月|天)\)$")
_BETWEEN = re.compile(r"至|到|[~～]|[—–―─]+|-{2,}")
_MAYBE_BETWEEN = re.compile(r"-|(?<=[年月日])(?=(?:19|20)[0-9]{2}年)")
_TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)(?=[月日号])")
_UNTIL_NOW = ("今", "至今", "长期")

_NO_YEAR = re.compile(  # ranges, days and document numbers: what holds a year but is not for a year
    r"(?:19|20)[0-9]{2}(?:年度?)?(?:[-—–~]+|至|到)(?:19|20)[0-9]{2}(?:年度?)?"
    r"|(?:19|20)[0-9]{2}年[0-9]{1,2}(?:[-—–~至到][0-9]{1,2})?月(?:[0-9]{1,2}[日号])?"
    r"|(?:19|20)[0-9]{2}([-/.])[0-9]{1,2}(?:\1[0-9]{1,2})?"
    r"|[(\[〔【]?(?:19|20)[0-9]{2}[)\]〕】]?年?第?[0-9]+号"
)
_YEARS = (  # the surest first
    re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年度"),
    re.compile(r"\(((?:19|20)[0-9]{2})年?\)"),
    re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年"),
)


@cache
def _spelled_year() -> tuple[re.Pattern[str], dict[int, str]]:
    digits = {row["numeral"]: row["digit"] for row in registry_rows("numerals.csv")}
    return re.compile("[" + "".join(digits) + "]{4}(?=年)"), {ord(char): digit for char, digit in digits.items()}


def _plain_tens(found: re.Match[str]) -> str:
    _, digits = _spelled_year()
    tens, ones = found[1].translate(digits) or "1", found[2].translate(digits) or "0"
    return tens + ones


def _in_digits(text: str) -> str:
    """The text without white space, its Chinese dates in digits."""
    compact = "".join(half_width(text).split())
    pattern, digits = _spelled_year()
    compact = pattern.sub(lambda found: found[0].translate(digits), compact)
    compact = _TENS.sub(_plain_tens, compact)
    return re.sub(r"[一二三四五六七八九](?=[月日号])", lambda found: found[0].translate(digits), compact)


def _iso(compact: str) -> str | None:
    """The date in ISO form, as exact as printed; None where this is no date or no such day exists."""
    found = _DATE.fullmatch(compact)
    if not found:
        return None
    year, part = found["year"], found.groupdict()
    month = part["month"] or part["month2"] or part["month3"]
    day = part["day"] or part["day2"] or part["day3"]
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7] if month else year


def is_duration(text: str) -> bool:
    """Whether a text says how long and not when: `3年`, `36个月`, `1-3年`; 2021年 is a year."""
    compact = "".join(half_width(text).split())
    return bool(_DURATION.fullmatch(compact)) and not re.match(r"(?:19|20)[0-9]{2}年", compact)


def parse_date(text: str) -> Parsed[str]:
    """A date in ISO form as exact as printed: `2021-01-05`, `2021-01` or `2021`.

    None without a doubt for a blank, a form's empty 年 月 日, or a duration.
    """
    if is_missing(text):
        return Parsed(None, text)
    compact = _in_digits(_CLOCK.sub("", text))
    if found := _iso(compact):
        return Parsed(found, text)
    nothing = _BLANK.fullmatch(compact) or is_duration(text)
    return Parsed(None, text, () if nothing else (Doubt.UNREADABLE,))


def _splits(compact: str) -> list[tuple[str, str]]:
    """The ways to part a period: at its one word or long dash, else at each hyphen or start of a date."""
    if parts := list(_BETWEEN.finditer(compact)):
        return [(compact[: at.start()], compact[at.end() :]) for at in parts[:1]] if len(parts) == 1 else []
    return [(compact[: at.start()], compact[at.end() :]) for at in _MAYBE_BETWEEN.finditer(compact)]


def _side(text: str) -> tuple[bool, str | None]:
    """Whether one side of a period can be read, and its date if it is not blank."""
    if _BLANK.fullmatch(text) or text in _UNTIL_NOW:
        return True, None
    found = _iso(text)
    return found is not None, found


def _read_sides(start: str, end: str) -> Period | None:
    """Both dates; an end without a year has the year of the start, a bare number before 月 is a month."""
    if re.fullmatch(r"(?:19|20)[0-9]{2}年[0-9]{1,2}", start):
        start += "月"
    year = re.match(r"(?:19|20)[0-9]{2}年", start)
    if year and re.match(r"[0-9]{1,2}月", end):
        end = year[0] + end
    (start_read, first), (end_read, last) = _side(start), _side(end)
    return (first, last) if start_read and end_read else None


def _trim(compact: str) -> str:
    return re.sub(r"^[自从由]|(?<=[年月日号0-9度])起(?=$|[-—–~至到])|止$", "", _DURATION_BEHIND.sub("", compact))


def _read_one_date(text: str, compact: str) -> Parsed[Period]:
    found = _iso(compact)
    if found and len(found) == 4:
        return Parsed((found, found), text)
    if found:
        return Parsed((found, None), text, (Doubt.AMBIGUOUS,))
    nothing = _BLANK.fullmatch(compact) or is_duration(text)
    return Parsed(None, text, () if nothing else (Doubt.UNREADABLE,))


def parse_period(text: str) -> Parsed[Period]:
    """Start and end in ISO form, each as exact as printed; None for a side that is blank or 至今.

    A year alone starts and ends in that year; any other single date is taken for the start and doubted. A
    duration, a blank and a form's empty words are None without a doubt.
    """
    if is_missing(text):
        return Parsed(None, text)
    compact = _trim(_in_digits(text))
    periods = {period for split in _splits(compact) if (period := _read_sides(*split))}
    if len(periods) > 1:
        return Parsed(None, text, (Doubt.AMBIGUOUS,))
    if not periods:
        return _read_one_date(text, compact)
    period = periods.pop()
    return Parsed(period if any(period) else None, text)


def find_year(text: str) -> int | None:
    """The year that a title or a line is for: （2023年度）, 2020年度…, 二〇二三年度.

    None where no year stands, two that compete, or only one inside a range, a day or a document's number.
    """
    compact = _NO_YEAR.sub(" ", _in_digits(text))
    for pattern in _YEARS:
        if years := set(pattern.findall(compact)):
            return int(years.pop()) if len(years) == 1 else None
    return None
