"""Does a text layer say what the page shows? Some of its lines are read from the picture and compared."""

import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from extractors.geometry import BBox, union
from extractors.lines import line_text, words_to_lines
from extractors.ocr.rapid import fast_recogniser
from extractors.page import Page, Word
from extractors.scan.picture import POINTS, clean, find_ink

Array = Any

_LINES = 12  # lines that are compared
_INK = 0.02  # share of a line's box that is ink where something is drawn


def agreement(pixels: Array, page: Page) -> float | None:
    """Share of the characters of some lines that the picture shows too; None where it shows nothing in their place.

    Nothing is shown where a font is not embedded and the machine has none in its stead.

    Args:
        pixels: the page as viewers show it, RGB.
        page: as its file describes it.
    """
    grey = clean(np.ascontiguousarray(np.rot90(pixels, page.turns)))
    ink = find_ink(grey)
    shown = [line for line in words_to_lines(page.words) if _is_drawn(_cut(ink, line))]
    chosen = _spread(shown)
    if not chosen:
        return None
    wanted = [_fold(line_text(line)) for line in chosen]
    read = fast_recogniser().read([_cut(grey, line) for line in chosen])
    errors = sum(Levenshtein.distance(text, _fold(seen.text)) for text, seen in zip(wanted, read, strict=True))
    return max(0.0, 1 - errors / max(1, sum(map(len, wanted))))


def _is_drawn(ink: Array) -> bool:
    """Whether the picture shows something; a line may also stand outside the page."""
    return bool(ink.size) and bool((ink > 0).mean() >= _INK)


def _spread(lines: Sequence[list[Word]]) -> list[list[Word]]:
    """Some lines from all over the page."""
    return list(lines[:: max(1, len(lines) // _LINES)][:_LINES])


def _cut(picture: Array, line: Sequence[Word]) -> Array:
    x0, top, x1, bottom = (max(0, round(side / POINTS)) for side in union(BBox(*word[1:5]) for word in line))
    return picture[top : max(bottom, top + 1), x0 : max(x1, x0 + 1)]


def _fold(text: str) -> str:
    """Without blanks and differences of width."""
    return "".join(unicodedata.normalize("NFKC", text).split())
