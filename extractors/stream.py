"""Tables without vertical rulings: rows between horizontal rules, columns from rule joints and from the text.

Each row is cut into cells by the cheapest choice of column edges: a text wants to stand centred in its cell or at
one of its sides, no edge runs through text, a blank cell needs a reason (a neighbouring row has it, or rules are drawn
for it). Cells found this way carry no drawn border at their sides; the caller marks them as guessed.
"""

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.geometry import BBox, cluster
from extractors.grid import EDGE_TOLERANCE_PT, Grid, borders_to_grid
from extractors.lines import words_to_lines
from extractors.page import Page, Ruling, Word
from extractors.rule_groups import rules_to_bundles

Interval = tuple[float, float]
_APART_PT = 2.4  # texts of two cells stand at least so far apart; glyphs of one word, boxed tightly, do not
_PASSES = 2
_AROUND = 2  # rows on either side that are near
_ROW_HEIGHTS = 3.0  # heights of text under a rule in which a row's first lines stand
_FILLED = 5  # columns that a row beyond the last rule fills at least
_LINE_GAP = 1.3  # gap in character heights that parts a row from what stands above it


@dataclass(frozen=True, slots=True)
class StreamSettings:
    """Costs are in points of misplacement, so that they compare with the misfit of a text in its cell."""

    fewest_rules: int = 3  # a leftover of one row has two, and shows by its joints that it is one
    text_gap_pt: float = 4.0  # texts of one row that stand farther apart than this are two cells
    through_pt: float = 1.0  # an edge may touch a text this much
    blank: float = 15.0  # a blank cell that nothing speaks for
    apart: float = 30.0  # two texts that stand apart in one cell
    conflict: float = 4.0  # an edge that would run through the text of a row nearby, for each such row
    familiar: float = 3.0  # what a cell gains when a neighbouring row has it too
    ruled: float = 25.0  # what a cell gains when rules above and below are drawn just for it


SETTINGS = StreamSettings()


def rules_to_grids(
    page: Page,
    rules: Sequence[Ruling],
    bits: Sequence[Ruling],
    columns: Sequence[float] = (),
    settings: StreamSettings = SETTINGS,
) -> list[Grid]:
    """Grids between horizontal rules that no vertical meets.

    Args:
        page: the page they stand on.
        rules: the rules, joined, by position.
        bits: the page's horizontals as drawn: where one bit ends and the next begins a column may end.
        columns: the column edges, where they are known already.
        settings: tolerances and costs.
    """
    grids = []
    for bundle in rules_to_bundles(page, rules, () if columns else bits):
        grid = _RuledRegion(page, tuple(bundle), tuple(bits), tuple(columns), settings).grid()
        if grid is not None:
            grids.append(grid)
    return grids


@dataclass(frozen=True)
class _RuledRegion:
    """One table's rules with the text between them."""

    page: Page
    rules: tuple[Ruling, ...]
    bits: tuple[Ruling, ...]
    columns: tuple[float, ...]
    settings: StreamSettings

    @cached_property
    def y_edges(self) -> list[float]:
        edges = cluster((rule.at for rule in self.rules), EDGE_TOLERANCE_PT)
        top = self._open_side(edges[0], [w for w in self.page.words if w.bottom <= edges[0] + 1], -1)
        bottom = self._open_side(edges[-1], [w for w in self.page.words if w.top >= edges[-1] - 1], 1)
        return [*([] if top is None else [top]), *edges, *([] if bottom is None else [bottom])]

    @cached_property
    def sides(self) -> Interval:
        return min(r.start for r in self.rules), max(r.end for r in self.rules)

    @cached_property
    def box(self) -> BBox:
        return BBox(self.sides[0], self.y_edges[0], self.sides[1], self.y_edges[-1])

    def _open_side(self, rule: float, words: Sequence[Word], step: int) -> float | None:
        """Where a row ends that stands beyond the first rule (step -1) or the last one (1); None where none does.

        A rule that does not run over the whole width has part of a row beyond it, cut off by the page's end. So has one
        that does, where what follows fills most of the columns as no line of running text would.
        """
        start, end = self.sides
        covered = sum(r.end - r.start for r in self.rules if abs(r.at - rule) <= EDGE_TOLERANCE_PT)
        if self.columns:
            return None
        if covered > 0.95 * (end - start) and (step < 0 or not self._fills_columns(rule, words)):
            return None
        reached = rule
        for line in words_to_lines(words)[::step]:
            near, far = (
                (line[0].top, max(w.bottom for w in line)) if step > 0 else (line[0].bottom, min(w.top for w in line))
            )
            height = line[0].bottom - line[0].top
            if abs(near - reached) > _LINE_GAP * height or line[0].x0 < start or line[-1].x1 > end:
                break
            reached = far
        return None if reached == rule else reached + step

    def _fills_columns(self, rule: float, words: Sequence[Word]) -> bool:
        """Whether the words right under a rule stand in most of the columns that the rules' joints make."""
        joints = cluster(
            (x for bit in self.bits for x in (bit.start, bit.end) if any(bit.at == r.at for r in self.rules)),
            EDGE_TOLERANCE_PT,
        )
        filled: set[int] = set()
        for word in words:
            if word.top - rule <= _ROW_HEIGHTS * (word.bottom - word.top):
                column = sum(x <= word.x0 + EDGE_TOLERANCE_PT for x in joints)
                if column != sum(x < word.x1 - EDGE_TOLERANCE_PT for x in joints):
                    return False
                filled.add(column)
        return len(filled) >= max(_FILLED, 0.6 * (len(joints) - 1))

    @cached_property
    def own_bits(self) -> list[list[Ruling]]:
        """For each row edge the bits as drawn on it."""
        return [[bit for bit in self.bits if abs(bit.at - y) <= EDGE_TOLERANCE_PT] for y in self.y_edges]

    @cached_property
    def x_edges(self) -> list[float]:
        """Column edges: the joints of the rules, and gaps between texts that no joint stands in."""
        if self.columns:
            return list(self.columns)
        if self.has_joints:
            return self.ends
        gaps = [gap for gap in self._gaps() if not any(gap[0] <= x <= gap[1] for x in self.ends)]
        return cluster([self.box.x0, *self.ends, *stab(gaps), self.box.x1], EDGE_TOLERANCE_PT)

    @cached_property
    def ends(self) -> list[float]:
        """Where bits of rules end."""
        return cluster((x for bits in self.own_bits for bit in bits for x in (bit.start, bit.end)), EDGE_TOLERANCE_PT)

    @cached_property
    def has_joints(self) -> bool:
        """Whether rules are drawn cell by cell: one bit ends where the next begins."""
        return any(
            abs(a.end - b.start) <= EDGE_TOLERANCE_PT
            for bits in self.own_bits
            for a in bits
            for b in bits
            if a is not b
        )

    def _gaps(self) -> list[Interval]:
        gaps: list[Interval] = []
        for row in range(len(self.y_edges) - 1):
            intervals = _intervals(self.words_of_row(row), self.settings.text_gap_pt)
            gaps += [(a[1], b[0]) for a, b in itertools.pairwise(intervals)]
        return gaps

    @cached_property
    def words(self) -> list[tuple[int, Word]]:
        """Row and word of everything printed in the region."""
        found = []
        for word in self.page.words:
            y, x = (word.top + word.bottom) / 2, (word.x0 + word.x1) / 2
            if self.box.top < y < self.box.bottom and self.box.x0 - 2 < x < self.box.x1 + 2:
                found.append((min(bisect_left(self.y_edges, y), len(self.y_edges) - 1) - 1, word))
        return found

    def words_of_row(self, row: int) -> list[Word]:
        return [word for r, word in self.words if r == row]

    def is_ruled(self, edge: int, x: float) -> bool:
        """Whether a rule is drawn on row edge `edge` over position x."""
        return any(bit.start - 1 <= x <= bit.end + 1 for bit in self.own_bits[edge])

    @cached_property
    def middles(self) -> list[float]:
        return [(a + b) / 2 for a, b in zip(self.x_edges, self.x_edges[1:], strict=False)]

    @cached_property
    def first_rows(self) -> list[list[int]]:
        """For each row and column the row where the vertical run of unruled boxes begins."""
        first = [[0] * len(self.middles)]
        for row in range(1, len(self.y_edges) - 1):
            first.append([row if self.is_ruled(row, x) else first[-1][c] for c, x in enumerate(self.middles)])
        return first

    def grid(self) -> Grid | None:
        """The cells; None where there is nothing but full-width rows (rules around prose)."""
        if len(self.y_edges) < (2 if self.has_joints and len(self.ends) > 3 else self.settings.fewest_rules):
            return None
        if len(self.x_edges) < 3 or not self.words:
            return None
        blank: frozenset[int] = frozenset()
        rows = [self.cut_row(row, ()) for row in range(len(self.y_edges) - 1)]
        for _ in range(_PASSES):  # a row is cut like its neighbours where nothing speaks against it
            for row in range(len(rows)):
                below = rows[row + 1] if row + 1 < len(rows) else blank
                rows[row] = self.cut_row(row, (rows[row - 1] if row else blank, below))
        if sum(len(row) > 2 for row in rows) < min(2, len(rows)):
            return None
        grid = borders_to_grid(
            self.x_edges,
            self.y_edges,
            lambda row, column: column in rows[row],
            lambda row, column: self.is_ruled(row, self.middles[min(column, len(self.middles) - 1)]),
        )
        return replace(grid, is_guessed=True)

    @cached_property
    def row_intervals(self) -> list[list[Interval]]:
        """For each row where text stands in its boxes, and in those that are one with them over unruled edges."""
        rows: list[list[Word]] = [[] for _ in self.y_edges[1:]]
        last = len(self.middles) - 1
        for home, word in self.words:
            column = min(max(bisect_left(self.x_edges, (word.x0 + word.x1) / 2) - 1, 0), last)
            for row in range(self.first_rows[home][column], len(rows)):
                if self.first_rows[row][column] > home:
                    break
                rows[row].append(word)
        edges = self.x_edges if self.has_joints and not self.columns else ()
        return [_intervals(words, self.settings.text_gap_pt, edges) for words in rows]

    @cached_property
    def _cuts(self) -> dict[tuple[int, tuple[frozenset[int], ...]], frozenset[int]]:
        return {}

    def cut_row(self, row: int, around: tuple[frozenset[int], ...]) -> frozenset[int]:
        """The column edges at which a row is cut, given the cuts of its neighbours."""
        if (row, around) not in self._cuts:
            self._cuts[row, around] = self._cut_row(row, around)
        return self._cuts[row, around]

    def _cut_row(self, row: int, around: Sequence[frozenset[int]]) -> frozenset[int]:
        """The column edges at which this row is cut, by the least total cost (dynamic programming)."""
        intervals = self.row_intervals[row]
        forced = self._forced(row, intervals)
        last = len(self.x_edges) - 1
        best: list[tuple[float, int]] = [(0.0, -1)] + [(float("inf"), -1)] * last
        for end in range(1, last + 1):
            if end != last and end not in forced and self._runs_through(self.x_edges[end], intervals):
                continue
            conflict = self.settings.conflict * self._conflicts[row][end] if end != last else 0.0
            for start in range(end):
                if best[start][0] == float("inf") or any(start < f < end for f in forced):
                    continue
                cost = best[start][0] + conflict + self._cell_cost(row, start, end, intervals, around)
                if cost < best[end][0]:
                    best[end] = (cost, start)
        cuts, edge = {last}, last
        while edge > 0:
            edge = best[edge][1]
            cuts.add(edge)
        return frozenset(cuts)

    @cached_property
    def _conflicts(self) -> list[list[int]]:
        """For each row and edge: how many of the rows around have text where the edge would run."""
        through = [[self._runs_through(x, intervals) for x in self.x_edges] for intervals in self.row_intervals]
        return [
            [sum(column) for column in zip(*through[max(0, row - _AROUND) : row + _AROUND + 1], strict=True)]
            for row in range(len(through))
        ]

    def _forced(self, row: int, intervals: Sequence[Interval]) -> set[int]:
        """Edges where the rule above or below begins or ends: what is ruled and what is not are two cells."""
        forced = set()
        for edge in (row, row + 1):
            ruled = [self.is_ruled(edge, x) for x in self.middles]
            forced |= {i for i in range(1, len(ruled)) if ruled[i] != ruled[i - 1]}
        return {edge for edge in forced if not self._runs_through(self.x_edges[edge], intervals)}

    def _runs_through(self, x: float, intervals: Sequence[Interval]) -> bool:
        margin = self.settings.through_pt
        return any(a + margin < x < b - margin for a, b in intervals)

    def _cell_cost(
        self, row: int, start: int, end: int, intervals: Sequence[Interval], around: Sequence[frozenset[int]]
    ) -> float:
        """What it costs to take the boxes from edge `start` to edge `end` as one cell."""
        left, right = self.x_edges[start], self.x_edges[end]
        inside = [i for i in intervals if left - 2 <= (i[0] + i[1]) / 2 <= right + 2]
        known = any(start in cuts and end in cuts and not any(start < e < end for e in cuts) for cuts in around)
        ruled = self._is_ruled_for(row, left, right)
        gain = self.settings.ruled * (ruled and len(inside) < 2)
        if not inside:
            return (0.0 if known or ruled else self.settings.blank) - gain
        gain += self.settings.familiar * known
        text = (inside[0][0], inside[-1][1])
        between = self.settings.apart * (len(inside) - 1)
        return _misfit(left, right, text) + between - gain

    def _is_ruled_for(self, row: int, left: float, right: float) -> bool:
        """Whether the rules above and below have a bit from just `left` to just `right`, and bits differ at all."""
        if not self._bits_differ:
            return False
        return all(
            any(
                abs(bit.start - left) <= EDGE_TOLERANCE_PT and abs(bit.end - right) <= EDGE_TOLERANCE_PT
                for bit in self.own_bits[edge]
            )
            for edge in (row, row + 1)
        )

    @cached_property
    def _bits_differ(self) -> bool:
        """Whether bits follow the cells (some bit reaches over a joint) rather than the columns."""
        inner = self.x_edges[1:-1]
        spans = [any(bit.start + 3 < x < bit.end - 3 for x in inner) for bits in self.own_bits for bit in bits]
        return any(spans) and not all(spans)


def _intervals(words: Sequence[Word], gap: float, edges: Sequence[float] = ()) -> list[Interval]:
    """Where text stands along a row, left to right, neighbours nearer than the gap as one.

    Not so where a column edge that is known stands between them.
    """
    found: list[Interval] = []
    for word in sorted(words, key=lambda w: w.x0):
        end = found[-1][1] if found else 0.0
        parted = word.x0 - end > _APART_PT and any(end - 0.5 < x < word.x0 + 0.5 for x in edges)
        if found and word.x0 - end <= gap and not parted:
            found[-1] = (found[-1][0], max(found[-1][1], word.x1))
        else:
            found.append((word.x0, word.x1))
    return found


def _misfit(left: float, right: float, text: Interval) -> float:
    """How far a text stands from where it would if centred, or set to a side with the usual padding."""
    padding = 6.0
    centred = abs((left + right) / 2 - (text[0] + text[1]) / 2)
    at_left = abs(text[0] - left - padding) + 2
    at_right = abs(right - padding - text[1]) + 2
    return min(centred, at_left, at_right)


def stab(gaps: Sequence[Interval]) -> list[float]:
    """The fewest positions such that every gap holds one, ascending (greedy by right end)."""
    chosen: list[float] = []
    pending: list[Interval] = []
    for gap in sorted(gaps, key=lambda g: g[1]):
        if pending and gap[0] < min(g[1] for g in pending):
            pending.append(gap)
            continue
        if pending:
            chosen.append((max(g[0] for g in pending) + min(g[1] for g in pending)) / 2)
        pending = [gap]
    if pending:
        chosen.append((max(g[0] for g in pending) + min(g[1] for g in pending)) / 2)
    return chosen
