"""A page's picture as the finders want it: one channel, white paper, without the colour of seals.

Pixel sizes here and in the sister modules hold for `DPI`; origin top left, rows first.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

Array = Any  # numpy array

DPI = 200  # a line of small print is 20 to 30 pixels high, which is what the recognisers need
POINTS = 72 / DPI  # one pixel in points
_COLOURED = 50  # difference of the channels from which on a pixel is coloured ink
_FEW = 100  # pixels of one colour (of every sixteenth) that make a seal
_STRONGEST = 0.8  # grey levels that a level of colour may lighten a pixel by
_PAPER = 8  # the paper's brightness is sought on a picture smaller by this
_WINDOW, _CONTRAST = 51, 18  # ink is darker than the mean around it by this many of 255 grey levels
_DARK = 170  # grey level below which a pixel at the edge is the scanner's lid
_FAINTEST = 0.22  # share of the contrast of the darkest ink that a piece reaches somewhere
_FRAME = 28  # pixels: a seventh of an inch
_BORDER = 0.06  # share of the page that the black around the paper reaches into it at most


@dataclass(frozen=True, slots=True)
class Picture:
    """One page.

    Attributes:
        grey: height x width, uint8; paper is 255.
        ink: height x width, uint8; 255 where there is ink, else 0.
        contrast: grey levels between the paper and the darkest ink.
    """

    grey: Array
    ink: Array
    contrast: float


def to_picture(grey: Array) -> Picture:
    """A cleaned and levelled page with its ink."""
    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    ink = _threshold(soft)
    contrast = _contrast(ink, soft)
    return Picture(grey, _without_shine(ink, soft, contrast), contrast)


def clean(rgb: Array) -> Array:
    """Grey levels of a colour picture: shading of the paper evened out, coloured ink taken away."""
    red, green, blue = cv2.split(rgb)
    light = cv2.max(cv2.max(red, green), blue)
    grey = cv2.divide(light, np.maximum(_paper(light), 1), scale=255)
    colour = cv2.subtract(light, cv2.min(cv2.min(red, green), blue))
    for channel in (red, green, blue):
        own = np.where(channel == light, colour, 0).astype(np.uint8)
        if strength := _ink_strength(grey, own):
            grey = cv2.addWeighted(grey, 1.0, own, strength, 0)
    return grey


def _ink_strength(grey: Array, colour: Array) -> float:
    """By how much a level of colour must lighten a pixel for an ink to turn white; 0 where there is none.

    In its lightest channel a seal is a little darker than the paper, a blue stamp a good deal. What that is for most
    pixels of one colour is taken away from all of them, so that text under the seal keeps its distance from the paper.
    """
    few_grey, few_colour = grey[::4, ::4], colour[::4, ::4]
    inked = few_colour >= _COLOURED
    if inked.sum() < _FEW:
        return 0.0
    darker = (255.0 - few_grey[inked]) / few_colour[inked]
    return float(np.clip(np.median(darker), 0, _STRONGEST))


def _paper(grey: Array) -> Array:
    """The brightness that the paper has at each pixel."""
    small = cv2.resize(grey, None, fx=1 / _PAPER, fy=1 / _PAPER, interpolation=cv2.INTER_AREA)
    small = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)), 9)
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), 2), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)


def without_border(grey: Array) -> Array:
    """The picture without the black that a scanner leaves around the paper: dark pieces that begin at the edge.

    A narrow frame all around is white: nothing is printed there, and shadows of the paper's edge stay in it.
    """
    cleared = _without_lid(grey)
    framed = np.full_like(cleared, 255)
    framed[_FRAME:-_FRAME, _FRAME:-_FRAME] = cleared[_FRAME:-_FRAME, _FRAME:-_FRAME]
    return framed


def _without_lid(grey: Array) -> Array:
    height, width = grey.shape
    dark = (cv2.GaussianBlur(grey, (3, 3), 0) < _DARK).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    ends = boxes[:, :2] + boxes[:, 2:4]
    at_edge = (boxes[:, 0] <= 2) | (boxes[:, 1] <= 2) | (ends[:, 0] >= width - 2) | (ends[:, 1] >= height - 2)
    at_edge[0] = False
    if count == 1 or not at_edge.any():
        return grey
    border = at_edge[labels]
    deep = round(_BORDER * min(height, width))
    border[deep:-deep, deep:-deep] = False
    return np.where(cv2.dilate(border.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0, 255, grey).astype(np.uint8)


def find_ink(grey: Array) -> Array:
    """Pixels darker than their surroundings, grain smoothed away: uint8, 255 where there is ink."""
    return _threshold(cv2.GaussianBlur(grey, (3, 3), 0))


def _threshold(soft: Array) -> Array:
    return cv2.adaptiveThreshold(soft, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _WINDOW, _CONTRAST)


def _contrast(ink: Array, grey: Array) -> float:
    """Grey levels between white and the darkest twentieth of the ink."""
    sample = grey[::4, ::4][ink[::4, ::4] > 0]
    return 255 - float(np.percentile(sample, 5)) if len(sample) else 255.0


def _without_shine(ink: Array, grey: Array, contrast: float) -> Array:
    """The ink without pieces that are faint all over, as print from the back of the sheet and traces of seals are."""
    count, labels = cv2.connectedComponents(ink, connectivity=8, ltype=cv2.CV_32S)
    kept = np.zeros(count, np.uint8)
    kept[labels[(grey < 255 - _FAINTEST * contrast) & (ink > 0)]] = 255
    return kept[labels]
