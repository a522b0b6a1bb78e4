"""Readings against known answers: cells right, missed, wrong, and wrong without a flag.

A cell is one field of one row. Truth and reading both hold a value and agree: right; they differ, or only one of them
holds one: wrong or missed. Both empty: no cell. Answers are JSON files as in `tests/golden`.

An evaluation report is a filing among the others, and only compared with one. Its head is year, title and project name
(the cover's other lines are compared with `evaluations`); a finding is right where its heading is; sums over lines of
money and over scores are no rows; money and goals that a report says of itself are left aside.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz.distance import Levenshtein

from normalizers.text import fold, strip_item
from normalizers.vocabulary import base_vocabulary
from pipeline.records import DocumentRecord, Row

LONG_TEXT_ALIKE = 0.98  # similarity at which two texts of a paragraph count as the same
_LONG_TEXT = 40  # characters

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
_FORM = {"funds": _FUNDS, "goals": _GOALS, "indicators": _INDICATORS}
_HEADING = "heading"  # what a text begins with
_REPORT_HEAD = {name: name for name in ("year", "title", "project_name")}
_REPORT = {
    "evaluations": {
        "project_unit": "project_unit", "department": "department", "commissioned_by": "commissioned_by",
        "evaluator": "evaluator", "lead_evaluator": "lead_evaluator", "report_date": "date", "score": "score",
        "grade": "grade",
    },
    "indicators": {name: _INDICATORS[name] for name in ("level1", "level2", "level3", "target_raw", "actual_raw")},
    "evaluation_scores": {
        "level1_code": "level1_code", "level1": "level1", "level1_weight": "weight", "level2_code": "level2_code",
        "level2": "level2", "level3_code": "level3_code", "level3": "level3", "max_score": "max_score",
        "score": "score", "criteria": "criteria", "performance": "performance",
    },
    "budget_lines": {
        "component": "component", "item": "item", "initial_yuan": "initial", "adjusted_yuan": "adjusted",
        "paid_yuan": "paid", "execution_rate": "rate",
    },
    "findings": {"kind": "kind", "text": _HEADING},
}  # fmt: skip
_REPORT_KIND = "evaluation_report"
_FINDINGS = {"experience": "experiences", "problem": "problems", "recommendation": "recommendations"}
_NAMES = {"budget_lines": ("component", "item"), "evaluation_scores": ("level1", "level2", "level3")}

Answer = Mapping[str, Any]


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


def score_document(record: DocumentRecord, answer: Answer) -> Score:
    """The cells of one document's filings against its answer."""
    score = Score()
    filings = [row for row in record.rows if row.table == "filings"]
    for truth, filing in _pairs(list(_truths(answer)), filings, _head_key):
        kind = filing.values["kind"] if truth is None and filing else (truth or {}).get("kind")
        head, tables = (_REPORT_HEAD, _REPORT) if kind == _REPORT_KIND else (_HEAD, _FORM)
        score.add(_score_row(truth, filing, head))
        for table, columns in tables.items():
            rows = [row for row in record.rows if filing and row.table == table and _is_of(row, filing)]
            truths = (truth or {}).get(table) or []
            for wanted, row in _pairs(truths, rows, lambda t, r, c=columns: _row_key(t, r, c)):
                score.add(_score_row(wanted, row, columns))
    return score


def _truths(answer: Answer) -> Iterator[Answer]:
    """The filings of an answer, the report with its rows under the names of our tables."""
    yield from answer.get("filings") or []
    report = answer.get("report")
    if report:
        yield {
            "kind": _REPORT_KIND,
            "year": report.get("year", answer.get("year")),
            "title": report.get("title", answer.get("title")),
            "title_alternatives": report.get("title_alternatives"),
            "project_name": report.get("project_name"),
            "evaluations": [report],
            "indicators": report.get("targets"),
            "evaluation_scores": report.get("scores"),
            "budget_lines": [row for row in report.get("budget_lines") or [] if not _is_sum("budget_lines", row)],
            "findings": [
                {"kind": kind, _HEADING: text} for kind, name in _FINDINGS.items() for text in report.get(name) or []
            ],
        }


def _is_of(row: Row, filing: Row) -> bool:
    return row.values["filing_id"] == filing.row_id and not _is_sum(row.table, row.values)


def _is_sum(table: str, values: Mapping[str, Any]) -> bool:
    """Whether a line of money or of scores is the sum of others."""
    names = [str(values.get(name) or "") for name in _NAMES.get(table, ())]
    return any("total_row" in base_vocabulary().names(name, "indicators") for name in names)


def _pairs(truths: Sequence[Answer], rows: Sequence[Row], likeness: Any) -> Iterable[tuple[Answer | None, Row | None]]:
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


def _head_key(truth: Answer, row: Row) -> float:
    if (truth.get("kind") == _REPORT_KIND) != (row.values.get("kind") == _REPORT_KIND):
        return 0
    return _alike(truth.get("project_name") or truth.get("department"), row.values.get("project_name") or "")


def _row_key(truth: Answer, row: Row, columns: Mapping[str, str]) -> float:
    return sum(_agrees(truth, field, row.values.get(column)) for column, field in columns.items())


def _score_row(truth: Answer | None, row: Row | None, columns: Mapping[str, str]) -> Score:
    score = Score()
    for column, field in columns.items():
        wanted = _plain((truth or {}).get(field))
        value = row.values.get(column) if row else None
        read = _plain(value)
        right = truth is not None and _agrees(truth, field, value)
        score.add(Score(bool(wanted), bool(read), right, bool(read) and not right and not _is_flagged(row, column)))
    return score


def _agrees(truth: Answer, field: str, value: object) -> bool:
    """Whether a value says what the answer does, or one of the other wordings that it takes for right."""
    if field == _HEADING:
        return bool(_plain(truth[field])) and _plain(value).startswith(_plain(truth[field]))
    return any(_same(wanted, value) for wanted in (truth.get(field), *(truth.get(f"{field}_alternatives") or ())))


def _is_flagged(row: Row | None, column: str) -> bool:
    return row is not None and row.is_flagged(column)


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
