"""A page's pixels. numpy is loaded by the first page that needs them."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium


def render_page(handle: Any, dpi: float) -> Any:
    """The page as viewers show it, annotations (stamps) included: numpy array, height x width x 3 (RGB), uint8."""
    import numpy as np

    width = max(1, round(pdfium.FPDF_GetPageWidthF(handle) * dpi / 72))
    height = max(1, round(pdfium.FPDF_GetPageHeightF(handle) * dpi / 72))
    pixels = np.full((height, width, 3), 255, np.uint8)
    buffer = pixels.ctypes.data_as(ctypes.c_void_p)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, buffer, width * 3)
    try:
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, 0, flags)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return pixels
