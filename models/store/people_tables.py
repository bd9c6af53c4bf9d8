"""Tables of people's roles and of how they sign in. Tokens are kept as hashes only."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from models.core.vocabulary import Role
from models.store.base import Base, moment_column, one_of


class RoleGrant(Base, table=True):
    """A role somebody holds, from when to when, and who gave and ended it. Never removed."""

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(None, "person_id"),
        one_of("role", Role),
        CheckConstraint("(role IN ('chair', 'focal_point')) = (scope <> '')", name="scope_where_the_role_has_one"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    role: str
    scope: str = ""
    granted_at: datetime = moment_column()
    granted_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = moment_column(required=False)
    ended_by: int | None = Field(default=None, foreign_key="person.id")


class SignInLink(Base, table=True):
    """A link that signs one person in, once, until it expires."""

    __tablename__ = "sign_in_link"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    token_hash: str = Field(unique=True, max_length=64)
    made_at: datetime = moment_column()
    expires_at: datetime = moment_column()
    used_at: datetime | None = moment_column(required=False)


class WebSession(Base, table=True):
    """A browser in which somebody is signed in, until it expires or is ended."""

    __tablename__ = "web_session"
    __table_args__ = (Index(None, "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    token_hash: str = Field(unique=True, max_length=64)
    made_at: datetime = moment_column()
    expires_at: datetime = moment_column()
    ended_at: datetime | None = moment_column(required=False)


class SignInAttempt(Base, table=True):
    """One try to sign in or to be sent a link, counted against too many from one place."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "source", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    source: str
    at: datetime = moment_column()
