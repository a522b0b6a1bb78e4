"""Tables + forms -> rows: the one place where geometry meets meaning."""

from collections.abc import Iterator, Sequence

from extractors.reading import Reading
from extractors.table import Table, TextLine
from normalizers.form import Form
from normalizers.form_reader import goes_on, is_whole, read_forms
from normalizers.heading import names_part
from normalizers.period import find_year
from pipeline.filing_rows import Filing, FilingRows, is_annex
from pipeline.flow import Flow
from pipeline.leftovers import leftover_tables
from pipeline.narratives import Placed, narrative_rows
from pipeline.other_tables import other_tables
from pipeline.receipts import Sheet, text_table
from pipeline.records import Row
from pipeline.report_rows import ReportFiling, ReportRows
from pipeline.reports import find_report_filings

_SHORT_LINE = 40  # characters; longer lines between two tables are prose and part them


def assemble(document_id: str, reading: Reading) -> Iterator[Row]:
    """All rows of a document, in reading order: filings with what belongs to them, narratives, then other tables."""
    flow = Flow.of(reading)
    forms, others = gather(reading)
    reports = find_report_filings(flow, others)
    year = _document_year(reading)
    rows: list[Row] = []
    placed: list[Placed] = []
    for number, (start, filing) in enumerate(_in_order(flow, forms, reports), 1):
        filing_id = f"{document_id}-{number:03d}"
        if isinstance(filing, ReportFiling):
            rows += ReportRows(filing_id, document_id, filing, year).rows()
        else:
            rows += FilingRows(filing_id, document_id, filing, year).rows()
            name = filing.form.first("project_name")
            placed.append(Placed(filing_id, name.text if name else "", start))
    yield from rows
    yield from narrative_rows(document_id, flow, placed)
    read = _read_tables(forms, others) + [own for report in reports for own in report.tables]
    taken = {id(table) for table, _ in read}
    kept = [table for table in others if id(table) not in taken]
    yield from other_tables(document_id, [*kept, *leftover_tables(read, rows)])


def _in_order(
    flow: Flow, forms: Sequence[Filing], reports: Sequence[ReportFiling]
) -> list[tuple[int, Filing | ReportFiling]]:
    """Forms and reports as they begin in the document, each with the index of the block at which it does."""
    places = {id(block): index for index, block in enumerate(flow.blocks)}
    found: list[tuple[int, Filing | ReportFiling]] = [(places[id(f.sheets[0][0].table)], f) for f in forms]
    found += [(report.report.span.start, report) for report in reports]
    return sorted(found, key=lambda pair: pair[0])


def gather(reading: Reading) -> tuple[list[Filing], list[Table]]:
    """The filings of a document, and the tables that are none."""
    filings: list[Filing] = []
    others: list[Table] = []
    previous: Table | None = None
    for table in reading.tables:
        sheet, taken = Sheet.of(table), False
        for index, form in enumerate(read_forms(text_table(table))):
            adjacent = index > 0 or (previous is not None and _is_near(previous, table))
            last = filings[-1] if filings else None
            if last and previous is not None and goes_on(last.form, form, adjacent):
                last.sheets.append((sheet, form))
                taken = taken or not is_annex(form)
            elif is_whole(form):
                filings.append(Filing([(sheet, form)]))
                taken = True
            else:
                previous = None
        if taken:
            previous = table
        else:
            others.append(table)
    return filings, others


def _read_tables(filings: Sequence[Filing], others: Sequence[Table]) -> list[tuple[Table, list[Form]]]:
    """The tables that are not kept whole, each with the forms that were read from it."""
    whole = set(map(id, others))
    read: dict[int, tuple[Table, list[Form]]] = {}
    for filing in filings:
        for sheet, form in filing.sheets:
            if id(sheet.table) not in whole:
                read.setdefault(id(sheet.table), (sheet.table, []))[1].append(form)
    return list(read.values())


def _is_near(before: Table, after: Table) -> bool:
    """Whether nothing but names of a form's parts stands between two tables."""
    return after.page_first - before.page_last <= 1 and all(names_part(line.text) for line in after.above)


def _document_year(reading: Reading) -> int | None:
    """The year that the document's first lines name."""
    lines = [block.text for block in reading.blocks[:12] if isinstance(block, TextLine)]
    return next((year for line in lines if len(line) <= _SHORT_LINE and (year := find_year(line))), None)
