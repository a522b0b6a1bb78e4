"""Text under a scan as poor OCR leaves it: plausible and wrong, roughly in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tests.samples.damage.plan import OcrLayer

DOUBLES = dict(
    zip(
        "目项未人年金千大度标元万财效质量时本社会务主部门计完开成其产资益可性指总",
        "日顶末入午全干太庋杯无方则郊贡晕吋木杜合备王陪闩汁宂井戊甚户货盆司牲脂怠",
        strict=True,
    )
)
FIGURES = dict(zip("0123456789", "6778186134", strict=True))
LETTERS = dict(zip("0125", "OlZS", strict=True))
SAME_LINE = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with its box on the page, ``foot`` counted from below; sizes in points."""

    text: str
    left: float
    foot: float
    right: float
    top: float


def pieces(drawn: Path, index: int) -> list[Piece]:
    """The runs of text of a drawn page, line by line from the top, each line from the left."""
    import pypdfium2

    with pypdfium2.PdfDocument(drawn) as pdf:
        words = pdf[index].get_textpage()
        boxes = [words.get_rect(number) for number in range(words.count_rects())]
        found = [Piece(words.get_text_bounded(*box).strip(), *box) for box in boxes]
    return sorted((p for p in found if p.text), key=lambda p: (-round((p.foot + p.top) / 2 / SAME_LINE), p.left))


def misread(right: list[Piece], layer: OcrLayer, chance: np.random.Generator) -> list[Piece]:
    """The pieces as the OCR has them."""
    wrong = [replace(piece, text=misspelt(piece.text, layer, chance)) for piece in interleaved(right, layer, chance)]
    return [shifted(piece, layer.shift, chance) for piece in wrong if piece.text]


def interleaved(right: list[Piece], layer: OcrLayer, chance: np.random.Generator) -> Iterator[Piece]:
    """Some neighbours on one line become one piece: one after the other, or the second inside the first."""
    rest = list(right)
    while rest:
        one = rest.pop(0)
        beside = bool(rest) and abs(rest[0].foot - one.foot) < SAME_LINE and rest[0].left > one.left
        if beside and chance.random() < layer.interleaved:
            other = rest.pop(0)
            at = int(chance.integers(1, len(one.text) + 1))
            text = one.text[:at] + other.text + one.text[at:]
            top, foot = max(one.top, other.top), min(one.foot, other.foot)
            yield Piece(text, one.left, foot, other.right, top)
        else:
            yield one


def misspelt(text: str, layer: OcrLayer, chance: np.random.Generator) -> str:
    """Other figures, doubles of characters, characters left out."""
    found = []
    for character in text:
        draw = chance.random()
        if character in FIGURES and draw < layer.digits:
            table = LETTERS if draw < layer.digits / 4 else FIGURES
            found.append(table.get(character, FIGURES[character]))
        elif character in DOUBLES and draw < layer.confused:
            found.append(DOUBLES[character])
        elif draw < 1 - layer.dropped:
            found.append(character)
    return "".join(found)


def shifted(piece: Piece, most: float, chance: np.random.Generator) -> Piece:
    """The piece a little out of its place."""
    along, up = (float(chance.uniform(-most, most)) for _ in range(2))
    return Piece(piece.text, piece.left + along, piece.foot + up / 2, piece.right + along, piece.top + up / 2)


def operators(pieces: list[Piece]) -> bytes:
    """The content stream: each piece invisible (render mode 3), as wide as its box."""
    lines = [text_operator(piece) for piece in pieces]
    return "\n".join(["q BT 3 Tr", *lines, "ET Q"]).encode("ascii")


def text_operator(piece: Piece) -> str:
    """One piece."""
    size = max(4.0, (piece.top - piece.foot) * 0.95)
    natural = sum(0.5 if character < "\x7f" else 1.0 for character in piece.text) * size
    scale = 100 * (piece.right - piece.left) / natural
    place = f"1 0 0 1 {piece.left:.2f} {piece.foot + size * 0.12:.2f} Tm"
    return f"/Ocr {size:.2f} Tf {scale:.1f} Tz {place} <{piece.text.encode('utf-16-be').hex()}> Tj"


def font(pdf: Any) -> Any:
    """A font that is named and not embedded, as OCR programs do."""
    from pikepdf import Array, Dictionary, Name, String

    system = Dictionary(Registry=String("Adobe"), Ordering=String("GB1"), Supplement=4)
    described = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/STSong-Light"),
        Flags=6,
        FontBBox=Array([-25, -254, 1000, 880]),
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=880,
        StemV=93,
    )
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=Name("/STSong-Light"),
        CIDSystemInfo=system,
        FontDescriptor=pdf.make_indirect(described),
        DW=1000,
        W=Array([1, 95, 500, 814, 939, 500]),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/STSong-Light"),
        Encoding=Name("/UniGB-UCS2-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
    )
