"""What `jixiao identities` does: list, join, part, undo."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from normalizers.text import fold
from pipeline.across.identities import JOIN, PART
from pipeline.across.settle import deciding
from pipeline.errors import UnusableArguments
from pipeline.schema import TABLES

_organisations, _spellings, _projects, _filings, _decisions, _heads, _documents = (
    TABLES[name]
    for name in (
        "organisations", "organisation_names", "projects", "project_filings", "decisions", "filings", "documents"
    )
)  # fmt: skip


class Meant(NamedTuple):
    """What a user named.

    Attributes:
        what: organisation or project.
        id: what a decision is noted on: of an organisation, a spelling, a project or a filing.
        identity: the organisation or project that it is of now.
        is_one: whether it is one spelling or filing, and not a whole identity.
    """

    what: str
    id: str
    identity: str
    is_one: bool


def list_organisations(engine: Engine, like: str | None) -> Iterator[str]:
    """Each organisation with its spellings, then what was decided.

    Args:
        engine: see `pipeline.database.open_database`.
        like: characters that stand in one of its spellings; None: any.
    """
    with engine.connect() as connection:
        spellings = defaultdict(list)
        for row in connection.execute(sa.select(_spellings)):
            spellings[row.organisation_id].append(row)
        found = connection.execute(sa.select(_organisations)).all()
        decisions = list(_decision_lines(connection))
    count = 0
    for each in sorted(found, key=lambda each: (each.place or "", each.name, each.organisation_id)):
        rows = sorted(spellings[each.organisation_id], key=lambda row: (-row.filings, row.name))
        if like is None or any(fold(like) in fold(row.name) for row in rows):
            count += 1
            yield f"{each.organisation_id}  {each.name}" + (f"  ({each.place})" if each.place else "")
            for row in rows:
                why = f"{row.filings} filings, {row.score:f}: {row.evidence}"
                yield f"    {row.organisation_name_id}  {row.name}  {why}"
    yield f"{count:,} organisations"
    yield from decisions


def list_projects(engine: Engine, like: str | None) -> Iterator[str]:
    """Each project with its filings; see `list_organisations`."""
    query = (
        sa.select(_filings, _heads.c.project_name, _documents.c.file_name)
        .join_from(_filings, _heads, _heads.c.filing_id == _filings.c.filing_id)
        .join(_documents, _documents.c.document_id == _heads.c.document_id)
    )
    with engine.connect() as connection:
        filings = defaultdict(list)
        for row in connection.execute(query):
            filings[row.project_id].append(row)
        found = connection.execute(sa.select(_projects)).all()
        decisions = list(_decision_lines(connection))
    count = 0
    for each in sorted(found, key=lambda each: (each.name, each.project_id)):
        rows = sorted(filings[each.project_id], key=lambda row: (row.year or 0, row.kind, row.filing_id))
        if like is None or any(fold(like) in fold(row.project_name) for row in rows):
            count += 1
            yield f"{each.project_id}  {each.name}"
            for row in rows:
                stands = f", {row.superseded_by} stands for it" if row.superseded_by else ""
                yield f"    {row.filing_id}  {row.year or ''} {row.kind}  {row.file_name}{stands}"
                yield f"        {row.score:f}: {row.evidence}"
    yield f"{count:,} projects"
    yield from decisions


def join(engine: Engine, one: str, other: str) -> str:
    """Let two be one from now on.

    Args:
        engine: see `pipeline.database.open_database`.
        one: an id or spelling that `jixiao identities list` prints.
        other: the one that is joined to it.

    Raises:
        UnusableArguments: for what is not there, or not of one sort, or one already.
    """
    with deciding(engine) as connection:
        first, second = _meant(connection, one), _meant(connection, other)
        if first.what != second.what:
            raise UnusableArguments(f"{one} is of an {first.what} and {other} of another sort; name two of one sort")
        if first.identity == second.identity:
            raise UnusableArguments(f"{one} and {other} are one {first.what} already")
        _decide(connection, JOIN, first.id, second.id)
    return f"{other} is joined to {one}; undo: jixiao identities undo {first.id} {second.id}"


def part(engine: Engine, one: str, other: str) -> str:
    """Let the second of two spellings, or filings, be of another organisation, or project; see `join`."""
    with deciding(engine) as connection:
        first, second = _meant(connection, one), _meant(connection, other)
        if not (first.is_one and second.is_one):
            raise UnusableArguments("only spellings of organisations and filings of projects can be parted; name two")
        if first.identity != second.identity:
            raise UnusableArguments(f"{one} and {other} are two already")
        _decide(connection, PART, first.id, second.id)
    return f"{other} is parted from {one}; undo: jixiao identities undo {first.id} {second.id}"


def undo(engine: Engine, one: str, other: str) -> str:
    """Forget what was decided on a pair. Raises UnusableArguments where nothing was."""
    with deciding(engine) as connection:
        if not _withdraw(connection, _noted(connection, one), _noted(connection, other)):
            raise UnusableArguments(f"nothing was decided on {one} and {other}")
    return f"nothing is decided on {one} and {other} any more"


def _meant(connection: Connection, name: str) -> Meant:
    """What an id or spelling names. Raises UnusableArguments where it names nothing, or several things."""
    found = [
        Meant(what, str(row[0]), str(row[1]), is_one)
        for what, key, identity, spelling, is_one in (
            ("organisation", _organisations.c.organisation_id, _organisations.c.organisation_id, None, False),
            ("organisation", _spellings.c.organisation_name_id, _spellings.c.organisation_id, _spellings.c.name, True),
            ("project", _projects.c.project_id, _projects.c.project_id, _projects.c.name, False),
            ("project", _filings.c.filing_id, _filings.c.project_id, None, True),
        )
        for row in connection.execute(
            sa.select(key, identity).where(
                sa.or_(key == name, spelling == name if spelling is not None else sa.false())
            )
        )
    ]
    if not found:
        raise UnusableArguments(f"no organisation or project {name!r}; see: jixiao identities list --like TEXT")
    if len(found) > 1:
        raise UnusableArguments(
            f"{name!r} is the name of several; name one of {', '.join(sorted(m.id for m in found))}"
        )
    return found[0]


def _noted(connection: Connection, name: str) -> str:
    """The id under which something was decided on: it may be no more since it was joined."""
    this = sa.or_(_decisions.c.subject == name, _decisions.c.object == name)
    query = sa.select(_decisions.c.kind).where(this, _decisions.c.kind.in_((JOIN, PART)))
    return name if connection.execute(query).first() else _meant(connection, name).id


def _decide(connection: Connection, kind: str, subject: str, other: str) -> None:
    """Note a decision on a pair in place of an earlier one."""
    _withdraw(connection, subject, other)
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    row = {"decision_id": f"{kind} {subject} {other}", "kind": kind, "subject": subject, "object": other}
    connection.execute(sa.insert(_decisions).values(**row, made_at=made_at))


def _withdraw(connection: Connection, one: str, other: str) -> int:
    """Forget the decisions on a pair; gives their number."""
    pairs = sa.tuple_(_decisions.c.subject, _decisions.c.object).in_([(one, other), (other, one)])
    gone = sa.delete(_decisions).where(_decisions.c.kind.in_((JOIN, PART)), pairs)
    return int(connection.execute(gone).rowcount)


def _decision_lines(connection: Connection) -> Iterator[str]:
    query = sa.select(_decisions).where(_decisions.c.kind.in_((JOIN, PART)))
    for row in sorted(connection.execute(query), key=lambda row: str(row.decision_id)):
        yield f"decided: {row.kind.partition('_')[0]} {row.subject} {row.object}"
