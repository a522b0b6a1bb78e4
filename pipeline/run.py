"""The whole run of one document, on one screen."""

from extractors.belief import summary
from extractors.errors import ExtractionError
from extractors.reading import Reading, read_pdf
from extractors.table import TextLine, TextSource
from pipeline.assemble import assemble
from pipeline.checks.run import check_rows
from pipeline.document import Document
from pipeline.records import DocumentRecord
from pipeline.repairs.repair import repair_rows


def read_document(document: Document, repair: bool = True) -> DocumentRecord:
    """Everything that one file gives. Never raises for what is wrong with the file: the record says it.

    Args:
        document: the file.
        repair: False leaves every value as it was read.
    """
    try:
        reading = read_pdf(document.path)
    except ExtractionError as error:
        return _record(document, status="failed", error=str(error))
    except OSError as error:
        return _record(document, status="failed", error=f"cannot be read: {error.strerror or error}")
    rows = list(assemble(document.document_id, reading))
    if repair:
        rows = repair_rows(document.document_id, rows)
    rows += check_rows(document.document_id, rows)
    status, reason = _verdict(reading)
    return _record(
        document,
        page_count=reading.page_count,
        text_source="" if status == "failed" else _source(reading),
        text_source_reason=summary(reading.seen_pages),
        status=status,
        error=reason,
        rows=tuple(rows),
    )


def _record(document: Document, **values: object) -> DocumentRecord:
    return DocumentRecord(document.document_id, document.file_name, document.sha256, **values)  # type: ignore[arg-type]


def _source(reading: Reading) -> str:
    """digital, ocr or mixed."""
    if not reading.seen_pages:
        return "digital"
    sources = {cell.source for table in reading.tables for cell in table.cells if cell.text}
    sources |= {block.source for block in reading.blocks if isinstance(block, TextLine)}
    return "mixed" if TextSource.TEXT_LAYER in sources else "ocr"


def _verdict(reading: Reading) -> tuple[str, str]:
    """Status and reason: a page that could not be read makes a document partial, all of them make it failed."""
    reasons = []
    if reading.damaged_pages:
        reasons.append(f"{_pages(reading.damaged_pages)} could not be parsed: fetch the file again")
    if reading.is_cut_off:
        reasons.append("the file's end is missing, pages may be lost: fetch it again")
    lost = len(reading.damaged_pages)
    if not reasons:
        return "ok", ""
    return ("failed" if lost + len(reading.blank_pages) >= reading.page_count else "partial"), "; ".join(reasons)


def _pages(numbers: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, numbers[:5])) + (" ..." if len(numbers) > 5 else "")
    return f"page {shown}" if len(numbers) == 1 else f"{len(numbers)} pages ({shown})"
