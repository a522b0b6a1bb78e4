"""What is on a page, as the finders of tables want it: upright, top-left origin, points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from extractors.geometry import BBox, tilt_box, turn_box

UNKNOWN = "\ufffd"  # a glyph whose character the file does not tell


class Char(NamedTuple):
    """One character with its advance box (loose: full line height, full advance width)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Word(NamedTuple):
    """Characters that follow each other closely on one line: chars[first:stop] of its page, single blanks inside."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    first: int
    stop: int


class Ruling(NamedTuple):
    """A straight line along one axis: at y from x0 to x1 (horizontal) or at x from top to bottom (vertical)."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
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
        skew: degrees by which a scan hangs clockwise; the boxes here are those of the levelled page.
        is_hidden: whether the characters are not shown: a recognised text laid under or over a scan.
        seen: index of each character that was read from the page's picture to the confidence of its line, 0 to 1.
        rivals: index of a line's first character to what another engine reads there, where it reads otherwise.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    horizontals: tuple[Ruling, ...]
    verticals: tuple[Ruling, ...]
    images: tuple[BBox, ...] = ()
    turns: int = 0
    skew: float = 0.0
    is_hidden: bool = False
    seen: Mapping[int, float] = field(default_factory=dict)
    rivals: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The characters as words, in content order."""
        return tuple(chars_to_words(self.chars))

    def shown(self, box: BBox) -> BBox:
        """The box on the page as viewers show it."""
        if self.skew:
            box = tilt_box(box, self.skew, self.width, self.height)
        return turn_box(box, self.turns, self.width, self.height)

    def upright(self, box: BBox) -> BBox:
        """The box, given on the page as viewers show it, on the upright page; the middle is exact on a skewed one."""
        size = (self.height, self.width) if self.turns % 2 else (self.width, self.height)
        box = turn_box(box, -self.turns, *size)
        return tilt_box(box, -self.skew, self.width, self.height) if self.skew else box


_TIGHT = 0.1  # gap in character heights below which neighbours in the content are one word


def chars_to_words(chars: Sequence[Char]) -> list[Word]:
    """Words in content order; blanks at their ends and runs of blanks are left out."""
    words: list[Word] = []
    first, stop = 0, 0  # the word so far; stop is behind its last character that is no blank
    end = bottom = height = 0.0
    for index, char in enumerate(chars):
        text, x0, top, x1, low = char
        if text == " ":
            if index > stop:  # a second blank
                end = -1e9
            elif abs(x0 - end) <= _TIGHT * height:
                end = x1
            continue
        if stop > first and abs(x0 - end) <= _TIGHT * height and abs(low - bottom) <= _TIGHT * height:
            stop, end = index + 1, x1
            continue
        if stop > first:
            words.append(_word(chars, first, stop))
        first, stop, end, bottom, height = index, index + 1, x1, low, low - top
    if stop > first:
        words.append(_word(chars, first, stop))
    return words


def _word(chars: Sequence[Char], first: int, stop: int) -> Word:
    if stop == first + 1:
        return Word(*chars[first], first, stop)
    texts, x0s, tops, x1s, bottoms = zip(*chars[first:stop], strict=True)
    return Word("".join(texts), x0s[0], min(tops), x1s[-1], max(bottoms), first, stop)


def part_of_word(chars: Sequence[Char], first: int, stop: int) -> Word | None:
    """Some characters of a word as a word of their own; None where they are blanks alone."""
    while first < stop and chars[first].text == " ":
        first += 1
    while stop > first and chars[stop - 1].text == " ":
        stop -= 1
    return _word(chars, first, stop) if stop > first else None
