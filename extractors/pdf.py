"""PDF files through pdfium: open, read a page's characters and rulings in one pass, render.

The only module that imports the PDF library. Measured over 355 pages, pdfium needs 7 ms a page for all
characters, boxes and path bounds (half of it parsing the page), pdfplumber 80 ms for its tables alone.
"""

import ctypes
import math
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from itertools import pairwise, repeat
from pathlib import Path
from types import TracebackType
from typing import Any

import pypdfium2.raw as pdfium

from extractors.errors import DamagedPdf, EmptyFile, EncryptedPdf, NoPages, NotAPdf
from extractors.geometry import BBox
from extractors.page import Char, Page, Ruling

RULE_MAX_PT = 3.0  # filled boxes up to this thin are lines, thicker ones are backgrounds
_HEADER_BYTES = 1024  # where viewers look for %PDF (PDF 1.7, appendix H.3)
_TAIL_BYTES = 2048
_ANGLE_SAMPLES = 24
_FLAT = 0.75  # share of the page's usual character height below which a box is suspected to be a tight one
_ASCENT = 0.85  # share of a line's height above the baseline
_SPECIAL = re.compile(r"[\s\x00-\x1f\ufffe]")
_LINE_END_HYPHENS = "\x02\ufffe"  # what pdfium gives for a hyphen printed at a line's end

Box = tuple[float, float, float, float]
Floats = list[float]


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
        handle = pdfium.FPDF_LoadPage(self._document, number - 1)
        if not handle:
            raise DamagedPdf
        try:
            return _read_page(handle, number)
        finally:
            pdfium.FPDF_ClosePage(handle)

    def render(self, number: int, dpi: float) -> Any:
        """The page as viewers show it, an RGB picture (PIL)."""
        from pypdfium2 import PdfDocument

        document = PdfDocument(self._bytes)
        try:
            return document[number - 1].render(scale=dpi / 72).to_pil().convert("RGB")
        finally:
            document.close()

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
    crop = _crop_box(handle)
    text_page = pdfium.FPDFText_LoadPage(handle)
    try:
        indices, text, boxes = _read_chars(text_page)
        angle = _text_quarters(text_page) if indices else None
        shown = pdfium.FPDFPage_GetRotation(handle)
        quarters = shown if angle is None else angle
        chars = list(map(Char, text, *_upright_sides(crop, quarters, *boxes)))
        _set_on_baseline(text_page, indices, chars, crop, quarters)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    width, height = _upright_size(crop, quarters)
    horizontals, verticals, images = _read_paths(handle, crop, quarters)
    return Page(
        number,
        width,
        height,
        tuple(chars),
        tuple(horizontals),
        tuple(verticals),
        tuple(images),
        (shown - quarters) % 4,
    )


def _crop_box(handle: Any) -> Box:
    """Left, bottom, right, top of what viewers show, in the page's own coordinates."""
    width, height = pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)
    if pdfium.FPDFPage_GetRotation(handle) % 2:
        width, height = height, width
    edges = [ctypes.c_float() for _ in range(4)]
    found: list[Box] = []
    for read in (pdfium.FPDFPage_GetMediaBox, pdfium.FPDFPage_GetCropBox):
        if read(handle, *edges):
            x0, y0, x1, y1 = (e.value for e in edges)
            found.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    if not found:
        return 0.0, 0.0, width, height
    lefts, bottoms, rights, tops = zip(*found, strict=True)
    return max(lefts), max(bottoms), min(rights), min(tops)


def _upright_sides(  # noqa: PLR0913
    crop: Box, quarters: int, lefts: Floats, bottoms: Floats, rights: Floats, tops: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """From boxes on the page as stored to x0, top, x1, bottom on the upright page; many boxes at once."""
    left, bottom, right, top = crop
    match quarters % 4:
        case 1:
            return _less(bottoms, bottom), _less(lefts, left), _less(tops, bottom), _less(rights, left)
        case 2:
            return _from(right, rights), _less(bottoms, bottom), _from(right, lefts), _less(tops, bottom)
        case 3:
            return _from(top, tops), _from(right, rights), _from(top, bottoms), _from(right, lefts)
        case _:
            return _less(lefts, left), _from(top, tops), _less(rights, left), _from(top, bottoms)


def _less(values: Floats, origin: float) -> Floats:
    return [value - origin for value in values]


def _from(origin: float, values: Floats) -> Floats:
    return [origin - value for value in values]


def _upright(crop: Box, quarters: int, box: Box) -> Box:
    """One box on the upright page."""
    x0, top, x1, bottom = _upright_sides(crop, quarters, *([side] for side in box))
    return x0[0], top[0], x1[0], bottom[0]


def _upright_size(crop: Box, quarters: int) -> tuple[float, float]:
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    return (height, width) if quarters % 2 else (width, height)


def _read_chars(text_page: Any) -> tuple[list[int], list[str], tuple[Floats, Floats, Floats, Floats]]:
    """Every printed character with pdfium's index, and the sides of its loose box: lefts, bottoms, rights, tops.

    In content order. Line breaks and the spaces that pdfium makes up for gaps are left out; pdfium's loose box keeps
    一, - and , on their line, the tight one would not.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return [], [], ([], [], [], [])
    text, start = _read_text(text_page, count), 0
    texts: list[str] = []
    indices: list[int] = []
    for special in _SPECIAL.finditer(text):
        index = special.start()
        texts += text[start:index]
        indices += range(start, index)
        start = index + 1
        if (char := _printed(text_page, index, special[0])) is not None:
            texts.append(char)
            indices.append(index)
    texts += text[start:]
    indices += range(start, count)
    rectangles = (pdfium.FS_RECTF * len(indices))()
    deque(map(pdfium.FPDFText_GetLooseCharBox, repeat(text_page), indices, rectangles), maxlen=0)
    flat: Any = memoryview(rectangles).cast("B").cast("f").tolist()
    return indices, texts, (flat[0::4], flat[3::4], flat[2::4], flat[1::4])


def _printed(text_page: Any, index: int, char: str) -> str | None:
    """What a special character prints: a hyphen, a blank; None for line breaks and made-up blanks."""
    if char in _LINE_END_HYPHENS:
        return "-"
    if not char.isspace() or char in "\r\n" or pdfium.FPDFText_IsGenerated(text_page, index) == 1:
        return None
    return " "


def _set_on_baseline(text_page: Any, indices: list[int], chars: list[Char], crop: Box, quarters: int) -> None:
    """Give flat characters a box of the usual height on their baseline.

    For some fonts pdfium has only tight boxes, and 一, - and , would leave their line. Changes `chars`.
    """
    if not chars:
        return
    heights = [bottom - top for _, _, top, _, bottom in chars]
    usual = sorted(heights)[len(heights) // 2]
    x, y = ctypes.c_double(), ctypes.c_double()
    for position, height in enumerate(heights):
        if height < _FLAT * usual and chars[position].text != " ":
            char = chars[position]
            pdfium.FPDFText_GetCharOrigin(text_page, indices[position], x, y)
            baseline = _upright(crop, quarters, (x.value, y.value, x.value, y.value))[1]
            if char.top - usual <= baseline <= char.bottom + usual:
                top = baseline - _ASCENT * usual
                chars[position] = char._replace(top=top, bottom=top + usual)


def _read_text(text_page: Any, count: int) -> str:
    """One code point a character. In one call where pdfium's text has one for each, else one by one."""
    buffer = (ctypes.c_ushort * (count * 2 + 2))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", errors="replace")
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(text_page, i) for i in range(count))
    return "".join(chr(code) if code else " " for code in codes)


def _text_quarters(text_page: Any) -> int | None:
    """Clockwise quarter turns that set most of the text upright; None where pdfium does not know."""
    count = pdfium.FPDFText_CountChars(text_page)
    votes: Counter[int] = Counter()
    for index in range(0, count, max(1, count // _ANGLE_SAMPLES)):
        angle = pdfium.FPDFText_GetCharAngle(text_page, index)
        if angle >= 0:
            votes[-round(angle / (math.pi / 2)) % 4] += 1
    return votes.most_common(1)[0][0] if votes else None


def _read_paths(handle: Any, crop: Box, quarters: int) -> tuple[list[Ruling], list[Ruling], list[BBox]]:
    """Horizontal rulings, vertical rulings and picture boxes."""
    horizontals: list[Ruling] = []
    verticals: list[Ruling] = []
    images: list[BBox] = []
    found = list(_object_boxes(handle))
    sides = zip(*(box for _, box in found), strict=True) if found else ((), (), (), ())
    upright = zip(*_upright_sides(crop, quarters, *map(list, sides)), strict=True)
    for (kind, _), (x0, top, x1, bottom) in zip(found, upright, strict=True):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(BBox(x0, top, x1, bottom))
            continue
        # a bit that is thin both ways may belong to a dashed line of either direction
        if bottom - top <= RULE_MAX_PT:
            horizontals.append(Ruling((top + bottom) / 2, x0, x1))
        if x1 - x0 <= RULE_MAX_PT:
            verticals.append(Ruling((x0 + x1) / 2, top, bottom))
    return horizontals, verticals, images


def _object_boxes(handle: Any) -> Iterator[tuple[int, Box]]:
    """Kind and bounds of every picture and of every straight line of every path."""
    pointers = [ctypes.pointer(ctypes.c_float()) for _ in range(4)]
    left, bottom, right, top = (p.contents for p in pointers)
    bounds = pdfium.FPDFPageObj_GetBounds
    for kind, obj, matrix in _walk(handle, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, None):
        if not bounds(obj, *pointers):
            continue
        box = (left.value, bottom.value, right.value, top.value)
        if matrix is not None:
            box = _transform(matrix, box)
        thick = box[2] - box[0] > RULE_MAX_PT and box[3] - box[1] > RULE_MAX_PT
        if kind == pdfium.FPDF_PAGEOBJ_PATH and thick:
            for piece in _path_lines(obj):
                yield kind, piece if matrix is None else _transform(matrix, piece)
        else:
            yield kind, box


Matrix = tuple[float, float, float, float, float, float]


def _walk(
    parent: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], matrix: Matrix | None
) -> Iterator[tuple[int, Any, Matrix | None]]:
    """Kind of every path and picture, the object, and the matrix of the form XObjects around it (PDF 1.7, 8.10)."""
    read_kind = pdfium.FPDFPageObj_GetType
    for index in range(count(parent)):
        obj = get(parent, index)
        kind = read_kind(obj)
        if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            yield kind, obj, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            inner = _multiply(_matrix(obj), matrix)
            yield from _walk(obj, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner)


def _matrix(obj: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(obj, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _multiply(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _transform(matrix: Matrix, box: Box) -> Box:
    a, b, c, d, e, f = matrix
    xs, ys = zip(
        *((a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])),
        strict=True,
    )
    return min(xs), min(ys), max(xs), max(ys)


def _path_lines(obj: Any) -> Iterator[Box]:
    """The straight axis-parallel lines of a path that is no single line, as boxes.

    Stroked: each of its segments. Filled only: each of its sub-paths that is thin enough to be a line;
    a thick filled box is a background.
    """
    stroked, subpaths = _is_stroked(obj), list(_subpaths(obj))
    for points in subpaths:
        if stroked:
            yield from (_span([p, q]) for p, q in pairwise(points) if _is_straight(p, q))
        elif len(subpaths) > 1:
            box = _span(points)
            if box[2] - box[0] <= RULE_MAX_PT or box[3] - box[1] <= RULE_MAX_PT:
                yield box


Point = tuple[float, float]


def _span(points: list[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _is_straight(p: Point, q: Point) -> bool:
    return abs(p[0] - q[0]) <= 1.0 or abs(p[1] - q[1]) <= 1.0


def _is_stroked(obj: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(obj, fill, stroke)
    return bool(stroke.value)


def _subpaths(obj: Any) -> Iterator[list[Point]]:
    """Corner points of each sub-path, closed ones with their first point again at the end."""
    matrix = _matrix(obj)
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFPath_CountSegments(obj)):
        segment = pdfium.FPDFPath_GetPathSegment(obj, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        box = _transform(matrix, (x.value, y.value, x.value, y.value))
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append((box[0], box[1]))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points
