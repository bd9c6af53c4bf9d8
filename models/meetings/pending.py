"""What still hangs on a statement: what its party asks the meeting for, and evidence that is owed."""

from datetime import date

from models.core.vocabulary import Status
from models.meetings.snapshot_parts import Told
from models.plan.schema import Plan

FAR = 75
"""From this percentage on a commitment is close enough to completed that its evidence should be at hand."""


def moved_due(told: Told, plan: Plan) -> date | None:
    """The due date the party proposes, as long as the edition has another one."""
    initiative = plan.initiative.get(told.initiative)
    if initiative is None or told.proposed_due == initiative.due_for(told.party):
        return None
    return told.proposed_due


def is_pending(told: Told, plan: Plan) -> bool:
    """Whether the meeting still has something to decide about it."""
    return told.initiative in plan.initiative and (told.requested is not None or moved_due(told, plan) is not None)


def owes_evidence(told: Told) -> bool:
    """Whether it is completed, or far on, and rests on nothing: completing a commitment needs evidence."""
    far = told.status is Status.ONGOING and (told.percent or 0) >= FAR
    return (far or told.status is Status.COMPLETED) and not told.evidence
