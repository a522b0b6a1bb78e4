"""The header of a table: which role each column has, by what is printed over it in one row or several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalizers.text_table import TextCell, TextTable
from normalizers.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role and the table columns under its header."""

    role: str
    columns: range
    group: int = 0


def find_columns(stacks: Sequence[tuple[list[TextCell], range]], words: Vocabulary, group: str) -> list[Column]:
    """The columns whose stacked headings have a role of the group, from the left."""
    columns: list[Column] = []
    label: list[TextCell] = []
    for stack, span in stacks:
        role, cells = _role(stack, words, group)
        if not role:
            continue
        if columns and columns[-1].role == role and cells == label:
            columns[-1] = Column(role, range(columns[-1].columns.start, span.stop))
        else:
            columns.append(Column(role, span))
        label = cells
    return columns


def stack_cells(table: TextTable, rows: range) -> Iterator[tuple[list[TextCell], range]]:
    """The cells above each other in each run of columns, and the run."""
    previous: list[TextCell] = []
    start = 0
    for column in range(table.column_count + 1):
        stack: list[TextCell] = []
        for row in rows:
            cell = table.at(row, column) if column < table.column_count else None
            if cell is not None and (not stack or stack[-1] is not cell):
                stack.append(cell)
        if list(map(id, stack)) != list(map(id, previous)):
            if previous:
                yield previous, range(start, column)
            previous, start = stack, column


def _role(stack: Sequence[TextCell], words: Vocabulary, group: str) -> tuple[str | None, list[TextCell]]:
    """The role of stacked cells, read as one label, else by the lowest or the highest; and the cells that say so."""
    cells = [cell for cell in stack if cell.text]
    for chosen in (cells, cells[-1:], cells[:1]):
        text = "".join(cell.joined for cell in chosen)
        names = words.names(text, group)
        if names:
            return names[0], chosen
    return None, []
