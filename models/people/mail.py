"""Mail that the server sends through a mail server, never with an unencrypted password."""

import logging
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

from models.core.errors import MailRefused, MailServerUnavailable
from models.core.notice import Notice
from models.core.settings import MailServer, ServerSettings
from models.people.sign_in import Token
from models.people.sign_in_mail import link_address, sign_in_mail
from models.plan.schema import Plan
from models.store.clock import wall_clock

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 20.0
NOT_ACCEPTED = "The mail server did not accept the e-mail"

ERRORS_OF_A_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError)
"""Errors of a single mail or its recipient; the next mail may be accepted."""


def send(server: MailServer, *, to: str, subject: str, text: str) -> None:
    """Send a mail; raises MailRefused when it is not accepted, MailServerUnavailable when no mail would be."""
    try:
        _send(server, Notice(to, subject, text))
    except MailRefused as refusal:
        log.warning("mail refused: %s", type(refusal.__cause__).__name__)
        raise
    log.info("mail sent")


def _send(server: MailServer, notice: Notice) -> None:
    message = _message(notice, server.sender)
    message["Date"], message["Message-ID"] = wall_clock(), make_msgid(domain=server.domain)
    message["Auto-Submitted"] = "auto-generated"  # so that no absence note answers it
    accepted = False
    try:
        with _connect(server) as connection:
            _sign_in(connection, server)
            _deliver(connection, message)
            accepted = True
    except MailRefused:
        raise
    except (OSError, smtplib.SMTPException) as error:
        if accepted:  # an error at the end of the connection does not undo the delivery
            return
        raise MailServerUnavailable(f"{NOT_ACCEPTED} ({type(error).__name__}). Try again later.") from error


def as_file(notice: Notice, *, sender: str | None = None) -> bytes:
    """Return the mail as an .eml file, which a mail program opens as a draft."""
    message = _message(notice, sender)
    message["X-Unsent"] = "1"
    return message.as_bytes()


def send_link(settings: ServerSettings, token: Token, *, to: str, plan: Plan, page: str = "") -> None:
    """Mail a sign-in link, which leads on to the page; raises MailRefused also if no mail server is set."""
    if settings.mail is None:
        raise MailRefused("This server sends no e-mail: SMTP_URL is not set.")
    subject, text = sign_in_mail(link_address(settings.address(), token.text, page), token.expires_at, plan)
    send(settings.mail, to=to, subject=subject, text=text)


def _deliver(connection: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        connection.send_message(message)
    except ERRORS_OF_A_MAIL as error:
        raise MailRefused(f"{NOT_ACCEPTED} ({type(error).__name__}). Check the address.") from error


def _message(notice: Notice, sender: str | None) -> EmailMessage:
    message = EmailMessage()
    if sender:
        message["From"] = sender
    message["To"], message["Subject"] = notice.to, notice.subject
    message.set_content(notice.text)
    return message


def _connect(server: MailServer) -> smtplib.SMTP:
    parts, secure = urlsplit(server.url), ssl.create_default_context()
    host, port = parts.hostname or "", parts.port or 0
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=secure)
    return smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)


def _sign_in(connection: smtplib.SMTP, server: MailServer) -> None:
    """A password is never sent as plain text: a server without TLS is refused."""
    parts = urlsplit(server.url)
    connection.ehlo()
    if parts.scheme == "smtp" and (parts.username or connection.has_extn("starttls")):
        connection.starttls(context=ssl.create_default_context())
    if parts.username:
        connection.login(unquote(parts.username), unquote(parts.password or ""))
