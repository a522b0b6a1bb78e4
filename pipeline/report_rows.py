"""An evaluation report -> its rows: head, conclusion, scores, money, targets, findings."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractors.table import Table, TextSource
from normalizers.budget_table import BudgetTable
from normalizers.findings import Finding
from normalizers.form import Form, Slot
from normalizers.heading import subject_of
from normalizers.number import parse_percent, parse_points
from normalizers.parsed import Doubt, Parsed
from normalizers.report import Report, project_in_title, template_name
from normalizers.score_table import (
    Cited,
    ScoreRow,
    coded_levels,
    column_texts,
    merge_printings,
    odd_codes,
    split_level_code,
)
from normalizers.statements import find_statements
from normalizers.text import is_missing, strip_points
from pipeline import values
from pipeline.flow import Flow
from pipeline.indicator_rows import indicator_row
from pipeline.receipts import Numbers, RowDraft, Sheet, Source
from pipeline.records import Row, Scalar

_SURE = 0.9  # confidence under which a value is flagged
_COVER: dict[str, values.Reader] = {
    "project_unit": values.read_name,
    "department": values.read_name,
    "commissioned_by": values.read_text,
    "evaluator": values.read_text,
    "lead_evaluator": values.read_text,
    "report_date": values.read_date,
}
_BUDGET: dict[str, tuple[str, values.Reader]] = {
    "component": ("component", values.read_text),
    "item": ("item", values.read_text),
    "initial": ("initial_yuan", values.read_money),
    "adjusted": ("adjusted_yuan", values.read_money),
    "paid": ("paid_yuan", values.read_money),
    "rate": ("execution_rate", values.read_rate),
}
_TOTAL: dict[str, tuple[str, values.Reader]] = {
    "initial": ("initial_budget_yuan", values.read_money),
    "adjusted": ("annual_budget_yuan", values.read_money),
    "paid": ("executed_yuan", values.read_money),
    "rate": ("execution_rate", values.read_rate),
}

_BESIDE = (("note", "note"), ("target_raw", "target"))  # columns of evaluation_scores that take one role alone


@dataclass(slots=True)
class ReportFiling:
    """A report with the tables that are its own.

    Attributes:
        report: what its text says.
        flow: the document it stands in.
        scoring: its scoring tables, every printing, in reading order.
        targets: its table of targets and what was reached.
        budget: its budget table.
        scores: the rows of its scoring tables, each indicator once.
    """

    report: Report
    flow: Flow
    scoring: list[tuple[Sheet, Form]]
    targets: tuple[Sheet, Form] | None = None
    budget: tuple[Sheet, BudgetTable] | None = None

    scores: list[ScoreRow] = field(default_factory=list)

    def merge_scores(self) -> None:
        """Make one table of all printings of the scores."""
        forms = [form for _, form in self.scoring]
        self.scores = merge_printings(forms, lambda cited: is_sure(cited.slot, self.scoring[cited.table][0]))

    @property
    def leading(self) -> list[int]:
        """The scoring tables, by index, from which most of their rows were taken; the others only say them again."""
        taken = Counter(next(iter(row.texts.values())).table for row in self.scores)
        return [table for table, count in sorted(taken.items()) if 2 * count > len(self.scoring[table][1].indicators)]

    @property
    def tables(self) -> list[tuple[Table, list[Form]]]:
        """The tables that are read to rows, with the forms in them."""
        own = [self.scoring[index] for index in self.leading] + ([self.targets] if self.targets else [])
        found = [(sheet.table, [form]) for sheet, form in own]
        return found + ([(self.budget[0].table, [])] if self.budget else [])


def is_sure(slot: Slot, source: Source) -> bool:
    """Whether a text was read without doubt."""
    return all(r.confidence >= _SURE and not r.doubts for r in source.receipts("", slot, ()))


class ReportRows:
    """The rows of one report."""

    def __init__(self, filing_id: str, document_id: str, filing: ReportFiling, document_year: int | None) -> None:
        self.document_id, self.filing, self.document_year = document_id, filing, document_year
        self.report, self.flow = filing.report, filing.flow
        self.numbers = Numbers(filing_id)
        self.coded = coded_levels(filing.scores)
        self.odd = odd_codes(filing.scores)

    def rows(self) -> Iterator[Row]:
        """filings, evaluations, evaluation_scores, budget_lines, funds, indicators, fields, findings."""
        yield self._head()
        yield self._evaluation()
        for position, row in enumerate(self.filing.scores, 1):
            yield self._score(row, position)
        if self.filing.budget:
            yield from self._budget(*self.filing.budget)
        if self.filing.targets:
            sheet, form = self.filing.targets
            yield from (indicator_row(self.numbers, line, sheet) for line in form.indicators)
        yield from map(self._statement, find_statements(self.flow.texts, self.report.span))
        places: dict[str, int] = {}
        for finding in self.report.findings:
            places[finding.kind] = places.get(finding.kind, 0) + 1
            yield self._finding(finding, places[finding.kind])

    def _head(self) -> Row:
        draft = RowDraft("filings", self.numbers.filing_id)
        title = self.report.title
        first, last = self.flow.pages(self.report.span)
        draft.values.update(
            document_id=self.document_id, kind="evaluation_report", subject=subject_of(title.text),
            template=template_name(), page_first=first, page_last=last,
        )  # fmt: skip
        draft.put("title", values.read_text(title), title, self.flow)
        draft.put("year", self._year(), title, self.flow)
        self._project(draft)
        for column, name in (("department", "department"), ("implementing_unit", "project_unit")):
            if slot := self.report.first(name):
                draft.put(column, values.read_name(slot), slot, self.flow)
        self._conclusion(draft, "total_score", self._scores())
        return draft.done()

    def _year(self) -> Parsed[Scalar]:
        found = values.read_year(self.report.title)
        if found.value is None and self.document_year:
            return Parsed(self.document_year, self.report.title.text, (Doubt.FROM_DOCUMENT,))
        return found

    def _project(self, draft: RowDraft) -> None:
        slot = self.report.first("project_name")
        if slot is not None:
            draft.put("project_name", values.read_name(slot), slot, self.flow)
        elif name := project_in_title(self.report.title.text):
            draft.put("project_name", Parsed(name, "", (Doubt.FROM_TITLE,)), self.report.title, self.flow)

    def _evaluation(self) -> Row:
        draft = self.numbers.draft("evaluations", "e")
        for name, read in _COVER.items():
            if slot := self.report.first(name):
                draft.put(name, read(slot), slot, self.flow)
        self._conclusion(draft, "score", self._scores())
        grades: list[tuple[Parsed[Scalar], Slot, Source]] = [
            (Parsed(slot.text, slot.text), slot, self.flow) for slot in self.report.grade
        ]
        self._conclusion(draft, "grade", grades)
        if scale := self.report.scale:
            draft.put("grading_scale", values.read_text(scale), scale, self.flow)
        return draft.done()

    def _scores(self) -> list[tuple[Parsed[Scalar], Slot, Source]]:
        """Where the score in all is printed: in sentences, then in the total row of the leading scoring table."""
        found: list[tuple[Parsed[Scalar], Slot, Source]] = [
            (values.read_points(slot), slot, self.flow) for slot in self.report.score
        ]
        for sheet, form in [self.filing.scoring[table] for table in self.filing.leading[-1:]]:
            totals = [slot for slot in form.head if slot.name == "total_score" and slot.text.strip()]
            found += [(values.read_points(slot), slot, sheet) for slot in totals[-1:]]
        return found

    def _conclusion(self, draft: RowDraft, column: str, found: Sequence[tuple[Parsed[Scalar], Slot, Source]]) -> None:
        """The first sure printing, with the others that say the same; sure ones that disagree are doubted."""
        sure = [one for one in found if one[0].value is not None and is_sure(one[1], one[2])]
        chosen = next(iter(sure or found), None)
        if chosen is None:
            return
        parsed, slot, source = chosen
        if any(other[0].value != parsed.value for other in sure):
            parsed = replace(parsed, doubts=(*parsed.doubts, Doubt.PRINTINGS_DIFFER))
        draft.put(column, parsed, slot, source)

    def _score(self, row: ScoreRow, position: int) -> Row:
        draft = self.numbers.draft("evaluation_scores", "s")
        draft.values["position"] = position
        row = replace(row, texts={role: self._weighed(c, row, position) for role, c in row.texts.items()})
        levels = _levels(row)
        for level, cited in levels.items():
            name, points = strip_points(values.printed(cited.slot))
            role = cited.slot.name  # of two levels the lower one has the codes of level 2
            code, name = split_level_code(name, int(role[-1])) if role in self.coded else (None, name)
            self._put(draft, f"level{level}_code", Parsed(code, cited.slot.text), cited)
            self._put(draft, f"level{level}", Parsed(None if is_missing(name) else name, cited.slot.text), cited)
            if level < 3 and points is not None and f"level{level}_points" not in row.texts:
                self._put(draft, f"level{level}_weight", Parsed(points, cited.slot.text), cited)
        for level in (1, 2):
            for cited in column_texts(row, [f"level{level}_points"]):
                self._put(draft, f"level{level}_weight", _read_weight(cited.slot), cited)
        for role in ("max_score", "score"):
            for cited in column_texts(row, [role]):
                self._put(draft, role, values.read_points(cited.slot), cited)
        self._prose(draft, row)
        return draft.done()

    def _weighed(self, cited: Cited, row: ScoreRow, position: int) -> Cited:
        """The cell with what is doubted about it: printings that differ and, of a recognised level, an odd code."""
        role, place = cited.slot.name, cited.slot.place
        doubts = [Doubt.PRINTINGS_DIFFER] if role in row.differs else []
        if role in self.odd[position - 1] and place is not None:
            cell = self.filing.scoring[cited.table][0].cells[place]
            doubts += [Doubt.AMBIGUOUS] if cell.source is TextSource.OCR else []
        return cited._replace(slot=replace(cited.slot, doubts=(*cited.slot.doubts, *doubts))) if doubts else cited

    def _prose(self, draft: RowDraft, row: ScoreRow) -> None:
        """The long texts: each cell goes to the first column that may take it."""
        rules = list(column_texts(row, ["scoring_rule", "content"]))
        findings = list(column_texts(row, ["performance", "actual"]))
        columns = [*zip(("criteria", "explanation"), rules, strict=False)]
        columns += zip(("performance", "note"), findings, strict=False)
        columns += [(column, cited) for column, role in _BESIDE for cited in column_texts(row, [role])]
        for column, cited in columns:
            self._put(draft, column, values.read_text(cited.slot), cited)

    def _put(self, draft: RowDraft, column: str, parsed: Parsed[Scalar], cited: Cited) -> None:
        draft.put(column, parsed, cited.slot, self.filing.scoring[cited.table][0])

    def _budget(self, sheet: Sheet, table: BudgetTable) -> Iterator[Row]:
        for line in table.lines:
            draft = self.numbers.draft("budget_lines", "b")
            _fill(draft, line, _BUDGET, sheet)
            yield draft.done()
        for line in table.totals[-1:]:
            draft = self.numbers.draft("funds", "f")
            draft.values["scope"] = "annual"
            name = next(slot for slot in (line.get("component"), line.get("item")) if slot and slot.text)
            draft.put("item", values.read_item(name), name, sheet)
            _fill(draft, line, _TOTAL, sheet)
            yield draft.done()

    def _statement(self, slot: Slot) -> Row:
        draft = self.numbers.draft("fields", "d")
        draft.values["label"] = slot.label
        draft.put("value", values.read_text(slot), slot, self.flow)
        return draft.done()

    def _finding(self, finding: Finding, position: int) -> Row:
        draft = self.numbers.draft("findings", "n")
        draft.values.update(kind=finding.kind, position=position)
        text = "\n".join(slot.text for slot in (finding.heading, *finding.body))
        draft.put("text", Parsed(text, finding.heading.text), finding.heading, self.flow)
        for slot in finding.body:
            draft.support("text", slot, self.flow)
        return draft.done()


def _levels(row: ScoreRow) -> dict[int, Cited]:
    """Level to its cell; where a table has two levels, the lower one is the indicator."""
    levels = {level: cited for level in (1, 2, 3) for cited in column_texts(row, [f"level{level}"])}
    if 3 not in levels and "level3" not in row.texts and 2 in levels:
        levels[3] = levels.pop(2)
    return levels


def _read_weight(slot: Slot) -> Parsed[Scalar]:
    """A level's weight in points or percent."""
    text = values.printed(slot)
    found: Parsed[Decimal] = parse_percent(text) if text.rstrip().endswith(("%", "％")) else parse_points(text)
    return Parsed(found.value, slot.text, found.doubts)


def _fill(
    draft: RowDraft, line: Mapping[str, Slot], columns: Mapping[str, tuple[str, values.Reader]], sheet: Sheet
) -> None:
    for name, (column, read) in columns.items():
        if name in line:
            draft.put(column, read(line[name]), line[name], sheet)
