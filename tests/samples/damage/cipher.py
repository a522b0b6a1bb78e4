"""A digital file whose text layer is a cipher: its glyphs are right, what its codes stand for is not.

``permuted``: the ToUnicode maps say another Chinese character for each, another figure for each figure.
``missing``: there is no ToUnicode map, the codes are numbers of glyphs, and the embedded fonts do not say of what:
without that pdfminer would still read the text.
"""

from __future__ import annotations

import random
import re
from io import BytesIO
from typing import Any

TARGET = re.compile(rb"<([0-9A-Fa-f]{4})>")


def spoil(pdf: Any, cipher: str, seed: int) -> None:
    """Spoils every font of the file."""
    fonts = [each for each in pdf.objects if is_mapped_font(each)]
    if cipher == "missing":
        for font in fonts:
            del font.ToUnicode
        for program in [each.FontFile2 for each in pdf.objects if is_described_font(each)]:
            program.write(without_characters(program.read_bytes()))
        return
    maps = [font.ToUnicode for font in fonts]
    streams = [each.read_bytes() for each in maps]
    secret = permuted({code for stream in streams for code in TARGET.findall(mappings(stream))}, seed)
    for each, stream in zip(maps, streams, strict=True):
        body = mappings(stream)
        each.write(stream.replace(body, TARGET.sub(lambda m: b"<" + secret[m.group(1)] + b">", body)))


def is_mapped_font(each: Any) -> bool:
    """Whether an object is a font with a ToUnicode map."""
    from pikepdf import Dictionary

    return isinstance(each, Dictionary) and each.get("/Type") == "/Font" and "/ToUnicode" in each


def is_described_font(each: Any) -> bool:
    """Whether an object describes an embedded TrueType font."""
    from pikepdf import Dictionary

    return isinstance(each, Dictionary) and "/FontFile2" in each


def without_characters(program: bytes) -> bytes:
    """A TrueType font that knows its glyphs and not the characters they show."""
    from fontTools.ttLib import TTFont

    font, stream = TTFont(BytesIO(program), recalcTimestamp=False), BytesIO()
    for table in ("cmap", "post", "GSUB", "GPOS"):
        if table in font:
            del font[table]
    font["head"].modified = font["head"].created  # else the time of drawing
    font.save(stream)
    return stream.getvalue()


def mappings(stream: bytes) -> bytes:
    """The part of a map that says what the codes stand for."""
    start, end = stream.index(b"endcodespacerange"), stream.rindex(b"endcmap")
    return stream[start:end]


def permuted(codes: set[bytes], seed: int) -> dict[bytes, bytes]:
    """For each character another of its class: Chinese characters, figures; all others stay what they are."""
    secret = {code: code for code in codes}
    draw = random.Random(seed)
    for wanted in (is_figure, is_chinese):
        ring = sorted(code for code in codes if wanted(chr(int(code, 16))))
        draw.shuffle(ring)
        secret |= dict(zip(ring, ring[1:] + ring[:1], strict=True))
    return secret


def is_figure(character: str) -> bool:
    """An ASCII figure."""
    return character in "0123456789"


def is_chinese(character: str) -> bool:
    """A common Chinese character."""
    return "\u4e00" <= character <= "\u9fff"
