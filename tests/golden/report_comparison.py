"""Evaluation reports: the golden answer's ``report`` and the rows that were read, compared cell by cell."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from comparison import comparable, compare_rows
from golden_answers import Differences, answer, is_flagged, report_filings, report_rows

from pipeline.records import Row

FILING = {"kind": "kind", "year": "year", "project_name": "project_name"}
HEAD = {
    "project_unit": "project_unit", "department": "department", "commissioned_by": "commissioned_by",
    "evaluator": "evaluator", "lead_evaluator": "lead_evaluator", "date": "report_date", "score": "score",
    "grade": "grade", "grading_scale": "grading_scale",
}  # fmt: skip
SCORES = {
    "level1_code": "level1_code", "level1": "level1", "weight": "level1_weight", "level2_code": "level2_code",
    "level2": "level2", "level3_code": "level3_code", "level3": "level3", "max_score": "max_score", "score": "score",
    "criteria": "criteria", "performance": "performance", "explanation": "explanation", "reason": "note",
}  # fmt: skip
BUDGET = {
    "component": "component", "item": "item", "initial": "initial_yuan", "adjusted": "adjusted_yuan",
    "paid": "paid_yuan", "rate": "execution_rate",
}  # fmt: skip
SUM = {
    "component": "item", "initial": "initial_budget_yuan", "adjusted": "annual_budget_yuan", "paid": "executed_yuan",
    "rate": "execution_rate",
}  # fmt: skip
TARGETS = {"level1": "level1", "level2": "level2", "level3": "level3", "target": "target_raw", "actual": "actual_raw"}
NUMBER = re.compile(r"^(?:\([一二三四五六七八九十]+\)|\d+[.、])")  # before the heading of a finding
KINDS = {"experience": "experiences", "problem": "problems", "recommendation": "recommendations"}
SUM_WORD = "合计"


def report_of(path: Path) -> dict[str, Any]:
    """The golden report, of nothing where the document is none."""
    return answer(path)["report"] or {"budget_lines": [], "targets": [], "scores": [], "contradictions": []}


def compare_head(path: Path) -> Differences:
    """The filing's row and the one of ``evaluations``."""
    golden = answer(path)["report"]
    whole = [{"kind": "evaluation_report", "year": answer(path)["year"], **golden}] if golden else []
    found = compare_rows("report filing", FILING, whole, report_filings(path))
    return found | compare_rows("evaluation", HEAD, whole, report_rows(path, "evaluations"))


def compare_scores(path: Path) -> Differences:
    """Every scored indicator once; one that is printed twice and not alike has a row for each score, all flagged."""
    report, rows = report_of(path), report_rows(path, "evaluation_scores")
    wanted, unlike = [row["level3"] for row in report["scores"]], {each["level3"] for each in report["contradictions"]}
    found: Differences = {}
    for golden in report["scores"]:
        name = comparable("", golden["level3"])
        same = [row for row in rows if comparable("", row.values.get("level3")) == name]
        if golden["level3"] not in unlike:
            found |= compare_rows(f"score {golden['level3']}", SCORES, [golden], same)
    for each in report["contradictions"]:
        found |= contradicted(each, [row for row in rows if row.values.get("level3") == each["level3"]])
    read = list(dict.fromkeys(str(row.values.get("level3")) for row in rows))
    if [comparable("", name) for name in read] != [comparable("", name) for name in wanted]:
        found["scores in order"] = (wanted, read)
    return found


def contradicted(golden: dict[str, str], rows: Sequence[Row]) -> Differences:
    """A row for each of the two scores, each of them flagged."""
    place = f"score {golden['level3']}"
    expected, read = sorted([golden["body"], golden["annex"]]), sorted(str(row.values.get("score")) for row in rows)
    found: Differences = {} if expected == read else {place: (expected, read)}
    if not all(is_flagged(row, "score") for row in rows):
        found[f"{place} flags"] = ("flagged", [is_flagged(row, "score") for row in rows])
    return found


def compare_budget(path: Path) -> Differences:
    """The lines, and the sum as the filing's one row of ``funds``."""
    lines = report_of(path)["budget_lines"]
    single = [line for line in lines if line["component"] != SUM_WORD]
    found = compare_rows("budget line", BUDGET, single, report_rows(path, "budget_lines"))
    sums = [line for line in lines if line["component"] == SUM_WORD]
    return found | compare_rows("budget sum", SUM, sums, report_rows(path, "funds"))


def compare_targets(path: Path) -> Differences:
    """The target table as indicators of the report's filing."""
    return compare_rows("target", TARGETS, report_of(path)["targets"], report_rows(path, "indicators"))


def compare_findings(path: Path) -> Differences:
    """Each finding begins with its heading and holds its paragraphs whole, and nothing of the next one."""
    found: Differences = {}
    rows = report_rows(path, "findings")
    for kind, name in KINDS.items():
        golden = report_of(path).get(f"{name}_full", [])
        read = sorted((row for row in rows if row.values["kind"] == kind), key=position)
        found |= compare_texts(kind, golden, [str(row.values["text"]) for row in read])
    return found


def position(row: Row) -> int:
    """The place of a finding among those of its kind."""
    return int(str(row.values["position"]))


def compare_texts(kind: str, golden: Sequence[str], read: Sequence[str]) -> Differences:
    """Texts one by one, without the number before a heading."""
    found: Differences = {}
    for number in range(max(len(golden), len(read))):
        place = f"{kind} {number + 1}"
        if number >= len(read):
            found[place] = (golden[number], "(missing)")
        elif number >= len(golden):
            found[place] = ("(nothing)", read[number])
        elif comparable("", golden[number]) != NUMBER.sub("", str(comparable("", read[number]))):
            found[place] = (golden[number], read[number])
    return found


def report_cells(path: Path) -> list[Any]:
    """What is compared here, as far as the golden answer holds it."""
    golden = answer(path)["report"]
    if not golden:
        return []
    parts: list[Any] = [[golden[name] for name in (*HEAD, "project_name")], golden["budget_lines"], golden["targets"]]
    parts += [golden[f"{name}_full"] for name in KINDS.values()]
    return [*parts, [row[name] for row in golden["scores"] for name in SCORES]]


REPORT_COMPARISONS: dict[str, Callable[[Path], Differences]] = {
    "report head": compare_head,
    "report scores": compare_scores,
    "report budget": compare_budget,
    "report targets": compare_targets,
    "report findings": compare_findings,
}
