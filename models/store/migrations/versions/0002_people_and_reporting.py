"""People and reporting."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "cycle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("opens_days", sa.Integer(), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("opens_days >= due_days AND due_days >= 0", name=op.f("ck_cycle_opens_before_due")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint("meeting", name=op.f("uq_cycle_meeting")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempt_source_at"), ["source", "at"], unique=False)

    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["uploaded_by"], ["person.id"], name=op.f("fk_evidence_file_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(role IN ('chair', 'focal_point')) = (scope <> '')",
            name=op.f("ck_role_grant_scope_where_the_role_has_one"),
        ),
        sa.CheckConstraint(
            "role IN ('secretariat', 'chair', 'focal_point', 'observer')", name=op.f("ck_role_grant_role")
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_role_grant_ended_by")),
        sa.ForeignKeyConstraint(["granted_by"], ["person.id"], name=op.f("fk_role_grant_granted_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_link_token_hash")),
    )
    op.create_table(
        "web_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_session_token_hash")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("narrative", sa.Text(), nullable=True),
        sa.Column("obstacles", sa.Text(), nullable=True),
        sa.Column("obstacle_kind", sa.String(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("support_needed", sa.Text(), nullable=True),
        sa.Column("deliverables_done", sa.Text(), nullable=True),
        sa.Column("proposed_due", sa.Date(), nullable=True),
        sa.Column("requested", sa.String(), nullable=True),
        sa.Column("request_reason", sa.Text(), nullable=True),
        sa.Column("begun_from_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "obstacle_kind IN ('law', 'staff', 'money', 'systems', 'coordination', 'partner', 'other')",
            name=op.f("ck_draft_obstacle_kind"),
        ),
        sa.CheckConstraint("requested IN ('not_applicable', 'suspension')", name=op.f("ck_draft_requested")),
        sa.CheckConstraint(
            "status IN ('not_started', 'ongoing', 'completed', 'suspended', 'not_applicable')",
            name=op.f("ck_draft_status"),
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_draft_percent")),
        sa.ForeignKeyConstraint(["begun_from_id"], ["progress.id"], name=op.f("fk_draft_begun_from_id")),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_draft_commitment_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_draft_saved_by")),
        sa.PrimaryKeyConstraint("commitment_id", name=op.f("pk_draft")),
    )
    op.create_table(
        "draft_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["draft.commitment_id"], name=op.f("fk_draft_evidence_commitment_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["evidence_file.id"], name=op.f("fk_draft_evidence_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("public", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key(batch_op.f("fk_evidence_file_id"), "evidence_file", ["file_id"], ["id"])
        batch_op.drop_constraint(batch_op.f("ck_evidence_link_or_document"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_evidence_points_somewhere"), "url IS NOT NULL OR document IS NOT NULL OR file_id IS NOT NULL"
        )

    op.add_column("person", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("signed_out_at", sa.DateTime(timezone=True), nullable=True))

    op.add_column("progress", sa.Column("proposed_due", sa.Date(), nullable=True))
    op.add_column("progress", sa.Column("requested", sa.String(), nullable=True))
    op.add_column("progress", sa.Column("request_reason", sa.Text(), nullable=True))
    op.create_index(
        op.f("ix_progress_submitted_at_commitment_id"), "progress", ["submitted_at", "commitment_id"], unique=False
    )
