import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from conftest import make_document, make_record, rows_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from pipeline.database import open_database
from pipeline.dictionary import ColumnEntry, dictionary
from pipeline.export import export
from pipeline.records import DocumentRecord, Row
from pipeline.store import store

TABLES = [entry.name for entry in dictionary() if entry.exported]


def _everything(engine: Engine) -> dict[str, Any]:
    return {name: rows_of(engine, name) for name in TABLES}


def _store(engine: Engine, record: DocumentRecord, earlier: str | None = None) -> str:
    with engine.begin() as connection:
        return store(connection, record, earlier)


def test_storing_twice_changes_nothing(engine: Engine) -> None:
    record = make_record(make_document())
    _store(engine, record)
    once = _everything(engine)
    _store(engine, record)
    assert _everything(engine) == once
    assert all(once[name] for name in ("filings", "funds", "contacts", "other_table_cells", "provenance", "checks"))


def test_changed_content_replaces_its_own_rows_only(engine: Engine) -> None:
    other, before, after = make_document("b.pdf"), make_document(), make_document(content="2")
    _store(engine, make_record(other, "1"))
    alone = _everything(engine)
    _store(engine, make_record(before, "2"))
    held = _store(engine, make_record(after, "3"), earlier=before.document_id)
    assert held == after.document_id
    assert sorted(row[4] for row in rows_of(engine, "funds")) == [1, 3]
    for name, rows in alone.items():
        assert set(rows) <= set(rows_of(engine, name))
        assert len(rows_of(engine, name)) == 2 * len(rows)


def test_a_failure_keeps_the_rows_that_were_loaded(engine: Engine) -> None:
    before, after = make_document(), make_document(content="2")
    _store(engine, make_record(before))
    loaded = _everything(engine)
    failure = DocumentRecord(after.document_id, "a.pdf", after.sha256, status="failed", error="it is encrypted")
    assert _store(engine, failure, earlier=before.document_id) == before.document_id
    kept = _everything(engine)
    assert kept.pop("documents") != loaded.pop("documents") and kept == loaded
    (document,) = rows_of(engine, "documents")
    assert document[0] == before.document_id and document[6] == "failed"
    assert document[7] == "it is encrypted; the rows of its earlier content were kept"


def test_a_good_reading_after_a_failure_replaces_the_kept_rows(engine: Engine) -> None:
    before, after = make_document(), make_document(content="2")
    _store(engine, make_record(before))
    _store(engine, DocumentRecord(after.document_id, "a.pdf", "", status="failed"), before.document_id)
    _store(engine, make_record(after), before.document_id)
    assert [(row[0], row[6]) for row in rows_of(engine, "documents")] == [(after.document_id, "ok")]


def test_a_failure_with_nothing_loaded_is_a_row(engine: Engine) -> None:
    document = make_document()
    failure = DocumentRecord(document.document_id, "a.pdf", document.sha256, status="failed", error="empty file")
    for _ in range(2):
        assert _store(engine, failure) == document.document_id
    assert [(row[6], row[7]) for row in rows_of(engine, "documents")] == [("failed", "empty file")]


def test_nothing_is_stored_when_a_row_is_refused(engine: Engine) -> None:
    _store(engine, make_record(make_document()))
    before = _everything(engine)
    record = make_record(make_document(), "99")
    double = replace(record, rows=(*record.rows, record.rows[1]))
    try:
        _store(engine, double)
    except Exception as error:
        assert type(error).__name__ == "IntegrityError"
    else:
        raise AssertionError("a row was stored twice")
    assert _everything(engine) == before


text = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=20)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": text,
    "date": st.sampled_from(["2031", "2031-02", "2031-02-28"]),
    "integer": st.integers(-(2**31) + 1, 2**31 - 1),
    "money": st.integers(1 - 10**15, 10**15 - 1).map(lambda n: Decimal(n) / 100),
    "number": st.builds(lambda n, e: Decimal(n).scaleb(-e), st.integers(1 - 10**15, 10**15 - 1), st.integers(0, 6)),
}


def _value(column: ColumnEntry) -> st.SearchStrategy[Any]:
    strategy = st.sampled_from(column.values) if column.values else VALUES[column.type]
    return strategy if column.required else st.none() | strategy


def _rows(table: str, count: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    keys = {"document_id", "filing_id", "table_id", dictionary()[table].id}
    columns = {c.name: _value(c) for c in dictionary()[table].columns if c.name not in keys}
    return st.lists(st.fixed_dictionaries(columns), min_size=1, max_size=count)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.fixed_dictionaries({name: _rows(name, 3) for name in ("filings", "funds", "indicators", "findings")}))
def test_rows_come_back_from_the_csv(tmp_path_factory: Any, tables: dict[str, list[dict[str, Any]]]) -> None:
    folder: Path = tmp_path_factory.mktemp("round")
    rows = [Row("filings", f"f{n:03}", values) for n, values in enumerate(tables.pop("filings"))]
    for table, content in tables.items():
        rows += [Row(table, f"{table}{n:03}", {**values, "filing_id": "f000"}) for n, values in enumerate(content)]
    engine = open_database(f"sqlite:///{folder}/x.db")
    _store(engine, DocumentRecord("d", "d.pdf", "0" * 64, rows=tuple(rows)))
    export(engine, folder / "csv")
    engine.dispose()
    for table in ("filings", *tables):
        expected = [_printed(row, table) for row in rows if row.table == table]
        with (folder / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert list(csv.DictReader(file)) == expected


def _printed(row: Row, table: str) -> dict[str, str]:
    """A row as the CSV should show it, by other means than the exporter's."""
    given = {"document_id": "d", **row.values, dictionary()[table].id: row.row_id}
    return {c.name: _print(c, given.get(c.name)) for c in dictionary()[table].columns}


def _print(column: ColumnEntry, value: Any) -> str:
    if value is None:
        return ""
    if column.type == "money":
        return f"{value:.2f}"
    if column.type == "number":
        shown = f"{value + 0:f}"
        return shown.rstrip("0").rstrip(".") if "." in shown else shown
    lines = str(value)
    for character in "\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        lines = lines.replace(character, "\n")
    while "\n\n" in lines:
        lines = lines.replace("\n\n", "\n")
    return lines.replace("\n", " ")
