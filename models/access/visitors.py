"""Up to when visitors, who are not signed in, see what was reported."""

from models.access.visibility import VISITORS_SEE, visitors_see
from models.core.vocabulary import VisitorsSee
from models.people.context import Context
from models.people.permissions import Action
from models.store.tables import Setting


def let_visitors_see(context: Context, see: VisitorsSee) -> None:
    """Set it; felt by every visitor at the next page."""
    context.require(Action.MANAGE_CYCLES)
    before, after = {VISITORS_SEE: visitors_see(context.session).value}, {VISITORS_SEE: see.value}
    context.session.merge(Setting(key=VISITORS_SEE, value=see.value))
    context.record("visitors see", context.plan.key, before=before, after=after)
