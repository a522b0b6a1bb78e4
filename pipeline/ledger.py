"""The ledger: what happened to every path that was ingested.

Times and places stay here, out of every export.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.document import Document
from pipeline.schema import TABLES

_ledger = TABLES["ledger"]
_LOADED = ("ok", "partial")


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one file.

    Attributes:
        document: the file as it was read.
        document_id: the document whose rows stand for it; an earlier one where a failure kept its rows.
        code_version: of the program that read it.
        status: ok, partial or failed.
        error: the reason; empty when ok.
        seconds: time it took to read.
    """

    document: Document
    document_id: str
    code_version: str
    status: str
    error: str = ""
    seconds: Decimal = Decimal(0)


_path = _ledger.c.path == sa.bindparam("at")
_FIND = (
    sa.select(_ledger)
    .where(sa.or_(_path, _ledger.c.file_name == sa.bindparam("name")))
    .where(_ledger.c.sha256 == sa.bindparam("content"), _ledger.c.code_version == sa.bindparam("code"))
    .where(_ledger.c.status.in_(_LOADED))
    .order_by(_path.desc(), _ledger.c.path)
    .limit(1)
)
_HELD = sa.select(_ledger.c.document_id).where(_path)
_OTHERS = sa.select(_ledger.c.path).where(_ledger.c.document_id == sa.bindparam("held"), sa.not_(_path))
_FORGET = sa.delete(_ledger).where(_path)
_RECORD = sa.insert(_ledger)


def loaded_before(connection: Connection, document: Document, code_version: str) -> Entry | None:
    """The entry that makes reading this file needless: same content, same code, loaded (ok or partial).

    The content may stand under the same path, or under the same name at another place (a moved folder); then
    the ledger notes that this path stands for that document too.
    A file that failed is never done: running the same command again tries it again.
    """
    wanted = {
        "at": str(document.path),
        "name": document.file_name,
        "content": document.sha256,
        "code": code_version,
    }
    found = connection.execute(_FIND, wanted).first()
    if found is None:
        return None
    entry = Entry(document, found.document_id, code_version, found.status, found.error or "", found.seconds)
    if found.path != wanted["at"]:
        record_outcome(connection, entry)
    return entry


def earlier_document(connection: Connection, document: Document) -> str | None:
    """The document that this path loaded before, if no other file stands for the same one."""
    at = str(document.path)
    held = connection.scalar(_HELD, {"at": at})
    if held is None:
        return None
    others = connection.scalars(_OTHERS, {"at": at, "held": held})
    return None if any(Path(other).exists() for other in others) else str(held)


def record_outcome(connection: Connection, entry: Entry) -> None:
    """Write what became of a file, over what the ledger said of its path."""
    values = {
        "path": str(entry.document.path),
        "file_name": entry.document.file_name,
        "document_id": entry.document_id,
        "sha256": entry.document.sha256 or None,
        "code_version": entry.code_version,
        "status": entry.status,
        "error": entry.error or None,
        "seconds": round(entry.seconds, 3),
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    connection.execute(_FORGET, {"at": values["path"]})
    connection.execute(_RECORD, values)
