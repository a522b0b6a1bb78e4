"""Tables that are no form -> their rows: title, unit and every cell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.table import Cell, Table, TextLine
from normalizers.caption import Caption, read_caption
from normalizers.money import Unit, find_unit
from pipeline.records import Row, Scalar

_LINES_UP = 8  # lines over a table among which its title is looked for
_LONGEST_HEADING = 40  # characters of a title that does not stand in the middle
_STEPS_UP = 4  # of those that might be one
_CENTRED = 0.03  # share of a table's width by which the middle of its title may lie off its own
_LARGER = 1.15  # how much larger than the line below it a title is set
_FULL = 0.7  # share of the table's width that the first line of a title of two lines takes at least
_LINE_PITCH = 2.2  # distance of two lines of one title or paragraph, in character heights
_HEADING_ROWS = 4
_CAPTION_CELLS = 3  # texts at most of a row that belongs to the caption: department, date, unit
_AMOUNT = re.compile(r"[-+\d.,，%％\s]*\d[-+\d.,，%％\s]*")


def other_tables(document_id: str, tables: Sequence[Table]) -> Iterator[Row]:
    """The rows of all tables of a document that are no forms, in reading order."""
    parts = [part for table in tables for part in split_at_titles(table)]
    for number, table in enumerate(parts, 1):
        yield from _table_rows(f"{document_id}-t{number:03d}", document_id, table)


def _table_rows(table_id: str, document_id: str, table: Table) -> Iterator[Row]:
    shape: dict[str, Scalar] = {
        "document_id": document_id, "title": title_of(table), "unit": unit_of(table), "page_first": table.page_first,
        "page_last": table.page_last, "row_count": table.row_count, "column_count": table.column_count,
    }  # fmt: skip
    yield Row("other_tables", table_id, shape)
    for number, cell in enumerate(table.cells):
        yield Row(
            "other_table_cells",
            f"{table_id}-{number:05d}",
            {
                "table_id": table_id, "row": cell.row, "column": cell.column, "row_span": cell.row_span,
                "column_span": cell.column_span, "text": cell.text or None, "page": cell.parts[0].page,
            },
        )  # fmt: skip


# Titles


def title_of(table: Table) -> str | None:
    """The table's title: from the lines over it, or from its first row where that names the table."""
    inside = _title_row(table, 0)
    if inside is not None and _is_titled(table, 0):
        return inside.title
    lines = table.above[-_LINES_UP:]
    found = [(_weight(table, lines, i, caption, steps), -steps, i) for i, caption, steps in _candidates(table, lines)]
    if not found:
        return inside.title if inside is not None else _repeated_title(table)
    best = max(found)[2]
    title = read_caption(lines[best].text).title
    if best and _is_first_line(table, lines[best - 1], lines[best]):
        title = read_caption(lines[best - 1].text).title + title
    return title


def _candidates(table: Table, lines: Sequence[TextLine]) -> Iterator[tuple[int, Caption, int]]:
    """Lines that may be the title, from the table upwards: index, what it says, how many such lines stand below it."""
    steps = 0
    for index in range(len(lines) - 1, -1, -1):
        caption = read_caption(lines[index].text)
        flows = _flows(table, lines, index - 1) or (_flows(table, lines, index) and not caption.is_named)
        flows = flows or (len(caption.title) > _LONGEST_HEADING and not _is_centred(table, lines[index]))
        if caption.title and (not flows or caption.is_numbered):
            yield index, caption, steps
        steps += bool(caption.title or caption.is_prose)
        if steps >= _STEPS_UP:
            return


def _weight(table: Table, lines: Sequence[TextLine], index: int, caption: Caption, steps: int) -> float:
    """How much speaks for a line as the table's title."""
    line = lines[index]
    larger = line.size >= _LARGER * min(each.size for each in lines)
    return (
        3.0 * caption.is_numbered + 2.0 * caption.is_named + 1.5 * _is_centred(table, line) + 1.0 * larger - 1.0 * steps
    )


def _is_centred(table: Table, line: TextLine) -> bool:
    off = abs(line.upright.x0 + line.upright.x1 - table.x_edges[0] - table.x_edges[-1]) / 2
    return off <= _CENTRED * (table.x_edges[-1] - table.x_edges[0])


def _flows(table: Table, lines: Sequence[TextLine], index: int) -> bool:
    """Whether a line is full and goes on in the next one, as those of a paragraph do."""
    if not 0 <= index < len(lines) - 1:
        return False
    line, below = lines[index].upright, lines[index + 1].upright
    right = min(table.x_edges[-1], max(each.upright.x1 for each in lines))
    return (
        _are_neighbours(lines[index], lines[index + 1])
        and line.x1 >= right - 2 * lines[index].size
        and line.width >= _FULL * (table.x_edges[-1] - table.x_edges[0])
        and below.x0 <= line.x0 + lines[index].size / 2
        and read_caption(lines[index + 1].text) != Caption()
    )


def _is_first_line(table: Table, line: TextLine, below: TextLine) -> bool:
    """Whether a title begins on this line and ends on the next: centred both, of one size, the first one full."""
    middles = [(each.upright.x0 + each.upright.x1) / 2 for each in (line, below)]
    width = table.x_edges[-1] - table.x_edges[0]
    return (
        _are_neighbours(line, below)
        and abs(middles[0] - middles[1]) <= _CENTRED * width
        and line.upright.width >= _FULL * width
        and line.upright.width > below.upright.width
        and bool(read_caption(line.text).title)
    )


def _are_neighbours(line: TextLine, below: TextLine) -> bool:
    pitch = below.upright.top - line.upright.top
    same_size = abs(line.size - below.size) <= 0.06 * line.size
    return line.page == below.page and same_size and 0 < pitch <= _LINE_PITCH * line.size


def _repeated_title(table: Table) -> str | None:
    """The title among the running lines: one that names a table."""
    captions = [read_caption(line.text) for line in reversed(table.margin)]
    return next((caption.title for caption in captions if caption.is_named), None)


# Units


def unit_of(table: Table) -> str | None:
    """The unit of money: from the lines over the table, else from its headings where they name but one."""
    for lines in (table.above[-_LINES_UP:], table.margin):
        unit = next((u for line in reversed(lines) if (u := find_unit(line.text))), None)
        if unit is not None:
            return unit.name
    named: set[Unit] = set()
    for row in list(table.rows())[:_HEADING_ROWS]:
        if any(_AMOUNT.fullmatch(cell.text) for cell in row):
            break
        named |= {unit for cell in row if (unit := find_unit(cell.text))}
    return named.pop().name if len(named) == 1 else None


# Tables that follow each other without anything between them, each with its title in its first row


def split_at_titles(table: Table) -> list[Table]:
    """The table in parts: where it has its title in its first row, each page that begins with another one is a new one.

    Rows that repeat the first ones of their part on a later page are left out.
    """
    if not _is_titled(table, 0):
        return [table]
    texts = [[(cell.column, "".join(cell.text.split())) for cell in row] for row in table.rows()]
    starts, dropped = [0], set[int]()
    for row in range(1, table.row_count):
        if table.row_pages[row] == table.row_pages[row - 1]:
            continue
        if not (_is_titled(table, row) and _heads_follow(table, row)):
            continue
        repeated = next(
            (i for i, (a, b) in enumerate(zip(texts[row:], texts[starts[-1] :], strict=False)) if a != b), 0
        )
        if repeated:
            dropped |= set(range(row, row + repeated))
        else:
            starts.append(row)
    if len(starts) == 1 and not dropped:
        return [table]
    stops = [*starts[1:], table.row_count]
    parts = [_part(table, [r for r in range(*rows) if r not in dropped]) for rows in zip(starts, stops, strict=True)]
    return [replace(part, above=table.above if i == 0 else (), margin=table.margin) for i, part in enumerate(parts)]


def _title_row(table: Table, row: int) -> Caption | None:
    """What a row says that is one cell over the whole width."""
    cells = [cell for cell in table.cells if cell.row == row]
    if len(cells) != 1 or cells[0].column_span < table.column_count or table.row_count < 3:
        return None
    captions = [read_caption(line) for line in cells[0].text.split("\n")]
    if not captions[0].title:
        return None
    named = next((caption for caption in captions if caption.is_named), captions[0])
    return replace(named, title="".join(c.title for c in captions[: captions.index(named) + 1]))


def _is_titled(table: Table, row: int) -> bool:
    """Whether a row is a table's title: it says so, or the unit of money follows in the next row."""
    title = _title_row(table, row)
    if title is None or title.is_named:
        return title is not None
    below = [cell.text for cell in table.cells if cell.row == row + 1 and cell.text]
    return len(below) <= _CAPTION_CELLS and any(find_unit(text) for text in below)


def _heads_follow(table: Table, title: int) -> bool:
    """Whether the row of headings follows a title: several texts and no amount."""
    rows = list(table.rows())[title + 1 : title + _HEADING_ROWS]
    heads = next((row for row in rows if sum(bool(cell.text) for cell in row) > 1), [])
    return bool(heads) and not any(_AMOUNT.fullmatch(cell.text) for cell in heads)


def _part(table: Table, rows: Sequence[int]) -> Table:
    """Some rows as a table of their own, with the columns that it has."""
    new_row = {row: index for index, row in enumerate(rows)}
    cells = [cell for cell in table.cells if cell.row in new_row]
    edges = sorted({edge for cell in cells for edge in (cell.column, cell.column + cell.column_span)})
    column = {edge: index for index, edge in enumerate(edges)}

    def moved(cell: Cell) -> Cell:
        start, stop = column[cell.column], column[cell.column + cell.column_span]
        return replace(cell, row=new_row[cell.row], column=start, column_span=stop - start)

    return replace(
        table,
        cells=tuple(map(moved, cells)),
        row_count=len(rows),
        column_count=len(edges) - 1,
        row_pages=tuple(table.row_pages[row] for row in rows),
        x_edges=tuple(table.x_edges[edge] for edge in edges),
        below=table.below if rows[-1] == table.row_count - 1 else (),
    )
