"""Tables as they come from the pages, sketched as rows of strings: columns 100 points wide, rows 20 high."""

from collections.abc import Mapping, Sequence

from extractors.geometry import BBox
from extractors.reading import Reading
from extractors.table import Cell, CellDoubt, Part, Table, TextLine

Rows = Sequence[Sequence[str]]


def box_at(row: int, column: int, row_span: int = 1, column_span: int = 1) -> BBox:
    return BBox(100.0 * column, 20.0 * row, 100.0 * (column + column_span), 20.0 * (row + row_span))


def lines(texts: Sequence[str], page: int, first_row: int) -> tuple[TextLine, ...]:
    """Lines below each other, the first where the row of that number would stand."""
    boxes = [box_at(first_row + i, 0) for i in range(len(texts))]
    return tuple(TextLine(text, page, box, 10) for text, box in zip(texts, boxes, strict=True))


def drawn(
    rows: Rows,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    page: int = 1,
    breaks: Sequence[int] = (),
    doubts: Mapping[tuple[int, int], CellDoubt] | None = None,
) -> Table:
    """A table: `<` is the cell to its left going on, `^` the cell above; `|` in a text parts it over two pages.

    Args:
        rows: the cells' texts; short rows go on to the right.
        above: lines over the table.
        below: lines under it.
        page: where it begins.
        breaks: rows at which a new page begins.
        doubts: of cells, by row and column.
    """
    columns = max(len(row) for row in rows)
    full = [[*row, *["<"] * (columns - len(row))] for row in rows]
    row_pages = tuple(page + sum(row >= each for each in breaks) for row in range(len(full)))
    cells = []
    for r, row in enumerate(full):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right = next((i for i in range(c + 1, columns) if row[i] != "<"), columns)
            down = next((i for i in range(r + 1, len(full)) if full[i][c] != "^"), len(full))
            box = box_at(r, c, down - r, right - c)
            parts = tuple(Part(row_pages[r] + i, box, part) for i, part in enumerate(text.split("|")))
            doubt = (doubts or {}).get((r, c))
            cells.append(Cell(r, c, down - r, right - c, parts, doubts=(doubt,) if doubt else ()))
    edges = tuple(100.0 * i for i in range(columns + 1))
    return Table(
        tuple(cells),
        len(full),
        columns,
        row_pages,
        edges,
        above=lines(above, page, -len(above)),
        below=lines(below, page, len(full)),
    )


def reading(*blocks: Table | TextLine, page_count: int = 1) -> Reading:
    """A document with these tables; the lines around them are in it too."""
    found: list[TextLine | Table] = []
    for block in blocks:
        if isinstance(block, Table):
            found += [line for line in block.above if line not in found]
        found.append(block)
    return Reading(page_count, tuple(found))
