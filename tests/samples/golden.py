"""The golden answer of a document, computed from its content alone and never from what an extractor says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.samples.model import Document, Filing, Fund, Indicator, TableContent
from tests.samples.printed import POINTS, number, word, yuan
from tests.samples.report.golden import report_narrative, report_truth

HEAD = (
    "project_name",
    "project_nature",
    "project_category",
    "department",
    "implementing_unit",
    "start_date",
    "end_date",
    "project_code",
)


def write_golden(document: Document, page_count: int, target: Path) -> None:
    """Writes the answer of one document as JSON."""
    target.parent.mkdir(parents=True, exist_ok=True)
    answer = document_truth(document, page_count)
    target.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", "utf-8")


def document_truth(document: Document, page_count: int) -> dict[str, Any]:
    """The whole answer; a form with nothing filled in is no filing."""
    filled = [filing for filing in document.filings if not filing.options.get("blank")]
    attached = [table for filing in filled for table in filing.attached]
    sources = {"page_sources": document.damage.sources(page_count)} if document.damage else {}
    return {
        "doc_id": Path(document.path).stem,
        "sample": document.key,
        "producer": document.producer,
        "title": document.title,
        "organisation": document.organisation,
        "year": document.year,
        "page_count": page_count,
        **sources,
        "narrative": narrative(document),
        "filings": [filing_truth(filing) for filing in filled],
        "blank_forms": len(document.filings) - len(filled),
        "report": report_truth(document.report) if document.report else None,
        "other_tables": [table_truth(table) for table in (*attached, *document.tables)],
        "uncertain": [],
    }


def narrative(document: Document) -> list[dict[str, Any]]:
    """The prose around the forms, in the order of the document's sections."""
    opening = [{"heading": head, "paragraphs": list(texts), "before_filing": 0} for head, texts in document.prose]
    told = [
        {"heading": heading, "paragraphs": [text], "before_filing": index}
        for index, filing in enumerate(document.filings)
        for heading, text in filing.narrative.items()
    ]
    reported = report_narrative(document.report) if document.report else []
    return reported + opening + told


def filing_truth(filing: Filing) -> dict[str, Any]:
    """One form in the shape of the corpus truth, with a few fields more."""
    return {
        "kind": filing.kind,
        "subject": "project",
        "family": filing.family,
        "title": filing.title,
        "year": filing.year,
        **{name: getattr(filing, name) for name in HEAD},
        "leader": filing.person("leader").name or None,
        "contact": filing.person("contact").name or None,
        "phone": next((p.phone for p in filing.people if p.phone), None),
        "signatures": [{"role": p.role, "name": p.name} for p in filing.people if not p.field],
        "extra": {label: text.strip() or None for label, text in filing.extra.items()},
        "unit": filing.unit,
        "funds": [fund_truth(fund, filing.unit) for fund in filing.funds],
        "goals": [{"scope": scope, "text": text} for scope, text in filing.goals],
        "indicators": [indicator_truth(row) for row in filing.indicators],
        "total_score": number(filing.total_score),
    }


def fund_truth(fund: Fund, unit: str) -> dict[str, Any]:
    """One money row in yuan; a declaration's rows have an amount and nothing else."""
    row = {
        "scope": fund.scope,
        "item": fund.item.removeprefix("其中：").removeprefix("其中:").rstrip("：:"),
        "amount": yuan(fund.amount, unit),
    }
    if fund.initial is None:
        return row
    return {
        **row,
        "initial_budget": yuan(fund.initial, unit),
        "annual_budget": yuan(fund.annual, unit),
        "executed": yuan(fund.executed, unit),
        "max_score": number(fund.max_score),
        "execution_rate": number(fund.rate),
        "score": number(fund.score),
        "note": word(fund.note),
    }


def indicator_truth(row: Indicator) -> dict[str, Any]:
    """One indicator; points are not part of the level's name."""
    points = POINTS.search(row.level1)
    truth = {
        "level1": POINTS.sub("", row.level1) or None,
        "level2": row.level2 or None,
        "level3": row.level3,
        "target": word(row.target),
        "actual": word(row.actual),
        "max_score": number(row.max_score),
        "score": number(row.score),
        "note": word(row.note),
    }
    if points:
        truth["level1_points"] = points.group(1)
    if row.scope:
        truth["scope"] = row.scope
    return truth


def table_truth(table: TableContent) -> dict[str, Any]:
    """A table that is no form; ``header`` joins the labels of two stacked rows with a stroke."""
    joined = ["/".join(dict.fromkeys(labels)) for labels in zip(*table.header, strict=True)]
    rows = [list(row) for row in table.rows]
    return {"title": table.title, "unit": table.unit, "header": joined, "rows": rows}
