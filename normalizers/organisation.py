"""Names of organisations and projects, taken apart: where, which body, which of its sections.

Two spellings mean one organisation where the place and the core are the same: abbreviations are written out, and
words that are printed or not (人民政府, 本级, 和) are left out of the core. A core is a key, not a name to print.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from normalizers.text import fold, half_width, split_code
from normalizers.vocabulary import read_registry

Place = tuple[str, ...]

LEVELS = ("province", "city", "county")
_LONGEST_NAME = 60  # characters; longer texts are lists or sentences
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """A spelling, taken apart.

    Attributes:
        place: the places it names, the largest first: (东澜市, 青岚区); empty where it names none.
        here: level of the place it only points at (区图书馆: county); empty where it does not.
        body: the body, abbreviations written out.
        office: the section of the body; empty where the body itself is meant.
    """

    place: Place
    here: str
    body: str
    office: str = ""

    @property
    def core(self) -> str:
        """What it is called but for the place."""
        return self.body + self.office


@cache
def organisation_words() -> Mapping[str, Any]:
    """`organisations.yml`."""
    content: Mapping[str, Any] = read_registry("organisations.yml")
    return content


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(organisation_words()[name])


@cache
def _place_patterns() -> Mapping[str, re.Pattern[str]]:
    return {level: re.compile(organisation_words()["places"][level]) for level in LEVELS}


@cache
def _bodies() -> tuple[tuple[str, str], ...]:
    """(wording, full name), the longest wording first."""
    pairs = [(short, full) for full, shorts in organisation_words()["bodies"].items() for short in shorts]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def find_place(text: str) -> tuple[Place, str]:
    """The places a text begins with, the largest first, and what follows them."""
    parts, rest = [], text
    for pattern in _place_patterns().values():
        found = pattern.match(rest)
        if found and not _pattern("no_places").fullmatch(found[0]):
            parts.append(found[0])
            rest = rest[found.end() :]
    return tuple(parts), rest


def is_within(part: Place, whole: Place) -> bool:
    """Whether a place may be short for another: the same last part, and no part that the other lacks."""
    rest = iter(whole)
    return bool(part) and part[-1:] == whole[-1:] and all(any(each == other for other in rest) for each in part)


def pointed_at(place: Place, level: str) -> Place:
    """What a name that only points at a level means in a place: 市图书馆 in 东澜市青岚区 is the city's.

    Empty where the place has no part of that level, or none is known.
    """
    for at in range(len(place), 0, -1):
        if _level(place[at - 1]) == level:
            return place[:at]
    return ()


def _level(part: str) -> str:
    """The level of a part of a place by its ending; a city that is a county says 市 of itself."""
    if _place_patterns()["province"].fullmatch(part):
        return "province"
    return str(organisation_words()["here"].get(part[-1], ""))


@lru_cache(maxsize=65536)
def parse_organisation(text: str, known: Place = ()) -> OrganisationName | None:
    """A spelling, taken apart; None for what is nobody's name.

    Args:
        text: as printed; a code in front is left out.
        known: the place the document speaks of: its name without ending (松江信访办) is known by it.
    """
    name = _BLANKS.sub("", half_width(split_code(text)[1]))
    if not 2 <= len(name) <= _LONGEST_NAME or name in organisation_words()["no_names"] or not _has_ideograph(name):
        return None
    name = _cut_front(_pattern("party"), name)
    place, rest = find_place(name)
    here = ""
    if not place:
        place, rest = _short_place(name, known)
    if not place:
        here, rest = _without_here(name)
    body, office = _body(rest)
    if not body:  # the place's own government or a name that is a place: 石桥镇 alone, 青岚区
        return OrganisationName(place[:-1], "", fold(place[-1])) if place else None
    return OrganisationName(place, here, body, office)


def _has_ideograph(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in text)


def _cut_front(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return text[found.end() :] if found else text


def _short_place(name: str, known: Place) -> tuple[Place, str]:
    """The place in front without its ending, where it is the known one: 松江信访办 in 松江区."""
    for at in range(len(known), 0, -1):
        stem = known[at - 1][:-1]
        if len(stem) >= 2 and name.startswith(stem) and len(name) > len(stem) + 1:
            return known[:at], name[len(stem) :]
    return (), name


def _without_here(name: str) -> tuple[str, str]:
    here: Mapping[str, str] = organisation_words()["here"]
    if len(name) > 2 and name[0] in here and not _pattern("no_here").match(name):
        return here[name[0]], name[1:]
    return "", name


def _body(rest: str) -> tuple[str, str]:
    """The key of the body and of its section."""
    text = _cut_front(_pattern("between"), rest)
    behind = re.search(f"{organisation_words()['behind']}$", text)
    if behind and behind.start() >= 2:
        text = text[: behind.start()]
    text = fold(_pattern("joints").sub("", text))
    found = _pattern("section").fullmatch(text)
    body, office = (found[1], found[2]) if found else (text, "")
    return _written_out(body), office


def _written_out(body: str) -> str:
    """The body without abbreviations."""
    for short, full in _bodies():
        if body.startswith(short) and not body.startswith(full):
            return full + body[len(short) :]
    endings: Mapping[str, str] = organisation_words()["endings"]
    for short, full in endings.items():
        if body.endswith(short) and len(body) > len(short):
            return body[: -len(short)] + full
    return body
