"""Two engines read every line: a fast one first, a careful one where the fast one may err."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.ocr.rapid import careful_recogniser, fast_recogniser
from extractors.ocr.recogniser import Image, Recognition


@dataclass(frozen=True, slots=True)
class LineReading:
    """What a line says.

    Attributes:
        text: empty where nothing stands.
        places: where each character stands, as a share of the picture's width.
        confidence: 0 to 1, that the whole line is right.
    """

    text: str
    places: tuple[float, ...]
    confidence: float


def read_lines(lines: Sequence[Image]) -> list[LineReading]:
    """One reading for each picture of a line."""
    fast, careful = fast_recogniser().read(lines), careful_recogniser().read(lines)
    return [_settle(first, second) for first, second in zip(fast, careful, strict=True)]


def _settle(first: Recognition, second: Recognition) -> LineReading:
    confidence = second.certainty
    if first.text == second.text:
        confidence = 1 - (1 - first.certainty) * (1 - second.certainty)
    return LineReading(second.text, second.places, confidence)
