import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from pipeline.database import describe, open_database
from pipeline.errors import DatabaseUnusable, ExitCode


def _refusal(url: str, **keys: bool) -> str:
    with pytest.raises(DatabaseUnusable) as caught:
        open_database(url, **keys)
    assert caught.value.exit_code is ExitCode.UNUSABLE
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("url", ["nonsense", "", "sqlite//x.db"])
def test_what_is_no_url_is_said(url: str) -> None:
    assert "is no database URL" in _refusal(url)


def test_an_unknown_kind_of_database_is_said() -> None:
    assert "unknown kind of database 'paper'" in _refusal("paper://desk/drawer")


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    assert "driver 'psycopg'" in _refusal("postgresql://nobody@localhost/x")


def test_a_server_that_does_not_answer_is_said_without_the_password() -> None:
    message = _refusal("postgresql://nobody:secret@127.0.0.1:1/x")
    assert "refused" in message and "secret" not in message


def test_a_place_under_a_file_is_unusable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "cannot make the folder" in _refusal(f"sqlite:///{tmp_path}/file/x.db")


def test_a_place_that_cannot_be_written_is_unusable() -> None:
    assert "make the folder writable" in _refusal("sqlite:////proc/x.db")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "it is a folder" in _refusal(f"sqlite:///{tmp_path}")


def test_another_file_is_no_database_and_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("dear sirs, " * 200)
    before = file.read_bytes()
    assert "not a database" in _refusal(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_locked_database_is_said(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    open_database(url).dispose()
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "another program is writing" in _refusal(f"{url}?timeout=0.05")
    other.close()


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    with open_database(url).begin() as connection:
        connection.execute(sa.text("UPDATE jixiao_version SET version_num = '9999'"))
    assert "newer jixiao" in _refusal(url)


def test_tables_of_another_program_are_not_touched(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "x.db")
    other.execute("CREATE TABLE filings (tooth TEXT)")
    other.close()
    assert "tables of another program (filings)" in _refusal(f"sqlite:///{tmp_path}/x.db")


def test_a_reader_does_not_make_a_database(tmp_path: Path) -> None:
    assert "there is no database" in _refusal(f"sqlite:///{tmp_path}/x.db", must_exist=True)
    assert not list(tmp_path.iterdir())


def test_a_reader_refuses_an_empty_database(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()
    assert "holds no filings" in _refusal(f"sqlite:///{tmp_path}/x.db", must_exist=True)


def test_a_reader_does_not_wait_for_a_writer(sqlite_url: str, engine: Engine) -> None:
    with engine.begin():
        reader = open_database(sqlite_url + "?timeout=0.05", must_exist=True)
        with reader.connect() as connection:
            assert connection.scalar(sa.text("SELECT count(*) FROM filings")) == 0
        reader.dispose()


def test_foreign_keys_hold(engine: Engine) -> None:
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO filings (filing_id, document_id, kind) VALUES ('a', 'b', 'c')"))


def test_opening_twice_keeps_what_is_there(sqlite_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO documents (document_id, file_name, status) VALUES ('a', 'b', 'ok')"))
    again = open_database(sqlite_url)
    with again.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM documents")) == 1
    assert describe(again) == sqlite_url
    again.dispose()


def test_postgresql_is_made_and_opened_again(postgresql_url: str) -> None:
    open_database(postgresql_url).dispose()
    engine = open_database(postgresql_url, must_exist=True)
    assert engine.dialect.driver == "psycopg"
    engine.dispose()
