"""Reminders sent through a real mail server: whom they reach, when they stop, and what is kept of them."""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlmodel import col, select

from models.core.errors import MailRefused, NotPermitted
from models.core.settings import ServerSettings
from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, end_role, remove_person
from models.people.context import Context
from models.people.directory import subject_of
from models.people.permissions import RoleAssignment
from models.progress.clearing import return_to_author
from models.progress.drafts import report_nothing
from models.progress.submit import submit_drafts
from models.reporting.reminders import outstanding_reports, remind_on_time, reminder_files, send_reminders
from models.store.audit import record_act
from models.store.database import reading, writing
from models.store.tables import AuditEvent
from tests.kit.builders import NOW, entry, faults_of, officer, statements_sent, today_is, write
from tests.kit.reporters import (
    BRUNEI_ROLE,
    CAMBODIA,
    CAMBODIA_ROLE,
    CHAIR_ROLE,
    MEETING,
    REGIONAL,
    SECRETARIAT_ROLE,
    add_user,
)
from tests.kit.serving import LOOPBACK, free_port

DUE = NOW + timedelta(days=12)
"""In the cycle that is open, reports are due on this day."""

SUBMITTED = entry(entered_at=NOW, submitted_at=NOW)

KH, BN, TMTF = "kh@state.example", "bn@state.example", "chair@tmtf.example"


@pytest.fixture(name="people")
def _people(engine, plan):  # noqa: ARG001  # roles need a plan
    return {
        BN: add_user(engine, BN, BRUNEI_ROLE),
        TMTF: add_user(engine, TMTF, CHAIR_ROLE),
        KH: add_user(engine, KH, CAMBODIA_ROLE),
    }


@contextmanager
def on(moment):
    """The real time is this moment."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("models.store.clock.wall_clock", lambda: moment)
        yield


def send(engine, settings, *, now=NOW, by=OPERATOR):
    with on(now):
        return send_reminders(engine, settings, by=by)


def look(engine, settings, now):
    """As the server does every hour."""
    with on(now):
        remind_on_time(engine, settings)


def events(engine, *actions):
    with reading(engine) as session:
        query = select(AuditEvent).where(col(AuditEvent.action).in_(actions)).order_by(col(AuditEvent.id))
        return [(one.subject, one.action) for one in session.exec(query)]


def letter_to(inbox, address):
    (letter,) = [letter for to, letter in inbox.letters if to == [address]]
    return letter


def test_each_person_gets_one_mail_with_everything_they_owe(engine, inbox, people):
    assert send(engine, inbox.settings).taken == (BN, TMTF, KH)

    content = letter_to(inbox, KH).get_content()
    assert "Tiny: 3 reports for AWGIPC 82 are due 12 Jul 2027" == letter_to(inbox, KH)["Subject"]
    assert ["As Cambodia:", "As champion:"] == [line for line in content.splitlines() if line.startswith("As ")]
    assert "https://aiprap.example.org/my-updates" in content
    assert [(subject_of(people[one].person_id), "remind") for one in (BN, TMTF, KH)] == events(engine, "remind")
    assert [] == faults_of(engine)


def test_it_stops_the_moment_the_report_is_submitted_and_not_before(engine, inbox, people, do):
    do(report_nothing, people[TMTF], [REGIONAL])
    send(engine, inbox.settings)
    assert "I01 A common set of guidelines" in letter_to(inbox, TMTF).get_content()

    do(submit_drafts, people[TMTF], [REGIONAL], now=NOW + timedelta(minutes=1))
    inbox.letters.clear()
    send(engine, inbox.settings, now=NOW + timedelta(days=1))

    assert inbox.readers == [BN, KH]
    assert "I01" not in letter_to(inbox, KH).get_content()


@pytest.mark.usefixtures("people")
def test_what_is_returned_is_owed_again(engine, inbox, do):
    (row,) = write(engine, SUBMITTED)
    send(engine, inbox.settings)
    assert "I02" not in letter_to(inbox, KH).get_content()
    inbox.letters.clear()
    with writing(engine) as session:
        by = officer(session)
    do(return_to_author, by, row, note="Which draft?")
    send(engine, inbox.settings, now=NOW + timedelta(days=1))

    assert "I02" in letter_to(inbox, KH).get_content()


def test_who_submits_while_the_mails_go_out_gets_none(engine, inbox, people, do):
    do(report_nothing, people[TMTF], [REGIONAL])
    inbox.on_letter = lambda: inbox.readers == [BN] and do(submit_drafts, people[TMTF], [REGIONAL])

    assert send(engine, inbox.settings).taken == (BN, KH)
    assert inbox.readers == [BN, KH]


def test_what_is_reported_while_the_mails_go_out_is_left_out(engine, inbox, people, do):
    do(report_nothing, people[KH], [CAMBODIA])
    inbox.on_letter = lambda: inbox.readers == [BN] and do(submit_drafts, people[KH], [CAMBODIA])
    send(engine, inbox.settings)

    assert "Tiny: 2 reports for AWGIPC 82 are due 12 Jul 2027" == letter_to(inbox, KH)["Subject"]
    assert "I02" not in letter_to(inbox, KH).get_content()


def test_who_is_removed_or_reminded_while_the_mails_go_out_gets_none(engine, inbox, people, do):
    def meanwhile():
        do(remove_person, OPERATOR, people[TMTF].person_id)
        with writing(engine) as session:
            record_act(session, action="remind", subject=subject_of(people[KH].person_id), now=NOW)

    inbox.on_letter = meanwhile
    assert send(engine, inbox.settings).taken == (BN,)
    assert inbox.readers == [BN]


QUERIES_OF_A_MAIL = 3
"""Whether it is still owed; then the two of the seal of its record."""


@pytest.mark.usefixtures("people")
def test_each_mail_costs_one_query_and_its_record_however_many_there_are(engine, inbox):
    send(engine, inbox.settings)  # reads the plan, which is kept
    counts = []
    for days, address in enumerate(["a@state.example", "b@state.example", "c@state.example"], start=1):
        add_user(engine, address, CAMBODIA_ROLE)
        with statements_sent(engine) as sent:
            mails = len(send(engine, inbox.settings, now=NOW + timedelta(days=days)).taken)
        kinds = Counter(statement.split()[0] for statement in sent)
        counts.append((mails, kinds["SELECT"] - QUERIES_OF_A_MAIL * mails, (kinds["INSERT"] + kinds["UPDATE"]) / mails))

    once, of_each_record = counts[0][1:]
    assert [(mails, once, of_each_record) for mails in (4, 5, 6)] == counts


def test_who_is_removed_or_lost_the_role_gets_none(engine, inbox, people, do):
    do(end_role, OPERATOR, people[BN].person_id, BRUNEI_ROLE)
    do(remove_person, OPERATOR, people[KH].person_id)
    add_user(engine, "s@example.org", SECRETARIAT_ROLE)
    add_user(engine, "o@example.org", RoleAssignment(Role.OBSERVER))
    send(engine, inbox.settings)

    assert inbox.readers == [TMTF]
    with reading(engine) as session:
        assert outstanding_reports(Context.at(session, OPERATOR, NOW)).unheard == ("BN", "KH", "TL")


@pytest.mark.usefixtures("people")
def test_nobody_is_reminded_twice_on_one_day(engine, inbox):
    send(engine, inbox.settings)
    assert send(engine, inbox.settings, now=NOW + timedelta(hours=2)).taken == ()
    assert send(engine, inbox.settings, now=NOW + timedelta(days=1)).taken == (BN, TMTF, KH)


@pytest.mark.usefixtures("people")
def test_an_address_that_is_refused_holds_nobody_up_and_is_stated(engine, inbox):
    inbox.unknown.add(TMTF)
    mailed = send(engine, inbox.settings)

    assert mailed.taken == (BN, KH)
    assert [(TMTF, True)] == [(address, "Check the address" in why) for address, why in mailed.refused]
    assert ["remind", "reminder not taken", "remind"] == [
        action for _, action in events(engine, "remind", "reminder not taken")
    ]
    inbox.unknown.clear()
    assert send(engine, inbox.settings).taken == (TMTF,)


@pytest.mark.usefixtures("people")
def test_a_mail_server_that_does_not_answer_is_tried_once_and_everybody_is_named(engine, inbox, monkeypatch):
    tries = []

    def refuse(server):
        tries.append(server)
        raise ConnectionRefusedError

    monkeypatch.setattr("models.people.mail._connect", refuse)

    mailed = send(engine, inbox.settings)

    assert [address for address, _ in mailed.refused] == [BN, TMTF, KH]
    assert len(tries) == 1
    assert [] == events(engine, "remind", "reminder not taken")


def test_only_the_secretariat_reminds_and_reads_who_owes(engine, inbox, people):
    for user in people.values():
        with pytest.raises(NotPermitted):
            send(engine, inbox.settings, by=user)
        with writing(engine) as session, pytest.raises(NotPermitted):
            reminder_files(Context.at(session, user, NOW), ServerSettings(), "https://x.example")
    assert inbox.letters == []


@pytest.mark.usefixtures("people")
def test_without_a_mail_server_the_refusal_says_what_to_do(engine):
    with pytest.raises(MailRefused, match=r"SMTP_URL is not set\. Download the reminders as files"):
        send(engine, ServerSettings())


@pytest.mark.usefixtures("people")
def test_a_demonstration_reminds_nobody(engine, inbox):
    today_is(engine)

    with pytest.raises(MailRefused, match="made up"):
        send(engine, inbox.settings)
    look(engine, inbox.settings, DUE + timedelta(days=1))
    assert inbox.letters == []


@pytest.mark.usefixtures("people")
def test_the_server_reminds_on_the_days_and_only_then(engine, inbox):
    sent = {}
    for days in range(-12, 30):
        inbox.letters.clear()
        for hours in (0, 1):
            look(engine, inbox.settings, DUE + timedelta(days=days, hours=hours))
        sent[days] = inbox.readers

    # The cycle was opened 12 days before reports are due: the first reminder, of the 14th, is made up for.
    assert {days for days, readers in sent.items() if readers} == {-12, -3, 1, 7}
    assert all(readers in ([], [BN, TMTF, KH]) for readers in sent.values())


@pytest.mark.usefixtures("people")
def test_two_servers_on_one_database_remind_once_and_a_failed_try_is_made_up_for(engine, inbox):
    away = ServerSettings(
        inbox.settings.public_url, mail=type(inbox.settings.mail)(f"smtp://{LOOPBACK}:{free_port()}", KH)
    )
    look(engine, away, NOW)
    look(engine, inbox.settings, NOW)
    assert inbox.letters == []
    look(engine, inbox.settings, NOW + timedelta(hours=1))

    assert inbox.readers == [BN, TMTF, KH]


def test_an_address_that_is_refused_is_not_tried_again_every_hour(engine, inbox, people):
    inbox.unknown.update(people)
    for hours in range(3):
        look(engine, inbox.settings, NOW + timedelta(hours=hours))

    assert 3 == len(events(engine, "reminder not taken"))


def test_files_hold_the_same_mails_and_are_recorded_as_files(engine, people):
    with writing(engine) as session:
        files = reminder_files(Context.at(session, OPERATOR, NOW), ServerSettings(), "https://x.example")

    assert [*files] == [f"{address}-{people[address].person_id}.eml" for address in (BN, TMTF, KH)]
    letter = message_from_bytes(files[f"{KH}-{people[KH].person_id}.eml"], policy=default)
    assert letter["To"] == KH
    assert "https://x.example/my-updates" in letter.get_content()
    assert 3 == len(events(engine, "make reminder file"))
    assert [] == events(engine, "remind")


def test_no_address_stands_in_the_audit_trail(engine, inbox, people):
    inbox.unknown.add(TMTF)
    send(engine, inbox.settings)
    with reading(engine) as session:
        query = select(AuditEvent).where(col(AuditEvent.action).in_(["remind", "reminder not taken"]))
        content = " ".join(str(one.model_dump()) for one in session.exec(query))

    assert MEETING.key in content
    assert not [address for address in people if address in content]
