"""Up to when visitors, who are not signed in, see what was reported."""

from datetime import datetime

from sqlmodel import Session

from models.access.sight import VISITORS_SEE, visitors_see
from models.core.vocabulary import VisitorsSee
from models.people.permissions import Action, Reader, require
from models.plan.schema import Plan
from models.store.audit import record_act
from models.store.tables import Setting


def let_visitors_see(session: Session, see: VisitorsSee, *, by: Reader, plan: Plan, now: datetime) -> None:
    """Set it; felt by every visitor at the next page."""
    require(by, Action.MANAGE_CYCLES, plan=plan)
    before, after = {VISITORS_SEE: visitors_see(session).value}, {VISITORS_SEE: see.value}
    session.merge(Setting(key=VISITORS_SEE, value=see.value))
    record_act(
        session, action="visitors see", subject=plan.key, now=now, person_id=by.person_id, before=before, after=after
    )
