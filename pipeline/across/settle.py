"""The second phase: what all documents of a database say together, made after every ingest in one transaction.

Everything here is made from the documents' rows and people's decisions alone, so the same files give the same
database in whatever order they came. Storing a document takes the settlement away (`pipeline.store`): a run that was
killed between the two is settled by the next.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from pipeline.across.checks import check_across
from pipeline.across.identities import identify
from pipeline.across.learned_repairs import repair_learned
from pipeline.across.vocabulary import learn
from pipeline.database import describe, unusable
from pipeline.errors import NotSettled
from pipeline.fingerprint import code_version
from pipeline.schema import TABLES

_NAME = "all"
_settlements = TABLES["settlements"]

STEPS: tuple[tuple[str, Callable[[Connection], object]], ...] = (
    ("learning names", learn),
    ("repairing by learned names", repair_learned),
    ("finding identities", identify),
    ("checking across files", check_across),
)


def settle(engine: Engine) -> bool:
    """Bring what is made from all documents up to date, all or nothing.

    Returns:
        False where nothing had changed since it was made last.

    Raises:
        NotSettled: a step failed; all is as it was before, and the next call tries again.
        DatabaseUnusable: the database fails (disk full, server gone).
    """
    with _transaction(engine) as connection:
        _lock(connection)
        fingerprint = _fingerprint(connection)
        held = sa.select(_settlements.c.fingerprint).where(_settlements.c.name == _NAME)
        if connection.scalar(held) == fingerprint:
            return False
        for name, step in STEPS:
            _take(name, step, connection)
        connection.execute(sa.delete(_settlements))
        connection.execute(sa.insert(_settlements).values(name=_NAME, fingerprint=fingerprint))
        return True


@contextmanager
def deciding(engine: Engine) -> Iterator[Connection]:
    """A transaction for decisions of people; when it has ended well, all is settled by them.

    Raises:
        NotSettled: see `settle`; the decisions stand.
        DatabaseUnusable: the database fails.
    """
    with _transaction(engine) as connection:
        yield connection
    settle(engine)


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise unusable(error, describe(engine)) from error


def _take(name: str, step: Callable[[Connection], object], connection: Connection) -> None:
    """A step; whatever is wrong in it is told in one line. A database that fails is told by its own."""
    try:
        step(connection)
    except OperationalError:
        raise
    except Exception as error:
        place = extract_tb(error.__traceback__)[-1]
        reason = " ".join(f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})".split())
        message = f"the files are loaded, but {name} failed: internal error, please report it: {reason}"
        raise NotSettled(message) from error


def _lock(connection: Connection) -> None:
    """Nobody stores or settles meanwhile; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("LOCK TABLE settlements IN EXCLUSIVE MODE"))


def _fingerprint(connection: Connection) -> str:
    """A hash of the program, of the documents and of people's decisions."""
    documents, decisions = TABLES["documents"].c, TABLES["decisions"].c
    digest = hashlib.sha256(code_version().encode())
    for query in (
        sa.select(documents.document_id, documents.sha256, documents.status),
        sa.select(decisions.kind, decisions.subject, decisions.object),
    ):
        rows = sorted(repr(tuple(row)) for row in connection.execute(query))
        digest.update("\n".join(["", *rows]).encode())
    return digest.hexdigest()
