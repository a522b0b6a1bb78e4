"""Points and weights: what is given adds up, level by level."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from normalizers.repair.levels import level1_name
from pipeline.checks.facts import ZERO, Fact, Filing, Line, rounding, sum_of
from pipeline.checks.funds import block_of
from pipeline.checks.rule import Answer, Rule, plain
from pipeline.checks.targets import framework_of

_CENT = Decimal("0.01")
_WHOLE = (Decimal(100), Decimal(90))  # points of all rows, without or with points for spending beside them


def points_tolerance(facts: Sequence[Fact]) -> Decimal:
    """How far points may be off: whole points are exact, others by half of their last place."""
    return max(rounding(fact for fact in facts if fact.places), _CENT)


def is_whole(lines: Sequence[Line], column: str = "max_score") -> bool:
    """Whether the rows are all there: in a picture one may be missed or split, and then the points do not make 100."""
    if not any(line.is_seen for line in lines):
        return True
    facts = [line.fact(column) for line in lines]
    return all(fact.is_sure for fact in facts) and sum_of(facts) in _WHOLE


def execution_points(filing: Filing, column: str) -> Fact | None:
    """The points for spending the money, where the form gives any."""
    total = block_of(filing, "annual").total
    fact = total.fact(column) if total is not None else None
    return fact if fact is not None and not fact.is_blank else None


def weights_make_hundred(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """W1: the weights are above 0 and make 100, or what is left of it without the points for spending."""
    lines = filing.lines("indicators")
    weights = [line.fact("max_score") for line in lines]
    if not any(fact.number for fact in weights):
        return
    for line, weight in zip(lines, weights, strict=True):
        if not weight.is_blank and weight.number <= 0:
            yield rule.judge(False, (weight,), line.text("level3"), actual=weight.number, code="zero")
    yield from _adds_up(rule, weights, rule["sums"])


def points_make_hundred(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S7: the points of the indicators and those for spending make 100."""
    points = [line.fact("max_score") for line in filing.lines("indicators")]
    if any(fact.number for fact in points):
        execution = execution_points(filing, "max_score")
        sums = rule["sums"] if execution is None else rule["sums"][:1]
        yield from _adds_up(rule, [*points, *([execution] if execution else [])], sums)


def _adds_up(rule: Rule, facts: Sequence[Fact], sums: Sequence[int]) -> Iterator[Answer]:
    if any(fact.is_blank for fact in facts):
        yield rule.unknown(facts)
        return
    found, limit = sum_of(facts), points_tolerance(facts)
    due = min(map(Decimal, sums), key=lambda due: abs(found - due))
    is_right = abs(found - due) <= limit
    if not is_right and any(fact.is_seen for fact in facts):
        yield rule.unknown(facts)
    else:
        yield rule.judge(is_right, facts, expected=due, actual=found, tolerance=limit)


def score_of_all(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S8: the score in all is the sum of the scores."""
    total = filing.head.fact("total_score")
    scores = [line.fact("score") for line in filing.lines("indicators")]
    if total.is_blank or not scores or all(fact.is_blank for fact in scores):
        return
    execution = execution_points(filing, "score")
    operands = (total, *scores, *([execution] if execution else []))
    unread = execution is None and execution_points(filing, "max_score") is not None
    if unread or not is_whole(filing.lines("indicators")) or any(fact.is_blank for fact in scores):
        yield rule.unknown(operands)
        return
    found, limit = sum_of(operands[1:]), Decimal(str(rule["tolerance"]))
    is_right = abs(total.number - found) <= limit
    yield rule.judge(is_right, operands, expected=found, actual=total.number, tolerance=limit)


def score_within_points(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """S6, R1: no score is below 0 or above its points."""
    for table in rule["tables"]:
        for line in filing.lines(table):
            score, most = line.value("score"), line.value("max_score")
            if isinstance(score, Decimal) and isinstance(most, Decimal):
                columns, about = ("score", "max_score"), line.text("level3") or line.text("item")
                yield rule.judge_row(0 <= score <= most, line, columns, about, expected=most, actual=score)


def weights_of_version(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """W2: the first levels weigh what their version of the framework gives them."""
    framework = framework_of(filing)
    lines = filing.lines("indicators")
    if framework is None or not framework.weights or not any(line.value("max_score") for line in lines):
        return
    facts = [line.fact("max_score") for line in lines]
    named = all(level1_name(line.text("level1")) for line in lines)
    if not named or not is_whole(lines) or any(fact.is_blank for fact in facts):
        yield rule.unknown(facts, framework.name)
        return
    found: dict[str, Decimal] = {}
    for line, fact in zip(lines, facts, strict=True):
        name = str(level1_name(line.text("level1")))
        found[name] = found.get(name, ZERO) + fact.number
    is_right = any(found == {name: Decimal(points) for name, points in usual.items()} for usual in framework.weights)
    names = [line.fact("level1") for line in lines]
    yield rule.judge(
        is_right, (*facts, *names), framework.name, expected=_weights(framework.weights[0]), actual=_weights(found)
    )


def _weights(by_level: Mapping[str, int] | Mapping[str, Decimal]) -> str:
    return " ".join(f"{name} {plain(points)}" for name, points in by_level.items())


def points_of_levels(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """W3: the points of a level are those of what stands under it."""
    yield from levels_conserve(filing.lines("indicators"), rule)


def levels_conserve(lines: Sequence[Line], rule: Rule) -> Iterator[Answer]:
    """W3, R1: the same of any rows with levels, one indicator a row."""
    whole = is_whole(lines)
    for name, weight, child in rule["levels"]:
        for (level, printed), group in groupby(lines, lambda line: (line.text(name), line.value(weight))):  # noqa: B023
            if level and printed is not None:
                answer = _conserves(rule, list(group), weight, child)
                yield answer if whole else rule.unknown(answer.operands, answer.about)


def _conserves(rule: Rule, lines: Sequence[Line], weight: str, child: str) -> Answer:
    level, parts = lines[0].fact(weight), [line.fact(child) for line in lines]
    about = lines[0].text(weight.partition("_")[0])
    operands = (level, *parts)
    if any(fact.is_blank for fact in parts):
        return rule.unknown(operands, about)
    limit = max(Decimal(str(rule["tolerance"])), points_tolerance(operands))
    is_right = abs(level.number - sum_of(parts)) <= limit
    return rule.judge(is_right, operands, about, expected=sum_of(parts), actual=level.number, tolerance=limit)
