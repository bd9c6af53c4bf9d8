"""Everything on an initiative in a view: the plan's text, its standing, and the statements on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.figures.assess import assessment
from models.figures.early_cycle import EarlyCycle
from models.figures.standing import InitiativeStanding
from models.people.permissions import User
from models.people.visibility_rules import Display, display_of
from models.plan.calendar import day_of, next_meeting
from models.plan.schema import Initiative, Plan
from models.plan.schema_parts import Meeting
from models.progress.latest import View
from models.progress.scope import Exclusion
from models.progress.views import History, history


@dataclass(frozen=True)
class Dossier:
    """An initiative with the details that the display may have.

    `standing` is None while it is not in scope; `excluded` says why of each party that is not counted while it is in
    force. `early` is as in `Assessment`.
    """

    plan: Plan
    as_of: date
    initiative: Initiative
    standing: InitiativeStanding | None
    excluded: Mapping[str, Exclusion]
    early: EarlyCycle | None
    history: History
    next_meeting: Meeting | None
    display: Display

    def day(self, moment: datetime) -> date:
        """Return the day of a moment in the plan's time zone."""
        return day_of(moment, self.plan)


def dossier(session: Session, view: View, key: str, *, user: User) -> Dossier | None:
    """Return the initiative in the edition that the view knows, None if it has no such key."""
    now = assessment(session, view)
    initiative = now.plan.initiative.get(key)
    if initiative is None:
        return None
    return Dossier(
        plan=now.plan,
        as_of=view.as_of,
        initiative=initiative,
        standing=now.by_key.get(key),
        excluded={party: why for (out, party), why in now.excluded.items() if out == key},
        early=now.early,
        history=history(session, now.plan, initiative, view, user=user),
        next_meeting=next_meeting(now.plan, view.as_of),
        display=display_of(user),
    )
