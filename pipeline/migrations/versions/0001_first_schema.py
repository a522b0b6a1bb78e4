"""The first schema.

Frozen: it says what the tables were at this revision, whatever `tables.yml` says today.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# table: its columns, the key first. `!` is NOT NULL, `:` a type other than text, `>` the parent table.
_TABLES = {
    "documents": """
        document_id! file_name! sha256 page_count:integer text_source text_source_reason status! error
    """,
    "filings": """
        filing_id! document_id>documents! kind! subject template year:integer title project_name
        project_nature project_category department implementing_unit start_date end_date project_code
        total_score:number page_first:integer page_last:integer
    """,
    "funds": """
        fund_id! filing_id>filings! scope item amount_yuan:money initial_budget_yuan:money
        annual_budget_yuan:money adjustment_yuan:money received_yuan:money executed_yuan:money
        max_score:number execution_rate:number score:number note
    """,
    "goals": """
        goal_id! filing_id>filings! scope text
    """,
    "indicators": """
        indicator_id! filing_id>filings! position:integer scope level1 level1_points:number level2
        level2_points:number level3 content core nature direction standard target_raw target_operator
        target_value:number target_unit target_initial_raw last_year actual_raw actual_value:number
        max_score:number score:number score_rate:number scoring_rule note
    """,
    "fields": """
        field_id! filing_id>filings! label value
    """,
    "evaluations": """
        evaluation_id! filing_id>filings! project_unit department commissioned_by evaluator
        lead_evaluator report_date score:number grade
    """,
    "evaluation_scores": """
        evaluation_score_id! filing_id>filings! level1_code level1 level1_weight:number level2_code
        level2 level3_code level3 max_score:number score:number criteria performance
    """,
    "budget_lines": """
        budget_line_id! filing_id>filings! component item initial_yuan:money adjusted_yuan:money
        paid_yuan:money execution_rate:number
    """,
    "findings": """
        finding_id! filing_id>filings! kind! position:integer text
    """,
    "other_tables": """
        table_id! document_id>documents! title unit page_first:integer page_last:integer
        row_count:integer column_count:integer
    """,
    "other_table_cells": """
        cell_id! table_id>other_tables! row:integer! column:integer! row_span:integer
        column_span:integer text page:integer
    """,
    "checks": """
        check_id! document_id>documents! filing_id>filings rule! outcome! severity expected actual
        message
    """,
    "contacts": """
        contact_id! filing_id>filings! role name phone
    """,
    "provenance": """
        provenance_id! document_id>documents! filing_id>filings table_name! row_id! column_name!
        part:integer! page:integer x0:number top:number x1:number bottom:number raw_text source
        confidence:number doubts repair
    """,
    "ledger": """
        path! file_name! document_id! sha256 code_version! status! error seconds:number finished_at!
    """,
}
_INDEXES = {
    "provenance": ["table_name row_id"],
    "ledger": ["file_name sha256", "document_id"],
}
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "integer": sa.Integer(),
    "money": sa.Numeric(18, 2),
    "number": sa.Numeric(),
}


def upgrade() -> None:
    """Make all tables, parents before children, and their indexes."""
    for table, columns in _TABLES.items():
        words = columns.split()
        key = words[0].rstrip("!")
        parts = [_column(word) for word in words]
        keys = [_foreign_key(table, word) for word in words if ">" in word]
        op.create_table(table, *parts, sa.PrimaryKeyConstraint(key, name=f"pk_{table}"), *keys)
        parents = [word.split(">")[0] for word in words if ">" in word]
        for index in (*parents, *_INDEXES.get(table, [])):
            op.create_index(f"ix_{table}_{index.replace(' ', '_')}", table, index.split())


def downgrade() -> None:
    """Drop everything, children first."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _column(word: str) -> sa.Column[Any]:
    name, _, sql_type = word.rstrip("!").partition(":")
    return sa.Column(name.split(">")[0], _TYPES.get(sql_type, sa.Text()), nullable=not word.endswith("!"))


def _foreign_key(table: str, word: str) -> sa.ForeignKeyConstraint:
    """A child's rows go with its parent's; the parent's key has the child's column's name."""
    column, parent = word.rstrip("!").split(">")
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.{column}"], name=name, ondelete="CASCADE")
