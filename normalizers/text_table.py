"""A table as words: cells with their place, no geometry. What the pipeline hands to form reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from normalizers.text import join_lines


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell of a text table.

    Attributes:
        row: 0-based.
        column: 0-based.
        row_span: at least 1.
        column_span: at least 1.
        text: as printed, with the page's line breaks.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str

    @property
    def joined(self) -> str:
        """The text without layout breaks."""
        return _joined(self.text) if "\n" in self.text else self.text

    @property
    def columns(self) -> range:
        """The columns it covers."""
        return range(self.column, self.column + self.column_span)

    @property
    def rows(self) -> range:
        """The rows it covers."""
        return range(self.row, self.row + self.row_span)


@lru_cache(maxsize=4096)
def _joined(text: str) -> str:
    return join_lines(text.split("\n"))


@dataclass(frozen=True)
class TextTable:
    """Rows of one table, or a run of them; row numbers stay those of the whole table.

    Attributes:
        cells: in reading order.
        rows: the rows in question.
        column_count: of the whole table.
        above: lines of text above it, top down, back to the table before.
        below: lines below it.
        page_rows: rows at which a new page begins.
        is_guessed: whether the columns are not drawn, so that a cell may have fallen apart into text and blank.
        is_seen: whether its text, or some of it, was recognised from a picture.
    """

    cells: tuple[TextCell, ...]
    rows: range
    column_count: int
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    page_rows: frozenset[int] = frozenset()
    is_guessed: bool = False
    is_seen: bool = False

    @cached_property
    def _owner(self) -> dict[tuple[int, int], TextCell]:
        return {(r, c): cell for cell in self.cells for r in cell.rows for c in cell.columns}

    @cached_property
    def _rows(self) -> dict[int, list[TextCell]]:
        rows: dict[int, list[TextCell]] = {row: [] for row in self.rows}
        for cell in self.cells:
            for row in cell.rows:
                if row in rows:
                    rows[row].append(cell)
        return {row: sorted(cells, key=lambda c: c.column) for row, cells in rows.items()}

    def at(self, row: int, column: int) -> TextCell | None:
        """The cell that covers a place of these rows; None outside."""
        return self._owner.get((row, column)) if row in self.rows else None

    def right_of(self, cell: TextCell) -> TextCell | None:
        """The cell to the right, in the cell's first row; where columns are guessed, the next one with text."""
        row = max(cell.row, self.rows.start)
        right = self.at(row, cell.columns.stop)
        while self.is_guessed and right is not None and not right.text:
            right = self.at(row, right.columns.stop)
        return right

    def below_of(self, cell: TextCell) -> TextCell | None:
        """The cell under the cell's left side."""
        return self.at(cell.row + cell.row_span, cell.column)

    def row(self, row: int) -> list[TextCell]:
        """The cells that cover a row, from the left."""
        return self._rows.get(row, [])

    def full_width(self, row: int) -> TextCell | None:
        """The one cell with text of a row whose other cells are blank or missing and that begins here; else None."""
        cells = [cell for cell in self.row(row) if cell.text]
        if len(cells) == 1 and cells[0].row == row and 2 * cells[0].column_span > self.column_count:
            return cells[0]
        return None

    def starting(self) -> Iterator[TextCell]:
        """The cells that begin in these rows, in reading order."""
        return (cell for cell in self.cells if cell.row in self.rows)

    def part(self, rows: range, above: Sequence[str] = (), below: Sequence[str] = ()) -> "TextTable":
        """Some of the rows as a table of their own."""
        cells = tuple(cell for cell in self.cells if cell.row in rows)
        return replace(self, cells=cells, rows=rows, above=tuple(above), below=tuple(below))
