"""The money of a form: a matrix with columns, pairs of label and amount, or a list inside one cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from normalizers.form import FundLine, Place, Slot
from normalizers.money import Unit, find_unit
from normalizers.parsed import Doubt
from normalizers.text import fold, is_missing
from normalizers.text_table import TextCell, TextTable
from normalizers.vocabulary import Vocabulary

MONEY_COLUMNS = frozenset({"amount", "initial_budget", "annual_budget", "executed", "adjustment", "received"})
_COLON = re.compile(r"[:：]")
_DIGIT = re.compile(r"[0-9０-９]")
_LONGEST_AMOUNT = 40  # characters


@dataclass(slots=True)
class Funds:
    """What was found, and the cells that are accounted for."""

    lines: list[FundLine] = field(default_factory=list)
    used: set[Place] = field(default_factory=set)


def _names_something(text: str) -> bool:
    """Whether a text can be a label: a bare figure names no money."""
    return any(char.isalpha() for char in text)


def _place(cell: TextCell) -> Place:
    return Place(cell.row, cell.column)


def read_funds(table: TextTable, words: Vocabulary, caption: Unit | None, taken: set[Place]) -> Funds:
    """All money lines of a form outside the cells that are taken already.

    Args:
        table: the form's rows.
        words: labels.
        caption: the unit that caption or family say.
        taken: cells of the indicator tables.
    """
    funds = Funds(used=set())
    blocks = [
        c for c in table.starting() if _place(c) not in taken and {"block", "costs"} & {*words.names(c.joined, "funds")}
    ]
    costs = {row for block in blocks if "costs" in words.names(block.joined, "funds") for row in block.rows}
    for header in _matrix_headers(table, words, taken):
        if next(iter(header.values())).row in costs:
            continue
        if _is_paired(table, header):
            _read_paired(table, header, caption, funds)
        else:
            _read_matrix(table, words, header, caption, funds)
    for block in blocks:
        _read_list(table, words, block, caption, funds)
    _read_pairs(table, words, caption, funds, taken, blocks)
    return funds


def _matrix_headers(table: TextTable, words: Vocabulary, taken: set[Place]) -> Iterator[dict[str, TextCell]]:
    """Rows with the headings of two or more money columns: role to heading."""
    for row in table.rows:
        found: dict[str, TextCell] = {}
        for cell in table.row(row):
            if cell.row == row and _place(cell) not in taken:
                for name in words.names(cell.joined, "fund_columns")[:1]:
                    found.setdefault(name, cell)
        if len(found) >= 2 and MONEY_COLUMNS & set(found):
            yield found


def _read_matrix(
    table: TextTable, words: Vocabulary, header: Mapping[str, TextCell], caption: Unit | None, funds: Funds
) -> None:
    top = next(iter(header.values())).row
    left = min(cell.column for cell in header.values())
    bottom = max(c.row + c.row_span for c in header.values())
    beside = [cell for row in range(top, bottom + 1) for cell in table.row(row) if cell.column < left]
    block_unit = _first_unit([cell.joined for cell in (*_cells_above(table, top, left), *beside)])
    funds.used.update(_place(c) for c in table.row(top) if c.row == top and words.names(c.joined, "fund_columns"))
    scope = "annual"
    for row in range(bottom, table.rows.stop):
        label = _label_of(table, row, left) or _block_label(table, words, top, row, left)
        if label is None or _begins_other_block(label, words):
            break
        if not label.text:
            continue
        scope = _scope(label.joined, words) or scope
        figures: dict[str, Slot] = {}
        seen: list[TextCell] = []
        for name, heading in header.items():
            cell = _cell_under(table, row, heading)
            if cell is not None:
                funds.used.add(_place(cell))
            if cell is not None and name != "other" and all(cell is not other for other in seen):
                seen.append(cell)
                unit = find_unit(label.joined) or find_unit(heading.joined) or block_unit or caption
                wide = sum(bool(set(cell.columns) & set(other.columns)) for other in header.values()) > 1
                doubts = (Doubt.AMBIGUOUS,) if wide and cell.text else ()  # under two headings: whose is it?
                figures[name] = Slot(name, cell.text, _place(cell), None, heading.joined, unit, doubts)
        funds.used.add(_place(label))
        item = Slot("item", label.text, _place(label), label=_part_of(table, label))
        funds.lines.append(FundLine(scope, item, figures))


def _block_label(table: TextTable, words: Vocabulary, top: int, row: int, left: int) -> TextCell | None:
    """The block's own label, where the matrix has one line and no label beside it."""
    beside = [cell for cell in table.row(row) if cell.columns.stop <= left and cell.text]
    named = [cell for cell in beside if cell.row == top and "block" in words.names(cell.joined, "funds")]
    return named[0] if len(beside) == 1 and named and named[0].rows.stop == row + 1 else None


def _part_of(table: TextTable, label: TextCell) -> str:
    """The wording of the part of the block that a label stands in (收入构成); empty where it stands in none."""
    beside = table.at(label.row, label.column - 1) if label.column > 1 else None
    return beside.joined if beside is not None and beside.row_span > label.row_span else ""


def _is_paired(table: TextTable, header: Mapping[str, TextCell]) -> bool:
    """Whether each heading has its figure to its right: label and figure take turns along the rows."""
    return all(
        (right := table.right_of(cell)) is not None and bool(_DIGIT.search(right.text)) and _is_amount(right.text)
        for name, cell in header.items()
        if name in MONEY_COLUMNS
    )


def _read_paired(table: TextTable, header: Mapping[str, TextCell], caption: Unit | None, funds: Funds) -> None:
    """One line a source; the sources' labels come round again before each figure."""
    first = next(iter(header.values()))
    for row in range(first.row, table.rows.stop):
        figures = {}
        for name, heading in header.items():
            label = table.at(row, heading.column)
            amount = table.right_of(label) if label is not None else None
            if label is None or amount is None or label.row != row or not _is_amount(amount.text):
                return
            unit = find_unit(label.joined) or find_unit(heading.joined) or caption
            figures[name] = Slot(name, amount.text, _place(amount), label=heading.joined, unit=unit)
            funds.used.update((_place(label), _place(amount)))
        item = table.at(row, first.column)
        if item is not None:
            funds.lines.append(FundLine("annual", Slot("item", item.text, _place(item)), figures))


def _label_of(table: TextTable, row: int, left: int) -> TextCell | None:
    """The cell with the item's wording: the nearest text that ends before the first figure; None where none begins."""
    beside = [cell for cell in table.row(row) if cell.columns.stop <= left and cell.row == row]
    return next((cell for cell in reversed(beside) if cell.text), beside[-1] if beside else None)


def _cells_above(table: TextTable, row: int, left: int) -> list[TextCell]:
    """The row above a header, where it spans its columns (年度预算数(万元))."""
    return [cell for cell in table.row(row - 1) if cell.column >= left] if row - 1 in table.rows else []


def _begins_other_block(label: TextCell, words: Vocabulary) -> bool:
    return words.has(label.joined, "head", "goals", "indicator_columns", "contacts", "sections") and not words.has(
        label.joined, "funds"
    )


def _cell_under(table: TextTable, row: int, heading: TextCell) -> TextCell | None:
    cells = [cell for column in heading.columns if (cell := table.at(row, column)) is not None]
    return max(cells, key=lambda c: len(set(c.columns) & set(heading.columns)), default=None)


def _first_unit(texts: Sequence[str]) -> Unit | None:
    return next((unit for text in texts if (unit := find_unit(text))), None)


def _scope(label: str, words: Vocabulary) -> str | None:
    names = words.names(label, "funds")
    return next((name for name in ("total", "annual") if name in names), None)


def _read_list(table: TextTable, words: Vocabulary, block: TextCell, caption: Unit | None, funds: Funds) -> None:
    """`label：amount` on lines of their own inside the cell beside a label of the block."""
    cell = table.right_of(block)
    if cell is None or _place(cell) in funds.used:
        return
    entries = [(line, _COLON.split(line, maxsplit=1)) for line in cell.text.split("\n")]
    known = [parts for _, parts in entries if len(parts) == 2 and words.has(parts[0], "funds")]
    if len(known) < 2:
        return
    unit, scope = find_unit(block.joined) or caption, "annual"
    for label, amount in known:
        scope = _scope(label, words) or scope
        figure = Slot("amount", amount.strip(), _place(cell), label=label, unit=find_unit(label) or unit)
        funds.lines.append(FundLine(scope, Slot("item", label, _place(cell)), {"amount": figure}))
    funds.used.update((_place(cell), _place(block)))


def _read_pairs(  # noqa: PLR0913
    table: TextTable,
    words: Vocabulary,
    caption: Unit | None,
    funds: Funds,
    taken: set[Place],
    blocks: Sequence[TextCell],
) -> None:
    """Labels with their amount to the right, or below where labels stand beside each other.

    An item without a word for its period belongs to the total above it in the same column, or to the only one that
    its block has.
    """
    scopes: dict[int, str] = {}
    for label in table.starting():
        if _place(label) in funds.used or _place(label) in taken or not _names_something(label.text):
            continue
        block = next((b for b in blocks if label.row in b.rows and label.column > b.column), None)
        amount = _amount_of(table, words, label, block)
        if amount is None or _place(amount) in funds.used:
            continue
        scope = _scope(label.joined, words) or scopes.get(label.column) or _only_scope(table, words, block)
        scopes[label.column] = scope
        unit = find_unit(label.joined) or _unit_of_block(table, amount, block) or caption
        figure = Slot("amount", amount.text, _place(amount), label=label.joined, unit=unit)
        item = Slot("item", label.text, _place(label), label=_part_of(table, label))
        funds.lines.append(FundLine(scope, item, {"amount": figure}))
        funds.used.update((_place(label), _place(amount)))
    funds.used.update(_place(block) for block in blocks if block.row_span > 1)


def _only_scope(table: TextTable, words: Vocabulary, block: TextCell | None) -> str:
    """The period that the block's labels name, where all that name one name the same; else the form's own year."""
    cells = [c for row in block.rows for c in table.row(row)] if block else []
    named = {scope for cell in cells if (scope := _scope(cell.joined, words))}
    return named.pop() if len(named) == 1 else "annual"


def _unit_of_block(table: TextTable, amount: TextCell, block: TextCell | None) -> Unit | None:
    """The unit in the block's label, or in a heading over the amount."""
    if block is None:
        return None
    above = [table.at(row, amount.column) for row in range(block.row, amount.row)]
    return find_unit(block.joined) or _first_unit([cell.joined for cell in above if cell is not None])


def _amount_of(table: TextTable, words: Vocabulary, label: TextCell, block: TextCell | None) -> TextCell | None:
    names = words.names(label.joined, "funds")
    always = "total" in names or "annual" in names
    if not always and (block is None or "block" in names or words.has(label.joined, "fields")):
        return None
    if not names and "other" in words.names(label.joined, "fund_columns"):  # a heading of what is no money of the form
        return None
    if not names and block is not None and "costs" in words.names(block.joined, "funds"):
        return None
    for cell in (table.right_of(label), table.at(label.row, label.columns.stop), table.below_of(label)):
        if cell is not None and _is_amount(cell.text):
            # inside a block any label may name an item, but only beside a figure
            return cell if names or _DIGIT.search(cell.text) else None
        if cell is not None and not words.has(cell.joined, "funds"):
            return None
    return None


def _is_amount(text: str) -> bool:
    return is_missing(text) or (len(text) <= _LONGEST_AMOUNT and bool(_DIGIT.search(text)) and len(_letters(text)) <= 3)


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalpha())
