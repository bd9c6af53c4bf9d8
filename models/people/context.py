"""What every command and every restricted query is given: who acts, under which plan, when, in which transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self, TypeVar

from sqlmodel import Session

from models.core.errors import NotPermitted
from models.people.permissions import Action, Reader, may, require
from models.plan.editions import plan_as_known
from models.plan.schema import Commitment, Plan
from models.store.audit import record_act
from models.store.clock import current_moment, wall_clock

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """One act or one restricted read: the transaction, the user as resolved in it, the plan in force, the moment."""

    session: Session
    user: Reader
    plan: Plan
    now: datetime

    @classmethod
    def at(cls, session: Session, user: Reader, now: datetime | None = None) -> Self:
        """The context of a user at a moment, or at the present one: in a demonstration that is its own today."""
        moment = now or current_moment(session)
        return cls(session, user, plan_as_known(session, moment).plan, moment)

    def in_real_time(self) -> Self:
        """The same act at the real time: accounts, links and sessions live by it in a demonstration, too."""
        return replace(self, now=wall_clock())

    @property
    def author(self) -> int:
        """The key of the person who acts; raises NotPermitted for the public and the command line, who are nobody."""
        if self.user.person_id is None:
            raise NotPermitted("Sign in first: what is written needs an author.")
        return self.user.person_id

    def may(self, action: Action, commitment: Commitment | None = None) -> bool:
        """Whether the user may do it, on the commitment where it is about one."""
        return may(self.user, action, plan=self.plan, commitment=commitment)

    def require(self, action: Action, commitment: Commitment | None = None) -> None:
        """Raise NotPermitted, in words that say what to do, unless the user may."""
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
        """Add the audit event of what the user just did."""
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
"""One act, with what it needs to know already in it; whoever runs it gives the context."""
