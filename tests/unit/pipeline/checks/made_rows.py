"""Rows of invented forms, built by hand, and what the rules say of them."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from normalizers.target import parse_target
from pipeline.checks.run import check_rows
from pipeline.records import Provenance, Row, Scalar

DOCUMENT, FILING = "d", "d-001"
LETTERS = {"funds": "f", "indicators": "i", "evaluation_scores": "s", "budget_lines": "b", "fields": "d"}


def row(
    table: str, number: int, values: dict[str, Scalar | float], doubted: Collection[str] = (), filing: str = FILING,
    doubt: str = "ambiguous", seen: bool = False,
) -> Row:  # fmt: skip
    """A row whose values are printed plainly; those in `doubted` are flagged."""
    given = {name: Decimal(str(value)) if isinstance(value, float) else value for name, value in values.items()}
    receipts = tuple(
        Provenance(name, 1, (0, 0, 9, 9), str(value), "ocr" if seen else "text_layer",
                   doubts=(doubt,) if name in doubted else ())
        for name, value in given.items()
        if value is not None
    )  # fmt: skip
    row_id = filing if table == "filings" else f"{filing}-{LETTERS.get(table, 'x')}{number:03d}"
    return Row(table, row_id, {"filing_id": filing, **given} if table != "filings" else given, receipts)


def head(kind: str = "declaration", **values: Scalar | float) -> Row:
    return row("filings", 0, {"kind": kind, "year": 2024, **values})


def funds(
    scope: str, lines: dict[str, float | int | None], column: str = "amount_yuan", **more: Collection[str]
) -> list[Row]:
    """One line an item, its amount in one column."""
    start = 0 if scope == "total" else 50
    doubted = more.get("doubted", ())
    return [
        row("funds", start + number, {"scope": scope, "item": item, column: _decimal(amount)},
            [column] if item in doubted else [])
        for number, (item, amount) in enumerate(lines.items(), 1)
    ]  # fmt: skip


def _decimal(amount: float | int | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))


def indicator(
    number: int, name: str, target: str, level: str = "产出指标 数量指标", doubted: Collection[str] = (),
    seen: bool = False, **more: Scalar | float,
) -> Row:  # fmt: skip
    """An indicator with its target and result as the reader would have them."""
    level1, level2 = level.split()
    values: dict[str, Scalar | float] = {"level1": level1, "level2": level2, "level3": name, "target_raw": target}
    found = parse_target(target).value
    if found is not None and found.value is not None:
        values |= {
            "target_operator": found.operator or None,
            "target_value": found.value,
            "target_unit": found.unit or None,
        }
    reached = parse_target(str(more.get("actual_raw", ""))).value
    if reached is not None and reached.value is not None:
        values["actual_value"] = reached.value
    return row("indicators", number, {**values, **more}, doubted, seen=seen)


def checks(rows: Sequence[Row], rule: str) -> list[Row]:
    return [found for found in check_rows(DOCUMENT, rows) if found.values["rule"] == rule]


def outcomes(rows: Sequence[Row], rule: str) -> list[Scalar]:
    """The outcomes of a rule; empty where it does not apply."""
    return [found.values["outcome"] for found in checks(rows, rule)]


def messages(rows: Sequence[Row], rule: str) -> list[str]:
    """What the rule's failures say."""
    return [str(found.values["message"]) for found in checks(rows, rule) if found.values["outcome"] == "fail"]
