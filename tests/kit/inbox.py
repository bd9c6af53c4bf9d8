"""A real mail server on this machine, for tests that send mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from models.core.settings import MailServer, ServerSettings
from tests.kit.serving import LOOPBACK, free_port

ADDRESS = "https://aiprap.example.org"
SENDER = "from@example.org"


class Inbox(Sink):
    """Keeps what comes in, and takes nothing for some addresses."""

    def __init__(self):
        self.letters = []
        self.unknown = set()
        self.on_letter = lambda: None
        self.port = free_port()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  # aiosmtpd calls it so
        if address in self.unknown:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        self.on_letter()
        return "250 OK"

    @property
    def readers(self):
        """To whom the letters went."""
        return [address for to, _ in self.letters for address in to]

    @property
    def settings(self):
        """The settings of a server that hands its mail in here."""
        return ServerSettings(ADDRESS, mail=MailServer(f"smtp://{LOOPBACK}:{self.port}", SENDER))


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
