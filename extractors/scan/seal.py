"""Round seals that have no colour of their own: where they stand, and the ink without their rings.

A seal in colour is taken away with its colour; one on a grey scan lies in the ink of the text. Its ring is found by its
shape: nothing else on a form is a circle of that size.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import cv2
import numpy as np

from extractors.scan.picture import POINTS

Array = Any

_RADII_PT = (40.0, 80.0)  # of official seals, with room for pages that were scanned larger or smaller
_SCALE = 4  # the picture is made so much smaller to look for circles
_EDGE, _VOTES = 120, 30  # what cv2 takes for an edge, and how many of its pixels make a circle worth a look
_CANDIDATES = 8
_SHOWN = 0.78  # share of the circle that must be ink: seals have 0.82 to 1, circles through text up to 0.72
_AROUND = range(-4, 5, 2)  # pixels by which the coarse circle may be off; its radius by twice as much
_THICK = 5  # pixels to both sides of a ring's middle that are its ink
_RUN = 110  # pixels: the sides of a ring are straight for less
_STEPS = np.linspace(0.0, 2 * np.pi, 360, endpoint=False)


class Seal(NamedTuple):
    """A ring: middle and radius in pixels."""

    x: int
    y: int
    radius: int

    def covers(self, x0: int, top: int, x1: int, bottom: int) -> bool:
        """Whether some of a box lies in the ring or on it."""
        dx = max(x0 - self.x, 0, self.x - x1)
        dy = max(top - self.y, 0, self.y - bottom)
        return bool(dx * dx + dy * dy <= (self.radius + _THICK) ** 2)


def find_seals(ink: Array) -> list[Seal]:
    """The seals in the ink of a page, rulings taken away."""
    small = cv2.resize(ink, None, fx=1 / _SCALE, fy=1 / _SCALE, interpolation=cv2.INTER_AREA)
    least, most = (round(radius / POINTS / _SCALE) for radius in _RADII_PT)
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(small, (3, 3), 0), cv2.HOUGH_GRADIENT, dp=1, minDist=2 * least,
        param1=_EDGE, param2=_VOTES, minRadius=least, maxRadius=most,
    )  # fmt: skip
    if circles is None:
        return []
    near = cv2.dilate(ink, np.ones((5, 5), np.uint8))
    found = (
        max((_shown(near, seal), _shown(ink, seal), seal) for seal in _around(*circle))
        for circle in circles[0][:_CANDIDATES].tolist()
    )
    return [seal for shown, _, seal in found if shown >= _SHOWN]


def _around(x: float, y: float, radius: float) -> Iterator[Seal]:
    for dx, dy, wider in product(_AROUND, _AROUND, _AROUND):
        yield Seal(round(x * _SCALE) + dx, round(y * _SCALE) + dy, round(radius * _SCALE) + 2 * wider)


def _shown(near: Array, seal: Seal) -> float:
    """Share of a circle that stands on ink."""
    xs = np.rint(seal.x + seal.radius * np.cos(_STEPS)).astype(int)
    ys = np.rint(seal.y + seal.radius * np.sin(_STEPS)).astype(int)
    inside = (xs >= 0) & (ys >= 0) & (xs < near.shape[1]) & (ys < near.shape[0])
    return float(np.count_nonzero(near[ys[inside], xs[inside]])) / len(_STEPS)


def without_rings(ink: Array, seals: list[Seal]) -> Array:
    """The ink without that of the rings; rulings that they cross stay whole, strokes of characters are cut."""
    if not seals:
        return ink
    rings = np.zeros_like(ink)
    for seal in seals:
        cv2.circle(rings, (seal.x, seal.y), seal.radius, 255, 2 * _THICK + 1)
    straight = [cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)) for shape in ((1, _RUN), (_RUN, 1))]
    return np.where((rings > 0) & (straight[0] == 0) & (straight[1] == 0), 0, ink).astype(np.uint8)
