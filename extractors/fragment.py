"""A table as one page shows it: a grid with its characters put into the cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.geometry import BBox
from extractors.grid import Grid
from extractors.lines import rival_of, seen_with, words_to_lines, words_to_text
from extractors.page import Char, Page, Word, part_of_word
from extractors.table import CellDoubt

_EDGE_PT = 0.5  # a word may reach over a border by this much without standing on it
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
        seen: cell index to the confidence of its text, for cells that were read from the picture.
        full: cells at the page's lower end whose last line fills their width, as a line does that goes on.
        is_guessed: whether the columns are not drawn but inferred from the text.
        rivals: cell index to what another engine reads in a cell of one line.
    """

    page: Page
    grid: Grid
    texts: tuple[str, ...]
    doubts: dict[int, tuple[CellDoubt, ...]] = field(default_factory=dict)
    full: frozenset[int] = frozenset()
    seen: Mapping[int, float] = field(default_factory=dict)
    is_guessed: bool = False
    rivals: Mapping[int, str] = field(default_factory=dict)

    @property
    def box(self) -> BBox:
        """Outline on the upright page."""
        return self.grid.box


def fill_grids(page: Page, grids: Sequence[Grid]) -> tuple[list[Fragment], list[Word]]:
    """The grids with their texts, and the words that stand in none of them.

    A word that runs over a border is kept whole: all of it goes where most of it stands, and the cell is doubted.
    """
    contents: list[list[list[Word]]] = [[[] for _ in grid.cells] for grid in grids]
    outside: list[Word] = []
    doubted: set[tuple[int, int]] = set()
    for word in page.words:
        middle = (word.top + word.bottom) / 2
        home = _home(word.x0 + _EDGE_PT, middle, grids)
        if home != _home(word.x1 - _EDGE_PT, middle, grids):
            pieces = _settle(word, page.chars, grids, doubted)
        else:
            pieces = [(word, home or _hanging(word, middle, grids))]
        for piece, place in pieces:
            if place is None:
                outside.append(piece)
            else:
                contents[place[0]][place[1]].append(piece)
    fragments = [
        Fragment(
            page,
            grid,
            tuple(words_to_text(words) if words else "" for words in cells),
            {cell: (CellDoubt.ASTRIDE_RULING,) for g, cell in sorted(doubted) if g == index},
            frozenset(_full_cells(grid, cells)),
            {cell: sure for cell, words in enumerate(cells) if (sure := seen_with(page, words)) is not None},
            grid.is_guessed,
            {cell: rival for cell, words in enumerate(cells) if (rival := rival_of(page, words))},
        )
        for index, (grid, cells) in enumerate(zip(grids, contents, strict=True))
    ]
    return fragments, outside


def _full_cells(grid: Grid, contents: Sequence[Sequence[Word]]) -> Iterator[int]:
    last_row = len(grid.y_edges) - 1
    for index, (cell, words) in enumerate(zip(grid.cells, contents, strict=True)):
        if words and cell.row + cell.row_span == last_row:
            line = words_to_lines(words)[-1]
            width, room = line[-1].x1 - line[0].x0, grid.cell_box(cell).width
            goes_on = room - width <= _FULL * (line[-1].bottom - line[-1].top) and width >= _FULL_SHARE * room
            if goes_on and any(char > "⺀" for word in line for char in word.text):  # a number is never cut
                yield index


Home = tuple[int, int] | None


def _home(x: float, y: float, grids: Sequence[Grid]) -> Home:
    """Grid and cell around a point."""
    for index, grid in enumerate(grids):
        if grid.y_edges[0] <= y <= grid.y_edges[-1]:
            cell = grid.cell_at(x, y)
            if cell is not None:
                return index, cell
    return None


def _hanging(word: Word, middle: float, grids: Sequence[Grid]) -> Home:
    """The cell that a mark of punctuation right behind the table's outer border belongs to; None for other words."""
    if word.stop - word.first > 1 or word.text.isalnum():
        return None
    for index, grid in enumerate(grids):
        behind = word.x0 - grid.x_edges[-1]
        if -_EDGE_PT <= behind <= word.bottom - word.top and grid.y_edges[0] <= middle <= grid.y_edges[-1]:
            cell = grid.cell_at(grid.x_edges[-1] - _EDGE_PT, middle)
            return None if cell is None else (index, cell)
    return None


def _settle(
    word: Word, chars: Sequence[Char], grids: Sequence[Grid], doubted: set[tuple[int, int]]
) -> list[tuple[Word, Home]]:
    """The pieces of a word whose ends stand in two cells, each with its cell; adds to `doubted`."""
    run = chars[word.first : word.stop]
    if len(run) == 1:
        return [(word, _home((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2, grids))]
    homes = [_home((c.x0 + c.x1) / 2, (c.top + c.bottom) / 2, grids) for c in run]
    inside = [home for home in homes if home is not None]
    if len(set(inside)) == 1 and 2 * len(inside) >= len(homes):  # hangs over the table's outer border
        return [(word, inside[0])]
    if len(set(homes)) > 1 and inside and _is_astride(run, homes, grids):
        home = max(inside, key=homes.count)
        doubted.add(home)
        return [(word, home)]
    pieces: list[tuple[Word, Home]] = []
    start = 0
    for index in range(1, len(run) + 1):
        if index == len(run) or homes[index] != homes[start]:
            piece = part_of_word(chars, word.first + start, word.first + index)
            if piece is not None:
                pieces.append((piece, homes[start]))
            start = index
    return pieces


def _is_astride(run: Sequence[Char], homes: Sequence[Home], grids: Sequence[Grid]) -> bool:
    """Whether a border passes through the word rather than between two texts that touch.

    Through a glyph: certainly. Between two glyphs: where both are part of a number.
    """
    for left, right, a, b in zip(run, run[1:], homes, homes[1:], strict=False):
        if a == b or " " in (left.text, right.text):
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
