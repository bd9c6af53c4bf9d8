"""The log holds requests from the same closed list as drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table("progress") as table:
        table.create_check_constraint(
            op.f("ck_progress_requested"), sa.text("requested IN ('not_applicable', 'suspension')")
        )
