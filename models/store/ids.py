"""Keys for many rows at once, so that rows added together can refer to each other."""

from sqlalchemy import text
from sqlmodel import Session, col, func, select

from models.store.tables import Evidence, Progress


def reserve_ids(session: Session, table: type[Progress] | type[Evidence], count: int) -> range:
    """Return the next `count` keys of the table, in order; the caller has the write lock (`database.writing`)."""
    last = session.exec(select(func.max(col(table.id)))).one() or 0
    if count and session.get_bind().dialect.name == "postgresql":
        advance = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
        session.execute(advance, {"table": str(table.__tablename__), "last": last + count})
    return range(last + 1, last + 1 + count)
