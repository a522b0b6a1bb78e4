"""Scanned pages drawn with cv2: grey or RGB arrays, 200 dots an inch, paper white unless said otherwise."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

Array = Any
BLACK, PAPER = 40, 255
POINTS = 0.36  # one pixel


def paper(width: int = 900, height: int = 700, grey: int = PAPER) -> Array:
    return np.full((height, width), grey, np.uint8)


def rgb(grey: Array) -> Array:
    return np.repeat(grey[:, :, np.newaxis], 3, axis=2)


def printed(picture: Array, text: str, x: int, bottom: int, grey: int = BLACK, scale: float = 1.0) -> Array:
    """A latin text whose letters are 22 pixels high at scale 1. Changes the picture and gives it back."""
    colour = grey if picture.ndim == 2 else (grey,) * 3
    cv2.putText(picture, text, (x, bottom), cv2.FONT_HERSHEY_SIMPLEX, scale, colour, 2, cv2.LINE_AA)
    return picture


STROKES = (  # of five signs, in hundredths of the square: from x, y to x, y
    ((0, 50, 100, 50), (50, 0, 50, 100)),
    ((0, 0, 100, 100), (100, 0, 0, 100)),
    ((12, 20, 88, 20), (12, 20, 12, 80), (88, 20, 88, 80), (12, 80, 88, 80)),
    ((50, 0, 0, 100), (50, 0, 100, 100), (30, 60, 70, 60)),
    ((20, 10, 80, 10), (10, 45, 90, 45), (0, 100, 100, 100), (50, 10, 50, 100)),
)


def glyphs(picture: Array, count: int, x: int, top: int, size: int = 26, grey: int = BLACK) -> Array:
    """Signs that fill their squares as ideographs do; the first touches all four sides of its own."""
    last = size - 2
    for index in range(count):
        left = x + index * (size + 2)
        for stroke in STROKES[index % len(STROKES)]:
            x0, y0, x1, y1 = (share * last // 100 for share in stroke)
            for thick in ((0, 0), (1, 0), (0, 1), (1, 1)):  # two pixels wide, both inside the square
                start, end = (left + x0 + thick[0], top + y0 + thick[1]), (left + x1 + thick[0], top + y1 + thick[1])
                cv2.line(picture, start, end, grey, 1)
    return picture


def ruled(picture: Array, xs: Sequence[int], ys: Sequence[int], grey: int = BLACK, thick: int = 2) -> Array:
    """All lines of a grid."""
    for x in xs:
        across(picture, x, ys[0], ys[-1], grey, thick, upright=True)
    for y in ys:
        across(picture, y, xs[0], xs[-1], grey, thick)
    return picture


def across(picture: Array, at: int, start: int, end: int, grey: int, thick: int = 2, upright: bool = False) -> None:
    """One straight line, its middle at `at`."""
    first = at - thick // 2
    if upright:
        picture[start:end, first : first + thick] = grey
    else:
        picture[first : first + thick, start:end] = grey


def page_of_text(width: int = 1240, height: int = 1000) -> Array:
    """Lines of signs over a grid, as a form has them."""
    picture = ruled(paper(width, height), range(100, width - 99, 260), range(300, height - 99, 120))
    for number, top in enumerate(range(80, 260, 45)):
        glyphs(picture, 30 - 3 * number, 120, top)
    for top in range(340, height - 150, 120):
        for x in range(130, width - 250, 260):
            glyphs(picture, 3 + (x + top) % 4, x, top)
    return picture
