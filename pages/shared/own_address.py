"""The address under which people open this server, for what is handed out: links, mails, documents."""

import streamlit as st

from models.core.settings import server_settings


def own_address() -> str:
    """The address in the settings; without one, that in the user's browser."""
    settings, url = server_settings(), st.context.url or ""
    return settings.public_url or "/".join(url.split("/")[:3]) or settings.address()
