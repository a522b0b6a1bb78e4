"""Rulings as drawn -> rulings as meant: bits joined to lines, lines gathered into the frames of tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.page import Ruling


@dataclass(frozen=True, slots=True)
class RulingSettings:
    """Tolerances in points."""

    snap: float = 2.0  # lines this near to each other are one (double borders, half-widths)
    gap: float = 3.0  # bits of a dashed line are at most this far apart
    shortest: float = 5.0  # shorter lines are dots, underlines of a digit, ticks
    reach: float = 3.0  # a line that ends this near to another one meets it


SETTINGS = RulingSettings()


@dataclass(frozen=True, slots=True)
class Frame:
    """The rulings of one table: those that meet, directly or through others."""

    horizontals: tuple[Ruling, ...]
    verticals: tuple[Ruling, ...]


def join_rulings(bits: Iterable[Ruling], settings: RulingSettings = SETTINGS) -> list[Ruling]:
    """Lines in order of position: collinear bits that touch or nearly touch become one.

    Bits are collinear when they lie within `snap` of the line before them *and* reach over or nearly to it,
    so two parallel lines that stand apart along the page keep their own positions.
    """
    lines: list[Ruling] = []
    for group in _by_position(bits, settings.snap):
        lines += _join_along(group, settings.gap)
    return sorted(line for line in lines if line.end - line.start >= settings.shortest)


def _by_position(bits: Iterable[Ruling], snap: float) -> list[list[Ruling]]:
    groups: list[list[Ruling]] = []
    for bit in sorted(bits):
        if groups and bit.at - groups[-1][0].at <= snap:
            groups[-1].append(bit)
        else:
            groups.append([bit])
    return groups


def _join_along(group: Sequence[Ruling], gap: float) -> list[Ruling]:
    """Bits of one position joined where they touch; the position is their mean, weighted by length."""
    runs: list[list[Ruling]] = []
    end = 0.0
    for bit in sorted(group, key=lambda b: b.start):
        if runs and bit.start - end <= gap:
            runs[-1].append(bit)
            end = max(end, bit.end)
        else:
            runs.append([bit])
            end = bit.end
    return [Ruling(_mean(run), run[0].start, max(bit.end for bit in run)) for run in runs]


def _mean(bits: Sequence[Ruling]) -> float:
    if len(bits) == 1:
        return bits[0].at
    lengths = [max(bit.end - bit.start, 0.1) for bit in bits]
    return sum(bit.at * length for bit, length in zip(bits, lengths, strict=True)) / sum(lengths)


def rulings_to_frames(
    horizontals: Sequence[Ruling], verticals: Sequence[Ruling], settings: RulingSettings = SETTINGS
) -> tuple[list[Frame], list[Ruling]]:
    """Frames in order from the top, and the horizontals that no vertical meets."""
    root = list(range(len(horizontals) + len(verticals)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    reach = settings.reach
    for v, vertical in enumerate(verticals, len(horizontals)):
        for h, horizontal in enumerate(horizontals):
            if horizontal.at > vertical.end + reach:
                break
            if (
                horizontal.at >= vertical.start - reach
                and horizontal.start - reach <= vertical.at <= horizontal.end + reach
            ):
                root[find(v)] = find(h)
    groups: defaultdict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for h, horizontal in enumerate(horizontals):
        groups[find(h)][0].append(horizontal)
    for v, vertical in enumerate(verticals, len(horizontals)):
        groups[find(v)][1].append(vertical)
    frames = [Frame(tuple(h), tuple(v)) for h, v in groups.values() if h and v]
    loose = [ruling for h, v in groups.values() if not v for ruling in h]
    return sorted(frames, key=lambda f: f.horizontals[0].at), sorted(loose)
