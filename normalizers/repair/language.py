"""How likely a text is as a name that nobody has listed: the hypothesis that every repair has to beat."""

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise

from normalizers.repair.distance import Costs

_UNSEEN = 0.1  # counts for each of the characters there are, seen or not
_CHARACTERS = 5000
_DISCOUNT = 0.6  # of each pair's count, for pairs that were not seen (absolute discounting)
_EDGE = "\n"  # before and after a name
_ANY = ""  # a character of which nothing is known


@cache
def common_words() -> tuple[str, ...]:
    """Words that names of the field are made of, so that a new name of real words is known for one."""
    text = (files("normalizers") / "registry" / "common_words.txt").read_text(encoding="utf-8")
    return tuple(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def plain_language() -> "Language":
    """Common words and nothing else: for a few wordings that teach no language."""
    return Language((), common_words())


class Language:
    """Pairs of characters as names make them: a made-up name of the field costs less than noise does.

    Args:
        names: folded names to count pairs in. Without any, all characters are equally likely.
        words: words that names are made of; their pairs count once more.
    """

    def __init__(self, names: Iterable[str] = (), words: Iterable[str] = ()) -> None:
        marked = (_EDGE + name + _EDGE for name in names)
        self._pairs = Counter(pair for text in (*marked, *words) for pair in pairwise(text))
        self._before: Counter[str] = Counter()
        self._single: Counter[str] = Counter()
        for (first, second), count in self._pairs.items():
            self._before[first] += count
            self._single[second] += count
        self._kinds = Counter(first for first, _ in self._pairs)
        self._total = self._single.total()
        self._chances: dict[tuple[str, str], float] = {}

    def chance(self, name: str) -> float:
        """The chance to meet this very name."""
        marked = _EDGE + name + _EDGE
        return math.prod(self._follows(*pair) for pair in pairwise(marked))

    def chance_as_read(self, text: str, costs: Costs, unit_cost: float) -> float:
        """The chance that some name was read as this text.

        Each character may be itself, one that it is confused with, or one of which nothing is left; the chances of
        all names that are possible then are summed up from the front.

        Args:
            text: folded, as read.
            costs: prices of damage.
            unit_cost: nats for damage of cost 1.
        """
        chances = {_EDGE: 1.0}
        for char in text:
            read = {char: 1.0, _ANY: math.exp(-unit_cost * costs.stranger)}
            for other in costs.confusions.get(char, ()):
                read[other] = math.exp(-unit_cost * costs.substitution(char, other))
            chances = {
                printed: chance * sum(before * self._follows(last, printed) for last, before in chances.items())
                for printed, chance in read.items()
            }
        return sum(chance * self._follows(last, _EDGE) for last, chance in chances.items())

    def _follows(self, first: str, second: str) -> float:
        """The chance that a name goes on with the second character after the first."""
        found = self._chances.get((first, second))
        if found is None:
            found = self._chances[first, second] = self._estimate(first, second)
        return found

    def _estimate(self, first: str, second: str) -> float:
        if second == _ANY:
            return 1.0
        alone = (self._single[second] + _UNSEEN) / (self._total + _UNSEEN * _CHARACTERS)
        seen = self._before[first]
        if not seen:
            return alone
        pair = max(self._pairs[first, second] - _DISCOUNT, 0.0)
        return (pair + _DISCOUNT * self._kinds[first] * alone) / seen
