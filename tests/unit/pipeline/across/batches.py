"""Invented filings of several files and years, stored as a reader would have given them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import sqlalchemy as sa
from conftest import make_document, make_receipt
from sqlalchemy.engine import Engine

from normalizers.target import parse_target
from pipeline.across.checks import check_across
from pipeline.across.identities import identify
from pipeline.document import Document
from pipeline.records import DocumentRecord, Provenance, Row
from pipeline.store import store

_HEAD = {"project": "project_name", "unit": "implementing_unit", "department": "department", "code": "project_code"}
_MONEY = {
    "asked": "amount_yuan",
    "begun": "initial_budget_yuan",
    "budget": "annual_budget_yuan",
    "spent": "executed_yuan",
}


@dataclass(frozen=True)
class Form:
    """A filing: `flagged` names what was read with doubt, `seen` says that it was read from a picture."""

    kind: str = "declaration"
    project: str = "渡口灯标维护"
    unit: str = "云澜市竹溪区航道管理所"
    department: str = "云澜市竹溪区交通运输局"
    year: int | None = 2031
    file: str = "竹溪区/2031/a.pdf"
    title: str = "项目支出绩效目标申报表"
    code: str = ""
    asked: str = ""
    begun: str = ""
    budget: str = ""
    spent: str = ""
    carried: Mapping[str, str] = field(default_factory=dict)
    indicators: tuple[tuple[str, ...], ...] = ()  # name, target, result
    seen: bool = False
    flagged: tuple[str, ...] = ()

    def receipt(self, column: str, text: str, name: str) -> Provenance:
        confidence = 0.5 if name in self.flagged else 1.0
        return make_receipt(column, text, confidence=confidence, source="ocr" if self.seen else "text_layer")

    def rows(self, filing_id: str) -> list[Row]:
        given = {column: getattr(self, name) for name, column in _HEAD.items() if getattr(self, name)}
        receipts = [self.receipt(column, given[column], name) for name, column in _HEAD.items() if column in given]
        if self.year:
            receipts.append(self.receipt("year", str(self.year), "year"))
        head = {"kind": self.kind, "subject": "project", "title": self.title, "year": self.year, **given}
        rows = [Row("filings", filing_id, head, tuple(receipts))]
        money = {name: getattr(self, name) for name in _MONEY}
        rows += self._fund(filing_id, "f01", "年度资金总额", money)
        rows += self._fund(filing_id, "f02", "上年结转资金", self.carried)
        for number, (name, *texts) in enumerate(self.indicators, 1):
            rows.append(self._indicator(f"{filing_id}-i{number:02}", filing_id, name, *texts))
        return rows

    def _fund(self, filing_id: str, number: str, item: str, money: Mapping[str, str]) -> Iterable[Row]:
        values = {_MONEY[name]: Decimal(text) for name, text in money.items() if text}
        receipts = tuple(self.receipt(_MONEY[name], text, name) for name, text in money.items() if text)
        if values:
            head = {"filing_id": filing_id, "scope": "annual", "item": item}
            yield Row("funds", f"{filing_id}-{number}", {**head, **values}, receipts)

    def _indicator(self, row_id: str, filing_id: str, name: str, target: str = "", actual: str = "") -> Row:
        values: dict[str, object] = {"filing_id": filing_id, "position": int(row_id[-2:]), "level3": name}
        receipts = [self.receipt("level3", name, name)]
        for text, raw, columns in (
            (target, "target_raw", {"operator": "target_operator", "value": "target_value", "unit": "target_unit"}),
            (actual, "actual_raw", {"value": "actual_value"}),
        ):
            parsed = parse_target(text).value
            if text and parsed:
                found = {column: getattr(parsed, part) for part, column in columns.items()}
                found = {column: value for column, value in found.items() if value not in (None, "")}
                values |= {raw: text, **found}
                receipts += [self.receipt(column, text, text) for column in (raw, *found)]
        return Row("indicators", row_id, values, tuple(receipts))


def fill(engine: Engine, forms: Iterable[Form], contents: Mapping[str, str] | None = None) -> None:
    """Store the forms, one document a file name; `contents` gives a file another content than its own name."""
    files: dict[str, list[Form]] = {}
    for form in forms:
        files.setdefault(form.file, []).append(form)
    with engine.begin() as connection:
        for name, listed in files.items():
            document = _document(name, (contents or {}).get(name, name))
            rows = [
                row for number, form in enumerate(listed, 1) for row in form.rows(f"{document.document_id}-{number:03}")
            ]
            source = "ocr" if listed[0].seen else "digital"
            record = DocumentRecord(document.document_id, name, document.sha256, 1, source, rows=tuple(rows))
            store(connection, record)


def _document(name: str, content: str) -> Document:
    import hashlib

    document = make_document(name)
    return Document(document.path, name, hashlib.sha256(content.encode()).hexdigest(), 1000)


def settle(engine: Engine) -> None:
    """What is made from all filings, without what has nothing to do with it."""
    with engine.begin() as connection:
        identify(connection)
        check_across(connection)


def query(engine: Engine, sql: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(sql))]


def spellings(engine: Engine) -> set[frozenset[str]]:
    """The spellings of each organisation."""
    groups: dict[object, set[str]] = {}
    for organisation, name in query(engine, "SELECT organisation_id, name FROM organisation_names"):
        groups.setdefault(organisation, set()).add(str(name))
    return {frozenset(group) for group in groups.values()}


def projects(engine: Engine) -> set[frozenset[str]]:
    """The project names and files of each project."""
    groups: dict[object, set[str]] = {}
    sql = (
        "SELECT project_id, project_name, file_name FROM project_filings "
        "JOIN filings USING (filing_id) JOIN documents USING (document_id)"
    )
    for project, name, file in query(engine, sql):
        groups.setdefault(project, set()).add(f"{name} {file}")
    return {frozenset(group) for group in groups.values()}


def outcomes(engine: Engine, rule: str) -> list[str]:
    """The outcomes of a rule across files."""
    return [str(row[0]) for row in query(engine, f"SELECT outcome FROM checks WHERE rule = '{rule}' ORDER BY check_id")]


def message(engine: Engine, rule: str) -> str:
    """What the one failure of a rule says."""
    ((text,),) = query(engine, f"SELECT message FROM checks WHERE rule = '{rule}' AND outcome = 'fail'")
    return str(text)
