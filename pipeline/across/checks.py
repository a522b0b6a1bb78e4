"""The rules that look at all documents of a database together."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from normalizers.vocabulary import read_registry
from pipeline.across.amounts import Found, carried_over, no_leap, same_budget, same_version
from pipeline.across.courses import Course, load_courses
from pipeline.across.coverage import Coverage, load_coverage, project_evaluated, unit_evaluates
from pipeline.across.indicators import same_indicators, same_results, same_targets
from pipeline.checks.facts import Fact
from pipeline.checks.rule import Answer, Rule
from pipeline.checks.run import answer_values
from pipeline.schema import TABLES

REACH = "batch"

_OF_PROJECT: Mapping[str, Callable[[Course, Rule], Iterator[Found]]] = {
    each.__name__: each
    for each in (same_budget, same_targets, same_indicators, same_results, carried_over, no_leap, same_version)
}
_OF_ALL: Mapping[str, Callable[[Coverage, Rule], Iterator[Found]]] = {
    each.__name__: each for each in (unit_evaluates, project_evaluated)
}
_checks = TABLES["checks"]


@dataclass(frozen=True, slots=True)
class _Result:
    """What a rule says, and of which file and filing."""

    document_id: str
    filing_id: str
    rule: Rule
    answer: Answer


def check_across(connection: Connection) -> None:
    """Try the rules of `across_rules.yml` on all projects, units and files; answers of an earlier call go.

    A rule gives no row where there is nothing to compare. `not_applicable` stands where a user might expect an answer:
    a declaration of a year and place of which the database holds no self-evaluation.

    Args:
        connection: in a transaction, after `identify`.
    """
    courses = load_courses(connection)
    coverage = load_coverage(connection, courses)
    results: list[_Result] = []
    for rule in across_rules():
        if rule.check in _OF_PROJECT:
            results += [each for course in courses for each in _results(rule, _OF_PROJECT[rule.check](course, rule))]
        elif rule.check in _OF_ALL:
            results += _results(rule, _OF_ALL[rule.check](coverage, rule))
        else:
            results += _filed_once(connection, rule)
    connection.execute(sa.delete(_checks).where(_checks.c.reach == REACH))
    if rows := list(_rows(results)):
        connection.execute(sa.insert(_checks), rows)


@cache
def across_rules() -> tuple[Rule, ...]:
    """The rules of `across_rules.yml`, in its order."""
    return tuple(
        Rule(
            name, entry["check"], entry["severity"], entry["asks"], entry["fails"], entry["version"], REACH,
            settings=entry.get("with", {}),
        )
        for name, entry in read_registry("across_rules.yml")["rules"].items()
    )  # fmt: skip


def _results(rule: Rule, found: Iterable[Found]) -> Iterator[_Result]:
    yield from (_Result(entry.document_id, entry.filing_id, rule, answer) for entry, answer in found)


def _filed_once(connection: Connection, rule: Rule) -> Iterator[_Result]:
    """X4.1: one answer a file whose content is in the database under another name too, on the later names."""
    documents = TABLES["documents"].c
    query = sa.select(documents.document_id, documents.file_name, documents.sha256)
    copies = defaultdict(list)
    for document_id, file_name, sha256 in connection.execute(query):
        if sha256:
            copies[sha256].append((file_name, document_id))
    for sha256, names in copies.items():
        (first, first_id), *others = sorted(names)
        for file_name, document_id in others:
            operands = tuple(Fact(f"documents.{each}.sha256", sha256) for each in (document_id, first_id))
            yield _Result(document_id, "", rule, Answer("fail", operands, "", first, file_name))


def _rows(results: Iterable[_Result]) -> Iterator[dict[str, Any]]:
    """Rows of `checks`, numbered within the file or filing in the order of the rules."""
    numbers: Counter[str] = Counter()
    for each in sorted(results, key=lambda each: (each.document_id, each.filing_id)):
        owner = each.filing_id or each.document_id
        numbers[owner] += 1
        head = {"document_id": each.document_id, "filing_id": each.filing_id or None}
        yield {"check_id": f"{owner}-x{numbers[owner]:03d}", **head, **answer_values(each.rule, each.answer)}
