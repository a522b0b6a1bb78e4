"""Arithmetic as evidence: the one doubtful operand of an equation whose other operands are sure.

Accepted is what closes the equation if the reading is explained: by a confusion that recognition is known for, or by
another engine that read just this, and then a second fact must agree. Points and scores always need the second fact: a
row that was lost looks like a figure that lost a digit. What explains itself otherwise is a suggestion.
"""

from collections.abc import Sequence
from decimal import Decimal

from normalizers.number import parse_number
from normalizers.repair.digits import explain
from normalizers.seen_text import in_context
from pipeline.checks.facts import Filing, gather
from pipeline.records import Row
from pipeline.repairs.book import Book, Cell, Finding, as_text
from pipeline.repairs.equations import Equation, Numbers, equations_of

RULE = "arithmetic"
_EXPLAINED, _TWICE, _POSSIBLE = 0.98, 0.99, 0.5  # scores: a known confusion; two equations; an equation alone
_SEEN = "another engine reads it"
_TWINS = {"max_score": "score", "score": "max_score"}
_TOLERANCE = Decimal("0.011")  # yuan, points, percent: half of what two rounded operands may differ by


def repair_figures(book: Book) -> None:
    """Solve the equations of every filing."""
    for filing in gather(book.document_id, book.rows).filings:
        equations = list(equations_of(filing))
        cells = dict.fromkeys(cell for equation in equations for cell in equation.operands)
        doubtful = [cell for cell in cells if book.row(cell).is_flagged(cell.column)]
        values = {cell: book.row(cell).values.get(cell.column) for cell in cells if cell not in doubtful}
        sure = {cell: value for cell, value in values.items() if isinstance(value, Decimal)}
        for cell in filter(book.is_open, doubtful):
            solved = [e for e in equations if cell in e.operands and all(o in sure for o in e.operands if o != cell)]
            finding = _weigh(cell, book.row(cell), solved, sure, _scale(cell, filing))
            if finding is not None:
                book.settle(cell, finding)


def _weigh(cell: Cell, row: Row, equations: Sequence[Equation], sure: Numbers, scale: Decimal | None) -> Finding | None:
    """What the equations say of a doubtful value of a row; None where they agree with it, or say nothing."""
    wanted = {e.name: value for e in equations if (value := e.solve(cell, sure)) is not None and value >= 0}
    value = next(iter(wanted.values()), None)
    if value is None or scale is None or any(abs(other - value) > _TOLERANCE for other in wanted.values()):
        return None
    read = row.values.get(cell.column)
    if isinstance(read, Decimal) and abs(read - value) <= _TOLERANCE:
        return None
    receipt = row.receipts(cell.column)[0]
    reason = explain(receipt.raw_text, value / scale)
    rival = parse_number(in_context(receipt.rival)).value if receipt.rival else None
    is_seen = rival is not None and rival * scale == value
    if not (reason or is_seen):
        return None
    twin = _twin(cell, row, value)
    facts = [*wanted, *filter(None, (reason, _SEEN if is_seen else "", twin))]
    is_second = len(wanted) > 1 or bool(twin) or (bool(reason) and is_seen)
    is_enough = is_second or (bool(reason) and any(e.is_whole for e in equations if e.name in wanted))
    score = _TWICE if is_second else _EXPLAINED if is_enough else _POSSIBLE
    rivals = ((str(as_text(value)), score),)
    return Finding(RULE, value if score > _POSSIBLE else None, score, "; ".join(facts), rivals)


def _twin(cell: Cell, row: Row, value: Decimal) -> str:
    """What the points of a row say of its score, and the score of its points: full marks, or more than there are."""
    column = _TWINS.get(cell.column, "")
    other, read = row.values.get(column), row.values.get(cell.column)
    if not isinstance(other, Decimal) or row.is_flagged(column):
        return ""
    if other == value:
        return "points and score are alike"
    if not isinstance(read, Decimal):
        return ""
    most, reached = (read, other) if cell.column == "max_score" else (other, read)
    return "as read the score is above the points" if reached > most else ""


def _scale(cell: Cell, filing: Filing) -> Decimal | None:
    """Units of the column that one of the print is: 10000 where money is printed in 万元; None where nobody tells."""
    if not cell.column.endswith("_yuan"):
        return Decimal(1)
    money = (
        line.fact(receipt.column_name)
        for table in ("funds", "budget_lines")
        for line in filing.lines(table)
        for receipt in line.row.provenance
        if receipt.column_name.endswith("_yuan")
    )
    return next((fact.unit for fact in money if fact.is_sure and fact.number), None)
