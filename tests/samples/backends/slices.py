"""Cuts a table into what fits on each page: between rows, or in the middle of a row's text."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.samples.backends.grid import check_tiling
from tests.samples.backends.typeset import wrapped
from tests.samples.sheet import Cell, Sheet

PAD = 5.0


@dataclass(slots=True)
class Strip:
    """A row or a part of one on a page: where it stands, and what comes above and below its cut."""

    row: int
    top: float
    foot: float
    opens: bool = True
    closes: bool = True


@dataclass(frozen=True, slots=True)
class Fragment:
    """The part of a cell on one page; ``top`` and ``foot`` count down from the head of the slice."""

    cell: Cell
    top: float
    foot: float
    lines: tuple[str, ...]
    cut_top: bool
    cut_foot: bool


@dataclass(slots=True)
class Slice:
    """The part of a table on one page."""

    strips: list[Strip] = field(default_factory=list)
    fragments: list[Fragment] = field(default_factory=list)

    @property
    def height(self) -> float:
        """How much of the page it takes."""
        return self.strips[-1].foot if self.strips else 0


def cut_sheet(sheet: Sheet, width: float, font: str, first: float, whole: float) -> list[Slice]:
    """The table in slices: the first in the height left on the page, the others in a whole page."""
    check_tiling(sheet)
    lines = {id(cell): cell_lines(cell, sheet, width, font) for row in sheet.rows for cell in row}
    step = sheet.look.font_size * 1.3
    heights = row_heights(sheet, {key: len(found) * step + PAD for key, found in lines.items()})
    slices = strips(sheet, heights, first, whole, step)
    for index, row in enumerate(sheet.rows):
        for cell in row:
            place(cell, index, slices, lines[id(cell)], step, sheet.repeat)
    return slices


def cell_lines(cell: Cell, sheet: Sheet, width: float, font: str) -> list[str]:
    """The text of a cell in lines."""
    if cell.overflow or not cell.text:
        return [cell.text] if cell.text else []
    room = (cell.right - cell.left) / 100 * width - 4
    return wrapped(cell.text, room, font, sheet.look.font_size)


def row_heights(sheet: Sheet, needs: dict[int, float]) -> list[float]:
    """The height of every row; what a merged cell lacks goes to its last row."""
    heights = [sheet.look.row_height] * len(sheet.rows)
    for index, row in enumerate(sheet.rows):
        single = [needs[id(cell)] for cell in row if cell.rows == 1]
        heights[index] = max([heights[index], *single])
    for index, row in enumerate(sheet.rows):
        for cell in row:
            lacking = needs[id(cell)] - sum(heights[index : index + cell.rows])
            if cell.rows > 1 and lacking > 0:
                heights[index + cell.rows - 1] += lacking
    return heights


def strips(sheet: Sheet, heights: list[float], first: float, whole: float, step: float) -> list[Slice]:
    """The rows laid out on pages, the repeated ones at the head of each further page."""
    slices = [Slice()]
    room = first
    again = range(*sheet.repeat) if sheet.repeat else range(0)
    for row, height in enumerate(heights):
        rest, opens = height, True
        while slices[-1].height + rest > room:
            if (
                opens
                and not slices[-1].strips
                and room == first
                and len(slices) == 1
                and not splits(sheet, height, step)
            ):
                room = whole
                continue
            part = splits_at(room - slices[-1].height, step) if splits(sheet, rest, step) else 0
            if part:
                add_strip(slices[-1], row, part, opens, closes=False)
                rest, opens = rest - part + PAD, False
            slices.append(repeated(heights, again if row >= again.stop else range(0)))
            room = whole
        add_strip(slices[-1], row, rest, opens, closes=True)
    return slices


def splits(sheet: Sheet, height: float, step: float) -> bool:
    """Whether a row may be cut: it holds four lines and more."""
    return sheet.look.split_rows and height >= 4 * step + PAD


def splits_at(room: float, step: float) -> float:
    """The height of two lines and more that fit, 0 if fewer do."""
    count = int((room - PAD) / step)
    return count * step + PAD if count >= 2 else 0


def add_strip(piece: Slice, row: int, height: float, opens: bool, closes: bool) -> None:
    """Puts a row or a part of it below what the slice holds."""
    top = piece.height
    piece.strips.append(Strip(row, top, top + height, opens, closes))


def repeated(heights: list[float], rows: range) -> Slice:
    """A new slice with the repeated rows at its head."""
    piece = Slice()
    for row in rows:
        add_strip(piece, row, heights[row], opens=True, closes=True)
    return piece


def place(
    cell: Cell, row: int, slices: list[Slice], lines: list[str], step: float, repeat: tuple[int, int] | None
) -> None:
    """Puts a cell's fragments into the slices; its lines fill them from the first on."""
    rows = range(row, row + cell.rows)
    left = list(lines)
    again = bool(repeat and repeat[0] <= row < repeat[1])
    for piece in slices:
        own = [strip for strip in piece.strips if strip.row in rows]
        if not own:
            continue
        top, foot = own[0].top, own[-1].foot
        closes = own[-1].closes and own[-1].row == rows[-1]
        opens = own[0].opens and own[0].row == rows[0]
        taken = list(lines) if again else take(left, foot - top, step, closes)
        left = left[len(taken) :]
        piece.fragments.append(Fragment(cell, top, foot, tuple(taken), not opens, not closes))


def take(lines: list[str], height: float, step: float, closes: bool) -> list[str]:
    """The lines that go into a fragment: all that are left in the last one, else as many as fit."""
    return lines if closes else lines[: max(0, int((height - PAD + 0.5) / step))]
