"""Pages as they are drawn when their tables are pictures: all but the tables, and where those stood."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.samples.backends.canvas import Drawing, draw
from tests.samples.backends.setup import PageSetup
from tests.samples.backends.slices import Slice
from tests.samples.sheet import Item, Sheet

EDGE = 3.0


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a table stood: page index and box in points, ``foot`` and ``top`` from below."""

    page: int
    left: float
    foot: float
    right: float
    top: float


@dataclass
class WithoutTables(Drawing):
    """A pen that leaves the place of every table blank and remembers it."""

    gaps: list[Gap] = field(default_factory=list)

    def slice(self, sheet: Sheet, piece: Slice, first: bool, last: bool) -> None:
        """Nothing is drawn."""
        left, right = self.setup.margin - EDGE, self.setup.margin + self.inner + EDGE
        self.gaps.append(Gap(self.number - 1, left, self.y - piece.height - EDGE, right, self.y + EDGE))


def draw_without_tables(items: list[Item], setup: PageSetup, target: Path) -> list[Gap]:
    """Draws the items without their tables; returns the gaps."""
    pen = draw(items, setup, target, WithoutTables)
    return pen.gaps if isinstance(pen, WithoutTables) else []
