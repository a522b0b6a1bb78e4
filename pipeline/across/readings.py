"""What the filings of a database print of themselves: names, years, codes, each with how far it is trusted."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from normalizers.parsed import Doubt
from pipeline.records import FLAG_BELOW
from pipeline.schema import TABLES

_SAYS_WHERE = {
    Doubt.FROM_DOCUMENT.value,
    Doubt.FROM_TITLE.value,
}  # where on the page a value stood, not how well it was read
_NAMES = ("project_name", "project_code", "department", "implementing_unit", "year")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as it was read.

    Attributes:
        text: without blanks; empty where nothing was read.
        trusted: no receipt of it is flagged.
        seen: read from a picture.
    """

    text: str = ""
    trusted: bool = True
    seen: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Names:
    """What a filing says of itself.

    Attributes:
        filing_id: the filing.
        document_id: its file.
        file_name: path below the folder that was ingested.
        kind: declaration, self_evaluation or evaluation_report.
        subject: project, department, transfer or empty.
        year: its budget year, None where none was read.
        year_trusted: no receipt of the year is flagged for how it was read.
        title: as printed.
        project: name of the project.
        code: its code.
        department: department in charge.
        unit: unit that carries it out.
    """

    filing_id: str
    document_id: str
    file_name: str
    kind: str
    subject: str
    year: int | None
    year_trusted: bool
    title: str
    project: Reading
    code: Reading
    department: Reading
    unit: Reading

    @property
    def folder(self) -> str:
        """The first folder of the file's name; empty where it lies in none."""
        return first_folder(self.file_name)


def first_folder(file_name: str) -> str:
    """The first folder of a path below the folder that was ingested; empty where the file lies in none."""
    parts = PurePosixPath(file_name).parts
    return parts[0] if len(parts) > 1 else ""


def load_names(connection: Connection) -> list[Names]:
    """All filings of the database, by filing_id."""
    filings, documents = TABLES["filings"], TABLES["documents"]
    query = sa.select(filings, documents.c.file_name).join_from(filings, documents)
    receipts = receipts_of(connection, "filings", _NAMES)
    found = [_names(row, receipts) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda names: names.filing_id)


def _names(row: sa.RowMapping, receipts: Mapping[tuple[str, str], "Receipt"]) -> Names:
    def reading(column: str) -> Reading:
        receipt = receipts.get((row["filing_id"], column), _UNDOUBTED)
        return Reading(_BLANKS.sub("", row[column] or ""), receipt.trusted, receipt.seen)

    return Names(
        filing_id=row["filing_id"],
        document_id=row["document_id"],
        file_name=row["file_name"],
        kind=row["kind"],
        subject=row["subject"] or "",
        year=row["year"],
        year_trusted=receipts.get((row["filing_id"], "year"), _UNDOUBTED).trusted,
        title=_BLANKS.sub("", row["title"] or ""),
        project=reading("project_name"),
        code=reading("project_code"),
        department=reading("department"),
        unit=reading("implementing_unit"),
    )


@dataclass(frozen=True, slots=True)
class Receipt:
    """All receipts of a value in short: whether none is flagged, whether one is of a picture."""

    trusted: bool
    seen: bool


_UNDOUBTED = Receipt(trusted=True, seen=False)


def receipts_of(connection: Connection, table: str, columns: Collection[str]) -> dict[tuple[str, str], Receipt]:
    """Of each (row_id, column) that is flagged or was read from a picture, its receipts in short."""
    receipts = TABLES["provenance"].c
    wanted = sa.and_(receipts.table_name == table, receipts.column_name.in_(columns))
    odd = sa.or_(receipts.source == "ocr", receipts.confidence < FLAG_BELOW, receipts.doubts.is_not(None))
    query = sa.select(receipts.row_id, receipts.column_name, receipts.source, receipts.confidence, receipts.doubts)
    found: defaultdict[tuple[str, str], list[Receipt]] = defaultdict(list)
    for row in connection.execute(query.where(wanted, odd)):
        doubted = set((row.doubts or "").split()) - _SAYS_WHERE
        trusted = not doubted and (row.confidence is None or row.confidence >= FLAG_BELOW)
        found[row.row_id, row.column_name].append(Receipt(trusted, row.source == "ocr"))
    return {
        value: Receipt(all(each.trusted for each in parts), any(each.seen for each in parts))
        for value, parts in found.items()
    }


def commonest(readings: Iterable[Reading]) -> str:
    """The spelling that stands most often, trusted readings alone if there are any; of equals the fuller one."""
    given: Sequence[Reading] = list(readings)
    counts = Counter(each.text for each in given if each.trusted) or Counter(each.text for each in given)
    return min(counts, key=lambda text: (-counts[text], -len(text), text))


def flags_of_filings(connection: Connection) -> dict[str, tuple[str, int]]:
    """Of each filing where its file's text came from, and how many of its receipts are flagged."""
    filings, documents, receipts = TABLES["filings"].c, TABLES["documents"], TABLES["provenance"].c
    flagged = sa.or_(receipts.confidence < FLAG_BELOW, receipts.doubts.is_not(None))
    counted = sa.select(receipts.filing_id, sa.func.count()).where(flagged).group_by(receipts.filing_id)
    counts = {filing_id: count for filing_id, count in connection.execute(counted)}
    query = sa.select(filings.filing_id, documents.c.text_source).join_from(TABLES["filings"], documents)
    return {filing_id: (source or "", counts.get(filing_id, 0)) for filing_id, source in connection.execute(query)}
