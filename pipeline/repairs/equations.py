"""The equations that the figures of a filing must satisfy."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from normalizers.text import fold
from normalizers.vocabulary import read_registry
from pipeline.records import Row
from pipeline.repairs.book import Cell

Numbers = Mapping[Cell, Decimal]

_CENT = Decimal("0.01")
_POINTS = Decimal(100)
_PARTS = 2  # a total that one part alone is left of has lost the others
_MONEY = ("amount_yuan", "initial_budget_yuan", "annual_budget_yuan", "executed_yuan")


@dataclass(frozen=True, slots=True)
class Equation:
    """One equation.

    Attributes:
        name: for people.
        operands: the cells it is about.
        solve: what an operand must be, from the values of the others; None where they leave it open.
    """

    name: str
    operands: tuple[Cell, ...]
    solve: Callable[[Cell, Numbers], Decimal | None]


def equations_of(filing: Row, tables: Mapping[str, Sequence[Row]]) -> Iterator[Equation]:
    """The equations of a form or report; `tables` are its rows by table."""
    yield from _sums_of_funds(tables.get("funds", ()))
    for fund in tables.get("funds", ()):
        yield from _rates(fund, "executed_yuan", "annual_budget_yuan")
    for line in tables.get("budget_lines", ()):
        yield from _rates(line, "paid_yuan", "adjusted_yuan")
    yield from _points_of_form(filing, tables)
    yield from _points_of_report(tables)


def _sums_of_funds(funds: Sequence[Row]) -> Iterator[Equation]:
    """A total and its parts, in every column of money."""
    for scope, wordings in _sums().items():
        rows = [row for row in funds if row.values.get("scope") == scope]
        totals = [row for row in rows if _item(row) in wordings["total"]]
        parts = [row for row in rows if row not in totals]
        if len(totals) != 1 or len(parts) < _PARTS or any(_item(row) not in wordings["parts"] for row in parts):
            continue
        for column in _MONEY:
            filled = [Cell(row.row_id, column) for row in parts if _is_filled(row, column)]
            if filled and _is_filled(totals[0], column):
                yield _sum(
                    f"{_item(totals[0])} = {' + '.join(map(_item, parts))}", Cell(totals[0].row_id, column), filled
                )


def _points_of_form(filing: Row, tables: Mapping[str, Sequence[Row]]) -> Iterator[Equation]:
    """Points are 100 in all; the scores make the total score; the score of the money follows from its rate."""
    funds, rows = tables.get("funds", ()), tables.get("indicators", ())
    if filing.values.get("kind") != "self_evaluation" or not rows:
        return
    scored = [Cell(row.row_id, "max_score") for row in (*funds, *rows) if _is_filled(row, "max_score")]
    if all(_is_filled(row, "max_score") for row in rows):
        yield _fixed_sum("100 points in all", scored, _POINTS)
    if all(_is_filled(row, "score") for row in rows) and _is_filled(filing, "total_score"):
        scores = [Cell(row.row_id, "score") for row in (*funds, *rows) if _is_filled(row, "score")]
        yield _sum("total score = sum of scores", Cell(filing.row_id, "total_score"), scores)


def _points_of_report(tables: Mapping[str, Sequence[Row]]) -> Iterator[Equation]:
    rows = tables.get("evaluation_scores", ())
    if rows and all(_is_filled(row, "max_score") for row in rows):
        yield _fixed_sum("100 points in all", [Cell(row.row_id, "max_score") for row in rows], _POINTS)
    heads = [row for row in tables.get("evaluations", ()) if _is_filled(row, "score")]
    if rows and heads and all(_is_filled(row, "score") for row in rows):
        yield _sum("score = sum of scores", Cell(heads[0].row_id, "score"), [Cell(row.row_id, "score") for row in rows])


def _rates(row: Row, paid: str, budget: str) -> Iterator[Equation]:
    """Rate in percent = paid / budget. It says what the rate is; of the money it is a witness only."""
    if not all(_is_filled(row, column) for column in ("execution_rate", paid, budget)):
        return
    rate, dividend, divisor = (Cell(row.row_id, column) for column in ("execution_rate", paid, budget))

    def solve(unknown: Cell, known: Numbers) -> Decimal | None:
        if unknown != rate or not known[divisor]:
            return None
        return (known[dividend] / known[divisor] * 100).quantize(_CENT, ROUND_HALF_UP)

    yield Equation("rate = executed / budget", (rate, dividend, divisor), solve)


def _sum(name: str, total: Cell, parts: Sequence[Cell]) -> Equation:
    def solve(unknown: Cell, known: Numbers) -> Decimal:
        rest = sum((known[part] for part in parts if part != unknown), Decimal(0))
        return rest if unknown == total else known[total] - rest

    return Equation(name, (total, *parts), solve)


def _fixed_sum(name: str, parts: Sequence[Cell], total: Decimal) -> Equation:
    def solve(unknown: Cell, known: Numbers) -> Decimal:
        return total - sum((known[part] for part in parts if part != unknown), Decimal(0))

    return Equation(name, tuple(parts), solve)


def _is_filled(row: Row, column: str) -> bool:
    """Whether something is printed there, read or not."""
    return row.values.get(column) is not None or any(receipt.raw_text.strip() for receipt in row.receipts(column))


def _item(row: Row) -> str:
    return fold(str(row.values.get("item") or ""))


@cache
def _sums() -> Mapping[str, Mapping[str, frozenset[str]]]:
    content: Mapping[str, Mapping[str, Any]] = read_registry("repairs.yml")["sums"]
    return {
        scope: {name: frozenset(map(fold, wordings)) for name, wordings in groups.items()}
        for scope, groups in content.items()
    }
