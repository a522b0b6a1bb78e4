"""Who should have filed and has not: units that declared targets and have no self-evaluation for the year."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from normalizers.organisation import parse_organisation
from pipeline.across.amounts import DECLARATION, SELF_EVALUATION, Found
from pipeline.across.courses import Course, Entry
from pipeline.across.readings import first_folder
from pipeline.checks.rule import Answer, Rule
from pipeline.schema import TABLES

_Due = tuple[str, int]  # (unit or place, year); the sections of a body are one unit


class _Organisation(NamedTuple):
    name: str
    place: str
    unit: str


@dataclass(slots=True)
class Coverage:
    """What was filed by whom.

    Attributes:
        organisations: organisation_id to name, place and unit.
        declared: of each unit and year its declarations, each with its project.
        evaluated: of each unit and year the projects of its self-evaluations.
        places: places and years of which there are self-evaluations.
        unread: first folders with a file that could not be read.
    """

    organisations: Mapping[str, "_Organisation"]
    unread: Collection[str]
    declared: dict[_Due, list[tuple[Entry, Course]]] = field(default_factory=lambda: defaultdict(list))
    evaluated: dict[_Due, list[tuple[Entry, Course]]] = field(default_factory=lambda: defaultdict(list))
    places: set[_Due] = field(default_factory=set)


def load_coverage(connection: Connection, courses: Sequence[Course]) -> Coverage:
    """What was filed, from the projects."""
    organisations, documents = TABLES["organisations"].c, TABLES["documents"].c
    query = sa.select(organisations.organisation_id, organisations.name, organisations.place)
    failed = connection.scalars(sa.select(documents.file_name).where(documents.status == "failed"))
    found = {row.organisation_id: _organisation(*row) for row in connection.execute(query)}
    coverage = Coverage(found, {first_folder(file_name) for file_name in failed})
    for course in courses:
        if course.organisation_id:
            _count(coverage, course)
    return coverage


def _organisation(organisation_id: str, name: str, place: str | None) -> _Organisation:
    """Where the place is not known, an organisation is a unit of its own."""
    parsed = parse_organisation(name)
    return _Organisation(
        name, place or organisation_id, f"{place}{parsed.body}" if place and parsed else organisation_id
    )


def _count(coverage: Coverage, course: Course) -> None:
    _, place, unit = coverage.organisations[course.organisation_id]
    for year, entry in course.standing(DECLARATION).items():
        coverage.declared[unit, year].append((entry, course))
    for year, entry in course.standing(SELF_EVALUATION).items():
        coverage.evaluated[unit, year].append((entry, course))
        coverage.places.add((place, year))


def unit_evaluates(coverage: Coverage, rule: Rule) -> Iterator[Found]:
    """X5: one answer a unit and year, on its first declaration.

    Where the database holds no self-evaluation of the year and place the rule does not apply: they may not be
    due yet, or not have been collected.
    """
    for (unit, year), declared in sorted(coverage.declared.items()):
        entry, course = min(declared, key=lambda each: each[0].filing_id)
        name, place, _ = coverage.organisations[course.organisation_id]
        found = coverage.evaluated.get((unit, year), [])
        if found:
            outcome = "pass"
        elif (place, year) not in coverage.places:
            outcome = "not_applicable"
        else:
            outcome = _lack(coverage, [entry])
        yield entry, Answer(outcome, (entry.filing.head.fact("year"),), name, str(year), str(len(found)))


def project_evaluated(coverage: Coverage, rule: Rule) -> Iterator[Found]:
    """X5.1: one answer a declared project of a unit that evaluated itself in the year."""
    for (unit, year), declared in sorted(coverage.declared.items()):
        found = coverage.evaluated.get((unit, year), [])
        if not found:
            continue
        projects = {course.project_id for _, course in found}
        for entry, course in declared:
            among = course.project_id in projects
            outcome = "pass" if among else _lack(coverage, [entry, *(each for each, _ in found)])
            operands = (entry.filing.head.fact("year"), entry.filing.head.fact("project_name"))
            yield entry, Answer(outcome, operands, course.name, str(year), str(len(found)))


def _lack(coverage: Coverage, entries: Sequence[Entry]) -> str:
    """What the lack of a filing means: nothing, where it may be there and was not read or not understood."""
    is_sure = all(entry.is_sure for entry in entries)
    return "fail" if is_sure and first_folder(entries[0].file_name) not in coverage.unread else "insufficient"
