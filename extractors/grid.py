"""Edges and borders -> cells with spans, before any text."""

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.geometry import BBox, cluster
from extractors.page import Ruling
from extractors.rulings import Frame

EDGE_TOLERANCE_PT = 2.5  # edges nearer to each other than this are one
_OVERHANG_PT = 5.0  # a line that runs on this far beyond the last crossing line opens another row or column
_TOUCH_PT = 2.0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's place: half-open ranges of rows and columns, and whether its top and bottom are drawn."""

    row: int
    column: int
    row_span: int
    column_span: int
    open_top: bool = False
    open_bottom: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells that tile the rectangle of their edges.

    Attributes:
        x_edges: ascending, in points on the upright page.
        y_edges: ascending, in points on the upright page.
        cells: in reading order.
        owner: for each row and column the index of the cell that covers it.
        is_guessed: whether the borders between columns are not drawn but inferred.
    """

    x_edges: tuple[float, ...]
    y_edges: tuple[float, ...]
    cells: tuple[GridCell, ...]
    owner: tuple[tuple[int, ...], ...]
    is_guessed: bool = False

    @property
    def box(self) -> BBox:
        """The grid's outline."""
        return BBox(self.x_edges[0], self.y_edges[0], self.x_edges[-1], self.y_edges[-1])

    def cell_box(self, cell: GridCell) -> BBox:
        """A cell's outline."""
        return BBox(
            self.x_edges[cell.column],
            self.y_edges[cell.row],
            self.x_edges[cell.column + cell.column_span],
            self.y_edges[cell.row + cell.row_span],
        )

    def cell_at(self, x: float, y: float) -> int | None:
        """Index of the cell around a point; None outside."""
        column, row = bisect_right(self.x_edges, x) - 1, bisect_right(self.y_edges, y) - 1
        if 0 <= column < len(self.x_edges) - 1 and 0 <= row < len(self.y_edges) - 1:
            return self.owner[row][column]
        return None


def frame_to_grid(frame: Frame) -> Grid | None:
    """The grid of a frame; None where it has fewer than two cells (a box around text, an underline)."""
    x_edges = _edges(frame.verticals, frame.horizontals)
    y_edges = _edges(frame.horizontals, frame.verticals)
    if len(x_edges) < 2 or len(y_edges) < 2:
        return None
    left_of = _drawn(frame.verticals, x_edges, y_edges)
    top_of = _drawn(frame.horizontals, y_edges, x_edges)
    grid = borders_to_grid(x_edges, y_edges, lambda r, c: left_of[c][r], lambda r, c: top_of[r][c])
    return grid if len(grid.cells) > 1 else None


def _edges(lines: Sequence[Ruling], crossing: Sequence[Ruling]) -> list[float]:
    """Positions of the lines, and of the ends of lines across where a table is open at that side.

    Two lines across at least reach out there: one that is a little too long has touched a speck.
    """
    edges = cluster((line.at for line in lines), EDGE_TOLERANCE_PT)
    first = sorted(line.start for line in crossing)[:2][-1]
    last = sorted(line.end for line in crossing)[-2:][0]
    if first < edges[0] - _OVERHANG_PT:
        edges.insert(0, first)
    if last > edges[-1] + _OVERHANG_PT:
        edges.append(last)
    return edges


def _drawn(lines: Sequence[Ruling], edges: Sequence[float], across: Sequence[float]) -> list[list[bool]]:
    """For each edge and each interval across it: whether a line runs along its middle."""
    drawn = [[False] * (len(across) - 1) for _ in edges]
    middles = [(a + b) / 2 for a, b in itertools.pairwise(across)]
    for line in lines:
        nearest = min(range(len(edges)), key=lambda i: abs(edges[i] - line.at))
        for k, middle in enumerate(middles):
            if line.start <= middle <= line.end:
                drawn[nearest][k] = True
    return drawn


Border = Callable[[int, int], bool]


def borders_to_grid(x_edges: Sequence[float], y_edges: Sequence[float], left_of: Border, top_of: Border) -> Grid:
    """Cells from the borders between elementary boxes.

    Args:
        x_edges: ascending column edges.
        y_edges: ascending row edges.
        left_of: whether a border is drawn at column edge `column` beside row `row`.
        top_of: whether a border is drawn at row edge `row` above column `column`.
    """
    rows, columns = len(y_edges) - 1, len(x_edges) - 1
    group = list(range(rows * columns))

    def find(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column and not left_of(row, column):
                group[find(here)] = find(here - 1)
            if row and not top_of(row, column):
                group[find(here)] = find(here - columns)
    members: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in range(rows):
        for column in range(columns):
            members[find(row * columns + column)].append((row, column))
    places = sorted(place for boxes in members.values() for place in _rectangles(boxes))
    return _tile(x_edges, y_edges, places, top_of)


def _rectangles(boxes: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Row, column, row span, column span of the rectangles that make up a group.

    One where the group is a rectangle; where a border is missing somewhere, runs of equal width.
    """
    rows = sorted({row for row, _ in boxes})
    columns_of = {row: sorted(c for r, c in boxes if r == row) for row in rows}
    found: list[tuple[int, int, int, int]] = []
    for row in rows:
        for first, last in _runs(columns_of[row]):
            above = next(
                (p for p in found if p[1:2] == (first,) and p[0] + p[2] == row and p[3] == last - first + 1),
                None,
            )
            if above:
                found[found.index(above)] = (above[0], above[1], above[2] + 1, above[3])
            else:
                found.append((row, first, 1, last - first + 1))
    return found


def _runs(values: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for value in values:
        if runs and value == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], value)
        else:
            runs.append((value, value))
    return runs


def _tile(
    x_edges: Sequence[float],
    y_edges: Sequence[float],
    places: Sequence[tuple[int, int, int, int]],
    top_of: Border,
) -> Grid:
    rows, columns = len(y_edges) - 1, len(x_edges) - 1
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[GridCell] = []
    for row, column, row_span, column_span in places:
        span = range(column, column + column_span)
        cells.append(
            GridCell(
                row,
                column,
                row_span,
                column_span,
                open_top=row == 0 and not any(top_of(0, c) for c in span),
                open_bottom=row + row_span == rows and not any(top_of(rows, c) for c in span),
            )
        )
        for r in range(row, row + row_span):
            owner[r][column : column + column_span] = [len(cells) - 1] * column_span
    return Grid(tuple(x_edges), tuple(y_edges), tuple(cells), tuple(map(tuple, owner)))
