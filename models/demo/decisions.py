"""The made-up decisions of the demonstration's meetings: some closed by the next one, some still open."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.core.vocabulary import DecisionKind
from models.meetings.decisions import Agreed, close_decision, record_decision
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.plan.schema import Plan


@dataclass(frozen=True, slots=True)
class Point:
    """One made-up point: what was agreed, and at which later meeting it was closed with what."""

    agreed: Agreed
    closed_at: str = ""
    evidence: str = ""
    reason: str = ""


POINTS = (
    Point(
        Agreed(
            "AWGIPC-81",
            DecisionKind.ACTION_POINT,
            "Demonstration: collect the comments of all member states on the first outline.",
            ("I13",),
            "PTF",
            "AWGIPC-82",
        ),
        closed_at="AWGIPC-82",
        evidence="Demonstration document, table of comments",
    ),
    Point(
        Agreed(
            "AWGIPC-82",
            DecisionKind.ACTION_POINT,
            "Demonstration: name one contact for awareness work in each office.",
            ("I29", "I30"),
            "AWGIPC",
            "AWGIPC-83",
        ),
    ),
    Point(
        Agreed("AWGIPC-82", DecisionKind.DECISION, "Demonstration: hold one joint training a year."),
        closed_at="AWGIPC-83",
        reason="Demonstration: taken up in the training programme.",
    ),
    Point(
        Agreed(
            "AWGIPC-83",
            DecisionKind.ACTION_POINT,
            "Demonstration: report on the pilot at the next meeting.",
            ("I27",),
            "TISC",
            "AWGIPC-84",
        ),
    ),
)
"""In the order of their meetings: a demonstration's database is empty, so their numbers count from one."""


def keep_decisions(session: Session, plan: Plan, meeting: str, now: datetime) -> None:
    """What the meeting closed of what earlier ones had agreed, then what it agreed itself."""
    for number, point in enumerate(POINTS, start=1):
        if point.closed_at == meeting:
            closed = {"evidence": point.evidence, "reason": point.reason}
            close_decision(Context(session, OPERATOR, plan, now), number, **closed)
    for point in POINTS:
        if point.agreed.meeting == meeting:
            record_decision(Context(session, OPERATOR, plan, now), point.agreed)
