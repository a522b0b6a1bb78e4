"""Points, boxes and quarter turns. Unit: points (1/72 inch); origin: top left; y grows downwards."""

import math
from collections.abc import Iterable
from typing import NamedTuple


class BBox(NamedTuple):
    """A box on a page, edges in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """In points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """In points."""
        return self.bottom - self.top


def union(boxes: Iterable[BBox]) -> BBox:
    """The smallest box around all of them. Raises ValueError when there are none."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return BBox(min(x0s), min(tops), max(x1s), max(bottoms))


def turn_box(box: BBox, quarters: int, width: float, height: float) -> BBox:
    """The box after turning its page (width x height before the turn) clockwise by quarter turns."""
    match quarters % 4:
        case 1:
            return BBox(height - box.bottom, box.x0, height - box.top, box.x1)
        case 2:
            return BBox(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
        case 3:
            return BBox(box.top, width - box.x1, box.bottom, width - box.x0)
        case _:
            return box


def tilt_box(box: BBox, degrees: float, width: float, height: float) -> BBox:
    """The box around the box when its page (width x height) is turned clockwise about its middle by a small angle."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = (box.x0 + box.x1 - width) / 2, (box.top + box.bottom - height) / 2
    middle_x, middle_y = width / 2 + cosine * x - sine * y, height / 2 + sine * x + cosine * y
    half_width = (box.width * cosine + box.height * abs(sine)) / 2
    half_height = (box.height * cosine + box.width * abs(sine)) / 2
    return BBox(middle_x - half_width, middle_y - half_height, middle_x + half_width, middle_y + half_height)


def cluster(values: Iterable[float], tolerance: float) -> list[float]:
    """Mean positions of groups of values, ascending; neighbours nearer than the tolerance share a group."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]
