"""A level picture with its rulings -> the lines of text on it, as recognised."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from extractors.geometry import BBox
from extractors.grid import Grid, frame_to_grid
from extractors.ocr.pair import LineReading, read_lines
from extractors.page import Char, Ruling
from extractors.rulings import join_rulings, rulings_to_frames
from extractors.scan.picture import POINTS, Picture
from extractors.scan.text_lines import Box, LineBox, find_lines

Array = Any

_INSET = 4  # pixels from a ruling's middle to where a cell's text may begin
_RUN = 36  # pixels of ink in a row that may be a ruling's
_NEAR_RULE, _ON_RULE = 17, 5  # pixels: where a ruling's ink is looked for, and what is taken away in any case
_FLAT = 0.6  # share of the cut-out's height below which a line's ink is flat: a dash
_DASHES = "-—–─~"
_SURE = 0.9
_LONE = 0.7  # a character that stands alone outside the tables has 0.95 and more if it is one, dirt 0.1 to 0.68
_SCRAWL = 0.4  # confidence under which letters are none
_DISTURBED = 0.8  # confidence at most where a seal or a signature crosses a line; one in five is misread
_STRAY_POINT = re.compile(r"^\.|[\u4e00-\u9fff]\.$|(?<=[0-9<>=≥≤][0-9])\.[\u4e00-\u9fff]|[<>=≥≤][0-9]+\.$")
_WIDEST = 1.1  # character heights that one character may be wide


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One line of text: where it stands in pixels, and what it says."""

    box: LineBox
    reading: LineReading


def find_text(picture: Picture, horizontals: Sequence[Ruling], verticals: Sequence[Ruling]) -> list[LineBox]:
    """Where text stands, in the cells that the rulings make and outside them."""
    frames, _ = rulings_to_frames(join_rulings(horizontals), join_rulings(verticals))
    grids = [grid for frame in frames if (grid := frame_to_grid(frame))]
    ink = _without_rulings(picture.ink, horizontals, verticals)
    cells = [_pixels(grid.cell_box(cell), _INSET) for grid in grids for cell in grid.cells]
    return find_lines(ink, cells, [_outline(grid) for grid in grids])


def read_text(picture: Picture, lines: Sequence[LineBox]) -> list[SeenLine]:
    """What the lines say; those that hold nothing are left out."""
    read = read_lines([cut_out(picture.grey, line) for line in lines])
    seen = (SeenLine(line, _weighed(line, reading)) for line, reading in zip(lines, read, strict=True))
    return [line for line in seen if not _is_dirt(line.box, line.reading)]


def _weighed(line: LineBox, reading: LineReading) -> LineReading:
    """The reading, doubted where other ink may run through the line and where it says what no form prints.

    That is one letter alone, and a point beside an ideograph: a speck, or a full stop misread.
    """
    is_stray = len(reading.text) == 1 and reading.text.isascii() and reading.text.isalpha()
    if line.is_disturbed or is_stray or _STRAY_POINT.search(reading.text):
        return replace(reading, confidence=min(reading.confidence, _DISTURBED))
    return reading


def _is_dirt(line: LineBox, reading: LineReading) -> bool:
    """Whether nothing stands there: no character at all, or one alone that nobody is sure of.

    Inside a table that is a mark; outside it is any character: holes, shadows and seals leave such, and one above a
    table that goes on from the page before would part the two. Latin letters in which nobody believes are the strokes
    of a signature.
    """
    text = reading.text
    if len(text) > 1:
        is_latin = all(char.isascii() for char in text) and 2 * sum(map(str.isalpha, text)) > len(text)
        return is_latin and reading.confidence < _SCRAWL
    is_mark = not text.isalnum() and text not in _DASHES
    return not text or (is_mark and reading.confidence < _SURE) or (line.is_loose and reading.confidence < _LONE)


def cut_out(grey: Array, line: LineBox) -> Array:
    """The picture of one line."""
    x0, top, x1, bottom = line.cut
    return grey[top:bottom, x0:x1]


def to_chars(line: SeenLine) -> list[Char]:
    """The line's characters with boxes in points: as high as the line, as wide as their distances say."""
    box, cut = line.box.ink, line.box.cut
    if box.bottom - box.top < _FLAT * (cut.bottom - cut.top):
        box = Box(box.x0, cut.top, box.x1, cut.bottom)
    width, reach = cut.x1 - cut.x0, _WIDEST * (box.bottom - box.top) / 2
    middles = [cut.x0 + place * width for place in line.reading.places]
    borders = [float(box.x0), *((a + b) / 2 for a, b in pairwise(middles)), float(box.x1)]
    chars = []
    for index, (text, middle) in enumerate(zip(line.reading.text, middles, strict=True)):
        x0, x1 = max(borders[index], middle - reach), min(borders[index + 1], middle + reach)
        chars.append(Char(text, x0 * POINTS, box.top * POINTS, max(x1, x0 + 1) * POINTS, box.bottom * POINTS))
    return chars


def _pixels(box: BBox, inset: int) -> Box:
    x0, top, x1, bottom = (round(side / POINTS) for side in box)
    return Box(max(0, x0 + inset), max(0, top + inset), x1 - inset, bottom - inset)


def _outline(grid: Grid) -> Box:
    return _pixels(grid.box, -_INSET)


def _without_rulings(ink: Array, horizontals: Sequence[Ruling], verticals: Sequence[Ruling]) -> Array:
    """The ink of text alone: long runs near a ruling are the ruling's."""
    kept = ink.copy()
    for rulings, shape in ((horizontals, (1, _RUN)), (verticals, (_RUN, 1))):
        near, on = np.zeros_like(ink), np.zeros_like(ink)
        for ruling in rulings:
            ends = _line_ends(ruling, rulings is horizontals)
            cv2.line(near, *ends, 255, _NEAR_RULE)
            cv2.line(on, *ends, 255, _ON_RULE)
        runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        runs = cv2.dilate(runs, np.ones((5, 5), np.uint8))
        kept[((runs > 0) & (near > 0)) | (on > 0)] = 0
    return kept


def _line_ends(ruling: Ruling, horizontal: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    at, start, end = round(ruling.at / POINTS), round(ruling.start / POINTS), round(ruling.end / POINTS)
    return ((start, at), (end, at)) if horizontal else ((at, start), (at, end))
