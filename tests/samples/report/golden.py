"""The answer of an evaluation report, in the shape of the corpus truth and a little more."""

from __future__ import annotations

import re
from typing import Any

from tests.samples.printed import POINTS, number, word, yuan
from tests.samples.report.flow import NUMERALS, told_scores
from tests.samples.report.model import Finding, Report, Score

CODE = re.compile(r"^([A-Z]\d*) +")


def report_truth(report: Report) -> dict[str, Any]:
    """The whole report; ``contradictions`` name what the document prints twice and not alike."""
    unit = report.options["unit"]
    lines = [
        {
            "component": line.component,
            "item": line.item or None,
            "initial": yuan(line.initial, unit),
            "adjusted": yuan(line.adjusted, unit),
            "paid": yuan(line.paid, unit),
            "rate": number(line.rate),
        }
        for line in report.budget
    ]
    targets = [
        {"level1": t.level1, "level2": t.level2, "level3": t.level3, "target": word(t.target), "actual": word(t.actual)}
        for t in report.targets
        if t.level3
    ]
    found: dict[str, Any] = {}
    for kind, findings in report.findings.items():
        found[kind] = [finding.heading for finding in findings]
        found[f"{kind}_full"] = [full(finding) for finding in findings]
    return {
        **report.head,
        "date_printed": report.cover["date"],
        "budget_lines": lines,
        "targets": targets,
        "scores": [score_truth(row) for row in report.scores],
        **found,
        "contradictions": [contradiction(row) for row in report.scores if row.annex],
    }


def full(finding: Finding) -> str:
    """Heading and paragraphs, a line each."""
    return "\n".join([finding.heading, *finding.paragraphs])


def score_truth(row: Score) -> dict[str, Any]:
    """One scored indicator; code and points are not part of a name."""
    truth: dict[str, Any] = {}
    for level in ("level1", "level2", "level3"):
        printed = getattr(row, level)
        code = CODE.match(printed)
        truth[f"{level}_code"] = code.group(1) if code else None
        truth[level] = POINTS.sub("", CODE.sub("", printed))
    points = POINTS.search(row.level1)
    truth["weight"] = number(row.weight) if row.weight else points and points.group(1)
    truth |= {name: number(getattr(row, name)) for name in ("max_score", "score")}
    return truth | {name: word(getattr(row, name)) for name in ("criteria", "performance", "explanation", "reason")}


def contradiction(row: Score) -> dict[str, str]:
    """The score that the body prints and the one of the annex."""
    name = CODE.sub("", row.level3)
    return {"table": "scores", "level3": name, "field": "score", "body": row.score, "annex": row.annex}


def report_narrative(report: Report) -> list[dict[str, Any]]:
    """The prose: headings with their level, the findings' among them."""
    told: list[dict[str, Any]] = []
    before = 0
    for line in report.body:
        word_, _, what = line[1:].partition(" ")
        if line.startswith("#"):
            marks, _, heading = line.partition(" ")
            told.append({"level": len(marks), "heading": heading, "paragraphs": [], "before_filing": before})
        elif not line.startswith("@"):
            if not told:
                told.append(
                    {"level": 1, "heading": "".join(report.cover["title"]), "paragraphs": [], "before_filing": 0}
                )
            told[-1]["paragraphs"].append(line)
        elif word_ in report.findings:
            told += [told_finding(report, i, f, before) for i, f in enumerate(report.findings[word_])]
        elif word_ == "analysis":
            told += [
                {"level": 5, "heading": heading, "paragraphs": [text], "before_filing": before}
                for heading, text in told_scores(report, what)
            ]
        elif word_ == "filing":
            before = int(what) + 1
    return told


def told_finding(report: Report, index: int, finding: Finding, before: int) -> dict[str, Any]:
    """A finding as a piece of prose, with its printed number."""
    mark = f"（{NUMERALS[index]}）" if report.options.get("numbering") == "brackets" else f"{index + 1}."
    paragraphs = list(finding.paragraphs)
    return {"level": 4, "heading": mark + finding.heading, "paragraphs": paragraphs, "before_filing": before}
