"""Words -> lines of text."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from statistics import median

from extractors.geometry import BBox, union
from extractors.page import Page, Word
from extractors.table import TextLine, TextSource

_SAME_LINE = 0.5  # share of a word's height that centres of one line may differ by
_WORD_GAP = 1.0  # gap in heights that reads as a blank
_PART_GAP = 0.8  # gap in heights that parts a line in two beside each other
_left = attrgetter("x0")


def words_to_lines(words: Iterable[Word]) -> list[list[Word]]:
    """Lines from the top, each from the left."""
    lines: list[list[Word]] = []
    centre = height = 0.0
    for word in sorted(words, key=_centre):
        y = (word.top + word.bottom) / 2
        if lines and y - centre <= _SAME_LINE * min(height, word.bottom - word.top):
            lines[-1].append(word)
        else:
            lines.append([word])
            centre, height = y, word.bottom - word.top
    for line in lines:
        if len(line) > 1:
            line.sort(key=_left)
    return lines


def _centre(word: Word) -> float:
    return word.top + word.bottom


def line_text(line: Sequence[Word]) -> str:
    """The line's text; a wide gap reads as one blank."""
    if len(line) == 1:
        return line[0].text
    pieces = [line[0].text]
    end = line[0].x1
    for word in line[1:]:
        if word.x0 - end > _WORD_GAP * (word.bottom - word.top):
            pieces.append(" ")
        pieces.append(word.text)
        end = max(end, word.x1)
    return "".join(pieces)


def words_to_text(words: Sequence[Word]) -> str:
    """The text of a cell, a line break wherever the page has one."""
    if len(words) == 1:
        return words[0].text
    return "\n".join(line_text(line) for line in words_to_lines(words))


def words_to_text_lines(page: Page, words: Iterable[Word]) -> list[TextLine]:
    """Lines of running text, from the top."""
    lines: list[TextLine] = []
    for line in words_to_lines(words):
        level = union(BBox(*word[1:5]) for word in line)
        size, confidence = median(w.bottom - w.top for w in line), seen_with(page, line)
        source, sure = (TextSource.TEXT_LAYER, 1.0) if confidence is None else (TextSource.OCR, confidence)
        beside = level if page.turns or page.skew else None
        lines.append(TextLine(line_text(line), page.number, page.shown(level), size, source, sure, beside))
    return lines


def seen_with(page: Page, words: Iterable[Word]) -> float | None:
    """The confidence of the words that were read from the picture; None where none was."""
    if not page.seen:
        return None
    return min((page.seen[word.first] for word in words if word.first in page.seen), default=None)


def rival_of(page: Page, words: Sequence[Word]) -> str:
    """What another engine reads in place of the words, where they are one line of its own; empty where it agrees."""
    if not page.rivals or not words or len(words_to_lines(words)) > 1:
        return ""
    return page.rivals.get(min(word.first for word in words), "")


def split_parts(line: Sequence[Word]) -> list[list[Word]]:
    """The line's parts that stand far apart, from the left."""
    parts: list[list[Word]] = []
    for word in line:
        if parts and word.x0 - parts[-1][-1].x1 <= _PART_GAP * (word.bottom - word.top):
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts
