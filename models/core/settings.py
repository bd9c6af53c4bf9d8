"""What whoever runs the server has decided, by environment variables: its address, its mail, its identity provider."""

import os
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from models.core.errors import SettingRefused

LOCAL_URL = "http://localhost:{port}"
DEFAULT_PORT = 8501


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider at which this server is registered."""

    client_id: str
    client_secret: str
    metadata_url: str


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, such as smtp://user:password@host:587, and from whom it comes."""

    url: str
    sender: str

    @property
    def domain(self) -> str:
        """The domain the mail comes from, by which each mail is named."""
        return parseaddr(self.sender)[1].rpartition("@")[2] or "localhost"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The settings that are made; what is left out is switched off.

    `public_url` is the address people open. Mail goes out only where it is set: a link must not be made from the
    address a request names, which whoever sends the request is free to choose.
    """

    public_url: str | None = None
    provider: Provider | None = None
    mail: MailServer | None = None

    @property
    def is_https(self) -> bool:
        """Whether people come by HTTPS; the server itself cannot tell behind a proxy."""
        return (self.public_url or "").startswith("https://")

    def address(self, port: int = DEFAULT_PORT) -> str:
        """The address people open; on this machine while none is set."""
        return self.public_url or LOCAL_URL.format(port=port)


def server_settings() -> ServerSettings:
    """Read the settings; raises SettingRefused for one that cannot be used, or is half made."""
    url = _public_url()
    provider = _together("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_METADATA_URL", needs_address=url is None)
    mail = _together("SMTP_URL", "MAIL_FROM", needs_address=url is None)
    if mail and urlsplit(mail[0]).scheme not in {"smtp", "smtps"}:
        raise SettingRefused("SMTP_URL is not a mail server; give smtp://host:587 or smtps://user:password@host.")
    return ServerSettings(url, Provider(*provider) if provider else None, MailServer(*mail) if mail else None)


def report_template() -> Path | None:
    """The Word template that the secretariat restyled; None for the one that is shipped."""
    given = os.environ.get("REPORT_TEMPLATE", "").strip()
    if not given:
        return None
    if not Path(given).is_file():
        raise SettingRefused(
            f"REPORT_TEMPLATE is {given!r}, where no file is; give the path of a Word template, or leave it out."
        )
    return Path(given)


def _public_url() -> str | None:
    given = os.environ.get("PUBLIC_URL", "").strip()
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/") or parts.query:
        raise SettingRefused(
            f"PUBLIC_URL is {given!r}; give scheme and host alone, such as https://aiprap.example.org."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _together(*names: str, needs_address: bool) -> list[str] | None:
    """The values of settings that make sense only together, and with PUBLIC_URL; None when none is made."""
    values = [os.environ.get(name, "").strip() for name in names]
    if not any(values):
        return None
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    missing += ["PUBLIC_URL"] if needs_address else []
    if missing:
        raise SettingRefused(f"{', '.join(missing)} must be set too where {' or '.join(names)} is.")
    return values
