"""Personal data out of rows that leave the database.

The database keeps what is printed; contacts have a table of their own. Elsewhere persons and telephone numbers stand
where nobody asked for them: in annexes that are kept whole, in prose. `without_personal` replaces them with a mark in
every column that holds printed text, in the receipts of these columns, and in what checks and repairs quote.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from normalizers.personal import is_label, is_personal_label, mask, may_be_personal, personal_mark
from pipeline.dictionary import ColumnEntry, TableEntry, dictionary

Values = Sequence[Any]


@cache
def masked_columns(table: str) -> frozenset[str]:
    """The columns of a table in which personal data may stand: printed text, and what the program wrote about it."""
    columns = dictionary()[table].columns if table in dictionary().tables else ()
    return frozenset(column.name for column in columns if _is_free_text(column))


def _is_free_text(column: ColumnEntry) -> bool:
    is_told = column.trust == "made" and not (column.required or column.references or column.values)
    return column.type == "text" and (column.trust == "printed" or is_told)


def without_personal(entry: TableEntry, rows: Iterable[Values]) -> Iterator[Values]:
    """The rows of a table with personal data replaced by a mark.

    Args:
        entry: of the table.
        rows: values in the order of its columns; those of other_table_cells table by table.
    """
    if entry.name == "other_table_cells":
        rows = _without_persons(entry, rows)
    places = [at for at, name in enumerate(entry.column_names) if name in masked_columns(entry.name)]
    owner = entry.column_names.index("table_name") if entry.has("column_name") else None
    for row in rows:
        free = owner is None or _is_free(entry, row)
        yield _masked(row, places) if free else row


def _is_free(entry: TableEntry, row: Values) -> bool:
    """Whether a row about a value, such as a receipt, is about one of a masked column."""
    names = entry.column_names
    return row[names.index("column_name")] in masked_columns(row[names.index("table_name")])


def _masked(row: Values, places: Iterable[int]) -> Values:
    changed = {at: text for at in places if row[at] and (text := mask(row[at])) != row[at]}
    return tuple(changed.get(at, value) for at, value in enumerate(row)) if changed else row


# Cells of other tables: a person is known by the label beside or above


class _Cell(NamedTuple):
    """A cell of a table that is kept whole; `number` is its place among the rows."""

    number: int
    row: int
    column: int
    stop: int
    text: str


def _without_persons(entry: TableEntry, rows: Iterable[Values]) -> Iterator[Values]:
    table, row, column, span, text = map(entry.column_names.index, ("table_id", "row", "column", "column_span", "text"))
    for _, group in groupby(rows, lambda values: values[table]):
        cells = list(group)
        placed = [
            _Cell(i, each[row], each[column], each[column] + (each[span] or 1), each[text] or "")
            for i, each in enumerate(cells)
        ]
        persons = set(personal_cells(placed))
        for number, values in enumerate(cells):
            yield (*values[:text], personal_mark(), *values[text + 1 :]) if number in persons else values


def personal_cells(cells: Sequence[_Cell]) -> Iterator[int]:
    """The numbers of the cells that hold what a label beside or above them asks of a person."""
    labels = [cell for cell in cells if is_personal_label(cell.text)]
    following = {a.number: b for a, b in pairwise(sorted(cells, key=lambda c: (c.row, c.column))) if a.row == b.row}
    for label in labels:
        beside = following.get(label.number)
        if beside is None or is_label(beside.text):
            yield from (cell.number for cell in _under(label, cells) if may_be_personal(cell.text))
        elif may_be_personal(beside.text):
            yield beside.number


def _under(label: _Cell, cells: Sequence[_Cell]) -> Iterator[_Cell]:
    """The cells of the label's column below it, as far as the next label."""
    below = (c for c in cells if c.row > label.row and label.column <= c.column < label.stop)
    for cell in sorted(below, key=lambda c: (c.row, c.column)):
        if is_label(cell.text):
            return
        yield cell
