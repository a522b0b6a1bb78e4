"""What layouts make and back ends draw: headings, paragraphs, abstract tables, page breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

Align = Literal["left", "center", "right"]
Ruling = Literal["solid", "rects", "filled", "dashed", "open", "rules", "none"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A box of a table, from ``left`` to ``right`` per cent of its width, ``rows`` rows high.

    Attributes:
        overflow: the text is not wrapped and may run over the ruling.
    """

    left: float
    right: float
    text: str = ""
    rows: int = 1
    align: Align = "center"
    bold: bool = False
    overflow: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is ruled and set; sizes in points.

    Attributes:
        close_cuts: a line closes the table at the foot of a page where it is cut.
        split_rows: a row may be cut in the middle of its text.
    """

    ruling: Ruling = "solid"
    font_size: float = 9
    row_height: float = 18
    line_width: float = 0.5
    close_cuts: bool = True
    split_rows: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; covered places have no cell of their own.

    Attributes:
        repeat: first and last row (exclusive) that are printed again after each page break.
    """

    rows: tuple[Row, ...]
    look: Look = field(default_factory=Look)
    repeat: tuple[int, int] | None = None

    @property
    def edges(self) -> list[float]:
        """The x of every column edge, 0 to 100."""
        return sorted({x for row in self.rows for cell in row for x in (cell.left, cell.right)})

    def parts(self) -> list[Sheet]:
        """The table cut in two above its repeated rows, for programs that repeat only first rows."""
        if not self.repeat or self.repeat[0] == 0:
            return [self]
        first, last = self.repeat
        return [
            replace(self, rows=self.rows[:first], repeat=None),
            replace(self, rows=self.rows[first:], repeat=(0, last - first)),
        ]


@dataclass(frozen=True, slots=True)
class Text:
    """A heading or a paragraph; ``indent`` sets in the first line by two characters."""

    text: str
    size: float = 10.5
    align: Align = "left"
    bold: bool = False
    indent: bool = False
    space_before: float = 0
    space_after: float = 4


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next item begins a page; ``turned`` pages are landscape by /Rotate 90."""

    turned: bool = False


Item = Text | Sheet | PageBreak


def band(edges: Sequence[float], texts: Iterable[str], align: Align = "center", rows: int = 1) -> list[Cell]:
    """Cells side by side between the given edges."""
    return [Cell(left, right, text, rows, align) for (left, right), text in zip(pairwise(edges), texts, strict=True)]


def spread(rows: Sequence[Sequence[Cell]], side: Cell) -> list[list[Cell]]:
    """The rows with one cell at their left that covers them all."""
    merged = replace(side, rows=len(rows))
    return [[merged, *row] if index == 0 else list(row) for index, row in enumerate(rows)]


def runs(keys: Sequence[object]) -> list[int]:
    """For every place the length of the run of equal keys that begins there, 0 inside a run."""
    lengths = [0] * len(keys)
    start = 0
    for index, key in enumerate(keys):
        if index and key != keys[index - 1]:
            start = index
        lengths[start] += 1
    return lengths


def plain_table(header: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], edges: Sequence[float]) -> list[Row]:
    """Rows of a table that is no form: equal neighbours of a header are merged, text left, numbers right."""
    return [*merged_header(header, edges), *(tuple(data_row(row, edges)) for row in rows)]


def merged_header(header: Sequence[Sequence[str]], edges: Sequence[float]) -> list[Row]:
    """The header rows, a label that stands over or beside itself being one cell."""
    first = header[0]
    if len(header) == 1:
        return [tuple(across(first, edges))]
    below = header[1]
    tall = [up == down for up, down in zip(first, below, strict=True)]
    top: list[Cell] = []
    for index, length in enumerate(runs(first)):
        if length:
            top.append(Cell(edges[index], edges[index + length], first[index], 2 if tall[index] else 1))
    under = [Cell(edges[i], edges[i + 1], text) for i, text in enumerate(below) if not tall[i]]
    return [tuple(top), tuple(under)]


def across(texts: Sequence[str], edges: Sequence[float]) -> list[Cell]:
    """One row in which equal neighbours are one cell."""
    return [Cell(edges[i], edges[i + length], texts[i], bold=True) for i, length in enumerate(runs(texts)) if length]


def data_row(texts: Sequence[str], edges: Sequence[float]) -> list[Cell]:
    """One row: codes and words to the left, amounts to the right, counts in the middle."""
    places = zip(pairwise(edges), texts, strict=True)
    code, *cells = [Cell(left, right, text, align=alignment(text)) for (left, right), text in places]
    return [code if code.align == "right" else replace(code, align="left"), *cells]


def alignment(text: str) -> Align:
    """Amounts to the right, counts in the middle, all else to the left."""
    if not set(text) <= set("0123456789.,-%"):
        return "left"
    return "right" if "." in text else "center"
