"""Ink -> rulings, in points. Long thin runs of ink first, then what faded between them.

A ruling that a scan shows in pieces is mended with evidence: along the whole missing stretch the picture must be
darker than beside it, which a faint line is and blank paper or text that crosses is not.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

import cv2
import numpy as np

from extractors.geometry import cluster
from extractors.grid import EDGE_TOLERANCE_PT
from extractors.page import Ruling
from extractors.rulings import Frame, join_rulings, rulings_to_frames
from extractors.scan.picture import POINTS

Array = Any

_RUN = 36  # pixels, longer than the strokes of characters in running text
_THICKEST = 14  # pixels
_REACH_PT = 4.0  # a ruling that ends this near to another one ends at it
_FREE_PT = 60.0  # shorter ones must end at other rulings; characters of titles have such strokes
_SMALLEST_PT = (60.0, 24.0)  # width and height of a table; less is a glyph or a box
_BESIDE = 6  # pixels from a line to where the paper beside it is looked at
_FAINT = 9.0  # grey levels that a faded line is darker than the paper
_COVERED = 0.72  # share of a stretch that must show it
_MEND_PT = 9.0  # a ruling whose end is nearer to the crossing one needs no mending


def find_rulings(ink: Array, grey: Array) -> tuple[list[Ruling], list[Ruling]]:
    """Horizontals and verticals of the tables on a level picture."""
    horizontals, verticals = _runs(ink), _runs(ink.T)
    horizontals, verticals = _meeting(horizontals, verticals), _meeting(verticals, horizontals)
    frames, loose = rulings_to_frames(horizontals, verticals)
    found: tuple[list[Ruling], list[Ruling]] = ([r for r in loose if r.end - r.start >= _FREE_PT], [])
    smooth = cv2.blur(grey, (1, 9)), cv2.blur(grey, (9, 1))
    for frame in frames:
        if _is_table(frame):
            xs = cluster((v.at for v in frame.verticals), EDGE_TOLERANCE_PT)
            ys = cluster((h.at for h in frame.horizontals), EDGE_TOLERANCE_PT)
            found[0].extend([*frame.horizontals, *_mended(frame.horizontals, ys, xs, smooth[1])])
            found[1].extend([*frame.verticals, *_mended(frame.verticals, xs, ys, smooth[0].T)])
    return found


def _runs(ink: Array) -> list[Ruling]:
    """Long thin horizontal runs of ink, joined."""
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _RUN), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    thin = [box for box in boxes[1:].tolist() if box[3] <= _THICKEST]
    usual = _usual_thickness(thin)
    return join_rulings(
        Ruling((y + height / 2) * POINTS, x * POINTS, (x + width) * POINTS)
        for x, y, width, height, _ in thin
        if height <= 2 * usual + 3
    )


def _usual_thickness(boxes: Sequence[Sequence[int]]) -> float:
    """The median thickness of the longest runs: arcs of seals and strokes of titles are thicker."""
    longest = sorted(boxes, key=lambda box: -box[2])[:20]
    return median(box[4] / box[2] for box in longest) if longest else 0.0


def _meeting(rulings: Sequence[Ruling], across: Sequence[Ruling]) -> list[Ruling]:
    """The rulings that are long, or end at others on both sides."""

    def ends(at: float, end: float) -> bool:
        return any(abs(o.at - end) <= _REACH_PT and o.start - _REACH_PT <= at <= o.end + _REACH_PT for o in across)

    return [r for r in rulings if r.end - r.start >= _FREE_PT or (ends(r.at, r.start) and ends(r.at, r.end))]


def _is_table(frame: Frame) -> bool:
    width = max(h.end for h in frame.horizontals) - min(h.start for h in frame.horizontals)
    height = max(v.end for v in frame.verticals) - min(v.start for v in frame.verticals)
    return width >= _SMALLEST_PT[0] and height >= _SMALLEST_PT[1]


def _mended(lines: Sequence[Ruling], edges: Sequence[float], across: Sequence[float], grey: Array) -> Iterator[Ruling]:
    """Stretches between neighbouring crossing edges where a line is missing, but the picture shows a faint one."""
    for edge in edges:
        own = [line for line in lines if abs(line.at - edge) <= EDGE_TOLERANCE_PT]
        for start, end in pairwise(across):
            if not _is_covered(own, start, end) and _is_faintly_drawn(grey, edge, start, end):
                yield Ruling(edge, start, end)


def _is_covered(lines: Sequence[Ruling], start: float, end: float) -> bool:
    return any(line.start <= start + _MEND_PT and line.end >= end - _MEND_PT for line in lines)


def _is_faintly_drawn(grey: Array, at: float, start: float, end: float) -> bool:
    """Whether most of a stretch is darker than the paper on both sides of it; grey is smoothed along it."""
    row, first, last = round(at / POINTS), round(start / POINTS) + 4, round(end / POINTS) - 4
    strip = grey[max(0, row - _BESIDE) : row + _BESIDE + 1, max(0, first) : last].astype(np.int16)
    if strip.shape[0] <= 2 * _BESIDE or strip.shape[1] < 8:
        return False
    line = strip[_BESIDE - 3 : _BESIDE + 4].min(axis=0)
    paper = np.minimum(strip[:2].min(axis=0), strip[-2:].min(axis=0))
    return bool((paper - line >= _FAINT).mean() >= _COVERED)
