"""Organisations: which spellings mean the same one, and why.

Spellings of one place and one core are one organisation. A spelling read from a picture may also be one character
off a better founded one of its place. A reading that is flagged joins an organisation and never founds one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from normalizers.organisation import Place, parse_organisation
from normalizers.project_name import may_be_misread
from pipeline.across.clusters import Clusters, Link, Node
from pipeline.across.places import Places
from pipeline.across.readings import Names, Reading, commonest


class Key(NamedTuple):
    """A spelling and where it is used.

    Attributes:
        scope: the place, or the document where no place is known: nothing is joined across scopes.
        text: the spelling.
    """

    scope: str
    text: str


_SAME_CORE, _SAME_TEXT, _MISREAD = 0.97, 1.0, 0.9
_DECIDED = 2.0  # a person's word comes before all evidence
_SHORTEST_CORE = 5  # characters: in shorter names one that differs makes another name


@dataclass(slots=True)
class Spelling:
    """One spelling in one place.

    Attributes:
        key: its scope and text.
        place: its place; empty where none is known.
        core: what it is called but for the place.
        body: the core without the section.
        readings: one a filing and role that prints it.
        filings: the filings that print it.
    """

    key: Key
    place: Place
    core: str
    body: str
    readings: list[Reading] = field(default_factory=list)
    filings: set[str] = field(default_factory=set)

    @property
    def name_id(self) -> str:
        """The id of the spelling; does not depend on other documents of the place."""
        return "n" + digest(*self.key)

    @property
    def own_id(self) -> str:
        """The id of an organisation that a person parted from the others of its core."""
        return "o" + digest(*self.key)

    @property
    def is_trusted(self) -> bool:
        """Whether one reading of it at least is not flagged."""
        return any(reading.trusted for reading in self.readings)

    @property
    def is_seen(self) -> bool:
        """Whether it was read from pictures alone."""
        return all(reading.seen for reading in self.readings)


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation.

    Attributes:
        organisation_id: made from the place and core of its leading spelling.
        name: its commonest spelling.
        place: its place.
        body: the body, without the section.
        spellings: (spelling, score, evidence), by spelling.
    """

    organisation_id: str
    name: str
    place: Place
    body: str
    spellings: tuple[tuple[Spelling, float, str], ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided of pairs.

    Attributes:
        joined: pairs of ids that are one.
        parted: pairs of ids that are two; the second leaves.
    """

    joined: tuple[tuple[str, str], ...] = ()
    parted: tuple[tuple[str, str], ...] = ()

    def links(self, meant: Callable[[str], Sequence[Node]]) -> Iterator[Link[Node]]:
        """What is joined, as links that come before all others; `meant` gives the nodes of an id, the leading first."""
        for one, other in self.joined:
            for first in meant(one)[:1]:
                yield from (Link(_DECIDED, node, first, "joined by a person") for node in meant(other))

    def apart(self, meant: Callable[[str], Sequence[Node]]) -> Iterator[tuple[Node, Node]]:
        """What is parted, as pairs of nodes."""
        for one, other in self.parted:
            yield from ((first, second) for first in meant(one) for second in meant(other))


def digest(*parts: str) -> str:
    """12 hex digits that depend on the parts alone."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


class Organisations:
    """All organisations of the database and who of a filing is which."""

    def __init__(self, filings: Sequence[Names], places: Places, decided: Decided) -> None:
        self._spellings: dict[Key, Spelling] = {}
        self._of_reading: dict[tuple[str, str], Key] = {}
        for names in filings:
            for reading in (names.department, names.unit):
                self._note(reading, names, places)
        self.all = tuple(self._found(filings, decided))
        self._by_key = {spelling.key: each for each in self.all for spelling, _, _ in each.spellings}

    def department(self, names: Names) -> Organisation | None:
        """The organisation in charge of a filing's project; None where it is not known."""
        return self._organisation(names, names.department)

    def unit(self, names: Names) -> Organisation | None:
        """The organisation that carries out a filing's project; None where it is not known."""
        return self._organisation(names, names.unit)

    def base_id(self, names: Names) -> str:
        """The id that the unit of a filing, else its department, would have without decisions of people."""
        for reading in (names.unit, names.department):
            key = self._of_reading.get((names.filing_id, reading.text))
            if key in self._by_key:
                return _base_id(self._spellings[key])
        return ""

    def _organisation(self, names: Names, reading: Reading) -> Organisation | None:
        key = self._of_reading.get((names.filing_id, reading.text))
        return self._by_key.get(key) if key else None

    def _note(self, reading: Reading, names: Names, places: Places) -> None:
        place = places.resolve(reading, names)
        parsed = parse_organisation(reading.text, places.of_document[names.document_id])
        if parsed is None:
            return
        key = Key("".join(place) or names.document_id, reading.text)
        spelling = self._spellings.setdefault(key, Spelling(key, place, parsed.core, parsed.body))
        spelling.readings.append(reading)
        spelling.filings.add(names.filing_id)
        self._of_reading[names.filing_id, reading.text] = key

    def _found(self, filings: Sequence[Names], decided: Decided) -> Iterator[Organisation]:
        clusters = Clusters(self._spellings, (*self._side_by_side(filings), *decided.apart(self._meant)))
        leaving = {other for _, other in decided.apart(self._meant)}
        links = [*decided.links(self._meant), *self._same_core(leaving), *self._misread()]
        taken = clusters.join(links)
        for group in sorted({tuple(sorted(group)) for group in clusters.groups().values()}):
            members = [self._spellings[key] for key in group]
            if any(member.is_trusted for member in members):
                yield _organisation(members, taken, leaving)

    def _side_by_side(self, filings: Iterable[Names]) -> Iterator[tuple[Key, Key]]:
        """Spellings that one filing gives to its department and its unit, and that say different things."""
        for names in filings:
            keys = [self._of_reading.get((names.filing_id, each.text)) for each in (names.department, names.unit)]
            if keys[0] and keys[1] and self._spellings[keys[0]].core != self._spellings[keys[1]].core:
                yield keys[0], keys[1]

    def _same_core(self, leaving: set[Key]) -> Iterator[Link[Key]]:
        """Every spelling to the leading one of its scope and core."""
        cores = defaultdict(list)
        for key, spelling in self._spellings.items():
            cores[key.scope, spelling.core].append(key)
        for keys in cores.values():
            first, *others = sorted(keys, key=lambda key: (key in leaving, self._rank(key)))
            for key in others:
                yield Link(_SAME_CORE, key, first, f"the same place and name as {first.text}")

    def _misread(self) -> Iterator[Link[Key]]:
        """Spellings seen on pictures, one character off one spelling of their place that is better founded."""
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import extract

        scopes: defaultdict[str, dict[str, list[Key]]] = defaultdict(dict)
        for key, spelling in sorted(self._spellings.items()):
            scopes[key.scope].setdefault(spelling.core, []).append(key)
        for cores in scopes.values():
            for core, keys in cores.items():
                if len(core) >= _SHORTEST_CORE and all(self._spellings[key].is_seen for key in keys):
                    near = extract(core, cores.keys(), scorer=Levenshtein.distance, score_cutoff=1, limit=None)
                    yield from self._mended(core, keys, [cores[other] for other, distance, _ in near if distance])

    def _mended(self, core: str, misread: list[Key], near: list[list[Key]]) -> Iterator[Link[Key]]:
        support = self._support(misread)
        better = [
            keys
            for keys in near
            if self._support(keys) > support and may_be_misread(core, self._spellings[keys[0]].core)
        ]
        if len(better) == 1:
            first = min(better[0], key=self._rank)
            for key in misread:
                yield Link(
                    _MISREAD, key, first, f"read from a picture, one character off {first.text} of the same place"
                )

    def _support(self, keys: Sequence[Key]) -> tuple[bool, bool, int]:
        """How well a name is founded: by a text layer, by a trusted reading, by how many filings."""
        spellings = [self._spellings[key] for key in keys]
        return (
            not all(spelling.is_seen for spelling in spellings),
            any(spelling.is_trusted for spelling in spellings),
            sum(len(spelling.filings) for spelling in spellings),
        )

    def _rank(self, key: Key) -> tuple[bool, bool, int, Key]:
        """Leading spellings first: trusted, not from pictures, printed often."""
        spelling = self._spellings[key]
        return not spelling.is_trusted, spelling.is_seen, -len(spelling.filings), key

    def _meant(self, name: str) -> list[Key]:
        """The spellings an id stands for: of a spelling, or of an organisation before any decision."""
        found = [key for key, each in self._spellings.items() if name in (each.name_id, each.own_id, _base_id(each))]
        return sorted(found, key=self._rank)


def _base_id(spelling: Spelling) -> str:
    return "o" + digest(spelling.key.scope, spelling.core)


def _organisation(members: list[Spelling], taken: dict[Key, Link[Key]], leaving: set[Key]) -> Organisation:
    """The organisation that the spellings mean; its id is that of the place and core most of its filings print."""
    trusted = [member for member in members if member.is_trusted]
    weights: defaultdict[str, int] = defaultdict(int)
    for member in trusted:
        weights[member.core] += len(member.filings)
    lead = min(trusted, key=lambda member: (-weights[member.core], member.is_seen, member.key))
    return Organisation(
        organisation_id=lead.own_id if lead.key in leaving else _base_id(lead),
        name=commonest(reading for member in trusted for reading in member.readings),
        place=lead.place,
        body=lead.body,
        spellings=tuple((member, *_why(member, taken)) for member in members),
    )


def _why(member: Spelling, taken: dict[Key, Link[Key]]) -> tuple[float, str]:
    link = taken.get(member.key)
    if link is None:
        return _SAME_TEXT, "leading spelling"
    return min(link.score, 1.0), link.evidence
