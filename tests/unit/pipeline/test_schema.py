from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine, make_url

from extractors.table import CellDoubt
from normalizers.parsed import Doubt
from pipeline.database import _make_engine, open_database
from pipeline.dictionary import TYPES, dictionary
from pipeline.flatten import fit_money, fit_number
from pipeline.migrations import _config, upgrade
from pipeline.schema import HEAD, TABLES, VERSION_TABLE, metadata

CONTRACT = {
    "documents": "document_id file_name sha256 page_count text_source status error",
    "filings": "filing_id document_id kind subject template year title project_name project_nature "
    "project_category department implementing_unit start_date end_date project_code "
    "total_score page_first page_last",
    "funds": "filing_id scope item amount_yuan initial_budget_yuan annual_budget_yuan executed_yuan "
    "max_score execution_rate score fund_id adjustment_yuan received_yuan note",
    "goals": "goal_id filing_id scope text",
    "indicators": "indicator_id filing_id position scope level1 level2 level3 target_raw target_operator "
    "target_value target_unit actual_raw actual_value max_score score note "
    "target_initial_raw level1_points level2_points content core score_rate last_year "
    "standard scoring_rule direction nature",
    "fields": "field_id filing_id label value",
    "evaluations": "evaluation_id filing_id project_unit department commissioned_by evaluator "
    "lead_evaluator report_date score grade",
    "evaluation_scores": "evaluation_score_id filing_id level1_code level1 level1_weight level2_code level2 "
    "level3_code level3 max_score score criteria performance",
    "budget_lines": "budget_line_id filing_id component item initial_yuan adjusted_yuan paid_yuan execution_rate",
    "findings": "finding_id filing_id kind position text",
    "other_tables": "table_id document_id title unit page_first page_last row_count column_count",
    "other_table_cells": "table_id row column row_span column_span text page",
    "provenance": "table_name row_id column_name page x0 top x1 bottom raw_text source confidence doubts repair",
    "checks": "filing_id rule outcome severity expected actual message",
    "contacts": "filing_id role name phone",
}


@pytest.mark.parametrize("table", CONTRACT)
def test_the_contract_is_kept(table: str) -> None:
    assert set(CONTRACT[table].split()) <= set(dictionary()[table].column_names)


def test_the_dictionary_is_sound() -> None:
    earlier: set[str] = set()
    for entry in dictionary():
        earlier.add(entry.name)
        assert entry.columns[0].name == entry.id and entry.columns[0].required
        for column in entry.columns:
            assert column.type in TYPES and column.trust in dictionary().trust
            assert column.words.en and column.words.zh
            assert not column.references or column.references in earlier
            assert (column.type == "money") == column.name.endswith("_yuan")


def test_every_doubt_has_words() -> None:
    assert {doubt.value for doubt in (*Doubt, *CellDoubt)} <= set(dictionary().doubts)


def test_only_contacts_are_personal() -> None:
    assert [entry.name for entry in dictionary() if entry.personal] == ["contacts"]
    assert {c.name for c in dictionary()["contacts"].columns if c.personal} == {"name", "phone"}


decimals = st.decimals(allow_nan=False, allow_infinity=False)
cents = st.integers(min_value=1 - 10**15, max_value=10**15 - 1).map(lambda n: Decimal(n) / 100)
short = st.builds(
    lambda n, e: Decimal(n).scaleb(-e),
    st.integers(1 - 10**15, 10**15 - 1),
    st.integers(min_value=0, max_value=15),
)


def _through(engine: Engine, table: str, column: str, value: Any) -> Any:
    """What the database gives back for a value."""
    made = sa.Table("probe", sa.MetaData(), sa.Column("value", TABLES[table].c[column].type))
    with engine.connect() as connection:
        made.create(connection)
        connection.execute(sa.insert(made).values(value=value))
        stored = connection.execute(sa.select(made.c.value)).scalar()
        connection.rollback()
    return stored


once = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


@once
@given(cents)
def test_money_comes_back_to_the_cent(engine: Engine, amount: Decimal) -> None:
    stored = _through(engine, "funds", "amount_yuan", amount)
    assert stored == amount == fit_money(amount) and stored.as_tuple().exponent == -2


@once
@given(short)
def test_numbers_come_back_exactly_without_trailing_zeros(engine: Engine, number: Decimal) -> None:
    fitted = fit_number(number)
    assert fitted is None or _through(engine, "indicators", "target_value", fitted) == number
    assert fitted is not None or (number and number.adjusted() < -15)


@given(decimals)
def test_what_fits_is_the_value_itself(number: Decimal) -> None:
    assert fit_number(number) in (None, number)
    amount = fit_money(number)
    assert amount is None or abs(amount - number) <= Decimal("0.005")


@pytest.mark.filterwarnings("error")
def test_decimals_on_sqlite_give_no_warning(engine: Engine) -> None:
    assert _through(engine, "funds", "score", Decimal("9.5")) == Decimal("9.5")


def _differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        options = {"compare_type": True, "version_table": VERSION_TABLE}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def _migrate_and_compare(url: str) -> None:
    """The migrations alone give the schema of the metadata, and the database counts as up to date."""
    engine = _make_engine(make_url(url.replace("postgresql:", "postgresql+psycopg:")))
    upgrade(engine)
    assert _differences(engine) == []
    engine.dispose()
    open_database(url).dispose()


def test_migrations_give_the_schema_on_sqlite(tmp_path: Any) -> None:
    _migrate_and_compare(f"sqlite:///{tmp_path}/m.db")


def test_migrations_give_the_schema_on_postgresql(postgresql_url: str) -> None:
    _migrate_and_compare(postgresql_url)


def test_a_new_database_is_stamped_with_the_newest_revision(engine: Engine) -> None:
    assert ScriptDirectory.from_config(_config()).get_current_head() == HEAD
    assert _differences(engine) == []
    with engine.connect() as connection:
        assert connection.scalar(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")) == HEAD


def test_create_all_and_migrations_write_the_same_sql(tmp_path: Any, engine: Engine) -> None:
    migrated = _make_engine(make_url(f"sqlite:///{tmp_path}/m.db"))
    upgrade(migrated)
    query = sa.text("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
    with engine.connect() as one, migrated.connect() as other:
        assert [_squeeze(row) for row in one.execute(query)] == [_squeeze(row) for row in other.execute(query)]
    migrated.dispose()


def _squeeze(row: Any) -> list[str]:
    return [" ".join(str(cell).split()) for cell in row]
