"""What came by e-mail: recorded by an officer, said by a body or state, with the e-mail as its evidence."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from models.core.errors import NotPermitted, UpdateRefused
from models.core.text import public_text
from models.core.vocabulary import Kind, Role, Status
from models.people.context import Context
from models.people.permissions import PUBLIC, RoleAssignment, User
from models.progress.ledger import ledger
from models.progress.on_behalf import Received, record_on_behalf, spoken_for
from models.reporting.review_queue import review
from models.store.database import reading, writing
from models.store.reporting_tables import EvidenceFile
from models.store.tables import AuditEvent, Evidence, LedgerEntry, Progress
from tests.kit.builders import NOW, officer, rows_of, tiny_plan, writer

pytestmark = pytest.mark.usefixtures("tiny")

MAIL = "E-mail of 3 March 2027"
SAID = {"status": Status.ONGOING, "percent": 50, "narrative": "A draft was sent round."}


def received(**changed):
    return replace(Received("KH", ("I02", "KH"), SAID, date(2027, 3, 3), MAIL), **changed)


def recorded(engine, by=officer, **changed):
    more = {name: changed.pop(name) for name in ("cleared", "file", "reason") if name in changed}
    with writing(engine) as session:
        return record_on_behalf(Context(session, by(session), tiny_plan(), NOW), received(**changed), **more)


def test_it_waits_in_the_queue_under_the_name_of_whoever_said_it(engine):
    recorded(engine)

    with reading(engine) as session:
        (waiting,) = review(Context.at(session, officer(session), NOW)).queue
    assert (waiting.speaker, waiting.on_behalf_of, waiting.author) == ("KH", "KH", "officer@example.org")
    assert [one.document for one in waiting.evidence] == [MAIL]
    assert waiting.valid_on == date(2027, 3, 3)


def test_it_may_be_cleared_in_the_same_step(engine):
    recorded(engine, cleared=True)

    (row,) = rows_of(engine, Progress)
    assert (row.cleared_at, row.cleared_by, row.on_behalf_of) == (NOW, row.author_id, "KH")


MARKED = "CONFIDENTIAL: our minister refused to sign."
NOT_APPLICABLE = {"status": Status.NOT_APPLICABLE, "narrative": MARKED}


def test_what_does_not_apply_is_cleared_in_the_same_step_with_a_reason_of_the_officer_s_own(engine):
    recorded(engine, fields=NOT_APPLICABLE, cleared=True, reason=public_text(" No such office. "))

    with reading(engine) as session:
        *_, line = ledger(session, NOW)
        told = json.dumps(
            [str(one.__dict__) for table in (LedgerEntry, AuditEvent) for one in session.exec(select(table))]
        )
    assert (line.party, line.event, line.reason) == ("KH", "not_applicable", "No such office.")
    assert MARKED not in told


@pytest.mark.parametrize("reason", [None, public_text("  ")])
def test_without_a_reason_of_their_own_it_is_refused_at_that_field(engine, reason):
    with pytest.raises(UpdateRefused, match="A reason is missing on I02/KH") as refusal:
        recorded(engine, fields=NOT_APPLICABLE, cleared=True, reason=reason)

    assert refusal.value.errors[0].field == "reason"
    assert MARKED not in str(refusal.value)
    assert rows_of(engine, Progress) == []


def test_the_mail_itself_is_kept_as_evidence_for_the_same_readers_as_the_words(engine):
    recorded(engine, file=("Mail.pdf", b"%PDF-1.7 mail"))

    with reading(engine) as session:
        [(item, kept)] = session.execute(select(Evidence, EvidenceFile).join(EvidenceFile)).all()
    assert (item.document, item.public) == (MAIL, False)
    assert (kept.name, kept.content, kept.uploaded_by) == (
        "Mail.pdf",
        b"%PDF-1.7 mail",
        rows_of(engine, Progress)[0].author_id,
    )


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"file": ("Mail.pdf", b"<html>")}, "not what its name says"),
        ({"file": ("Mail.pdf", b"%PDF-"), "came_with": ""}, "name the e-mail"),
    ],
)
def test_with_a_file_that_is_none_or_a_fault_beside_it_nothing_is_kept(engine, changed, why):
    with pytest.raises(UpdateRefused, match=why):
        recorded(engine, **changed)

    with reading(engine) as session:
        assert [] == session.exec(select(EvidenceFile)).all()
    assert [] == rows_of(engine, Progress)


def test_nothing_to_report_is_a_nil_report(engine):
    recorded(engine, fields={}, cleared=True)

    (row,) = rows_of(engine, Progress)
    assert (row.kind, row.submitted_at, row.cleared_at) == (Kind.NIL, NOW, None)


def test_a_body_is_spoken_for_on_what_it_leads_and_a_state_on_what_it_owes_or_champions():
    plan = tiny_plan()

    assert set(spoken_for("KH", plan)) >= {("I02", "KH"), ("I03", "KH")}
    for body in plan.body:
        assert {plan.initiative[key].lead for key, _ in spoken_for(body, plan)} <= {body}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"came_with": ""}, "Evidence is missing"),
        ({"url": "mail.example.org"}, "Evidence is missing"),
        ({"speaker": "BN"}, "BN does not report on I02/KH"),
        ({"commitment": ("I02", "ASEAN")}, "not a party of I02"),
        ({"fields": {"status": Status.ONGOING, "percent": 50}}, "What happened since is missing"),
        ({"fields": SAID | {"narrative": "x" * 20_001}}, "What happened since: "),
        ({"valid_on": date(2027, 7, 2)}, "after the day it was entered"),
    ],
)
def test_what_speaks_against_it_is_stated_in_the_words_of_the_form(engine, changed, why):
    with pytest.raises(UpdateRefused, match=why):
        recorded(engine, **changed)

    assert rows_of(engine, Progress) == []


@pytest.mark.parametrize("who", [lambda _: PUBLIC, writer])
def test_only_the_secretariat_records_on_behalf(engine, who):
    with pytest.raises(NotPermitted):
        recorded(engine, by=who)


def test_it_needs_an_officer_who_is_signed_in(engine):
    with pytest.raises(NotPermitted, match="Sign in"):
        recorded(engine, by=lambda _: User(roles=(RoleAssignment(Role.SECRETARIAT),)))
