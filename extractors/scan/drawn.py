"""Ink -> rulings, in points. Long thin runs of ink first, then what faded between them.

A ruling that a scan shows in pieces is mended with evidence: along the whole missing stretch the picture must be
darker than beside it, which a faint line is and blank paper or text that crosses is not.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from extractors.geometry import cluster
from extractors.grid import EDGE_TOLERANCE_PT
from extractors.page import Ruling
from extractors.rulings import Frame, RulingSettings, join_rulings, rulings_to_frames
from extractors.scan.picture import POINTS, Picture

Array = Any

_RUN = 36  # pixels, longer than the strokes of characters in running text
_SOLID = 11  # pixels: what is thicker than this both ways is no ruling: the star of a seal, a black border
_BENT = (3.0, 0.01)  # pixels, and share of its length, that a run may leave the straight line: an arc of a seal does
_REACH_PT = 4.0  # a ruling that ends this near to another one ends at it
_FREE_PT = 60.0  # shorter ones must end at other rulings; characters of titles have such strokes
_BROKEN = RulingSettings(gap=8.0)  # a scanned line has larger gaps than a dashed one, smaller than a row or column
_EDGE_PT = 12.0  # lines this near to the page's upper or lower edge are the paper's
_SMALLEST_PT = (60.0, 24.0)  # width and height of a table; less is a glyph or a box
_BESIDE = 6  # pixels from a line to where the paper beside it is looked at
_SMOOTH = 25  # pixels along a ruling that are averaged to see a faint one
_SURE_PT = 30.0  # a faint run is at least so long
_FAINT, _FAINT_SHARE = 8.0, 0.15  # a faded line is darker than paper by so many grey levels, and share of contrast
_COVERED = 0.82  # share of a stretch between two edges that must show it
_CLEAR = 0.85  # the same where nothing else speaks for an edge; characters below each other have less
_MEND_PT = 9.0  # a ruling whose end is nearer to the crossing one needs no mending


def find_rulings(picture: Picture) -> tuple[list[Ruling], list[Ruling]]:
    """Horizontals and verticals of the tables on a level picture."""
    ink, grey, faint_by = picture.ink, picture.grey, max(_FAINT, _FAINT_SHARE * picture.contrast)
    down, sideways = np.ascontiguousarray(grey.T), np.ascontiguousarray(ink.T)
    horizontals, verticals = _runs(ink), _runs(sideways)
    horizontals, verticals = _meeting(horizontals, verticals, _FREE_PT), _meeting(verticals, horizontals, _FREE_PT)
    faint = (
        _meeting(_faint_runs(grey, verticals, faint_by), verticals),
        _meeting(_faint_runs(down, horizontals, faint_by), horizontals),
    )
    horizontals, verticals = join_rulings([*horizontals, *faint[0]]), join_rulings([*verticals, *faint[1]])
    frames, loose = rulings_to_frames(horizontals, verticals)
    height = ink.shape[0] * POINTS
    found: tuple[list[Ruling], list[Ruling]] = ([r for r in loose if _EDGE_PT <= r.at <= height - _EDGE_PT], [])
    smooth = cv2.blur(down, (9, 1)), cv2.blur(grey, (9, 1))
    for frame in frames:
        if _is_table(frame):
            xs = cluster((v.at for v in frame.verticals), EDGE_TOLERANCE_PT)
            ys = cluster((h.at for h in frame.horizontals), EDGE_TOLERANCE_PT)
            found[0].extend([*frame.horizontals, *_mended(frame.horizontals, ys, xs, smooth[1], faint_by)])
            found[1].extend([*frame.verticals, *_mended(frame.verticals, xs, ys, smooth[0], faint_by)])
    return found


def _faint_runs(grey: Array, across: Sequence[Ruling], by: float) -> list[Ruling]:
    """Runs that stand out only when the picture is smoothed along them.

    They are looked at from one crossing ruling to the next: characters that stand in line with a ruling of the rows
    below would otherwise be taken for a piece of it.
    """
    smooth = cv2.blur(grey, (_SMOOTH, 1))
    ink = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, by)
    beside = cv2.blur(grey, (9, 1))
    runs = [run for run in _runs(ink) if run.end - run.start >= _SURE_PT and _shown(beside, run, by) >= _CLEAR]
    return [part for run in runs for part in _between(run, across) if _shown(beside, part, by) >= _COVERED]


def _between(run: Ruling, across: Sequence[Ruling]) -> Iterator[Ruling]:
    """The run cut where others cross it."""
    inner = (o.at for o in across if o.start <= run.at <= o.end and run.start + _MEND_PT < o.at < run.end - _MEND_PT)
    for start, end in pairwise([run.start, *cluster(inner, EDGE_TOLERANCE_PT), run.end]):
        yield Ruling(run.at, start, end)


def _runs(ink: Array) -> list[Ruling]:
    """Long thin horizontal runs of ink, joined."""
    solid = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_SOLID, _SOLID), np.uint8)), np.ones((3, 3)))
    opened = cv2.morphologyEx(cv2.subtract(ink, solid), cv2.MORPH_OPEN, np.ones((1, _RUN), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    bits = (
        Ruling((y + height / 2) * POINTS, x * POINTS, (x + width) * POINTS)
        for x, y, width, height, area in boxes[1:].tolist()
        if height - area / width <= _BENT[0] + _BENT[1] * width
    )
    return join_rulings(bits, _BROKEN)


def _meeting(rulings: Sequence[Ruling], across: Sequence[Ruling], free: float = math.inf) -> list[Ruling]:
    """The rulings that end at others on both sides, or are longer than `free`.

    A table that goes on over the page break is open there: its rulings meet nothing at that end, but end level.
    """

    def ends(at: float, end: float) -> bool:
        return any(abs(o.at - end) <= _REACH_PT and o.start - _REACH_PT <= at <= o.end + _REACH_PT for o in across)

    met = [(ends(r.at, r.start), ends(r.at, r.end)) for r in rulings]
    kept = [r for r, sides in zip(rulings, met, strict=True) if r.end - r.start >= free or all(sides)]

    def is_open(ruling: Ruling, starts: bool, stops: bool) -> bool:
        free_end = -1 if starts else 0 if stops else None
        return free_end is not None and any(
            abs((ruling.start, ruling.end)[free_end] - (k.start, k.end)[free_end]) <= _REACH_PT for k in kept
        )

    return [r for r, sides in zip(rulings, met, strict=True) if r in kept or is_open(r, *sides)]


def _is_table(frame: Frame) -> bool:
    width = max(h.end for h in frame.horizontals) - min(h.start for h in frame.horizontals)
    height = max(v.end for v in frame.verticals) - min(v.start for v in frame.verticals)
    return width >= _SMALLEST_PT[0] and height >= _SMALLEST_PT[1]


def _mended(
    lines: Sequence[Ruling], edges: Sequence[float], across: Sequence[float], grey: Array, by: float
) -> Iterator[Ruling]:
    """Stretches between neighbouring crossing edges where a line is missing, but the picture shows a faint one."""
    for edge in edges:
        own = [line for line in lines if abs(line.at - edge) <= EDGE_TOLERANCE_PT]
        for start, end in pairwise(across):
            missing = Ruling(edge, start, end)
            if not _is_covered(own, start, end) and _shown(grey, missing, by) >= _COVERED:
                yield missing


def _is_covered(lines: Sequence[Ruling], start: float, end: float) -> bool:
    return any(line.start <= start + _MEND_PT and line.end >= end - _MEND_PT for line in lines)


def _shown(grey: Array, line: Ruling, by: float) -> float:
    """Share of a horizontal stretch that is darker than the paper on both sides of it; grey is smoothed along it."""
    row, first, last = round(line.at / POINTS), round(line.start / POINTS) + 4, round(line.end / POINTS) - 4
    strip = grey[max(0, row - _BESIDE) : row + _BESIDE + 1, max(0, first) : last].astype(np.int16)
    if strip.shape[0] <= 2 * _BESIDE or strip.shape[1] < 8:
        return 0.0
    paper = np.minimum(strip[:2].min(axis=0), strip[-2:].min(axis=0))
    pairs = (np.minimum(strip[i], strip[i + 1]) for i in range(_BESIDE - 3, _BESIDE + 3))
    return max(float((paper - pair >= by).mean()) for pair in pairs)
