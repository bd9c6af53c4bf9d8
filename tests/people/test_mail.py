"""Mail, handed in at a real mail server of this machine."""

import smtplib
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from models.core.errors import MailRefused, MailServerUnavailable
from models.core.notice import Notice
from models.core.settings import MailServer, ServerSettings
from models.people.mail import as_file, send, send_link
from models.people.sign_in import Token
from tests.kit.builders import NOW, tiny_plan
from tests.kit.serving import LOOPBACK, free_port

LETTER = {"to": "to@example.org", "subject": "Subject", "text": "Text"}


def test_a_link_comes_with_its_expiry(inbox):
    token = Token("the-token", NOW + timedelta(days=3))
    send_link(inbox.settings, token, to="to@example.org", plan=tiny_plan(), page="my-updates")

    [(to, letter)] = inbox.letters
    assert ["to@example.org"] == to
    assert "from@example.org" == letter["From"]
    assert "https://aiprap.example.org/sign-in/the-token?next=my-updates" in letter.get_content()
    assert "3 Jul 2027, 19:00 (Asia/Jakarta)" in letter.get_content()


def test_a_mail_carries_what_mail_servers_ask_for_and_no_absence_note_answers(inbox):
    send(inbox.settings.mail, **LETTER)

    [(_, letter)] = inbox.letters
    assert letter["Message-ID"].endswith("@example.org>")
    assert letter["Date"]
    assert "auto-generated" == letter["Auto-Submitted"]


def test_a_password_is_never_sent_in_the_clear(inbox):
    with pytest.raises(MailServerUnavailable):
        send(MailServer(f"smtp://user:password@{LOOPBACK}:{inbox.port}", "from@example.org"), **LETTER)
    assert [] == inbox.letters


def test_an_address_that_is_not_taken_is_no_fault_of_the_mail_server(inbox):
    inbox.unknown.add("to@example.org")

    with pytest.raises(MailRefused, match="Check the address") as refusal:
        send(inbox.settings.mail, **LETTER)
    assert not isinstance(refusal.value, MailServerUnavailable)


def test_a_mail_that_was_taken_is_taken_however_its_server_says_goodbye(inbox, monkeypatch):
    def leaves_rudely(connection, *_):
        connection.close()
        raise smtplib.SMTPResponseException(421, b"Until next time")

    monkeypatch.setattr(smtplib.SMTP, "__exit__", leaves_rudely)
    send(inbox.settings.mail, to="reader@example.org", subject="A subject", text="Words")

    assert inbox.readers == ["reader@example.org"]


def test_a_mail_server_that_does_not_answer_is_named():
    with pytest.raises(MailServerUnavailable, match="did not accept the e-mail"):
        send(MailServer(f"smtp://{LOOPBACK}:{free_port()}", "from@example.org"), **LETTER)


def test_without_a_mail_server_nothing_is_sent():
    with pytest.raises(MailRefused, match="SMTP_URL is not set"):
        send_link(ServerSettings(), Token("x", NOW), to="to@example.org", plan=tiny_plan())


def test_a_file_opens_as_a_draft_and_no_text_becomes_a_header():
    made = as_file(Notice("to@example.org", "Über uns", "Text\nBcc: other@example.org"))

    letter = message_from_bytes(made, policy=default)
    assert ("to@example.org", "Über uns", "1", None, None) == tuple(
        letter[name] for name in ("To", "Subject", "X-Unsent", "Bcc", "From")
    )
    assert "Bcc: other@example.org" in letter.get_content()
