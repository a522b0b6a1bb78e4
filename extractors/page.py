"""What is on a page, as the finders of tables want it: upright, top-left origin, points."""

from dataclasses import dataclass
from typing import NamedTuple

from extractors.geometry import BBox, turn_box


class Char(NamedTuple):
    """One character with its advance box (loose: full line height, full advance width)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Ruling(NamedTuple):
    """A straight line along one axis: at y from x0 to x1 (horizontal) or at x from top to bottom (vertical)."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page turned so that its text reads upright.

    Attributes:
        number: 1-based.
        width: in points, of the upright page.
        height: in points, of the upright page.
        chars: in content order, spaces that are printed included, spaces that a reader made up left out.
        horizontals: at = y.
        verticals: at = x.
        images: boxes of pictures.
        turns: clockwise quarter turns from the upright page to the page as viewers show it.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    horizontals: tuple[Ruling, ...]
    verticals: tuple[Ruling, ...]
    images: tuple[BBox, ...] = ()
    turns: int = 0

    def shown(self, box: BBox) -> BBox:
        """The box on the page as viewers show it."""
        return turn_box(box, self.turns, self.width, self.height)
