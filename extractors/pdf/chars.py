"""The characters of a page, in content order, as pdfium reads them."""

import ctypes
import math
import re
from collections import Counter, deque
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from extractors.page import UNKNOWN, Char
from extractors.pdf.sheet import Box, Floats, upright

_ANGLE_SAMPLES = 24
_FLAT = 0.75  # share of the page's usual character height below which a box is suspected to be a tight one
_ASCENT = 0.85  # share of a line's height above the baseline
_SPECIAL = re.compile(r"[\s\x00-\x1f\ufffe]")
_LINE_END_HYPHENS = "\x02\ufffe"  # what pdfium gives for a hyphen printed at a line's end


def read_chars(text_page: Any) -> tuple[list[int], list[str], tuple[Floats, Floats, Floats, Floats]]:
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
    """What a special character prints: a hyphen, a blank; None for line breaks and made-up blanks.

    A control character stands for a glyph whose meaning the file does not say.
    """
    if char in _LINE_END_HYPHENS:
        return "-"
    if not char.isspace():
        return UNKNOWN
    if char in "\r\n" or pdfium.FPDFText_IsGenerated(text_page, index) == 1:
        return None
    return " "


def set_on_baseline(text_page: Any, indices: list[int], chars: list[Char], crop: Box, quarters: int) -> None:
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
            baseline = upright(crop, quarters, (x.value, y.value, x.value, y.value))[1]
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


def text_quarters(text_page: Any) -> int | None:
    """Clockwise quarter turns that set most of the text upright; None where pdfium does not know."""
    count = pdfium.FPDFText_CountChars(text_page)
    votes: Counter[int] = Counter()
    for index in range(0, count, max(1, count // _ANGLE_SAMPLES)):
        angle = pdfium.FPDFText_GetCharAngle(text_page, index)
        if angle >= 0:
            votes[-round(angle / (math.pi / 2)) % 4] += 1
    return votes.most_common(1)[0][0] if votes else None
