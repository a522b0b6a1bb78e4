"""The straight lines and the pictures of a page, form XObjects included."""

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from extractors.geometry import BBox
from extractors.page import Ruling
from extractors.pdf.sheet import Box, upright_sides

RULE_MAX_PT = 3.0  # filled boxes up to this thin are lines, thicker ones are backgrounds


def read_paths(handle: Any, crop: Box, quarters: int) -> tuple[list[Ruling], list[Ruling], list[BBox]]:
    """Horizontal rulings, vertical rulings and picture boxes."""
    horizontals: list[Ruling] = []
    verticals: list[Ruling] = []
    images: list[BBox] = []
    found = list(_object_boxes(handle))
    sides = zip(*(box for _, box in found), strict=True) if found else ((), (), (), ())
    upright = zip(*upright_sides(crop, quarters, *map(list, sides)), strict=True)
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
