"""The ways in which PDFs rule a table: strokes, a rectangle a cell, thin filled rectangles, dashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Segment = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A cell on the page; ``y0`` is its foot. Lines at a page's cut may be left out."""

    x0: float
    y0: float
    x1: float
    y1: float
    outer_left: bool = False
    outer_right: bool = False
    top_line: bool = True
    foot_line: bool = True


def levels(boxes: Iterable[Box]) -> set[Segment]:
    """The horizontal sides, each once."""
    found = set()
    for box in boxes:
        if box.top_line:
            found.add(segment(box.x0, box.y1, box.x1, box.y1))
        if box.foot_line:
            found.add(segment(box.x0, box.y0, box.x1, box.y0))
    return found


def uprights(boxes: Iterable[Box], outer: bool = True) -> set[Segment]:
    """The vertical sides, each once."""
    found = set()
    for box in boxes:
        if outer or not box.outer_left:
            found.add(segment(box.x0, box.y0, box.x0, box.y1))
        if outer or not box.outer_right:
            found.add(segment(box.x1, box.y0, box.x1, box.y1))
    return found


def segment(x0: float, y0: float, x1: float, y1: float) -> Segment:
    """Rounded, so that shared sides are found to be the same."""
    return (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))


def strokes(canvas: Any, segments: Iterable[Segment], width: float) -> None:
    """Each side as a stroked line."""
    canvas.setLineWidth(width)
    for line in sorted(segments):
        canvas.line(*line)


def solid(canvas: Any, boxes: list[Box], width: float) -> None:
    """Stroked lines."""
    strokes(canvas, levels(boxes) | uprights(boxes), width)


def rects(canvas: Any, boxes: list[Box], width: float) -> None:
    """One stroked rectangle a cell: inner sides are drawn twice."""
    canvas.setLineWidth(width)
    for box in boxes:
        canvas.rect(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0, stroke=1, fill=0)


def filled(canvas: Any, boxes: list[Box], width: float) -> None:
    """Thin filled rectangles, as Excel prints."""
    half = width / 2
    for x0, y0, x1, y1 in sorted(levels(boxes) | uprights(boxes)):
        canvas.rect(x0 - half, y0 - half, x1 - x0 + width, y1 - y0 + width, stroke=0, fill=1)


def dashed(canvas: Any, boxes: list[Box], width: float) -> None:
    """Dashed lines."""
    canvas.setDash(2, 1.5)
    solid(canvas, boxes, width)
    canvas.setDash()


def open_sides(canvas: Any, boxes: list[Box], width: float) -> None:
    """No line at the table's left and right."""
    strokes(canvas, levels(boxes) | uprights(boxes, outer=False), width)


def rules(canvas: Any, boxes: list[Box], width: float) -> None:
    """Horizontal lines only."""
    strokes(canvas, levels(boxes), width)


def nothing(canvas: Any, boxes: list[Box], width: float) -> None:
    """No line at all."""


RULERS: dict[str, Callable[[Any, list[Box], float], None]] = {
    "solid": solid,
    "rects": rects,
    "filled": filled,
    "dashed": dashed,
    "open": open_sides,
    "rules": rules,
    "none": nothing,
}
