"""The made-up content of the demonstration: amendments of the plan, decisions of its meetings, sentences of its log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.core.text import PublicText, RestrictedText
from models.core.vocabulary import DecisionKind
from models.meetings.decisions import NOTHING, Agreed, close_decision, record_decision
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.plan.schema import Initiative, Plan


@dataclass(frozen=True, slots=True)
class Amendment:
    """One made-up edition: its version, when and why it was loaded, and the due dates it gives."""

    version: str
    loaded_on: date
    decided_at: str
    reason: PublicText
    due: Mapping[str, date]


AMENDMENTS = (
    Amendment(
        version="1.1",
        loaded_on=date(2026, 11, 20),
        decided_at="AWGIPC-80",
        reason=PublicText("Demonstration: first due dates agreed"),
        due={
            "I10": date(2027, 6, 30),
            "I13": date(2027, 6, 30),
            "I17": date(2027, 10, 31),
            "I23": date(2027, 9, 30),
            "I29": date(2027, 3, 31),
            "I32": date(2027, 6, 30),
            "I35": date(2027, 10, 31),
            "I38": date(2027, 9, 30),
        },
    ),
    Amendment(
        version="1.2",
        loaded_on=date(2027, 7, 23),
        decided_at="AWGIPC-82",
        reason=PublicText("Demonstration: more time for consultation among the member states"),
        due={"I17": date(2028, 6, 30), "I38": date(2028, 3, 31)},
    ),
)


def amended(plan: Plan, amendment: Amendment) -> Plan:
    """The plan with the dates an amendment gives, which are no longer assumed."""
    initiatives = tuple(_with_due(initiative, amendment.due.get(initiative.key)) for initiative in plan.initiatives)
    return plan.model_copy(update={"version": amendment.version, "initiatives": initiatives})


def _with_due(initiative: Initiative, due: date | None) -> Initiative:
    if due is None:
        return initiative
    assumed = tuple(field for field in initiative.assumed if field != "due")
    return initiative.model_copy(update={"due": due, "assumed": assumed})


@dataclass(frozen=True, slots=True)
class MadeUpDecision:
    """One made-up decision or action point: what was agreed, and at which later meeting it was closed with what."""

    agreed: Agreed
    closed_at: str = ""
    evidence: RestrictedText = NOTHING
    reason: RestrictedText = NOTHING


MADE_UP_DECISIONS = (
    MadeUpDecision(
        Agreed(
            "AWGIPC-81",
            DecisionKind.ACTION_POINT,
            RestrictedText("Demonstration: collect the comments of all member states on the first outline."),
            ("I13",),
            "PTF",
            "AWGIPC-82",
        ),
        closed_at="AWGIPC-82",
        evidence=RestrictedText("Demonstration document, table of comments"),
    ),
    MadeUpDecision(
        Agreed(
            "AWGIPC-82",
            DecisionKind.ACTION_POINT,
            RestrictedText("Demonstration: name one contact for awareness work in each office."),
            ("I29", "I30"),
            "AWGIPC",
            "AWGIPC-83",
        ),
    ),
    MadeUpDecision(
        Agreed("AWGIPC-82", DecisionKind.DECISION, RestrictedText("Demonstration: hold one joint training a year.")),
        closed_at="AWGIPC-83",
        reason=RestrictedText("Demonstration: taken up in the training programme."),
    ),
    MadeUpDecision(
        Agreed(
            "AWGIPC-83",
            DecisionKind.ACTION_POINT,
            RestrictedText("Demonstration: report on the pilot at the next meeting."),
            ("I27",),
            "TISC",
            "AWGIPC-84",
        ),
    ),
)
"""In the order of their meetings: a demonstration's database is empty, so their numbers count from one."""


def keep_decisions(session: Session, plan: Plan, meeting: str, now: datetime) -> None:
    """What the meeting closed of what earlier ones had agreed, then what it agreed itself."""
    for number, made_up in enumerate(MADE_UP_DECISIONS, start=1):
        if made_up.closed_at == meeting:
            closed = {"evidence": made_up.evidence, "reason": made_up.reason}
            close_decision(Context(session, OPERATOR, plan, now), number, **closed)
    for made_up in MADE_UP_DECISIONS:
        if made_up.agreed.meeting == meeting:
            record_decision(Context(session, OPERATOR, plan, now), made_up.agreed)


STEPS: Mapping[int, str] = {
    0: "No work has begun.",
    10: "The work plan was agreed.",
    25: "Drafting began; a first outline exists.",
    50: "A draft was circulated for comments.",
    75: "The text was agreed in substance.",
    90: "Adopted; the roll-out is under way.",
    100: "Finished: the result was adopted and published.",
}
"""What is reported at each step of progress, in percent."""

SAID = (
    "Two offices sent comments.",
    "A workshop was held online.",
    "Comments are being worked in.",
    "A partner office offered trainers.",
    "Translation is being prepared.",
    "",
)

NEXT_STEPS = (
    "Collect comments from the member states",
    "Present the draft at the next meeting",
    "Hold a workshop with the IP offices",
    "Publish and inform users",
)

OBSTACLES = {
    "law": "A law must be amended first.",
    "staff": "Few staff are free for this.",
    "money": "The workshop is not yet financed.",
    "systems": "Systems of the offices are not yet connected.",
    "coordination": "Some comments came late.",
}
