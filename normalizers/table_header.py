"""The header of a table: which role each column has, by what is printed over it in one row or several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from normalizers.similarity import similarity
from normalizers.text_table import TextCell, TextTable
from normalizers.vocabulary import Vocabulary

_SHORTEST = 3  # characters of a heading that is still known when one of them is misread
_NEAR = 70.0  # similarity of a misread heading to its wording: one of four characters replaced, or two added
_CLEAR = 8.0  # by how much more it is like that wording than like one of another role
_KNOWN = 3  # headings that must be read without fault beside it


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role and the table columns under its header."""

    role: str
    columns: range
    group: int = 0


Stack = tuple[list[TextCell], range]


def find_columns(
    stacks: Sequence[Stack], words: Vocabulary, group: str, *, may_be_misread: bool = False
) -> list[Column]:
    """The columns whose stacked headings have a role of the group, from the left.

    Args:
        stacks: see `stack_cells`.
        words: the labels to know.
        group: which of their roles count.
        may_be_misread: whether a heading may differ from its label by a character, where its neighbours do not.
    """
    stacks = list(_with_spaced_joined(stacks))
    columns = _known_columns(stacks, words, group)
    if may_be_misread and len(columns) >= _KNOWN:
        columns = sorted((*columns, *_misread_columns(stacks, columns, words, group)), key=lambda c: c.columns.start)
    return columns


def _with_spaced_joined(stacks: Sequence[Stack]) -> Iterator[Stack]:
    """The stacks, neighbours of one character each as one: a heading set wide where no ruling parts the columns."""
    for is_single, run in groupby(stacks, lambda stack: sum(len(cell.joined) for cell in stack[0]) == 1):
        found = list(run)
        if is_single and len(found) > 1:
            yield [cell for cells, _ in found for cell in cells], range(found[0][1].start, found[-1][1].stop)
        else:
            yield from found


def _known_columns(stacks: Sequence[Stack], words: Vocabulary, group: str) -> list[Column]:
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


def _misread_columns(
    stacks: Sequence[Stack], columns: Sequence[Column], words: Vocabulary, group: str
) -> Iterator[Column]:
    """The columns that are still without a role, by the label that their heading is most like."""
    taken = {column.role for column in columns}
    placed = {place for column in columns for place in column.columns}
    for stack, span in stacks:
        text = "".join(cell.joined for cell in stack)
        if span.start not in placed and len(text) >= _SHORTEST and not words.roles(text):
            role = _nearest(text, words, group)
            if role and role not in taken:
                taken.add(role)
                yield Column(role, span)


def _nearest(text: str, words: Vocabulary, group: str) -> str:
    """The role of the wording that a text is most like; empty where none is near, or one of another role as near."""
    best: dict[str, float] = {}
    for wording, roles in words.wordings.items():
        for role in roles:
            if role.group == group and len(wording) >= _SHORTEST:
                best[role.name] = max(best.get(role.name, 0.0), similarity(text, wording))
    (alike, name), (rival, _) = sorted(((alike, name) for name, alike in best.items()), reverse=True)[:2]
    return name if alike >= max(_NEAR, rival + _CLEAR) else ""


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
