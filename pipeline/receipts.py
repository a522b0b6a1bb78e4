"""Values with their receipts: from a slot and the place it stands in to a row with provenance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from extractors.table import Cell, Part, Table, TextLine, TextSource
from normalizers.form import Place, Slot
from normalizers.parsed import Doubt, Parsed
from normalizers.seen_text import in_context
from normalizers.text_table import TextCell, TextTable
from pipeline.records import Provenance, Row, Scalar

IN_CONTEXT = "in_context"  # characters of one shape settled by what stands around them: normalizers.seen_text


class Source(Protocol):
    """What slots point into."""

    def receipts(self, column: str, slot: Slot, doubts: tuple[str, ...]) -> Iterable[Provenance]:
        """Where the text of a slot is printed, one record for each part; `doubts` are about the value read from it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table and the form that was read from some of its rows, with its cells by place."""

    table: Table
    cells: Mapping[Place, Cell]

    @classmethod
    def of(cls, table: Table) -> "Sheet":
        """The sheet of a table."""
        return cls(table, {Place(cell.row, cell.column): cell for cell in table.cells})

    def receipts(self, column: str, slot: Slot, doubts: tuple[str, ...]) -> Iterable[Provenance]:
        """See `Source`."""
        if slot.place is None:
            if slot.line is not None:
                lines, index = (self.table.above, slot.line) if slot.line >= 0 else (self.table.below, -1 - slot.line)
                yield _line_receipt(column, lines[index], slot.text, doubts)
            return
        cell = self.cells[slot.place]
        doubts = (*(str(doubt) for doubt in cell.doubts), *doubts)
        repair = IN_CONTEXT if text_of(cell) != cell.text else ""
        is_whole = bool(repair) or slot.text == cell.text  # of a settled text no piece can be told as it was read
        parts = _parts_of(cell, cell.text if is_whole else slot.text)
        for part in parts:
            raw = part.text if len(parts) > 1 or is_whole else slot.text
            source, sure = str(cell.source), cell.confidence
            yield Provenance(column, part.page, part.box, raw, source, sure, doubts, repair, cell.rival)


def text_of(piece: Cell | TextLine) -> str:
    """What a cell or line says: as printed, or, where it was read from a picture, as its context has it."""
    return in_context(piece.text) if piece.source is TextSource.OCR else piece.text


def text_table(table: Table) -> TextTable:
    """The table's words, without its geometry."""
    return TextTable(
        tuple(TextCell(c.row, c.column, c.row_span, c.column_span, text_of(c)) for c in table.cells),
        range(table.row_count),
        table.column_count,
        tuple(map(text_of, table.above)),
        tuple(map(text_of, table.below)),
        frozenset(row for row in range(1, table.row_count) if table.row_pages[row] != table.row_pages[row - 1]),
        table.is_guessed,
        any(cell.source is TextSource.OCR for cell in table.cells),
    )


@dataclass(slots=True)
class RowDraft:
    """A row while its values come in."""

    table: str
    row_id: str
    values: dict[str, Scalar] = field(default_factory=dict)
    receipts: list[Provenance] = field(default_factory=list)

    def put(self, column: str, parsed: Parsed[Scalar], slot: Slot, source: Source) -> None:
        """A value read from a slot. What could not be read stays empty, but its receipt says what is printed."""
        if parsed.value in (None, "") and not parsed.doubts:
            return
        self.values[column] = parsed.value
        self.receipts += source.receipts(column, slot, _codes((*slot.doubts, *parsed.doubts)))

    def support(self, column: str, slot: Slot, source: Source) -> None:
        """Another place that the value of a column was read from."""
        if slot.text.strip():
            self.receipts += source.receipts(column, slot, _codes(slot.doubts))

    def done(self) -> Row:
        """The row as it is."""
        return Row(self.table, self.row_id, self.values, tuple(self.receipts))


class Numbers:
    """The ids of a filing's rows: the filing's own, a letter for the table, and a number."""

    def __init__(self, filing_id: str) -> None:
        self.filing_id = filing_id
        self._counts: dict[str, int] = {}

    def draft(self, table: str, letter: str) -> RowDraft:
        """The next row of a table, with its place among its kind where the table has a column for it."""
        number = self._counts[letter] = self._counts.get(letter, 0) + 1
        values: dict[str, Scalar] = {"filing_id": self.filing_id}
        if table == "indicators":
            values["position"] = number
        return RowDraft(table, f"{self.filing_id}-{letter}{number:03d}", values)


def _codes(doubts: Sequence[Doubt]) -> tuple[str, ...]:
    return tuple(str(doubt) for doubt in doubts)


def _parts_of(cell: Cell, text: str) -> list[Part]:
    """The parts of the cell that hold the text: all of them, unless it is a piece that one part holds alone."""
    if text != cell.text:
        holding = [part for part in cell.parts if text and text in part.text]
        if holding:
            return holding[:1]
    return list(cell.parts)


def _line_receipt(column: str, line: TextLine, text: str, doubts: tuple[str, ...]) -> Provenance:
    repair = IN_CONTEXT if text_of(line) != line.text else ""
    raw = line.text if repair else text
    return Provenance(column, line.page, line.box, raw, str(line.source), line.confidence, doubts, repair)
