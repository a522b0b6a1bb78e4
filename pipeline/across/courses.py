"""What the filings of each project say, year by year, as facts that rules can compare."""

from collections import defaultdict
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.checks.facts import Filing, gather
from pipeline.dictionary import dictionary
from pipeline.records import FLAG_BELOW, Provenance, Row
from pipeline.schema import TABLES

SURE = 0.9  # score from which on a filing counts as one of its project
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
# what rules compare; other columns and their receipts are not loaded
_COMPARED = {
    "filings": ("year", "kind", "project_name", "total_score"),
    "funds": ("scope", "item", "amount_yuan", "initial_budget_yuan", "annual_budget_yuan", "executed_yuan"),
    "indicators": (
        "scope", "level3", "target_raw", "target_operator", "target_value", "target_unit", "target_initial_raw",
        "actual_raw", "actual_value",
    ),
}  # fmt: skip
_links = TABLES["project_filings"].c
_SHARED = sa.select(_links.project_id).group_by(_links.project_id).having(sa.func.count() > 1)
_COMPANY = sa.select(_links.filing_id).where(_links.project_id.in_(_SHARED))  # of projects with several


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
    """The facts of all filings, by filing_id; of one that no other can be compared with its head alone."""
    receipts = _load_receipts(connection)
    rows: list[Row] = []
    for table, columns in _COMPARED.items():
        entry, of = dictionary()[table], TABLES[table].c
        query = sa.select(of[entry.id].label("row_id"), of.filing_id, *(of[name] for name in columns))
        if table != "filings":
            query = query.where(of.filing_id.in_(_COMPANY))
        for found in connection.execute(query).mappings():
            values = {name: value for name, value in found.items() if value is not None and name != "row_id"}
            rows.append(Row(table, found["row_id"], values, tuple(receipts.get((table, found["row_id"]), ()))))
    rows.sort(key=lambda row: (row.table != "filings", row.row_id))
    return {filing.filing_id: filing for filing in gather("", rows).filings}


def _load_receipts(connection: Connection) -> dict[tuple[str, str], list[Provenance]]:
    """The receipts that tell more than that a value was printed plainly, by table and row.

    Those are what is flagged or was read from a picture, and all money: its decimals say how exact it is. Where
    they stand on the page is left out.
    """
    receipts = TABLES["provenance"].c
    odd = sa.or_(receipts.source == "ocr", receipts.confidence < FLAG_BELOW, receipts.doubts.is_not(None))
    of = {
        "filings": odd,
        "funds": receipts.filing_id.in_(_COMPANY),
        "indicators": sa.and_(odd, receipts.filing_id.in_(_COMPANY)),
    }
    parts = [
        sa.and_(receipts.table_name == table, receipts.column_name.in_(_COMPARED[table]), condition)
        for table, condition in of.items()
    ]
    wanted = (
        receipts.table_name, receipts.row_id, receipts.column_name, receipts.page, receipts.raw_text, receipts.source,
        receipts.confidence, receipts.doubts,
    )  # fmt: skip
    query = sa.select(*wanted).where(sa.or_(*parts)).order_by(receipts.part)
    found: defaultdict[tuple[str, str], list[Provenance]] = defaultdict(list)
    for row in connection.execute(query):
        sure = 1.0 if row.confidence is None else float(row.confidence)
        told = tuple(row.doubts.split()) if row.doubts else ()
        given = Provenance(row.column_name, row.page or 0, _NOWHERE, row.raw_text or "", row.source or "", sure, told)
        found[row.table_name, row.row_id].append(given)
    return found
