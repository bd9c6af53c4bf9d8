"""The handover pack: what a new chair, champion or focal point takes over, in one short document."""

from models.core.text import counted, day
from models.core.vocabulary import Wording
from models.meetings.handover import Handover
from models.people.visibility_rules import Display
from models.plan.schema import Plan
from reports.handover import pending, standing
from reports.meeting.describe import DEMONSTRATION
from reports.parts.naming import party_name
from reports.report import Head, Items, Report, Section


def describe_handover(of: Handover, address: str) -> Report:
    """The pack; `address` is where the product is opened.

    Its sections have keys of their own: a template of the meeting report has a place for none, so their order stays.
    """
    return Report(
        head=_head(of),
        sections=(
            standing.own(of, address),
            standing.said(of, address),
            standing.due_next(of, address),
            pending.decisions(of),
            pending.evidence(of, address),
            pending.proposals(of, address),
            _how(address),
        ),
        foot=_foot(of),
        records=(),
        made_at=of.known_at,
        display=Display.MEETING,
        demonstration=DEMONSTRATION if of.is_made_up else "",
    )


def speaker_named(plan: Plan, speaker: str) -> str:
    """Chair of TMTF; focal point of Thailand."""
    return f"Focal point of {party_name(plan, speaker)}" if speaker in plan.state else f"Chair of {speaker}"


def _head(of: Handover) -> Head:
    scope, plan = of.hat.scope, of.plan
    told = plan.state[scope].formal_name if scope in plan.state else plan.body[scope].name
    return Head(
        meeting=plan.title,
        place_and_dates=f"As of {day(of.today)}",
        agenda_item="",
        document_number="",
        classification="For whoever takes over, not for publication",
        state="",
        title=f"Handover pack: {speaker_named(plan, scope)}",
        subtitle=told,
    )


def _foot(of: Handover) -> str:
    working = len({one.initiative.key for one in of.standings if one.initiative.wording is Wording.WORKING})
    titles = f" {counted(working, 'title')} {'is a working title' if working == 1 else 'are working titles'}."
    basis = f"Cleared statements as of {day(of.today)}, edition {of.edition.version}."
    return f"{basis}{titles if working else ''} Words are shortened; each row opens the whole."


def _how(address: str) -> Section:
    """What somebody who has never reported presses, in this order."""
    steps = (
        f"Open {address}/my-updates. To sign in, ask for a link at {address}/sign-in; it goes to your own address, so"
        " the secretariat adds you first.",
        "Open a card, choose status and step, say what was done and what comes next, and attach evidence. Each field is"
        " saved as you leave it, and a draft of your predecessor is yours now.",
        "Where nothing moved, press “No change on the other ...”: it answers for all that you left untouched.",
        "Press “See differences and submit”, read what differs from what was said last, and submit.",
        "The secretariat clears it, or returns it with a note on top of your list. What is cleared counts.",
    )
    return Section("handover_how", "How to report", (Items("In five steps:", steps, lettered=True),))
