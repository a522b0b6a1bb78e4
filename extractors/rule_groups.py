"""Horizontal rules that no vertical meets -> the rules of each table."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.grid import EDGE_TOLERANCE_PT
from extractors.page import Page, Ruling

_OVERLAP = 0.5  # share of the shorter rule that two rules of one table have in common
_PIECES = 3  # a rule drawn cell by cell has at least so many
_LARGE = 1.25  # text this much larger than the table's is a title


def rules_to_bundles(page: Page, rules: Sequence[Ruling], bits: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """The rules of each table, from the top.

    Args:
        page: the page they stand on.
        rules: rules by position.
        bits: the page's horizontals as drawn; empty where the rules are not drawn at all.
    """
    for group in _groups(rules):
        yield from _split_at_headings(page, group, bits)


def _groups(rules: Sequence[Ruling]) -> list[list[Ruling]]:
    """Rules that lie below each other, in order from the top."""
    groups: list[list[Ruling]] = []
    for rule in rules:
        below = [group for group in groups if _share(group, rule) >= _OVERLAP]
        groups = [group for group in groups if group not in below]
        groups.append(sorted([*(r for group in below for r in group), rule]))
    return groups


def _share(group: Sequence[Ruling], rule: Ruling) -> float:
    """What the rule and the group's width have in common, as a share of the shorter."""
    start, end = min(r.start for r in group), max(r.end for r in group)
    common = min(end, rule.end) - max(start, rule.start)
    return common / min(end - start, rule.end - rule.start)


def _split_at_headings(page: Page, rules: Sequence[Ruling], bits: Sequence[Ruling]) -> list[list[Ruling]]:
    """The rules of each table, parted where what stands between two rules is no row but the next table's heading.

    That is: large text between them, or no piece of rule that the upper and the lower one have in common, as the
    two sides of a cell have.
    """
    heights = sorted(c.bottom - c.top for c in page.words if rules[0].at <= c.top <= rules[-1].at)
    if not heights:
        return []
    large = _LARGE * heights[len(heights) // 2]
    bundles = [[rules[0]]]
    for above, below in pairwise(rules):
        if below.at - above.at > EDGE_TOLERANCE_PT and (
            _holds_title(page, above, below, large) or (bits and not _share_a_bit(above.at, below.at, bits))
        ):
            bundles.append([])
        bundles[-1].append(below)
    return bundles


def _holds_title(page: Page, above: Ruling, below: Ruling, large: float) -> bool:
    start, end = min(above.start, below.start), max(above.end, below.end)
    return any(
        above.at < (c.top + c.bottom) / 2 < below.at and start <= c.x0 <= end and c.bottom - c.top > large
        for c in page.words
    )


def _share_a_bit(upper: float, lower: float, bits: Sequence[Ruling]) -> bool:
    """Whether a piece of the upper rule stands over its like in the lower one; rules in one piece tell nothing."""
    ends = [[(bit.start, bit.end) for bit in bits if abs(bit.at - y) <= EDGE_TOLERANCE_PT] for y in (upper, lower)]
    return min(map(len, ends)) < _PIECES or any(
        abs(a[0] - b[0]) <= EDGE_TOLERANCE_PT and abs(a[1] - b[1]) <= EDGE_TOLERANCE_PT
        for a in ends[0]
        for b in ends[1]
    )
