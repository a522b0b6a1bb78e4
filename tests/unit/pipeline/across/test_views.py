from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from batches import Form, fill, settle
from sqlalchemy.engine import Engine

from pipeline.across.views import views
from pipeline.codebook import write_codebook
from pipeline.database import open_database

FORMS = [
    Form(asked="1200000.10"),
    Form("self_evaluation", file="竹溪区/2032/b.pdf", begun="1200000.10", budget="1000000", spent="900000",
         flagged=("spent",)),
    Form("evaluation_report", file="竹溪区/2032/c.pdf"),
    Form(asked="0.20", project="航标船检修", file="竹溪区/2031/d.pdf"),
    Form(asked="5", project="航标船检修", file="竹溪区/2031/c（旧）.pdf", seen=True),
    Form(year=2032, asked="7", file="竹溪区/2032/e.pdf"),
]  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest) -> Engine:
    """The same forms in either kind of database."""
    engine = open_database(request.getfixturevalue(f"{request.param}_url"))
    request.addfinalizer(engine.dispose)
    fill(engine, FORMS)
    settle(engine)
    return engine


def _rows(engine: Engine, view: str) -> list[dict[str, object]]:
    with engine.connect() as connection:
        found = connection.execute(sa.text(f"SELECT * FROM {view} ORDER BY year, 1")).mappings()
        return [
            {name: Decimal(str(value)) if isinstance(value, float) else value for name, value in row.items()}
            for row in found
        ]


def test_a_project_and_year_shows_plan_execution_and_filings(filled: Engine) -> None:
    rows = {(row["project"], row["year"]): row for row in _rows(filled, "project_years")}
    assert set(rows) == {("渡口灯标维护", 2031), ("渡口灯标维护", 2032), ("航标船检修", 2031)}
    row = rows["渡口灯标维护", 2031]
    assert row["organisation"] == "云澜市竹溪区航道管理所" and row["place"] == "云澜市竹溪区"
    assert [row[name] for name in ("planned_yuan", "initial_budget_yuan", "annual_budget_yuan", "executed_yuan")] == [
        Decimal(text) for text in ("1200000.1", "1200000.1", "1000000", "900000")
    ]
    assert row["execution_rate"] == 90 and row["flagged"] == 1
    assert all(row[name] for name in ("declaration_id", "self_evaluation_id", "report_id"))
    assert rows["渡口灯标维护", 2032]["self_evaluation_id"] is None


def test_superseded_forms_are_not_counted(filled: Engine) -> None:
    planned = {row["project"]: row["planned_yuan"] for row in _rows(filled, "project_years")}
    assert planned["航标船检修"] == Decimal("0.2")


def test_an_organisation_and_year_sums_its_projects(filled: Engine) -> None:
    first, second = _rows(filled, "organisation_years")
    assert (first["projects"], first["declarations"], first["self_evaluations"], first["reports"]) == (2, 2, 1, 1)
    assert first["planned_yuan"] == Decimal("1200000.3") and first["executed_yuan"] == 900000
    assert first["execution_rate"] == 90 and first["flagged"] == 1
    assert second["year"] == 2032 and second["executed_yuan"] is None and second["execution_rate"] is None


def test_a_rate_is_no_whole_number_division(engine: Engine) -> None:
    fill(engine, [Form("self_evaluation", budget="3", spent="2")])
    settle(engine)
    assert [row["execution_rate"] for row in _rows(engine, "project_years")] == [Decimal("66.67")]


def test_every_column_of_a_view_is_described(engine: Engine, tmp_path: Path) -> None:
    write_codebook(tmp_path, [])
    book = (tmp_path / "codebook.md").read_text("utf-8")
    for view in views():
        with engine.connect() as connection:
            columns = connection.execute(sa.text(f"SELECT * FROM {view.name}")).keys()
        assert list(columns) == list(view.columns)
        assert f"### {view.name}" in book and all(words.zh in book for words in view.columns.values())


def test_a_view_shows_only_what_there_is(engine: Engine) -> None:
    assert not _rows(engine, "project_years") and not _rows(engine, "organisation_years")
