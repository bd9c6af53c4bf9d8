"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("initiative", "party", name=op.f("uq_commitment_initiative_party")),
    )
    op.create_table(
        "data_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_data_version_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_version")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_event_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["loaded_by"], ["person.id"], name=op.f("fk_edition_loaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
    )
    op.create_table(
        "progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("valid_on", sa.Date(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=True),
        sa.Column("obstacles", sa.Text(), nullable=True),
        sa.Column("obstacle_kind", sa.String(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("support_needed", sa.Text(), nullable=True),
        sa.Column("deliverables_done", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("on_behalf_of", sa.String(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_by", sa.Integer(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by", sa.Integer(), nullable=True),
        sa.Column("return_note", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'update') = (status IS NOT NULL)", name=op.f("ck_progress_only_updates_have_a_status")
        ),
        sa.CheckConstraint(
            "CASE status WHEN 'completed' THEN coalesce(percent, -1) = 100 WHEN 'not_started' THEN coalesce(percent, -1) = 0 WHEN 'ongoing' THEN coalesce(percent, -1) BETWEEN 0 AND 99 WHEN 'suspended' THEN coalesce(percent, -1) BETWEEN 0 AND 99 ELSE percent IS NULL END",
            name=op.f("ck_progress_percent_follows_status"),
        ),
        sa.CheckConstraint("kind IN ('update', 'nil', 'remark')", name=op.f("ck_progress_kind")),
        sa.CheckConstraint(
            "obstacle_kind IN ('law', 'staff', 'money', 'systems', 'coordination', 'partner', 'other')",
            name=op.f("ck_progress_obstacle_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('not_started', 'ongoing', 'completed', 'suspended', 'not_applicable')",
            name=op.f("ck_progress_status"),
        ),
        sa.CheckConstraint(
            "cleared_at IS NULL OR (submitted_at IS NOT NULL AND cleared_at >= submitted_at)",
            name=op.f("ck_progress_cleared_at_after_submitted_at"),
        ),
        sa.CheckConstraint("cleared_at IS NULL OR returned_at IS NULL", name=op.f("ck_progress_cleared_or_returned")),
        sa.CheckConstraint("replaces_id <> id", name=op.f("ck_progress_replaces_another")),
        sa.CheckConstraint(
            "returned_at IS NULL OR (submitted_at IS NOT NULL AND returned_at >= submitted_at)",
            name=op.f("ck_progress_returned_at_after_submitted_at"),
        ),
        sa.CheckConstraint(
            "submitted_at IS NULL OR (entered_at IS NOT NULL AND submitted_at >= entered_at)",
            name=op.f("ck_progress_submitted_at_after_entered_at"),
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR (submitted_at IS NOT NULL AND withdrawn_at >= submitted_at)",
            name=op.f("ck_progress_withdrawn_at_after_submitted_at"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_progress_author_id")),
        sa.ForeignKeyConstraint(["cleared_by"], ["person.id"], name=op.f("fk_progress_cleared_by")),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_progress_commitment_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["progress.id"], name=op.f("fk_progress_replaces_id")),
        sa.ForeignKeyConstraint(["returned_by"], ["person.id"], name=op.f("fk_progress_returned_by")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["person.id"], name=op.f("fk_progress_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
        sa.UniqueConstraint("ref", name=op.f("uq_progress_ref")),
    )
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_progress_commitment_id_valid_on_entered_at_id"),
            ["commitment_id", "valid_on", "entered_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_progress_replaces_id"), ["replaces_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("progress_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.CheckConstraint("url IS NOT NULL OR document IS NOT NULL", name=op.f("ck_evidence_link_or_document")),
        sa.ForeignKeyConstraint(["progress_id"], ["progress.id"], name=op.f("fk_evidence_progress_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_progress_id"), ["progress_id"], unique=False)

    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("progress_id", sa.Integer(), nullable=True),
        sa.Column("initiative", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_ledger_edition_id")),
        sa.ForeignKeyConstraint(["progress_id"], ["progress.id"], name=op.f("fk_ledger_progress_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    op.execute("INSERT INTO data_version (id, value) VALUES (1, 0)")
