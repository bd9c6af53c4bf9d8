"""The columns of a statement, in the log and in drafts: the fields of models/progress/statement.py."""

from datetime import date

from sqlalchemy import CheckConstraint

from models.core.vocabulary import ObstacleKind, Request, Status
from models.store.base import Base, one_of, text_column


class StatementColumns(Base):
    """The content of a statement; deliverables done are a JSON list of keys, percent is 0 to 100."""

    status: str | None = None
    percent: int | None = None
    deliverables_done: str | None = text_column()
    narrative: str | None = text_column()
    obstacles: str | None = text_column()
    obstacle_kind: str | None = None
    next_step: str | None = text_column()
    support_needed: str | None = text_column()
    proposed_due: date | None = None
    requested: str | None = None
    request_reason: str | None = text_column()


def closed_lists() -> tuple[CheckConstraint, ...]:
    """Return the constraints of the closed lists; new ones at each call, because each table owns its constraints."""
    return one_of("status", Status), one_of("obstacle_kind", ObstacleKind), one_of("requested", Request)
