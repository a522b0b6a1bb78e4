"""How far a page hangs, by the sharpness of its projection: lines and rulings that lie level give a jagged profile."""

from typing import Any

import cv2
import numpy as np

Array = Any

_WIDEST = 6.0  # degrees to either side
_COARSE, _FINE = 0.25, 0.01  # degrees
_NARROW = 1000  # pixels: half of a narrower picture has too few columns to tell angles apart
_SAMPLE = 40_000  # pixels of ink that are enough
_SLANT = 1.5  # degrees between columns and the upright
_LEVEL = 0.03  # degrees that nobody sees: two pixels over a page's width


def find_skew(ink: Array, widest: float = _WIDEST) -> float:
    """Degrees, up to `widest`, by which the picture must be turned counterclockwise for its rows to lie level."""
    small = ink if ink.shape[1] < _NARROW else cv2.resize(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ys, xs = (axis.astype(np.float32) for axis in np.nonzero(small > 60))
    if len(ys) > _SAMPLE:
        chosen = np.random.default_rng(0).choice(len(ys), _SAMPLE, replace=False)
        ys, xs = ys[chosen], xs[chosen]
    if not len(ys):
        return 0.0
    margin = small.shape[1] * np.tan(np.radians(widest + 1))

    def sharpness(angle: float) -> float:
        rows = (ys - xs * np.float32(np.tan(np.radians(angle))) + margin).astype(np.int32)
        return float((np.diff(np.bincount(rows).astype(np.float64)) ** 2).sum())

    best, step = 0.0, _COARSE
    angles = np.arange(-widest, widest + step, step)
    while step >= _FINE:
        best = float(max(angles, key=sharpness))
        angles = np.arange(best - step, best + step * 1.01, step / 4)
        step /= 4
    return best if abs(best) > _LEVEL else 0.0


def upright(picture: Array, ink: Array) -> Array:
    """A level picture with its columns set upright: a page that lay crooked or bent has them slanting."""
    angle = find_skew(np.ascontiguousarray(ink.T), _SLANT)
    if not angle:
        return picture
    height, width = picture.shape[:2]
    shear = np.tan(np.radians(angle))
    matrix = np.array([[1, -shear, shear * height / 2], [0, 1, 0]])
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)


def turn(picture: Array, degrees: float) -> Array:
    """The picture turned counterclockwise about its middle; white where nothing was."""
    if not degrees:
        return picture
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
