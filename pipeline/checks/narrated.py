"""Amounts in prose beside those of the forms: only sums that the text itself calls a sum are compared."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalizers.money import find_unit
from normalizers.statements import compact
from normalizers.statements import prose_pattern as pattern
from pipeline.checks.facts import ZERO, Fact, File, Filing, Line, money_tolerance
from pipeline.checks.funds import block_of
from pipeline.checks.rule import Answer, Rule

_SENTENCE = re.compile(r"[^。;\n]+")
_UNIT_SLIP = Decimal(10000)  # between yuan and 10000 yuan


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in prose.

    Attributes:
        yuan: its worth.
        half: half of its last printed place, in yuan.
        before: the words between the amount before it and this one.
    """

    yuan: Decimal
    half: Decimal
    before: str


def amounts_in(sentence: str) -> list[Amount]:
    """The amounts of a sentence, in its order."""
    found, end = [], 0
    for match in pattern("amount").finditer(sentence):
        unit = find_unit(f"({match['unit']})")
        if unit is not None:
            digits = match["number"].replace(",", "")
            half = unit.yuan / (2 * Decimal(10) ** len(digits.partition(".")[2]))
            found.append(Amount(Decimal(digits) * unit.yuan, half, sentence[end : match.start()]))
            end = match.end()
    return found


def _sums(text: str) -> Iterator[tuple[Sequence[Amount], Amount]]:
    """The addends and the sum of each sentence that calls its last amount but those behind 其中 a sum."""
    for match in _SENTENCE.finditer(compact(text)):
        sentence = pattern("aside").split(match[0])[0]
        amounts = amounts_in(sentence)
        is_sum = len(amounts) > 2 and pattern("sum").search(amounts[-1].before)
        earlier = any(pattern("sum").search(amount.before) for amount in amounts[:-1])
        if is_sum and not earlier and not pattern("product").search(sentence):
            yield amounts[:-1], amounts[-1]


def _narratives(filing: Filing) -> Iterator[Line]:
    return (line for line in filing.file.lines("narratives") if line.value("filing_id") == filing.filing_id)


def told_sum_adds_up(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """F7: the items that the text lists make the sum it gives, and that is an amount of the form."""
    for line in _narratives(filing):
        text = line.fact("text")
        for parts, total in _sums(text.text):
            found = sum((part.yuan for part in parts), ZERO)
            limit = sum((part.half for part in parts), total.half)
            is_right = abs(found - total.yuan) <= limit
            yield rule.judge(is_right, (text,), expected=found, actual=total.yuan, tolerance=limit, code="items")
            forms = _form_amounts(filing)
            if forms and not _matching(total, forms, _UNIT_SLIP) and not _matching(total, forms, 1 / _UNIT_SLIP):
                same = _matching(total, forms, Decimal(1))
                operands = (text, *([same] if same else forms))
                expected = max(fact.number for fact in forms)
                yield rule.judge(same is not None, operands, expected=expected, actual=total.yuan, code="form")


def told_in_same_unit(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """F6: the sum that the text gives is not ten thousand times an amount of the form, or the other way round."""
    for line in _narratives(filing):
        text = line.fact("text")
        for _, total in _sums(text.text):
            forms = _form_amounts(filing)
            for times in (Decimal(1), _UNIT_SLIP, 1 / _UNIT_SLIP):
                if (same := _matching(total, forms, times)) is not None:
                    yield rule.judge(times == 1, (text, same), expected=total.yuan, actual=same.number)
                    break


def _form_amounts(filing: Filing) -> list[Fact]:
    facts = [line.fact("amount_yuan") for line in filing.lines("funds")]
    return [fact for fact in facts if fact.number]


def _matching(total: Amount, forms: Sequence[Fact], times: Decimal) -> Fact | None:
    """The amount of the form that is so many times the told one."""
    limits = ((fact, total.half * times + money_tolerance([fact])) for fact in forms)
    return next((fact for fact, limit in limits if abs(fact.number - total.yuan * times) <= limit), None)


def forms_as_announced(file: File, rule: Rule) -> Iterator[Answer]:
    """F9: a document holds as many declarations as it says, for as much money."""
    forms = [filing for filing in file.filings if filing.head.value("kind") == "declaration"]
    told = [line.fact("text") for line in file.lines("narratives")]
    said = ((fact, match) for fact in told if (match := pattern("announced").search(compact(fact.text))))
    for fact, match in said:
        count = Decimal(match["count"])
        if len(forms) != count and any(filing.head.is_seen for filing in forms):
            yield rule.unknown((fact,))
            continue
        names = [filing.head.fact("project_name") for filing in forms]
        yield rule.judge(len(forms) == count, (fact,), expected=count, actual=Decimal(len(forms)), code="count")
        totals = [total.fact("amount_yuan") for filing in forms if (total := block_of(filing, "annual").total)]
        if len(totals) != count or any(total.is_blank for total in totals):
            yield rule.unknown((fact, *names, *totals))
            continue
        money = amounts_in(match[0])[-1]
        found = sum((total.number for total in totals), ZERO)
        limit = money.half + money_tolerance(totals)
        is_right = abs(found - money.yuan) <= limit
        yield rule.judge(is_right, (fact, *totals), expected=money.yuan, actual=found, tolerance=limit, code="money")
