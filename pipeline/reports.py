"""The evaluation reports of a document, with those of its tables that are theirs."""

from collections.abc import Sequence

from extractors.table import Table
from normalizers.budget_table import read_budget_table
from normalizers.form import Form
from normalizers.form_reader import read_forms
from normalizers.report import Report, find_reports, has_title
from normalizers.score_table import is_measured, is_scoring
from pipeline.flow import Flow
from pipeline.receipts import Sheet, text_table
from pipeline.report_rows import ReportFiling


def find_report_filings(flow: Flow, tables: Sequence[Table]) -> list[ReportFiling]:
    """The reports in a document.

    Args:
        flow: the document.
        tables: those of its tables that no form has taken.
    """
    if not has_title(flow.texts):
        return []
    free = set(map(id, tables))
    forms = {
        index: [(Sheet.of(block), form) for form in read_forms(text_table(block))]
        for index, block in enumerate(flow.blocks)
        if isinstance(block, Table) and id(block) in free
    }
    scored = [index for index, of_table in forms.items() if any(is_scoring(form) for _, form in of_table)]
    return [_with_tables(report, flow, forms) for report in find_reports(flow.texts, scored)]


def _with_tables(report: Report, flow: Flow, forms: dict[int, list[tuple[Sheet, Form]]]) -> ReportFiling:
    """The report and its tables: every printing of the scores, the first targets with what was reached, the budget."""
    filing = ReportFiling(report, flow, [])
    for index in report.span:
        for sheet, form in forms.get(index, ()):
            if is_scoring(form):
                filing.scoring.append((sheet, form))
            elif filing.targets is None and is_measured(form):
                filing.targets = (sheet, form)
        block = flow.blocks[index]
        if filing.budget is None and index in forms and isinstance(block, Table):
            budget = read_budget_table(text_table(block))
            filing.budget = (Sheet.of(block), budget) if budget else None
    filing.merge_scores()
    return filing
