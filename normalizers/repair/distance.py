"""What a reading costs: how far a text that may be damaged is from a name that may have been printed."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from normalizers.repair.confusions import substitution_costs

Confusions = Mapping[str, Mapping[str, float]]  # for a character, each it is taken for and what that costs, 0 to 1


@cache
def known_confusions() -> Confusions:
    """The registry's table of confusions, both ways."""
    table: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), cost in substitution_costs().items():
        table[one][other] = table[other][one] = cost
    return MappingProxyType(dict(table))


@dataclass(frozen=True, slots=True)
class Costs:
    """The price of each kind of damage; 1 is one character read as another that does not resemble it.

    Attributes:
        stranger: a character that has known confusions was read as something else.
        missing: a character of the name is not in the text.
        doubled: a character stands in the text twice.
        extra: a character that the name does not have, inside the text.
        junk: the same in front of the name or behind it, where pieces of seals and rulings are read as characters.
        least: a pair of characters that the table of confusions calls equal (its cost is 0).
        confusions: those listed; all others cost 1.
    """

    missing: float = 0.53
    doubled: float = 0.5
    extra: float = 2.0
    junk: float = 1.0
    least: float = 0.18
    stranger: float = 1.5
    confusions: Confusions = field(default_factory=known_confusions)

    def substitution(self, one: str, other: str) -> float:
        """The cost of reading one character where another was printed; 0 if they are equal."""
        if one == other:
            return 0.0
        listed = self.confusions.get(other)
        if not listed:
            return 1.0
        cost = listed.get(one)
        return self.stranger if cost is None else self.least + (1 - self.least) * cost


def distance(text: str, name: str, costs: Costs | None = None, limit: float = math.inf) -> float:
    """The cheapest damage that makes the text of the name: 0 if they are equal.

    Args:
        text: what was read, folded.
        name: what may have been printed, folded.
        costs: prices; those of the registry's table of confusions if None.
        limit: costs above it need not be told apart.

    Returns:
        A sum of costs; some number above the limit where it is above. Not symmetric: a character that is missing
        costs less than one that came from nowhere.
    """
    if text == name:
        return 0.0
    costs = costs or Costs()
    row = [place * costs.missing for place in range(len(name) + 1)]
    best = row[-1] + len(text) * costs.junk
    for index, char in enumerate(text):
        row = _next_row(row, text[index - 1] if index else "", char, name, costs)
        best = min(best, row[-1] + (len(text) - index - 1) * costs.junk)
        if best > limit and min(row) > limit:
            break
    return best


def _next_row(row: Sequence[float], before: str, char: str, name: str, costs: Costs) -> list[float]:
    """The costs of the text up to this character against each beginning of the name."""
    surplus = costs.doubled if char == before else costs.extra
    following = [row[0] + costs.junk]
    for place, wanted in enumerate(name, 1):
        following.append(
            min(
                row[place - 1] + (0.0 if char == wanted else costs.substitution(char, wanted)),
                row[place] + surplus,
                following[-1] + costs.missing,
            )
        )
    return following
