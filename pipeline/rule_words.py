"""What each rule asks and each kind of repair rests on, in the words of the registry."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from normalizers.vocabulary import read_registry
from pipeline.dictionary import Words

_REGISTRIES = ("rules.yml", "across_rules.yml")


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule for people.

    Attributes:
        severity: how grave a failure is.
        asks: what it asks for.
    """

    severity: str
    asks: Words


@cache
def rule_words() -> Mapping[str, RuleWords]:
    """Every rule of the registry by its name."""
    found: dict[str, RuleWords] = {}
    for name in _REGISTRIES:
        rules: Mapping[str, Any] = read_registry(name)["rules"]
        found |= {rule: RuleWords(entry["severity"], Words(**entry["asks"])) for rule, entry in rules.items()}
    return found


@cache
def repair_words() -> Mapping[str, Words]:
    """What each kind of repair rests on."""
    return {rule: Words(**words) for rule, words in read_registry("repairs.yml")["rules"].items()}
