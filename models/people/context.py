"""The argument of every command and restricted query: user, plan, moment and transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self, TypeVar

from sqlmodel import Session

from models.core.errors import NotPermitted
from models.people.permissions import Action, User, may, require
from models.plan.editions import plan_as_known
from models.plan.schema import Commitment, Plan
from models.store.audit import record_act
from models.store.clock import current_moment, wall_clock

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """The context of a command or restricted query; the user is resolved in the same transaction, the moment is UTC."""

    session: Session
    user: User
    plan: Plan
    now: datetime

    @classmethod
    def at(cls, session: Session, user: User, now: datetime | None = None) -> Self:
        """Return the context of a user at a moment; by default now, in a demonstration its fixed today.

        Raises NotFound while no plan is loaded.
        """
        moment = now or current_moment(session)
        return cls(session, user, plan_as_known(session, moment).plan, moment)

    def in_real_time(self) -> Self:
        """The same act at the real time: accounts, links and sessions live by it in a demonstration, too."""
        return replace(self, now=wall_clock())

    @property
    def author(self) -> int:
        """The key of the user; raises NotPermitted for the public and the command line, which have none."""
        if self.user.person_id is None:
            raise NotPermitted("Sign in first: every entry needs an author.")
        return self.user.person_id

    def may(self, action: Action, commitment: Commitment | None = None) -> bool:
        """Whether the user has the permission, for the commitment if one is given."""
        return may(self.user, action, plan=self.plan, commitment=commitment)

    def require(self, action: Action, commitment: Commitment | None = None) -> None:
        """Raise NotPermitted, with what to do, unless the user has the permission."""
        require(self.user, action, plan=self.plan, commitment=commitment)

    def record(
        self,
        action: str,
        subject: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        reason: str | None = None,
    ) -> None:
        """Add an audit event for what the user did."""
        record_act(
            self.session,
            action=action,
            subject=subject,
            now=self.now,
            person_id=self.user.person_id,
            before=before,
            after=after,
            reason=reason,
        )


Command = Callable[[Context], T]
"""A command with its arguments; the caller gives the context."""
