"""What a user may see: signed-in users what is cleared today, visitors what the setting allows."""

from functools import lru_cache

from sqlalchemy import select
from sqlmodel import Session, col

from models.access.view_choice import Visibility
from models.core.vocabulary import VisitorsSee
from models.meetings.snapshots import list_snapshots, noted
from models.people.context import Context
from models.people.permissions import Action, User
from models.people.visibility_rules import Detail, Display, display_of, shows
from models.plan.cache_key import Stamp
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
def visibility_at(stamp: Stamp, user: User) -> Visibility:
    """What the user may see, cached for each version of the data."""
    with stamp.reading() as session:
        return visibility_of(session, user)


def visibility_of(session: Session, user: User) -> Visibility:
    """What the user may ask the log."""
    snapshots, see = list_snapshots(session), visitors_see(session)
    display = display_of(user)
    if display is not Display.PUBLIC:
        return Visibility(snapshots, submitted=shows(display, Detail.NOT_CLEARED))
    shown = () if see is VisitorsSee.NOTHING else noted(snapshots)
    return Visibility(shown, latest=see is VisitorsSee.LATEST, submitted=False, noted_only=True)
