"""The equations that the figures of a filing must satisfy; what sums up to what is the checks' knowledge."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from pipeline.checks.facts import Filing, Line
from pipeline.checks.funds import block_of
from pipeline.repairs.book import Cell

Numbers = Mapping[Cell, Decimal]

_CENT = Decimal("0.01")
_POINTS = Decimal(100)
_PARTS = 2  # a total that one part alone is left of has lost the others
_MONEY = ("amount_yuan", "initial_budget_yuan", "annual_budget_yuan", "executed_yuan")
_RATES = {
    "funds": ("execution_rate", "executed_yuan", "annual_budget_yuan"),
    "budget_lines": ("execution_rate", "paid_yuan", "adjusted_yuan"),
}


@dataclass(frozen=True, slots=True)
class Equation:
    """One equation.

    Attributes:
        name: for people.
        operands: the cells it is about.
        solve: what an operand must be, from the values of the others; None where they leave it open.
        is_whole: whether all operands are known to be there; rows of a table may have been lost.
    """

    name: str
    operands: tuple[Cell, ...]
    solve: Callable[[Cell, Numbers], Decimal | None]
    is_whole: bool = True


def equations_of(filing: Filing) -> Iterator[Equation]:
    """The equations of a form or report."""
    for scope in ("annual", "total"):
        yield from _sums_of_funds(filing, scope)
    for table, columns in _RATES.items():
        for line in filing.lines(table):
            if all(_is_printed(line, column) for column in columns):
                yield _rate(*(_cell(line, column) for column in columns))
    if filing.head.value("kind") == "self_evaluation":
        total = filing.head, "total_score"
        yield from _points(filing.lines("indicators"), filing.lines("funds"), *total)
    for cover in filing.lines("evaluations"):
        yield from _points(filing.lines("evaluation_scores"), (), cover, "score")


def _sums_of_funds(filing: Filing, scope: str) -> Iterator[Equation]:
    """A total and its parts, in every column of money; not where the parts may make it in several ways.

    All must be printed: in a picture a blank may be a figure that was not seen.
    """
    block = block_of(filing, scope)
    ways = block.addends()
    if block.total is None or not block.is_plain or len(ways) > 1 or len(ways[0]) < _PARTS:
        return
    name = " + ".join(line.text("item") for line in ways[0])
    for column in _MONEY:
        if all(_is_printed(line, column) for line in (block.total, *ways[0])):
            parts = [_cell(line, column) for line in ways[0]]
            yield _sum(f"{block.total.text('item')} = {name}", _cell(block.total, column), parts)


def _points(rows: Sequence[Line], funds: Sequence[Line], head: Line, total: str) -> Iterator[Equation]:
    """Points are 100 in all; the scores, that of the money among them, make the total score."""
    for column in ("max_score", "score"):
        if not rows or not all(_is_printed(line, column) for line in rows):
            continue
        parts = [_cell(line, column) for line in (*funds, *rows) if _is_printed(line, column)]
        if column == "max_score":
            yield replace(_fixed_sum("100 points in all", parts, _POINTS), is_whole=False)
        elif _is_printed(head, total):
            yield replace(_sum("total score = sum of scores", _cell(head, total), parts), is_whole=False)


def _rate(rate: Cell, spent: Cell, budget: Cell) -> Equation:
    """Percent; it says what the rate is, never what the money is: a rate is too coarse for that."""

    def solve(unknown: Cell, known: Numbers) -> Decimal | None:
        if unknown != rate or not known[budget]:
            return None
        return (known[spent] / known[budget] * 100).quantize(_CENT, ROUND_HALF_UP)

    return Equation("rate = spent / budget", (rate, spent, budget), solve)


def _sum(name: str, total: Cell, parts: Sequence[Cell]) -> Equation:
    def solve(unknown: Cell, known: Numbers) -> Decimal:
        rest = sum((known[part] for part in parts if part != unknown), Decimal(0))
        return rest if unknown == total else known[total] - rest

    return Equation(name, (total, *parts), solve)


def _fixed_sum(name: str, parts: Sequence[Cell], total: Decimal) -> Equation:
    def solve(unknown: Cell, known: Numbers) -> Decimal:
        return total - sum((known[part] for part in parts if part != unknown), Decimal(0))

    return Equation(name, tuple(parts), solve)


def _cell(line: Line, column: str) -> Cell:
    return Cell(line.row.row_id, column)


def _is_printed(line: Line, column: str) -> bool:
    """Whether something is printed there, read or not."""
    return line.value(column) is not None or any(receipt.raw_text.strip() for receipt in line.row.receipts(column))
