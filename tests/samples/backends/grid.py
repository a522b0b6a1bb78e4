"""From a sheet's cells in per cent to rows and columns with spans."""

from __future__ import annotations

from dataclasses import dataclass

from tests.samples.sheet import Cell, Sheet


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with its place: first row and column, and how many it covers."""

    cell: Cell
    row: int
    column: int
    columns: int


def placed_cells(sheet: Sheet, edges: list[float]) -> list[list[Placed]]:
    """The cells of each row, from left to right."""
    column = {edge: index for index, edge in enumerate(edges)}
    return [
        [
            Placed(cell, row, column[cell.left], column[cell.right] - column[cell.left])
            for cell in sorted(cells, key=lambda cell: cell.left)
        ]
        for row, cells in enumerate(sheet.rows)
    ]


def covered_places(placed: list[list[Placed]]) -> set[tuple[int, int]]:
    """The (row, column) places that a cell covers besides its own."""
    covered = set()
    for row in placed:
        for item in row:
            places = {
                (item.row + down, item.column + along)
                for down in range(item.cell.rows)
                for along in range(item.columns)
            }
            covered |= places - {(item.row, item.column)}
    return covered


def check_tiling(sheet: Sheet) -> None:
    """Raises ValueError unless every place of the grid belongs to exactly one cell."""
    edges = sheet.edges
    placed = placed_cells(sheet, edges)
    area = sum(item.columns * item.cell.rows for row in placed for item in row)
    places = covered_places(placed) | {(item.row, item.column) for row in placed for item in row}
    expected = len(sheet.rows) * (len(edges) - 1)
    if area != expected or len(places) != expected:
        raise ValueError(f"cells cover {area} places ({len(places)} unlike), the grid has {expected}")
