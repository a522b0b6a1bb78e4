"""Tables without any line: rows from the text alone, drawn as rules for `stream` to find the columns.

The rows are those of the finest column: the longest chain of texts that stand below each other. A text that belongs
to several rows stands at their middle; so the first row of a merged cell and its text's position give its last row.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.geometry import BBox, union
from extractors.lines import split_parts, words_to_lines
from extractors.page import Page, Ruling, Word
from extractors.stream import Interval, stab


@dataclass(frozen=True, slots=True)
class UnruledSettings:
    """What makes text a table."""

    fewest_rows: int = 6
    fewest_lines: int = 8
    shared: float = 0.5  # share of lines that must hold two texts or more
    wrap: float = 0.75  # gap in character heights between lines of one cell
    middle: float = 0.35  # how far, in row heights, a merged cell's end may lie off a row's


SETTINGS = UnruledSettings()
_SLACK_PT = 3.0  # rows of one table differ in height by a little


def text_to_rules(page: Page, settings: UnruledSettings = SETTINGS) -> tuple[list[Ruling], list[float]]:
    """Rules between the rows of a table that is set without lines, and its column edges; empty where there is none."""
    lines = _table_lines(page, settings)
    blocks = _blocks([part for line in lines for part in split_parts(line)], settings.wrap)
    rows = _row_texts(blocks) if blocks else []
    if len(rows) < settings.fewest_rows:
        return [], []
    y_edges = [rows[0].top - 3, *(_clear(a, b, blocks) for a, b in itertools.pairwise(rows))]
    y_edges.append(max(block.bottom for block in blocks) + 3)
    placed = _place(blocks, y_edges, settings.middle)
    outline = union(blocks)
    gaps = [gap for row in range(len(rows)) for gap in _gaps([b for b, first, last in placed if first <= row < last])]
    x_edges = [outline.x0 - 4, *stab(gaps), outline.x1 + 4]
    rules = []
    for index, y in enumerate(y_edges):
        merged = [_columns_of(block, x_edges) for block, first, last in placed if first < index < last]
        rules += _with_gaps(y, x_edges[0], x_edges[-1], merged)
    return rules, x_edges


def _gaps(blocks: Sequence[BBox]) -> list[Interval]:
    """The gaps between the texts of one row."""
    ordered = sorted(blocks, key=lambda b: b.x0)
    return [(a.x1, b.x0) for a, b in itertools.pairwise(ordered) if a.x1 < b.x0]


def _columns_of(block: BBox, x_edges: Sequence[float]) -> Interval:
    """The column edges around a text."""
    return max(x for x in x_edges if x <= block.x0 + 1), min(x for x in x_edges if x >= block.x1 - 1)


def _table_lines(page: Page, settings: UnruledSettings) -> list[list[Word]]:
    """The lines from the first to the last one that holds several texts; empty where too few do."""
    lines = words_to_lines(page.words)
    shared = [i for i, line in enumerate(lines) if len(split_parts(line)) > 1]
    if len(shared) < settings.fewest_lines:
        return []
    chosen = lines[shared[0] : shared[-1] + 1]
    enough = len(shared) >= max(settings.fewest_lines, settings.shared * len(chosen))
    return chosen if enough else []


def _blocks(parts: Sequence[Sequence[Word]], wrap: float) -> list[BBox]:
    """Texts of cells: parts of lines joined with those right below them."""
    blocks: list[BBox] = []
    for part in parts:
        box = union(BBox(*word[1:5]) for word in part)
        for index in range(len(blocks) - 1, -1, -1):
            above = blocks[index]
            if box.top - above.bottom <= wrap * (box.height) and _common(above, box) > 0 and box.top > above.top:
                blocks[index] = union((above, box))
                break
        else:
            blocks.append(box)
    return blocks


def _common(a: BBox, b: BBox) -> float:
    return min(a.x1, b.x1) - max(a.x0, b.x0)


def _row_texts(blocks: Sequence[BBox]) -> list[BBox]:
    """One text for each row: the most texts that stand below each other, each with the room that a row has.

    A text that stands between two rows, as that of a merged cell does, has not that room.
    """
    room = _row_pitch(blocks) - median(block.height for block in blocks)
    chain: list[BBox] = []
    for block in sorted(blocks, key=lambda b: (b.bottom, -b.top)):
        if not chain or block.top + _SLACK_PT >= chain[-1].bottom + room:
            chain.append(block)
    return chain


def _row_pitch(blocks: Sequence[BBox]) -> float:
    """The usual distance of two rows: a low one among the distances of neighbours in a column."""
    distances = []
    for block in blocks:
        below = [b.top for b in blocks if b.top >= block.bottom and 2 * _common(b, block) > min(b.width, block.width)]
        if below:
            distances.append(min(below) - block.top)
    return sorted(distances)[len(distances) // 5] if distances else 0.0


def _clear(above: BBox, below: BBox, blocks: Sequence[BBox]) -> float:
    """The height between two rows' texts that runs through the fewest others; the middle of several."""
    heights = [above.bottom + (below.top - above.bottom) * step / 12 for step in range(1, 12)]
    crossed = [sum(b.top < y < b.bottom for b in blocks) for y in heights]
    best = [y for y, count in zip(heights, crossed, strict=True) if count == min(crossed)]
    return best[len(best) // 2]


Placed = tuple[BBox, int, int]


def _place(blocks: Sequence[BBox], edges: Sequence[float], middle: float) -> list[Placed]:
    """Every text with the first and last row edge of its cell, from the top."""
    placed: list[Placed] = []
    for block in sorted(blocks, key=lambda b: b.top):
        placed.append((block, *_rows_of(block, placed, blocks, edges, middle)))
    return placed


def _rows_of(
    block: BBox, placed: Sequence[Placed], blocks: Sequence[BBox], edges: Sequence[float], middle: float
) -> tuple[int, int]:
    """First and last row edge of the cell around a text.

    As few rows as hold the text; more where the rows up to the cell above are blank and the text stands at the middle
    of them and as many rows below.
    """
    first = max(i for i, y in enumerate(edges) if y <= block.top + 1 or i == 0)
    last = min(i for i, y in enumerate(edges) if y >= block.bottom - 1 or i == len(edges) - 1)
    above = max((end for b, _, end in placed if b.bottom <= block.top + 1 and _common(b, block) > 0), default=0)
    below = min((b.top for b in blocks if b.top >= block.bottom and _common(b, block) > 0), default=edges[-1])
    height = (edges[-1] - edges[0]) / (len(edges) - 1)
    for start in range(above, first + 1):
        end = block.top + block.bottom - edges[start]
        nearest = min(range(len(edges)), key=lambda i: abs(edges[i] - end))
        if abs(edges[nearest] - end) <= middle * height and last <= nearest and edges[nearest] <= below + 2:
            return start, nearest
    return first, last


def _with_gaps(y: float, start: float, end: float, gaps: Sequence[Interval]) -> list[Ruling]:
    """A rule without the stretches that run through merged cells."""
    rules, x = [], start
    for left, right in sorted(gaps):
        if left > x + 1:
            rules.append(Ruling(y, x, left))
        x = max(x, right)
    if end > x + 1:
        rules.append(Ruling(y, x, end))
    return rules
