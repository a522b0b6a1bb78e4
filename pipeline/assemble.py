"""Tables + forms -> rows: the one place where geometry meets meaning."""

from collections.abc import Iterator

from extractors.reading import Reading
from extractors.table import Table, TextLine
from normalizers.form_reader import goes_on, is_whole, read_forms
from normalizers.heading import names_part
from normalizers.period import find_year
from normalizers.text_table import TextCell, TextTable
from pipeline.filing_rows import Filing, FilingRows, is_annex
from pipeline.other_tables import other_table_rows
from pipeline.receipts import Sheet, text_of
from pipeline.records import Row

_SHORT_LINE = 40  # characters; longer lines between two tables are prose and part them


def assemble(document_id: str, reading: Reading) -> Iterator[Row]:
    """All rows of a document, in reading order: filings with what belongs to them, then the other tables."""
    filings, others = gather(reading)
    year = _document_year(reading)
    for number, filing in enumerate(filings, 1):
        yield from FilingRows(f"{document_id}-{number:03d}", document_id, filing, year).rows()
    for number, table in enumerate(others, 1):
        yield from other_table_rows(f"{document_id}-t{number:03d}", document_id, table)


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


def _is_near(before: Table, after: Table) -> bool:
    """Whether nothing but names of a form's parts stands between two tables."""
    return after.page_first - before.page_last <= 1 and all(names_part(line.text) for line in after.above)


def text_table(table: Table) -> TextTable:
    """The table's words, without its geometry."""
    return TextTable(
        tuple(TextCell(c.row, c.column, c.row_span, c.column_span, text_of(c)) for c in table.cells),
        range(table.row_count),
        table.column_count,
        tuple(map(text_of, table.above)),
        tuple(map(text_of, table.below)),
        frozenset(row for row in range(1, table.row_count) if table.row_pages[row] != table.row_pages[row - 1]),
        table.is_guessed,
    )


def _document_year(reading: Reading) -> int | None:
    """The year that the document's first lines name."""
    lines = [block.text for block in reading.blocks[:12] if isinstance(block, TextLine)]
    return next((year for line in lines if len(line) <= _SHORT_LINE and (year := find_year(line))), None)
