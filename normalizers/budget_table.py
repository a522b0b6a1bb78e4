"""The budget table of an evaluation report: what each part of the project was to cost and did cost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from normalizers.form import Place, Slot
from normalizers.money import Unit, find_unit
from normalizers.table_header import Column, find_columns, stack_cells
from normalizers.text_table import TextTable
from normalizers.vocabulary import base_vocabulary

_GROUP = "budget_columns"
_HEADER_ROWS = 3
_LINES_ABOVE = 4  # lines over the table that may name the unit
_NAMES = ("component", "item")
_BUDGETS = {"initial", "adjusted"}


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """A budget table.

    Attributes:
        lines: one a row: column's role to its slot; merged cells stand in each of their rows.
        totals: the rows of totals and subtotals.
    """

    lines: tuple[Mapping[str, Slot], ...]
    totals: tuple[Mapping[str, Slot], ...]


def read_budget_table(table: TextTable) -> BudgetTable | None:
    """The budget table in these cells; None where it is none: it needs names, a budget and what was paid."""
    header = next(
        (
            (row, count, columns)
            for row in table.rows[:_HEADER_ROWS]
            for count in range(1, _HEADER_ROWS + 1)
            if row + count < table.rows.stop and (columns := _header(table, range(row, row + count)))
        ),
        None,
    )
    if header is None:
        return None
    row, count, columns = header
    above = next((unit for text in reversed(table.above[-_LINES_ABOVE:]) if (unit := find_unit(text))), None)
    units = {column.role: _unit(table, range(row, row + count), column) or above for column in columns}
    lines: list[Mapping[str, Slot]] = []
    totals: list[Mapping[str, Slot]] = []
    for at in range(row + count, table.rows.stop):
        slots = _slots(table, at, columns, units)
        if any(slots[name].text for name in slots if name not in _NAMES) and any(s.text for s in slots.values()):
            (totals if _is_total(slots) else lines).append(slots)
    return BudgetTable(tuple(lines), tuple(totals)) if lines else None


def _header(table: TextTable, rows: range) -> list[Column]:
    """The columns if these rows are a budget table's header; empty if not, or if several years stand side by side."""
    columns = find_columns(list(stack_cells(table, rows)), base_vocabulary(), _GROUP, may_be_misread=table.is_seen)
    roles = [column.role for column in columns]
    if roles.count("paid") != 1 or not _BUDGETS & set(roles) or not set(_NAMES) & set(roles):
        return []
    named = [column for column in columns if column.role in _NAMES]
    if len(named) == 1:  # one column of names names the items
        columns = [replace(c, role="item") if c is named[0] else c for c in columns]
    elif roles.count("component") > 1:
        columns = [replace(c, role="item") if c is named[1] else c for c in columns]
    return columns


def _unit(table: TextTable, rows: range, column: Column) -> Unit | None:
    cells = [table.at(row, column.columns.start) for row in rows]
    return next((unit for cell in cells if cell is not None and (unit := find_unit(cell.joined))), None)


def _slots(table: TextTable, row: int, columns: list[Column], units: Mapping[str, Unit | None]) -> dict[str, Slot]:
    slots: dict[str, Slot] = {}
    for column in columns:
        cell = table.at(row, column.columns.start)
        if cell is not None and column.role not in slots:
            place = Place(cell.row, cell.column)
            slots[column.role] = Slot(column.role, cell.text, place, unit=units[column.role])
    return slots


def _is_total(slots: Mapping[str, Slot]) -> bool:
    words = base_vocabulary()
    names = [slots[name].text for name in _NAMES if name in slots and slots[name].text]
    return any("total_row" in words.names("".join(name.split()), "indicators") for name in names[:1])
