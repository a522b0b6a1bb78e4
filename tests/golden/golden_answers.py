"""What every sample filing of data/raw says and what the program reads from it, and where the two differ."""

import json
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
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

HEAD = (
    "kind", "subject", "title", "year", "project_name", "project_nature", "project_category", "department",
    "implementing_unit", "start_date", "end_date", "project_code", "total_score",
)  # fmt: skip
FUNDS = {
    "scope": "scope", "item": "item", "amount": "amount_yuan", "initial_budget": "initial_budget_yuan",
    "annual_budget": "annual_budget_yuan", "executed": "executed_yuan", "max_score": "max_score",
    "execution_rate": "execution_rate", "score": "score", "note": "note",
}  # fmt: skip
GOALS = {"scope": "scope", "text": "text"}
INDICATORS = {
    "scope": "scope", "level1": "level1", "level2": "level2", "level3": "level3", "target": "target_raw",
    "actual": "actual_raw", "max_score": "max_score", "score": "score", "note": "note",
    "level1_points": "level1_points",
}  # fmt: skip
NUMBERS = {
    "amount", "initial_budget", "annual_budget", "executed", "max_score", "execution_rate", "score",
    "level1_points", "total_score", "year",
}  # fmt: skip
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


def by_filing(path: Path, table: str) -> list[list[Row]]:
    """The rows of a table for each filing, in order."""
    rows = rows_of(path, table)
    return [[row for row in rows if row.values["filing_id"] == f.row_id] for f in rows_of(path, "filings")]


def comparable(name: str, value: object) -> object:
    """None for nothing, a Decimal for a number, else the text without blanks and differences of width."""
    if value is None or value == "":
        return None
    if name in NUMBERS:
        return Decimal(str(value))
    return "".join(unicodedata.normalize("NFKC", str(value)).split())


def compare_cells(place: str, columns: dict[str, str], golden: dict[str, Any], row: dict[str, Any]) -> Differences:
    """The columns whose values differ, by their place."""
    found: Differences = {}
    for name, column in columns.items():
        expected, actual = comparable(name, golden.get(name)), comparable(name, row.get(column))
        if expected != actual:
            found[f"{place} {name}"] = (golden.get(name), row.get(column))
    return found


def compare_rows(
    place: str, columns: dict[str, str], golden: Sequence[dict[str, Any]], rows: Sequence[Row]
) -> Differences:
    found: Differences = {}
    for number in range(max(len(golden), len(rows))):
        spot = f"{place} {number + 1}"
        if number >= len(rows):
            found[spot] = (golden[number], "(missing)")
        elif number >= len(golden):
            found[spot] = ("(nothing)", dict(rows[number].values))
        else:
            found |= compare_cells(spot, columns, golden[number], dict(rows[number].values))
    return found


def compare_table(path: Path, table: str, columns: dict[str, str]) -> Differences:
    """All rows of a table, filing by filing."""
    found: Differences = {}
    for number, (filing, rows) in enumerate(zip(answer(path)["filings"], by_filing(path, table), strict=True), 1):
        golden = sorted(filing[table], key=lambda row: row.get("scope") or "")
        rows = sorted(rows, key=lambda row: str(row.values.get("scope") or ""))
        found |= compare_rows(f"filing {number} {table}", columns, golden, rows)
    return found


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


every_sample = pytest.mark.parametrize("path", ANSWERS, ids=lambda path: answer(path)["sample"])
