"""The columns of a statement in the log and in drafts: one for each field of models/progress/statement.py."""

from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from models.core.vocabulary import ObstacleKind, Request, Status
from models.store.base import Base, one_of


class StatementColumns(Base):
    """The content of a statement; deliverables done are a JSON list of keys, percent is 0 to 100."""

    status: str | None = None
    percent: int | None = None
    deliverables_done: str | None = Field(default=None, sa_type=Text)
    narrative: str | None = Field(default=None, sa_type=Text)
    obstacles: str | None = Field(default=None, sa_type=Text)
    obstacle_kind: str | None = None
    next_step: str | None = Field(default=None, sa_type=Text)
    support_needed: str | None = Field(default=None, sa_type=Text)
    proposed_due: date | None = None
    requested: str | None = None
    request_reason: str | None = Field(default=None, sa_type=Text)


def closed_lists() -> tuple[CheckConstraint, ...]:
    """Return the constraints of the closed lists; new ones at each call, because each table owns its constraints."""
    return one_of("status", Status), one_of("obstacle_kind", ObstacleKind), one_of("requested", Request)
