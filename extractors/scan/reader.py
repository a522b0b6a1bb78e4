"""Pages whose text must be read from their picture: scans, pages whose text layer lies, pictures pasted into a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from extractors.belief import makes_chinese
from extractors.geometry import BBox
from extractors.ocr.rapid import fast_recogniser
from extractors.page import Char, Page, Ruling
from extractors.scan.drawn import find_rulings
from extractors.scan.picture import POINTS, Picture, clean, find_ink, to_picture, without_border
from extractors.scan.seal import find_seals, without_rings
from extractors.scan.sheet import SeenLine, cut_out, find_text, read_text, to_chars
from extractors.scan.skew import find_skew, turn, upright
from extractors.scan.text_lines import LineBox

Array = Any

_SAMPLE = 12  # lines that tell whether a page stands upright
_UPRIGHT = 0.85  # what they score on a page that does
_WIDE = 2.5  # heights: lines that are wider hold several characters
_SENSELESS = 0.5  # what is left of the score where the characters make no usual pairs
_USUAL_SHARE = 0.8  # share of the text that stands in wide lines on an upright page
_TURNS = (1, 3, 2)  # counterclockwise quarter turns, the likeliest first


def see_scan(pixels: Array, page: Page) -> Page:
    """The page as its picture shows it: turned upright, levelled, rulings and text found.

    Args:
        pixels: the page as viewers show it, RGB.
        page: as its file describes it.
    """
    quarters, sheet = _upright(pixels)
    seen = _as_chars(read_text(sheet.picture, sheet.lines))
    height, width = sheet.picture.ink.shape
    return Page(
        page.number,
        width * POINTS,
        height * POINTS,
        tuple(seen.chars),
        tuple(sheet.horizontals),
        tuple(sheet.verticals),
        page.images,
        quarters,
        sheet.skew,
        seen=seen.confidences,
        rivals=seen.rivals,
    )


def see_glyphs(pixels: Array, page: Page) -> Page:
    """The page with the text that its glyphs show; rulings as the file draws them."""
    grey = clean(np.rot90(pixels, page.turns))
    picture = to_picture(grey)
    seen = _as_chars(read_text(picture, find_text(picture, page.horizontals, page.verticals)))
    return replace(page, chars=tuple(seen.chars), seen=seen.confidences, rivals=seen.rivals)


def see_areas(pixels: Array, page: Page, areas: Sequence[BBox]) -> Page:
    """The page with the text and the rulings of pictures that stand on it; text of the file inside them goes."""
    straight = np.rot90(pixels, page.turns)
    seen = _Seen([c for c in page.chars if not any(_holds(area, c) for area in areas)])
    horizontals, verticals = list(page.horizontals), list(page.verticals)
    for area in areas:
        x0, top, x1, bottom = (max(0, round(side / POINTS)) for side in area)
        grey = clean(np.ascontiguousarray(straight[top:bottom, x0:x1]))
        skew = find_skew(find_ink(grey))
        sheet = _explore(to_picture(turn(grey, skew)), skew)
        across, down = sheet.horizontals, sheet.verticals
        seen.add(read_text(sheet.picture, sheet.lines), x0 * POINTS, top * POINTS)
        horizontals += (Ruling(r.at + top * POINTS, r.start + x0 * POINTS, r.end + x0 * POINTS) for r in across)
        verticals += (Ruling(r.at + x0 * POINTS, r.start + top * POINTS, r.end + top * POINTS) for r in down)
    return replace(
        page,
        chars=tuple(seen.chars),
        horizontals=tuple(horizontals),
        verticals=tuple(verticals),
        seen=seen.confidences,
        rivals=seen.rivals,
    )


def _holds(area: BBox, char: Char) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return area.x0 <= x <= area.x1 and area.top <= y <= area.bottom


@dataclass(slots=True)
class _Seen:
    """Characters of a page with what was read from its picture: see `Page.seen` and `Page.rivals`."""

    chars: list[Char] = field(default_factory=list)
    confidences: dict[int, float] = field(default_factory=dict)
    rivals: dict[int, str] = field(default_factory=dict)

    def add(self, lines: Iterable[SeenLine], dx: float = 0.0, dy: float = 0.0) -> None:
        """Lines of a picture whose corner stands at (dx, dy) points."""
        for line in lines:
            first = len(self.chars)
            self.chars += (Char(c.text, c.x0 + dx, c.top + dy, c.x1 + dx, c.bottom + dy) for c in to_chars(line))
            self.confidences.update(dict.fromkeys(range(first, len(self.chars)), line.reading.confidence))
            if line.reading.rival:
                self.rivals[first] = line.reading.rival


def _as_chars(lines: Iterable[SeenLine]) -> _Seen:
    seen = _Seen()
    seen.add(lines)
    return seen


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A level picture with what was found on it; skew in degrees, clockwise."""

    picture: Picture
    skew: float
    horizontals: list[Ruling]
    verticals: list[Ruling]
    lines: list[LineBox]


def _upright(pixels: Array) -> tuple[int, _Sheet]:
    """Counterclockwise quarter turns that set a scan upright, and the sheet so turned."""
    found: list[tuple[float, int, _Sheet]] = []
    for quarters in (0, *_TURNS):
        sheet = _level(np.ascontiguousarray(np.rot90(pixels, quarters)))
        score = _legibility(sheet)
        found.append((score, quarters, sheet))
        if score >= _UPRIGHT:
            break
    _, quarters, sheet = max(found, key=lambda each: each[0])
    return quarters, sheet


def _level(pixels: Array) -> _Sheet:
    grey = without_border(clean(pixels))
    skew = find_skew(find_ink(grey))
    grey = turn(grey, skew)
    return _explore(to_picture(upright(grey, find_ink(grey))), skew)


def _explore(picture: Picture, skew: float) -> _Sheet:
    """Rulings and lines of a level picture; those that a seal may touch are disturbed."""
    seals = find_seals(picture.ink)
    picture = replace(picture, ink=without_rings(picture.ink, seals))
    horizontals, verticals = find_rulings(picture)
    lines = find_text(picture, horizontals, verticals)
    lines = [replace(line, is_disturbed=True) if any(s.covers(*line.ink) for s in seals) else line for line in lines]
    return _Sheet(picture, skew, horizontals, verticals, lines)


def _legibility(sheet: _Sheet) -> float:
    """How well some lines can be read: mean probability of their characters; 1 where nothing stands.

    Wide lines only, and less where there are few: on a page that lies on its side each character is a line of its
    own, and single characters are read even so. Close lines of such a page make rows of characters that are read
    with certainty, one by one; together they make no Chinese.
    """
    wide = [line for line in sheet.lines if _width(line) >= _WIDE * (line.cut.bottom - line.cut.top)]
    if not sheet.lines:
        return 1.0
    share = sum(map(_width, wide)) / sum(map(_width, sheet.lines))
    sample = sorted(wide, key=_width)[:: max(1, len(wide) // _SAMPLE)][:_SAMPLE]
    read = fast_recogniser().read([cut_out(sheet.picture.grey, line) for line in sample])
    probabilities = [p for line in read for p in line.probabilities]
    sense = 1.0 if makes_chinese("\n".join(line.text for line in read)) else _SENSELESS
    return sense * min(1.0, share / _USUAL_SHARE) * sum(probabilities) / max(1, len(probabilities))


def _width(line: LineBox) -> int:
    return line.cut.x1 - line.cut.x0
