"""Reads ``content/*.yml`` into documents. The short forms of those files are explained in README.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from tests.samples.blocks import columns, lines
from tests.samples.damage.plan import read_damage
from tests.samples.model import Document, Filing, Fund, Indicator, Person, TableContent
from tests.samples.report.loader import read_report
from tests.samples.statutory import generated_table

CONTENT = Path(__file__).parent / "content"

FUND_ITEMS = {
    "D1": {
        "total": ("项目资金总额", "其中：财政资金", "其他资金"),
        "annual": ("年度资金申请总额", "其中：当年财政拨款", "上年结转资金", "其他资金"),
    },
    "D2": {
        "total": ("项目总预算",),
        "annual": ("当年预算", "财政拨款", "上级财政拨款", "本级财政安排", "下级财政配套", "其他资金"),
    },
    "D3": {"total": ("项目总金额",), "annual": ("本年度预算金额",)},
    "D4": {
        "total": ("中期资金总额", "其中：财政拨款", "其他资金"),
        "annual": ("年度资金总额", "其中：财政拨款", "其他资金"),
    },
}
FUND_COLUMNS = {
    "S1": ("item", "initial", "annual", "executed", "max_score", "rate", "score"),
    "S2": ("item", "initial", "annual", "executed", "max_score", "rate", "score"),
    "S3": ("item", "initial", "annual", "executed", "rate", "max_score", "score", "note"),
}
INDICATOR_COLUMNS = {
    "D": ("level1", "level2", "level3", "target"),
    "D2": ("level1", "level2", "level3", "target", "note"),
    "S": ("level1", "level2", "level3", "target", "actual", "max_score", "score", "note"),
    "S3": ("level1", "level2", "level3", "operator", "value", "unit", "actual", "max_score", "score", "note"),
}
KINDS = {"D": "declaration", "S": "self_evaluation"}
HEAD = {field.name for field in fields(Filing)} - {
    "funds",
    "goals",
    "indicators",
    "people",
    "attached",
    "kind",
}
CONTACT_FIELDS = {"项目负责人": "leader", "联系人": "contact"}


class TextDates(yaml.SafeLoader):
    """YAML in which ``2025-01-01`` stays text."""


TextDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_documents() -> list[Document]:
    """Every sample document, ordered by the name of its content file."""
    return [read_document(path) for path in sorted(CONTENT.glob("[0-9]*.yml"))]


def read_document(path: Path) -> Document:
    """One content file as a document."""
    raw = yaml.load(path.read_text("utf-8"), TextDates)
    shared = raw.get("shared", {})
    return Document(
        key=path.stem,
        path=raw["path"],
        title=raw["title"],
        organisation=raw["organisation"],
        year=raw["year"],
        producer=raw["producer"],
        arrangement=raw.get("arrangement", "forms"),
        filings=tuple(read_filing({**shared, **filing}) for filing in raw.get("filings", [])),
        prose=tuple((heading, tuple(texts)) for heading, texts in raw.get("prose", {}).items()),
        tables=tuple(read_table(table) for table in raw.get("tables", [])),
        drawing=raw.get("drawing", {}),
        damage=read_damage(raw["damage"]) if "damage" in raw else None,
        report=read_report(raw["report"]) if "report" in raw else None,
    )


def read_filing(raw: dict[str, Any]) -> Filing:
    """One form of a content file."""
    family = raw["family"]
    return Filing(
        **{name: value for name, value in raw.items() if name in HEAD},
        kind=KINDS[family[0]],
        funds=tuple(read_funds(family, raw)),
        goals=tuple((scope, text.strip()) for scope, text in raw.get("goals", {}).items()),
        indicators=tuple(read_indicators(family, raw)),
        people=tuple(read_person(line) for line in raw.get("people", [])),
        attached=tuple(read_table(table) for table in raw.get("tables", [])),
    )


def read_funds(family: str, raw: dict[str, Any]) -> Iterator[Fund]:
    """Money rows: two lines of amounts in a declaration, a block of rows in a self-evaluation."""
    for scope, items in FUND_ITEMS.get(family, {}).items():
        for item, amount in zip(items, columns(str(raw[scope])), strict=True):
            yield Fund(scope, item, amount)
    for line in lines(raw.get("funds", "")):
        names = FUND_COLUMNS[family]
        yield Fund(scope="annual", **dict(zip(names, columns(line), strict=True)))


def read_indicators(family: str, raw: dict[str, Any]) -> Iterator[Indicator]:
    """Indicator rows; an empty level is the one above."""
    names = INDICATOR_COLUMNS.get(family) or INDICATOR_COLUMNS[family[0]]
    blocks = {None: "indicators", "total": "indicators_total", "annual": "indicators_annual"}
    for scope, block in blocks.items():
        above = {"level1": "", "level2": ""}
        for line in lines(raw.get(block, "")):
            values = columns(line)
            row = dict(zip(names, values + [""] * (len(names) - len(values)), strict=True))
            above = {level: row[level] or above[level] for level in above}
            yield indicator({**row, **above}, scope)


def indicator(row: dict[str, str], scope: str | None) -> Indicator:
    """One indicator; where the target stands in three columns it is joined, the word 定性 left out."""
    if "operator" not in row:
        return Indicator(**row, scope=scope)
    parts = (row.pop("operator"), row.pop("value"), row.pop("unit"))
    target = "".join(parts).removeprefix("定性")
    return Indicator(**row, scope=scope, target=target, parts=parts)


def read_person(line: str) -> Person:
    """``role | name | phone``; the roles of the form's head are fields, the others signatures."""
    role, name, phone = [*columns(line), "", ""][:3]
    return Person(role, name, phone, CONTACT_FIELDS.get(role, ""))


def read_table(raw: dict[str, Any]) -> TableContent:
    """A table that is no form: written out, or generated by name from a fixed seed."""
    if "generate" in raw:
        return generated_table(raw)
    header = tuple(tuple(columns(line)) for line in lines(raw["header"]))
    rows = tuple(tuple(columns(line)) for line in lines(raw["rows"]))
    return TableContent(raw["title"], raw.get("unit"), header, rows, raw.get("options", {}))
