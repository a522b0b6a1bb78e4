"""Characters -> lines of text."""

from collections.abc import Iterable, Sequence
from statistics import median

from extractors.geometry import BBox, union
from extractors.page import Char, Page
from extractors.table import TextLine

_SAME_LINE = 0.5  # share of a character's height that centres of one line may differ by
_WORD_GAP = 1.0  # gap in character heights that reads as a blank
_PART_GAP = 0.8  # gap in character heights that parts a line in two beside each other


def chars_to_lines(chars: Iterable[Char]) -> list[list[Char]]:
    """Lines from the top, each from the left."""
    lines: list[list[Char]] = []
    centre = height = 0.0
    for char in sorted(chars, key=_centre):
        y = (char.top + char.bottom) / 2
        if lines and y - centre <= _SAME_LINE * min(height, char.bottom - char.top):
            lines[-1].append(char)
        else:
            lines.append([char])
            centre, height = y, char.bottom - char.top
    for line in lines:
        line.sort(key=_left)
    return lines


def _centre(char: Char) -> float:
    return char.top + char.bottom


def _left(char: Char) -> float:
    return char.x0


def line_text(line: Sequence[Char]) -> str:
    """The line's text; a wide gap reads as one blank, printed blanks count once."""
    pieces: list[str] = []
    end = line[0].x0
    for char in line:
        gap = char.x0 - end > _WORD_GAP * (char.bottom - char.top)
        if (gap or char.text == " ") and pieces and pieces[-1] != " ":
            pieces.append(" ")
        if char.text != " ":
            pieces.append(char.text)
        end = max(end, char.x1)
    return "".join(pieces).strip()


def chars_to_text(chars: Iterable[Char]) -> str:
    """The text of a cell, a line break wherever the page has one."""
    return "\n".join(text for line in chars_to_lines(chars) if (text := line_text(line)))


def chars_to_text_lines(page: Page, chars: Iterable[Char]) -> list[TextLine]:
    """Lines of running text, from the top; blank ones are left out."""
    lines: list[TextLine] = []
    for line in chars_to_lines(chars):
        text = line_text(line)
        if text:
            box = union(BBox(*c[1:]) for c in line if c.text != " ")
            size = median(c.bottom - c.top for c in line)
            lines.append(TextLine(text, page.number, page.shown(box), size))
    return lines


def split_parts(line: Sequence[Char]) -> list[list[Char]]:
    """The line's parts that stand far apart, from the left; blanks at their ends left out."""
    parts: list[list[Char]] = []
    for char in line:
        if char.text == " ":
            continue
        if parts and char.x0 - parts[-1][-1].x1 <= _PART_GAP * (char.bottom - char.top):
            parts[-1].append(char)
        else:
            parts.append([char])
    return parts
