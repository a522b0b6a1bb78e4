"""Organisations and projects over the years: who is who, made anew from all filings and the decisions of people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from normalizers.organisation import organisation_words
from pipeline.across.organisations import Decided, Organisation, Organisations
from pipeline.across.places import Places
from pipeline.across.projects import Member, Project, Projects
from pipeline.across.readings import flags_of_filings, load_names
from pipeline.schema import TABLES

JOIN, PART = "join_identities", "part_identities"
_TABLES = ("organisations", "organisation_names", "projects", "project_filings")
_SOURCES = {"digital": 0, "mixed": 1, "ocr": 2}

Values = dict[str, Any]


def identify(connection: Connection) -> None:
    """Make organisations, their spellings, projects and their filings anew.

    Args:
        connection: in a transaction; rows of an earlier call go.
    """
    decided = _decided(connection)
    filings = load_names(connection)
    places = Places(filings)
    organisations = Organisations(filings, places, decided)
    projects = Projects(filings, places, organisations, decided)
    superseded = _superseded(projects.all, flags_of_filings(connection))
    rows = {
        "organisations": [_organisation_row(each) for each in organisations.all],
        "organisation_names": [row for each in organisations.all for row in _name_rows(each)],
        "projects": [_project_row(each) for each in projects.all],
        "project_filings": [row for each in projects.all for row in _filing_rows(each, superseded)],
    }
    for table in reversed(_TABLES):
        connection.execute(sa.delete(TABLES[table]))
    for table in _TABLES:
        if rows[table]:
            connection.execute(sa.insert(TABLES[table]), rows[table])


def _decided(connection: Connection) -> Decided:
    decisions = TABLES["decisions"].c
    query = sa.select(decisions.kind, decisions.subject, decisions.object).where(decisions.kind.in_((JOIN, PART)))
    pairs = defaultdict(list)
    for kind, subject, other in connection.execute(query):
        pairs[kind].append((subject, other))
    return Decided(tuple(sorted(pairs[JOIN])), tuple(sorted(pairs[PART])))


def _organisation_row(each: Organisation) -> Values:
    return {"organisation_id": each.organisation_id, "name": each.name, "place": "".join(each.place) or None}


def _name_rows(organisation: Organisation) -> Iterator[Values]:
    for spelling, score, evidence in organisation.spellings:
        yield {
            "organisation_name_id": spelling.name_id,
            "organisation_id": organisation.organisation_id,
            "name": spelling.key.text,
            "filings": len(spelling.filings),
            "score": Decimal(str(score)),
            "evidence": evidence,
        }


def _project_row(project: Project) -> Values:
    years = [member.names.year for member in project.members if member.names.year]
    return {
        "project_id": project.project_id,
        "organisation_id": project.organisation.organisation_id if project.organisation else None,
        "name": project.name,
        "first_year": min(years, default=None),
        "last_year": max(years, default=None),
    }


def _filing_rows(project: Project, superseded: Mapping[str, str]) -> Iterator[Values]:
    for member in project.members:
        names = member.names
        yield {
            "project_filing_id": names.filing_id,
            "project_id": project.project_id,
            "filing_id": names.filing_id,
            "year": names.year,
            "kind": names.kind,
            "superseded_by": superseded.get(names.filing_id),
            "score": Decimal(str(member.score)),
            "evidence": member.evidence,
        }


def _superseded(projects: Iterable[Project], flags: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """Of each filing that another of its project, kind and year stands for, that other one.

    A later version by its own words stands, then the better reading, then the file whose name comes last.
    """

    def rank(member: Member) -> tuple[Any, ...]:
        source, flagged = flags[member.names.filing_id]
        return _says_later(member), -_SOURCES.get(source, 3), -flagged, member.names.file_name, member.names.filing_id

    superseded = {}
    for members in (group for project in projects for group in _printings(project)):
        standing = max(members, key=rank).names.filing_id
        superseded.update({m.names.filing_id: standing for m in members if m.names.filing_id != standing})
    return superseded


def _printings(project: Project) -> Iterator[Sequence[Member]]:
    """The filings of a project that are of one kind and year."""

    def form(member: Member) -> tuple[str, int]:
        return member.names.kind, member.names.year or 0

    for (_, year), members in groupby(sorted(project.members, key=form), key=form):
        if year:
            yield list(members)


def _says_later(member: Member) -> bool:
    words = organisation_words()["projects"]["later"]
    return any(word in text for word in words for text in (member.names.file_name, member.names.title))
