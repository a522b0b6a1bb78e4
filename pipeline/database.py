"""Opening the database: any SQLAlchemy URL, made or upgraded to the schema of this program.

A brand-new database is created from the metadata and stamped (fast, no Alembic); an older one is upgraded
by the migrations. A test proves that both ways give the same schema.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from pipeline.errors import DatabaseUnusable
from pipeline.schema import HEAD, VERSION_TABLE, metadata

_WAIT_FOR_LOCK_S = 10.0
_POSTGRESQL = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
_version = sa.Table(
    VERSION_TABLE,
    sa.MetaData(naming_convention={"pk": "%(table_name)s_pkc"}),
    sa.Column("version_num", sa.String(32), primary_key=True),
)


def open_database(url: str, must_exist: bool = False) -> Engine:
    """An engine on a database whose schema is this program's.

    Args:
        url: any SQLAlchemy URL; the folder of an SQLite file is made.
        must_exist: for readers: a database that is not there is an error and is not made; nothing is locked.

    Raises:
        DatabaseUnusable: with one line saying what, why, what to do.
    """
    parsed = _parse(url)
    place = parsed.render_as_string(hide_password=True)
    try:
        if parsed.get_backend_name() == "sqlite":
            _prepare_folder(parsed, must_exist)
        engine = _make_engine(parsed)
        users = engine.execution_options(reader=must_exist)
        with users.begin() as connection:
            stored = _stored_version(connection, place)
            if stored is None:
                _create(connection, place, must_exist)
        if stored not in (None, HEAD):
            _upgrade(engine, str(stored), place)
    except OSError as error:
        message = f"cannot make the folder of the database {place}: {error.strerror}; name another place"
        raise DatabaseUnusable(message) from error
    except DBAPIError as error:
        raise unusable(error, place) from error
    return users


def describe(engine: Engine) -> str:
    """The URL of the database without its password."""
    return engine.url.render_as_string(hide_password=True)


def unusable(error: DBAPIError, place: str) -> DatabaseUnusable:
    """The one line for a database error: what, why, what to do."""
    reason = " ".join(str(error.orig).split())
    advice = next((advice for words, advice in _ADVICE.items() if words in reason.lower()), "")
    return DatabaseUnusable(f"cannot use the database {place}: {reason}{advice and '; ' + advice}")


_ADVICE = {
    "locked": "another program is writing to it: wait for it to end, or name another database",
    "not a database": "the file is something else: name another file",
    "readonly": "make the file and its folder writable, or name another database",
    "unable to open": "make the folder writable, or name another database",
    "full": "make room and run the same command again: what is loaded stays",
    "permission denied": "give this user the right to create tables, or name another database",
}


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed = parsed.set(drivername=_POSTGRESQL.get(parsed.drivername, parsed.drivername))
        parsed.get_dialect()
    except NoSuchModuleError:
        message = f"unknown kind of database {parsed.drivername!r}; use sqlite:///FILE or postgresql://..."
        raise DatabaseUnusable(message) from None
    except ArgumentError:
        message = f"{url!r} is no database URL; write sqlite:///FILE or postgresql://USER@HOST/NAME"
        raise DatabaseUnusable(message) from None
    return parsed


def _prepare_folder(url: URL, must_exist: bool) -> None:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        return
    file = Path(url.database)
    if must_exist and not file.exists():
        raise DatabaseUnusable(f"there is no database {file}; make it: jixiao ingest PATH --database {url}")
    if file.is_dir():
        raise DatabaseUnusable(f"cannot use the database {file}: it is a folder; name a file in it")
    file.parent.mkdir(parents=True, exist_ok=True)


def _make_engine(url: URL) -> Engine:
    sqlite = url.get_backend_name() == "sqlite"
    wait = {"timeout": _WAIT_FOR_LOCK_S} if sqlite and "timeout" not in url.query else {}
    try:
        engine = sa.create_engine(url, connect_args=wait)
    except ModuleNotFoundError as error:
        message = f"the driver {error.name!r} for {url.drivername} is not installed; install it beside jixiao"
        raise DatabaseUnusable(message) from None
    if sqlite:
        sa.event.listen(engine, "connect", _set_pragmas)
        sa.event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    """Foreign keys hold, readers and the writer do not wait for each other, one sync a checkpoint."""
    connection.isolation_level = None  # transactions begin in `_begin`, so that DDL takes part in them
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Writers take the write lock at once: two runs on one file wait for each other instead of failing."""
    reader = connection.get_execution_options().get("reader", False)
    connection.exec_driver_sql("BEGIN" if reader else "BEGIN IMMEDIATE")


def _stored_version(connection: Connection, place: str) -> str | None:
    """The revision of the stored schema, None for a database without our tables."""
    names = set(sa.inspect(connection).get_table_names())
    if VERSION_TABLE in names:
        return connection.execute(sa.select(_version.c.version_num)).scalar()
    if taken := sorted(names & set(metadata.tables)):
        message = f"the database {place} holds tables of another program ({', '.join(taken)}); name another"
        raise DatabaseUnusable(message)
    return None


def _create(connection: Connection, place: str, must_exist: bool) -> None:
    if must_exist:
        raise DatabaseUnusable(f"the database {place} holds no filings; fill it with: jixiao ingest PATH")
    metadata.create_all(connection, checkfirst=False)
    _version.create(connection)
    connection.execute(sa.insert(_version).values(version_num=HEAD))


def _upgrade(engine: Engine, stored: str, place: str) -> None:
    from pipeline.migrations import known_revisions, upgrade

    if stored not in known_revisions():
        message = f"the database {place} was written by a newer jixiao (schema {stored}); upgrade jixiao"
        raise DatabaseUnusable(message)
    upgrade(engine)
