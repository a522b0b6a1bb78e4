"""Projects over kinds and years: which filings speak of the same one, and why.

Filings are put together where their names say the same, they are of one place, and whoever carries them out or is in
charge of them may be one. Names that one file lists beside each other for one year are different projects.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from normalizers.project_name import may_be_misread, project_name, starts_with_year
from pipeline.across.clusters import Clusters, Link
from pipeline.across.organisations import Decided, Organisation, Organisations, digest
from pipeline.across.places import Places
from pipeline.across.readings import Names, commonest


class Key(NamedTuple):
    """What filings print alike that are one node.

    Attributes:
        scope: the place, else an organisation or document: nothing is joined across scopes.
        name: key of the project's name.
        department: organisation_id, empty where none is known.
        unit: organisation_id, empty where none is known.
        code: the project's code, empty where none was read with confidence.
        filing_id: of a filing that a person took out, or of which no organisation is known; empty for all others.
    """

    scope: str
    name: str
    department: str
    unit: str
    code: str
    filing_id: str = ""


_SAME_UNIT, _SAME_DEPARTMENT, _SAME_BODY, _SAME_PLACE = 1.0, 0.97, 0.94, 0.91
_LESS_MONEY_WORD, _MISREAD = 0.92, 0.9  # factors on the above
_DOUBTED = 0.8  # factor where the filing's own name is flagged
_WHO = {
    _SAME_UNIT: "the same unit",
    _SAME_DEPARTMENT: "the same department",
    _SAME_BODY: "a section or the department of the same unit",
    _SAME_PLACE: "the same place",
}
_SHORTEST_MISREAD = 5  # characters: shorter names that differ are different
_CHARACTERS_A_SLIP = 6  # of a name, for each one that may be misread


@dataclass(frozen=True, slots=True)
class Member:
    """A filing of a project.

    Attributes:
        names: what the filing says of itself.
        score: 0 to 1, how strong the evidence is.
        evidence: why it is of this project.
    """

    names: Names
    score: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Project:
    """One project.

    Attributes:
        project_id: made from its organisation (else its place) and name.
        organisation: who carries it out, else who is in charge; None where neither is known.
        name: its commonest spelling.
        members: its filings, by filing_id.
    """

    project_id: str
    organisation: Organisation | None
    name: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class _Node:
    """Filings that print the same name, organisations and code."""

    key: Key
    stem: str
    department: Organisation | None
    unit: Organisation | None
    carrier: str
    filings: tuple[Names, ...]

    @property
    def name(self) -> str:
        return self.key.name

    @property
    def is_doubtful(self) -> bool:
        return all(names.project.seen or not names.project.trusted for names in self.filings)

    @property
    def years(self) -> set[int | None]:
        return {names.year for names in self.filings}

    @property
    def forms(self) -> set[tuple[str, int | None]]:
        return {(names.kind, names.year) for names in self.filings}

    @property
    def rank(self) -> tuple[bool, bool, int, Key]:
        """Leading nodes first: trusted, not from pictures, printed often."""
        trusted = any(names.project.trusted for names in self.filings)
        return not trusted, self.is_doubtful, -len(self.filings), self.key

    @property
    def base_id(self) -> str:
        """The id of a project that it leads."""
        return "p" + digest(self.carrier or self.key.scope, self.name, self.key.filing_id if self.carrier else "")

    @property
    def own_id(self) -> str:
        """The id of a project that it leads beside another of the same base."""
        return "p" + digest(*self.key)


class Projects:
    """All projects of the database; whole-department forms speak of none."""

    def __init__(
        self, filings: Sequence[Names], places: Places, organisations: Organisations, decided: Decided
    ) -> None:
        out = {filing_id for _, filing_id in decided.parted}
        self._nodes = {node.key: node for node in _nodes(filings, places, organisations, out)}
        self._of_filing = {names.filing_id: node.key for node in self._nodes.values() for names in node.filings}
        clusters = Clusters(self._nodes, (*self._listed_apart(), *self._carried_apart(), *decided.apart(self._meant)))
        links = (*decided.links(self._meant), *self._same_name(), *self._less_money_word(), *self._misread())
        taken = clusters.join(links)
        groups = sorted({tuple(sorted(group)) for group in clusters.groups().values()})
        leads = [min((self._nodes[key] for key in group), key=lambda node: node.rank) for group in groups]
        once = Counter(lead.base_id for lead in leads)
        self.all = tuple(
            _project(
                lead.base_id if once[lead.base_id] == 1 else lead.own_id,
                lead,
                [self._nodes[key] for key in group],
                taken,
            )
            for lead, group in zip(leads, groups, strict=True)
        )

    def _listed_apart(self) -> Iterator[tuple[Key, Key]]:
        """Nodes with different names in one file, kind and year."""
        lists: defaultdict[tuple[str, ...], set[Key]] = defaultdict(set)
        for node in self._nodes.values():
            for names in node.filings:
                lists[names.document_id, names.kind, str(names.year)].add(node.key)
        for keys in lists.values():
            yield from ((one, other) for one, other in combinations(sorted(keys), 2) if one.name != other.name)

    def _carried_apart(self) -> Iterator[tuple[Key, Key]]:
        """Nodes with one name that nobody can carry out together, or that have two codes in one year.

        Two forms of one kind and year are one form twice only where the unit, or the department, is the same.
        """
        for nodes in self._by(lambda node: (node.key.scope, node.stem)):
            for one, other in combinations(nodes, 2):
                agreement = _agreement(one, other)
                codes = {one.key.code, other.key.code} - {""}
                if (
                    agreement is None
                    or (agreement < _SAME_DEPARTMENT and one.forms & other.forms)
                    or (len(codes) == 2 and one.years & other.years)
                ):
                    yield one.key, other.key

    def _same_name(self) -> Iterator[Link[Key]]:
        for nodes in self._by(lambda node: (node.key.scope, node.name)):
            yield from _links(nodes, 1.0, "the same name")

    def _less_money_word(self) -> Iterator[Link[Key]]:
        for nodes in self._by(lambda node: (node.key.scope, node.stem)):
            if len({node.name for node in nodes}) > 1:
                yield from _links(nodes, _LESS_MONEY_WORD, "the same name but for the word for money behind it")

    def _misread(self) -> Iterator[Link[Key]]:
        """Doubtful names, a few characters off a better founded one of their place."""
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import extract

        for nodes in self._by(lambda node: (node.key.scope,)):
            names = [node.name for node in nodes]
            for node in nodes:
                if node.is_doubtful and len(node.name) >= _SHORTEST_MISREAD:
                    most = max(1, len(node.name) // _CHARACTERS_A_SLIP)
                    near = extract(node.name, names, scorer=Levenshtein.distance, score_cutoff=most, limit=None)
                    yield from _mended(node, [nodes[at] for _, distance, at in near if distance])

    def _by(self, key: Callable[[_Node], tuple[str, ...]]) -> Iterator[list[_Node]]:
        """The nodes in groups, each in order."""
        groups: defaultdict[tuple[str, ...], list[_Node]] = defaultdict(list)
        for node_key in sorted(self._nodes):
            groups[key(self._nodes[node_key])].append(self._nodes[node_key])
        yield from groups.values()

    def _meant(self, name: str) -> list[Key]:
        """The nodes an id stands for: a filing's, or those of a project before any decision."""
        if name in self._of_filing:
            return [self._of_filing[name]]
        return sorted(key for key, node in self._nodes.items() if name in (node.base_id, node.own_id))


def _nodes(
    filings: Sequence[Names], places: Places, organisations: Organisations, out: Container[str]
) -> Iterator[_Node]:
    found: defaultdict[Key, list[Names]] = defaultdict(list)
    for names in filings:
        name = project_name(names.project.text)
        if not name.key:
            continue
        carriers = (organisations.department(names), organisations.unit(names))
        department, unit = (carrier.organisation_id if carrier else "" for carrier in carriers)
        scope = "".join(places.of_document[names.document_id]) or unit or department or names.document_id
        code = names.code.text if names.code.trusted else ""
        apart = "" if (unit or department) and names.filing_id not in out else names.filing_id
        found[Key(scope, name.key, department, unit, code, apart)].append(names)
    for key, group in found.items():
        first = group[0]
        stem = project_name(first.project.text).stem
        carriers = organisations.department(first), organisations.unit(first)
        yield _Node(key, stem, *carriers, organisations.base_id(first), tuple(group))


def _agreement(one: _Node, other: _Node) -> float | None:
    """How well two nodes agree in who carries the project out; None where it cannot be one project."""
    if one.unit and other.unit and one.unit == other.unit:
        return _SAME_UNIT
    if one.unit and other.unit:
        bodies = {(node.unit.place, node.unit.body) for node in (one, other) if node.unit}
        in_charge = other.department in (one.department, one.unit) or one.department == other.unit
        crossed = one.unit == other.department or other.unit == one.department
        return _SAME_BODY if in_charge and (len(bodies) == 1 or crossed) else None
    if one.department and other.department and one.department == other.department:
        return _SAME_DEPARTMENT
    carriers = [{each.organisation_id for each in (node.unit, node.department) if each} for node in (one, other)]
    if carriers[0] and carriers[1]:
        return _SAME_BODY if carriers[0] & carriers[1] else None
    return _SAME_PLACE


def _links(nodes: Sequence[_Node], factor: float, evidence: str) -> Iterator[Link[Key]]:
    """Links between nodes of like names; none where a node could as well go with another that cannot be the same."""
    agreements = {
        (one.key, other.key): agreement
        for one in nodes
        for other in nodes
        if one is not other and (agreement := _agreement(one, other)) is not None
    }
    for one, other in combinations(sorted(nodes, key=lambda node: node.rank), 2):
        agreement = agreements.get((one.key, other.key))
        if agreement == _SAME_UNIT or (agreement and not _has_rival(one, other, nodes, agreements)):
            why = f"{evidence}, {_WHO[agreement]}"
            yield Link(round(agreement * factor, 3), other.key, one.key, why)


def _has_rival(one: _Node, other: _Node, nodes: Sequence[_Node], agreements: Container[tuple[Key, Key]]) -> bool:
    return any(
        ((one.key, rival.key) in agreements) != ((other.key, rival.key) in agreements)
        for rival in nodes
        if rival is not one and rival is not other
    )


def _mended(node: _Node, others: Iterable[_Node]) -> Iterator[Link[Key]]:
    """A link to the one name that a doubtful name may be a misreading of."""
    near = [other for other in others if other.rank < node.rank and may_be_misread(node.name, other.name)]
    if len({other.name for other in near}) == 1:
        yield from (
            link
            for link in _links([node, *near], _MISREAD, "a doubtful reading of the same name")
            if node.key in (link.one, link.other)
        )


def _project(project_id: str, lead: _Node, nodes: Iterable[_Node], taken: Mapping[Key, Link[Key]]) -> Project:
    members = [Member(names, *_why(node, names, taken)) for node in nodes for names in node.filings]
    return Project(
        project_id=project_id,
        organisation=lead.unit or lead.department,
        name=_without_year(lead),
        members=tuple(sorted(members, key=lambda member: member.names.filing_id)),
    )


def _without_year(lead: _Node) -> str:
    """The commonest spelling; one without the year before one with it."""
    plain = [names.project for names in lead.filings if not starts_with_year(names.project.text)]
    return commonest(plain or [names.project for names in lead.filings])


def _why(node: _Node, names: Names, taken: Mapping[Key, Link[Key]]) -> tuple[float, str]:
    """Score and evidence of a filing; a name that is flagged counts less."""
    link = taken.get(node.key)
    score, evidence = (min(link.score, 1.0), link.evidence) if link else (1.0, "prints this name")
    return (
        (score, evidence)
        if names.project.trusted
        else (round(score * _DOUBTED, 3), f"{evidence}; name read with doubt")
    )
