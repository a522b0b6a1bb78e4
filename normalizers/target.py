"""Targets of indicators: operator, value and unit as one printed text, or spread over three cells."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from normalizers.number import parse_number
from normalizers.parsed import Doubt, Parsed
from normalizers.registry_rows import registry_rows
from normalizers.text import fold, half_width, is_missing, normalise

_NUMBER = re.compile(r"[-+]?[0-9]+(?:,[0-9]+)*(?:\.[0-9]+)?|[-+]?\.[0-9]+")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}(?:年|[-/.][0-9]{1,2}[-/.月])|[0-9]{1,2}月(?!/)|[0-9]{1,2}日"
)  # a day to be met is no quantity
_STRAY_DIGIT = re.compile(r"(?<![/A-Za-z0-9])[0-9]")  # not so: 次/7天, m2
_PROSE = re.compile(r"[,，。;；:：、]")
_LONGEST_UNIT = 12  # characters; the longest met (万平方米/年 and the like) have half of that
_OPPOSITE = {(">", "<"), ("<", ">")}


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached.

    Attributes:
        operator: `>`, `>=`, `=`, `<=`, `<`, or empty: none printed, or a target in words.
        value: the number; None for a target in words or one that was not filled in.
        unit: as printed, without brackets around it and without 以上, 以内 behind it; empty if none.
        limit: the word behind the unit (以上, 以内, 内); it gives the operator where none stands in front.
    """

    operator: str = ""
    value: Decimal | None = None
    unit: str = ""
    limit: str = ""


@cache
def _words(place: str) -> dict[str, str]:
    return {row["word"]: row["operator"] for row in registry_rows("operators.csv") if row["place"] == place}


@cache
def _pattern(place: str) -> re.Pattern[str]:
    longest_first = sorted(_words(place), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _split_operator(text: str) -> tuple[str, str]:
    """The operator in front and what follows it; the operator is empty if there is none."""
    found = _pattern("before").match(text)
    return (_words("before")[found[0]], text[found.end() :]) if found else ("", text)


def _split_limit(unit: str) -> tuple[str, str]:
    """The unit without a word such as 以上 behind it, and that word; empty if there is none."""
    for found in _pattern("after").finditer(unit):
        if found.end() == len(unit):
            return unit[: found.start()], found[0]
    return unit, ""


def _plain_unit(unit: str) -> str:
    if unit.startswith("(") and unit.find(")") == len(unit) - 1:
        return unit[1:-1]
    found = re.match(r"%(?=[\u4e00-\u9fff])", unit)  # 100%完成: the words say nothing of the unit
    return found[0] if found else unit


def _is_several(unit: str) -> bool:
    return bool(_STRAY_DIGIT.search(unit) or _PROSE.search(unit)) or len(unit) > _LONGEST_UNIT


def _read(text: str) -> tuple[Target, tuple[Doubt, ...]]:
    operator, rest = _split_operator(text)
    number = _NUMBER.match(rest)
    if not number or _DATE.match(rest):
        return Target(), ()
    value = parse_number(number[0])
    unit, limit = _split_limit(rest[number.end() :])
    if value.value is None or _is_several(unit):
        return Target(), (Doubt.AMBIGUOUS,)
    limit_operator = _words("after").get(limit, "")
    contradiction = (operator[:1], limit_operator[:1]) in _OPPOSITE
    doubts = value.doubts + ((Doubt.AMBIGUOUS,) if contradiction else ())
    return Target(operator or limit_operator, value.value, _plain_unit(unit), limit), doubts


@lru_cache(maxsize=16384)
def parse_target(text: str) -> Parsed[Target]:
    """The target that a text states.

    A target in words, a date, and an operator without a number give an empty `Target` without a doubt; a
    range or several numbers an empty one with AMBIGUOUS. The value is None only where nothing is printed.
    `=15天内` keeps its printed sign; only without one does 内 count as `<=`.
    """
    if is_missing(text):
        return Parsed(None, text)
    target, doubts = _read("".join(half_width(text).split()))
    return Parsed(target, text, doubts)


@cache
def _nature_words() -> frozenset[str]:
    return frozenset(map(fold, _words("nature")))


def join_target(operator_cell: str, value_cell: str, unit_cell: str) -> str:
    """The target text of a form with three columns; a cell such as 定性 or a missing mark adds nothing.

    A sign or unit that the value cell prints again stands once.
    """
    cells = ("" if is_missing(cell) else normalise(cell).strip() for cell in (operator_cell, value_cell, unit_cell))
    operator, value, unit = cells
    if fold(operator) in _nature_words() or value.startswith(operator):
        operator = ""
    return operator + value.removesuffix(unit) + unit
