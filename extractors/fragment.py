"""A table as one page shows it: a grid with its characters put into the cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.geometry import BBox
from extractors.grid import Grid
from extractors.lines import chars_to_lines, chars_to_text
from extractors.page import Char, Page
from extractors.table import CellDoubt

_TIGHT = 0.1  # gap in character heights below which neighbours in the content are one run
_FULL = 3.2  # room in character heights that a full line may leave: padding, and what may not begin the next line
_FULL_SHARE = 0.6  # share of its cell's width that a full line takes at least
_ASTRIDE = 0.15  # share of a character's width that must stand on both sides of a border


@dataclass(frozen=True, slots=True)
class Fragment:
    """What one page shows of a table.

    Attributes:
        page: the page it stands on.
        grid: its cells.
        texts: one for each cell, with line breaks.
        doubts: cell index to what is doubted.
        full: cells at the page's lower end whose last line fills their width, as a line does that goes on.
    """

    page: Page
    grid: Grid
    texts: tuple[str, ...]
    doubts: dict[int, tuple[CellDoubt, ...]] = field(default_factory=dict)
    full: frozenset[int] = frozenset()

    @property
    def box(self) -> BBox:
        """Outline on the upright page."""
        return self.grid.box


def fill_grids(page: Page, grids: Sequence[Grid]) -> tuple[list[Fragment], list[Char]]:
    """The grids with their texts, and the characters that stand in none of them."""
    homes = [_home(char, grids) for char in page.chars]
    astride = _settle_runs(page.chars, homes, grids)
    outside = [char for char, home in zip(page.chars, homes, strict=True) if home is None]
    contents: list[list[list[Char]]] = [[[] for _ in grid.cells] for grid in grids]
    for char, home in zip(page.chars, homes, strict=True):
        if home is not None:
            contents[home[0]][home[1]].append(char)
    fragments = [
        Fragment(
            page,
            grid,
            tuple(chars_to_text(chars) if chars else "" for chars in cells),
            {cell: (CellDoubt.ASTRIDE_RULING,) for g, cell in sorted(astride) if g == index},
            frozenset(_full_cells(grid, cells)),
        )
        for index, (grid, cells) in enumerate(zip(grids, contents, strict=True))
    ]
    return fragments, outside


def _full_cells(grid: Grid, contents: Sequence[Sequence[Char]]) -> Iterator[int]:
    last_row = len(grid.y_edges) - 1
    for index, (cell, chars) in enumerate(zip(grid.cells, contents, strict=True)):
        if chars and cell.row + cell.row_span == last_row:
            line = chars_to_lines(chars)[-1]
            width, room = line[-1].x1 - line[0].x0, grid.cell_box(cell).width
            goes_on = room - width <= _FULL * (line[-1].bottom - line[-1].top) and width >= _FULL_SHARE * room
            if goes_on and any(char.text > "⺀" for char in line):  # a number is never cut
                yield index


Home = tuple[int, int] | None


def _home(char: Char, grids: Sequence[Grid]) -> Home:
    """Grid and cell around the character's centre."""
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    for index, grid in enumerate(grids):
        if grid.y_edges[0] <= y <= grid.y_edges[-1]:
            cell = grid.cell_at(x, y)
            if cell is not None:
                return index, cell
    return None


def _settle_runs(chars: Sequence[Char], homes: list[Home], grids: Sequence[Grid]) -> set[tuple[int, int]]:
    """Keep runs of text that overflow their cell whole: all of it goes where most of it stands.

    Changes `homes`; returns the cells that such a run was given to.
    """
    doubted: set[tuple[int, int]] = set()
    start = 0
    for index in range(1, len(chars) + 1):
        if index < len(chars) and _is_run(chars[index - 1], chars[index]):
            continue
        touched = {home for home in homes[start:index]}
        if len(touched) > 1 and _is_astride(chars[start:index], homes[start:index], grids):
            ordered = sorted((h for h in touched if h is not None), key=homes[start:index].count)
            doubted.add(ordered[-1])
            homes[start:index] = [ordered[-1]] * (index - start)
        start = index
    return doubted


def _is_run(left: Char, right: Char) -> bool:
    """Whether two neighbours in the content continue each other on one line."""
    height = left.bottom - left.top
    return (
        abs(right.x0 - left.x1) <= _TIGHT * height
        and abs(right.bottom - left.bottom) <= _TIGHT * height
        and " " not in (left.text, right.text)
    )


def _is_astride(run: Sequence[Char], homes: Sequence[Home], grids: Sequence[Grid]) -> bool:
    """Whether a border passes through the run rather than between two texts that touch.

    Through a glyph: certainly. Between two glyphs: where both are part of a number.
    """
    for left, right, a, b in zip(run, run[1:], homes, homes[1:], strict=False):
        if a == b:
            continue
        if left.text.isascii() and right.text.isascii():
            return True
        edge = _border_between(a, b, grids)
        for char in (left, right):
            margin = _ASTRIDE * (char.x1 - char.x0)
            if edge is not None and char.x0 + margin < edge < char.x1 - margin:
                return True
    return False


def _border_between(a: Home, b: Home, grids: Sequence[Grid]) -> float | None:
    if a is None or b is None or a[0] != b[0]:
        return None
    grid = grids[a[0]]
    return grid.x_edges[max(grid.cells[a[1]].column, grid.cells[b[1]].column)]


