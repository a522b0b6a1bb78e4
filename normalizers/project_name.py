"""Names of projects: the key under which a project is found again in other years and forms."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from normalizers.organisation import organisation_words
from normalizers.repair.confusions import substitution_costs
from normalizers.text import fold, half_width, split_code

_LONG_NAME = 8  # characters: two such names that differ in one are hardly two things
_SHORTEST_STEM = 4  # characters: a shorter rest is no name any more


@dataclass(frozen=True, slots=True)
class ProjectName:
    """A project's name as compared.

    Attributes:
        key: folded, without code, year and the word for project.
        stem: the key without the word for money behind it, which one year prints and another does not.
    """

    key: str
    stem: str


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = organisation_words()["projects"]
    front, ends, soft = words["year"], words["endings"], words["soft_endings"]
    return re.compile(rf"(?:{front})+"), re.compile(rf"{ends}$"), re.compile(rf"(?:{soft})$")


@lru_cache(maxsize=65536)
def project_name(text: str) -> ProjectName:
    """The name as it is compared; the key of an empty text is empty."""
    year, ending, money = _patterns()
    name = half_width(split_code(text)[1]).strip()
    bare = year.sub("", name, count=1) if year.match(name) else name
    key = _shorter(ending, fold(bare) or fold(name))
    return ProjectName(key, _shorter(money, key))


def starts_with_year(text: str) -> bool:
    """Whether a name begins with the year it was filed for."""
    return bool(_patterns()[0].match(half_width(split_code(text)[1])))


def _shorter(pattern: re.Pattern[str], key: str) -> str:
    shorter = pattern.sub("", key)
    return shorter if len(shorter) >= _SHORTEST_STEM else key


def are_parted(one: str, other: str) -> bool:
    """Whether two keys differ in what numbers or places things: 一期 and 二期, 第1标段 and 第2标段, 东 and 西."""
    return _parting(one) != _parting(other)


def may_be_misread(one: str, other: str) -> bool:
    """Whether two names that differ in little may be one, misread: in a short name the characters must be alike."""
    if are_parted(one, other):
        return False
    return min(len(one), len(other)) >= _LONG_NAME or (
        len(one) == len(other)
        and all(pair in substitution_costs() for pair in zip(one, other, strict=True) if pair[0] != pair[1])
    )


def _parting(key: str) -> list[str]:
    chars = organisation_words()["parting"]
    return [char for char in key if (char.isascii() and char.isalnum()) or char in chars]
