"""Values as the table `repairs` says they stand: it is the truth of what is repaired, suggested and undone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from normalizers.parsed import Doubt
from pipeline.dictionary import dictionary
from pipeline.records import Scalar
from pipeline.repairs.book import mark
from pipeline.schema import TABLES

_repairs, _provenance = TABLES["repairs"], TABLES["provenance"]
_MARK = re.compile(r"(?:^| )\w+ [01]\.\d\d(?= |$)")  # a rule and its score among what a receipt says of repairs
_ROWS_AT_ONCE = 400


class Value(NamedTuple):
    """One value of the database: where it stands."""

    table: str
    row_id: str
    column: str


class Repair(NamedTuple):
    """A row of `repairs`: the table's columns in its order."""

    repair_id: str
    document_id: str
    filing_id: str | None
    table_name: str
    row_id: str
    column_name: str
    state: str
    rule: str
    score: Decimal
    raw: str | None
    before: str | None
    after: str | None
    evidence: str | None
    candidates: str | None

    @property
    def value(self) -> Value:
        """The value that was repaired."""
        return Value(self.table_name, self.row_id, self.column_name)


def stored_repairs(connection: Connection, *which: sa.ColumnElement[bool]) -> list[Repair]:
    """The rows of `repairs` that meet all conditions, in the order of their ids."""
    found = connection.execute(sa.select(_repairs).where(*which)).all()
    return sorted(Repair(*row) for row in found)


def restate(connection: Connection, befores: Mapping[Value, str | None]) -> None:
    """Bring values and their receipts in line with the table `repairs`.

    Args:
        connection: in a transaction.
        befores: values whose repairs changed, each with what was read, in the words of `repairs.before`.
    """
    repairs = defaultdict(list)
    for repair in (Repair(*tuple(row)) for row in _rows(connection, _repairs, befores)):
        repairs[repair.value].append(repair)
    texts = defaultdict(list)
    for value, before in befores.items():
        accepted = [repair.after for repair in repairs[value] if repair.state == "accepted"]
        texts[value.table, value.column].append((value.row_id, accepted[0] if accepted else before))
    for (table, column), pairs in texts.items():
        _write_values(connection, table, column, pairs)
    receipts = _rows(connection, _provenance, befores)
    if marked := [_marked(receipt, repairs[_value_of(receipt)]) for receipt in receipts]:
        update = sa.update(_provenance).where(_provenance.c.provenance_id == sa.bindparam("this"))
        new = update.values(repair=sa.bindparam("new_repair"), doubts=sa.bindparam("new_doubts"))
        connection.execute(new, marked)


def _value_of(row: Any) -> Value:
    return Value(row.table_name, row.row_id, row.column_name)


def _rows(connection: Connection, table: sa.Table, values: Iterable[Value]) -> Iterator[sa.Row[Any]]:
    """The rows of `repairs` or `provenance` that speak of the values."""
    wanted = set(values)
    row_ids = sorted({value.row_id for value in wanted})
    tables = table.c.table_name.in_(sorted({value.table for value in wanted}))
    for start in range(0, len(row_ids), _ROWS_AT_ONCE):
        some = table.c.row_id.in_(row_ids[start : start + _ROWS_AT_ONCE])
        found = connection.execute(sa.select(table).where(tables, some)).all()
        yield from (row for row in found if _value_of(row) in wanted)


def _write_values(connection: Connection, table: str, column: str, texts: Sequence[tuple[str, str | None]]) -> None:
    id_column = TABLES[table].c[dictionary()[table].id]
    update = sa.update(TABLES[table]).where(id_column == sa.bindparam("this"))
    kind = next(entry.type for entry in dictionary()[table].columns if entry.name == column)
    new = [{"this": row_id, "new": from_text(kind, text)} for row_id, text in texts]
    connection.execute(update.values({column: sa.bindparam("new")}), new)


def from_text(kind: str, text: str | None) -> Scalar:
    """The value that `repairs.before` or `after` shows, as a column of this type takes it."""
    if text is None:
        return None
    if kind in ("money", "number"):
        return Decimal(text)
    return int(text) if kind == "integer" else text


def _marked(receipt: Any, repairs: Iterable[Repair]) -> dict[str, str | None]:
    """A receipt with the marks of these repairs in place of the earlier ones."""
    states = {repair.state for repair in repairs}
    kept = _MARK.sub("", receipt.repair or "").strip()
    marks = [mark(repair.rule, repair.score) for repair in repairs if repair.state == "accepted"]
    doubts = [code for code in (receipt.doubts or "").split() if code not in _DOUBTS.values()]
    if "accepted" not in states:
        doubts += [code for state, code in _DOUBTS.items() if state in states]
    return {
        "this": receipt.provenance_id,
        "new_repair": " ".join(filter(None, (kept, *marks))) or None,
        "new_doubts": " ".join(doubts) or None,
    }


_DOUBTS = {"suggested": str(Doubt.REPAIR_POSSIBLE), "undone": str(Doubt.REPAIR_UNDONE)}
