"""Every sample filing of data/raw, read from end to end, says cell by cell what its golden answer says.

The golden answers are computed from the content that the samples were drawn from (`tests/samples/README.md`),
never from what the program reads. Texts are compared without white space and with one width of punctuation,
money as decimals. Rows are compared in their order; where a form has two sets side by side, in each set.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from golden_answers import (
    FUNDS,
    GOALS,
    HEAD,
    INDICATORS,
    Differences,
    answer,
    by_filing,
    check,
    comparable,
    compare_cells,
    compare_table,
    every_sample,
    record,
    rows_of,
)

from normalizers.template import templates
from pipeline.records import Row


@every_sample
def test_document_is_read_whole(path: Path) -> None:
    read = record(path)
    assert (read.status, read.error, read.text_source) == ("ok", "", "digital")
    assert read.page_count == answer(path)["page_count"]
    assert len(rows_of(path, "filings")) == len(answer(path)["filings"])


@every_sample
def test_heads(path: Path) -> None:
    found: Differences = {}
    columns = {name: name for name in HEAD}
    for number, (filing, row) in enumerate(zip(answer(path)["filings"], rows_of(path, "filings"), strict=True), 1):
        found |= compare_cells(f"filing {number}", columns, filing, dict(row.values))
    check(path, "heads", found)


@every_sample
def test_family_is_recognised_where_the_registry_has_it(path: Path) -> None:
    known = {template.name.split("_")[0].upper(): template.name for template in templates()}
    known.setdefault("S2", known["S1"])  # the ministry's model, which the registry files with Shanghai's
    expected = [known.get(filing["family"], "generic") for filing in answer(path)["filings"]]
    assert [row.values["template"] for row in rows_of(path, "filings")] == expected


@every_sample
def test_funds(path: Path) -> None:
    check(path, "funds", compare_table(path, "funds", FUNDS))


@every_sample
def test_goals(path: Path) -> None:
    check(path, "goals", compare_table(path, "goals", GOALS))


@every_sample
def test_indicators(path: Path) -> None:
    check(path, "indicators", compare_table(path, "indicators", INDICATORS))


@every_sample
def test_fields(path: Path) -> None:
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
    check(path, "fields", found)


@every_sample
def test_contacts(path: Path) -> None:
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
    check(path, "contacts", found)


@every_sample
def test_contact_has_the_role_printed_beside_the_name(path: Path) -> None:
    for filing, rows in zip(answer(path)["filings"], by_filing(path, "contacts"), strict=True):
        roles = {row.values["name"]: str(row.values["role"]) for row in rows}
        assert filing["leader"] is None or "负责人" in roles[filing["leader"]]
        assert filing["contact"] is None or roles[filing["contact"]] in ("填报人", "联系人", "部门联系人")


def filled_in(table: Row, cells: Sequence[Row]) -> list[list[str]]:
    """The cells of another table as a matrix, merged ones repeated."""
    matrix = [[""] * int(str(table.values["column_count"])) for _ in range(int(str(table.values["row_count"])))]
    for cell in cells:
        v: dict[str, Any] = dict(cell.values)
        for row in range(v["row"], v["row"] + v["row_span"]):
            for column in range(v["column"], v["column"] + v["column_span"]):
                matrix[row][column] = str(comparable("", v["text"]) or "")
    return matrix


@every_sample
def test_other_tables(path: Path) -> None:
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
    check(path, "other tables", found)
