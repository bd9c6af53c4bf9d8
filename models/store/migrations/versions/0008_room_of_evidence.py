"""The files of a person are summed without reading their content."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_index(
        op.f("ix_evidence_file_uploaded_by_uploaded_at_size"), "evidence_file", ["uploaded_by", "uploaded_at", "size"]
    )
