"""Names that may have been printed, and the decision whether a damaged reading is one of them.

Every known name is a hypothesis: its frequency, times the chance that this form asks for it, times the chance that
it was damaged into what was read. That the name is listed nowhere is a hypothesis like the others, with a price of
its own (`language.py`). A repair is accepted when one name is overwhelmingly more likely than all the rest together.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from normalizers.repair.distance import Costs, distance
from normalizers.repair.language import Language, plain_language
from normalizers.repair.levels import bare
from normalizers.repair.shortlist import Shortlist
from normalizers.text import fold

_RIVALS = 5
_RAREST = 0.02  # share below which a level or unit says no more for being rare
_USUAL_DOUBT = 0.15  # 1 less the confidence for which the prices are made
_LEAST_DOUBT = 0.005
_LEAST_UNLISTED = 0.02  # share of the chance of all names that unlisted ones have at the least
_USUAL_DOUBT = 0.2  # of a text that counts as flagged
_LEAST_DOUBT = 0.02


@dataclass(frozen=True, slots=True)
class Known:
    """A name that is used.

    Attributes:
        name: as it is printed.
        level2: bare names of the second levels it stands under, the commonest first; empty if not known.
        unit: of its target; empty: none, or not known.
        sense: `more` or `less` is better, or empty.
        source: where it comes from: `registry`, `learned`, ...
        weight: how often it is met, beside 1 for a name of the registry.
    """

    name: str
    level2: tuple[str, ...] = ()
    unit: str = ""
    sense: str = ""
    source: str = "registry"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Context:
    """What the form says beside a name.

    Attributes:
        level2: the second level it stands under, as read; empty: not known.
        unit: of its target, as read; empty: not known.
        confidence: 0 to 1, how sure the reading of the name is; None: not known.
    """

    level2: str = ""
    unit: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What became of one text.

    Attributes:
        value: the name, where the evidence is strong and no rival is near; None: leave the text as it was read.
        score: 0 to 1, the posterior probability of the best name.
        rivals: other names and their probabilities, the best first; without a value, the best name leads them.
        reason: `equal`, `repaired`, or why not: `empty`, `far` (no name is near), `unlisted` (a name of its own is
            as likely), `rivals` (so is another name).
    """

    value: str | None
    score: float
    rivals: tuple[tuple[str, float], ...] = ()
    reason: str = "far"


@dataclass(frozen=True, slots=True)
class Odds:
    """How the evidence is weighed; all logarithms are natural.

    Attributes:
        listed: the prior chance that what was printed is a listed name.
        unit_cost: logarithm that damage of cost 1 takes from the chance of a name.
        certain: the posterior probability from which a repair is accepted.
        farthest: cost of damage for each character of the name beyond which no context makes it a candidate.
        misfiled: share of names that stand under another second level than they usually do.
        odd_unit: share of targets in another unit than usual.
    """

    listed: float = 0.5
    unit_cost: float = 12.3
    certain: float = 0.92
    farthest: float = 0.5
    misfiled: float = 0.05
    odd_unit: float = 0.1


class Lexicon:
    """Known names, ready to be matched.

    Args:
        known: names; of those that are equal when folded the first is kept, with the weight of all.
        language: what a name that is not listed looks like; by default it is made of common words.
        costs: prices of damage.
        odds: how the evidence is weighed.
    """

    def __init__(
        self,
        known: Iterable[Known],
        language: Language | None = None,
        costs: Costs | None = None,
        odds: Odds | None = None,
    ) -> None:
        self._known = _merged(known)
        self._keys = tuple(self._known)
        self._names = tuple(self._known.values())
        self._language = language or plain_language()
        self._costs = costs or Costs()
        self._odds = odds or Odds()
        self._units = Counter(known.unit for known in self._names if known.unit)
        self._shares: dict[str, float] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """All names as they are printed, each once."""
        return tuple(known.name for known in self._names)

    def __contains__(self, text: str) -> bool:
        return fold(text) in self._known

    def find(self, text: str) -> Known | None:
        """The known name that a text is, whatever its widths and blanks; None if it is none."""
        return self._known.get(fold(text))

    def extended(self, more: Iterable[Known]) -> "Lexicon":
        """With more names; what an unlisted name looks like stays the same."""
        return Lexicon((*self._names, *more), self._language, self._costs, self._odds)

    @cached_property
    def _shortlist(self) -> Shortlist:
        return Shortlist(self._keys, self._costs.confusions)

    @cached_property
    def _weight(self) -> float:
        return sum(known.weight for known in self._names)

    def match(self, texts: Sequence[str], contexts: Sequence[Context] = ()) -> list[Match]:
        """The name behind each text, all at once: thousands cost little more than one.

        Args:
            texts: names as read, damaged or not.
            contexts: what stands beside each; none, or as many as texts.

        Raises:
            ValueError: there are neither no contexts nor as many as texts.
        """
        contexts = contexts or [Context()] * len(texts)
        keys = [fold(text) for text in texts]
        matches = [self._at_once(text, key) for text, key in zip(texts, keys, strict=True)]
        doubtful = [index for index, match in enumerate(matches) if match is None]
        near = self._shortlist.near([keys[index] for index in doubtful]) if doubtful else ()
        found = {
            index: self._weigh(keys[index], contexts[index], places)
            for index, places in zip(doubtful, near, strict=True)
        }
        return [match or found[index] for index, (match, _) in enumerate(zip(matches, contexts, strict=True))]

    def _at_once(self, text: str, key: str) -> Match | None:
        """A name that is known stays as it is printed."""
        if key in self._known:
            return Match(text, 1.0, reason="equal")
        return None if key else Match(None, 0.0, reason="empty")

    def _weigh(self, key: str, context: Context, places: Iterable[int]) -> Match:
        unit_cost = self._unit_cost(context.confidence)
        limits = [(self._odds.farthest * len(self._keys[place]), place) for place in places]
        costs = [(distance(key, self._keys[place], self._costs, limit), limit, place) for limit, place in limits]
        near = [(cost, place) for cost, limit, place in costs if cost <= limit]
        if not near:
            return Match(None, 0.0)
        unlisted = math.log(1 - self._odds.listed) + self._unlisted(key, near, unit_cost)
        ranked = sorted((cost * unit_cost - self._prior(self._names[place], context), place) for cost, place in near)
        top = max(-ranked[0][0], unlisted)
        chances = [(self._names[place].name, math.exp(-cost - top)) for cost, place in ranked]
        total = math.exp(unlisted - top) + sum(chance for _, chance in chances)
        rivals = tuple((name, chance / total) for name, chance in chances[: _RIVALS + 1])
        (best, score), *others = rivals
        if score >= self._odds.certain:
            return Match(best, score, tuple(others), "repaired")
        listed = sum(chance for _, chance in chances) / total
        return Match(None, score, rivals, "unlisted" if listed < self._odds.certain else "rivals")

    def _unlisted(self, key: str, near: Sequence[tuple[float, int]], unit_cost: float) -> float:
        """The logarithm of the chance that a name which is not listed was read so."""
        any_name = self._language.chance_as_read(key, self._costs, unit_cost)
        listed = sum(self._language.chance(self._keys[place]) * math.exp(-cost * unit_cost) for cost, place in near)
        return math.log(max(any_name - listed, _LEAST_UNLISTED * any_name))

    def _prior(self, known: Known, context: Context) -> float:
        """The logarithm of the chance that this name is printed here."""
        return math.log(self._odds.listed * known.weight / self._weight) + self._context(known, context)

    def _unit_cost(self, confidence: float | None) -> float:
        """Damage is the less likely the surer the reading."""
        if confidence is None:
            return self._odds.unit_cost
        return self._odds.unit_cost + math.log(_USUAL_DOUBT / max(1 - confidence, _LEAST_DOUBT))

    def _context(self, known: Known, context: Context) -> float:
        """The logarithm of how much likelier than for any name it is that this one has such a level and unit."""
        chance = 0.0
        if known.level2 and context.level2:
            share = self._share_of_level(context.level2)
            chance += _evidence(_stands_under(known, context.level2), self._odds.misfiled, share)
        if known.unit and context.unit:
            chance += _evidence(known.unit == context.unit, self._odds.odd_unit, self._share_of_unit(context.unit))
        return chance

    def _share_of_level(self, level2: str) -> float:
        """The share of the names that stand under a second level."""
        share = self._shares.get(level2)
        if share is None:
            filed = [known for known in self._names if known.level2]
            share = self._shares[level2] = sum(_stands_under(known, level2) for known in filed) / max(1, len(filed))
        return share

    def _share_of_unit(self, unit: str) -> float:
        return self._units[unit] / max(1, self._units.total())


def closest(text: str, wordings: Iterable[str], odds: Odds | None = None) -> Match:
    """The one of a few wordings (levels, labels, items) that was meant; `match` is for many names."""
    return _small(tuple(wordings), odds).match([text])[0]


@cache
def _small(wordings: tuple[str, ...], odds: Odds | None) -> Lexicon:
    return Lexicon(map(Known, wordings), odds=odds)


@cache
def _bare(level: str) -> str:
    return bare(level)


def _same_level(one: str, other: str) -> bool:
    """A shorter wording is the same level: 成本 and 经济成本, 满意度 and 服务对象满意度."""
    shorter, longer = sorted((_bare(one), _bare(other)), key=len)
    return bool(shorter) and longer.endswith(shorter)


def _stands_under(known: Known, level2: str) -> bool:
    return any(_same_level(level, level2) for level in known.level2)


def _evidence(agrees: bool, error: float, share: float) -> float:
    """The logarithm of a likelihood ratio: a context that agrees says the more, the rarer it is.

    Args:
        agrees: whether the context is the usual one of the name.
        error: how often it is another.
        share: of all names, those whose usual one it is.
    """
    share = min(max(share, _RAREST), 1 - _RAREST)
    return math.log((1 - error) / share) if agrees else math.log(error / (1 - share))


def _merged(known: Iterable[Known]) -> dict[str, Known]:
    merged: dict[str, Known] = {}
    for each in known:
        key = fold(each.name)
        first = merged.get(key)
        merged[key] = replace(first, weight=first.weight + each.weight) if first else each
    return {key: each for key, each in merged.items() if key}
