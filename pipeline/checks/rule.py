"""A rule as the registry has it, and what comes of trying it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, TypedDict, Unpack

from normalizers.text import fold
from normalizers.vocabulary import RegistryError, read_registry
from pipeline.checks.facts import Fact, Line

_KEYS = {"check", "version", "severity", "reach", "kinds", "explained", "asks", "fails", "with"}
_ALL_KINDS = ("declaration", "self_evaluation", "evaluation_report")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says of one thing on a form.

    Attributes:
        outcome: pass, fail, not_applicable or insufficient.
        operands: what was compared.
        about: the thing: an item of the funds, an indicator, a column.
        expected: as the rule would have it, for people.
        actual: as it stands.
        difference: actual less expected, where both are numbers.
        tolerance: how large a difference passes.
        code: which of the rule's failures; empty: the only one.
    """

    outcome: str
    operands: tuple[Fact, ...] = ()
    about: str = ""
    expected: str = ""
    actual: str = ""
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    code: str = ""


_PASSED = Answer("pass")


class Told(TypedDict, total=False):
    """What a rule tells with its verdict; see `Answer`."""

    expected: object
    actual: object
    tolerance: Decimal
    code: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of `rules.yml`.

    Attributes:
        name: F1 and the like.
        check: name of the function that tries it.
        severity: error, warn or info.
        reach: filing or document.
        kinds: of filings it applies to.
        version: counted up when it comes to ask something else.
        explained: whether a reason printed in the filing makes a failure a mere remark.
        asks: what it asks, by language.
        fails: sentence for people by code of the failure.
        settings: what the function needs to know.
    """

    name: str
    check: str
    severity: str
    asks: Mapping[str, str]
    fails: Mapping[str, str]
    version: int = 1
    reach: str = "filing"
    kinds: tuple[str, ...] = _ALL_KINDS
    explained: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """A setting. Raises RegistryError where the registry has none of that name."""
        try:
            return self.settings[name]
        except KeyError:
            raise RegistryError(f"rules.yml: {self.name} has no {name}") from None

    def judge(self, is_right: bool, operands: Sequence[Fact], about: str = "", **told: Unpack[Told]) -> Answer:
        """Pass or fail; insufficient where an operand is not sure."""
        is_sure = all([fact.is_sure for fact in operands])
        outcome = ("pass" if is_right else "fail") if is_sure else "insufficient"
        expected, actual = told.get("expected", ""), told.get("actual", "")
        difference = actual - expected if isinstance(expected, Decimal) and isinstance(actual, Decimal) else None
        figures = (
            plain(expected),
            plain(actual),
            difference,
            round(told["tolerance"], 6) if "tolerance" in told else None,
        )
        return Answer(outcome, tuple(operands), about, *figures, told.get("code", ""))

    def judge_row(self, is_right: bool, line: Line, columns: Sequence[str], about: str, **told: Unpack[Told]) -> Answer:
        """The same of values of one row. Most rows pass without a flag, and of those no facts are made."""
        if is_right and line.is_plain:
            return _PASSED
        return self.judge(is_right, [line.fact(column) for column in columns], about, **told)

    def unknown(self, operands: Sequence[Fact], about: str = "") -> Answer:
        """An answer that cannot be given: something is missing or was not read."""
        return Answer("insufficient", tuple(operands), about)


def plain(value: object) -> str:
    """As people read it: numbers without exponent and needless zeros."""
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def _registry() -> Mapping[str, Any]:
    content: Mapping[str, Any] = read_registry("rules.yml")
    return content


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the registry. Raises RegistryError for an unknown key."""
    return tuple(_rule(name, entry) for name, entry in _registry()["rules"].items())


def _rule(name: str, entry: Mapping[str, Any]) -> Rule:
    if unknown := set(entry) - _KEYS:
        raise RegistryError(f"rules.yml: {name} has an unknown key {', '.join(sorted(unknown))}")
    fails = entry["fails"] if isinstance(entry["fails"], dict) else {"": entry["fails"]}
    given = {key: entry[key] for key in ("version", "reach", "explained") if key in entry}
    kinds = tuple(entry.get("kinds", _ALL_KINDS))
    settings = entry.get("with", {})
    return Rule(name, entry["check"], entry["severity"], entry["asks"], fails, **given, kinds=kinds, settings=settings)


@cache
def words(group: str) -> Mapping[str, Any]:
    """A group of words that several rules use."""
    found: Mapping[str, Any] = _registry()["words"][group]
    return found


@cache
def folded(group: str, name: str) -> frozenset[str]:
    """A list of words as they are compared."""
    return frozenset(map(fold, words(group)[name]))


def message(name: str) -> str:
    """A sentence that is not of one rule alone."""
    return str(_registry()["messages"][name])
