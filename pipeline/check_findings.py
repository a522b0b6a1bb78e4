"""The checks of a database one by one, for people: what failed, where it stands, what was compared.

Findings are streamed, so that a district's thousands of files fit. Personal data is masked here, for the terminal
and for the page.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

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
        file_name: of the file it stands in, where no receipt says it empty.
    """

    name: str
    value: str
    page: int = 0
    raw: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A check for people; what is not known is empty.

    Attributes:
        file_name: path below the folder that was ingested.
        page: of the first value that was compared, else the first one of the filing, 1-based; 0 where neither is known.
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


class _Receipt(NamedTuple):
    page: int
    raw: str
    file_name: str


_NO_RECEIPT = _Receipt(0, "", "")


def _operands(text: str | None) -> list[tuple[str, str]]:
    """Key (table.row_id.column) and value of each operand of a check."""
    return [(str(key), _plain(value)) for key, value in json.loads(text or "[]")]


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _receipts(connection: Connection, keys: Iterable[str]) -> dict[str, _Receipt]:
    """The receipt of each operand that has one: of its first part."""
    columns = (_PROVENANCE.provenance_id, _PROVENANCE.page, _PROVENANCE.raw_text, _DOCUMENTS.file_name)
    query = sa.select(*columns).select_from(of_document(TABLES["provenance"]))
    wanted = sorted(f"{key}.1" for key in keys)
    found: dict[str, _Receipt] = {}
    for start in range(0, len(wanted), _KEYS_AT_ONCE):
        part = query.where(_PROVENANCE.provenance_id.in_(wanted[start : start + _KEYS_AT_ONCE]))
        for key, page, raw, file_name in connection.execute(part):
            found[key.removesuffix(".1")] = _Receipt(page or 0, raw or "", file_name)
    return found


def _operand(key: str, value: str, receipts: Mapping[str, _Receipt]) -> Operand:
    table, _, rest = key.partition(".")
    page, raw, file_name = receipts.get(key, _NO_RECEIPT)
    if table in dictionary().tables and dictionary()[table].personal:
        value = raw = personal_mark()
    return Operand(f"{table}.{rest.rpartition('.')[2]}", mask(value), page, mask(raw), file_name)


def _finding(row: Any, operands: tuple[Operand, ...]) -> Finding:
    difference, tolerance = ("" if number is None else f"{number:f}" for number in (row.difference, row.tolerance))
    own = (operand.page for operand in operands if operand.page and operand.file_name == row.file_name)
    return Finding(
        file_name=row.file_name,
        page=next(own, row.page_first or 0),
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
