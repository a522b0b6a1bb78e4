"""Every rule on every filing of a document.

What becomes a row: each failure, those that are mere remarks joined to one; of each rule and filing one `insufficient`
for all that could not be decided; one `pass` where everything that was tried passed; one `not_applicable` where the
form has what the rule looks at and yet it does not concern it, as with a project of several years. A rule whose block
a form simply has not leaves no row.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Context, localcontext
from functools import cache

from pipeline.checks import dates, funds, narrated, points, reports, scores, targets
from pipeline.checks.facts import Fact, File, Filing, gather
from pipeline.checks.rule import Answer, Rule, message, rules, words
from pipeline.records import Row, Scalar

_MODULES = (funds, dates, targets, points, scores, narrated, reports)
_WIDE = Context(prec=100)  # digits: whatever a misread number may be, it is divided and rounded without an error
_MOST_OPERANDS = 64  # of one row; a sum of many more is not looked through by hand
_LONGEST_OPERAND = 60  # characters; the whole of a text stands in its cell
Check = Callable[[Filing | File, Rule], Iterator[Answer]]


def check_rows(document_id: str, rows: Sequence[Row]) -> list[Row]:
    """The rows of `checks` for a document's rows, in the order of filings and rules.

    Rules of a whole document come last, under its own id. See the module on what is left out.
    """
    with localcontext(_WIDE):
        return _check(gather(document_id, rows))


def _check(file: File) -> list[Row]:
    document_id, found = file.document_id, list[Row]()
    for filing in file.filings:
        kind = filing.head.text("kind")
        due = [rule for rule in rules() if rule.reach == "filing" and kind in rule.kinds]
        answers = ((_weighed(rule, answer, filing), answer) for rule in due for answer in _answers(rule, filing))
        found += _rows(filing.filing_id, {"document_id": document_id, "filing_id": filing.filing_id}, answers)
    due = [rule for rule in rules() if rule.reach == "document"] if file.filings else []
    answers = ((rule, answer) for rule in due for answer in _answers(rule, file))
    return found + _rows(document_id, {"document_id": document_id}, answers)


@cache
def checks_by_name() -> Mapping[str, Check]:
    """The functions that rules name."""
    return {name: check for module in _MODULES for name, check in vars(module).items() if callable(check)}


def _answers(rule: Rule, facts: Filing | File) -> Iterator[Answer]:
    """What is kept of a rule's answers."""
    found = list(checks_by_name()[rule.check](facts, rule))
    failed = [answer for answer in found if answer.outcome == "fail"]
    unsure = [answer for answer in found if answer.outcome == "insufficient"]
    yield from [_remark(failed)] if rule.severity == "info" and len(failed) > 1 else failed
    if unsure:
        yield _joined(unsure, len(found))
    elif found and not failed:
        passed = [answer for answer in found if answer.outcome == "pass"]
        yield _joined(passed, len(found)) if passed else found[0]


def _joined(answers: Sequence[Answer], tried: int) -> Answer:
    """Several answers of one outcome as one; the operands that made it insufficient stand first."""
    if tried == 1:
        return answers[0]
    unsure = answers[0].outcome == "insufficient"
    operands = dict.fromkeys(fact for answer in answers for fact in answer.operands if not (unsure and fact.is_sure))
    return Answer(answers[0].outcome, tuple(operands) if unsure else (), actual=f"{len(answers)} / {tried}")


def _remark(answers: Sequence[Answer]) -> Answer:
    """Several failures that are remarks as one, with the names of what it is about."""
    operands = dict.fromkeys(fact for answer in answers for fact in answer.operands)
    about = "; ".join(dict.fromkeys(answer.about for answer in answers))
    return replace(answers[0], operands=tuple(operands), about=about, expected="", actual="", difference=None)


def _weighed(rule: Rule, answer: Answer, filing: Filing) -> Rule:
    """The rule, its failure a mere remark where the filing gives a reason for it."""
    return (
        replace(rule, severity="info") if rule.explained and answer.outcome == "fail" and _has_reason(filing) else rule
    )


def _has_reason(filing: Filing) -> bool:
    told = [line for line in filing.file.lines("narratives") if line.value("filing_id") == filing.filing_id]
    texts = [line.text("note") for line in filing.lines("funds")] + [
        line.text("value") for line in filing.lines("fields")
    ]
    texts += [line.text("text") for line in told]
    return any(reason in text for text in texts for reason in words("reasons")["money"])


def _rows(owner: str, head: Mapping[str, Scalar], answers: Iterable[tuple[Rule, Answer]]) -> list[Row]:
    return [
        Row("checks", f"{owner}-k{number:03d}", {**head, **answer_values(rule, answer)})
        for number, (rule, answer) in enumerate(answers, 1)
    ]


def answer_values(rule: Rule, answer: Answer) -> dict[str, Scalar]:
    """The columns of one answer."""
    return {
        "rule": rule.name,
        "version": rule.version,
        "reach": rule.reach,
        "outcome": answer.outcome,
        "severity": rule.severity,
        "expected": answer.expected or None,
        "actual": answer.actual or None,
        "difference": answer.difference,
        "tolerance": answer.tolerance,
        "operands": _operands(answer.operands) if answer.operands else None,
        "message": _message(rule, answer),
    }


def _operands(facts: Sequence[Fact]) -> str:
    shown = [[fact.cell, None if fact.is_blank else fact.text[:_LONGEST_OPERAND]] for fact in facts[:_MOST_OPERANDS]]
    return json.dumps(shown, ensure_ascii=False)


def _message(rule: Rule, answer: Answer) -> str:
    template = rule.fails[answer.code] if answer.outcome == "fail" else message(answer.outcome)
    return template.format(
        about=answer.about, expected=answer.expected, actual=answer.actual, asks=rule.asks["en"].rstrip(".")
    )
