"""What a document becomes: rows for the tables of the data dictionary, each value with its receipt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Scalar = str | int | Decimal | None

FLAG_BELOW = 0.9  # a value of less confidence counts as flagged


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one value was printed and how it was read.

    A value that was cut by a page break has one record for each part, in reading order.

    Attributes:
        column_name: the column of the row whose value this explains.
        page: 1-based page number.
        box: x0, top, x1, bottom in points, origin at the top left of the page as it is shown.
        raw_text: the text as printed, before any reading or repair.
        source: `text_layer` or `ocr`.
        confidence: 0 to 1.
        doubts: codes of what was doubted on the way; empty if nothing was.
        repair: rule and score of an accepted repair; empty if the value stands as printed.
        rival: what another engine reads there; a witness for repairs, not stored.
    """

    column_name: str
    page: int
    box: tuple[float, float, float, float]
    raw_text: str
    source: str = "text_layer"
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    repair: str = ""
    rival: str = ""

    @property
    def is_flagged(self) -> bool:
        """Whether the value counts as flagged: the contract's rule."""
        return bool(self.doubts) or self.confidence < FLAG_BELOW


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one table of the data dictionary.

    Attributes:
        table: name of the table.
        row_id: value of the table's own id column (`row_id` in provenance).
        values: column name to value, without the id column; a missing column is empty.
        provenance: the receipts of the row's values, in column order.
    """

    table: str
    row_id: str
    values: Mapping[str, Scalar]
    provenance: tuple[Provenance, ...] = ()

    def receipts(self, column: str) -> tuple[Provenance, ...]:
        """The receipts of one column's value, one a part."""
        return tuple(receipt for receipt in self.provenance if receipt.column_name == column)

    def is_flagged(self, column: str) -> bool:
        """Whether a column's value counts as flagged; one without a receipt does not."""
        return any(receipt.is_flagged for receipt in self.receipts(column))


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """Everything that one file gave: the row of `documents` and all rows below it.

    Attributes:
        document_id: see `pipeline.document.Document.document_id`.
        file_name: path below the folder that was ingested, with `/`.
        sha256: of the file's bytes, hex.
        page_count: number of pages, 0 where the file could not be opened.
        text_source: digital, ocr or mixed; empty where nothing was read.
        text_source_reason: why pages were read from their picture, and which; empty where none was.
        status: ok, partial or failed.
        error: one line for people: the reason and what to do; empty when ok.
        rows: in the order of the document.
    """

    document_id: str
    file_name: str
    sha256: str
    page_count: int = 0
    text_source: str = ""
    text_source_reason: str = ""
    status: str = "ok"
    error: str = ""
    rows: tuple[Row, ...] = field(default=())
