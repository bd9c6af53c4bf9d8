"""Alembic's entry: migrates over the connection that `models.store.database.migrate` holds open."""

from typing import Any, Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from models.store.base import Base, UtcDateTime


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our types into migrations as SQLAlchemy's own, so that old migrations need no import of ours."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
