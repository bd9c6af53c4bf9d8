"""Reminders on Review: who is listed, what the buttons do, and for whom."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from models.core.settings import ServerSettings
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.permissions import PUBLIC
from models.reporting.reminders import outstanding_reports, reminder_files
from models.store.database import reading, writing
from pages.review.reminders import packed_files
from pages.shared import who
from tests.kit.builders import NOW, OFFICER, arrange, today_is
from tests.kit.inbox import ADDRESS, mail_to
from tests.kit.reporters import CAMBODIA_ROLE, CHAIR_ROLE, SECRETARIAT_ROLE, add_user
from tests.pages.opening import open_page, said, text_of

REVIEW = "review/page.py"
KH, TMTF = "kh@state.example", "chair@tmtf.example"


@pytest.fixture(name="engine", autouse=True)
def _engine(cycle_engine, as_reader, monkeypatch):
    """A database in which two people owe something, seen by an officer."""
    monkeypatch.setattr("models.store.clock.wall_clock", lambda: NOW)
    add_user(cycle_engine, KH, CAMBODIA_ROLE)
    add_user(cycle_engine, TMTF, CHAIR_ROLE)
    as_reader(SECRETARIAT_ROLE, email=OFFICER)
    return cycle_engine


@pytest.fixture(name="inbox")
def _inbox(inbox, monkeypatch):
    mail_to(inbox, monkeypatch)
    return inbox


def has(page, key):
    return any(one.key == key for one in page.button)


def test_without_a_mail_server_it_lists_who_owes_and_offers_files():
    page = open_page(REVIEW)
    page_text = text_of(page)

    assert "Reminders: 2 people owe reports" in page_text
    assert "Download the e-mails as files" in page_text
    assert "Nobody reports for Brunei Darussalam and Timor-Leste, so no reminder can be sent." in page_text
    assert not has(page, "remind-send")
    assert "remind-files" in [one.key for one in page.get("download_button")]


def test_the_button_sends_each_one_mail_and_says_so(inbox):
    page = open_page(REVIEW)
    page.button(key="remind-send").click().run()

    assert inbox.readers == [TMTF, KH]
    assert "2 reminders were sent." in said(page)
    assert page.button(key="remind-send").disabled
    assert "30 Jun 2027" in text_of(page).partition("Reminders:")[2]


def test_what_the_mail_server_did_not_take_is_stated(inbox):
    inbox.unknown.add(TMTF)
    page = open_page(REVIEW)
    page.button(key="remind-send").click().run()

    assert f"1 reminder was sent. Not sent to {TMTF}. The mail server's reply is below." in said(page)
    assert "Check the address" in said(page)
    assert "30 Jun 2027, refused by the mail server" in text_of(page)
    assert not page.button(key="remind-send").disabled


def test_the_button_of_a_tab_left_open_reminds_nobody_once_its_person_is_signed_out(inbox, monkeypatch):
    page = open_page(REVIEW)
    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)
    page.button(key="remind-send").click().run()

    assert inbox.letters == []


def test_the_files_are_one_mail_for_each_and_are_noted(engine):
    packed = packed_files("https://x.example", who.credentials())

    with ZipFile(BytesIO(packed)) as archive:
        assert ["chair@tmtf.example-2.eml", "kh@state.example-1.eml"] == archive.namelist()
    with reading(engine) as session:
        assert [["make reminder file"]] * 2 == [
            [*one.done] for one in outstanding_reports(Context.at(session, OPERATOR, NOW)).people
        ]
    assert "30 Jun 2027, as a file" in text_of(open_page(REVIEW))


@pytest.mark.usefixtures("inbox")
def test_in_a_demonstration_there_are_files_and_no_button_to_send(engine):
    today_is(engine)
    page = open_page(REVIEW)

    assert not has(page, "remind-send")
    assert "so no e-mail is sent" in text_of(page)
    with writing(engine) as session:
        assert 2 == len(reminder_files(Context.at(session, OPERATOR, NOW), ServerSettings(), ADDRESS))


def test_text_in_names_is_never_markup(engine):
    with writing(engine) as session:
        from models.store.tables import Person

        session.get_one(Person, 1).name = "<img src=x>"
        arrange(session)
    assert "<img src=x>" not in "".join(block.proto.body for block in open_page(REVIEW).main.get("html"))
