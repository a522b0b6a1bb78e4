"""Which names are worth a closer look: thousands of texts against thousands of names in one call."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from normalizers.repair.distance import Confusions

_ALIKE = 0.5  # cost up to which two characters count as one here
_MARGIN = 2  # edits more than the nearest name needs; what is farther off is no rival
_LONGEST = 24  # names for one text
_ROWS = 512  # texts at a time: the table of distances stays small


class Shortlist:
    """The nearest names by plain edit distance, characters of one shape taken as one.

    Args:
        names: folded names.
        confusions: characters that are taken for each other.
    """

    def __init__(self, names: Sequence[str], confusions: Confusions) -> None:
        self._shapes = _shapes(confusions)
        self._skeletons = [name.translate(self._shapes) for name in names]

    def near(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """For each folded text the places of the names near it, in no particular order."""
        if not self._skeletons:
            yield from ([] for _ in texts)
            return
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import cdist  # brings NumPy, which a file without doubtful names does not need

        for start in range(0, len(texts), _ROWS):
            some = [text.translate(self._shapes) for text in texts[start : start + _ROWS]]
            table: Any = cdist(some, self._skeletons, scorer=Levenshtein.distance, workers=-1)
            yield from map(_nearest, table)


def _nearest(distances: Any) -> list[int]:
    near = (distances <= distances.min() + _MARGIN).nonzero()[0]
    if len(near) > _LONGEST:
        near = near[distances[near].argsort(kind="stable")[:_LONGEST]]
    found: list[int] = near.tolist()
    return found


def _shapes(confusions: Confusions) -> dict[int, str]:
    """Each character to the one that stands for its like; no chains, so that not everything becomes one."""
    like = {char: [other for other, cost in others.items() if cost <= _ALIKE] for char, others in confusions.items()}
    shapes: dict[str, str] = {}
    for char in _most_like_first(like):
        if char not in shapes:
            shapes.update({each: char for each in like[char] if each not in shapes}, **{char: char})
    return {ord(char): shape for char, shape in shapes.items()}


def _most_like_first(like: Mapping[str, Sequence[str]]) -> Iterable[str]:
    return sorted(like, key=lambda char: (-len(like[char]), char))
