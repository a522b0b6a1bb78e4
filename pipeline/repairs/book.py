"""A document's rows while their values are repaired, and the record of what was done."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from normalizers.parsed import Doubt
from pipeline.records import Provenance, Row, Scalar


class Cell(NamedTuple):
    """One value: the id of the row it stands in, and its column."""

    row_id: str
    column: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the evidence says of one value.

    Attributes:
        rule: the kind of evidence, a key of `registry/repairs.yml`.
        value: what the value should be; None where the evidence is not enough for any.
        score: 0 to 1, how strong the evidence is.
        evidence: the facts, for people.
        rivals: readings that were weighed, with their scores, the best first.
    """

    rule: str
    value: Scalar
    score: float
    evidence: str
    rivals: tuple[tuple[str, float], ...] = ()


@dataclass(slots=True)
class Book:
    """Rows with the repairs made so far.

    Attributes:
        document_id: the document.
        rows: all its rows, in order; those that were repaired are replaced by their new selves.
    """

    document_id: str
    rows: list[Row]
    _places: dict[str, int] = field(init=False)
    _entries: dict[str, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = {row.row_id: index for index, row in enumerate(self.rows)}

    def filings(self) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
        """Each filing as it stands now, with its rows by table."""
        by_filing: dict[str, dict[str, list[Row]]] = {}
        for row in self.rows:
            if row.table != "filings":
                by_filing.setdefault(str(row.values.get("filing_id")), {}).setdefault(row.table, []).append(row)
        for row in list(self.rows):
            if row.table == "filings":
                yield row, by_filing.get(row.row_id, {})

    def row(self, cell: Cell) -> Row:
        """The cell's row as it stands now."""
        return self.rows[self._places[cell.row_id]]

    def is_open(self, cell: Cell) -> bool:
        """Whether a value may be repaired: recognised from a picture, and flagged."""
        receipts = self.row(cell).receipts(cell.column)
        return any(receipt.is_flagged for receipt in receipts) and all(receipt.source == "ocr" for receipt in receipts)

    def settle(self, cell: Cell, finding: Finding) -> None:
        """Repair a value; without a value in the finding, note the candidates and flag it.

        A later repair takes the place of an earlier one; candidates alone do not.
        """
        row = self.row(cell)
        earlier = self._accepted(cell)
        if earlier and finding.value is None:
            return
        entry = self._entry(row, cell.column, finding)
        self._entries[entry.row_id] = entry
        if finding.value is None:
            receipts = _receipts(row, cell.column, doubt=Doubt.REPAIR_POSSIBLE)
            self._put(replace(row, provenance=receipts))
        else:
            receipts = _receipts(row, cell.column, repair=_mark(entry), instead_of=_mark(earlier))
            self._put(replace(row, values={**row.values, cell.column: finding.value}, provenance=receipts))

    def done(self) -> list[Row]:
        """All rows, and those of the table `repairs`."""
        return [*self.rows, *self._entries.values()]

    def _accepted(self, cell: Cell) -> Row | None:
        """The row of `repairs` of a value that was repaired before."""
        earlier = self._entries.get(f"{cell.row_id}.{cell.column}")
        return earlier if earlier and earlier.values["state"] == "accepted" else None

    def _put(self, row: Row) -> None:
        self.rows[self._places[row.row_id]] = row

    def _entry(self, row: Row, column: str, finding: Finding) -> Row:
        """The row of `repairs`; an earlier one of the same value keeps what was read first."""
        repair_id = f"{row.row_id}.{column}"
        earlier = self._entries.get(repair_id)
        best = finding.rivals[0][0] if finding.rivals else None
        values: Mapping[str, Scalar] = {
            "filing_id": row.row_id if row.table == "filings" else row.values.get("filing_id"),
            "table_name": row.table,
            "row_id": row.row_id,
            "column_name": column,
            "state": "suggested" if finding.value is None else "accepted",
            "rule": finding.rule,
            "score": _decimal(finding.score),
            "raw": " ".join(receipt.raw_text for receipt in row.receipts(column)),
            "before": earlier.values["before"] if earlier else as_text(row.values.get(column)),
            "after": best if finding.value is None else as_text(finding.value),
            "evidence": finding.evidence,
            "candidates": to_json(finding.rivals),
        }
        return Row("repairs", repair_id, values)


def as_text(value: Scalar) -> str | None:
    """A value as the table `repairs` shows it."""
    return format(value, "f") if isinstance(value, Decimal) else None if value is None else str(value)


def to_json(rivals: Sequence[tuple[str, float]]) -> str | None:
    """Candidates as a JSON list of [reading, score]; None where there are none."""
    pairs = [[text, round(score, 3)] for text, score in rivals]
    return json.dumps(pairs, ensure_ascii=False) if pairs else None


def _decimal(score: float) -> Decimal:
    return Decimal(str(round(score, 3)))


def _mark(entry: Row | None) -> str:
    return mark(entry.values["rule"], entry.values["score"]) if entry else ""


def mark(rule: Scalar, score: Scalar) -> str:
    """What receipts say of a repair; the score as the table `repairs` holds it."""
    return f"{rule} {score:.2f}"


def _receipts(
    row: Row, column: str, repair: str = "", instead_of: str = "", doubt: Doubt | None = None
) -> tuple[Provenance, ...]:
    """The row's receipts, those of one column with a repair or a doubt added."""

    def marked(receipt: Provenance) -> Provenance:
        if receipt.column_name != column:
            return receipt
        if doubt is not None:
            return replace(receipt, doubts=tuple(dict.fromkeys((*receipt.doubts, str(doubt)))))
        doubts = tuple(code for code in receipt.doubts if code != Doubt.REPAIR_POSSIBLE)
        kept = receipt.repair.removesuffix(instead_of).rstrip()
        return replace(receipt, repair=" ".join(filter(None, (kept, repair))), doubts=doubts)

    return tuple(map(marked, row.provenance))
