"""What the filings of each project say, year by year, as facts that rules can compare."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.checks.facts import Filing, gather
from pipeline.dictionary import dictionary
from pipeline.records import Provenance, Row
from pipeline.schema import TABLES

SURE = 0.9  # score from which on a filing counts as one of its project
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
# what rules compare; receipts of other columns are not loaded
_COMPARED = {
    "filings": ("year", "total_score"),
    "funds": ("item", "amount_yuan", "initial_budget_yuan", "annual_budget_yuan", "executed_yuan"),
    "indicators": (
        "level3", "target_raw", "target_operator", "target_value", "target_unit", "target_initial_raw", "actual_raw",
        "actual_value",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A filing of a project.

    Attributes:
        filing: its facts.
        document_id: its file.
        file_name: path below the folder that was ingested.
        kind: of the filing.
        year: of the filing, None where none was read.
        superseded_by: the filing that stands for it; empty where it stands itself.
        is_sure: whether it is surely a filing of this project and year.
    """

    filing: Filing
    document_id: str
    file_name: str
    kind: str
    year: int | None
    superseded_by: str
    is_sure: bool

    @property
    def filing_id(self) -> str:
        """Its id."""
        return self.filing.filing_id


@dataclass(slots=True)
class Course:
    """A project over the years.

    Attributes:
        project_id: the project.
        name: its name.
        organisation_id: whose it is; empty where that is not known.
        entries: its filings, by filing_id.
    """

    project_id: str
    name: str
    organisation_id: str
    entries: list[Entry] = field(default_factory=list)

    def standing(self, kind: str) -> dict[int, Entry]:
        """The filings of a kind that stand, by year."""
        return {e.year: e for e in self.entries if e.kind == kind and e.year and not e.superseded_by}


def load_courses(connection: Connection) -> list[Course]:
    """All projects with their filings, by project_id."""
    links, projects, documents, filings = (
        TABLES[name] for name in ("project_filings", "projects", "documents", "filings")
    )
    found = {
        row.project_id: Course(row.project_id, row.name, row.organisation_id or "")
        for row in connection.execute(sa.select(projects))
    }
    facts = _load_filings(connection)
    query = (
        sa.select(links, documents.c.document_id, documents.c.file_name)
        .join_from(links, filings)
        .join(documents, documents.c.document_id == filings.c.document_id)
    )
    for row in sorted(connection.execute(query).mappings(), key=lambda row: str(row["filing_id"])):
        found[row["project_id"]].entries.append(_entry(row, facts[row["filing_id"]]))
    return [found[project_id] for project_id in sorted(found)]


def _entry(row: sa.RowMapping, filing: Filing) -> Entry:
    return Entry(
        filing=filing,
        document_id=row["document_id"],
        file_name=row["file_name"],
        kind=row["kind"],
        year=row["year"],
        superseded_by=row["superseded_by"] or "",
        is_sure=row["score"] >= SURE and _is_year_sure(filing),
    )


def _is_year_sure(filing: Filing) -> bool:
    """A year that was taken from the document's heading is as good as one on the form."""
    receipts = (each for each in filing.head.row.provenance if each.column_name == "year")
    return all(each.confidence >= SURE and set(each.doubts) <= {"from_document", "from_title"} for each in receipts)


def _load_filings(connection: Connection) -> dict[str, Filing]:
    """The facts of all filings, by filing_id."""
    receipts = _load_receipts(connection)
    rows: list[Row] = []
    for table in _COMPARED:
        entry = dictionary()[table]
        found = connection.execute(sa.select(TABLES[table])).mappings()
        rows += (_row(table, str(each[entry.id]), each, receipts) for each in found)
    rows.sort(key=lambda row: (row.table != "filings", row.row_id))
    return {filing.filing_id: filing for filing in gather("", rows).filings}


def _row(
    table: str, row_id: str, found: Mapping[Any, Any], receipts: Mapping[tuple[str, str], Sequence[Provenance]]
) -> Row:
    values = {name: value for name, value in found.items() if value is not None}
    return Row(table, row_id, values, tuple(receipts.get((table, row_id), ())))


def _load_receipts(connection: Connection) -> dict[tuple[str, str], list[Provenance]]:
    """The receipts of what is compared, by table and row; where they stand on the page is left out."""
    receipts = TABLES["provenance"].c
    parts = [
        sa.and_(receipts.table_name == table, receipts.column_name.in_(columns)) for table, columns in _COMPARED.items()
    ]
    names = ("table_name", "row_id", "column_name", "page", "raw_text", "source", "confidence", "doubts", "part")
    query = sa.select(*(receipts[name] for name in names)).where(sa.or_(*parts))
    found: defaultdict[tuple[str, str], list[Provenance]] = defaultdict(list)
    for row in sorted(connection.execute(query), key=lambda row: row.part):
        sure = 1.0 if row.confidence is None else float(row.confidence)
        doubts = tuple((row.doubts or "").split())
        given = Provenance(row.column_name, row.page or 0, _NOWHERE, row.raw_text or "", row.source or "", sure, doubts)
        found[row.table_name, row.row_id].append(given)
    return found
