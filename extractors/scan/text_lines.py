"""Where lines of text stand on a level picture: inside known cells by projection, elsewhere by grouping ink."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

import cv2
import numpy as np

Array = Any

_SPECK = 7  # pixels: what is smaller both ways is dirt, unless it stands beside characters
_RULE = 5  # pixels: what is flatter and long is the rest of a ruling
_DIRT = 0.5  # line heights: pieces that stand alone are larger
_LINE = 26.0  # pixels: the height of characters where a page says nothing
_SMALLEST, _LARGEST = 10, 90  # pixels: heights of characters
_HIGHEST = 1.55  # line heights: what is higher is no character
_TOGETHER = 1.3  # line heights that pieces of one line may take together: the strokes of 二, a mark above another
_SEVERAL = 1.75  # line heights from which on a band is more than one line
_APART = 2.5  # line heights of white that part a line in two
_NEAR = 0.8  # line heights of white inside a line outside the tables, or between columns
_MARGIN = 0.14  # line heights that are cut out with a line, above and below
_ONE, _SEVERAL_WIDE = 1.2, 3.0  # heights of its cut-out: widths of a line of one character, and of several
_SIDE = 0.3  # the same, to the left and right


class Box(NamedTuple):
    """A box in pixels; half-open."""

    x0: int
    top: int
    x1: int
    bottom: int


@dataclass(frozen=True, slots=True)
class LineBox:
    """A line of text.

    Attributes:
        ink: the box of its ink.
        cut: the box to cut out for reading it.
        is_disturbed: whether other ink may run through it: a seal, a signature, a rest of a ruling.
        is_loose: whether it stands outside the tables.
    """

    ink: Box
    cut: Box
    is_disturbed: bool = False
    is_loose: bool = False


def find_lines(ink: Array, cells: Sequence[Box], tables: Sequence[Box]) -> list[LineBox]:
    """Lines in the cells and outside the tables.

    Args:
        ink: 255 where there is ink, without that of rulings.
        cells: boxes between rulings.
        tables: outlines.
    """
    rest = ink.copy()
    for table in tables:
        rest[table.top : table.bottom, table.x0 : table.x1] = 0
    usual = _usual_height(ink)
    lines = [line for cell in cells for line in _with_strays_doubted(list(_lines_in(ink, cell, usual)))]
    return lines + _without_doubles(list(_loose_lines(rest, usual)))


def _without_doubles(lines: Sequence[LineBox]) -> list[LineBox]:
    """The lines without those that stand inside the cut-out of a longer one."""
    kept: list[LineBox] = []
    for line in sorted(lines, key=lambda line: line.ink.x0 - line.ink.x1):
        x, y = (line.ink.x0 + line.ink.x1) / 2, (line.ink.top + line.ink.bottom) / 2
        if not any(k.cut.x0 <= x <= k.cut.x1 and k.cut.top <= y <= k.cut.bottom for k in kept):
            kept.append(line)
    return kept


def _usual_height(ink: Array) -> float:
    """The height of most characters: the upper quartile of all pieces of ink that can be one."""
    boxes = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    heights = boxes[(boxes[:, 3] >= _SMALLEST) & (boxes[:, 3] <= _LARGEST) & (boxes[:, 2] <= 2 * _LARGEST), 3]
    return float(np.percentile(heights, 75)) if len(heights) > 20 else _LINE


def _lines_in(ink: Array, cell: Box, usual: float) -> Iterator[LineBox]:
    """The lines of one cell."""
    area = ink[cell.top : cell.bottom, cell.x0 : cell.x1]
    if area.size == 0 or not area.any():
        return
    area = _without_specks(area)
    foreign = _foreign_ink(area, usual)
    for x0, top, x1, bottom in _pieces(area, usual):
        rows = np.flatnonzero(area[top:bottom, x0:x1].any(axis=1))
        found = Box(cell.x0 + x0, cell.top + top + int(rows[0]), cell.x0 + x1, cell.top + top + int(rows[-1]) + 1)
        if not _is_dirt(found, usual):
            disturbed = any(t < bottom and b > top and left < x1 and right > x0 for left, t, right, b in foreign)
            yield LineBox(found, _cut(found, cell, usual), disturbed)


def _pieces(area: Array, usual: float) -> Iterator[Box]:
    """Bands of ink, parted where much white is.

    Where no ruling parts the columns, their lines stand at different heights; so white from top to bottom parts a
    cell of several lines first.
    """
    rows = np.flatnonzero(area.any(axis=1))
    has_lines = len(rows) > 0 and int(rows[-1]) - int(rows[0]) > _TOGETHER * usual
    for left, right in _stretches(area.any(axis=0), _NEAR * usual) if has_lines else [(0, area.shape[1])]:
        for top, bottom in _bands(area[:, left:right], usual):
            for x0, x1 in _stretches(area[top:bottom, left:right].any(axis=0), _APART * usual):
                yield Box(left + x0, top, left + x1, bottom)


def _with_strays_doubted(lines: Sequence[LineBox]) -> Iterator[LineBox]:
    """The lines of a cell, one of a single character over wide ones disturbed: only the last line is so short."""
    highest = min((line.ink.top for line in lines if _is_wide(line)), default=0)
    for line in lines:
        yield replace(line, is_disturbed=True) if _is_narrow(line) and line.ink.bottom <= highest else line


def _is_narrow(line: LineBox) -> bool:
    return line.ink.x1 - line.ink.x0 <= _ONE * (line.cut.bottom - line.cut.top)


def _is_wide(line: LineBox) -> bool:
    return line.ink.x1 - line.ink.x0 > _SEVERAL_WIDE * (line.cut.bottom - line.cut.top)


def _foreign_ink(area: Array, usual: float) -> list[Box]:
    """Pieces of ink that are higher than any character."""
    boxes = cv2.connectedComponentsWithStats(area, connectivity=8)[2][1:]
    high = boxes[boxes[:, 3] > _HIGHEST * usual]
    return [Box(x, y, x + width, y + height) for x, y, width, height, _ in high.tolist()]


def _is_dirt(found: Box, usual: float) -> bool:
    """Whether a piece that stands alone is too small for a character and too short for a dash, or a ruling's rest."""
    width, height = found.x1 - found.x0, found.bottom - found.top
    is_speck = max(width, height) < _DIRT * usual and width < 2 * height
    return is_speck or (height <= _RULE and width > 3 * usual)


def _cut(found: Box, room: Box, usual: float) -> Box:
    """The box to cut out for a line: a flat one, such as a dash, keeps the height of a line."""
    height = found.bottom - found.top
    above = max(_MARGIN * usual, (usual - height) / 2)
    side = _SIDE * usual
    return Box(
        max(room.x0, round(found.x0 - side)),
        max(room.top, round(found.top - above)),
        min(room.x1, round(found.x1 + side)),
        min(room.bottom, round(found.bottom + above)),
    )


def _without_specks(area: Array) -> Array:
    """The ink without dirt: small pieces that stand alone. Points and commas stand beside characters."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(area, connectivity=8)
    small = (boxes[:, 2] < _SPECK) & (boxes[:, 3] < _SPECK)
    small[0] = False
    if not small.any():
        return area
    kept = np.where(small[labels], 0, area)
    if count - 1 == small.sum():
        return kept
    near = cv2.dilate(kept, np.ones((1, 41), np.uint8))
    touched = np.unique(labels[(near > 0) & small[labels]])
    small[touched] = False
    return np.where(small[labels], 0, area)


def _bands(area: Array, usual: float) -> list[tuple[int, int]]:
    """Top and bottom of each line of text: runs of rows with ink, put together or parted by the height of a line."""
    profile = (area > 0).sum(axis=1)
    bands: list[tuple[int, int]] = []
    for top, bottom in _stretches(profile > 0, 1):
        if bands and bottom - bands[-1][0] <= _TOGETHER * usual:
            bands[-1] = (bands[-1][0], bottom)
        else:
            bands.append((top, bottom))
    return [part for band in bands for part in _parted(profile, band, usual)]


def _parted(profile: Array, band: tuple[int, int], usual: float) -> Iterator[tuple[int, int]]:
    """A band that is as high as several lines, cut where there is least ink."""
    top, bottom = band
    count = round((bottom - top) / (usual * 1.35)) if bottom - top > _SEVERAL * usual else 1
    if count < 2:
        yield band
        return
    pitch = (bottom - top) / count
    cuts = [top]
    for index in range(1, count):
        middle, reach = top + index * pitch, pitch * 0.4
        first = int(middle - reach)
        cuts.append(first + int(np.argmin(profile[first : int(middle + reach) + 1])))
    yield from pairwise([*cuts, bottom])


def _stretches(filled: Array, gap: float) -> list[tuple[int, int]]:
    """Runs of True; gaps narrower than `gap` do not part them."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    runs: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and start - runs[-1][1] < gap:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _loose_lines(ink: Array, usual: float) -> Iterator[LineBox]:
    """Lines outside the tables: ink that stands close side by side."""
    ink = _without_specks(ink)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 2 * round(_NEAR * usual) + 1), np.uint8))
    room = Box(0, 0, ink.shape[1], ink.shape[0])
    for x, y, width, height, _ in cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:].tolist():
        if height > 6 * usual or _is_dirt(Box(x, y, x + width, y + height), usual):
            continue
        yield from _lines_of(ink, Box(x, y, x + width, y + height), room, usual)


def _lines_of(ink: Array, group: Box, room: Box, usual: float) -> Iterator[LineBox]:
    """The lines of a group of ink: one, unless lines touch each other."""
    area = ink[group.top : group.bottom, group.x0 : group.x1]
    boxes = cv2.connectedComponentsWithStats(area, connectivity=8)[2][1:]
    own = max(usual, float(np.percentile(boxes[:, 3], 75)))
    for x0, top, x1, bottom in _pieces(area, own):
        rows = np.flatnonzero(area[top:bottom, x0:x1].any(axis=1))
        first, last = group.top + top + int(rows[0]), group.top + top + int(rows[-1]) + 1
        found = Box(group.x0 + x0, first, group.x0 + x1, last)
        yield LineBox(found, _cut(found, room, own), is_loose=True)
