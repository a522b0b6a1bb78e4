"""What `jixiao repairs` does: list, undo, redo."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from pipeline.across.decisions import UNDO_REPAIR, decide, decided, withdraw
from pipeline.across.settle import deciding
from pipeline.errors import UnusableArguments
from pipeline.schema import TABLES

_NOTHING = "(nothing)"
_repairs, _documents = TABLES["repairs"], TABLES["documents"]


def list_repairs(engine: Engine, state: str | None, file_name: str | None) -> Iterator[str]:
    """The repairs file by file, two lines each, and their number.

    Args:
        engine: see `pipeline.database.open_database`.
        state: of the repairs; None: any.
        file_name: characters that stand in the file's name; None: any.
    """
    query = sa.select(_repairs, _documents.c.file_name).join_from(_repairs, _documents)
    with engine.connect() as connection:
        found = connection.execute(query).all()
    repairs = [
        repair
        for repair in sorted(found, key=lambda repair: (repair.file_name, repair.repair_id))
        if state in (None, repair.state) and (file_name or "") in repair.file_name
    ]
    shown = ""
    for repair in repairs:
        if repair.file_name != shown:
            shown = repair.file_name
            yield shown
        yield f"  {repair.repair_id}  {repair.state}  {repair.rule} {repair.score:.2f}"
        yield f"    {repair.before or _NOTHING} -> {repair.after or _NOTHING}  ({repair.evidence})"
    yield f"{len(repairs):,} repairs"


def undo(engine: Engine, repair_ids: Sequence[str]) -> str:
    """Take accepted repairs back, now and after every new reading; all of them or, where one cannot be, none.

    Raises:
        UnusableArguments: there is no such repair, or it is only suggested.
    """
    with deciding(engine) as connection:
        query = sa.select(_repairs.c.repair_id, _repairs.c.state).where(_repairs.c.repair_id.in_(repair_ids))
        states = {row.repair_id: row.state for row in connection.execute(query)}
        for repair_id in repair_ids:
            if repair_id not in states:
                raise UnusableArguments(f"there is no repair {repair_id}; see: jixiao repairs")
            if states[repair_id] == "suggested":
                raise UnusableArguments(f"{repair_id} is only suggested: the value stands as it was read")
        decide(connection, UNDO_REPAIR, repair_ids)
    return f"{len(set(repair_ids)):,} undone"


def redo(engine: Engine, repair_ids: Sequence[str]) -> str:
    """Let repairs stand again that were undone. Raises UnusableArguments for one that was not."""
    with deciding(engine) as connection:
        undone = decided(connection, UNDO_REPAIR)
        for repair_id in repair_ids:
            if repair_id not in undone:
                raise UnusableArguments(f"{repair_id} was not undone; see: jixiao repairs --state undone")
        withdraw(connection, UNDO_REPAIR, repair_ids)
    return f"{len(set(repair_ids)):,} stand again"
