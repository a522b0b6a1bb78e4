"""Numbers, percentages and points as forms print them."""

import re
from decimal import Decimal

from normalizers.parsed import Doubt, Parsed
from normalizers.text import half_width, is_missing

_PLAIN = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,12})?")
_PLAIN_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,8})?")
_LAYOUT_COMMA = re.compile(r"\s*,\s*(?=[0-9]{3}(?![0-9]))")  # a blank beside a separator is layout
_LAYOUT_SIGN = re.compile(r"(?<=[-–¥负+])\s+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_NUMBER = re.compile(r"([0-9]+(?:[,\s][0-9]+)*)?(\.[0-9]+)?")
_SIGNED = re.compile(r"(?P<minus>[-–]|负)?\+?¥?(?P<minus2>[-–]|负)?(?P<body>[0-9.].*)", re.DOTALL)
_BRACKETED = re.compile(r"\((.*)\)", re.DOTALL)
_SEVERAL = re.compile(r"[0-9]+(?:[\s.,/、;:~\-–—至到或和]+[0-9]+)+")
_SPACE = re.compile(r"\s")
_SEPARATOR = re.compile(r"[,\s]")
_PERCENT_SIGN = re.compile(r"\s*(?:\(\s*%\s*\)|%)\s*$")
_LONGEST = 26  # characters; more is no number but a fault of the reader, and Decimal would round it


def _unsigned_zero(value: Decimal) -> Decimal:
    return value or abs(value)


def _failure(raw: str, text: str) -> Parsed[Decimal]:
    code = Doubt.AMBIGUOUS if _SEVERAL.fullmatch(text) else Doubt.UNREADABLE
    return Parsed(None, raw, (code,))


def _separators(whole: str) -> tuple[Doubt, ...] | None:
    """Doubts about the separators of the whole part; None where they part two numbers."""
    if whole.isdigit() or not whole or _GROUPED.fullmatch(whole):
        return ()
    if whole.replace(",", "").isdigit():
        return (Doubt.ODD_SEPARATORS,)
    return (Doubt.AMBIGUOUS,) if _GROUPED.fullmatch(_SPACE.sub(",", whole)) else None


def _read_body(raw: str, body: str, negative: bool) -> Parsed[Decimal]:
    found = _NUMBER.fullmatch(_LAYOUT_COMMA.sub(",", body))
    if not found or len(body) > _LONGEST:
        return _failure(raw, body)
    whole, fraction = found[1] or "", found[2] or ""
    doubts = _separators(whole)
    if doubts is None:
        return Parsed(None, raw, (Doubt.AMBIGUOUS,))
    value = Decimal(_SEPARATOR.sub("", whole) + fraction)
    return Parsed(-value if negative and value else value, raw, doubts)


def parse_number(text: str) -> Parsed[Decimal]:
    """A number: any width of digits, separators, ¥ in front, minus as sign, as 负 or as brackets."""
    stripped = text.strip()
    if _PLAIN.fullmatch(stripped):
        return Parsed(_unsigned_zero(Decimal(stripped)), text)
    if _PLAIN_GROUPED.fullmatch(stripped):
        return Parsed(Decimal(stripped.replace(",", "")), text)
    if is_missing(stripped):
        return Parsed(None, text)
    half = half_width(stripped).strip()
    bracketed = _BRACKETED.fullmatch(half)
    found = _SIGNED.fullmatch(bracketed[1].strip() if bracketed else _LAYOUT_SIGN.sub("", half))
    if not found:
        return _failure(text, half)
    minuses = sum(map(bool, (bracketed, found["minus"], found["minus2"])))
    if minuses > 1:
        return _failure(text, half)
    return _read_body(text, found["body"], negative=minuses == 1)


def parse_percent(text: str, *, ratio_allowed: bool = False) -> Parsed[Decimal]:
    """A percentage in percent: `95%` is 95.

    Args:
        text: the cell.
        ratio_allowed: the column is a rate, so a number from 0 to 1 without a percent sign is a ratio: 0.95
            is 95. A bare 1 then may be either and is doubted.
    """
    half = half_width(text)
    bare = _PERCENT_SIGN.sub("", half)
    signed = bare != half
    number = parse_number(bare)
    if number.value is None or signed or not ratio_allowed or not 0 <= number.value <= 1:
        return Parsed(number.value, text, number.doubts)
    doubts = number.doubts + ((Doubt.AMBIGUOUS,) if number.value == 1 else ())
    return Parsed(number.value * 100, text, doubts)


def parse_points(text: str) -> Parsed[Decimal]:
    """Points or a score: `10`, `10分`, `（10分）`; brackets are no minus here."""
    half = half_width(text).strip()
    if bracketed := _BRACKETED.fullmatch(half):
        half = bracketed[1].strip()
    number = parse_number(half.removesuffix("分"))
    return Parsed(number.value, text, number.doubts)
