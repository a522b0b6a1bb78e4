import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import make_document, make_record
from sqlalchemy.engine import Engine

from normalizers.personal import personal_mark
from pipeline import export as export_module
from pipeline.database import open_database
from pipeline.dictionary import dictionary
from pipeline.errors import UnusableOutput
from pipeline.export import export
from pipeline.records import DocumentRecord, Row
from pipeline.store import store
from pipeline.writers import write_csv, write_xlsx

MARK = personal_mark()
ALL_FORMATS = ("csv", "parquet", "xlsx")


def _records() -> list[DocumentRecord]:
    """Documents whose ids and texts sort differently by language and by bytes."""
    records = [make_record(make_document(f"{name}.pdf"), str(number)) for number, name in enumerate("Bba_-区")]
    odd = Row("filings", "Zz", {"kind": "self_evaluation", "title": 'a "b", c\nd', "start_date": "2031-02"})
    low = Row("filings", "aA", {"kind": "self_evaluation", "total_score": Decimal("98.50")})
    return [
        *records,
        replace(records[0], document_id="x" * 16, rows=(odd, low), status="partial", error="page 2"),
    ]


def _fill(engine: Engine, records: list[DocumentRecord]) -> None:
    for record in records:
        with engine.begin() as connection:
            store(connection, record)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    _fill(engine, _records())
    return engine


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _read(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_is_written_but_contacts_and_those_that_stay(filled: Engine, tmp_path: Path) -> None:
    export(filled, tmp_path)
    tables = {entry.name for entry in dictionary()} - {"contacts", "ledger", "decisions", "settlements"}
    assert set(_files(tmp_path)) == {f"{name}.csv" for name in tables} | {"datapackage.json", "codebook.md"}


def test_postgresql_gives_the_same_bytes_as_sqlite(filled: Engine, postgresql_url: str, tmp_path: Path) -> None:
    other = open_database(postgresql_url)
    _fill(other, _records()[::-1])
    export(filled, tmp_path / "sqlite", ALL_FORMATS, include_personal=True)
    export(other, tmp_path / "postgresql", ALL_FORMATS, include_personal=True)
    other.dispose()
    assert _files(tmp_path / "sqlite") == _files(tmp_path / "postgresql")
    assert len(_read(tmp_path / "sqlite", "provenance")) == 6 * 6


def test_csv_is_as_the_contract_says(filled: Engine, tmp_path: Path) -> None:
    export(filled, tmp_path)
    content = (tmp_path / "filings.csv").read_bytes()
    lines = content.decode("utf-8").split("\n")
    assert b"\r" not in content and lines[-1] == "" and len(lines) == len(_read(tmp_path, "filings")) + 2
    assert lines[0].startswith("filing_id,document_id,kind,")
    odd, low = (next(row for row in _read(tmp_path, "filings") if row["filing_id"] == key) for key in ("Zz", "aA"))
    assert (odd["title"], odd["start_date"], odd["total_score"]) == ('a "b", c d', "2031-02", "")
    assert low["total_score"] == "98.5"
    assert {row["amount_yuan"] for row in _read(tmp_path, "funds")} == {f"{n}.00" for n in range(6)}


def test_rows_stand_in_the_order_of_their_ids(filled: Engine, tmp_path: Path) -> None:
    export(filled, tmp_path)
    for entry in dictionary():
        if entry.exported and not entry.personal:
            ids = [row[entry.id].encode() for row in _read(tmp_path, entry.name)]
            assert ids == sorted(ids)


def test_personal_data_stays_out_unless_asked_for(filled: Engine, tmp_path: Path) -> None:
    export(filled, tmp_path, ALL_FORMATS)
    assert "某甲".encode() not in b"".join(_files(tmp_path).values())
    assert not [row for row in _read(tmp_path, "provenance") if row["table_name"] == "contacts"]
    export(filled, tmp_path, include_personal=True)
    assert {row["name"] for row in _read(tmp_path, "contacts")} == {"某甲"}
    assert [row for row in _read(tmp_path, "provenance") if row["table_name"] == "contacts"]


def test_persons_outside_contacts_are_masked_in_exports_alone(filled: Engine, tmp_path: Path) -> None:
    record = make_record(make_document("list.pdf"), "7")
    table = next(row.row_id for row in record.rows if row.table == "other_tables")
    texts = ["联系人", "某丁", "请致电000-12345678", "2031-01-15"]
    cells = [
        Row("other_table_cells", f"{table}-{n + 5}", {"table_id": table, "row": 1, "column": n, "text": text})
        for n, text in enumerate(texts)
    ]
    _fill(filled, [replace(record, rows=(*record.rows, *cells))])
    export(filled, tmp_path / "open")
    export(filled, tmp_path / "whole", include_personal=True)
    kept = {
        name: [row for row in _read(tmp_path / name, "other_table_cells") if row["row"] == "1"]
        for name in ("open", "whole")
    }
    assert [row["text"] for row in kept["whole"]] == texts
    assert [row["text"] for row in kept["open"]] == ["联系人", MARK, f"请致电{MARK}", "2031-01-15"]


def test_personal_data_of_an_earlier_export_is_removed(filled: Engine, tmp_path: Path) -> None:
    export(filled, tmp_path, ALL_FORMATS, include_personal=True)
    export(filled, tmp_path)
    left = _files(tmp_path)
    assert not [name for name in left if name.startswith("contacts")]
    assert "某甲".encode() not in left["provenance.csv"]
    assert not {"provenance.parquet", "provenance.xlsx"} & set(left) and "funds.parquet" in left


def test_an_interrupted_export_leaves_the_earlier_files(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(filled, tmp_path)
    before = _files(tmp_path)
    with filled.begin() as connection:
        connection.exec_driver_sql("DELETE FROM documents")

    def stop(path: Path, *_: Any) -> int:
        if path.name == "indicators.csv":
            raise KeyboardInterrupt
        return write_csv(path, *_)

    monkeypatch.setitem(export_module.WRITERS, "csv", stop)
    with pytest.raises(KeyboardInterrupt):
        export(filled, tmp_path)
    assert _files(tmp_path) == before
    assert not (tmp_path / ".jixiao-export").exists()


def test_a_place_that_cannot_be_written_is_said(filled: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnusableOutput, match=r"cannot write to .*file/out: .*; name another folder"):
        export(filled, tmp_path / "file" / "out")


def test_parquet_holds_typed_values(filled: Engine, tmp_path: Path) -> None:
    from pyarrow import parquet

    export(filled, tmp_path, ("parquet",))
    funds = parquet.read_table(tmp_path / "funds.parquet")
    assert str(funds.schema.field("amount_yuan").type) == "decimal128(18, 2)"
    assert sorted(funds.column("amount_yuan").to_pylist()) == [Decimal(n) for n in range(6)]
    scores = parquet.read_table(tmp_path / "filings.parquet").column("total_score").to_pylist()
    assert [score for score in scores if score is not None] == [98.5]
    assert json.loads((tmp_path / "datapackage.json").read_text())["resources"][0]["path"] == "documents.parquet"


def test_xlsx_holds_text_that_looks_like_a_formula_as_text(filled: Engine, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    export(filled, tmp_path, ("xlsx",))
    sheet = load_workbook(tmp_path / "indicators.xlsx")["indicators"]
    header = [cell.value for cell in sheet[1]]
    cells = sheet[2]
    assert cells[header.index("target_raw")].value == "=15天"
    assert cells[header.index("target_raw")].data_type == "s"
    assert cells[header.index("target_value")].value == 15


def test_xlsx_forgets_when_it_was_made(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "x.xlsx", dictionary()["fields"], [])
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}
        assert b">1980-01-01T00:00:00Z<" in book.read("docProps/core.xml")
        assert not re.search(rb">20\d\d-", book.read("docProps/core.xml"))
    assert [path.name for path in tmp_path.iterdir()] == ["x.xlsx"]


def test_xlsx_splits_cuts_and_cleans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import load_workbook

    monkeypatch.setattr("pipeline.writers._SHEET_ROWS", 2)
    entry = dictionary()["fields"]
    texts = ["a\x01b", "长" * 40_000, "c"]
    rows = [(f"id{n}", "f", "label", text) for n, text in enumerate(texts)]
    assert write_xlsx(tmp_path / "x.xlsx", entry, rows) == 3
    book = load_workbook(tmp_path / "x.xlsx")
    assert [(sheet.title, sheet.max_row) for sheet in book] == [("fields", 3), ("fields 2", 2)]
    assert book["fields"]["D2"].value == "a\ufffdb"
    cut = book["fields"]["D3"].value
    assert len(cut) == 32_767 and cut.endswith("[cut: longer than a cell of this format holds]")


NAME = re.compile(r"^([-a-z0-9._/])+$")
TYPES = {"string", "integer", "number"}


def test_the_datapackage_follows_its_specification(filled: Engine, tmp_path: Path) -> None:
    export(filled, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "tabular-data-package" and NAME.match(package["name"])
    resources = {resource["name"]: resource for resource in package["resources"]}
    for resource in resources.values():
        assert NAME.match(resource["name"]) and resource["profile"] == "tabular-data-resource"
        path, schema = tmp_path / resource["path"], resource["schema"]
        assert path.stat().st_size == resource["bytes"] and resource["hash"].startswith("sha256:")
        header = next(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        assert [field["name"] for field in schema["fields"]] == header
        assert {field["type"] for field in schema["fields"]} <= TYPES
        assert schema["primaryKey"] in header
        for key in schema["foreignKeys"]:
            assert key["fields"] in header
            parent = resources[key["reference"]["resource"]]
            assert key["reference"]["fields"] == parent["schema"]["primaryKey"]
        _check_values(path, schema["fields"])


def _check_values(path: Path, fields: list[dict[str, Any]]) -> None:
    """Every value keeps its field's type and constraints."""
    for row in _read(path.parent, path.stem):
        for field in fields:
            value, rules = row[field["name"]], field.get("constraints", {})
            assert value or not rules.get("required")
            if value:
                assert value in rules.get("enum", [value])
                assert re.search(rules.get("pattern", ""), value)
                assert field["type"] == "string" or Decimal(value) is not None


def test_the_codebook_explains_every_column_and_doubt(filled: Engine, tmp_path: Path) -> None:
    export(filled, tmp_path, include_personal=True)
    book = (tmp_path / "codebook.md").read_text(encoding="utf-8")
    for entry in dictionary():
        if entry.exported:
            section = book.split(f"\n## {entry.name}\n")[1].split("\n## ")[0]
            for column in entry.columns:
                assert f"| {column.name} |" in section or f"| **{column.name}** |" in section
    assert all(f"| {code} |" in book for code in dictionary().doubts)
