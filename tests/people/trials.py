"""What everybody is tried at: for each action of the table of permissions, every service that asks for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from models.access.evidence import evidence_file
from models.access.visibility import let_visitors_see
from models.admin.audit_trail import AuditFilter, audit_choices, audit_trail
from models.amendments.adoption_workbook import write_adoption
from models.amendments.proposals import Filled, amend_plan, propose_adoption, propose_amendment
from models.core.errors import NotPermitted, PlanError
from models.core.settings import ServerSettings
from models.core.text import RestrictedText, public_text
from models.core.vocabulary import DecisionKind, Role, VisitorsSee
from models.meetings.cycles import change_days, circulate, note, open_cycle, reopen
from models.meetings.decisions import Agreed, close_decision, record_decision
from models.meetings.handover import handover
from models.meetings.questions import questions_for
from models.meetings.snapshot import Paper
from models.people.accounts import (
    OPERATOR,
    add_people,
    add_role,
    change_person,
    end_role,
    remove_person,
    sign_out_everywhere,
)
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.directory import list_people
from models.people.permissions import Action, RoleAssignment
from models.people.sign_in import make_link
from models.plan.canonical import digest
from models.plan.schema import Commitment
from models.plan.workbook import plan_workbook
from models.progress.clearing import clear, clear_many, return_to_author, withdraw
from models.progress.drafts import (
    add_evidence,
    attach_file,
    discard,
    remove_evidence,
    report_nothing,
    save_field,
    set_public,
)
from models.progress.on_behalf import Received, record_on_behalf
from models.progress.submit import submit_drafts
from models.reporting.reminders import outstanding_reports, reminder_files
from models.reporting.review_queue import latest_view, review
from tests.kit.reporters import MEETING, reporting_plan

PLAN = reporting_plan()
OBSERVER = RoleAssignment(Role.OBSERVER)
NEW = NewPerson("new@example.org", (OBSERVER,))
PDF = b"%PDF-1.7 minutes"


@dataclass(frozen=True)
class Ground:
    """What the trials on one commitment are about, by its key in the database; `other` is somebody else."""

    commitment: Commitment
    waiting: int
    cleared: int
    draft_item: int
    statement_item: int
    other: int
    own: int = 0
    """A statement of whoever is tried, submitted and waiting."""


Try = Callable[[Context, Ground], object]


@dataclass(frozen=True)
class Trials:
    """The services of one action: what each is given besides session and user, and what is to be seen of it."""

    of_commitment: tuple[Try, ...] = ()
    of_all: tuple[Try, ...] = ()
    """Those that are about no commitment, which a permission for some does not open."""


def _drafting(act: Callable[..., Any], *given: Any, **named: Any) -> Try:
    return lambda context, ground: act(context, ground.commitment, *given, **named)


def _on_row(act: Callable[..., Any], row: str, **named: Any) -> Try:
    return lambda context, ground: act(context, getattr(ground, row), **named)


def _on_person(act: Callable[..., Any], *given: Any, **named: Any) -> Try:
    return lambda context, ground: act(context, ground.other, *given, **named)


def _at_large(act: Callable[..., Any], *given: Any, **named: Any) -> Try:
    return lambda context, _: act(context, *given, **named)


def _on_item(act: Callable[..., Any], **named: Any) -> Try:
    return lambda context, ground: act(context, ground.commitment, ground.draft_item, **named)


def _drafts(act: Callable[..., Any]) -> Try:
    return lambda context, ground: act(context, [ground.commitment])


def _mark_no_change(context: Context, ground: Ground) -> None:
    """Of a commitment without a draft: that of the ground is discarded first, by whoever may."""
    discard(context, ground.commitment)
    report_nothing(context, [ground.commitment])


def _record(context: Context, ground: Ground) -> object:
    key, party = ground.commitment
    speaker = party if party in context.plan.state else context.plan.initiative[key].lead
    received = Received(speaker, ground.commitment, {}, context.now.date(), "E-mail of today")
    return record_on_behalf(context, received)


def _read_file(context: Context, ground: Ground) -> object:
    file = evidence_file(context, ground.statement_item)
    if file is None:
        raise NotPermitted("There is no such file, or one may not read it.")
    return file


def _ask(context: Context, _: Ground) -> object:
    return questions_for(context, latest_view(context.plan, context.now)) or "no question"


def _amend(context: Context, _: Ground) -> object:
    amended = context.plan.model_copy(update={"title": f"{context.plan.title}, amended"})
    filled = Filled("plan.xlsx", plan_workbook(amended, "plan.xlsx"), reason="Decided.")
    return amend_plan(context, filled, against=digest(context.plan))


def _propose(context: Context, _: Ground) -> object:
    filled = Filled("plan.xlsx", plan_workbook(context.plan, "plan.xlsx"))
    return propose_amendment(context, filled)


def _propose_adoption(context: Context, _: Ground) -> object:
    """Whoever may is told that nothing is filled in yet."""
    filled = Filled("official.xlsx", write_adoption(context.plan))
    with pytest.raises(PlanError, match="no row is matched yet") as refusal:
        propose_adoption(context, filled)
    return refusal


def _note(context: Context, _: Ground) -> object:
    circulate(context, MEETING.key, paper=Paper())
    begun = context.now.replace(month=MEETING.start.month, day=MEETING.start.day)
    return note(replace(context, now=begun), MEETING.key)


def _reopen(context: Context, ground: Ground) -> object:
    _note(context, ground)
    return reopen(context, MEETING.key, reason="A mistake.")


def _open_cycle(context: Context, _: Ground) -> None:
    later = MEETING.model_copy(
        update={"key": "AWGIPC-83", "number": 83, "start": context.now.date().replace(year=2028, month=3)}
    )
    later = later.model_copy(update={"end": later.start})
    more = context.plan.model_copy(update={"meetings": (*context.plan.meetings, later)})
    open_cycle(replace(context, plan=more), later.key)


def _close(context: Context, ground: Ground) -> None:
    """Of a decision that whoever may has just recorded."""
    close_decision(
        context,
        _record_decision(replace(context, user=OPERATOR), ground),
        reason=RestrictedText("Done."),
    )


def _record_decision(context: Context, _: Ground) -> int:
    agreed = Agreed("AWGIPC-80", DecisionKind.DECISION, RestrictedText("Meet twice a year."))
    return record_decision(context, agreed)


def _remind(context: Context, _: Ground) -> object:
    return reminder_files(context, ServerSettings(), "http://localhost:8501")


TRIALS: dict[Action, Trials] = {
    Action.DRAFT: Trials(
        (
            _drafting(save_field, "next_step", "A meeting."),
            _drafting(add_evidence, "Minutes"),
            _drafting(attach_file, "minutes.pdf", PDF),
            _drafting(discard),
            _on_item(remove_evidence),
            _on_item(set_public, public=False),
            _mark_no_change,
        )
    ),
    Action.SUBMIT: Trials((_drafts(submit_drafts),)),
    Action.TAKE_BACK: Trials((_on_row(withdraw, "own"),)),
    Action.RECORD_ON_BEHALF: Trials((_record,)),
    Action.CLEAR: Trials(
        (
            _on_row(clear, "waiting"),
            lambda context, ground: clear_many(context, [ground.waiting]),
        )
    ),
    Action.RETURN: Trials((_on_row(return_to_author, "waiting", note="Name the document."),)),
    Action.WITHDRAW: Trials((_on_row(withdraw, "cleared", reason=public_text("A mistake.")),)),
    Action.READ_SUBMITTED: Trials((_read_file,), (_at_large(review),)),
    Action.ASK_QUESTIONS: Trials(of_all=(_ask,)),
    Action.LOAD_EDITION: Trials(of_all=(_amend, _propose, _propose_adoption)),
    Action.MANAGE_CYCLES: Trials(
        of_all=(
            _open_cycle,
            _at_large(change_days, MEETING.key, opens_days=30, due_days=10),
            _at_large(circulate, MEETING.key, paper=Paper()),
            _note,
            _reopen,
            _at_large(let_visitors_see, VisitorsSee.LATEST),
            _record_decision,
            _close,
        )
    ),
    Action.MANAGE_PEOPLE: Trials(
        of_all=(
            _at_large(add_people, [NEW]),
            _on_person(add_role, OBSERVER),
            _on_person(change_person, email="other@example.org", name="Another name"),
            _on_person(end_role, RoleAssignment(Role.FOCAL_POINT, "TL")),
            _on_person(remove_person),
            _on_person(sign_out_everywhere),
            _on_person(make_link),
            lambda context, _: list_people(context),
            lambda context, _: handover(context, "TL"),
        )
    ),
    Action.READ_AUDIT: Trials(
        of_all=(
            lambda context, _: audit_trail(context, AuditFilter()),
            lambda context, _: audit_choices(context),
        )
    ),
    Action.REMIND: Trials(of_all=(_at_large(outstanding_reports), _remind)),
}
