"""Scores over time steps -> text (connectionist temporal classification, Graves et al. 2006, best path)."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from extractors.ocr.recogniser import Recognition

_BLANK = 0


def decode(scores: Any, characters: Sequence[str], width: float) -> Recognition:
    """The best path: runs of one class are one character, blanks between them are left out.

    Args:
        scores: time steps x classes, probabilities.
        characters: one for each class; the first stands for "no character".
        width: share of the time steps that the line takes; the rest is padding.
    """
    steps = max(1, min(len(scores), round(len(scores) * width)))
    best = scores.argmax(axis=1)
    peaks = scores[np.arange(len(best)), best]
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    ends = np.append(starts[1:], len(best))
    text, probabilities, places = [], [], []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if best[start] != _BLANK:
            text.append(characters[best[start]])
            probabilities.append(float(peaks[start:end].max()))
            places.append(min(1.0, (start + end) / 2 / steps))
    return _trimmed(text, probabilities, places)


def _trimmed(text: list[str], probabilities: list[float], places: list[float]) -> Recognition:
    """Without blanks at the ends."""
    first, stop = 0, len(text)
    while first < stop and not text[first].strip():
        first += 1
    while stop > first and not text[stop - 1].strip():
        stop -= 1
    return Recognition("".join(text[first:stop]), tuple(probabilities[first:stop]), tuple(places[first:stop]))
