"""Every value says where it was printed, and there it stands: seen with pdfium alone.

What was read from a picture cannot be looked up so: it must be a text that the sample was drawn with.
"""

import ctypes
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pypdfium2 as pdfium
from golden_answers import (
    FLAG_BELOW,
    Differences,
    answer,
    by_filing,
    check,
    damaged_sample,
    every_sample,
    pdf_of,
    record,
    report_rows,
    rows_of,
)

from extractors.table import TextSource
from pipeline.records import Provenance, Row
from tests.samples.arrange import arranged
from tests.samples.loader import load_documents
from tests.samples.sheet import Sheet, Text

SILENT = 0.02  # share of the texts of a sample that may be misread without being flagged
UNPRINTED = {  # columns that the program concludes; everything else stands somewhere on the page
    "filing_id", "document_id", "kind", "subject", "template", "page_first", "page_last", "scope", "position",
    "label", "role",
}  # fmt: skip


class Sight:
    """The characters of a file at their places on the pages as shown, found with pdfium alone."""

    def __init__(self, path: Path) -> None:
        self.sizes: list[tuple[float, float]] = []
        self.chars: list[list[tuple[str, float, float]]] = []
        with pdfium.PdfDocument(path) as document:
            for page in document:
                self.sizes.append(page.get_size())
                self.chars.append(list(_shown_chars(page)))

    def text_in(self, receipt: Provenance, margin: float) -> str:
        """What stands in a receipt's box, in content order, without blanks."""
        x0, top, x1, bottom = receipt.box
        return squeeze(
            "".join(
                char
                for char, x, y in self.chars[receipt.page - 1]
                if x0 - margin <= x <= x1 + margin and top - 1 <= y <= bottom + 1
            )
        )


def _shown_chars(page: pdfium.PdfPage) -> Iterator[tuple[str, float, float]]:
    """Each character with the centre of its box, in points from the top left of the page as shown."""
    text_page, (width, height) = page.get_textpage(), page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()
    fine = 100  # pdfium's device coordinates are integers
    for index in range(text_page.count_chars()):
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
        middle = ((left + right) / 2, (bottom + top) / 2)
        pdfium.raw.FPDF_PageToDevice(page, 0, 0, round(width * fine), round(height * fine), 0, *middle, x, y)
        yield chr(pdfium.raw.FPDFText_GetUnicode(text_page, index)), x.value / fine, y.value / fine


def squeeze(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@cache
def sight(path: Path) -> Sight:
    return Sight(pdf_of(path))


def filing_rows(path: Path) -> list[Row]:
    return [row for row in record(path).rows if not row.table.startswith("other_")]


@every_sample
def test_every_filled_value_has_a_receipt(path: Path) -> None:
    missing: Differences = {}
    for table in ("funds", "goals", "indicators", "fields", "contacts"):
        for number, rows in enumerate(by_filing(path, table), 1):
            for position, row in enumerate(rows, 1):
                missing |= _without_receipt(f"filing {number} {table} {position}", row)
    for table in ("evaluations", "evaluation_scores", "budget_lines", "findings", "funds", "indicators"):
        for position, row in enumerate(report_rows(path, table), 1):
            missing |= _without_receipt(f"report {table} {position}", row)
    for number, row in enumerate(rows_of(path, "filings"), 1):
        missing |= _without_receipt(f"filing {number}", row)
    check(path, "receipts", missing)


def _without_receipt(place: str, row: Row) -> Differences:
    receipts = {receipt.column_name for receipt in row.provenance}
    return {
        f"{place} {column}": ("(a receipt)", value)
        for column, value in row.values.items()
        if value is not None and column not in UNPRINTED | receipts
    }


@every_sample
def test_every_receipt_lies_on_its_page(path: Path) -> None:
    sizes = sight(path).sizes
    for row in filing_rows(path):
        for receipt in row.provenance:
            width, height = sizes[receipt.page - 1]
            x0, top, x1, bottom = receipt.box
            assert -1 <= x0 < x1 <= width + 1, receipt
            assert -1 <= top < bottom <= height + 1, receipt


@every_sample
def test_every_receipt_holds_what_it_says(path: Path) -> None:
    """The characters in the box, found without the program, contain the raw text."""
    lost = []
    for row in filing_rows(path):
        for receipt in row.provenance:
            if receipt.source == TextSource.OCR:
                continue
            margin = 100 if "astride_ruling" in receipt.doubts else 1
            if squeeze(receipt.raw_text) not in sight(path).text_in(receipt, margin):
                lost.append(f"{row.row_id} {receipt.column_name}: {receipt.raw_text!r} not in {receipt.box}")
    assert not lost


@cache
def printed() -> dict[str, set[str]]:
    """All texts that each sample was drawn with, cell by cell, without blanks."""
    found: dict[str, set[str]] = {}
    for document in load_documents():
        texts = found[document.key] = set()
        for item in arranged(document):
            if isinstance(item, Sheet):
                texts |= {squeeze(cell.text) for row in item.rows for cell in row}
            elif isinstance(item, Text):
                texts.add(squeeze(item.text))
    return found


@damaged_sample
def test_receipt_of_a_picture_is_what_was_drawn_or_flagged(path: Path) -> None:
    texts = printed()[answer(path)["sample"]]
    receipts = [r for row in filing_rows(path) for r in row.provenance if r.source == TextSource.OCR]
    silent = [
        receipt
        for receipt in receipts
        if not any(squeeze(receipt.raw_text) in text for text in texts)
        and not receipt.doubts
        and receipt.confidence >= FLAG_BELOW
    ]
    assert receipts
    assert all(0 < receipt.confidence <= 1 for receipt in receipts)
    assert len(silent) <= SILENT * len(receipts), [(r.column_name, r.raw_text, r.confidence) for r in silent]


@damaged_sample
def test_receipts_of_a_picture_stand_where_the_others_leave_room(path: Path) -> None:
    """Two texts of a page do not share a place, unless one cell holds both."""
    seen = {(r.page, r.box) for row in filing_rows(path) for r in row.provenance if r.source == TextSource.OCR}
    for (page, a), (other, b) in combinations(sorted(seen), 2):
        width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
        assert page != other or width <= 0 or height <= 0 or width * height < 0.5 * smaller, (a, b)


@every_sample
def test_no_receipt_is_of_nothing(path: Path) -> None:
    for row in filing_rows(path):
        for receipt in row.provenance:
            assert receipt.raw_text or receipt.doubts, f"{row.row_id} {receipt.column_name} has a receipt of nothing"
