"""Characters that are taken for one another: what it costs to believe that one was read for the other."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from normalizers.registry_rows import registry_rows


@cache
def substitution_costs() -> Mapping[tuple[str, str], float]:
    """The cost of each listed pair, both ways round: near 0 for nearly one shape; pairs not listed cost 1."""
    costs = {}
    for row in registry_rows("confusions.csv"):
        costs[row["one"], row["other"]] = costs[row["other"], row["one"]] = float(row["cost"])
    return MappingProxyType(costs)


def confusable(char: str) -> tuple[tuple[str, float], ...]:
    """The characters that may have been read for this one or it for them, with their costs, the likeliest first."""
    return _neighbours().get(char, ())


@cache
def _neighbours() -> Mapping[str, tuple[tuple[str, float], ...]]:
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for (one, other), cost in substitution_costs().items():
        found[one].append((other, cost))
    return {char: tuple(sorted(others, key=lambda pair: (pair[1], pair[0]))) for char, others in found.items()}
