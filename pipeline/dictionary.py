"""The data dictionary: `tables.yml` as objects, parsed once.

Everything that knows tables and columns asks here: the schema, the store, the export, the codebook.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

TYPES = ("text", "integer", "money", "number", "date")


@dataclass(frozen=True, slots=True)
class Words:
    """A description for people, in English and in Chinese."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """One column.

    Attributes:
        name: name in the database and in the export.
        type: one of `TYPES`; money is yuan with two decimals, date is ISO text as exact as printed.
        words: what it means.
        trust: code of how the value came about; the words stand in `Dictionary.trust`.
        required: a row without it makes no sense.
        unit: of a number; empty for none.
        references: table whose id it holds; empty for none.
        values: the closed list of what it may say; empty for no such list.
        personal: the value is personal data.
    """

    name: str
    type: str
    words: Words
    trust: str
    required: bool = False
    unit: str = ""
    references: str = ""
    values: tuple[str, ...] = ()
    personal: bool = False


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table.

    Attributes:
        name: name in the database and of the exported file.
        id: its own id column.
        words: what a row is.
        columns: in the order of the database and of the export.
        personal: left out of an export unless asked for.
        exported: False for what stays in the database.
        derived: made from all documents of the database after a batch, not from one file.
    """

    name: str
    id: str
    words: Words
    columns: tuple[ColumnEntry, ...]
    personal: bool = False
    exported: bool = True
    derived: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)

    def has(self, column_name: str) -> bool:
        """Whether it has a column of this name."""
        return column_name in self.column_names


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All tables, parents before children, and the words for trust and doubt codes."""

    tables: Mapping[str, TableEntry]
    trust: Mapping[str, Words]
    doubts: Mapping[str, Words]

    def __iter__(self) -> Iterator[TableEntry]:
        return iter(self.tables.values())

    def __getitem__(self, name: str) -> TableEntry:
        return self.tables[name]


@cache
def dictionary() -> Dictionary:
    """The data dictionary. Raises TypeError where `tables.yml` has an unknown or a missing key."""
    text = files("pipeline").joinpath("tables.yml").read_text(encoding="utf-8")
    content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Dictionary(
        tables={name: _table(name, **entry) for name, entry in content["tables"].items()},
        trust={code: Words(**words) for code, words in content["trust"].items()},
        doubts={code: Words(**words) for code, words in content["doubts"].items()},
    )


def _table(name: str, en: str, zh: str, columns: Mapping[str, Any], **keys: Any) -> TableEntry:
    """A table of the file; `keys` are the other keys of a table."""
    entries = tuple(_column(column, **entry) for column, entry in columns.items())
    return TableEntry(name=name, words=Words(en, zh), columns=entries, **keys)


def _column(name: str, en: str, zh: str, values: tuple[str, ...] = (), **keys: Any) -> ColumnEntry:
    """A column of the file; `keys` are the other keys of a column."""
    return ColumnEntry(name=name, words=Words(en, zh), values=tuple(values), **keys)
