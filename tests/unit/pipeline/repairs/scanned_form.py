"""Rows of an invented form as a scan gives them: every value recognised, those marked with ~ in doubt.

A value may name what a second engine read behind a bar: `~1200|1280`.
"""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.records import Provenance, Row, Scalar

FILING = "d-001"
SURE, UNSURE = 0.99, 0.6


def receipt(
    column: str, text: str, place: float, *, sure: bool = True, rival: str = "", confidence: float | None = None
) -> Provenance:
    """The receipt of a recognised value; `place` tells its cell from others."""
    return Provenance(
        column, 1, (place, 0.0, place + 1, 1.0), text, "ocr", confidence or (SURE if sure else UNSURE), rival=rival
    )


def row(table: str, number: int, **values: str) -> Row:
    """A row; figures are read as such, other texts as they stand."""
    read: dict[str, Scalar] = {"filing_id": FILING}
    receipts = []
    for column, printed in values.items():
        sure, text = not printed.startswith("~"), printed.lstrip("~")
        text, _, rival = text.partition("|")
        read[column] = _value(column, text)
        receipts.append(receipt(column, text, number, sure=sure, rival=rival))
    return Row(table, f"{FILING}-{table[0]}{number:03d}", read, tuple(receipts))


def filing(kind: str, **values: str) -> Row:
    """The form itself."""
    made = row("filings", 0, **values)
    return Row("filings", FILING, {**made.values, "kind": kind, "year": 2031}, made.provenance)


def indicators(*lines: Sequence[str]) -> list[Row]:
    """Indicators from (level1, level2, level3) or longer; equal neighbours in a level column share one cell."""
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        made = row(
            "indicators", number, **dict(zip(("level1", "level2", "level3", "max_score", "score"), line, strict=False))
        )
        receipts = list(made.provenance)
        for at, column in enumerate(("level1", "level2")):
            if rows and lines[number - 2][: at + 1] == line[: at + 1]:
                receipts[at] = rows[-1].receipts(column)[0]
        rows.append(Row("indicators", made.row_id, made.values, tuple(receipts)))
    return rows


def _value(column: str, text: str) -> Scalar:
    if column.endswith(("_yuan", "score", "rate")):
        bare = text.replace(",", "").removesuffix("%")
        return Decimal(bare) if bare.replace(".", "").isdigit() else None
    return text
