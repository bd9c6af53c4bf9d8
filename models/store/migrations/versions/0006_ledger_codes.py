"""The ledger keeps codes and facts in place of phrases."""

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FIELDS = ("scope", "states", "joins", "weight", "rule", "in_force_from", "deliverables")
CODES = {"not applicable": "not_applicable", "applicable again": "applicable_again"} | {
    f"{field} changed": f"{field}_changed" for field in FIELDS
}
KINDS = (
    "added",
    "in_force",
    "reinstated",
    "party_added",
    "joined",
    "applicable_again",
    "withdrawn",
    "merged",
    "superseded",
    "not_in_force",
    "party_removed",
    "joins_later",
    "not_applicable",
    "adopted",
    *(f"{field}_changed" for field in FIELDS),
)
ADOPTED = re.compile(
    r"official text adopted: (?P<filled>[\d,]+) slots? filled"
    r"(?:, \d+ new \((?P<new>[^)]*)\))?"
    r"(?:, [\d,]+ placeholders? no longer needed \((?P<not_needed>[^)]*)\))?"
    r"; N (?:stays (?P<stays>\d+)|goes from (?P<before>\d+) to (?P<after>\d+))"
)


def upgrade() -> None:
    """Change the tables."""
    connection = op.get_bind()
    # The trigger that refuses changes is put in place again after every migration.
    on = "" if connection.dialect.name == "sqlite" else " ON ledger"
    op.execute(f"DROP TRIGGER IF EXISTS ledger_no_update{on}")
    for phrase, code in CODES.items():
        connection.execute(
            sa.text("UPDATE ledger SET event = :code WHERE event = :phrase"), {"code": code, "phrase": phrase}
        )
    adopted = sa.text("SELECT id, event FROM ledger WHERE event LIKE 'official text adopted: %'")
    for row_id, phrase in connection.execute(adopted).all():
        values = {"id": row_id, "after": json.dumps(_facts(phrase))}
        connection.execute(sa.text("UPDATE ledger SET event = 'adopted', after = :after WHERE id = :id"), values)
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f("ck_ledger_event"), sa.column("event").in_(KINDS))


def _facts(phrase: str) -> dict[str, object]:
    found = ADOPTED.fullmatch(phrase)
    if found is None:
        message = f"the ledger holds an event that no release wrote: {phrase}"
        raise ValueError(message)
    stays = found["stays"]
    return {
        "filled": int(found["filled"].replace(",", "")),
        "new": found["new"].split(", ") if found["new"] else [],
        "not_needed": found["not_needed"].split(", ") if found["not_needed"] else [],
        "counted": [int(stays or found["before"]), int(stays or found["after"])],
    }
