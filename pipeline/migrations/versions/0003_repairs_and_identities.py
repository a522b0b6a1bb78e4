"""Repairs, the learned vocabulary, identities over the years, decisions of people; more about each check.

Frozen, like every revision.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TEXT, _INTEGER, _NUMBER = "text", "integer", "number"
_CHECKS = {"version": _INTEGER, "reach": _TEXT, "difference": _NUMBER, "tolerance": _NUMBER, "operands": _TEXT}
_TABLES: dict[str, dict[str, str]] = {
    "repairs": {
        "repair_id!": _TEXT, "document_id!": _TEXT, "filing_id": _TEXT, "table_name!": _TEXT, "row_id!": _TEXT,
        "column_name!": _TEXT, "state!": _TEXT, "rule!": _TEXT, "score": _NUMBER, "raw": _TEXT, "before": _TEXT,
        "after": _TEXT, "evidence": _TEXT, "candidates": _TEXT,
    },
    "vocabulary": {
        "vocabulary_id!": _TEXT, "name!": _TEXT, "level2": _TEXT, "unit": _TEXT, "sense": _TEXT, "source!": _TEXT,
        "state!": _TEXT, "filings": _INTEGER, "years": _TEXT, "places": _TEXT,
    },
    "organisations": {"organisation_id!": _TEXT, "name!": _TEXT, "place": _TEXT},
    "organisation_names": {
        "organisation_name_id!": _TEXT, "organisation_id!": _TEXT, "name!": _TEXT, "filings": _INTEGER,
        "score": _NUMBER, "evidence": _TEXT,
    },
    "projects": {
        "project_id!": _TEXT, "organisation_id": _TEXT, "name!": _TEXT, "first_year": _INTEGER,
        "last_year": _INTEGER,
    },
    "project_filings": {
        "project_filing_id!": _TEXT, "project_id!": _TEXT, "filing_id!": _TEXT, "year": _INTEGER, "kind": _TEXT,
        "superseded_by": _TEXT, "score": _NUMBER, "evidence": _TEXT,
    },
    "decisions": {"decision_id!": _TEXT, "kind!": _TEXT, "subject!": _TEXT, "object": _TEXT, "made_at!": _TEXT},
    "settlements": {"name!": _TEXT, "fingerprint!": _TEXT},
}  # fmt: skip
_PARENTS = {
    "document_id": "documents", "filing_id": "filings", "organisation_id": "organisations", "project_id": "projects",
}  # fmt: skip
_TYPES = {_TEXT: sa.Text, _INTEGER: sa.Integer, _NUMBER: sa.Numeric}


def upgrade() -> None:
    """Add the tables and columns."""
    for name, kind in _CHECKS.items():
        op.add_column("checks", sa.Column(name, _TYPES[kind]()))
    for table, columns in _TABLES.items():
        names = [name.rstrip("!") for name in columns]
        keys = [name for name in names[1:] if name in _PARENTS]
        op.create_table(
            table,
            *(
                sa.Column(name.rstrip("!"), _TYPES[kind](), nullable=not name.endswith("!"))
                for name, kind in columns.items()
            ),
            sa.PrimaryKeyConstraint(names[0], name=f"pk_{table}"),
            *(
                sa.ForeignKeyConstraint([k], [f"{_PARENTS[k]}.{k}"], name=f"fk_{table}_{k}", ondelete="CASCADE")
                for k in keys
            ),
        )
        for key in keys:
            op.create_index(f"ix_{table}_{key}", table, [key])


def downgrade() -> None:
    """Take them away."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    with op.batch_alter_table("checks") as batch:
        for name in _CHECKS:
            batch.drop_column(name)
