"""Filings of one project side by side: their money."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.across.courses import Course, Entry
from pipeline.checks.facts import Fact, money_tolerance
from pipeline.checks.funds import block_of
from pipeline.checks.rule import Answer, Rule

Found = tuple[Entry, Answer]  # the filing that a check hangs on, and what the rule says

DECLARATION, SELF_EVALUATION, REPORT = "declaration", "self_evaluation", "evaluation_report"
_PLANS = ((DECLARATION, "amount_yuan"), (SELF_EVALUATION, "annual_budget_yuan"))
_LISTED = 20  # indicators named in one answer


def same_budget(course: Course, rule: Rule) -> Iterator[Found]:
    """X1.1: what was asked for is what the year began with."""
    for before, after in pairs_of(course, DECLARATION, SELF_EVALUATION):
        asked, begun = total_of(before, "amount_yuan"), total_of(after, "initial_budget_yuan")
        if asked is None or begun is None:
            continue
        if asked.is_blank or begun.is_blank:
            yield after, rule.unknown((asked, begun))
            continue
        limit = money_tolerance((asked, begun))
        code = "unit_slip" if is_slip(asked, begun, rule) else ""
        is_right = abs(asked.number - begun.number) <= limit
        yield (
            after,
            judge_pair(
                rule.judge(
                    is_right, (begun, asked), expected=asked.number, actual=begun.number, tolerance=limit, code=code
                ),
                (before, after),
            ),
        )


def carried_over(course: Course, rule: Rule) -> Iterator[Found]:
    """X2: what a year takes over is no more than the year before left."""
    earlier = course.standing(SELF_EVALUATION)
    for kind, column in _PLANS:
        for year, entry in sorted(course.standing(kind).items()):
            last, line = earlier.get(year - 1), block_of(entry.filing, "annual").parts.get("carried")
            if last is None or line is None or line.fact(column).is_blank:
                continue
            carried, budget, spent = (
                line.fact(column), total_of(last, "annual_budget_yuan"), total_of(last, "executed_yuan")
            )  # fmt: skip
            if budget is None or spent is None or budget.is_blank or spent.is_blank:
                yield entry, rule.unknown([fact for fact in (carried, budget, spent) if fact])
                continue
            left, limit = budget.number - spent.number, money_tolerance((carried, budget, spent))
            is_right = carried.number <= max(left, Decimal(0)) + limit
            operands = (carried, budget, spent)
            yield (
                entry,
                judge_pair(
                    rule.judge(is_right, operands, expected=left, actual=carried.number, tolerance=limit), (last, entry)
                ),
            )


def no_leap(course: Course, rule: Rule) -> Iterator[Found]:
    """X3: money of two years that follow one another."""
    for kind, column in _PLANS:
        entries = sorted(course.standing(kind).items())
        for (year, before), (_, after) in pairwise(entries):
            old, new = total_of(before, column), total_of(after, column)
            if old is None or new is None or not old.number or not new.number:
                continue
            times = max(new.number / old.number, old.number / new.number)
            code = "unit_slip" if is_slip(old, new, rule) else ""
            answer = rule.judge(
                times <= rule["times"], (new, old), str(year), expected=old.number, actual=new.number, code=code
            )
            yield after, judge_pair(answer, (before, after))


def same_version(course: Course, rule: Rule) -> Iterator[Found]:
    """X4.2: a form that another stands for says what that one says."""
    by_id = {entry.filing_id: entry for entry in course.entries}
    for entry in course.entries:
        if not entry.superseded_by:
            continue
        other = by_id[entry.superseded_by]
        pairs = [
            (mine, theirs)
            for mine, theirs in zip(_figures(entry), _figures(other), strict=True)
            if mine and theirs and not mine.is_blank and not theirs.is_blank
        ]
        odd = [pair for pair in pairs if pair[0].value != pair[1].value] or pairs
        operands = [fact for pair in odd for fact in pair]
        answer = rule.judge(
            all(mine.value == theirs.value for mine, theirs in pairs), operands, other.file_name,
            expected=listed(theirs.text for _, theirs in odd), actual=listed(mine.text for mine, _ in odd),
        )  # fmt: skip
        yield entry, judge_pair(answer, (entry, other))


def judge_pair(answer: Answer, entries: Sequence[Entry]) -> Answer:
    """The answer; no failure where the filings are not surely of one project and year."""
    if answer.outcome != "fail" or all(entry.is_sure for entry in entries):
        return answer
    return Answer("insufficient", answer.operands, answer.about, answer.expected, answer.actual)


def total_of(entry: Entry, column: str) -> Fact | None:
    """A figure of the year's whole money; None where the form has no such line."""
    line = block_of(entry.filing, "annual").total
    return line.fact(column) if line else None


def is_slip(one: Fact, other: Fact, rule: Rule) -> bool:
    """Whether two amounts differ by the factor between two units."""
    if not one.number or not other.number:
        return False
    times = max(one.number / other.number, other.number / one.number) / Decimal(rule["slip"])
    return abs(times - 1) <= Decimal(str(rule["near"]))


def pairs_of(course: Course, first: str, second: str) -> Iterator[tuple[Entry, Entry]]:
    """The standing filings of two kinds for the same year."""
    earlier, later = course.standing(first), course.standing(second)
    yield from ((earlier[year], later[year]) for year in sorted(earlier.keys() & later.keys()))


def _figures(entry: Entry) -> Iterator[Fact | None]:
    for column in ("amount_yuan", "initial_budget_yuan", "annual_budget_yuan", "executed_yuan"):
        yield total_of(entry, column)
    yield entry.filing.head.fact("total_score")


def listed(texts: Iterable[str]) -> str:
    """Texts in one line, the first ones alone where there are many."""
    names = list(texts)
    more = len(names) - _LISTED
    return "; ".join(names[:_LISTED]) + (f"; and {more} more" if more > 0 else "")
