"""What several families share: titles, merged level cells, dates, tick boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.samples.model import Filing, Indicator
from tests.samples.sheet import Cell, Item, Look, Text, runs


def look(options: dict[str, Any]) -> Look:
    """The ruling and sizes that a content file asks for."""
    return Look(**options.get("look", {}))


def title_lines(filing: Filing, year: str) -> list[Item]:
    """Title and year above the table."""
    size = filing.options.get("title_size", 16)
    return [
        Text(filing.title, size, "center", bold=True, space_before=6),
        Text(year, 10.5, "center", space_after=6),
    ]


def title_rows(filing: Filing, year: str) -> list[list[Cell]]:
    """Title and year as rows of the ruled grid."""
    return [[Cell(0, 100, filing.title, bold=True)], [Cell(0, 100, year)]]


def level_cells(indicators: Sequence[Indicator], edges: Sequence[float]) -> list[list[Cell]]:
    """For each indicator its level cells between three edges, equal neighbours merged."""
    first, second, third = edges
    ones = runs([row.level1 for row in indicators])
    twos = runs([(row.level1, row.level2) for row in indicators])
    rows = []
    for row, one, two in zip(indicators, ones, twos, strict=True):
        cells = [Cell(first, second, row.level1, one)] if one else []
        cells += [Cell(second, third, row.level2, two)] if two else []
        rows.append(cells)
    return rows


def side(left: float, right: float, text: str, stacked: bool) -> Cell:
    """A side label; stacked: one character a line."""
    return Cell(left, right, "\n".join(text) if stacked else text)


def ticks(options: Sequence[str], chosen: str, on: str = "√", off: str = "□") -> str:
    """Tick boxes in a row."""
    return " ".join((on if option == chosen else off) + option for option in options)


def printed_date(iso: str | None, style: str) -> str:
    """A date as ``2025-01-01``, ``2025/1/1`` or ``2025年1月1日``; an empty one as nothing."""
    if not iso or style == "iso":
        return iso or ""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year}/{month}/{day}" if style == "slash" else f"{year}年{month}月{day}日"
