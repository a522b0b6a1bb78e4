"""Repairs by what the whole database knows: names learned from other files, and those of the same unit the year before.

Names that stay doubtful after the worker's own repairs are matched again. What the table `repairs` says of them is
compared with what it should say; only values whose repairs change are written, so settling twice changes nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterator
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from normalizers.repair.known_names import known_names, lexicon_of
from normalizers.repair.lexicon import Known
from normalizers.text import fold
from pipeline.across.decisions import UNDO_REPAIR, decided
from pipeline.across.readings import load_names
from pipeline.across.rechecks import check_again
from pipeline.across.restate import Repair, restate, stored_repairs
from pipeline.across.stored_rows import stored_rows
from pipeline.across.vocabulary import WAITING, learned_names
from pipeline.records import FLAG_BELOW, Row
from pipeline.repairs.book import Book
from pipeline.repairs.names import repair_names
from pipeline.schema import TABLES

RULE = "learned"
_TABLE, _COLUMN = "indicators", "level3"
_UNIT_WEIGHT = 30.0  # of a name of the same unit the year before, half of which come again; a listed one has 1
_repairs, _receipts = TABLES["repairs"], TABLES["provenance"]
_of_names = sa.and_(_receipts.c.table_name == _TABLE, _receipts.c.column_name == _COLUMN)
_is_flagged = sa.or_(_receipts.c.confidence < FLAG_BELOW, _receipts.c.doubts.is_not(None))


def repair_learned(connection: Connection) -> None:
    """Obey the decisions on repairs, make the learned ones anew, check again the documents where one changed."""
    undone = decided(connection, UNDO_REPAIR)
    held = set(stored_repairs(connection))
    due = (*(repair for repair in held if repair.rule != RULE), *_find(connection, held))
    wanted = {_decided(repair, undone) for repair in due}
    old, new = sorted(held - wanted), sorted(wanted - held)
    if old:
        gone = _repairs.c.repair_id == sa.bindparam("this")
        connection.execute(sa.delete(_repairs).where(gone), [{"this": repair.repair_id} for repair in old])
    if new:
        connection.execute(sa.insert(_repairs), [repair._asdict() for repair in new])
    restate(connection, {repair.value: repair.before for repair in (*old, *new)})
    check_again(connection, {repair.document_id for repair in (*old, *new)})


def _decided(repair: Repair, undone: Container[str]) -> Repair:
    """The repair in the state that people's decisions leave it."""
    if repair.state == "accepted" and repair.repair_id in undone:
        return repair._replace(state="undone")
    if repair.state == "undone" and repair.repair_id not in undone:
        return repair._replace(state="accepted")
    return repair


def _find(connection: Connection, held: Collection[Repair]) -> Iterator[Repair]:
    """The learned repairs as they should be now.

    What a worker repaired or a person took back is settled; what a worker noted candidates for can only be accepted.
    """
    as_read = {repair.row_id: repair.before for repair in held if repair.rule == RULE}
    workers = {repair.row_id: repair.state for repair in held if repair.rule != RULE and repair.column_name == _COLUMN}
    doubtful = _documents_in_doubt(connection)
    if not doubtful:
        return
    learned, units = list(learned_names(connection)), UnitNames(connection)
    lexicon = lexicon_of((*known_names(), *learned))
    for document_id in doubtful:
        rows = [
            replace(row, values={**row.values, _COLUMN: as_read[row.row_id]}) if row.row_id in as_read else row
            for row in stored_rows(connection, document_id, (_TABLE,))
            if workers.get(row.row_id, "suggested") == "suggested"
        ]
        of_unit = units.before(document_id)
        book = Book(document_id, rows)
        repair_names(book, lexicon.extended(of_unit), RULE)
        sources = {fold(known.name): known.source for known in (*learned, *of_unit)}
        for entry in (row for row in book.done() if row.table == "repairs"):
            repair = _repair(entry, document_id, sources.get(fold(str(entry.values["after"])), ""))
            if repair.state == "accepted" or repair.row_id not in workers:
                yield repair


def _repair(entry: Row, document_id: str, source: str) -> Repair:
    """A row of `repairs` as the book gives it; its id leaves room for the worker's own on the same value.

    A name that waits is no more than a suggestion.
    """
    values = {**entry.values, "evidence": f"{entry.values['evidence']}; {_SOURCES[source]}"}
    if source == WAITING:
        values["state"] = "suggested"
    return Repair(repair_id=f"{entry.row_id}.{RULE}", document_id=document_id, **values)  # type: ignore[arg-type]


_SOURCES = {
    "": "a name of the registry or of the same file",
    "learned": "learned from other files",
    WAITING: "seen in too few other files",
    "unit": "the same unit had it the year before",
}


def _documents_in_doubt(connection: Connection) -> list[str]:
    """The documents with doubtful names that were read from a picture."""
    is_open = sa.and_(_of_names, _receipts.c.source == "ocr", _is_flagged)
    return sorted(connection.scalars(sa.select(_receipts.c.document_id).where(is_open).distinct()))


class UnitNames:
    """The names that each unit's forms print with confidence, by year."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._filings: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._years: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for names in load_names(connection):
            unit = names.unit.text or names.department.text
            if unit and names.year:
                self._filings[unit, names.year].append(names.filing_id)
                self._years[names.document_id].add((unit, names.year))

    def before(self, document_id: str) -> list[Known]:
        """The names in the forms of the document's units for the year before."""
        years = self._years[document_id]
        wanted = {filing for unit, year in years for filing in self._filings.get((unit, year - 1), ())}
        if not wanted:
            return []
        i = TABLES["indicators"].c
        flagged = sa.exists().where(_of_names, _is_flagged, _receipts.c.row_id == i.indicator_id)
        query = sa.select(i.level3, i.level2).where(i.filing_id.in_(wanted), i.level3.is_not(None), ~flagged)
        names = sorted({(row.level3, row.level2 or "") for row in self._connection.execute(query)})
        return [Known(name, (level2,) if level2 else (), source="unit", weight=_UNIT_WEIGHT) for name, level2 in names]
