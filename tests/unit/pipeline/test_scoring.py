"""Cells right, missed, wrong and silently wrong; reports beside forms."""

from decimal import Decimal
from typing import Any

import pytest

from pipeline.records import DocumentRecord, Provenance, Row
from pipeline.scoring import Score, score_document

FORM = {
    "kind": "declaration",
    "project_name": "道路养护",
    "year": 2024,
    "funds": [{"scope": "annual", "item": "财政拨款", "amount": "10000.00"}],
}
REPORT = {
    "project_name": "道路养护",
    "year": 2024,
    "title": "道路养护绩效评价报告",
    "evaluator": "某事务所",
    "date": "2025-06",
    "targets": [{"level1": "产出指标", "level3": "面积", "target": "≥4万平方米", "actual": "5万平方米"}],
    "scores": [{"level3_code": "A11", "level3": "立项", "max_score": "4", "score": "3"}],
    "budget_lines": [
        {"component": "养护", "item": "路面", "initial": "100.00"},
        {"component": "合计", "initial": "100.00"},
    ],
    "problems": ["修复超过时限"],
    "recommendations": ["缩短周期"],
}


def row(table: str, number: int = 1, filing: str = "f1", doubts: tuple[str, ...] = (), **values: Any) -> Row:
    receipts = tuple(Provenance(name, 1, (0, 0, 1, 1), "", doubts=doubts) for name in values)
    own = {} if table == "filings" else {"filing_id": filing}
    return Row(table, filing if table == "filings" else f"{filing}-{table}-{number}", {**own, **values}, receipts)


def record(*rows: Row) -> DocumentRecord:
    return DocumentRecord("d", "d.pdf", "0", 1, "digital", rows=rows)


def form_rows(**fund: Any) -> list[Row]:
    money = {"scope": "annual", "item": "财政拨款", "amount_yuan": Decimal("10000")} | fund
    return [row("filings", kind="declaration", project_name="道路养护", year=2024), row("funds", **money)]


def report_rows(filing: str = "f2") -> list[Row]:
    return [
        row("filings", 1, filing, kind="evaluation_report", project_name="道路养护", year=2024, title=REPORT["title"]),
        row("evaluations", 1, filing, evaluator="某事务所", report_date="2025-06"),
        row("indicators", 1, filing, level1="产出指标", level3="面积", target_raw="≥4万平方米", actual_raw="5万平方米"),
        row("evaluation_scores", 1, filing, level3_code="A11", level3="立项", max_score=Decimal(4), score=Decimal(3)),
        row("budget_lines", 1, filing, component="养护", item="路面", initial_yuan=Decimal(100)),
        row("budget_lines", 2, filing, component="合计", initial_yuan=Decimal(100)),
        row("findings", 1, filing, kind="problem", text="（一）修复超过时限\n材料供应不足。"),
        row("findings", 2, filing, kind="recommendation", text="缩短周期"),
    ]


def score(answer: dict[str, Any], *rows: Row) -> tuple[int, int, int, int]:
    found = score_document(record(*rows), answer)
    return found.truth, found.read, found.right, found.silent


def test_form_read_right_scores_every_cell() -> None:
    assert score({"filings": [FORM]}, *form_rows()) == (5, 5, 5, 0)


def test_wrong_value_is_silent_unless_it_is_flagged() -> None:
    assert score({"filings": [FORM]}, *form_rows(amount_yuan=Decimal(1))) == (5, 5, 4, 1)
    head, fund = form_rows(amount_yuan=Decimal(1))
    flagged = row("funds", doubts=("ambiguous",), **{k: v for k, v in fund.values.items() if k != "filing_id"})
    assert score({"filings": [FORM]}, head, flagged) == (5, 5, 4, 0)


def test_report_read_right_scores_every_cell_of_all_its_tables() -> None:
    cells = {"head": 3, "cover": 2, "target": 4, "score": 4, "budget line": 3, "findings": 4}
    assert score({"report": REPORT}, *report_rows()) == (*[sum(cells.values())] * 3, 0)


@pytest.mark.parametrize(
    ("table", "lost"),
    [("evaluations", 2), ("indicators", 4), ("evaluation_scores", 4), ("budget_lines", 3), ("findings", 4)],
)
def test_table_of_a_report_that_is_missing_is_missed(table: str, lost: int) -> None:
    truth, read, right, _ = score({"report": REPORT}, *(each for each in report_rows() if each.table != table))
    assert truth - read == truth - right == lost


def test_finding_is_right_where_its_heading_is() -> None:
    def found(text: str) -> int:
        rows = [each for each in report_rows() if each.table == "filings"]
        return score({"report": REPORT}, *rows, row("findings", 1, "f2", kind="problem", text=text))[2] - 3

    assert found("1.修复超过时限。材料不足。") == 2  # kind and text
    assert found("材料不足，修复超过时限") == 1


def test_reports_are_compared_with_reports_alone() -> None:
    both = {"filings": [FORM], "report": REPORT}
    truth, _, right, silent = score(both, *report_rows(), *form_rows())
    assert (right, silent) == (truth, 0)
    truth, read, right, silent = score({"filings": [FORM]}, *report_rows())
    assert (truth, right) == (5, 0)
    assert silent == read == 20


def test_title_may_have_alternatives() -> None:
    report = REPORT | {"title": "绩效评价报告", "title_alternatives": ["道路养护绩效评价报告"]}
    assert score({"report": report}, *report_rows()) == score({"report": REPORT}, *report_rows())


def test_money_that_a_report_says_of_itself_is_left_aside() -> None:
    money = row("funds", 1, "f2", scope="annual", item="预算", annual_budget_yuan=Decimal(5))
    assert score({"report": REPORT}, *report_rows(), money) == score({"report": REPORT}, *report_rows())


def test_scores_are_summed_up() -> None:
    total = Score(4, 4, 3, 1)
    total.add(Score(1, 0, 0, 0))
    assert (total.truth, total.read, total.right, total.silent) == (5, 4, 3, 1)
    assert total.f1 == pytest.approx(6 / 9)
    assert Score().f1 == 1.0
