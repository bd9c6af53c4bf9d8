"""Mail that the server sends: handed in at one mail server, never with a password in the clear."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from models.acts.sign_in import Token
from models.reads.server_settings import MailServer, ServerSettings
from models.rules.errors import MailRefused
from models.rules.plan import Plan
from models.rules.sign_in_words import link_address, sign_in_mail

TIMEOUT_SECONDS = 20.0


def send(server: MailServer, *, to: str, subject: str, text: str) -> None:
    """Hand one mail in; raises MailRefused when the mail server does not take it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message.set_content(text)
    try:
        with _connect(server) as connection:
            _sign_in(connection, server)
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailRefused(
            f"The mail server did not take the mail ({type(error).__name__}). Try again later."
        ) from error


def send_link(settings: ServerSettings, token: Token, *, to: str, plan: Plan) -> None:
    """Mail a sign-in link to whom it is for; raises MailRefused too where no mail server is set."""
    if settings.mail is None:
        raise MailRefused("This server sends no mail: SMTP_URL is not set.")
    subject, text = sign_in_mail(link_address(settings.address(), token.text), token.expires_at, plan)
    send(settings.mail, to=to, subject=subject, text=text)


def _connect(server: MailServer) -> smtplib.SMTP:
    parts, secure = urlsplit(server.url), ssl.create_default_context()
    host, port = parts.hostname or "", parts.port or 0
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=secure)
    return smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)


def _sign_in(connection: smtplib.SMTP, server: MailServer) -> None:
    """With a password there is no falling back to plain text: a server that offers no TLS is refused."""
    parts = urlsplit(server.url)
    connection.ehlo()
    if parts.scheme == "smtp" and (parts.username or connection.has_extn("starttls")):
        connection.starttls(context=ssl.create_default_context())
    if parts.username:
        connection.login(unquote(parts.username), unquote(parts.password or ""))
