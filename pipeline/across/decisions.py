"""What people decided: it outlasts a new reading of the files, and every settling obeys it."""

from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.schema import TABLES

UNDO_REPAIR, PROMOTE_WORD, REMOVE_WORD = "undo_repair", "promote_word", "remove_word"
_decisions = TABLES["decisions"]


def decide(connection: Connection, kind: str, subjects: Iterable[str]) -> None:
    """Note a decision on each subject; one that was decided before stays as it is."""
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    for subject in sorted(set(subjects) - decided(connection, kind)):
        row = {"decision_id": f"{kind} {subject}", "kind": kind, "subject": subject, "made_at": made_at}
        connection.execute(sa.insert(_decisions).values(row))


def withdraw(connection: Connection, kind: str, subjects: Iterable[str]) -> None:
    """Forget the decisions on these subjects."""
    gone = sa.and_(_decisions.c.kind == kind, _decisions.c.subject.in_(list(subjects)))
    connection.execute(sa.delete(_decisions).where(gone))


def decided(connection: Connection, kind: str) -> frozenset[str]:
    """The subjects of all decisions of a kind."""
    return frozenset(connection.scalars(sa.select(_decisions.c.subject).where(_decisions.c.kind == kind)))
