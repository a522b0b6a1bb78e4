import pytest
from batches import Form, fill, projects, query, spellings
from click.testing import CliRunner
from conftest import rows_of
from sqlalchemy.engine import Engine

from pipeline.across import settle as settle_module
from pipeline.across.checks import check_across
from pipeline.across.identities import identify
from pipeline.cli import main

DERIVED = ("organisations", "organisation_names", "projects", "project_filings", "checks", "decisions")
OLD, NEW, SHORT = "云澜市竹溪区环境保护局", "云澜市竹溪区生态环境局", "竹溪区生态环境局"
FORMS = [
    Form(unit=OLD, department="", project="河道水质监测", file="a.pdf"),
    Form(unit=NEW, department="", project="河道水质监测", year=2032, file="b.pdf"),
    Form(unit=SHORT, department="", project="河道水质监测", year=2033, file="c.pdf"),
    Form(unit=SHORT, department="", project="噪声监测", year=2033, file="d.pdf"),
]


@pytest.fixture(autouse=True)
def _filled(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (("finding identities", identify), ("checking across files", check_across))
    monkeypatch.setattr(settle_module, "STEPS", steps)
    fill(engine, FORMS)
    settle_module.settle(engine)


def _run(url: str, *arguments: str, exit_code: int = 0) -> str:
    done = CliRunner().invoke(main, ["identities", *arguments, "--database", url])
    assert done.exit_code == exit_code, done.output
    return done.output


def _derived(engine: Engine) -> dict[str, object]:
    return {name: rows_of(engine, name) for name in DERIVED}


def test_a_renamed_body_is_joined_with_its_projects(engine: Engine, sqlite_url: str) -> None:
    assert spellings(engine) == {frozenset({OLD}), frozenset({NEW, SHORT})} and len(projects(engine)) == 3
    _run(sqlite_url, "join", NEW, OLD)
    assert spellings(engine) == {frozenset({OLD, NEW, SHORT})} and len(projects(engine)) == 2
    assert (1, "joined by a person") in query(engine, "SELECT score, evidence FROM organisation_names")


@pytest.mark.parametrize(("command", "one", "other"), [("join", NEW, OLD), ("part", NEW, SHORT)])
def test_undo_gives_back_what_was(engine: Engine, sqlite_url: str, command: str, one: str, other: str) -> None:
    before = _derived(engine)
    _run(sqlite_url, command, one, other)
    assert _derived(engine) != before
    _run(sqlite_url, "undo", other, one)
    assert _derived(engine) == before


def test_joining_by_ids_can_be_undone_though_one_id_is_gone(engine: Engine, sqlite_url: str) -> None:
    before = _derived(engine)
    first, second = (str(row[0]) for row in query(engine, "SELECT organisation_id FROM organisations ORDER BY name"))
    _run(sqlite_url, "join", first, second)
    assert len(query(engine, "SELECT * FROM organisations")) == 1
    _run(sqlite_url, "undo", first, second)
    assert _derived(engine) == before


def test_a_spelling_parted_is_an_organisation_of_its_own(engine: Engine, sqlite_url: str) -> None:
    _run(sqlite_url, "part", NEW, SHORT)
    assert spellings(engine) == {frozenset({OLD}), frozenset({NEW}), frozenset({SHORT})}
    _run(sqlite_url, "join", SHORT, NEW)  # the later decision on a pair replaces the earlier
    assert frozenset({NEW, SHORT}) in spellings(engine)


def test_decisions_outlast_a_new_reading(engine: Engine, sqlite_url: str) -> None:
    _run(sqlite_url, "join", NEW, OLD)
    joined = _derived(engine)
    fill(engine, FORMS)
    settle_module.settle(engine)
    assert _derived(engine) == joined


def test_filings_of_a_project_are_parted_and_projects_joined(engine: Engine, sqlite_url: str) -> None:
    sql = "SELECT filing_id FROM filings WHERE project_name = '河道水质监测' AND year > 2031 ORDER BY year"
    first, second = (str(row[0]) for row in query(engine, sql))
    before = projects(engine)
    _run(sqlite_url, "part", first, second)
    assert len(projects(engine)) == len(before) + 1
    _run(sqlite_url, "undo", first, second)
    assert projects(engine) == before
    (one,) = query(engine, "SELECT project_id FROM projects WHERE name = '噪声监测'")
    _run(sqlite_url, "join", str(one[0]), first)
    assert len(projects(engine)) == len(before) - 1


def test_the_lists_say_why_and_what_was_decided(sqlite_url: str, engine: Engine) -> None:
    _run(sqlite_url, "join", NEW, OLD)
    listed = _run(sqlite_url, "list", "--like", "环境保护")
    assert "1 organisations" in listed and "joined by a person" in listed and "decided: join" in listed
    assert "(云澜市竹溪区)" in _run(sqlite_url)
    listed = _run(sqlite_url, "list", "--projects", "--like", "噪声")
    assert "2033 declaration  d.pdf" in listed and "1 projects" in listed


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("join", "无人知晓局", OLD), "no organisation or project '无人知晓局'"),
        (("join", NEW, SHORT), "are one organisation already"),
        (("part", NEW, OLD), "are two already"),
        (("undo", NEW, OLD), "nothing was decided on"),
        (("join", NEW, "噪声监测"), "name two of one sort"),
        (("part", "噪声监测", "噪声监测"), "only spellings of organisations and filings"),
        (("join", "河道水质监测", NEW), "is the name of several"),
    ],
)
def test_what_cannot_be_done_is_one_line(sqlite_url: str, arguments: tuple[str, ...], reason: str) -> None:
    output = _run(sqlite_url, *arguments, exit_code=2)
    assert reason in output and len(output.splitlines()) == 1
