"""Evaluation reports: scores, grades and money, in the tables, in the text and in the annex."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise

from normalizers.money import Unit, find_unit, parse_money
from normalizers.statements import compact
from normalizers.statements import prose_pattern as pattern
from normalizers.text import fold
from pipeline.checks.facts import ZERO, Fact, File, Filing, Line, money_tolerance, sum_of
from pipeline.checks.funds import block_of, rate_as_computed
from pipeline.checks.narrated import Amount, amounts_in
from pipeline.checks.points import is_whole, levels_conserve, points_tolerance, score_within_points
from pipeline.checks.rule import Answer, Rule, folded, plain, words
from pipeline.checks.scores import grade_due

_HUNDRED = Decimal(100)
_FIGURES = ("max_score", "score")


def report_adds_up(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """R1: levels conserve, scores stay within their points, make the score in all, and that makes the grade."""
    lines = _each_once(filing.lines("evaluation_scores"))
    yield from (replace(answer, code="level") for answer in levels_conserve(lines, rule))
    yield from (replace(answer, code="above") for answer in score_within_points(filing, rule))
    for column, due in (("max_score", None), ("score", _conclusion(filing, "score"))):
        facts = [line.fact(column) for line in lines]
        if not facts or all(fact.is_blank for fact in facts) or (column == "score" and due is None):
            continue
        operands = (*([due] if due else []), *facts)
        if not is_whole(lines) or any(fact.is_blank for fact in facts):
            yield rule.unknown(operands, column)
            continue
        found, wanted = sum_of(facts), due.number if due else _HUNDRED
        limit = points_tolerance(operands)
        is_right = abs(found - wanted) <= limit
        yield rule.judge(is_right, operands, column, expected=found, actual=wanted, tolerance=limit, code=column)
    yield from _grade(filing, rule)


def _each_once(lines: Sequence[Line]) -> list[Line]:
    """The indicators without the second row of those that the report prints in two ways."""
    second = {id(other) for one, other in pairwise(lines) if _is_again(one, other)}
    return [line for line in lines if id(line) not in second]


def _is_again(one: Line, other: Line) -> bool:
    """Whether a row is the other printing of the one before it."""
    same = one.text("level3") == other.text("level3")
    return same and any(one.differs(column) and other.differs(column) for column in _FIGURES)


def _conclusion(filing: Filing, column: str) -> Fact | None:
    """A value of the report's conclusion."""
    facts = [line.fact(column) for line in filing.lines("evaluations")]
    return next((fact for fact in facts if not fact.is_blank), None)


def _grade(filing: Filing, rule: Rule) -> Iterator[Answer]:
    score, grade, printed = (_conclusion(filing, column) for column in ("score", "grade", "grading_scale"))
    if score is None or grade is None or printed is None:
        return
    scale = printed_scale(printed.text)
    if len(scale) > 1 and grade.text[:1] in scale:
        due = grade_due(score.number, scale)
        is_right = grade.text[:1] == due
        yield rule.judge(is_right, (score, grade, printed), expected=due, actual=grade.text, code="grade")


def printed_scale(text: str) -> dict[str, Decimal]:
    """First character of each grade to the lowest score for it; what lies under the last has 0."""
    scale: dict[str, Decimal] = {}
    for match in pattern("grade").finditer(fold(text)):
        low = Decimal(match["low"]) if match["low"] else ZERO
        scale[match["grade"][:1]] = low
    return scale


def rates_as_computed(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """R2: the printed rates of execution, in the budget table, its total and the text."""
    for table in rule["tables"]:
        yield from rate_as_computed(filing, replace(rule, settings={**rule.settings, **table}))
    for about, fact in _prose(filing):
        for match in pattern("execution").finditer(compact(fact.text)):
            amounts = [*amounts_in(match["budget"])[-1:], *amounts_in(match["spent"])[-1:]]
            if len(amounts) == 2 and all(amount.yuan for amount in amounts):
                yield _told_rate(rule, about, fact, amounts, match["rate"])


def _told_rate(rule: Rule, about: str, fact: Fact, amounts: Sequence[Amount], printed: str) -> Answer:
    """Whether a rate in the text is that of its budget and what was spent, each as exact as printed."""
    budget, spent = amounts
    rate, half = Decimal(printed), Decimal(5).scaleb(-1 - len(printed.partition(".")[2]))
    due = round(spent.yuan / budget.yuan * _HUNDRED, 2)
    limit = half + Decimal("0.005") + rate * sum(amount.half / amount.yuan for amount in amounts)
    return rule.judge(abs(rate - due) <= limit, (fact,), about, expected=due, actual=rate, tolerance=limit)


def _prose(filing: Filing) -> Iterator[tuple[str, Fact]]:
    """The statements of the text that are kept as fields, and what is said of each indicator, with what it is about."""
    yield from ((line.text("label"), line.fact("value")) for line in filing.lines("fields"))
    told = (line for line in filing.lines("evaluation_scores") if line.value("performance"))
    yield from ((line.text("level3"), line.fact("performance")) for line in told)


def score_by_own_rule(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """R3: a score that its printed rule can give.

    Judged are rules that take off so much for each thing that lacks, and those that take off so much for each percent
    under a bound, where the rate of execution or the satisfaction is told.
    """
    for line in filing.lines("evaluation_scores"):
        criteria, most, score = (line.fact(column) for column in ("criteria", *_FIGURES))
        if criteria.is_blank or score.is_blank or not most.number:
            continue
        text = compact(criteria.text)
        operands, ranges = _ranges_by_rate(filing, line, text, most.number)
        if not ranges and not pattern("other_ways").search(text):
            ranges = [(one, one) for one in _possible_scores(text, most.number)]
        if ranges:
            limit = Decimal(str(rule["tolerance"]))
            is_right = any(low - limit <= score.number <= high + limit for low, high in ranges)
            nearest = min((one for pair in ranges for one in pair), key=lambda one: abs(score.number - one))
            facts, name = (score, most, criteria, *operands), line.text("level3")
            yield rule.judge(is_right, facts, name, expected=nearest, actual=score.number, tolerance=limit)


def _ranges_by_rate(
    filing: Filing, line: Line, criteria: str, most: Decimal
) -> tuple[list[Fact], list[tuple[Decimal, Decimal]]]:
    """The rate that a score depends on, and the least and the greatest score for it; a part of a percent may count."""
    tiers, rate = pattern("tiers").search(criteria), _rate_of(filing, line)
    if tiers is None or rate is None:
        return [], []
    fact, value = rate
    below = max(Decimal(tiers["full"]) - value, ZERO)
    if tiers["least"] and value < Decimal(tiers["least"]):
        return [fact], [(ZERO, ZERO)]
    step = most * Decimal(tiers["share"]) / _HUNDRED
    whole = below.to_integral_value(ROUND_FLOOR)
    return [fact], [(max(most - step * (whole + (below > whole)), ZERO), max(most - step * whole, ZERO))]


def _rate_of(filing: Filing, line: Line) -> tuple[Fact, Decimal] | None:
    """The rate of execution or the satisfaction that an indicator is about, in percent."""
    if words("report")["execution"] in line.text("level3"):
        total = block_of(filing, "annual").total
        fact = total.fact("execution_rate") if total is not None else None
        return (fact, fact.number) if fact is not None and not fact.is_blank else None
    told = pattern("satisfaction").search(compact(line.text("performance")))
    return (line.fact("performance"), Decimal(told["rate"])) if told else None


def _possible_scores(criteria: str, most: Decimal) -> list[Decimal]:
    """The scores that a rule can give which takes off one amount for each thing that lacks; empty for other rules."""
    found = {(match["share"], match["points"]) for match in pattern("deduction").finditer(criteria)}
    if len(found) != 1:
        return []
    share, points = found.pop()
    step = most * Decimal(share) / _HUNDRED if share else Decimal(points)
    if step < most / _HUNDRED:
        return []
    return [*(most - step * times for times in range(int(most / step) + 1)), ZERO]


def satisfaction_as_weighed(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """R4: the shares of the answers make no more than all, and the satisfaction that the same sentence gives."""
    for _, fact in _prose(filing):
        for sentence in re.split("[。;\n]", compact(fact.text)):
            shares = {match["answer"]: Decimal(match["share"]) for match in pattern("survey").finditer(sentence)}
            if len(shares) < 2:
                continue
            whole = sum(shares.values(), ZERO)
            yield rule.judge(whole <= _HUNDRED + 1, (fact,), expected=_HUNDRED, actual=whole, code="shares")
            told = pattern("satisfaction").search(sentence)
            if told and abs(whole - _HUNDRED) <= 1:
                weights = rule["weights"]
                due = sum((share * Decimal(str(weights[name])) for name, share in shares.items()), ZERO)
                rate, limit = Decimal(told["rate"]), Decimal(str(rule["tolerance"]))
                yield rule.judge(abs(rate - due) <= limit, (fact,), expected=due, actual=rate, tolerance=limit)


def printings_agree(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """R5: what a report prints in several places it prints alike.

    That sure printings differ is itself what is looked for here, so the doubt it left on the value does not count.
    In a picture one of them may be misread.
    """
    lines = filing.lines("evaluation_scores")
    for one, other in pairwise(lines):
        for column in _FIGURES if _is_again(one, other) else ():
            if one.differs(column):
                facts = one.fact(column), other.fact(column)
                outcome = "insufficient" if one.is_seen else "fail"
                about = one.text("level3")
                yield Answer(outcome, facts, about, plain(facts[0].value), plain(facts[1].value), code="tables")
    for line in filing.lines("evaluations"):
        for column in ("score", "grade"):
            if line.value(column) is not None:
                if line.differs(column) and not line.is_seen:
                    yield Answer("fail", (line.fact(column),), column, actual=line.text(column), code="conclusion")
                else:
                    yield rule.judge(True, (line.fact(column),), column)
    yield from _told_points(filing, rule, lines)


def _told_points(filing: Filing, rule: Rule, lines: Sequence[Line]) -> Iterator[Answer]:
    """The points that the text gives an indicator, beside those of the table."""
    for field in filing.lines("fields"):
        told = pattern("points").search(compact(field.text("value")))
        named = [line for line in lines if _is_about(field.text("label"), line)] if told else []
        if told is None or len(named) != 1:
            continue
        for column in _FIGURES:
            printed = named[0].fact(column)
            if told[column] is not None and not printed.is_blank:
                figure = Decimal(told[column])
                is_right = figure == printed.number
                operands = (field.fact("value"), printed)
                about = named[0].text("level3")
                if is_right or not named[0].is_seen:
                    yield rule.judge(is_right, operands, about, expected=printed.number, actual=figure, code=column)
                else:
                    yield rule.unknown(operands, about)


def _is_about(label: str, line: Line) -> bool:
    """Whether a heading is that of an indicator: by its code where both have one, else by its name."""
    key, code, name = fold(label), fold(line.text("level3_code")), fold(line.text("level3"))
    if code and key[:1].isascii() and key[:1].isalpha():
        return key.startswith(code) and not key[len(code) : len(code) + 1].isdigit()
    return bool(name) and key.endswith(name)


def budget_adds_up(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """R6: the total of the budget table is the sum of its lines."""
    total, lines = block_of(filing, "annual").total, filing.lines("budget_lines")
    if total is None or not lines:
        return
    for of_total, of_line in rule["columns"].items():
        whole, parts = total.fact(of_total), [line.fact(of_line) for line in lines]
        if whole.is_blank or all(fact.is_blank for fact in parts):
            continue
        operands = (whole, *parts)
        limit, found = money_tolerance(operands), sum_of(parts)
        is_right = abs(whole.number - found) <= limit
        if not is_right and (whole.is_seen or any(fact.is_blank for fact in parts)):
            yield rule.unknown(operands, of_line)
        else:
            yield rule.judge(is_right, operands, of_line, expected=found, actual=whole.number, tolerance=limit)


def payments_as_listed(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """R7: a table that lists the payments of one item of the budget makes what the budget table says was paid."""
    for line in filing.lines("budget_lines"):
        paid, item = line.fact("paid_yuan"), fold(line.text("item"))
        for table in filing.file.lines("other_tables") if not paid.is_blank and len(item) >= rule["longest"] else ():
            unit = find_unit(f"({table.text('unit')})") if table.value("unit") else None
            if unit is not None and item in fold(table.text("title")):
                yield from _listed(rule, filing.file, table.row.row_id, paid, unit)


def _listed(rule: Rule, file: File, table_id: str, paid: Fact, unit: Unit) -> Iterator[Answer]:
    cells = [line for line in file.lines("other_table_cells") if line.value("table_id") == table_id]
    heads = [cell for cell in cells if fold(cell.text("text")) in folded("tables", "paid")]
    if len(heads) != 1:
        return
    totals = {cell.value("row") for cell in cells if fold(cell.text("text")) in folded("funds", "total")}
    column, top = heads[0].value("column"), int(heads[0].fact("row").number)
    below = [cell for cell in cells if cell.value("column") == column and int(cell.fact("row").number) > top]
    facts = [cell.fact("text") for cell in below if cell.value("row") not in totals and cell.value("text")]
    amounts = [parse_money(fact.text, unit).value for fact in facts]
    if len(amounts) < 2 or None in amounts:
        return
    found = sum((amount for amount in amounts if amount is not None), ZERO)
    limit = money_tolerance([paid])
    is_right = abs(found - paid.number) <= limit
    yield rule.judge(is_right, (paid, *facts), expected=found, actual=paid.number, tolerance=limit)


def budget_as_declared(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """R8: the first budget is what the declaration in the annex asked for."""
    total, project = block_of(filing, "annual").total, filing.head.fact("project_name")
    if total is None or total.value("initial_budget_yuan") is None:
        return
    budget, year = total.fact("initial_budget_yuan"), filing.head.fact("year")
    for other in filing.file.filings:
        name, same_year = fold(other.head.text("project_name")), other.head.value("year") == year.value
        declared = block_of(other, "annual").total
        is_same = bool(name) and name in fold(project.text) and same_year
        if other.head.value("kind") == "declaration" and is_same and declared is not None:
            asked = declared.fact("amount_yuan")
            if not asked.is_blank:
                limit = money_tolerance((budget, asked))
                is_right = abs(budget.number - asked.number) <= limit
                yield rule.judge(
                    is_right, (budget, asked), expected=asked.number, actual=budget.number, tolerance=limit
                )


def months_agree(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """R9: the months that a sentence announces are those of which the next ones tell."""
    facts = [line.fact("text") for line in filing.lines("findings")]
    for fact in (*(fact for _, fact in _prose(filing)), *facts):
        for match in pattern("months").finditer(compact(fact.text)):
            announced = {int(month) for month in re.findall("[0-9]+", match["announced"])}
            told = [int(month) for month in pattern("month_told").findall(match["told"])]
            odd = [month for month in told if month not in announced]
            if len(told) == len(announced):
                expected = " ".join(map(str, sorted(announced)))
                yield rule.judge(not odd, (fact,), expected=expected, actual=" ".join(map(str, told)))
