"""Tables of roles and sign-in. Tokens are stored as hashes only."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from models.core.vocabulary import Role
from models.store.base import Numbered, moment_column, one_of


class RoleGrant(Numbered, table=True):
    """A role of a person, when it was given and ended, and by whom. Never removed."""

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(None, "person_id"),
        one_of("role", Role),
        CheckConstraint("(role IN ('chair', 'focal_point')) = (scope <> '')", name="scope_where_the_role_has_one"),
    )

    person_id: int = Field(foreign_key="person.id")
    role: str
    scope: str = ""
    granted_at: datetime = moment_column()
    granted_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = moment_column(required=False)
    ended_by: int | None = Field(default=None, foreign_key="person.id")


class TokenRow(Numbered):
    """A token of a person, as its hash, until it expires."""

    person_id: int = Field(foreign_key="person.id")
    token_hash: str = Field(unique=True, max_length=64)
    made_at: datetime = moment_column()
    expires_at: datetime = moment_column()


class SignInLink(TokenRow, table=True):
    """A link that signs a person in, once, until it expires."""

    __tablename__ = "sign_in_link"

    used_at: datetime | None = moment_column(required=False)


class WebSession(TokenRow, table=True):
    """A session of a person in a browser, until it expires or is ended."""

    __tablename__ = "web_session"
    __table_args__ = (Index(None, "person_id"),)

    ended_at: datetime | None = moment_column(required=False)


class SignInAttempt(Numbered, table=True):
    """An attempt to sign in or to request a link, counted for the limit of its source."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "source", "at"),)

    source: str
    at: datetime = moment_column()
