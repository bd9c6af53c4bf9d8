"""Mail, handed in at a real mail server of this machine."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from models.acts.mail import send, send_link
from models.acts.sign_in import Token
from models.reads.server_settings import MailServer, ServerSettings
from models.rules.errors import MailRefused
from tests.builders import NOW, tiny_plan
from tests.serving import LOOPBACK, free_port

LETTER = {"to": "to@example.org", "subject": "Subject", "text": "Text"}


class Inbox(Sink):
    """Keeps what comes in."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # aiosmtpd calls it so
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


@pytest.fixture(name="inbox")
def _inbox():
    return Inbox()


@pytest.fixture(name="port")
def _port(inbox):
    controller = Controller(inbox, hostname=LOOPBACK, port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


def test_a_link_comes_with_its_expiry(inbox, port):
    mail = MailServer(f"smtp://{LOOPBACK}:{port}", "from@example.org")
    settings = ServerSettings("https://aiprap.example.org", mail=mail)
    send_link(settings, Token("the-token", NOW + timedelta(days=3)), to="to@example.org", plan=tiny_plan())

    [(to, letter)] = inbox.letters
    assert ["to@example.org"] == to
    assert "from@example.org" == letter["From"]
    assert "https://aiprap.example.org/sign-in/the-token" in letter.get_content()
    assert "3 Jul 2027, 19:00 (Asia/Jakarta)" in letter.get_content()


def test_a_password_is_never_sent_in_the_clear(port, inbox):
    with pytest.raises(MailRefused):
        send(MailServer(f"smtp://user:password@{LOOPBACK}:{port}", "from@example.org"), **LETTER)
    assert [] == inbox.letters


def test_a_mail_server_that_is_away_is_told():
    with pytest.raises(MailRefused, match="did not take the mail"):
        send(MailServer(f"smtp://{LOOPBACK}:{free_port()}", "from@example.org"), **LETTER)


def test_without_a_mail_server_nothing_is_sent():
    with pytest.raises(MailRefused, match="SMTP_URL is not set"):
        send_link(ServerSettings(), Token("x", NOW), to="to@example.org", plan=tiny_plan())
