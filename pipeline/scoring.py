"""Readings against known answers: cells right, missed, wrong, and wrong without a flag.

A cell is one field of one row. Truth and reading both hold a value and agree: right; they differ, or only one of them
holds one: wrong or missed. Both empty: no cell. Answers are JSON files as in `tests/golden`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz.distance import Levenshtein

from normalizers.text import fold, strip_item
from pipeline.records import DocumentRecord, Row

LONG_TEXT_ALIKE = 0.98  # similarity at which two texts of a paragraph count as the same
_LONG_TEXT = 40  # characters
_FLAG_BELOW = 0.9

_HEAD = {
    name: name
    for name in (
        "year", "title", "project_name", "project_nature", "project_category", "department", "implementing_unit",
        "start_date", "end_date", "project_code", "total_score",
    )
}  # fmt: skip
_FUNDS = {
    "scope": "scope", "item": "item", "amount_yuan": "amount", "initial_budget_yuan": "initial_budget",
    "annual_budget_yuan": "annual_budget", "executed_yuan": "executed", "max_score": "max_score",
    "execution_rate": "execution_rate", "score": "score",
}  # fmt: skip
_GOALS = {"scope": "scope", "text": "text"}
_INDICATORS = {
    "level1": "level1", "level2": "level2", "level3": "level3", "target_raw": "target", "actual_raw": "actual",
    "max_score": "max_score", "score": "score", "note": "note",
}  # fmt: skip
_GROUPS = {"funds": _FUNDS, "goals": _GOALS, "indicators": _INDICATORS}


@dataclass(slots=True)
class Score:
    """Counts of cells."""

    truth: int = 0
    read: int = 0
    right: int = 0
    silent: int = 0

    @property
    def f1(self) -> float:
        """Twice the right cells over all cells of both sides; 1 where there are none."""
        total = self.truth + self.read
        return 2 * self.right / total if total else 1.0

    def add(self, other: "Score") -> None:
        """Sum up."""
        self.truth, self.read = self.truth + other.truth, self.read + other.read
        self.right, self.silent = self.right + other.right, self.silent + other.silent


def score_document(record: DocumentRecord, answer: Mapping[str, Any]) -> Score:
    """The cells of one document's forms against its answer; evaluation reports are left aside."""
    score = Score()
    filings = [row for row in record.rows if row.table == "filings"]
    for truth, filing in _pairs(answer.get("filings") or [], filings, _head_key):
        score.add(_score_row(truth, filing, _HEAD))
        for table, columns in _GROUPS.items():
            rows = [r for r in record.rows if r.table == table and filing and r.values["filing_id"] == filing.row_id]
            truths = (truth or {}).get(table) or []
            for wanted, row in _pairs(truths, rows, lambda t, r, c=columns: _row_key(t, r, c)):
                score.add(_score_row(wanted, row, columns))
    return score


def _pairs(
    truths: Sequence[Mapping[str, Any]], rows: Sequence[Row], likeness: Any
) -> Iterable[tuple[Mapping[str, Any] | None, Row | None]]:
    """Each answer with the row most like it, best pairs first; what is left over stands alone."""
    ranked = sorted(
        ((-likeness(truth, row), abs(i - j), i, j) for i, truth in enumerate(truths) for j, row in enumerate(rows))
    )
    mine: dict[int, int] = {}
    for cost, _, i, j in ranked:
        if cost < 0 and i not in mine and j not in mine.values():
            mine[i] = j
    for i, truth in enumerate(truths):
        yield truth, rows[mine[i]] if i in mine else None
    for j, row in enumerate(rows):
        if j not in mine.values():
            yield None, row


def _head_key(truth: Mapping[str, Any], row: Row) -> float:
    return _alike(truth.get("project_name") or truth.get("department"), row.values.get("project_name") or "")


def _row_key(truth: Mapping[str, Any], row: Row, columns: Mapping[str, str]) -> float:
    return sum(_same(truth.get(field), row.values.get(column)) for column, field in columns.items())


def _score_row(truth: Mapping[str, Any] | None, row: Row | None, columns: Mapping[str, str]) -> Score:
    score = Score()
    for column, field in columns.items():
        wanted = _plain((truth or {}).get(field))
        value = row.values.get(column) if row else None
        read = _plain(value)
        right = bool(wanted) and bool(read) and _same(wanted, value)
        score.add(Score(bool(wanted), bool(read), right, bool(read) and not right and not _is_flagged(row, column)))
    return score


def _is_flagged(row: Row | None, column: str) -> bool:
    receipts = [receipt for receipt in (row.provenance if row else ()) if receipt.column_name == column]
    return any(receipt.doubts or receipt.confidence < _FLAG_BELOW for receipt in receipts)


def _plain(value: object) -> str:
    if value is None:
        return ""
    return fold(strip_item(str(value))).rstrip(":")


def _same(truth: object, value: object) -> bool:
    wanted, read = _plain(truth), _plain(value)
    if not wanted or not read:
        return False
    try:
        return Decimal(wanted) == Decimal(read)
    except InvalidOperation:
        return wanted == read or (len(wanted) >= _LONG_TEXT and _alike(wanted, read) >= LONG_TEXT_ALIKE)


def _alike(truth: object, value: object) -> float:
    return Levenshtein.normalized_similarity(_plain(truth), _plain(value))
