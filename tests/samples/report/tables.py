"""The tables of an evaluation report as abstract sheets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from tests.samples.report.model import Report, Score
from tests.samples.sheet import Align, Cell, Look, Row, Sheet, across, band, runs

BUDGET_EDGES = (0, 17, 36, 52, 68, 84, 100)
TARGET_EDGES = (0, 15, 33, 61, 81, 100)
TARGET_LABELS = ("一级指标", "二级指标", "三级指标", "年度指标值", "完成值")
MERGED = {"level1": 1, "weight": 1, "level2": 2}  # field -> how many levels have to be equal
LONG = ("criteria", "performance", "explanation", "reason")


def budget_sheet(report: Report) -> Sheet:
    """表1; lines of one component below each other share its cell, the sum stands across two columns."""
    labels = report.options["budget_labels"].split("|")
    *items, total = report.budget
    rows: list[Row] = [tuple(across(labels, BUDGET_EDGES))]
    for line, count in zip(items, runs([line.component for line in items]), strict=True):
        first = [Cell(BUDGET_EDGES[0], BUDGET_EDGES[1], line.component, count)] if count else []
        values = [line.item, line.initial, line.adjusted, line.paid, line.rate]
        rows.append((*first, *band(BUDGET_EDGES[1:], values)))
    sums = [total.component, total.initial, total.adjusted, total.paid, total.rate]
    rows.append(tuple(band((BUDGET_EDGES[0], *BUDGET_EDGES[2:]), sums)))
    return Sheet(tuple(rows), look(report), (0, 1))


def target_sheet(report: Report) -> Sheet:
    """表2, with the values that were reached."""
    labels = report.options.get("target_labels", "|".join(TARGET_LABELS)).split("|")
    ones = runs([row.level1 for row in report.targets])
    twos = runs([(row.level1, row.level2) for row in report.targets])
    rows: list[Row] = [tuple(across(labels, TARGET_EDGES))]
    for row, one, two in zip(report.targets, ones, twos, strict=True):
        first = [Cell(TARGET_EDGES[0], TARGET_EDGES[1], row.level1, one)] if one else []
        second = [Cell(TARGET_EDGES[1], TARGET_EDGES[2], row.level2, two)] if two else []
        rows.append((*first, *second, *band(TARGET_EDGES[2:], [row.level3, row.target, row.actual])))
    return Sheet(tuple(rows), look(report), (0, 1))


def score_sheet(report: Report, name: str, level1: str = "") -> Sheet:
    """A score table, short or of the annex; of one level 1 alone it ends with 小计, else with 合计."""
    table = report.columns[name]
    edges = (0.0, *accumulate(width for _, _, width in table))
    scores = [row for row in report.scores if row.level1.startswith(level1)]
    rows: list[Row] = [tuple(across([label for label, _, _ in table], edges))]
    lengths = {
        field: runs([(row.level1, row.level2)[:count] for row in scores]) for field, count in MERGED.items()
    }  # fmt: skip
    for index, row in enumerate(scores):
        cells = []
        for (_, field, _), left, right in zip(table, edges, edges[1:], strict=False):
            count = lengths[field][index] if field in lengths else 1
            if count:
                text, align = shown(row, field, name), alignment(field)
                cells.append(Cell(left, right, text, count, align))
        rows.append(tuple(cells))
    rows.append(total_row(table, edges, scores, "小计" if level1 else "合计"))
    return Sheet(tuple(rows), look(report, name), (0, 1))


def shown(row: Score, field: str, name: str) -> str:
    """What a table prints for a field: the annex its own score where it contradicts the body."""
    return row.annex if name == "annex" and field == "score" and row.annex else str(getattr(row, field))


def alignment(field: str) -> Align:
    """Long texts to the left."""
    return "left" if field in LONG else "center"


def total_row(
    table: Sequence[tuple[str, str, float]], edges: Sequence[float], scores: Sequence[Score], word: str
) -> Row:
    """The sums: its word across the columns before 分值."""
    fields = [field for _, field, _ in table]
    first = fields.index("max_score")
    sums = {name: total([getattr(row, name) for row in scores]) for name in ("max_score", "score")}
    values = [sums.get(field, "") for field in fields[first:]]
    level = max(fields.index(field) for field in fields if field.startswith("level")) + 1
    blank = [""] * (first - level)
    return tuple(band((edges[0], *edges[level:]), [word, *blank, *values]))


def total(points: Sequence[str]) -> str:
    """The sum as it is printed."""
    return str(sum(map(Decimal, points), Decimal(0)))


def look(report: Report, name: str = "") -> Look:
    """Sizes and ruling that the content asks for."""
    return Look(**{**{"font_size": 9, "row_height": 20}, **report.options.get("look", {}).get(name or "plain", {})})
