"""Where each document's organisations are: what its names say, completed by its titles, its folder, its neighbours.

A name without a place is of its document's place. Two short forms of a place are one where the database knows only
one full form that both are short for.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from normalizers.organisation import LEVELS, Place, find_place, is_within, parse_organisation
from normalizers.project_name import are_parted
from pipeline.across.readings import Names, Reading

_NEIGHBOURS = 2  # files of a folder that must name the one place before it counts for a file that names none
_NOT_IDEOGRAPHS = re.compile(r"^[^\u3400-\u9fff]+")


class Places:
    """The places of all documents.

    Attributes:
        of_document: document_id to its place; empty where nothing tells it.
    """

    def __init__(self, filings: Sequence[Names]) -> None:
        self._folders = {names.document_id: find_place(names.folder)[0] for names in filings}
        self._said = _said_by_document(filings)
        self._completed: dict[tuple[Place, Place], Place] = {}
        self._support = self._count()
        self._said = {
            document_id: [(self._mended(place, document_id) if seen else place, seen) for place, seen in said]
            for document_id, said in self._said.items()
        }
        self._support = self._count()
        self.of_document = {names.document_id: self._place_of(names) for names in filings}
        self._ask_neighbours({names.document_id: names for names in filings}.values())

    def _count(self) -> Counter[Place]:
        """How many documents name each place; one that was not read from a picture counts twice."""
        support = Counter(place for place in self._folders.values() if place)
        for said in self._said.values():
            for place, seen in dict(sorted(said)).items():
                support[place] += 1 if seen else 2
        return support

    def _place_of(self, names: Names) -> Place:
        folder = self._folders[names.document_id]
        said = [self.completed(place, folder) for place, _ in self._said[names.document_id]]
        title = find_place(_NOT_IDEOGRAPHS.sub("", names.title))[0]
        return self.completed(_commonest(said) or title or folder, folder)

    def resolve(self, reading: Reading, names: Names) -> Place:
        """The place of an organisation that a filing names; empty where nothing tells it."""
        around = self.of_document[names.document_id]
        parsed = parse_organisation(reading.text, around)
        if parsed is None:
            return ()
        if parsed.place:
            place = self._mended(parsed.place, names.document_id) if reading.seen else parsed.place
            return self.completed(place, around)
        if parsed.here:
            return _upward(around, parsed.here)
        return around

    def completed(self, place: Place, around: Place) -> Place:
        """The full form of a place; itself where several full forms are known and `around` does not choose."""
        key = place, around
        if key not in self._completed:
            fuller = [known for known in self._support if known != place and is_within(place, known)]
            fullest = [each for each in fuller if not any(each != other and is_within(each, other) for other in fuller)]
            chosen = fullest if len(fullest) == 1 else [each for each in fullest if each == around]
            self._completed[key] = chosen[0] if chosen else place
        return self._completed[key]

    def _mended(self, place: Place, document_id: str) -> Place:
        """A place as it should have been read: one character off one that the same document or folder names."""
        others = {other for other, _ in self._said[document_id]} | {self._folders[document_id]}
        known = {known for known in self._support for other in others if other == known or is_within(other, known)}
        near = [other for other in known if _one_off(place, other) and self._support[other] > self._support[place]]
        return near[0] if len(near) == 1 else place

    def _ask_neighbours(self, files: Iterable[Names]) -> None:
        """A file that names no place is where the others of its first folder are, if they all are at one place."""
        folders: defaultdict[str, Counter[Place]] = defaultdict(Counter)
        for names in files:
            folders[names.folder][self.of_document[names.document_id]] += 1
        for names in files:
            found = folders[names.folder]
            named = [place for place in found if place]
            if not self.of_document[names.document_id] and len(named) == 1 and found[named[0]] >= _NEIGHBOURS:
                self.of_document[names.document_id] = named[0]


def _said_by_document(filings: Sequence[Names]) -> dict[str, list[tuple[Place, bool]]]:
    """Of each document the places that its organisations' names begin with, and whether each was seen on a picture."""
    said: dict[str, list[tuple[Place, bool]]] = {names.document_id: [] for names in filings}
    for names in filings:
        for reading in (names.department, names.unit):
            parsed = parse_organisation(reading.text) if reading else None
            if parsed and parsed.place:
                said[names.document_id].append((parsed.place, reading.seen or not reading.trusted))
    return said


def _commonest(places: Sequence[Place]) -> Place:
    counts = Counter(places)
    return min(counts, key=lambda place: (-counts[place], -len(place), place), default=())


def _one_off(one: Place, other: Place) -> bool:
    """Whether two places differ in one character that does not part them (城东区, 城西区)."""
    first, second = "".join(one), "".join(other)
    if len(first) != len(second) or are_parted(first, second):
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) == 1


def _upward(place: Place, level: str) -> Place:
    """The place as far as the level that a name points at: 市图书馆 in 东澜市青岚区 is the city's."""
    if level == LEVELS[-1] or len(place) < 2:
        return place
    return place[:1] if level == LEVELS[0] and len(place) == len(LEVELS) else place[:-1]
