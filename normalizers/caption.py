"""A line over a table -> its title, without unit, date and labelled values beside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from normalizers.money import find_unit
from normalizers.text import half_width
from normalizers.vocabulary import read_registry

_APART = re.compile(r"(?<=\S\S)\s+|\s+(?=\S\S)")  # not the blanks between letters set wide
_LONGEST = 80  # characters of a title


@dataclass(frozen=True, slots=True)
class Caption:
    """What a line says of the table under it.

    Attributes:
        title: as printed; empty where the line holds none.
        is_numbered: whether it begins with the table's number.
        is_named: whether it calls itself a table.
        is_prose: whether the line is running text, or a line of contents.
    """

    title: str = ""
    is_numbered: bool = False
    is_named: bool = False
    is_prose: bool = False


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    content = dict(read_registry("captions.yml"))
    numeral = content.pop("numeral")
    return {name: re.compile(pattern.replace("{n}", numeral)) for name, pattern in content.items()}


def read_caption(line: str) -> Caption:
    """What a line over a table says; empty where it is nothing but a unit, a date, labelled values or a code."""
    patterns = _patterns()
    key = half_width(line.strip())
    if patterns["prose"].search(key) or patterns["leader"].search(key):
        return Caption(is_prose=True)
    unit = patterns["unit"].search(half_width(line))
    text = (f"{line[: unit.start()]} {line[unit.end() :]}" if unit else line).strip()
    if (number := patterns["number"].match(half_width(text))) and _is_title(text[number.end() :], _LONGEST):
        return Caption(text, True, True)
    title = " ".join(piece for piece in _APART.split(text) if not _is_aside(piece))
    named = patterns["name"].search(half_width(title)) is not None
    if not _is_title(title, _LONGEST):
        return Caption()
    if patterns["clause"].search(title) and not named:
        return Caption(is_prose=True)
    return Caption(title, False, named)


def _is_aside(piece: str) -> bool:
    """Whether a piece of a line is no title: a labelled value, date, code, unit, the mark that a table goes on."""
    key = half_width(piece)
    if ":" in key or find_unit(piece):
        return True
    return any(_patterns()[name].search(key) for name in ("date", "code", "continued"))


def _is_title(text: str, longest: int) -> bool:
    return 2 < len(text) <= longest and not text.startswith(("(", "（"))
