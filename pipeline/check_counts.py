"""What a batch holds, how well it was read, and how its checks came out: counts, made by the database."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.records import FLAG_BELOW
from pipeline.schema import TABLES

Counts = Sequence[tuple[str, int]]

OUTCOMES = ("pass", "fail", "insufficient", "not_applicable")
SEVERITIES = ("error", "warn", "info")  # gravest first
_DOCUMENTS, _FILINGS = TABLES["documents"].c, TABLES["filings"].c
_CHECKS, _PROVENANCE, _REPAIRS = TABLES["checks"].c, TABLES["provenance"].c, TABLES["repairs"].c


@dataclass(frozen=True, slots=True)
class Selection:
    """Which checks are asked for.

    Attributes:
        rule: name of a rule; empty for all.
        outcome: those that are listed one by one.
        file: a part of the file's name; empty for all.
    """

    rule: str = ""
    outcome: str = "fail"
    file: str = ""

    def of_files(self, query: Any) -> Any:
        """The query, which reads from documents, for the chosen files alone."""
        return query.where(_DOCUMENTS.file_name.contains(self.file, autoescape=True)) if self.file else query

    def of_checks(self, query: Any) -> Any:
        """The query, which reads from checks and documents, for the chosen files and rule alone."""
        query = self.of_files(query)
        return query.where(_CHECKS.rule == self.rule) if self.rule else query


@dataclass(frozen=True, slots=True)
class Quality:
    """What the batch holds and how well it was read; counts by name, the names in order.

    Attributes:
        pages: of all documents.
        statuses: documents by status.
        text_sources: documents by where their text came from; without a name those that could not be read.
        kinds: filings by kind.
        years: filings by year; without a name those that name none.
        templates: filings by form family.
        values: values read, by where their text came from.
        flagged: values that count as flagged, likewise.
        doubts: values by code of doubt.
        repairs: repairs by rule and state.
    """

    pages: int
    statuses: Counts
    text_sources: Counts
    kinds: Counts
    years: Counts
    templates: Counts
    values: Counts
    flagged: Counts
    doubts: Counts
    repairs: Mapping[tuple[str, str], int]


def read_quality(connection: Connection, selection: Selection) -> Quality:
    """The counts of the chosen files."""
    pages = selection.of_files(sa.select(sa.func.coalesce(sa.func.sum(_DOCUMENTS.page_count), 0)))
    values, flagged = _values(connection, selection)
    return Quality(
        pages=int(connection.execute(pages).scalar_one()),
        statuses=_count(connection, selection, _DOCUMENTS.status),
        text_sources=_count(connection, selection, _DOCUMENTS.text_source),
        kinds=_count(connection, selection, _FILINGS.kind),
        years=_count(connection, selection, _FILINGS.year),
        templates=_count(connection, selection, _FILINGS.template),
        values=values,
        flagged=flagged,
        doubts=_doubts(connection, selection),
        repairs=_repairs(connection, selection),
    )


def _count(connection: Connection, selection: Selection, column: Any) -> Counts:
    """Rows of a column's table by its values."""
    source = of_document(column.table)
    query = selection.of_files(sa.select(column, sa.func.count()).select_from(source).group_by(column))
    return _named(connection, query)


def _named(connection: Connection, query: Any) -> Counts:
    return sorted(("" if name is None else str(name), count) for name, count in connection.execute(query))


def of_document(table: Any) -> Any:
    """A table joined with the documents that its rows hang below."""
    documents = TABLES["documents"]
    return table if table is documents else table.join(documents, table.c.document_id == _DOCUMENTS.document_id)


def _values(connection: Connection, selection: Selection) -> tuple[Counts, Counts]:
    """Values read and values flagged, by source: a value in parts is one, flagged where any part is."""
    from_files, source = of_document(TABLES["provenance"]), _PROVENANCE.source
    read = sa.select(source, sa.func.count()).select_from(from_files).where(_PROVENANCE.part == 1).group_by(source)
    is_flagged = sa.or_(_PROVENANCE.confidence < FLAG_BELOW, _PROVENANCE.doubts.is_not(None))
    keys = (_PROVENANCE.table_name, _PROVENANCE.row_id, _PROVENANCE.column_name)
    once = selection.of_files(
        sa.select(sa.func.min(source).label("source")).select_from(from_files).where(is_flagged).group_by(*keys)
    ).subquery()
    flagged = sa.select(once.c.source, sa.func.count()).group_by(once.c.source)
    return _named(connection, selection.of_files(read)), _named(connection, flagged)


def _doubts(connection: Connection, selection: Selection) -> Counts:
    """How often each doubt was noted: a cell holds several codes."""
    doubts = _PROVENANCE.doubts
    query = sa.select(doubts, sa.func.count()).select_from(of_document(TABLES["provenance"]))
    found: Counter[str] = Counter()
    for codes, count in connection.execute(selection.of_files(query.where(doubts.is_not(None)).group_by(doubts))):
        found.update(dict.fromkeys(codes.split(), count))
    return sorted(found.items())


def _repairs(connection: Connection, selection: Selection) -> Mapping[tuple[str, str], int]:
    rule, state = _REPAIRS.rule, _REPAIRS.state
    query = sa.select(rule, state, sa.func.count()).select_from(of_document(TABLES["repairs"])).group_by(rule, state)
    return {(name, state): count for name, state, count in connection.execute(selection.of_files(query))}


# Outcomes


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule gave which outcome; `severity` is the gravest one."""

    rule: str
    severity: str
    outcomes: Mapping[str, int]

    @property
    def findings(self) -> int:
        """How many checks failed."""
        return self.outcomes.get("fail", 0)


def count_rules(connection: Connection, selection: Selection) -> list[RuleCount]:
    """Every rule that was tried, in the order of their names: letter, then number."""
    columns = (_CHECKS.rule, _CHECKS.severity, _CHECKS.outcome)
    query = sa.select(*columns, sa.func.count()).select_from(of_document(TABLES["checks"])).group_by(*columns)
    outcomes: dict[str, Counter[str]] = {}
    severities: dict[str, list[str]] = {}
    for rule, severity, outcome, count in connection.execute(selection.of_checks(query)):
        outcomes.setdefault(rule, Counter())[outcome] += count
        severities.setdefault(rule, []).append(severity or "")
    return [
        RuleCount(rule, min(severities[rule], key=gravity), outcomes[rule]) for rule in sorted(outcomes, key=rule_key)
    ]


def gravity(severity: str) -> int:
    """0 for the gravest."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def rule_key(rule: str) -> list[tuple[int, str]]:
    """What rules are sorted by: F2 stands before F10, X1.2 before X2."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.findall(r"[0-9]+|[^0-9]+", rule)]


@dataclass(frozen=True, slots=True)
class FileCount:
    """How many listed checks a file has, by severity."""

    file_name: str
    severities: Mapping[str, int]


def count_files(connection: Connection, selection: Selection) -> list[FileCount]:
    """The files that have listed checks, those with the most errors first."""
    columns = (_DOCUMENTS.file_name, _CHECKS.severity)
    query = sa.select(*columns, sa.func.count()).select_from(of_document(TABLES["checks"])).group_by(*columns)
    found: dict[str, Counter[str]] = {}
    query = selection.of_checks(query.where(_CHECKS.outcome == selection.outcome))
    for name, severity, count in connection.execute(query):
        found.setdefault(name, Counter())[severity or ""] += count
    files = [FileCount(name, counts) for name, counts in found.items()]
    return sorted(files, key=lambda each: ([-each.severities.get(s, 0) for s in SEVERITIES], each.file_name))
