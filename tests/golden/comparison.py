"""Golden answers and what was read, compared cell by cell.

Texts are compared without white space and with one width of punctuation, money as decimals. Rows are compared in
their order; where a form has two sets side by side, in each set.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from golden_answers import Differences, answer, by_filing, form_filings, rows_of

from pipeline.records import Row

HEAD = (
    "kind", "subject", "title", "year", "project_name", "project_nature", "project_category", "department",
    "implementing_unit", "start_date", "end_date", "project_code", "total_score",
)  # fmt: skip
FUNDS = {
    "scope": "scope", "item": "item", "amount": "amount_yuan", "initial_budget": "initial_budget_yuan",
    "annual_budget": "annual_budget_yuan", "executed": "executed_yuan", "max_score": "max_score",
    "execution_rate": "execution_rate", "score": "score", "note": "note",
}  # fmt: skip
GOALS = {"scope": "scope", "text": "text"}
INDICATORS = {
    "scope": "scope", "level1": "level1", "level2": "level2", "level3": "level3", "target": "target_raw",
    "actual": "actual_raw", "max_score": "max_score", "score": "score", "note": "note",
    "level1_points": "level1_points",
}  # fmt: skip
NUMBERS = {
    "amount", "initial_budget", "annual_budget", "executed", "max_score", "execution_rate", "score",
    "level1_points", "total_score", "year", "weight", "initial", "adjusted", "paid", "rate",
}  # fmt: skip


def comparable(name: str, value: object) -> object:
    """None for nothing, a Decimal for a number, else the text without blanks and differences of width."""
    if value is None or value == "":
        return None
    if name in NUMBERS:
        return Decimal(str(value))
    return "".join(unicodedata.normalize("NFKC", str(value)).split())


def compare_cells(place: str, columns: dict[str, str], golden: dict[str, Any], row: dict[str, Any]) -> Differences:
    """The columns whose values differ, by their place."""
    found: Differences = {}
    for name, column in columns.items():
        expected, actual = comparable(name, golden.get(name)), comparable(name, row.get(column))
        if expected != actual:
            found[f"{place} {name}"] = (golden.get(name), row.get(column))
    return found


def compare_rows(
    place: str, columns: dict[str, str], golden: Sequence[dict[str, Any]], rows: Sequence[Row]
) -> Differences:
    found: Differences = {}
    for number in range(max(len(golden), len(rows))):
        spot = f"{place} {number + 1}"
        if number >= len(rows):
            found[spot] = (golden[number], "(missing)")
        elif number >= len(golden):
            found[spot] = ("(nothing)", dict(rows[number].values))
        else:
            found |= compare_cells(spot, columns, golden[number], dict(rows[number].values))
    return found


def paired_rows(path: Path, table: str) -> Iterator[tuple[str, list[dict[str, Any]], list[Row]]]:
    """For each filing the golden rows and those that were read, set after set, in order."""
    for number, (filing, rows) in enumerate(zip(answer(path)["filings"], by_filing(path, table), strict=True), 1):
        golden = sorted(filing[table], key=lambda row: row.get("scope") or "")
        read = sorted(rows, key=lambda row: str(row.values.get("scope") or ""))
        yield f"filing {number} {table}", golden, read


def compare_table(path: Path, table: str, columns: dict[str, str]) -> Differences:
    """All rows of a table, filing by filing."""
    found: Differences = {}
    for place, golden, rows in paired_rows(path, table):
        found |= compare_rows(place, columns, golden, rows)
    return found


def compare_heads(path: Path) -> Differences:
    found: Differences = {}
    columns = {name: name for name in HEAD}
    for number, (filing, row) in enumerate(zip(answer(path)["filings"], form_filings(path), strict=True), 1):
        found |= compare_cells(f"filing {number}", columns, filing, dict(row.values))
    return found


def compare_fields(path: Path) -> Differences:
    found: Differences = {}
    for number, (filing, rows) in enumerate(zip(answer(path)["filings"], by_filing(path, "fields"), strict=True), 1):
        golden = {str(comparable("", label)): value for label, value in filing["extra"].items() if value}
        read = [(str(comparable("", row.values["label"])), row.values["value"]) for row in rows]
        place = f"filing {number} fields"
        assert len(dict(read)) == len(read), f"{place}: a label stands twice: {read}"
        for label in golden | dict(read):
            pair = golden.get(label), dict(read).get(label)
            if comparable("", pair[0]) != comparable("", pair[1]):
                found[f"{place} {label}"] = pair
    return found


def compare_contacts(path: Path) -> Differences:
    found: Differences = {}
    for number, (filing, rows) in enumerate(zip(answer(path)["filings"], by_filing(path, "contacts"), strict=True), 1):
        golden = sorted([name for name in (filing["leader"], filing["contact"]) if name])
        signed = sorted((each["role"], each["name"]) for each in filing["signatures"])
        roles = {role for role, _ in signed}
        read = sorted(str(row.values["name"]) for row in rows if row.values["role"] not in roles)
        signatures = sorted((row.values["role"], row.values["name"]) for row in rows if row.values["role"] in roles)
        phones = [row.values["phone"] for row in rows if row.values.get("phone")]
        pairs = {"names": (golden, read), "signatures": (signed, signatures)}
        pairs["phone"] = ([filing["phone"]] if filing["phone"] else [], phones)
        found |= {f"filing {number} {name}": pair for name, pair in pairs.items() if pair[0] != pair[1]}
    return found


def filled_in(table: Row, cells: Sequence[Row]) -> list[list[str]]:
    """The cells of another table as a matrix, merged ones repeated."""
    matrix = [[""] * int(str(table.values["column_count"])) for _ in range(int(str(table.values["row_count"])))]
    for cell in cells:
        v: dict[str, Any] = dict(cell.values)
        for row in range(v["row"], v["row"] + v["row_span"]):
            for column in range(v["column"], v["column"] + v["column_span"]):
                matrix[row][column] = str(comparable("", v["text"]) or "")
    return matrix


def compare_other_tables(path: Path) -> Differences:
    golden, tables = answer(path)["other_tables"], rows_of(path, "other_tables")
    cells: defaultdict[str, list[Row]] = defaultdict(list)
    for cell in rows_of(path, "other_table_cells"):
        cells[str(cell.values["table_id"])].append(cell)
    matrices = [filled_in(table, cells[table.row_id]) for table in tables]
    found: Differences = {}
    for number, expected in enumerate(golden, 1):
        body = [[comparable("", text) or "" for text in row] for row in expected["rows"]]
        place = f"table {number}"
        matches = [i for i, matrix in enumerate(matrices) if matrix[-len(body) :] == body]
        if len(matches) != 1:
            found[f"{place} rows"] = (expected["title"], [str(t.values["title"]) for t in tables])
            continue
        matrix, values = matrices[matches[0]], tables[matches[0]].values
        header = ["/".join(dict.fromkeys(column)) for column in zip(*matrix[: -len(body)], strict=True)]
        pairs = {
            "header": ([comparable("", text) for text in expected["header"]], header),
            "unit": (expected["unit"], values["unit"]),
            "title": (comparable("", expected["title"]), comparable("", values["title"])),
        }
        found |= {f"{place} {name}": pair for name, pair in pairs.items() if pair[0] != pair[1]}
    return found


def compare_funds(path: Path) -> Differences:
    return compare_table(path, "funds", FUNDS)


def compare_goals(path: Path) -> Differences:
    return compare_table(path, "goals", GOALS)


def compare_indicators(path: Path) -> Differences:
    return compare_table(path, "indicators", INDICATORS)


COMPARISONS: dict[str, Callable[[Path], Differences]] = {
    "heads": compare_heads,
    "funds": compare_funds,
    "goals": compare_goals,
    "indicators": compare_indicators,
    "fields": compare_fields,
    "contacts": compare_contacts,
    "other tables": compare_other_tables,
}
