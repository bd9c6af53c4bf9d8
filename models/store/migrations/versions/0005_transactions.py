"""A count of every transaction that wrote, of drafts too."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.add_column("data_version", sa.Column("transactions", sa.Integer(), server_default="0", nullable=False))
