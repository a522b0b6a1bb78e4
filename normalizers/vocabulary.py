"""The forms' labels: from what is printed to the roles it may play."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from normalizers.text import fold

_LONGEST_LABEL = 40  # characters; longer texts are values
_TRAILING_BRACKET = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)$")
_ORDINAL = re.compile(
    r"^(?:其中:?|★|\*|[0-9]{1,2}[.、)]|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十0-9]{1,3}\)[、.]?)+"
)


class RegistryError(ValueError):
    """A registry file says something the program does not know; its text names file and key."""


class Role(NamedTuple):
    """What a label stands for: e.g. (`head`, `project_name`), (`fund_columns`, `executed`)."""

    group: str
    name: str


def read_registry(name: str) -> Any:
    """The content of a YAML file of the registry."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("normalizers") / "registry" / name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=loader)


@cache
def words_for(group: str) -> Mapping[str, Any]:
    """A group of `words.yml`: single words that decide how something is filed, labels that the program gives."""
    found: Mapping[str, Any] = read_registry("words.yml")[group]
    return found


@dataclass(frozen=True)
class Vocabulary:
    """Wordings (folded) and their roles.

    Attributes:
        wordings: folded wording to its roles.
        patterns: for labels that no wording fits: expression over the whole folded label, and its role.
    """

    wordings: Mapping[str, tuple[Role, ...]]
    patterns: tuple[tuple[re.Pattern[str], Role], ...] = ()

    @cached_property
    def _cache(self) -> dict[str, tuple[Role, ...]]:
        return {}

    @cached_property
    def _names(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    @cached_property
    def _any_pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in self.patterns) or r"(?!)")

    def roles(self, text: str) -> tuple[Role, ...]:
        """The roles a printed text may play; empty where it is no known label."""
        if len(text) > 2 * _LONGEST_LABEL:
            return ()
        found = self._cache.get(text)
        if found is None:
            found = self._cache[text] = self._look_up(text)
        return found

    def names(self, text: str, group: str) -> tuple[str, ...]:
        """The names of its roles in one group."""
        found = self._names.get((text, group))
        if found is None:
            found = tuple(role.name for role in self.roles(text) if role.group == group)
            if len(text) <= _LONGEST_LABEL:
                self._names[text, group] = found
        return found

    def has(self, text: str, *groups: str) -> bool:
        """Whether it has a role in one of the groups; in any, where none is named."""
        return any(not groups or role.group in groups for role in self.roles(text))

    def known_keys(self, text: str) -> list[str]:
        """The folded wordings, from the whole text to its bare words, under which a text may be listed."""
        key = fold(text).rstrip(":")
        return list(_shorter_keys(key)) if 0 < len(key) <= _LONGEST_LABEL else []

    def _look_up(self, text: str) -> tuple[Role, ...]:
        if not text:
            return ()
        key = fold(text).rstrip(":")
        if len(key) > _LONGEST_LABEL or key.replace(".", "").replace(",", "").isdigit():
            return ()
        candidates = list(_shorter_keys(key))
        for candidate in candidates:
            if candidate in self.wordings:
                return self.wordings[candidate]
        if not self._any_pattern.fullmatch(candidates[-1]):
            return ()
        return tuple(role for pattern, role in self.patterns if pattern.fullmatch(candidates[-1]))

    def extended(self, extra: Mapping[str, Any], overrides: bool = True) -> "Vocabulary":
        """With a family's own wordings: in its group such a wording means what the family says, and only that."""
        merged, patterns = dict(self.wordings), []
        for group, names in extra.items():
            own: defaultdict[str, list[Role]] = defaultdict(list)
            for name, wordings in names.items():
                for wording in wordings:
                    if wording.startswith("~"):
                        patterns.append((re.compile(wording[1:]), Role(group, name)))
                    else:
                        own[fold(wording).rstrip(":")].append(Role(group, name))
            for wording, roles in own.items():
                others = [r for r in merged.get(wording, ()) if not (overrides and r.group == group)]
                merged[wording] = (*roles, *others)
        return Vocabulary(merged, (*patterns, *self.patterns))


def _shorter_keys(key: str) -> Iterable[str]:
    """The key, then without number or 其中 in front, then without brackets behind."""
    yield key
    bare = _ORDINAL.sub("", key)
    if bare != key:
        yield bare
    while (shorter := _TRAILING_BRACKET.sub("", bare).rstrip(":")) != bare:
        yield shorter
        bare = shorter


GROUPS = frozenset(
    {
        "head",
        "contacts",
        "funds",
        "fund_columns",
        "goals",
        "indicator_columns",
        "budget_columns",
        "list_columns",
        "indicators",
        "sections",
        "fields",
        "captions",
    }
)


@cache
def base_vocabulary() -> Vocabulary:
    """The wordings of `labels.yml`. Raises RegistryError for a group nobody reads."""
    content = read_registry("labels.yml")
    unknown = set(content) - GROUPS
    if unknown:
        raise RegistryError(f"labels.yml: unknown group {', '.join(sorted(unknown))}")
    groups = {group: names if isinstance(names, dict) else {group: names} for group, names in content.items()}
    return Vocabulary({}).extended(groups, overrides=False)
