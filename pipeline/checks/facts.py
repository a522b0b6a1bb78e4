"""What the rules look at: values with their cells, how exactly they are printed, and whether they are sure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from normalizers.parsed import Doubt
from normalizers.text import half_width
from pipeline.records import Row, Scalar

ZERO = Decimal(0)
_CENT = Decimal("0.01")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.([0-9]+))?")
_UNITS = {Decimal(10) ** power for power in range(9)}  # of money in yuan; a rate printed as a ratio has 100


class Fact(NamedTuple):
    """A value and its receipt.

    Attributes:
        cell: `table.row_id.column`.
        value: as the table holds it; None where nothing is printed or nothing could be read.
        raw: as printed.
        is_sure: no receipt of it is flagged.
        is_seen: read from a picture, where a blank may be something that was not seen.
    """

    cell: str
    value: Scalar
    raw: str = ""
    is_sure: bool = True
    is_seen: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether there is no value."""
        return self.value is None or self.value == ""

    @property
    def number(self) -> Decimal:
        """The number, 0 for a blank."""
        return self.value if isinstance(self.value, Decimal) else Decimal(self.value or 0)

    @property
    def text(self) -> str:
        """The text, empty for a blank; numbers without trailing zeros, as the database gives them back or not."""
        if isinstance(self.value, Decimal):
            return f"{self.value.normalize():f}"
        return "" if self.value is None else str(self.value)

    @property
    def places(self) -> int:
        """How many decimals are printed; a zero is exact."""
        found = _NUMBER.search(half_width(self.raw)) if self.number else None
        return len(found[1] or "") if found else 0

    @property
    def unit(self) -> Decimal:
        """What one is worth as it is printed: 10000 for 1.5 that stands for 15000 yuan."""
        found = _NUMBER.search(half_width(self.raw))
        printed = Decimal(found[0].replace(",", "")) if found else ZERO
        unit = abs(self.number) / printed if printed else ZERO
        return unit if unit in _UNITS else Decimal(1)

    @property
    def half_step(self) -> Decimal:
        """Half of the last printed place, in the unit of the value."""
        return self.unit / (2 * Decimal(10) ** self.places) if self.number else ZERO


def sum_of(facts: Iterable[Fact]) -> Decimal:
    """The sum of some facts, blanks counted as 0."""
    return sum((fact.number for fact in facts), ZERO)


def rounding(facts: Iterable[Fact]) -> Decimal:
    """How far sums of these may be off: half of the last place of each.

    Forms leave out trailing zeros at will, so a whole number beside one with decimals counts as exact.
    """
    facts = list(facts)
    mixed = any(fact.places for fact in facts)
    return sum((fact.half_step for fact in facts if fact.places or not mixed), ZERO)


def money_tolerance(facts: Iterable[Fact]) -> Decimal:
    """How far amounts may be off, in yuan: their rounding, and 0.005 of the unit; at least a cent."""
    facts = list(facts)
    return max(rounding(facts) + max(fact.unit for fact in facts) / 200, _CENT)


class Line:
    """A row whose values are asked for as facts.

    Attributes:
        row: the row.
        is_seen: whether any of it was read from a picture.
        is_plain: whether none of it is flagged.
    """

    __slots__ = ("_facts", "is_plain", "is_seen", "row")

    def __init__(self, row: Row) -> None:
        self.row = row
        self.is_seen = any([receipt.source == "ocr" for receipt in row.provenance])
        self.is_plain = not any([receipt.is_flagged for receipt in row.provenance])
        self._facts: dict[str, Fact] = {}

    def value(self, column: str) -> Scalar:
        """The bare value."""
        return self.row.values.get(column)

    def text(self, column: str) -> str:
        """The bare text, empty for a blank."""
        return str(self.row.values.get(column) or "")

    def fact(self, column: str) -> Fact:
        """The value with its receipt."""
        found = self._facts.get(column)
        if found is None:
            receipts = self.row.receipts(column)
            cell = f"{self.row.table}.{self.row.row_id}.{column}"
            raw = receipts[0].raw_text if receipts else ""
            is_sure = self.is_plain or not any(receipt.is_flagged for receipt in receipts)
            found = self._facts[column] = Fact(cell, self.value(column), raw, is_sure, self.is_seen)
        return found

    def differs(self, column: str) -> bool:
        """Whether the document prints the value in several places and not alike."""
        return any(Doubt.PRINTINGS_DIFFER in receipt.doubts for receipt in self.row.receipts(column))


@dataclass(slots=True)
class Filing:
    """A filing with its rows.

    Attributes:
        head: its row of `filings`.
        tables: its rows by table, in the order of the document.
        file: the document it stands in.
    """

    head: Line
    file: "File"
    tables: dict[str, list[Line]] = field(default_factory=dict)

    @property
    def filing_id(self) -> str:
        """Its id."""
        return self.head.row.row_id

    def lines(self, table: str) -> Sequence[Line]:
        """Its rows of a table."""
        return self.tables.get(table, ())


@dataclass(slots=True)
class File:
    """A document's filings, and the rows that belong to none."""

    document_id: str
    filings: list[Filing] = field(default_factory=list)
    tables: dict[str, list[Line]] = field(default_factory=dict)

    def lines(self, table: str) -> Sequence[Line]:
        """The rows of a table that belong to the document as a whole."""
        return self.tables.get(table, ())


_OF_FILE = {"narratives", "other_tables", "other_table_cells"}


def gather(document_id: str, rows: Iterable[Row]) -> File:
    """The rows of a document by filing and table."""
    file = File(document_id)
    filings: dict[str, Filing] = {}
    for row in rows:
        if row.table == "filings":
            filings[row.row_id] = Filing(Line(row), file)
            file.filings.append(filings[row.row_id])
        owner = None if row.table in _OF_FILE else filings.get(str(row.values.get("filing_id")))
        home = owner.tables if owner else file.tables
        home.setdefault(row.table, []).append(Line(row))
    return file
