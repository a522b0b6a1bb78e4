"""The tree of level names: which second level stands under which first level, in each version of the framework."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from normalizers.text import fold, strip_item, strip_points
from normalizers.vocabulary import read_registry

ENDINGS = ("指标", "目标")
_USUAL_ENDINGS = ("指标", "")


@dataclass(frozen=True, slots=True)
class Framework:
    """A version of the indicator tree, as a ministry or a province prescribes it.

    Attributes:
        name: as in `frameworks.yml`, e.g. `MOF2021`.
        levels: bare first level to its bare second levels, in the order of the forms; none where the second level is
            the indicator itself.
        weights: points by first level, the commonest set first; the points of the budget's execution are not among
            them. Empty where the version prescribes none.
        required: bare names of what a form must have; a first level stands for any of its second levels.
    """

    name: str
    levels: Mapping[str, tuple[str, ...]]
    weights: tuple[Mapping[str, int], ...] = field(default=())
    required: tuple[str, ...] = field(default=())

    def has(self, level1: str, level2: str) -> bool:
        """Whether the tree has this pair of printed names. A blank one fits any, two blanks fit nothing."""
        known = level2_name(level2)
        if not bare(level1):
            return any(known in below for below in self.levels.values())
        below = self.levels.get(level1_name(level1) or "")
        if below is None or not bare(level2):
            return below is not None
        return known in below if below else known is None


@cache
def frameworks() -> tuple[Framework, ...]:
    """All versions, the current one first."""
    return tuple(
        Framework(
            name,
            {level1: tuple(below) for level1, below in version["levels"].items()},
            tuple(version.get("weights", ())),
            tuple(version["required"]),
        )
        for name, version in _registry()["versions"].items()
    )


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """A level's name as it is compared: folded, without number, points, gloss and 指标 or 目标 at its end."""
    name = fold(strip_points(strip_item(text))[0]).rstrip(":")
    for ending in ENDINGS:
        name = name.removesuffix(ending) or name
    return name


def level1_name(text: str) -> str | None:
    """The bare name under which the registry lists a first level, whatever its wording; None if it lists none."""
    return _names("level1").get(bare(text))


def level2_name(text: str) -> str | None:
    """The bare name under which the registry lists a second level, whatever its wording; None if it lists none."""
    return _names("level2").get(bare(text))


def level1_wordings() -> tuple[str, ...]:
    """Every wording of a first level that forms are known to print, with its endings."""
    return _printed("level1")


def level2_wordings() -> tuple[str, ...]:
    """Every wording of a second level that forms are known to print, with its endings."""
    return _printed("level2")


@lru_cache(maxsize=4096)
def parents_of(level2: str) -> tuple[str, ...]:
    """The bare first levels under which a second level stands in any version; empty where it is not known."""
    name = level2_name(level2)
    found = (level1 for version in frameworks() for level1, below in version.levels.items() if name in below)
    return tuple(dict.fromkeys(found))


def likely_frameworks(pairs: Iterable[tuple[str, str]]) -> tuple[Framework, ...]:
    """The versions that a form may follow: those that explain most of its pairs.

    Args:
        pairs: first and second level of each indicator as printed; either may be blank.

    Returns:
        Of the versions that explain as many, those that miss the fewest first levels which they require; the current
        one first. None where no tree has any of the pairs.
    """
    distinct = {(level1, level2) for level1, level2 in pairs if bare(level1) or bare(level2)}
    printed = {level1_name(level1) for level1, _ in distinct}
    ranks = [
        (sum(version.has(*pair) for pair in distinct), -len(version.levels.keys() & set(version.required) - printed))
        for version in frameworks()
    ]
    best = max(ranks)
    return tuple(version for version, rank in zip(frameworks(), ranks, strict=True) if rank == best and rank[0])


def find_framework(pairs: Iterable[tuple[str, str]]) -> Framework | None:
    """The one version that a form may follow; None if there is none, or if unlike trees do equally well.

    Of versions with one tree the first stands for all.
    """
    likely = likely_frameworks(pairs)
    return likely[0] if likely and all(version.levels == likely[0].levels for version in likely) else None


@cache
def _registry() -> Mapping[str, Any]:
    content: Mapping[str, Any] = read_registry("frameworks.yml")
    return content


@cache
def _names(level: str) -> Mapping[str, str]:
    """Bare wording to the name it stands for."""
    listed = _registry()["wordings"][level]
    return {bare(wording): name for name, others in listed.items() for wording in (name, *others)}


@cache
def _printed(level: str) -> tuple[str, ...]:
    """The wordings of one level, each version's with the endings that it prints."""
    others = _registry()["wordings"][level]
    found: dict[str, None] = {}
    for version in _registry()["versions"].values():
        levels = version["levels"]
        names = levels if level == "level1" else [name for below in levels.values() for name in below]
        plain = [wording for name in names for wording in (name, *others[name])]
        found |= {wording + ending: None for wording in plain for ending in version.get("endings", _USUAL_ENDINGS)}
    return tuple(found)
