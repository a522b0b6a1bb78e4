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
_COLOUR = 0.7  # how far colour lightens a pixel: ink of a red or blue seal turns white, black text under it stays dark
_PAPER = 8  # the paper's brightness is sought on a picture smaller by this
_WINDOW, _CONTRAST = 51, 18  # ink is darker than the mean around it by this many of 255 grey levels
_BORDER = 0.5  # share of an edge's length that a scanner's black border takes at least


@dataclass(frozen=True, slots=True)
class Picture:
    """One page.

    Attributes:
        grey: height x width, uint8; paper is 255.
        ink: height x width, uint8; 255 where there is ink, else 0.
    """

    grey: Array
    ink: Array


def clean(rgb: Array) -> Array:
    """Grey levels of a colour picture: shading of the paper evened out, coloured ink taken away."""
    red, green, blue = cv2.split(rgb)
    light = cv2.max(cv2.max(red, green), blue)
    colour = cv2.subtract(light, cv2.min(cv2.min(red, green), blue))
    grey = cv2.addWeighted(light, 1.0, colour, _COLOUR, 0)
    return cv2.divide(grey, np.maximum(_paper(grey), 1), scale=255)


def _paper(grey: Array) -> Array:
    """The brightness that the paper has at each pixel."""
    small = cv2.resize(grey, None, fx=1 / _PAPER, fy=1 / _PAPER, interpolation=cv2.INTER_AREA)
    small = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)), 9)
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), 2), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)


def find_ink(grey: Array) -> Array:
    """Pixels darker than their surroundings, grain smoothed away."""
    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    return cv2.adaptiveThreshold(soft, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _WINDOW, _CONTRAST)
