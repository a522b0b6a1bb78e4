"""PDF files through pdfium: open, read a page's characters and rulings in one pass, render.

The only package that imports the PDF library. Measured over 355 pages, pdfium needs 7 ms a page for all
characters, boxes and path bounds (half of it parsing the page), pdfplumber 80 ms for its tables alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import pypdfium2.raw as pdfium

from extractors.errors import DamagedPdf, EmptyFile, EncryptedPdf, NoPages, NotAPdf
from extractors.page import Char, Page
from extractors.pdf.chars import read_chars, set_on_baseline, text_quarters
from extractors.pdf.layer import covers_page, is_text_hidden
from extractors.pdf.paths import read_paths
from extractors.pdf.picture import render_page
from extractors.pdf.sheet import crop_box, upright_sides, upright_size

_HEADER_BYTES = 1024  # where viewers look for %PDF (PDF 1.7, appendix H.3)
_TAIL_BYTES = 2048


class Pdf:
    """An open PDF file. Use as a context manager.

    Raises:
        EmptyFile, NotAPdf, EncryptedPdf, DamagedPdf, NoPages: nothing can be read.
        OSError: the file itself cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        _check_header(self._bytes)
        _start_pdfium()
        self._document = pdfium.FPDF_LoadMemDocument64(self._bytes, len(self._bytes), None)
        if not self._document:
            raise EncryptedPdf if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD else DamagedPdf
        self.page_count: int = pdfium.FPDF_GetPageCount(self._document)
        if self.page_count < 1:
            self.close()
            raise NoPages

    @property
    def is_cut_off(self) -> bool:
        """Whether the file's end mark is missing: pages behind the cut may be lost."""
        return b"%%EOF" not in self._bytes[-_TAIL_BYTES:]

    def read_page(self, number: int) -> Page:
        """Page `number` (1-based). Raises DamagedPdf where pdfium cannot parse it."""
        with self._page(number) as handle:
            return _read_page(handle, number)

    def pixels(self, number: int, dpi: float) -> Any:
        """Page `number` as viewers show it: numpy array, height x width x 3 (RGB), uint8. Raises DamagedPdf."""
        with self._page(number) as handle:
            return render_page(handle, dpi)

    def render(self, number: int, dpi: float) -> Any:
        """The page as viewers show it, an RGB picture (PIL). Raises DamagedPdf."""
        from PIL import Image

        return Image.fromarray(self.pixels(number, dpi))

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        """Page `number` as pdfium holds it, given back at the end. Raises DamagedPdf."""
        handle = pdfium.FPDF_LoadPage(self._document, number - 1)
        if not handle:
            raise DamagedPdf
        try:
            yield handle
        finally:
            pdfium.FPDF_ClosePage(handle)

    def close(self) -> None:
        """Give the file back."""
        if self._document:
            pdfium.FPDF_CloseDocument(self._document)
            self._document = None

    def __enter__(self) -> "Pdf":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _check_header(content: bytes) -> None:
    if not content:
        raise EmptyFile
    if b"%PDF" not in content[:_HEADER_BYTES]:
        raise NotAPdf


_started = False


def _start_pdfium() -> None:
    global _started
    if not _started:
        pdfium.FPDF_InitLibrary()
        _started = True


def _read_page(handle: Any, number: int) -> Page:
    crop = crop_box(handle)
    text_page = pdfium.FPDFText_LoadPage(handle)
    try:
        indices, text, boxes = read_chars(text_page)
        angle = text_quarters(text_page) if indices else None
        shown = pdfium.FPDFPage_GetRotation(handle)
        quarters = shown if angle is None else angle
        chars = list(map(Char, text, *upright_sides(crop, quarters, *boxes)))
        set_on_baseline(text_page, indices, chars, crop, quarters)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    width, height = upright_size(crop, quarters)
    horizontals, verticals, images = read_paths(handle, crop, quarters)
    return Page(
        number,
        width,
        height,
        tuple(chars),
        tuple(horizontals),
        tuple(verticals),
        tuple(images),
        (shown - quarters) % 4,
        is_hidden=bool(chars) and covers_page(images, width, height) and is_text_hidden(handle),
    )
