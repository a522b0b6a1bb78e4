"""Pages, grids and fragments sketched as text, and drawn tables read back as text.

A table is a list of rows of strings: `<` is the cell to its left going on, `^` the cell above going on.
A grid is a list of words, one letter a place: places with the same letter have no line between them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractors.fragment import Fragment
from extractors.grid import Grid, GridCell, borders_to_grid
from extractors.page import Char, Page, Ruling
from extractors.table import Cell, Table

Rows = Sequence[Sequence[str]]
SIZE = 10.0  # of characters, in points
LEADING = 12.0
WIDTH, HEIGHT = 595.0, 842.0


def write(text: str, x: float, top: float, size: float = SIZE) -> list[Char]:
    """The characters of a text on its lines; a Chinese one is as wide as high, a latin one half as wide."""
    chars = []
    for number, line in enumerate(text.split("\n")):
        left, y = x, top + number * LEADING * size / SIZE
        for char in line:
            advance = size / 2 if char.isascii() else size
            chars.append(Char(char, left, y, left + advance, y + size))
            left += advance
    return chars


def spans(rows: Rows) -> list[tuple[int, int, int, int, str]]:
    """Row, column, row span, column span and text of each cell of a sketched table."""
    found = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right = next((i for i in range(c + 1, len(row)) if row[i] != "<"), len(row))
            down = next((i for i in range(r + 1, len(rows)) if rows[i][c] != "^"), len(rows))
            found.append((r, c, down - r, right - c, text))
    return found


def letters(rows: Rows) -> list[str]:
    """A sketched table as a sketched grid."""
    picture = [[""] * len(row) for row in rows]
    for number, (r, c, row_span, column_span, _) in enumerate(spans(rows)):
        for row in picture[r : r + row_span]:
            row[c : c + column_span] = [chr(0x4E00 + number)] * column_span
    return ["".join(row) for row in picture]


def grid(picture: Sequence[str], x_edges: Sequence[float] = (), y_edges: Sequence[float] = ()) -> Grid:
    """A grid of a sketch; columns are 100 points wide, rows 20 high."""
    rows, columns = len(picture), len(picture[0])
    return borders_to_grid(
        x_edges or [50 + 100.0 * i for i in range(columns + 1)],
        y_edges or [100 + 20.0 * i for i in range(rows + 1)],
        lambda r, c: picture[r][c - 1] != picture[r][c],
        lambda r, c: r in (0, rows) or picture[r - 1][c] != picture[r][c],
    )


def picture(found: Grid) -> list[str]:
    """The grid as a sketch, cells lettered in reading order."""
    return ["".join(chr(ord("A") + owner) for owner in row) for row in found.owner]


@dataclass
class Sketch:
    """A page under the pen."""

    number: int = 1
    width: float = WIDTH
    height: float = HEIGHT
    chars: list[Char] = field(default_factory=list)
    horizontals: list[Ruling] = field(default_factory=list)
    verticals: list[Ruling] = field(default_factory=list)

    def text(self, text: str, x: float = 60, top: float = 50, size: float = SIZE) -> "Sketch":
        """A text, its first line's top at `top`."""
        self.chars += write(text, x, top, size)
        return self

    def table(self, rows: Rows, x: Sequence[float], y: Sequence[float], rules: str = "all") -> "Sketch":
        """A table with its texts; `rules`: all sides of the cells, only the horizontal ones, or none."""
        for r, c, row_span, column_span, text in spans(rows):
            left, right, top, bottom = x[c], x[c + column_span], y[r], y[r + row_span]
            if rules != "none":
                self.horizontals += [Ruling(top, left, right), Ruling(bottom, left, right)]
            if rules == "all":
                self.verticals += [Ruling(left, top, bottom), Ruling(right, top, bottom)]
            height = SIZE + LEADING * text.count("\n")
            self.chars += write(text, left + 6, (top + bottom - height) / 2)
        return self

    def lines(self, horizontals: Iterable[Ruling] = (), verticals: Iterable[Ruling] = ()) -> "Sketch":
        """Rulings of one's own."""
        self.horizontals += horizontals
        self.verticals += verticals
        return self

    def page(self) -> Page:
        """What was drawn."""
        inked = tuple(self.chars), tuple(self.horizontals), tuple(self.verticals)
        return Page(self.number, self.width, self.height, *inked)


def fragment(
    rows: Rows,
    page: int = 1,
    x_edges: Sequence[float] = (),
    full: Iterable[tuple[int, int]] = (),
    open_top: Iterable[int] = (),
    open_bottom: Iterable[int] = (),
    width: float = WIDTH,
) -> Fragment:
    """What a page shows of a table, without any ink.

    Args:
        rows: the table as sketched.
        page: the page's number.
        x_edges: its column edges.
        full: row and column of cells whose last line fills them.
        open_top: columns whose first cell has no line above.
        open_bottom: columns whose last cell has no line below.
        width: of the page.
    """
    drawn = grid(letters(rows), x_edges)
    cells = [_opened(cell, len(rows), set(open_top), set(open_bottom)) for cell in drawn.cells]
    texts = {(r, c): text for r, c, _, _, text in spans(rows)}
    places = [(cell.row, cell.column) for cell in cells]
    return Fragment(
        Page(page, width, HEIGHT, (), (), ()),
        replace(drawn, cells=tuple(cells)),
        tuple(texts[place] for place in places),
        full=frozenset(places.index(place) for place in full),
    )


def _opened(cell: GridCell, rows: int, top: set[int], bottom: set[int]) -> GridCell:
    return replace(
        cell,
        open_top=cell.row == 0 and cell.column in top,
        open_bottom=cell.row + cell.row_span == rows and cell.column in bottom,
    )


def shown(table: Table | Fragment) -> list[list[str]]:
    """The cells' texts as a sketched table; line breaks inside a cell as a stroke."""
    if isinstance(table, Fragment):
        placed = [
            (cell.row, cell.column, cell.row_span, cell.column_span, text)
            for cell, text in zip(table.grid.cells, table.texts, strict=True)
        ]
        shape = len(table.grid.y_edges) - 1, len(table.grid.x_edges) - 1
    else:
        placed = [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]
        shape = table.row_count, table.column_count
    sketch = [["?"] * shape[1] for _ in range(shape[0])]
    for row, column, row_span, column_span, text in placed:
        for r in range(row, row + row_span):
            for c in range(column, column + column_span):
                assert sketch[r][c] == "?", f"two cells at {r}, {c}"
                sketch[r][c] = "<" if c > column else "^" if r > row else text.replace("\n", "/")
    return sketch


def cell_of(table: Table, text: str) -> Cell:
    """The one cell with that text."""
    (found,) = [cell for cell in table.cells if cell.text == text]
    return found
