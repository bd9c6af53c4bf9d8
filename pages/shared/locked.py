"""What a user gets at the address of a page that is not open to them: for whom it is, and the way in."""

from urllib.parse import urlencode

import htpy as h
import streamlit as st

from models.core.settings import server_settings
from models.people.permissions import PUBLIC
from models.people.sign_in_mail import with_way_back
from pages.menu_pages import PageEntry
from pages.shared import text
from pages.shared.heading import page_title, show
from pages.shared.markup import lead
from pages.shared.who import comes_through_provider, current_user


def locked_page(entry: PageEntry) -> st.Page:
    """The notice at the page's address; the page's own script is not even named to Streamlit."""

    def notice() -> None:
        if current_user() == PUBLIC and not comes_through_provider():
            _ways_in(entry)
        else:
            page_title(text.page_is_for(entry.readers))
            show(lead("You are signed in without that role. Ask the secretariat for it."))

    return st.Page(notice, title=text.SIGN_IN_FIRST, url_path=entry.url_path)


def _ways_in(entry: PageEntry) -> None:
    page_title(text.SIGN_IN_FIRST)
    show(lead(text.sign_in_to_read(entry.readers)))
    with st.container(width=320):
        if server_settings().provider:
            st.button("Sign in with your organisation’s account", on_click=st.login, width="stretch")
        show(sign_in_link(text.SIGN_IN_LINK, entry.url_path))


def sign_in_link(label: str, page: str) -> h.Element:
    """The way to a sign-in link and back to the page and its filters, in this tab, where the server sets the cookie."""
    filters = urlencode([(name, value) for name in st.query_params for value in st.query_params.get_all(name)])
    back = f"{page}?{filters}" if filters else page
    return h.p(".t-sign")[h.a(".t-button", href=with_way_back("/sign-in", back), target="_self")[label]]
