"""Filings of one project side by side: their indicators, what they promise and what was reached."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain

from normalizers.text import fold
from pipeline.across.amounts import (
    DECLARATION,
    REPORT,
    SELF_EVALUATION,
    Found,
    judge_pair,
    listed,
    pairs_of,
)
from pipeline.across.courses import Course, Entry
from pipeline.checks.facts import Fact, Line
from pipeline.checks.rule import Rule
from pipeline.checks.targets import unit_group

Agrees = Callable[[Line, Line], bool | None]  # None: the two cannot be compared


def same_targets(course: Course, rule: Rule) -> Iterator[Found]:
    """X1.2: what was promised stays what it was; a report is held against the first form of its year."""
    declared = course.standing(DECLARATION)
    yield from _compared(course, (DECLARATION, SELF_EVALUATION), rule, _targets_agree, "target_raw")
    yield from _compared(course, (DECLARATION, REPORT), rule, _targets_agree, "target_raw")
    for entry, answer in _compared(course, (SELF_EVALUATION, REPORT), rule, _targets_agree, "target_raw"):
        if entry.year not in declared:
            yield entry, answer


def same_results(course: Course, rule: Rule) -> Iterator[Found]:
    """X1.4: what a unit says it reached is what the report found."""
    yield from _compared(course, (SELF_EVALUATION, REPORT), rule, _results_agree, "actual_raw")


def same_indicators(course: Course, rule: Rule) -> Iterator[Found]:
    """X1.3: which indicators are there in one form and not in the other.

    Of a form that was read from a picture a row may have been lost: then nothing is said.
    """
    for before, after in pairs_of(course, DECLARATION, SELF_EVALUATION):
        old, new = _by_name(before), _by_name(after)
        if not old or not new:
            continue
        gone = [line.fact("level3") for key, line in old.items() if key not in new]
        added = [line.fact("level3") for key, line in new.items() if key not in old]
        if (gone or added) and any(line.is_seen for line in chain(old.values(), new.values())):
            yield after, rule.unknown((*gone, *added))
            continue
        expected, actual = (listed(fact.text for fact in facts) for facts in (gone, added))
        answer = rule.judge(not gone and not added, (*gone, *added), expected=expected, actual=actual)
        yield after, judge_pair(answer, (before, after))


def _compared(course: Course, kinds: tuple[str, str], rule: Rule, agrees: Agrees, column: str) -> Iterator[Found]:
    """One answer a pair of filings: what differs in the indicators that both have.

    Indicators that differ surely make a failure; where only doubtful ones differ nothing is known.
    """
    for before, after in pairs_of(course, *kinds):
        old, new = _by_name(before), _by_name(after)
        common = [(old[key], new[key]) for key in old if key in new and old[key].text(column) and new[key].text(column)]
        if not common:
            continue
        found = [(agrees(*lines), _facts(lines, column), lines[0].text("level3")) for lines in common]
        odd = [(facts, name) for agreed, facts, name in found if agreed is False and _are_sure(facts)]
        doubtful = [facts for agreed, facts, _ in found if not agreed and not (agreed is False and _are_sure(facts))]
        if odd:
            expected, actual = (listed(f"{name} {facts[at].text}" for facts, name in odd) for at in (0, 1))
            operands = [fact for facts, _ in odd for fact in facts]
            answer = rule.judge(False, operands, expected=expected, actual=actual)
        elif doubtful:
            answer = rule.unknown([fact for facts in doubtful for fact in facts])
        else:
            sure = [fact for _, facts, _ in found if _are_sure(facts) for fact in facts]
            answer = rule.judge(True, sure) if sure else rule.unknown([fact for _, facts, _ in found for fact in facts])
        yield after, judge_pair(answer, (before, after))


def _facts(lines: tuple[Line, Line], column: str) -> tuple[Fact, ...]:
    """What was compared, and the names by which the two were found to be one."""
    return (*(line.fact(column) for line in lines), *(line.fact("level3") for line in lines))


def _are_sure(facts: tuple[Fact, ...]) -> bool:
    return all(fact.is_sure for fact in facts)


def _by_name(entry: Entry) -> dict[tuple[str, int], Line]:
    """The year's indicators by name; one that stands twice is told apart by its order."""
    seen: Counter[str] = Counter()
    found = {}
    for line in entry.filing.lines("indicators"):
        name = fold(line.text("level3"))
        if name and line.text("scope") != "total":
            found[name, seen[name]] = line
            seen[name] += 1
    return found


def _targets_agree(old: Line, new: Line) -> bool | None:
    """Whether two targets say the same; the one before an adjustment counts as well."""
    before = fold(old.text("target_raw"))
    if before in (fold(new.text("target_raw")), fold(new.text("target_initial_raw"))):
        return True
    first, second = old.fact("target_value"), new.fact("target_value")
    if first.is_blank or second.is_blank:
        return None if old.is_seen or new.is_seen else False
    units = {unit_group(unit) or fold(unit) for line in (old, new) if (unit := line.text("target_unit"))}
    if len(units) > 1:
        return None
    signs = {line.text("target_operator") for line in (old, new)} - {""}
    sure = all(line.fact(column).is_sure for line in (old, new) for column in ("target_value", "target_operator"))
    return None if not sure else first.number == second.number and len(signs) < 2


def _results_agree(old: Line, new: Line) -> bool | None:
    """Whether two results are the same number; words are not compared."""
    if fold(old.text("actual_raw")) == fold(new.text("actual_raw")):
        return True
    first, second = old.fact("actual_value"), new.fact("actual_value")
    if first.is_blank or second.is_blank:
        return None
    return first.number == second.number if first.is_sure and second.is_sure else None
