"""The progress form as it goes out: what a body, a state or one person with several roles owes."""

from collections.abc import Sequence
from dataclasses import replace

from models.core.errors import NotFound
from models.core.text import day, listed
from models.core.vocabulary import Role
from models.figures.explain import status_text
from models.people.context import Context
from models.people.permissions import Action, User, assignment_of, may, require
from models.plan.calendar import day_of
from models.plan.editions import plan_as_known
from models.plan.schema import Plan
from models.progress.steps import STEPS
from models.reporting.cards import Card
from models.reporting.form import Form, FormHead, FormRow
from models.reporting.form_difference import commitment_state, database_mark
from models.reporting.form_text import NO_REPORT, advice, banner, due_told, title_told
from models.reporting.my_updates import MyUpdates, my_updates
from models.store.clock import demonstration_today

REPORTING = (Role.CHAIR, Role.FOCAL_POINT)


def speakers_of(user: User) -> tuple[str, ...]:
    """The bodies and states that the user reports for."""
    return tuple(dict.fromkeys(assignment.scope for assignment in user.roles if assignment.role in REPORTING))


def progress_form(context: Context, speakers: Sequence[str]) -> Form:
    """One row for each commitment that the bodies and states owe, or were sent back.

    Drafts go out only to those who may write them. Raises NotFound where there is nothing to fill in.
    """
    plan = context.plan
    mine = my_updates(replace(context, user=_as_speakers(context.user, speakers, plan)))
    rows = tuple(_row(context, card) for card in mine.cards if _stands_in(card, context.user, plan))
    if not rows:
        raise NotFound(_nothing_owed(mine, speakers))
    head = FormHead(
        database=database_mark(context.session),
        plan=plan.key,
        edition=plan_as_known(context.session, context.now).edition.sha256,
        cycle=mine.cycle.meeting.key if mine.cycle else "",
        speakers=tuple(speakers),
        exported_at=context.now,
    )
    made_up = demonstration_today(context.session) is not None
    above = banner(plan, mine.cycle, speakers, [row.initiative for row in rows], made_up=made_up)
    return Form(head, above, advice(plan, mine.cycle, above, context.now), rows)


def _as_speakers(user: User, speakers: Sequence[str], plan: Plan) -> User:
    for key in speakers:
        if key not in plan.body.keys() | plan.state.keys():
            keys = listed([*plan.body, *plan.state])
            raise NotFound(f"{key} is neither a body nor a member state; use one of {keys}.")
    return User(user.person_id, tuple(assignment_of(key, plan) for key in speakers))


def _stands_in(card: Card, user: User, plan: Plan) -> bool:
    require(user, Action.READ_SUBMITTED, plan=plan, commitment=card.commitment)
    return card.owed or card.returned is not None or may(user, Action.DRAFT, plan=plan, commitment=card.commitment)


def _nothing_owed(mine: MyUpdates, speakers: Sequence[str]) -> str:
    meeting = f" for {mine.cycle.meeting.name}" if mine.cycle else " now"
    remedy = "What is not owed is reported on the page My updates."
    return f"{listed(speakers)} owes no report{meeting}, so that there is no form to fill in. {remedy}"


def _row(context: Context, card: Card) -> FormRow:
    drafts = context.may(Action.DRAFT, card.commitment)
    here, initiative = commitment_state(context.session, card.commitment, drafts=drafts), card.initiative
    about = {
        "key": initiative.key,
        "party": card.party,
        "code": initiative.code,
        "title": title_told(initiative),
        "due": due_told(initiative, card.party),
        "deliverables": "\n".join(f"{one.key} {one.title}, due {day(one.due)}" for one in initiative.deliverables),
        "cleared": _cleared(card, context.plan),
        "said": (card.last_cleared.narrative if card.last_cleared else None) or "",
        "note": card.returned.note if card.returned else "",
        "evidence": "\n".join(one.title or one.document or one.url or "" for one in here.evidence),
    }
    cells = here.cells | {"documents": "", "links": ""}
    return FormRow(initiative, card.party, about, cells, here.newest)


def _cleared(card: Card, plan: Plan) -> str:
    """Ongoing, 50 %, draft circulated (AWGIPC 81); that there is no report, where there is none."""
    last = card.last_cleared
    if last is None or last.status is None:
        return NO_REPORT
    said = status_text(last.status, last.percent)
    step = f", {STEPS[last.percent]}" if last.percent and last.percent in STEPS else ""
    on = day(day_of(last.submitted_at, plan))
    return f"{said[0].upper()}{said[1:]}{step} ({', '.join(filter(None, (last.meeting, on)))})"
