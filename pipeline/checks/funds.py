"""Money on a form: totals and their parts, budgets and what was spent, rates and the points for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from normalizers.text import fold
from normalizers.vocabulary import base_vocabulary
from pipeline.checks.facts import ZERO, Fact, Filing, Line, money_tolerance, rounding, sum_of
from pipeline.checks.rule import Answer, Rule, folded

_HUNDRED = Decimal(100)
_PARTS = ("current", "fiscal", "piece", "carried", "other")


@dataclass(slots=True)
class Block:
    """The lines of one scope of a form's money.

    Attributes:
        total: the line of the whole.
        parts: lines by what they are; see `words.funds` of the registry.
        is_plain: no line is unknown, and no part stands twice.
    """

    total: Line | None = None
    parts: dict[str, Line] = field(default_factory=dict)
    pieces: list[Line] = field(default_factory=list)
    is_plain: bool = True

    def take(self, line: Line) -> None:
        """Put a line in its place."""
        role = _role(line.text("item"))
        if role == "piece":
            self.pieces.append(line)
        elif role == "total" and self.total is None:
            self.total = line
        elif role in _PARTS and role not in self.parts:
            self.parts[role] = line
        else:
            self.is_plain = False

    def addends(self) -> list[list[Line]]:
        """The ways in which the parts may make the total, the likeliest first.

        What is carried over may stand inside the public money, unless that is said to be of the current year.
        """
        public = [self.parts[role] for role in ("current", "fiscal") if role in self.parts] or self.pieces
        carried, other = ([self.parts[role]] if role in self.parts else [] for role in ("carried", "other"))
        ways = [[*public, *carried, *other]]
        if carried and "current" not in self.parts:
            ways.append([*public, *other])
        return ways


@lru_cache(maxsize=4096)
def _role(item: str) -> str:
    """What a line of the funds is: total, one of the parts, or empty."""
    name = item.rpartition("：")[2]
    key = fold(name)
    if key in folded("funds", "total") or {"total", "annual"} & set(base_vocabulary().names(name, "funds")):
        return "total"
    return next((role for role in _PARTS if key in folded("funds", role)), "")


def block_of(filing: Filing, scope: str) -> Block:
    """The money of one scope."""
    block = Block()
    for line in filing.lines("funds"):
        if line.value("scope") == scope:
            block.take(line)
    return block


def total_of_parts(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """F1, F2, S1: the total is the sum of its parts."""
    block = block_of(filing, rule["scope"])
    if block.total is None:
        return
    for column in rule["columns"]:
        ways = [[line.fact(column) for line in way] for way in block.addends()]
        if ways[0]:
            yield from _closes(rule, block.total.fact(column), ways, block.is_plain)


def fiscal_of_pieces(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """F5: the public money is what the levels of government give."""
    for scope in ("total", "annual"):
        block = block_of(filing, scope)
        whole = block.parts.get("fiscal") or block.parts.get("current")
        if whole is not None and block.pieces:
            pieces = [line.fact(rule["column"]) for line in block.pieces]
            yield from _closes(rule, whole.fact(rule["column"]), [pieces], block.is_plain)


def _closes(rule: Rule, total: Fact, ways: Sequence[Sequence[Fact]], is_plain: bool) -> Iterator[Answer]:
    """Whether a sum closes in one of the ways. A blank is 0 only beside a part that is filled."""
    if all(fact.is_blank and fact.is_sure for fact in ways[0]):
        return
    operands = (total, *ways[0])
    about = total.cell.rpartition(".")[2]
    if total.is_blank:
        yield rule.unknown(operands, about)
        return
    for way in ways:
        found, limit = sum_of(way), money_tolerance((total, *way))
        if abs(total.number - found) <= limit:
            yield rule.judge(True, (total, *way), about, expected=found, actual=total.number, tolerance=limit)
            return
    if not is_plain or any(fact.is_blank and fact.is_seen for fact in operands):
        yield rule.unknown(operands, about)
        return
    found, limit = sum_of(ways[0]), money_tolerance(operands)
    yield rule.judge(False, operands, about, expected=found, actual=total.number, tolerance=limit)


def annual_within_project(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """F3: the year's money is part of the project's."""
    for annual, whole in _totals(filing, rule["column"]):
        limit = money_tolerance((annual, whole))
        is_right = annual.number <= whole.number + limit
        yield rule.judge(is_right, (annual, whole), expected=whole.number, actual=annual.number, tolerance=limit)


def one_year_one_total(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """F4: the money of a project of one year is the year's money."""
    start, end = filing.head.fact("start_date"), filing.head.fact("end_date")
    if start.is_blank or end.is_blank:
        return
    for annual, whole in _totals(filing, rule["column"]):
        if start.text[:4] != end.text[:4]:
            yield Answer("not_applicable", (start, end))
            return
        limit = money_tolerance((annual, whole))
        is_right = abs(annual.number - whole.number) <= limit
        operands = (annual, whole, start, end)
        yield rule.judge(is_right, operands, expected=whole.number, actual=annual.number, tolerance=limit)


def _totals(filing: Filing, column: str) -> Iterator[tuple[Fact, Fact]]:
    """The annual and the whole total, where the form has both."""
    found = [block_of(filing, scope).total for scope in ("annual", "total")]
    if found[0] is not None and found[1] is not None:
        annual, whole = found[0].fact(column), found[1].fact(column)
        if not annual.is_blank and not whole.is_blank:
            yield annual, whole


def spent_within_budget(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S3: no more is spent than the year's budget."""
    for line in filing.lines("funds"):
        budget, spent = line.fact("annual_budget_yuan"), line.fact("executed_yuan")
        if not budget.is_blank and not spent.is_blank:
            limit = money_tolerance((budget, spent))
            is_right = spent.number <= budget.number + limit
            yield rule.judge(
                is_right,
                (budget, spent),
                line.text("item"),
                expected=budget.number,
                actual=spent.number,
                tolerance=limit,
            )


def budget_as_adjusted(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S4: the year's budget is the first one and its change."""
    for line in filing.lines("funds"):
        first, change, budget = map(line.fact, ("initial_budget_yuan", "adjustment_yuan", "annual_budget_yuan"))
        if not (first.is_blank or change.is_blank or budget.is_blank):
            limit = money_tolerance((first, change, budget))
            due = first.number + change.number
            is_right = abs(budget.number - due) <= limit
            operands = (budget, first, change)
            yield rule.judge(is_right, operands, line.text("item"), expected=due, actual=budget.number, tolerance=limit)


def rate_as_computed(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S2, R2: the printed rate is what was spent over the budget; over the first budget it has its own code."""
    for line in filing.lines(rule["table"]):
        columns = [line.fact(column) for column in rule["columns"]]
        spent, budget, rate = columns[:3]
        if spent.is_blank or budget.is_blank or rate.is_blank:
            continue
        due, limit = _rate(spent, budget), rate_tolerance(spent, budget, rate)
        is_right = abs(rate.number - due) <= limit
        first = next((fact for fact in columns[3:] if not fact.is_blank), None)
        is_of_first = first is not None and abs(rate.number - _rate(spent, first)) <= limit
        code = "wrong_denominator" if is_of_first and not is_right else ""
        about = line.text("item") or line.text("component")
        yield rule.judge(
            is_right, (rate, spent, budget), about, expected=due, actual=rate.number, tolerance=limit, code=code
        )


def _rate(spent: Fact, budget: Fact) -> Decimal:
    """Percent to two decimals; 0 of nothing is 0."""
    return round(spent.number / budget.number * _HUNDRED, 2) if budget.number else ZERO


def rate_tolerance(spent: Fact, budget: Fact, rate: Fact) -> Decimal:
    """How far a rate may be off: its own rounding and that of both amounts, at least 0.01."""
    share = sum((rounding([fact]) / abs(fact.number) for fact in (spent, budget) if fact.number), ZERO)
    return max(rounding([rate]) + Decimal("0.005"), Decimal("0.01")) + share * abs(rate.number)


def points_for_execution(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S5: the points for spending are in proportion to the rate, and no more than there are."""
    for line in filing.lines("funds"):
        columns = ("executed_yuan", "annual_budget_yuan", "score", "max_score")
        spent, budget, score, most = map(line.fact, columns)
        if spent.is_blank or budget.is_blank or score.is_blank or not budget.number:
            continue
        full = most.number if most.number else Decimal(rule["points"])
        due = round(min(full, full * spent.number / budget.number), 2)
        limit = max(rounding([score]) + Decimal("0.005"), Decimal("0.01"))
        is_right = abs(score.number - due) <= limit
        operands = (score, spent, budget, *([most] if most.number else []))
        yield rule.judge(is_right, operands, line.text("item"), expected=due, actual=score.number, tolerance=limit)
