"""The standard names of indicators that the registry lists, with what is usual for each."""

from collections.abc import Sequence
from functools import cache

from normalizers.registry_rows import registry_rows
from normalizers.repair.language import Language, common_words
from normalizers.repair.lexicon import Known, Lexicon
from normalizers.text import fold


@cache
def known_names() -> tuple[Known, ...]:
    """All names of `indicator_names.csv`, in its order; no two are equal when folded."""
    rows = registry_rows("indicator_names.csv")
    return tuple(Known(row["name"], tuple(row["level2"].split("|")), row["unit"], row["sense"]) for row in rows)


@cache
def registry_lexicon() -> Lexicon:
    """The registry's names, ready to be matched."""
    return lexicon_of(known_names())


def lexicon_of(known: Sequence[Known]) -> Lexicon:
    """Names, ready to be matched; what a name that is not among them looks like is learned from them too."""
    return Lexicon(known, Language((fold(each.name) for each in known), common_words()))
