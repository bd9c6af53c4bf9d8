"""OpenID Connect through Streamlit's own sign-in: what it needs to know, from our settings."""

from typing import Any

from models.reads.server_settings import ServerSettings
from models.store.server_secret import server_secret

Section = dict[str, Any]


def auth_secrets(settings: ServerSettings, database: str) -> Section | None:
    """The section `[auth]` that would otherwise stand in secrets.toml; None where no provider is set."""
    provider = settings.provider
    if provider is None:
        return None
    section = {
        "redirect_uri": f"{settings.address()}/oauth2callback",
        "cookie_secret": server_secret(database, "openid connect"),
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "server_metadata_url": provider.metadata_url,
    }
    return {"auth": section}
