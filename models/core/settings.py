"""The settings of the server, from environment variables: database, address, mail, identity provider.

Nothing else reads the environment. Each setting is checked where it is used, so that a backup can be made even if the
mail server is set wrongly.
"""

import os
import socket
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.core.errors import SettingRefused

ROOT = Path(__file__).parents[2]
"""The folder of the project."""
DATA_FOLDER = ROOT / "data"
"""The default folder of the database; the working directory does not matter."""
THIS_MACHINE, LOCAL_PROXIES = "127.0.0.1", "127.0.0.1,::1"


class Environment(BaseSettings):
    """The environment variables as they are given; an empty one counts as left out."""

    model_config = SettingsConfigDict(
        alias_generator=str.upper, case_sensitive=True, env_ignore_empty=True, str_strip_whitespace=True
    )

    database_url: str = ""
    aiprap_secret: Annotated[str, StringConstraints(strip_whitespace=False)] = ""
    public_url: str = ""
    streamlit_server_address: str = ""
    forwarded_allow_ips: str = LOCAL_PROXIES
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_metadata_url: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    report_template: str = ""


def environment() -> Environment:
    """The environment variables, read again only when one of them was changed."""
    return _environment(tuple(os.environ.get(name.upper()) for name in Environment.model_fields))


@lru_cache(maxsize=2)
def _environment(_values: tuple[str | None, ...]) -> Environment:
    return Environment()


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider at which this server is registered."""

    client_id: str
    client_secret: str
    metadata_url: str


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that sends our mail, such as smtp://user:password@host:587, and the sender of each mail."""

    url: str
    sender: str

    @property
    def domain(self) -> str:
        """The domain of the sender, used in the identifier of each mail."""
        return parseaddr(self.sender)[1].rpartition("@")[2] or "localhost"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The checked settings; a setting that is left out switches its feature off.

    `public_url` is the address people open. Mail is sent only if it is set: a link must never be made from the address
    in a request, because the sender of the request can choose that address.

    `listens_on` is the network address of the server: without `public_url` that of this machine alone. `proxies` are
    the addresses and networks of proxies whose word on the visitor's address is believed.
    """

    public_url: str | None = None
    provider: Provider | None = None
    mail: MailServer | None = None
    listens_on: str = THIS_MACHINE
    proxies: str = LOCAL_PROXIES

    @property
    def is_https(self) -> bool:
        """Whether people use HTTPS; behind a proxy the server cannot detect it."""
        return (self.public_url or "").startswith("https://")

    def address(self, port: int = 8501) -> str:
        """The address people open; the address on this machine if none is set."""
        return self.public_url or f"http://localhost:{port}"


def server_settings() -> ServerSettings:
    """The settings of the server; raises SettingRefused for one that is invalid or incomplete."""
    given = environment()
    url = _public_url(given.public_url)
    provider = _together(given, "oidc_client_id", "oidc_client_secret", "oidc_metadata_url")
    mail = _together(given, "smtp_url", "mail_from")
    if mail and urlsplit(mail[0]).scheme not in {"smtp", "smtps"}:
        raise SettingRefused("SMTP_URL is not a mail server; give smtp://host:587 or smtps://user:password@host.")
    return ServerSettings(
        public_url=url,
        listens_on=given.streamlit_server_address or (_every_address() if url else THIS_MACHINE),
        proxies=_proxies(given.forwarded_allow_ips),
        provider=Provider(*provider) if provider else None,
        mail=MailServer(*mail) if mail else None,
    )


def report_template() -> Path | None:
    """The Word template of the secretariat; None for the one in the product."""
    given = environment().report_template
    return Path(given) if given else None


def _public_url(given: str) -> str | None:
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/") or parts.query:
        raise SettingRefused(
            f"PUBLIC_URL is {given!r}; give scheme and host alone, such as https://aiprap.example.org."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _every_address() -> str:
    """All of IPv6, which takes IPv4 with it, where the machine has it."""
    return "::" if socket.has_dualstack_ipv6() else "0.0.0.0"  # noqa: S104  # PUBLIC_URL says that others are served


def _proxies(given: str) -> str:
    for proxy in given.split(",") if given != "*" else ():
        try:
            ip_network(proxy.strip())
        except ValueError as error:
            raise SettingRefused(
                f"FORWARDED_ALLOW_IPS names {proxy.strip()!r}; give addresses or networks between commas, such as"
                " 192.0.2.10 or 192.0.2.0/24."
            ) from error
    return given


def _together(given: Environment, *names: str) -> list[str] | None:
    """The values of settings that are needed together, and with PUBLIC_URL; None if none of them is set."""
    values = {name.upper(): getattr(given, name) for name in names}
    if not any(values.values()):
        return None
    missing = [name for name, value in {**values, "PUBLIC_URL": given.public_url}.items() if not value]
    if missing:
        raise SettingRefused(f"{', '.join(missing)} must be set too where {' or '.join(values)} is.")
    return [*values.values()]
