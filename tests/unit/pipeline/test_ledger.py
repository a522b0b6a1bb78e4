from decimal import Decimal
from pathlib import Path

import pytest
from conftest import make_document
from sqlalchemy.engine import Engine

from pipeline.document import Document
from pipeline.fingerprint import code_version
from pipeline.ledger import Entry, earlier_document, loaded_before, record_outcome


def _record(engine: Engine, document: Document, status: str = "ok", code: str = "v1", error: str = "") -> None:
    with engine.begin() as connection:
        entry = Entry(document, document.document_id, code, status, error, Decimal("1.23456"))
        record_outcome(connection, entry)


def _before(engine: Engine, document: Document, code: str = "v1") -> Entry | None:
    with engine.begin() as connection:
        return loaded_before(connection, document, code)


def _earlier(engine: Engine, document: Document) -> str | None:
    with engine.begin() as connection:
        return earlier_document(connection, document)


def test_a_new_file_is_to_be_read(engine: Engine) -> None:
    assert _before(engine, make_document()) is None


@pytest.mark.parametrize("status", ["ok", "partial"])
def test_a_loaded_file_is_done(engine: Engine, status: str) -> None:
    _record(engine, make_document(), status, error="a page is missing")
    done = _before(engine, make_document())
    assert done and (done.status, done.error) == (status, "a page is missing")


def test_a_failed_file_is_tried_again(engine: Engine) -> None:
    _record(engine, make_document(), "failed")
    assert _before(engine, make_document()) is None


def test_changed_content_or_code_is_read_again(engine: Engine) -> None:
    _record(engine, make_document())
    assert _before(engine, make_document(content="2")) is None
    assert _before(engine, make_document(), "v2") is None


def test_a_moved_folder_is_done_and_noted(engine: Engine) -> None:
    _record(engine, make_document(folder="/old"))
    moved = make_document(folder="/new")
    assert _before(engine, moved)
    assert _earlier(engine, moved) == moved.document_id


def test_the_earlier_content_of_a_path_is_known(engine: Engine) -> None:
    before = make_document()
    _record(engine, before)
    assert _earlier(engine, make_document(content="2")) == before.document_id
    assert _earlier(engine, make_document("b.pdf")) is None


def test_a_document_that_another_file_stands_for_is_not_replaced(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    _record(engine, make_document(folder=str(tmp_path)))
    _record(engine, make_document())
    assert _earlier(engine, make_document(content="2")) is None
    (tmp_path / "a.pdf").unlink()
    assert _earlier(engine, make_document(content="2")) == make_document().document_id


def test_the_code_version_names_release_and_sources() -> None:
    release, _, fingerprint = code_version().partition("+")
    assert release and len(fingerprint) == 12
