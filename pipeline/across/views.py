"""The views of the database: `views.yml` as objects, made after the tables.

A view holds nothing, so a change of the schema drops the views first and makes them anew at its end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from sqlalchemy.engine import Connection

from normalizers.vocabulary import read_registry
from pipeline.checks.rule import words
from pipeline.dictionary import Words


@dataclass(frozen=True, slots=True)
class View:
    """One view.

    Attributes:
        name: in the database.
        words: what a row is.
        columns: name to meaning, in order.
        sql: the query, alike for SQLite and PostgreSQL.
    """

    name: str
    words: Words
    columns: Mapping[str, Words]
    sql: str


@cache
def views() -> tuple[View, ...]:
    """All views; one that reads another comes after it."""
    text = files("pipeline").joinpath("views.yml").read_text(encoding="utf-8")
    return tuple(_view(name, **entry) for name, entry in yaml.safe_load(text).items())


def _view(name: str, en: str, zh: str, columns: Mapping[str, Mapping[str, str]], sql: str) -> View:
    meanings = {column: Words(**words) for column, words in columns.items()}
    totals = ", ".join("'{}'".format(wording.replace("'", "''")) for wording in dict.fromkeys(_totals()))
    return View(name, Words(en, zh), meanings, sql.replace("{totals}", totals).strip())


def _totals() -> Iterator[str]:
    """Wordings of the line that holds the year's whole money."""
    yield from read_registry("labels.yml")["funds"]["annual"]
    yield from words("funds")["total"]


def make_views(connection: Connection) -> None:
    """Make the views; their tables must be there and the views must not."""
    for view in views():
        connection.exec_driver_sql(f"CREATE VIEW {view.name} AS\n{view.sql}")


def drop_views(connection: Connection) -> None:
    """Drop the views that are there."""
    for view in reversed(views()):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {view.name}")
