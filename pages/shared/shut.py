"""What stands at the address of a page that its reader may not open: for whom it is, and the way in. Nothing of it."""

from collections.abc import Callable
from html import escape

import streamlit as st

from models.core.settings import server_settings
from models.people.permissions import PUBLIC
from models.people.sign_in_mail import with_way_back
from pages.menu_pages import PageEntry
from pages.shared.heading import page_title, show
from pages.shared.who import comes_through_provider, reader

SIGN_IN_FIRST = "Sign in first"


def shut(entry: PageEntry) -> st.Page:
    """The closed door at the page's address; the page's own script is not even named to Streamlit."""
    return st.Page(_door(entry), title=SIGN_IN_FIRST, url_path=entry.url_path)


def _door(entry: PageEntry) -> Callable[[], None]:
    def door() -> None:
        if reader() == PUBLIC and not comes_through_provider():
            _ways_in(entry)
        else:
            page_title(f"This page is for {entry.readers}")
            show('<p class="t-lead">You are signed in without that role. Ask the secretariat for it.</p>')

    return door


def _ways_in(entry: PageEntry) -> None:
    page_title(SIGN_IN_FIRST)
    show(f'<p class="t-lead">This page is for {escape(entry.readers)}. Sign in, and you come back to it.</p>')
    with st.container(width=320):
        if server_settings().provider:
            st.button("Sign in with your organisation’s account", on_click=st.login, width="stretch")
        address = escape(with_way_back("/sign-in", entry.url_path))
        show(f'<p class="t-sign"><a class="t-button" href="{address}" target="_self">Get a sign-in link</a></p>')
