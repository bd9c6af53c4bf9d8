"""The progress form as it goes out: what a body, a state or one person with several roles owes."""

from collections.abc import Sequence
from dataclasses import replace

from models.core.errors import NotFound
from models.core.text import counted, day, listed, moment
from models.core.vocabulary import Role, Wording
from models.figures.explain import status_text
from models.people.context import Context
from models.people.permissions import Action, RoleAssignment, User, commitments_of, may
from models.plan.calendar import day_of, day_window
from models.plan.editions import plan_as_known
from models.plan.schema import Commitment, Plan
from models.progress.statement import STEPS
from models.reporting.cards import Card
from models.reporting.form import CHOICES, FIELDS, FORMAT, NOTHING, Form, FormRow
from models.reporting.form_take import commitment_state, database_mark
from models.reporting.my_updates import MyUpdates, my_updates, role_of
from models.store.clock import demonstration_today

REPORTING = (Role.CHAIR, Role.FOCAL_POINT)
NO_REPORT = "No report yet"
"""Not a status, and not the same as 0 %."""


def speakers_of(user: User) -> tuple[str, ...]:
    """The bodies and states that the user reports for."""
    return tuple(dict.fromkeys(assignment.scope for assignment in user.roles if assignment.role in REPORTING))


def progress_form(context: Context, speakers: Sequence[str]) -> Form:
    """One row for each commitment that the bodies and states owe, or were sent back.

    Drafts go out only to those who may write them. Raises NotPermitted for a body or state whose reports the user may
    not read, whatever it owes, and NotFound where there is nothing to fill in.
    """
    plan = context.plan
    as_speakers = User(context.user.person_id, tuple(role_of(key, plan) for key in speakers))
    for assignment in as_speakers.roles:
        _require_reading(context, assignment)
    mine = my_updates(replace(context, user=as_speakers))
    cards = [card for card in mine.cards if _is_on_form(card, context.user, plan)]
    meeting = f" for {mine.cycle.meeting.name}" if mine.cycle else ""
    if not cards:
        raise NotFound(
            f"{listed(speakers)} owes no report{meeting or ' now'}, so that there is no form to fill in."
            " What is not owed is reported on the page My updates."
        )
    return Form(
        facts={
            "format": FORMAT,
            "database": database_mark(context.session),
            "plan": plan.key,
            "edition": plan_as_known(context.session, context.now).edition.sha256,
            "cycle": mine.cycle.meeting.key if mine.cycle else "",
            "for": "; ".join(speakers),
            "exported at": context.now.isoformat(),
        },
        rows=tuple(_row(context, card) for card in cards),
        advice=(_banner(context, mine, speakers, cards), *_advice(context, mine)),
        window=day_window(plan.period),
    )


def _require_reading(context: Context, assignment: RoleAssignment) -> None:
    """Checked before what a body or state owes: that it owes nothing is for those who may read its reports."""
    if assignment not in context.user.roles:
        commitments: list[Commitment | None] = [*commitments_of(assignment, context.plan)]
        for commitment in commitments or [None]:
            context.require(Action.READ_SUBMITTED, commitment)


def _is_on_form(card: Card, user: User, plan: Plan) -> bool:
    return card.owed or card.returned is not None or may(user, Action.DRAFT, plan=plan, commitment=card.commitment)


def _row(context: Context, card: Card) -> FormRow:
    drafts = context.may(Action.DRAFT, card.commitment)
    state, initiative = commitment_state(context, card.commitment, drafts=drafts), card.initiative
    # In words: a cell loses every mark.
    wording = "" if initiative.wording is Wording.OFFICIAL else f" ({initiative.wording.label})"
    cells = {
        "key": initiative.key,
        "party": card.party,
        "code": initiative.code,
        "title": f"{initiative.title}{wording}",
        "due": day(initiative.due_for(card.party)) + (" (assumed)" if initiative.due_is_assumed else ""),
        "deliverables": "\n".join(f"{item.key} {item.title}, due {day(item.due)}" for item in initiative.deliverables),
        "cleared": _cleared(card, context.plan),
        "said": (card.last_cleared.narrative if card.last_cleared else None) or "",
        "note": card.returned.note if card.returned else "",
        "evidence": "\n".join(item.name for item in state.evidence),
    }
    return FormRow(card.commitment, {**cells, **state.cells, "documents": "", "links": ""}, state.newest)


def _cleared(card: Card, plan: Plan) -> str:
    """Ongoing, 50 %, draft circulated (AWGIPC 81); that there is no report, where there is none."""
    last = card.last_cleared
    if last is None or last.status is None:
        return NO_REPORT
    status = status_text(last.status, last.percent)
    step = f", {STEPS[last.percent]}" if last.percent and last.percent in STEPS else ""
    submitted = day(day_of(last.submitted_at, plan))
    return f"{status[0].upper()}{status[1:]}{step} ({', '.join(filter(None, (last.meeting, submitted)))})"


def _banner(context: Context, mine: MyUpdates, speakers: Sequence[str], cards: Sequence[Card]) -> str:
    """Which form it is: whose, for which meeting, due when, and whose words its titles are."""
    plan, cycle = context.plan, mine.cycle
    names = listed([plan.state[key].name if key in plan.state else key for key in speakers])
    meeting = f" for {cycle.meeting.name}; reports are due {day(cycle.due)}" if cycle else ""
    wordings = list({card.initiative.key: card.initiative.wording for card in cards}.values())
    working = wordings.count(Wording.WORKING)
    many = "is a working title" if working == 1 else "are working titles"
    titles = f" {working} of {counted(len(wordings), 'title')} {many}." if working else ""
    made_up = demonstration_today(context.session) is not None
    demonstration = " Demonstration: everything reported here is made up." if made_up else ""
    return f"{plan.short_title}, progress form of {names}{meeting}.{titles}{demonstration}"


def _advice(context: Context, mine: MyUpdates) -> tuple[str, ...]:
    nil = f" “{NOTHING}” alone in a line is a nil report." if mine.cycle else ""
    exported = moment(context.now, context.plan.settings.time_zone)
    return (
        "Fill in the white cells of the sheet Progress. The grey ones tell what was said before and are not read back;"
        " what is written elsewhere is listed when you upload the file, and is not taken.",
        "A line that you leave as it is changes nothing." + nil,
        f"Choose from the lists under {listed([FIELDS[name].label for name in CHOICES])}. A step goes with Ongoing and"
        " Suspended only.",
        "Completed needs evidence: name a document with its paragraph, or give a link. Files are added on the page"
        " My updates.",
        f"“{NO_REPORT}” is not a status: it is neither 0 % nor “Not started” nor “Not applicable”.",
        "Keep the names of the columns, Key and Party as they are; you may sort and move the lines. Write values and no"
        " formulas. A line with a cell that cannot be read is refused; the other lines are taken.",
        "Then upload the file on the page My updates, or send it to the secretariat. Each difference is shown before"
        " anything is taken; what is taken becomes your drafts, and nothing is submitted until you submit it.",
        f"Exported {exported} from edition {context.plan.version} of the plan.",
    )
