"""Results and scores of a self-evaluation: what was reached, what it should score, and whether reasons are given."""

from collections.abc import Iterator
from decimal import Decimal

from normalizers.target import Target, parse_target
from normalizers.text import fold, is_missing
from pipeline.checks.facts import ZERO, Fact, Filing, Line, money_tolerance, sum_of
from pipeline.checks.funds import block_of
from pipeline.checks.points import execution_points, is_whole
from pipeline.checks.rule import Answer, Rule
from pipeline.checks.targets import unit_group

_MEASURES = ("target_operator", "target_value", "target_unit", "actual_value", "actual_raw")


def _actual(line: Line) -> Target | None:
    return parse_target(line.text("actual_raw")).value


def _same_unit(line: Line) -> bool:
    """Whether target and result can be compared: one unit, or none at the result."""
    found = _actual(line)
    return found is not None and (not found.unit or fold(found.unit) == fold(line.text("target_unit")))


def _measured(line: Line) -> tuple[Fact, ...]:
    """Operator, value and unit of a target in numbers, and its result; empty where they cannot be compared."""
    if line.value("target_value") is None or line.value("actual_value") is None or not _same_unit(line):
        return ()
    return tuple(line.fact(column) for column in _MEASURES)


def misses(operator: str, target: Decimal, actual: Decimal) -> bool:
    """Whether a result misses its target; one without a sign is to be reached."""
    if operator == "<":
        return actual >= target
    if operator == "<=":
        return actual > target
    return actual <= target if operator == ">" else actual < target


def score_due(operator: str, target: Decimal, actual: Decimal, weight: Decimal) -> Decimal:
    """The points for a result as systems compute them: in proportion to the target, none from twice a ceiling on.

    A result under 0 counts as 0. A sign that is strict counts like the one with equality.
    """
    actual = max(actual, ZERO)
    if operator[:1] == "<":
        if actual <= target:
            return weight
        return round((2 - actual / target) * weight, 2) if target > 0 and actual < 2 * target else ZERO
    if target <= 0:
        return weight if (actual <= 0 or operator[:1] == ">") else ZERO
    return weight if actual >= target else round(actual / target * weight, 2)


def score_as_computed(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S9: the score follows from target and result; in words from how far it was reached."""
    for line in filing.lines("indicators"):
        score, most = line.fact("score"), line.fact("max_score")
        if score.is_blank or most.is_blank or not most.number:
            continue
        if measured := _measured(line):
            operator, target, _, actual, _ = measured
            due = score_due(operator.text, target.number, actual.number, most.number)
            low, high = due, due
        else:
            low, high = _bounds(line, rule, most.number)
            measured = (line.fact("actual_raw"),)
        if high < 0:
            continue
        limit = most.number * Decimal(str(rule["share"])) / 100
        is_right = low - limit <= score.number <= high + limit
        yield rule.judge(
            is_right,
            (score, most, *measured),
            line.text("level3"),
            expected=low if score.number < low else high,
            actual=score.number,
            tolerance=limit,
        )


def _bounds(line: Line, rule: Rule, most: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the greatest score for a result in words; below 0 where the words are not those of the form."""
    actual = fold(line.text("actual_raw"))
    for grade in rule["grades"]:
        if any(fold(word) in actual for word in grade["words"]):
            return most * Decimal(str(grade["from"])), most * Decimal(str(grade["to"]))
    return Decimal(-1), Decimal(-1)


def target_not_too_low(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S10: no result is far above its target."""
    for line in filing.lines("indicators"):
        measured = _measured(line)
        if measured and measured[0].text[:1] == ">" and measured[1].number > 0:
            _, target, _, actual, _ = measured
            most = target.number * Decimal(str(rule["times"]))
            yield rule.judge(
                actual.number < most, measured, line.text("level3"), expected=target.number, actual=actual.number
            )


def results_are_measured(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S11: not every result is exactly its target, and not every score is full."""
    lines = filing.lines("indicators")
    missed = [line.fact(column) for line in lines if line.is_seen for column in ("target_raw", "actual_raw")]
    if any(fact.is_blank or not fact.is_sure for fact in missed):
        yield rule.unknown(missed)
        return
    pairs = [(line.fact("target_value"), line.fact("actual_value")) for line in lines if _measured(line)]
    scores = [(line.fact("max_score"), line.fact("score")) for line in lines if line.value("score") is not None]
    for code, found in (("exact", pairs), ("full", scores)):
        if len(found) >= rule["least"]:
            is_right = any(one.number != other.number for one, other in found)
            facts = [fact for pair in found for fact in pair]
            yield rule.judge(is_right, facts, actual=Decimal(len(found)), code=code)


def reasons_given(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S12: where points were lost or a target was missed the reason is told."""
    lines = filing.lines("indicators")
    if filing.head.value("template") not in rule["templates"] and not any(line.value("note") for line in lines):
        return  # the form may have no column for it
    for line in lines:
        score, most, note = line.fact("score"), line.fact("max_score"), line.fact("note")
        measured = _measured(line)
        lost = not score.is_blank and not most.is_blank and score.number < most.number
        missed = bool(measured) and misses(measured[0].text, measured[1].number, measured[3].number)
        if not (lost or missed):
            continue
        operands = (note, *((score, most) if lost else measured))
        if note.is_blank and note.is_seen:
            yield rule.unknown(operands, line.text("level3"))
        else:
            code = "" if lost else "missed"
            yield rule.judge(not is_missing(note.text), operands, line.text("level3"), code=code)


def results_in_own_words(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S13: a result in words says more than the target."""
    for line in filing.lines("indicators"):
        target, actual = line.text("target_raw"), line.text("actual_raw")
        if target and actual and line.value("target_value") is None:
            is_right, columns = fold(target) != fold(actual), ("target_raw", "actual_raw")
            yield rule.judge_row(is_right, line, columns, line.text("level3"), actual=actual)


def grade_of_score(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S14: the grade is that of the score."""
    total = filing.head.fact("total_score")
    labels = {fold(label) for label in rule["labels"]}
    for line in filing.lines("fields"):
        grade = line.fact("value")
        if not total.is_blank and fold(line.text("label")) in labels and grade.text[:1] in rule["scale"]:
            due = grade_due(total.number, {name: Decimal(low) for name, low in rule["scale"].items()})
            yield rule.judge(grade.text[:1] == due, (total, grade), expected=due, actual=grade.text)


def grade_due(score: Decimal, scale: dict[str, Decimal]) -> str:
    """The grade with the highest lower bound that a score reaches; bounds are included."""
    reached = [(low, name) for name, low in scale.items() if score >= low]
    return max(reached)[1] if reached else ""


def no_warning(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S15: the warnings that finance systems show: points far better than the money spent, or money left over."""
    scores = [line.fact("score") for line in filing.lines("indicators")]
    execution = execution_points(filing, "score")
    if scores and execution is not None:
        if not is_whole(filing.lines("indicators")) or any(fact.is_blank for fact in scores):
            yield rule.unknown((*scores, execution))
        else:
            share = sum_of(scores) / 90
            gap = (share - execution.number / 10) / share if share else ZERO
            is_right = gap <= Decimal(str(rule["red"]))
            yield rule.judge(is_right, (*scores, execution), actual=round(gap * 100, 2), code="red")
    total = block_of(filing, "annual").total
    if total is not None:
        budget, spent = total.fact("annual_budget_yuan"), total.fact("executed_yuan")
        if not budget.is_blank and not spent.is_blank:
            left = (budget.number - spent.number) / budget.number if budget.number else Decimal(1)
            is_right = left <= Decimal(str(rule["yellow"]))
            limit = money_tolerance((budget, spent))
            yield rule.judge(is_right, (budget, spent), actual=round(left * 100, 2), tolerance=limit, code="yellow")


def result_fits_target(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S16: target and result have one unit, and no contrary signs."""
    for line in filing.lines("indicators"):
        found = _actual(line)
        if found is None or found.value is None or line.value("target_value") is None:
            continue
        facts = [line.fact(column) for column in ("target_raw", "target_unit", "target_operator", "actual_raw")]
        units = unit_group(found.unit), unit_group(line.text("target_unit"))
        if all(units):
            is_right = units[0] == units[1]
            yield rule.judge(is_right, facts, line.text("level3"), expected=units[1], actual=units[0], code="unit")
        signs = found.operator[:1] + line.text("target_operator")[:1]
        if signs in ("<>", "><"):
            yield rule.judge(
                False,
                facts,
                line.text("level3"),
                expected=line.text("target_raw"),
                actual=line.text("actual_raw"),
                code="sign",
            )
