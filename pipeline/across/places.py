"""Where each document's organisations are: what its names say, completed by its titles, its folder, its neighbours.

A name without a place is of its document's place. Two short forms of a place are one where the database knows only
one full form that both are short for.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import PurePosixPath

from normalizers.organisation import Place, find_place, is_within, parse_organisation, pointed_at
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
        files: defaultdict[str, list[Names]] = defaultdict(list)
        for names in filings:
            files[names.document_id].append(names)
        self._folders = {document_id: _folder_place(listed[0].file_name) for document_id, listed in files.items()}
        self._said = {document_id: _said(listed) for document_id, listed in files.items()}
        self._completed: dict[tuple[Place, Place], Place] = {}
        self._support = self._count()
        self._said = {
            document_id: [(self._mended(place, document_id) if seen else place, seen) for place, seen in said]
            for document_id, said in self._said.items()
        }
        self._support = self._count()
        self.of_document = {document_id: self._place_of(document_id, listed) for document_id, listed in files.items()}
        self._ask_neighbours({document_id: listed[0].folder for document_id, listed in files.items()})

    def _count(self) -> Counter[Place]:
        """How many documents name each place; one that was not read from a picture counts twice."""
        support = Counter(place for place in self._folders.values() if place)
        for said in self._said.values():
            support.update({place for place, _ in said})
            support.update({place for place, seen in said if not seen})
        return support

    def _place_of(self, document_id: str, listed: Sequence[Names]) -> Place:
        folder = self._folders[document_id]
        said = [self.completed(place, folder) for place, _ in self._said[document_id]]
        titles = (find_place(_NOT_IDEOGRAPHS.sub("", names.title))[0] for names in listed)
        named = _commonest(said) or next(filter(None, titles), folder)
        found = self.completed(named, folder)
        finer = {place for place in (*said, self.completed(folder, found)) if place[: len(found)] == found != place}
        return finer.pop() if len(finer) == 1 else found

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
            return pointed_at(around, parsed.here)
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

    def _ask_neighbours(self, folders: Mapping[str, str]) -> None:
        """A file that names no place is where the others of its first folder are, if they all are at one place."""
        named: defaultdict[str, Counter[Place]] = defaultdict(Counter)
        for document_id, folder in folders.items():
            if self.of_document[document_id]:
                named[folder][self.of_document[document_id]] += 1
        for document_id, folder in folders.items():
            if not self.of_document[document_id] and len(named[folder]) == 1:
                place, files = named[folder].most_common(1)[0]
                self.of_document[document_id] = place if files >= _NEIGHBOURS else ()


def _folder_place(file_name: str) -> Place:
    """The place that a file's folders name, one folder a part or all parts in one."""
    parts = (find_place(folder)[0] for folder in PurePosixPath(file_name).parts[:-1])
    return tuple(dict.fromkeys(chain.from_iterable(parts)))


def _said(listed: Iterable[Names]) -> list[tuple[Place, bool]]:
    """The places that the organisations of a file name, and whether each was seen on a picture or is doubtful."""
    readings = [reading for names in listed for reading in (names.department, names.unit) if reading]
    parsed = [(parse_organisation(reading.text), reading.seen or not reading.trusted) for reading in readings]
    return [(name.place, doubtful) for name, doubtful in parsed if name and name.place]


def _commonest(places: Sequence[Place]) -> Place:
    counts = Counter(places)
    return min(counts, key=lambda place: (-counts[place], -len(place), place), default=())


def _one_off(one: Place, other: Place) -> bool:
    """Whether two places differ in one character that does not part them (城东区, 城西区)."""
    first, second = "".join(one), "".join(other)
    if len(first) != len(second) or are_parted(first, second):
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) == 1
