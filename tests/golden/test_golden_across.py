"""Samples 33 to 36 are one project over kinds and years: what they say of each other is found, and nothing else.

Expected is what the content files of these samples were written to show.
"""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from golden_answers import ANSWERS, RAW, answer, pdf_of
from sqlalchemy.engine import Connection

from pipeline.cli import main

ONE_PROJECT = [path for path in ANSWERS if answer(path)["sample"][:2] in ("33", "34", "35", "36")]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The four files in a database of their own."""
    home = tmp_path_factory.mktemp("across")
    for pdf in map(pdf_of, ONE_PROJECT):
        link = home / "raw" / pdf.relative_to(RAW)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(pdf)
    url = f"sqlite:///{home}/filings.db"
    result = CliRunner().invoke(main, ["ingest", str(home / "raw"), "--database", url, "--workers", "1"])
    assert result.exit_code == 0, result.output
    with sa.create_engine(url).connect() as connection:
        yield connection


def rows(database: Connection, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in database.execute(sa.text(query))]


def test_only_what_contradicts_another_file_fails(database: Connection) -> None:
    failed = "SELECT rule, filings.year, expected, actual FROM checks JOIN filings USING (filing_id)"
    assert rows(database, f"{failed} WHERE outcome = 'fail' ORDER BY rule") == [
        ("X1.2", 2023, "采集口述史料篇数 ≥120.00(篇)", "采集口述史料篇数 >=100篇"),
        ("X2", 2024, "55176", "86000"),
    ]
    assert rows(database, "SELECT rule FROM checks WHERE outcome = 'insufficient'") == []


def test_every_spelling_finds_its_organisation(database: Connection) -> None:
    spellings: dict[object, list[object]] = {}
    for organisation, name in rows(database, "SELECT organisation_id, name FROM organisation_names ORDER BY name"):
        spellings.setdefault(organisation, []).append(name)
    assert list(spellings.values()) == [
        ["东澜市白鹭区人民政府地方志办公室", "区地方志办", "白鹭区地方志办公室"],
        ["东澜市白鹭区地方志编纂中心", "区地方志编纂中心", "白鹭区地方志编纂中心"],
    ]


def test_plan_and_outcome_stand_side_by_side(database: Connection) -> None:
    figures = "year, planned_yuan, annual_budget_yuan, executed_yuan, execution_rate, self_score, flagged"
    assert rows(database, f"SELECT {figures} FROM project_years ORDER BY year") == [
        (2023, 968000, 968000, 912824, 94.3, 98.13, 0),
        (2024, 1020000, 989176, 969392.48, 98, 99.71, 0),
    ]
