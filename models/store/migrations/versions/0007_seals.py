"""Each transaction seals the rows that it wrote; those of earlier releases are sealed as they are."""

import sqlalchemy as sa
from alembic import op

from models.store.seals import seal_everything

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = (
    "person",
    "edition",
    "commitment",
    "progress",
    "evidence",
    "evidence_file",
    "ledger",
    "audit_event",
    "setting",
    "role_grant",
    "sign_in_link",
    "web_session",
    "cycle",
    "snapshot",
    "reopening",
    "decision",
)


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wrote", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint("sha256", name=op.f("uq_seal_sha256")),
    )
    op.add_column("data_version", sa.Column("seal", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_audit_event_at"), "audit_event", ["at"], unique=False)
    seal_everything(op.get_bind(), TABLES, action="upgrade", subject=revision)
