"""A real mail server on this machine, for tests that send mail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, Envelope, Session

from models.core.settings import MailServer, ServerSettings
from tests.kit.serving import LOOPBACK, free_port

ADDRESS = "https://aiprap.example.org"
SENDER = "from@example.org"


class Inbox(Sink):
    """Keeps what comes in, and takes nothing for some addresses."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []
        self.unknown: set[str] = set()
        self.on_letter: Callable[[], object] = lambda: None
        self.port = free_port()

    async def handle_RCPT(  # noqa: N802  # aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        self.on_letter()
        return "250 OK"

    @property
    def readers(self) -> list[str]:
        """To whom the letters went."""
        return [address for to, _ in self.letters for address in to]

    @property
    def settings(self) -> ServerSettings:
        """The settings of a server that hands its mail in here."""
        return ServerSettings(ADDRESS, mail=MailServer(f"smtp://{LOOPBACK}:{self.port}", SENDER))


SETTINGS = ("PUBLIC_URL", "SMTP_URL", "MAIL_FROM")


def without_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process know of no mail server."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting, raising=False)


def mail_to(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process hand its mail in here."""
    for setting, value in zip(SETTINGS, (ADDRESS, f"smtp://{LOOPBACK}:{inbox.port}", SENDER), strict=True):
        monkeypatch.setenv(setting, value)


@contextmanager
def receiving() -> Iterator[Inbox]:
    """A mail server that is there until the block ends."""
    inbox = Inbox()
    controller = Controller(inbox, hostname=LOOPBACK, port=inbox.port)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()
