"""What everybody is tried at: for each action of the table of permissions, every service that asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from models.access.evidence import evidence_file
from models.access.visitors import let_visitors_see
from models.admin.audit_trail import AuditFilter, audit_choices, audit_trail
from models.amendments.adoption_workbook import write_adoption
from models.amendments.proposals import Filled, amend_plan, propose_adoption, propose_amendment
from models.core.errors import NotPermitted, PlanError
from models.core.settings import ServerSettings
from models.core.vocabulary import DecisionKind, Role, VisitorsSee
from models.meetings.cycles import change_days, circulate, note, open_cycle, reopen
from models.meetings.decisions import Agreed, close_decision, record_decision
from models.meetings.handover import handover
from models.meetings.questions import questions_for
from models.meetings.snapshot import Paper
from models.people.accounts import (
    OPERATOR,
    add_hat,
    add_people,
    change_person,
    end_role,
    remove_person,
    sign_out_everywhere,
)
from models.people.bulk_list import NewPerson
from models.people.directory import list_people
from models.people.permissions import Action, Hat
from models.people.sign_in import make_link
from models.plan.canonical import digest
from models.plan.schema import Commitment
from models.plan.workbook import plan_workbook
from models.progress.clearing import clear, clear_many, return_to_author, submit, withdraw
from models.progress.draft_evidence import add_evidence, attach_file, remove_evidence, set_public
from models.progress.drafts import discard, report_nothing, save_field
from models.progress.on_behalf import Received, record_on_behalf
from models.progress.submit import submit_drafts
from models.reporting.reminders import reminder_files, who_owes
from models.reporting.review_queue import latest_view, review
from tests.kit.reporters import MEETING, reporting_plan

PLAN = reporting_plan()
OBSERVER = Hat(Role.OBSERVER)
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
    entered: int = 0
    """Another one of theirs, not submitted yet."""


Try = Callable[..., Any]


@dataclass(frozen=True)
class Trials:
    """The services of one action: what each is given besides session and reader, and what is to be seen of it."""

    of_commitment: tuple[Try, ...] = ()
    of_all: tuple[Try, ...] = ()
    """Those that are about no commitment, which a permission for some does not open."""


def _drafting(act, *given, **named):
    return lambda session, reader, ground, **at: act(session, reader, ground.commitment, *given, **named, **at)


def _on_row(act, row, **named):
    return lambda session, reader, ground, **at: act(session, getattr(ground, row), by=reader, **named, **at)


def _on_person(act, *given, **named):
    return lambda session, reader, ground, **at: act(session, ground.other, *given, by=reader, **named, **at)


def _at_large(act, *given, **named):
    return lambda session, reader, _, **at: act(session, *given, by=reader, **named, **at)


def _on_item(act, **named):
    return lambda session, reader, ground, **at: act(
        session, reader, ground.commitment, ground.draft_item, **named, **at
    )


def _drafts(act):
    return lambda session, reader, ground, **at: act(session, reader, [ground.commitment], **at)


def _without_plan(act):
    return lambda session, reader, _, plan, now: act(session, by=reader, now=now)  # noqa: ARG005  # it reads the plan itself


def _mark_no_change(session, reader, ground, **at):
    """Of a commitment without a draft: that of the ground is discarded first, by whoever may."""
    discard(session, reader, ground.commitment, **at)
    report_nothing(session, reader, [ground.commitment], **at)


def _record(session, reader, ground, *, plan, now):
    key, party = ground.commitment
    speaker = party if party in plan.state else plan.initiative[key].lead
    received = Received(speaker, ground.commitment, {}, now.date(), "E-mail of today")
    return record_on_behalf(session, received, by=reader, plan=plan, now=now)


def _read_file(session, reader, ground, *, now, **_):
    file = evidence_file(session, reader, ground.statement_item, now=now)
    if file is None:
        raise NotPermitted("There is no such file, or one may not read it.")
    return file


def _ask(session, reader, _, *, plan, now):
    return questions_for(session, latest_view(plan, now), by=reader) or "no question"


def _amend(session, reader, _, *, plan, now):
    amended = plan.model_copy(update={"title": f"{plan.title}, amended"})
    filled = Filled("plan.xlsx", plan_workbook(amended, "plan.xlsx"), reason="Decided.")
    return amend_plan(session, filled, against=digest(plan), by=reader, plan=plan, now=now)


def _propose(session, reader, _, *, plan, now):
    filled = Filled("plan.xlsx", plan_workbook(plan, "plan.xlsx"))
    return propose_amendment(session, filled, by=reader, plan=plan, now=now)


def _propose_adoption(session, reader, _, *, plan, now):
    """Whoever may is told that nothing is filled in yet."""
    filled = Filled("official.xlsx", write_adoption(plan))
    with pytest.raises(PlanError, match="no row is matched yet") as refusal:
        propose_adoption(session, filled, by=reader, plan=plan, now=now)
    return refusal


def _note(session, reader, _, *, plan, now):
    circulate(session, MEETING.key, paper=Paper(), by=reader, plan=plan, now=now)
    begun = now.replace(month=MEETING.start.month, day=MEETING.start.day)
    return note(session, MEETING.key, by=reader, plan=plan, now=begun)


def _reopen(session, reader, ground, **at):
    _note(session, reader, ground, **at)
    return reopen(session, MEETING.key, reason="A mistake.", by=reader, **at)


def _open_cycle(session, reader, _, *, plan, now):
    later = MEETING.model_copy(
        update={"key": "AWGIPC-83", "number": 83, "start": now.date().replace(year=2028, month=3)}
    )
    later = later.model_copy(update={"end": later.start})
    more = plan.model_copy(update={"meetings": (*plan.meetings, later)})
    open_cycle(session, later.key, by=reader, plan=more, now=now)


def _close(session, reader, ground, **at):
    """Of a decision that whoever may has just recorded."""
    close_decision(session, _record_decision(session, OPERATOR, ground, **at), reason="Done.", by=reader, **at)


def _record_decision(session, reader, _, **at):
    agreed = Agreed("AWGIPC-80", DecisionKind.DECISION, "Meet twice a year.")
    return record_decision(session, agreed, by=reader, **at)


def _remind(session, reader, _, *, now, **_at):
    return reminder_files(session, ServerSettings(), "http://localhost:8501", by=reader, now=now)


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
    Action.SUBMIT: Trials((_drafts(submit_drafts), _on_row(submit, "entered"))),
    Action.TAKE_BACK: Trials((_on_row(withdraw, "own"),)),
    Action.RECORD_ON_BEHALF: Trials((_record,)),
    Action.CLEAR: Trials(
        (
            _on_row(clear, "waiting"),
            lambda session, reader, ground, **at: clear_many(session, [ground.waiting], by=reader, **at),
        )
    ),
    Action.RETURN: Trials((_on_row(return_to_author, "waiting", note="Name the document."),)),
    Action.WITHDRAW: Trials((_on_row(withdraw, "cleared", reason="A mistake."),)),
    Action.READ_SUBMITTED: Trials((_read_file,), (_without_plan(review),)),
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
            _on_person(add_hat, OBSERVER),
            _on_person(change_person, email="other@example.org", name="Another name"),
            _on_person(end_role, Hat(Role.FOCAL_POINT, "TL")),
            _on_person(remove_person),
            _on_person(sign_out_everywhere),
            _on_person(make_link),
            lambda session, reader, _, *, plan, **_at: list_people(session, by=reader, plan=plan),
            lambda session, reader, _, *, now, **_at: handover(session, "TL", by=reader, now=now),
        )
    ),
    Action.READ_AUDIT: Trials(
        of_all=(
            lambda session, reader, _, *, plan, **_at: audit_trail(session, AuditFilter(), by=reader, plan=plan),
            lambda session, reader, _, *, plan, **_at: audit_choices(session, by=reader, plan=plan),
        )
    ),
    Action.REMIND: Trials(of_all=(_without_plan(who_owes), _remind)),
}
