"""A filing -> its rows: filings, funds, goals, indicators, fields, contacts."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from normalizers.form import Form, FundLine, Slot
from normalizers.parsed import Doubt, Parsed
from normalizers.period import is_duration, parse_period
from normalizers.text import is_missing, split_code
from normalizers.vocabulary import words_for
from pipeline import values
from pipeline.indicator_rows import indicator_row
from pipeline.receipts import Numbers, RowDraft, Sheet
from pipeline.records import Row


@dataclass(slots=True)
class Filing:
    """A form with all its sheets and parts, in reading order."""

    sheets: list[tuple[Sheet, Form]] = field(default_factory=list)

    @property
    def form(self) -> Form:
        """The first sheet's form."""
        return self.sheets[0][1]


def is_annex(form: Form) -> bool:
    """A sheet without money, goals and indicators: its table is kept whole among the other tables."""
    return bool(form.sheet) and not (form.funds or form.goals or form.indicators)


class FilingRows:
    """The rows of one filing."""

    def __init__(self, filing_id: str, document_id: str, filing: Filing, document_year: int | None) -> None:
        self.filing_id, self.document_id, self.filing = filing_id, document_id, filing
        self.document_year = document_year
        self.numbers = Numbers(filing_id)

    def rows(self) -> Iterator[Row]:
        """filings, funds, goals, indicators, fields, contacts."""
        details: list[Row] = []
        head = self._head(details)
        yield head.done()
        for sheet, form in self.filing.sheets:
            if is_annex(form):
                continue
            twice = _twice(form.funds)
            details += (self._fund(sheet, line, twice) for line in form.funds)
            details += (self._goal(sheet, slot) for slot in form.goals)
            details += (indicator_row(self.numbers, line, sheet) for line in form.indicators)
            details += self._fields(sheet, form.fields)
            details += self._contacts(sheet, form.contacts)
        yield from details

    def _head(self, details: list[Row]) -> RowDraft:
        form = self.filing.form
        draft = RowDraft("filings", self.filing_id)
        pages = [p.page for s, f in self.filing.sheets for c in s.table.cells if c.row in f.rows for p in c.parts]
        draft.values.update(
            document_id=self.document_id, kind=form.kind, subject=form.subject, template=form.template,
            page_first=min(pages), page_last=max(pages),
        )  # fmt: skip
        if form.title:
            draft.put("title", values.read_text(form.title), form.title, self.filing.sheets[0][0])
            if form.title.line is not None and form.rows.start == 0:
                line = self.filing.sheets[0][0].table.above[form.title.line]
                draft.values["page_first"] = min(line.page, *pages)
        self._year(draft)
        for sheet, each in self.filing.sheets:
            for slot in each.head:
                self._head_value(draft, slot, sheet, details)
        self._unit_as_implementer(draft, details)
        return draft

    def _year(self, draft: RowDraft) -> None:
        for sheet, form in self.filing.sheets:
            if form.year:
                draft.put("year", values.read_year(form.year), form.year, sheet)
                return
        if self.document_year:
            draft.values["year"] = self.document_year
            sheet, form = self.filing.sheets[0]
            place = form.title or next(iter(form.head))
            draft.put("year", Parsed(self.document_year, "", (Doubt.FROM_DOCUMENT,)), place, sheet)

    def _head_value(self, draft: RowDraft, slot: Slot, sheet: Sheet, details: list[Row]) -> None:
        if slot.name == "period":
            self._period(draft, slot, sheet, details)
        elif slot.name in values.HEAD:
            column, read = values.HEAD[slot.name]
            if draft.values.get(column) is None:
                draft.put(column, read(slot), slot, sheet)
                self._code_beside(draft, slot, sheet, details)
        elif slot.name in ("department_code", "unit_code", "project_amount"):
            details += self._fields(sheet, [slot])

    def _code_beside(self, draft: RowDraft, slot: Slot, sheet: Sheet, details: list[Row]) -> None:
        """A code printed with a name: the project's has a column, the others are fields."""
        code, _ = split_code(values.printed(slot))
        if code is None:
            return
        if slot.name == "project_name":
            if not draft.values.get("project_code"):
                draft.put("project_code", Parsed(code, slot.text), slot, sheet)
        elif slot.name in words_for("own_labels"):
            details += self._fields(sheet, [replace(slot, text=code, label=words_for("own_labels")[slot.name])])

    def _period(self, draft: RowDraft, slot: Slot, sheet: Sheet, details: list[Row]) -> None:
        text = values.printed(slot)
        if is_missing(text) or is_duration(text):
            label = slot.label if is_missing(text) else words_for("own_labels")["duration"]
            details += self._fields(sheet, [replace(slot, label=label)])
            return
        found = parse_period(text)
        for column, value in zip(("start_date", "end_date"), found.value or (None, None), strict=True):
            if draft.values.get(column) is None:
                draft.put(column, Parsed(value, slot.text, found.doubts), slot, sheet)

    def _unit_as_implementer(self, draft: RowDraft, details: list[Row]) -> None:
        """填报单位 is the implementing unit where no other label names one; it stays a field as well."""
        for sheet, form in self.filing.sheets:
            slot = form.first("filing_unit")
            if slot is not None:
                if not draft.values.get("implementing_unit"):
                    draft.put("implementing_unit", values.read_name(slot), slot, sheet)
                details += self._fields(sheet, [slot])
                return

    def _fund(self, sheet: Sheet, line: FundLine, twice: Set[tuple[str, str]]) -> Row:
        draft = self.numbers.draft("funds", "f")
        draft.values["scope"] = line.scope
        item = values.read_item(line.item)
        if line.item.label and (line.scope, str(item.value)) in twice:
            item = Parsed(f"{line.item.label}：{item.value}", item.raw)
        draft.put("item", item, line.item, sheet)
        for name, slot in line.figures.items():
            column, read = values.FUNDS[name]
            draft.put(column, read(slot), slot, sheet)
        return draft.done()

    def _goal(self, sheet: Sheet, slot: Slot) -> Row:
        draft = self.numbers.draft("goals", "g")
        draft.values["scope"] = slot.name
        draft.put("text", values.read_prose(slot), slot, sheet)
        return draft.done()

    def _fields(self, sheet: Sheet, slots: Sequence[Slot]) -> list[Row]:
        rows = []
        for slot in slots:
            value = values.read_prose(slot)
            if value.value is not None:
                draft = self.numbers.draft("fields", "d")
                draft.values["label"] = slot.label
                draft.put("value", value, slot, sheet)
                rows.append(draft.done())
        return rows

    def _contacts(self, sheet: Sheet, slots: Sequence[Slot]) -> list[Row]:
        """Persons in reading order; a telephone number belongs to the contact before it, else to the leader."""
        drafts: list[RowDraft] = []
        for slot in slots:
            value = values.read_text(slot)
            if value.value is None:
                continue
            if slot.name == "phone":
                owner = next((d for d in reversed(drafts) if "phone" not in d.values), None)
            else:
                owner = None
            if owner is None:
                owner = self.numbers.draft("contacts", "c")
                owner.values["role"] = slot.label
                drafts.append(owner)
            owner.put("phone" if slot.name == "phone" else "name", value, slot, sheet)
        return [draft.done() for draft in drafts]


def _twice(lines: Sequence[FundLine]) -> set[tuple[str, str]]:
    """Scope and wording of the items that stand more than once in one scope: they need their block's name too."""
    seen = Counter((line.scope, str(values.read_item(line.item).value)) for line in lines)
    return {key for key, count in seen.items() if count > 1}
