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


def describe_handover(pack: Handover, address: str) -> Report:
    """Return the pack; its links begin with `address`, the URL of the dashboard.

    A template of the meeting report has no place for the keys of its sections, so their order is fixed.
    """
    return Report(
        head=_head(pack),
        sections=(
            standing.own_commitments(pack, address),
            standing.statements(pack, address),
            standing.due_next(pack, address),
            pending.decisions(pack),
            pending.evidence(pack, address),
            pending.proposals(pack, address),
            _how(address),
        ),
        foot=_foot(pack),
        records=(),
        made_at=pack.known_at,
        display=Display.MEETING,
        demonstration=DEMONSTRATION if pack.is_made_up else "",
    )


def speaker_named(plan: Plan, speaker: str) -> str:
    """Return "Chair of TMTF" or "Focal point of Thailand"."""
    return f"Focal point of {party_name(plan, speaker)}" if speaker in plan.state else f"Chair of {speaker}"


def _head(pack: Handover) -> Head:
    scope, plan = pack.assignment.scope, pack.plan
    if scope in plan.state:
        name, role = plan.state[scope].formal_name, "focal point"
    else:
        name, role = plan.body[scope].name, "chair"
    return Head(
        meeting=plan.title,
        place_and_dates=f"As of {day(pack.today)}",
        agenda_item="",
        document_number="",
        classification=f"For the incoming {role}; not for publication",
        state="",
        title=f"Handover pack: {speaker_named(plan, scope)}",
        subtitle=name,
    )


def _foot(pack: Handover) -> str:
    initiatives = {standing.initiative.key: standing.initiative for standing in pack.standings}.values()
    working = sum(initiative.wording is Wording.WORKING for initiative in initiatives)
    titles = f" {counted(working, 'title')} {'is a working title' if working == 1 else 'are working titles'}."
    basis = f"Cleared statements as of {day(pack.today)}, edition {pack.edition.version}."
    return f"{basis}{titles if working else ''} Long statements are shortened; the dashboard has the full text."


def _how(address: str) -> Section:
    """The steps of a first report."""
    steps = (
        f"Open {address}/my-updates. To sign in, request a link at {address}/sign-in; it is sent to your own e-mail"
        " address, so the secretariat must first add you.",
        "Open a card, select status and step, describe what was done and what comes next, and attach evidence. Each"
        " field is saved when you leave it. Drafts of your predecessor are now yours.",
        "Where nothing has changed, press “No change on the other ...”: it reports no change on all remaining ones.",
        "Press “See differences and submit”, check the differences from the last statements, and submit.",
        "The secretariat clears each statement, or returns it with a note at the top of your list. Only cleared ones"
        " are counted.",
    )
    return Section("handover_how", "How to report", (Items("In five steps:", steps, lettered=True),))
