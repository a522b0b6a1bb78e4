"""Reads the ``report`` of a content file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.samples.blocks import columns, lines
from tests.samples.report.model import BudgetLine, Finding, Report, Score, Target

HEAD = (
    "project_name",
    "project_unit",
    "department",
    "commissioned_by",
    "evaluator",
    "lead_evaluator",
    "date",
    "score",
    "grade",
    "grading_scale",
)
KINDS = ("experiences", "problems", "recommendations")


def read_report(raw: dict[str, Any]) -> Report:
    """One report; an empty component or level is the one above."""
    return Report(
        head={name: raw[name] for name in HEAD},
        cover=raw["cover"],
        contents=tuple(lines(raw.get("contents", ""))),
        captions=raw["captions"],
        columns={name: read_columns(line) for name, line in raw["columns"].items()},
        budget=tuple(BudgetLine(*row) for row in filled(raw["budget"], 1)),
        targets=tuple(Target(*row) for row in filled(raw["targets"], 2)),
        scores=tuple(read_scores(raw)),
        findings={kind: tuple(read_finding(block) for block in raw[kind]) for kind in KINDS},
        body=tuple(lines(raw["body"])),
        options=raw.get("options", {}),
    )


def read_columns(line: str) -> tuple[tuple[str, str, float], ...]:
    """Label, field and width of each column."""
    parts = [part.rsplit(" ", 2) for part in columns(line)]
    return tuple((label.replace("\\n", "\n"), name, float(width)) for label, name, width in parts)


def filled(block: str, count: int) -> list[list[str]]:
    """Rows between bars whose first columns take an empty place from the row above."""
    rows: list[list[str]] = []
    for line in lines(block):
        row = columns(line)
        above = rows[-1] if rows else [""] * count
        rows.append([row[i] or above[i] if i < count else row[i] for i in range(len(row))])
    return rows


def read_scores(raw: dict[str, Any]) -> list[Score]:
    """The scored indicators: a line each as ``score_fields`` says, longer texts beside by level 3."""
    fields = columns(raw["score_fields"])
    merged = sum(name in ("level1", "weight", "level2") for name in fields)
    found = []
    for row in filled(raw["scores"], merged):
        score = Score(**dict(zip(fields, row, strict=True)))
        texts = raw.get("score_texts", {}).get(score.level3.split(" ")[0], {})
        found.append(replace(score, **texts))
    return found


def read_finding(block: str) -> Finding:
    """The heading in the first line, a paragraph in each further one."""
    heading, *paragraphs = lines(block)
    return Finding(heading.strip(), tuple(paragraphs))
