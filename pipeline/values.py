"""The text of a slot -> the value of a column: which parser reads which column."""

import re
from collections.abc import Callable

from normalizers.checkbox import has_ticks, parse_ticks
from normalizers.form import Slot
from normalizers.money import find_unit, parse_money
from normalizers.number import parse_percent, parse_points
from normalizers.parsed import Parsed
from normalizers.period import find_year, parse_date
from normalizers.text import (
    is_missing,
    join_lines,
    normalise,
    split_code,
    strip_hint,
    strip_item,
    strip_points,
)
from pipeline.records import Scalar

Reader = Callable[[Slot], Parsed[Scalar]]
_ROW_NUMBER = re.compile(r"^(?:★|\*)?\s*(?:[0-9]{1,2}\s*[.、．]\s*(?![0-9]))?(?:★|\*)?\s*")
_NAME_MARKS = "★*"


def printed(slot: Slot) -> str:
    """The text as printed, without layout breaks and invisible characters."""
    return normalise(join_lines(slot.text.split("\n")))


def read_text(slot: Slot) -> Parsed[Scalar]:
    """The printed text; empty where nothing or a mark for nothing is printed."""
    text = printed(slot)
    return Parsed(None if is_missing(text) else text, slot.text)


def read_prose(slot: Slot) -> Parsed[Scalar]:
    """A longer text without the form's hints on its length."""
    text = strip_hint(printed(slot))
    return Parsed(None if is_missing(text) else text, slot.text)


def read_choice(slot: Slot) -> Parsed[Scalar]:
    """The ticked option alone; the text itself where there are no boxes."""
    if not has_ticks(slot.text):
        return read_text(slot)
    found = parse_ticks(printed(slot))
    return Parsed(found.value, slot.text, found.doubts)


def read_name(slot: Slot) -> Parsed[Scalar]:
    """A name without the code printed with it."""
    text = printed(slot)
    return Parsed(None if is_missing(text) else split_code(text)[1], slot.text)


def read_code(slot: Slot) -> Parsed[Scalar]:
    """The code printed with a name; empty where there is none."""
    return Parsed(split_code(printed(slot))[0], slot.text)


def read_level(slot: Slot) -> Parsed[Scalar]:
    """A level's name without points and gloss."""
    text = printed(slot)
    return Parsed(None if is_missing(text) else strip_points(text)[0], slot.text)


def read_level_points(slot: Slot) -> Parsed[Scalar]:
    """The points printed with a level's name."""
    return Parsed(strip_points(printed(slot))[1], slot.text)


def read_indicator(slot: Slot) -> Parsed[Scalar]:
    """An indicator's name without row number and ★."""
    text = _ROW_NUMBER.sub("", printed(slot), count=1)
    return Parsed(None if is_missing(text) else text, slot.text)


def read_core(slot: Slot) -> Parsed[Scalar]:
    """★ before an indicator's name."""
    return Parsed("★" if "★" in printed(slot)[:6] else None, slot.text)


def read_item(slot: Slot) -> Parsed[Scalar]:
    """A fund item's wording, without the unit in brackets behind it."""
    text = strip_item(printed(slot))
    cut = max(text.rfind("("), text.rfind("（"))
    if cut > 0 and find_unit(text[cut:]):
        text = text[:cut].rstrip()
    return Parsed(text, slot.text)


def read_money(slot: Slot) -> Parsed[Scalar]:
    """In yuan."""
    found = parse_money(printed(slot), slot.unit)
    return Parsed(found.value, slot.text, found.doubts)


def read_points(slot: Slot) -> Parsed[Scalar]:
    """Points, scores, weights."""
    found = parse_points(printed(slot))
    return Parsed(found.value, slot.text, found.doubts)


def read_rate(slot: Slot) -> Parsed[Scalar]:
    """An execution rate in percent, printed with its sign, without, or as a ratio."""
    found = parse_percent(printed(slot), ratio_allowed=True)
    return Parsed(found.value, slot.text, found.doubts)


def read_date(slot: Slot) -> Parsed[Scalar]:
    """ISO, as exact as printed."""
    text = printed(slot)
    if is_missing(text):
        return Parsed(None, slot.text)
    found = parse_date(text)
    return Parsed(found.value, slot.text, found.doubts)


def read_year(slot: Slot) -> Parsed[Scalar]:
    """The year that a title or the line under it names."""
    return Parsed(find_year(printed(slot)), slot.text)


HEAD: dict[str, tuple[str, Reader]] = {
    "project_name": ("project_name", read_name),
    "project_code": ("project_code", read_text),
    "project_nature": ("project_nature", read_choice),
    "project_category": ("project_category", read_choice),
    "department": ("department", read_name),
    "whole_department": ("department", read_name),
    "implementing_unit": ("implementing_unit", read_name),
    "start_date": ("start_date", read_date),
    "end_date": ("end_date", read_date),
    "total_score": ("total_score", read_points),
}

FUNDS: dict[str, tuple[str, Reader]] = {
    "amount": ("amount_yuan", read_money),
    "initial_budget": ("initial_budget_yuan", read_money),
    "annual_budget": ("annual_budget_yuan", read_money),
    "adjustment": ("adjustment_yuan", read_money),
    "received": ("received_yuan", read_money),
    "executed": ("executed_yuan", read_money),
    "max_score": ("max_score", read_points),
    "execution_rate": ("execution_rate", read_rate),
    "score": ("score", read_points),
    "note": ("note", read_text),
}

INDICATORS: dict[str, tuple[str, Reader]] = {
    "level1": ("level1", read_level),
    "level2": ("level2", read_level),
    "level3": ("level3", read_indicator),
    "content": ("content", read_text),
    "core": ("core", read_text),
    "nature": ("nature", read_text),
    "direction": ("direction", read_text),
    "standard": ("standard", read_text),
    "target_initial": ("target_initial_raw", read_text),
    "last_year": ("last_year", read_text),
    "actual": ("actual_raw", read_text),
    "max_score": ("max_score", read_points),
    "score": ("score", read_points),
    "score_rate": ("score_rate", read_points),
    "scoring_rule": ("scoring_rule", read_text),
    "level1_points": ("level1_points", read_points),
    "level2_points": ("level2_points", read_points),
    "note": ("note", read_text),
}
