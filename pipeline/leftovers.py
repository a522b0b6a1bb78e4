"""What a form's table holds beside the form: cells that gave no value, with the labels of their rows and columns.

Nothing ruled on a page is thrown away. A cell counts as read where a receipt points at it and what it printed beyond
the receipt's words is a label or no word at all. Persons are kept like all else: an export masks them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from extractors.table import Cell, Table, TextLine
from normalizers.form import Form, Place
from normalizers.heading import title_kind
from normalizers.money import find_unit
from normalizers.text import fold, is_missing, join_lines
from normalizers.vocabulary import base_vocabulary
from pipeline.receipts import text_of
from pipeline.records import Row

_ROW_NAMES = {("funds", "item"), ("indicators", "level3")}  # values that name their row, as labels do
_PIECES = re.compile(r"[\s:：;；,，、。()（）\[\]【】\0]+")
_SINGLE = {"filings", "fields", "contacts"}  # tables of values that stand beside their label

Box = tuple[float, float, float, float]
Value = tuple[str, str, str]  # table, column and raw text
Held = Mapping[tuple[int, Box], Sequence[Value]]  # what was read from each place, by page and box


def leftover_tables(read: Sequence[tuple[Table, Sequence[Form]]], rows: Iterable[Row]) -> Iterator[Table]:
    """For each table that forms were read from, what no row of the document holds; none where nothing is left.

    Args:
        read: tables, each with the forms that were read from it.
        rows: all rows of the document, with their receipts.
    """
    held: defaultdict[tuple[int, Box], list[Value]] = defaultdict(list)
    names: set[str] = set()
    for row in rows:
        for receipt in row.provenance:
            if row.table == "filings":
                names.add(fold(receipt.raw_text))
            held[receipt.page, receipt.box].append((row.table, receipt.column_name, receipt.raw_text))
    for table, forms in read:
        labels = frozenset().union(*(form.labels for form in forms))
        again = {slot.place for form in forms for slot in form.head if slot.place and fold(slot.text) in names}
        cells = _Leftovers(table, labels, again, held).cells()
        if cells:
            yield replace(table, cells=tuple(cells), above=_with_title(table, forms))


class _Leftovers:
    """One table's cells, sorted into labels, values and the rest.

    Args:
        table: the table.
        labels: cells that the forms take for labels.
        again: values of the head that another sheet, or a line of it, has said before.
        held: what was read from each place.
    """

    def __init__(self, table: Table, labels: Set[Place], again: Set[Place], held: Held) -> None:
        self.table, self.labels, self.again, self.held = table, labels, again, held
        self.rows: defaultdict[int, list[Cell]] = defaultdict(list)
        self.columns: defaultdict[int, list[Cell]] = defaultdict(list)

    def cells(self) -> list[Cell]:
        """The cells that are left and the labels of their rows and columns, in reading order."""
        left = [cell for cell in self.table.cells if cell.text and self._is_left(cell)]
        if not left:
            return []
        for cell in self.table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                self.rows[row].append(cell)
            for column in range(cell.column, cell.column + cell.column_span):
                self.columns[column].append(cell)
        kept: dict[Place, Cell] = {}
        for cell in left:
            kept.update({Place(c.row, c.column): c for c in (cell, *self._beside(cell), *self._over(cell))})
        return [kept[place] for place in sorted(kept)]

    def _beside(self, cell: Cell) -> list[Cell]:
        """The nearest label to the left, and the labels right before it that span more rows."""
        labels: list[Cell] = []
        for each in reversed([each for each in self.rows[cell.row] if each.column < cell.column]):
            if self._names(each) and (not labels or each.row_span > labels[-1].row_span):
                labels.append(each)
            elif labels:
                break
        return labels

    def _over(self, cell: Cell) -> list[Cell]:
        """The nearest heading above, and those right over it that span more columns."""
        labels: list[Cell] = []
        for each in reversed([each for each in self.columns[cell.column] if each.row < cell.row]):
            is_name = self._names(each)
            if is_name and self._heads(each) and (not labels or each.column_span > labels[-1].column_span):
                labels.append(each)
            elif labels or is_name:
                break
        return labels

    def _heads(self, label: Cell) -> bool:
        """Whether a label may be a column's heading: it has no value, and no blank for one, to its right."""
        right = next((cell for cell in self.rows[label.row] if cell.column > label.column), None)
        return right is None or (bool(right.text) and all(table not in _SINGLE for table, *_ in self._values(right)))

    def _names(self, cell: Cell) -> bool:
        """Whether a cell says what others are: a label, or a value that its row is called by."""
        names_row = any((table, column) in _ROW_NAMES for table, column, _ in self._values(cell))
        return names_row or self._is_label(cell)

    def _values(self, cell: Cell) -> list[Value]:
        return [value for part in cell.parts for value in self.held.get((part.page, part.box), ())]

    def _is_label(self, cell: Cell) -> bool:
        return Place(cell.row, cell.column) in self.labels or base_vocabulary().has(_joined(cell))

    def _is_left(self, cell: Cell) -> bool:
        """Whether a cell with text gave no value, or not all it says, and is no label."""
        values, text = self._values(cell), cell.text
        is_read = any(table == "contacts" or raw == text for table, _, raw in values)
        if is_read or Place(cell.row, cell.column) in self.again:
            return False
        text = text_of(cell)
        return not is_missing(text) and not self._is_label(cell) and _says_more(text, [raw for *_, raw in values])


def _joined(cell: Cell) -> str:
    text = text_of(cell)
    return join_lines(text.split("\n")) if "\n" in text else text


def _says_more(text: str, raws: Sequence[str]) -> bool:
    """Whether a text says something that is neither in the values read from it nor a label."""
    for raw in sorted(set(raws), key=len, reverse=True):
        text = text.replace(raw, "\0") if raw else text
    return any(not _says_nothing(piece) for piece in _PIECES.split(text))


@lru_cache(maxsize=4096)
def _says_nothing(piece: str) -> bool:
    """Whether a piece of a text is no word, a label, a title or a unit of money."""
    return (
        not any(char.isalnum() for char in piece)
        or base_vocabulary().has(piece)
        or title_kind(piece) is not None
        or find_unit(f"({piece})") is not None
    )


def _with_title(table: Table, forms: Sequence[Form]) -> tuple[TextLine, ...]:
    """The lines above the table; where the form's title stands in a cell, it comes last as a line of its own."""
    title = next((form.title for form in forms if form.title), None)
    if title is None or title.place is None:
        return table.above
    cell = next(c for c in table.cells if (c.row, c.column) == title.place)
    line = TextLine(title.text, cell.parts[0].page, cell.parts[0].box, 0.0, cell.source, cell.confidence)
    return (*table.above, line)
