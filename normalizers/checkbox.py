"""Tick boxes: which of the printed options is ticked."""

import re
from dataclasses import dataclass
from functools import cache

from normalizers.parsed import Doubt, Parsed
from normalizers.registry_rows import registry_rows
from normalizers.text import is_missing, normalise, strip_item

_NUMERALS = "〇○零一二三四五六七八九"  # a circle beside one of these is a nought
_JOINT = "、"
_EMPTY = re.compile(r"[(（\[［]\s*[)）\]］]")


@dataclass(frozen=True, slots=True)
class _Box:
    start: int
    end: int
    ticked: bool


def _marks(state: str, sure: str) -> str:
    rows = (row for row in registry_rows("ticks.csv") if (row["state"], row["sure"]) == (state, sure))
    return "".join(re.escape(chr(int(row["mark_hex"], 16))) for row in rows)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What any box begins with; a box that is one for sure; the same or a mark that is one only beside such.

    A tick stands in a group of its own.
    """
    on, off = _marks("on", "yes"), _marks("off", "yes")
    nought = rf"○(?=[{_NUMERALS}])|(?<=[{_NUMERALS}])○"
    bracketed = rf"[(（\[［【]\s*(?:([{on}])|[{off}])\s*[)）\]］】]|\[\s*([xX])\s*\]"
    sure = rf"{bracketed}|(?!{nought})(?:[{off}]?([{on}])[{off}]?|[{off}])"
    leftover = rf"(?<![A-Za-z0-9])(?:([{_marks('on', 'no')}])|[{_marks('off', 'no')}])(?![A-Za-z0-9])"
    begin = rf"[{on}{off}(（\[［【]"
    return re.compile(begin), re.compile(sure), re.compile(f"{sure}|{leftover}|{_EMPTY.pattern}")


def _find_boxes(text: str) -> list[_Box]:
    """The boxes in order; empty brackets count beside a sure box or beside one another."""
    begin, sure, any_box = _patterns()
    if not begin.search(text) or not (sure.search(text) or len(_EMPTY.findall(text)) > 1):
        return []
    return [_Box(found.start(), found.end(), any(found.groups())) for found in any_box.finditer(text)]


def has_ticks(text: str) -> bool:
    """Whether a text holds tick boxes, ticked or not."""
    return bool(_find_boxes(text))


def _stand_before(text: str, boxes: list[_Box]) -> bool:
    """Whether the boxes stand before their options: told by the ends of the text, then by the blanks."""
    opens, closes = not text[: boxes[0].start].strip(), not text[boxes[-1].end :].strip()
    if opens != closes:
        return opens
    if text[: boxes[0].start].rstrip().endswith((":", "：")):
        return True
    near_next = sum(not text[box.end : box.end + 1].isspace() for box in boxes)
    near_last = sum(not text[max(box.start - 1, 0) : box.start].isspace() for box in boxes)
    return near_next > near_last or opens


def _clean(option: str) -> str:
    return strip_item(option.strip().strip("、，,；;/|")).strip()


def _options(text: str, boxes: list[_Box]) -> list[tuple[str, bool]]:
    """Each option with its state; a label in front of the first is left out."""
    if _stand_before(text, boxes):
        ends = [box.start for box in boxes[1:]] + [len(text)]
        return [(_clean(text[box.end : end]), box.ticked) for box, end in zip(boxes, ends, strict=True)]
    starts = [0] + [box.end for box in boxes[:-1]]
    options = [text[start : box.start] for start, box in zip(starts, boxes, strict=True)]
    options[0] = re.split("[:：]", options[0])[-1]
    return [(_clean(option), box.ticked) for option, box in zip(options, boxes, strict=True)]


def parse_ticks(text: str) -> Parsed[str]:
    """The ticked option alone; a text without boxes is its own value.

    TICKS is doubted where no box is ticked (value None) or more than one (the options joined with 、).
    """
    if is_missing(text):
        return Parsed(None, text)
    printed = normalise(text)
    boxes = _find_boxes(printed)
    if not boxes:
        return Parsed(printed.strip(), text)
    ticked = [option for option, is_ticked in _options(printed, boxes) if is_ticked and option]
    return Parsed(_JOINT.join(ticked) or None, text, () if len(ticked) == 1 else (Doubt.TICKS,))
