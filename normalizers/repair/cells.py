"""Names in a column of cells, where one may be cut over two cells and two may have run together in one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalizers.repair.distance import distance
from normalizers.repair.lexicon import Context, Lexicon, Match
from normalizers.text import fold

_SHORTEST = 3  # characters of a name that may have run together with another


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a cell, or in two that follow each other.

    Attributes:
        first: place of the first cell.
        last: place of the last one, the same or the next.
        matches: one for each name; two only where both were found in one cell.
    """

    first: int
    last: int
    matches: tuple[Match, ...]


def match_cells(lexicon: Lexicon, texts: Sequence[str], contexts: Sequence[Context] = ()) -> list[Reading]:
    """The names in cells that stand below each other, each cell in exactly one reading.

    A cell that holds a known name is read on its own. Two others that make one name together are put together;
    one that makes none is cut in two where a blank cell beside it says that a name is missing.

    Args:
        lexicon: what may stand there.
        texts: of the cells, from the top, as read.
        contexts: what stands beside each; none, or as many as texts.
    """
    contexts = contexts or [Context()] * len(texts)
    alone = lexicon.match(texts, contexts)
    joined = _joined(lexicon, texts, contexts, alone)
    parted = _parted(lexicon, texts, contexts, alone)
    readings, place = [], 0
    while place < len(texts):
        if place in joined:
            readings.append(Reading(place, place + 1, (joined[place],)))
        else:
            readings.append(Reading(place, place, parted.get(place, (alone[place],))))
        place = readings[-1].last + 1
    return readings


def _joined(
    lexicon: Lexicon, texts: Sequence[str], contexts: Sequence[Context], alone: Sequence[Match]
) -> dict[int, Match]:
    """Names cut over two cells, by the place of the first; none of them overlap."""
    pairs = [
        place
        for place, (one, two) in enumerate(pairwise(alone))
        if "equal" not in (one.reason, two.reason) and texts[place] and texts[place + 1]
    ]
    matches = lexicon.match([texts[place] + texts[place + 1] for place in pairs], [contexts[place] for place in pairs])
    found: dict[int, Match] = {}
    for place, match in sorted(zip(pairs, matches, strict=True), key=lambda each: -each[1].score):
        is_free = not {place - 1, place + 1} & set(found)
        if match.value is not None and is_free and _says_more(match.value, place, texts, alone):
            found[place] = match
    return found


def _says_more(name: str, place: int, texts: Sequence[str], alone: Sequence[Match]) -> bool:
    """Whether two cells together are nearer to a name than the one of them that was taken for a name already."""
    together = distance(fold(texts[place] + texts[place + 1]), fold(name))
    return all(
        alone[each].value is None or (alone[each].value == name and together < distance(fold(texts[each]), fold(name)))
        for each in (place, place + 1)
    )


def _parted(
    lexicon: Lexicon, texts: Sequence[str], contexts: Sequence[Context], alone: Sequence[Match]
) -> dict[int, tuple[Match, Match]]:
    """Two names that stand in one cell, by its place."""
    crowded = [place for place, match in enumerate(alone) if match.value is None and _beside_a_blank(texts, place)]
    cuts = [(place, *cut) for place in crowded for cut in _cuts(texts[place])]
    own = [contexts[place] for place, _, _ in cuts]
    heads = lexicon.match([head for _, head, _ in cuts], own)
    tails = lexicon.match([tail for _, _, tail in cuts], own)
    found: dict[int, tuple[Match, Match]] = {}
    for (place, _, _), head, tail in zip(cuts, heads, tails, strict=True):
        sure = head.value is not None and tail.value is not None
        if sure and (place not in found or _score(head, tail) > _score(*found[place])):
            found[place] = (head, tail)
    return found


def _beside_a_blank(texts: Sequence[str], place: int) -> bool:
    return any(not fold(text) for text in (*texts[max(place - 1, 0) : place], *texts[place + 1 : place + 2]))


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    key = fold(text)
    yield from ((key[:cut], key[cut:]) for cut in range(_SHORTEST, len(key) - _SHORTEST + 1))


def _score(one: Match, other: Match) -> float:
    return one.score * other.score
