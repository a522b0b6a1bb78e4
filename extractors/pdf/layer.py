"""Whether a page shows its text: scanners lay what they recognised invisibly over the picture, or under it."""

from collections.abc import Sequence
from ctypes import byref, c_float
from typing import Any

import pypdfium2.raw as pdfium

from extractors.geometry import BBox

_COVERS = 0.5  # share of the page that a scan takes at least
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)


def covers_page(pictures: Sequence[BBox], width: float, height: float) -> bool:
    """Whether one picture takes most of the page, or strips of one do together."""
    area = 0.0
    for picture in pictures:
        area += max(0.0, min(picture.x1, width) - max(picture.x0, 0.0)) * max(
            0.0, min(picture.bottom, height) - max(picture.top, 0.0)
        )
    return area >= _COVERS * width * height


def is_text_hidden(handle: Any) -> bool:
    """Whether most texts of a page with a page-size picture are invisible, or drawn before the picture."""
    hidden = shown = 0
    for index in range(pdfium.FPDFPage_CountObjects(handle)):
        obj = pdfium.FPDFPage_GetObject(handle, index)
        kind = pdfium.FPDFPageObj_GetType(obj)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if pdfium.FPDFTextObj_GetTextRenderMode(obj) in _INVISIBLE:
                hidden += 1
            else:
                shown += 1
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and _is_large(handle, obj):
            hidden, shown = hidden + shown, 0
    return hidden > shown


def _is_large(handle: Any, obj: Any) -> bool:
    """Whether a picture takes most of the page and lets nothing through."""
    left, bottom, right, top = (c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(obj, byref(left), byref(bottom), byref(right), byref(top)):
        return False
    page = pdfium.FPDF_GetPageWidthF(handle) * pdfium.FPDF_GetPageHeightF(handle)
    large = (right.value - left.value) * (top.value - bottom.value) >= _COVERS * page
    return large and not pdfium.FPDFPageObj_HasTransparency(obj)
