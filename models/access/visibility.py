"""What a user may see: signed-in users what is cleared today, visitors what the setting allows."""

from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlmodel import Session, col

from models.access.view_choice import Visibility
from models.core.vocabulary import VisitorsSee
from models.meetings.snapshots import list_snapshots, noted_views, reported_views
from models.people.context import Context
from models.people.permissions import Action, User
from models.people.visibility_rules import Detail, Display, display_of, shows
from models.plan.cache_key import Stamp, plan_and_today
from models.plan.schema import Plan
from models.store.tables import Setting

VISITORS_SEE = "visitors_see"
"""The setting's key."""


def visitors_see(session: Session) -> VisitorsSee:
    """Up to when visitors see what was reported; unless set otherwise, what was noted."""
    setting = session.execute(select(col(Setting.value)).where(col(Setting.key) == VISITORS_SEE)).scalar()
    return VisitorsSee(setting) if setting else VisitorsSee.NOTED


def let_visitors_see(context: Context, see: VisitorsSee) -> None:
    """Set it; felt by every visitor at the next page."""
    context.require(Action.MANAGE_CYCLES)
    before, after = {VISITORS_SEE: visitors_see(context.session).value}, {VISITORS_SEE: see.value}
    context.session.merge(Setting(key=VISITORS_SEE, value=see.value))
    context.record("visitors see", context.plan.key, before=before, after=after)


# Kept for all visitors at once; for the signed-in too, since a role that ends makes another user.
@lru_cache(maxsize=64)
def visibility_at(stamp: Stamp, user: User, today: date) -> Visibility:
    """What the user may see, cached for each version of the data."""
    plan, _ = plan_and_today(stamp)
    with stamp.reading() as session:
        return visibility_of(session, user, plan, today)


def visibility_of(session: Session, user: User, plan: Plan, today: date) -> Visibility:
    """What the user may ask the log."""
    snapshots, see = list_snapshots(session), visitors_see(session)
    if display_of(user) is not Display.PUBLIC or see is VisitorsSee.LATEST:
        submitted = shows(display_of(user), Detail.NOT_CLEARED)
        return Visibility(reported_views(snapshots, plan, today), latest=True, submitted=submitted)
    meetings = noted_views(snapshots) if see is VisitorsSee.NOTED else {}
    return Visibility(meetings, latest=False, submitted=False)
