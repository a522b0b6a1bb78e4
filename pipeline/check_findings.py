"""The checks of a database one by one, for people: what failed, where it stands, what was compared.

Findings are streamed, so that a district's thousands of files fit. Personal data is masked here, for the terminal
and for the page.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from normalizers.personal import mask, personal_mark
from pipeline.check_counts import SEVERITIES, Selection, of_document
from pipeline.dictionary import dictionary
from pipeline.schema import TABLES

_AT_ONCE = 200  # findings
_KEYS_AT_ONCE = 5000  # below what a query of SQLite takes
_DOCUMENTS, _FILINGS = TABLES["documents"].c, TABLES["filings"].c
_CHECKS, _PROVENANCE = TABLES["checks"].c, TABLES["provenance"].c


@dataclass(frozen=True, slots=True)
class Operand:
    """A value that a check compared.

    Attributes:
        name: table and column.
        value: as the rule took it.
        page: 1-based; 0 where no receipt says it.
        raw: as printed.
    """

    name: str
    value: str
    page: int = 0
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A check for people; what is not known is empty.

    Attributes:
        file_name: path below the folder that was ingested.
        page: first page of the filing, 1-based; 0 for a check of a whole file or of several.
        form: title of the filing.
        project: its project.
        difference: actual less expected, where both are numbers.
        operands: what was compared.
    """

    file_name: str
    page: int
    form: str
    project: str
    rule: str
    outcome: str
    severity: str
    message: str
    expected: str
    actual: str
    difference: str
    tolerance: str
    operands: tuple[Operand, ...]


def find(
    connection: Connection, selection: Selection, by_file: bool = False, limit: int | None = None
) -> Iterator[Finding]:
    """The listed checks, gravest first; of one file after the other where the page asks for it.

    Args:
        connection: is read from as long as findings are asked for.
        selection: which checks.
        by_file: file by file, the gravest of each first.
        limit: how many at most.
    """
    rank = sa.case({severity: at for at, severity in enumerate(SEVERITIES)}, value=_CHECKS.severity, else_=9)
    binary = "C" if connection.dialect.name == "postgresql" else "BINARY"
    file_name = _DOCUMENTS.file_name.collate(binary)
    heads = (file_name, rank) if by_file else (rank, file_name)
    query = (
        sa.select(TABLES["checks"], _DOCUMENTS.file_name, _FILINGS.page_first, _FILINGS.title, _FILINGS.project_name)
        .select_from(
            of_document(TABLES["checks"]).outerjoin(TABLES["filings"], _CHECKS.filing_id == _FILINGS.filing_id)
        )
        .where(_CHECKS.outcome == selection.outcome)
        .order_by(*heads, sa.func.coalesce(_FILINGS.page_first, 0), _CHECKS.check_id.collate(binary))
        .limit(limit)
    )
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(selection.of_checks(query))
    for part in rows.partitions():
        operands = [_operands(row.operands) for row in part]
        receipts = _receipts(connection, {key for each in operands for key, _ in each})
        for row, each in zip(part, operands, strict=True):
            yield _finding(row, tuple(_operand(key, value, receipts) for key, value in each))


def _operands(text: str | None) -> list[tuple[str, str]]:
    """Key (table.row_id.column) and value of each operand of a check."""
    return [(str(key), _plain(value)) for key, value in json.loads(text or "[]")]


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _receipts(connection: Connection, keys: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Page and printed text of each operand that has a receipt: of its first part."""
    query = sa.select(_PROVENANCE.provenance_id, _PROVENANCE.page, _PROVENANCE.raw_text)
    wanted = sorted(f"{key}.1" for key in keys)
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(wanted), _KEYS_AT_ONCE):
        part = query.where(_PROVENANCE.provenance_id.in_(wanted[start : start + _KEYS_AT_ONCE]))
        found |= {key.removesuffix(".1"): (page or 0, raw or "") for key, page, raw in connection.execute(part)}
    return found


def _operand(key: str, value: str, receipts: Mapping[str, tuple[int, str]]) -> Operand:
    table, _, rest = key.partition(".")
    page, raw = receipts.get(key, (0, ""))
    if table in dictionary().tables and dictionary()[table].personal:
        value = raw = personal_mark()
    return Operand(f"{table}.{rest.rpartition('.')[2]}", mask(value), page, mask(raw))


def _finding(row: Any, operands: tuple[Operand, ...]) -> Finding:
    difference, tolerance = ("" if number is None else f"{number:f}" for number in (row.difference, row.tolerance))
    return Finding(
        file_name=row.file_name,
        page=row.page_first or 0,
        form=mask(row.title or ""),
        project=mask(row.project_name or ""),
        rule=row.rule,
        outcome=row.outcome,
        severity=row.severity or "",
        message=mask(row.message or ""),
        expected=mask(row.expected or ""),
        actual=mask(row.actual or ""),
        difference=difference,
        tolerance=tolerance,
        operands=operands,
    )
