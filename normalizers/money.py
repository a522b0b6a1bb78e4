"""Money: which unit is printed where, and amounts in yuan."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache, lru_cache

from normalizers.number import parse_number
from normalizers.parsed import Doubt, Parsed
from normalizers.registry_rows import registry_rows
from normalizers.text import half_width, is_missing

_CENT = Decimal("0.01")
_EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)  # wide enough for every number that parse_number gives


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of money.

    Attributes:
        name: its plain printed name.
        yuan: how many yuan one of it is.
    """

    name: str
    yuan: Decimal


@cache
def _units() -> dict[str, Unit]:
    by_name = {}
    for row in registry_rows("units.csv"):
        names = row["names"].split("|")
        by_name.update({name: Unit(names[0], Decimal(row["yuan"])) for name in names})
    return by_name


@cache
def _names() -> str:
    """A pattern of all names, the longest first, with blanks allowed inside."""
    longest_first = sorted(_units(), key=len, reverse=True)
    return "|".join(r"\s*".join(map(re.escape, name)) for name in longest_first)


@cache
def _last_characters() -> re.Pattern[str]:
    return re.compile("[" + "".join({name[-1] for name in _units()}) + "]")


@cache
def _label_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"[(\[【〔]\s*({_names()})\s*[)\]】〕]"
        rf"|单\s*位\s*(?:为\s*)?[:：]?\s*({_names()})(?!\w)"
        rf"|^\s*({_names()})\s*$"
    )


@cache
def _value_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:人民币)?(.*?)\s*(?:({_names()})|\(\s*({_names()})\s*\))\s*整?", re.DOTALL)


def _unit_of(name: str) -> Unit:
    return _units()["".join(name.split())]


@lru_cache(maxsize=4096)
def find_unit(text: str) -> Unit | None:
    """The unit of money that a label or caption names: in brackets, after 单位, or alone.

    None where no unit is named, or two that differ.
    """
    if not _last_characters().search(text):
        return None
    found = {_unit_of(next(filter(None, groups))) for groups in _label_pattern().findall(half_width(text))}
    return found.pop() if len(found) == 1 else None


def in_yuan(number: Decimal, unit: Unit) -> tuple[Decimal, tuple[Doubt, ...]]:
    """The amount in yuan to the cent, and a doubt if the cent does not hold it (rounded half to even)."""
    exact = _EXACT.multiply(number, unit.yuan)
    rounded = exact.quantize(_CENT, context=_EXACT)
    return rounded, () if rounded == exact else (Doubt.SUBCENT,)


def parse_money(text: str, unit: Unit | None = None) -> Parsed[Decimal]:
    """An amount in yuan, to the cent.

    Args:
        text: the cell.
        unit: what the form says the money is in; a unit printed with the amount itself comes first. None:
            unknown, and then the value is None, except that 0 is 0 in every unit.
    """
    if is_missing(text):
        return Parsed(None, text)
    printed = text
    if not text.isascii() and (own := _value_pattern().fullmatch(half_width(text).strip())):
        printed, unit = own[1], _unit_of(own[2] or own[3])
    number = parse_number(printed)
    if number.value is None:
        return Parsed(None, text, number.doubts)
    if unit is None and number.value:
        return Parsed(None, text, (*number.doubts, Doubt.UNIT_UNKNOWN))
    value, doubts = in_yuan(number.value, unit) if unit else (_CENT * 0, ())
    return Parsed(value, text, number.doubts + doubts)
