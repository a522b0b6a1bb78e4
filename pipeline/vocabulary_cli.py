"""What `jixiao vocabulary` does: list, export, promote, remove, undo."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from normalizers.text import fold
from pipeline.across.decisions import PROMOTE_WORD, REMOVE_WORD, decide, decided, withdraw
from pipeline.across.settle import deciding
from pipeline.across.vocabulary import vocabulary_id
from pipeline.dictionary import dictionary
from pipeline.errors import UnusableArguments, UnusableOutput
from pipeline.export import table_rows
from pipeline.schema import TABLES
from pipeline.writers import write_csv

_ENTRY = dictionary()["vocabulary"]
_vocabulary = TABLES["vocabulary"]
_OPPOSITES = {PROMOTE_WORD: REMOVE_WORD, REMOVE_WORD: PROMOTE_WORD}


def list_words(engine: Engine, state: str | None, like: str | None) -> Iterator[str]:
    """One line a name, those of most filings first, and their number.

    Args:
        engine: see `pipeline.database.open_database`.
        state: of the names; None: any.
        like: characters that stand in the name; None: any.
    """
    with engine.connect() as connection:
        found = connection.execute(sa.select(_vocabulary)).all()
    words = [
        word
        for word in found
        if (state is None or word.state == state) and (like is None or fold(like) in fold(word.name))
    ]
    for word in sorted(words, key=lambda word: (-word.filings, word.name)):
        about = "; ".join(filter(None, (word.level2, word.unit, word.years, word.places)))
        yield f"{word.state:8} {word.source:8} {word.filings:>5}  {word.name}" + (f"  ({about})" if about else "")
    yield f"{len(words):,} names"


def export_words(engine: Engine, path: Path) -> str:
    """Write the vocabulary as CSV and say so. Raises UnusableOutput where the file cannot be written."""
    try:
        with engine.connect() as connection:
            count = write_csv(path, _ENTRY, table_rows(connection, _ENTRY))
    except OSError as error:
        raise UnusableOutput(f"cannot write {path}: {error.strerror}; name another file") from error
    return f"{count:,} names written to {path}"


def promote(engine: Engine, name: str) -> str:
    """Let a learned name serve repairs, however often it was seen; see `_decide`."""
    return _decide(engine, name, PROMOTE_WORD)


def remove(engine: Engine, name: str) -> str:
    """Keep a learned name from repairs; see `_decide`."""
    return _decide(engine, name, REMOVE_WORD)


def undo(engine: Engine, name: str) -> str:
    """Forget what was decided on a name. Raises UnusableArguments where nothing was."""
    word_id = vocabulary_id(name)
    with deciding(engine) as connection:
        kinds = [kind for kind in _OPPOSITES if word_id in decided(connection, kind)]
        for kind in kinds:
            withdraw(connection, kind, [word_id])
        if not kinds:
            raise UnusableArguments(f"nothing was decided on {name!r}")
    return _state(engine, name)


def _decide(engine: Engine, name: str, kind: str) -> str:
    """Note a decision over an earlier one, settle, say what state the name is in.

    Raises:
        UnusableArguments: the vocabulary has no such name, or the registry lists it.
    """
    with deciding(engine) as connection:
        word = _word(connection, name)
        if word is None:
            raise UnusableArguments(f"no name {name!r} in the vocabulary; see: jixiao vocabulary list --like TEXT")
        if word.source == "registry":
            raise UnusableArguments(f"{name!r} is listed in the registry, which every reading uses: change it there")
        withdraw(connection, _OPPOSITES[kind], [word.vocabulary_id])
        decide(connection, kind, [word.vocabulary_id])
    return _state(engine, name)


def _state(engine: Engine, name: str) -> str:
    with engine.connect() as connection:
        word = _word(connection, name)
    return f"{name}: {word.state}" if word else f"{name}: in no file of the database any more"


def _word(connection: Connection, name: str) -> sa.Row[tuple[object, ...]] | None:
    return connection.execute(sa.select(_vocabulary).where(_vocabulary.c.vocabulary_id == vocabulary_id(name))).first()
