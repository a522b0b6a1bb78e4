"""Evaluation reports: the grading scale, more of the scoring tables; narratives.

Frozen, like every revision.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ADDED: dict[str, tuple[tuple[str, Any], ...]] = {
    "evaluations": (("grading_scale", sa.Text()),),
    "evaluation_scores": (
        ("position", sa.Integer()),
        ("level2_weight", sa.Numeric()),
        ("explanation", sa.Text()),
        ("target_raw", sa.Text()),
        ("note", sa.Text()),
    ),
}
_PARENTS = {"document_id": "documents", "filing_id": "filings"}


def upgrade() -> None:
    """Add the columns and the table."""
    for table, columns in _ADDED.items():
        for name, sql_type in columns:
            op.add_column(table, sa.Column(name, sql_type))
    op.create_table(
        "narratives",
        sa.Column("narrative_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("filing_id", "title", "text")),
        *(sa.Column(name, sa.Integer()) for name in ("page_first", "page_last")),
        sa.PrimaryKeyConstraint("narrative_id", name="pk_narratives"),
        *(
            sa.ForeignKeyConstraint([key], [f"{parent}.{key}"], name=f"fk_narratives_{key}", ondelete="CASCADE")
            for key, parent in _PARENTS.items()
        ),
    )
    for key in _PARENTS:
        op.create_index(f"ix_narratives_{key}", "narratives", [key])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("narratives")
    for table, columns in _ADDED.items():
        with op.batch_alter_table(table) as batch:
            for name, _ in columns:
                batch.drop_column(name)
