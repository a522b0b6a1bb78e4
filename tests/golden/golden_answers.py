"""What every sample filing of data/raw says and what the program reads from it, and where the two differ."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import open_document
from pipeline.records import DocumentRecord, Row
from pipeline.run import read_document

ROOT = Path(__file__).parents[2]
RAW, GOLDEN = ROOT / "data" / "raw", ROOT / "tests" / "golden"
ANSWERS = sorted(GOLDEN.rglob("*.json"))

FLAG_BELOW = 0.9  # a value of less confidence counts as flagged
NUMBER_IN_LABEL = "the form prints 2. before the label; the golden answer leaves it out, the program keeps it"

# What is compared -> "sample: where" -> reason. A difference named here must still be there:
# once it is mended, its line has to go.
KNOWN: dict[str, dict[str, str]] = {
    "fields": {
        **{
            f"18-s3-2023-three-columns: filing {n} fields {number}项目实施内容及过程概述": NUMBER_IN_LABEL
            for n in (1, 2)
            for number in ("", "2.")
        },
    },
}

Differences = dict[str, tuple[object, object]]


@cache
def answer(path: Path) -> dict[str, Any]:
    """The golden answer."""
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def pdf_of(path: Path) -> Path:
    return (RAW / path.relative_to(GOLDEN)).with_suffix(".pdf")


@cache
def record(path: Path) -> DocumentRecord:
    """What the program reads."""
    pdf = pdf_of(path)
    return read_document(open_document(pdf, pdf.name))


def rows_of(path: Path, table: str) -> list[Row]:
    return [row for row in record(path).rows if row.table == table]


def form_filings(path: Path) -> list[Row]:
    """The filings that are forms, in order."""
    return [row for row in rows_of(path, "filings") if row.values["kind"] != "evaluation_report"]


def by_filing(path: Path, table: str) -> list[list[Row]]:
    """The rows of a table for each form, in order."""
    rows = rows_of(path, table)
    return [[row for row in rows if row.values["filing_id"] == f.row_id] for f in form_filings(path)]


def report_filings(path: Path) -> list[Row]:
    """The filings that are evaluation reports."""
    return [row for row in rows_of(path, "filings") if row.values["kind"] == "evaluation_report"]


def report_rows(path: Path, table: str) -> list[Row]:
    """The rows of a table that are of the evaluation report."""
    ids = {row.row_id for row in report_filings(path)}
    return [row for row in rows_of(path, table) if row.values["filing_id"] in ids]


def is_flagged(row: Row, column: str) -> bool:
    """Whether the program itself says that a value may be wrong."""
    return any(r.column_name == column and (r.doubts or r.confidence < FLAG_BELOW) for r in row.provenance)


def check(path: Path, what: str, differences: Differences) -> None:
    """Fail with the differences, one a line; those that are KNOWN are expected, and have to be there."""
    sample = answer(path)["sample"]
    known = {where: reason for where, reason in KNOWN.get(what, {}).items() if where.startswith(f"{sample}: ")}
    found = {f"{sample}: {where}": pair for where, pair in differences.items()}
    lines = [
        f"{where}:\n    golden {golden!r}\n    read   {read!r}"
        for where, (golden, read) in found.items()
        if where not in known
    ]
    lines += [f"{where}: mended, take it out of KNOWN" for where in known if where not in found]
    if lines:
        pytest.fail("\n".join(["values that differ:", *lines]), pytrace=False)
    if known:
        pytest.xfail("; ".join(sorted(set(known.values()))))


def _samples(paths: Sequence[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: answer(path)["sample"])


DAMAGED = [path for path in ANSWERS if "page_sources" in answer(path)]  # scans, ciphers, pasted pictures: some is OCR
every_sample = _samples(ANSWERS)
digital_sample = _samples([path for path in ANSWERS if path not in DAMAGED])
damaged_sample = _samples(DAMAGED)
