import random
from pathlib import Path

import pytest
import sqlalchemy as sa
from filings import Form, exported, fill
from sqlalchemy.engine import Connection, Engine

from pipeline.across import settle as settle_module
from pipeline.across.decisions import UNDO_REPAIR, decide
from pipeline.across.settle import STEPS, deciding, settle
from pipeline.database import open_database
from pipeline.errors import DatabaseUnusable, ExitCode, NotSettled
from pipeline.schema import TABLES

NAME, READ = "渡口灯标养护维修座数", "渡口灯标养护维修坐数"
SCAN = Form([READ, "渡口"], "scan.pdf", "码头", scanned=True, confidence=0.6)
FORMS = [
    *(Form([NAME, f"第{number}渡口值守"], f"{number}.pdf", f"项目{number}甲乙丙") for number in range(4)),
    SCAN,
    Form([READ], "again.pdf", "码头", year=2032, scanned=True, confidence=0.7),
]
REPAIR = f"{SCAN.indicator_id()}.level3.learned"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done, with steps that do nothing else."""
    done: list[str] = []
    monkeypatch.setattr(settle_module, "STEPS", (("counting", lambda connection: done.append("counted")),))
    return done


def state(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return connection.scalar(sa.select(TABLES["repairs"].c.state).where(TABLES["repairs"].c.repair_id == REPAIR))


def test_nothing_is_made_again_while_nothing_changed(engine: Engine, calls: list[str]) -> None:
    fill(engine, FORMS[:2])
    assert settle(engine) and not settle(engine)
    fill(engine, FORMS[:1])  # read again, with --force
    assert settle(engine) and not settle(engine)
    with engine.begin() as connection:
        decide(connection, UNDO_REPAIR, ["a"])
    assert settle(engine) and not settle(engine)
    assert len(calls) == 3


def test_another_program_settles_again(engine: Engine, calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    settle(engine)
    monkeypatch.setattr(settle_module, "code_version", lambda: "another")
    assert settle(engine)


def test_decisions_are_settled_at_once(engine: Engine) -> None:
    fill(engine, FORMS)
    settle(engine)
    assert state(engine) == "accepted"
    with deciding(engine) as connection:
        decide(connection, UNDO_REPAIR, [REPAIR])
    assert state(engine) == "undone"


def test_the_order_of_files_and_of_settling_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    fill(engine, FORMS)
    settle(engine)
    once = exported(engine, tmp_path / "once")
    assert READ.encode() in once["provenance.csv"] and REPAIR.encode() in once["repairs.csv"]
    for seed in range(3):
        other = open_database(f"sqlite:///{tmp_path}/{seed}.db")
        for form in random.Random(seed).sample([*FORMS, *FORMS], 2 * len(FORMS)):
            fill(other, [form])
            settle(other)
        assert exported(other, tmp_path / str(seed)) == once
        other.dispose()


def test_another_database_gives_the_same_export(engine: Engine, postgresql_url: str, tmp_path: Path) -> None:
    other = open_database(postgresql_url)
    exports = []
    for number, each in enumerate((engine, other)):
        fill(each, FORMS)
        assert settle(each) and not settle(each)
        with deciding(each) as connection:
            decide(connection, UNDO_REPAIR, [REPAIR])
        exports.append(exported(each, tmp_path / str(number)))
    assert exports[0] == exports[1] and b"repair_undone" in exports[0]["provenance.csv"]
    other.dispose()


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_a_step_that_fails_is_one_line_and_leaves_nothing_half_done(
    engine: Engine, number: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(connection: Connection) -> None:
        STEPS[number][1](connection)
        raise KeyError("a\nbug")

    fill(engine, FORMS)
    before = exported(engine, tmp_path / "before")
    with monkeypatch.context() as patch:
        patch.setattr(settle_module, "STEPS", (*STEPS[:number], (STEPS[number][0], fail)))
        with pytest.raises(
            NotSettled, match=rf"the files are loaded, but {STEPS[number][0]} failed: .*KeyError"
        ) as told:
            settle(engine)
    assert "\n" not in str(told.value) and told.value.exit_code is ExitCode.INCOMPLETE
    assert exported(engine, tmp_path / "after") == before
    assert settle(engine) and state(engine) == "accepted"


def test_a_run_that_is_killed_leaves_nothing_half_done(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupt(connection: Connection) -> None:
        raise KeyboardInterrupt

    fill(engine, FORMS)
    before = exported(engine, tmp_path / "before")
    with monkeypatch.context() as patch:
        patch.setattr(settle_module, "STEPS", (*STEPS, ("being killed", interrupt)))
        with pytest.raises(KeyboardInterrupt):
            settle(engine)
    assert exported(engine, tmp_path / "after") == before
    assert settle(engine)


def test_a_database_that_fails_is_told_as_such(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE vocabulary"))
    with pytest.raises(DatabaseUnusable, match="no such table: vocabulary"):
        settle(engine)


def test_storing_waits_while_another_run_settles(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would take rows away that are being settled."""
    engine, other = open_database(postgresql_url), open_database(postgresql_url)
    sa.event.listen(other, "begin", lambda connection: connection.exec_driver_sql("SET lock_timeout = '100ms'"))
    fill(engine, FORMS)

    def store_meanwhile(connection: Connection) -> None:
        with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
            fill(other, FORMS[:1])

    monkeypatch.setattr(settle_module, "STEPS", (("storing meanwhile", store_meanwhile),))
    assert settle(engine)
    fill(other, FORMS[:1])
    for each in (engine, other):
        each.dispose()
