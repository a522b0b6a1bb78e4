"""From boxes as the file stores them to boxes on the upright page, in points."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
Floats = list[float]


def crop_box(handle: Any) -> Box:
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


def upright_sides(  # noqa: PLR0913
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


def upright(crop: Box, quarters: int, box: Box) -> Box:
    """One box on the upright page."""
    x0, top, x1, bottom = upright_sides(crop, quarters, *([side] for side in box))
    return x0[0], top[0], x1[0], bottom[0]


def upright_size(crop: Box, quarters: int) -> tuple[float, float]:
    """Width and height of the upright page."""
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    return (height, width) if quarters % 2 else (width, height)
