"""What an engine that reads lines must do. Another engine is one module with a class that does this."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Image = Any  # numpy array, height x width, uint8, dark text on white


@dataclass(frozen=True, slots=True)
class Recognition:
    """One line as an engine reads it.

    Attributes:
        text: without blanks at its ends.
        probabilities: one for each character, 0 to 1, as the engine gives them.
        places: where each character stands, as a share of the line's width: the middle of what the engine saw.
    """

    text: str
    probabilities: tuple[float, ...]
    places: tuple[float, ...]

    @property
    def certainty(self) -> float:
        """The probability of the character that the engine is least sure of; 1 where it sees nothing."""
        return min(self.probabilities, default=1.0)


class Recogniser(Protocol):
    """Reads lines. Loading one may take a second; keep it."""

    def read(self, lines: Sequence[Image]) -> list[Recognition]:
        """One recognition for each picture of a line, in the same order."""
        ...
