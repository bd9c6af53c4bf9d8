"""What all tables share: their base class, the type of a moment, and the constraints of their rows."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, DateTime, Dialect, MetaData, Table, Text, TypeDecorator
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from models.core.vocabulary import Word

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, with its zone in Python on every database (SQLite stores none)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; raises ValueError for a moment without a zone, which is a fault of the program."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # the signature of SQLAlchemy
        """Return the moment in UTC."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """The base of all tables, with a registry of its own.

    With SQLModel's shared one, Streamlit's hot reload imports this module twice and dies with "table already defined".
    """

    metadata: ClassVar[MetaData]


class Numbered(Base):
    """A table whose rows are numbered in the order in which they are added."""

    id: int | None = Field(default=None, primary_key=True)


def table_of(cls: type[Base]) -> Table:
    """Return the table of a class, for statements on many rows without objects."""
    return Base.metadata.tables[str(cls.__tablename__)]


def moment_column(*, required: bool = True) -> Any:
    """Return a column for a moment, stored in UTC."""
    return Field(sa_type=UtcDateTime, nullable=not required, default=None)


def text_column(*, required: bool = False) -> Any:
    """Return a column for a text of any length."""
    return Field(sa_type=Text, nullable=not required, default=None)


def one_of(column: str, words: type[Word]) -> CheckConstraint:
    """Return the constraint that the column has a word of a closed list, or NULL."""
    values = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({values})", name=column)


def not_before(later: str, earlier: str) -> CheckConstraint:
    """Return the constraint that the later moment is NULL, or the earlier moment is set and not after it."""
    ordered = f"{later} IS NULL OR ({earlier} IS NOT NULL AND {later} >= {earlier})"
    return CheckConstraint(ordered, name=f"{later}_after_{earlier}")
