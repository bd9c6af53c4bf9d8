"""Who is signed in, at the foot of the menu, and how to sign out; for everybody else how to sign in."""

import htpy as h
import streamlit as st
from htpy import Element, Node

from models.core.settings import server_settings
from models.people.accounts import sign_out_everywhere
from models.people.bulk_list import role_labels
from models.people.directory import person
from models.people.first_sign_in import first_link_file
from models.people.permissions import PUBLIC
from models.store.database import database_url, engine_for
from pages.shared import text
from pages.shared.heading import show
from pages.shared.locked import sign_in_link
from pages.shared.who import acting, asking, comes_through_provider, current_user, vouched_address

# Plain forms, which stay in this tab: the server ends the cookie, and the page starts again.
SIGN_OUT = h.fragment[
    h.form(method="post", action="/sign-out")[h.button(".t-button", type="submit")[text.SIGN_OUT]],
    h.form(method="post", action="/sign-out-everywhere")[h.button(".t-plain", type="submit")[text.SIGN_OUT_EVERYWHERE]],
]


def show_signed_in(page: str) -> None:
    """The person and their roles, or how to sign in and come back to the page."""
    if current_user() != PUBLIC:
        _show_person()
    elif comes_through_provider():
        # Somebody whom the provider knows and the list of people does not: the public, with the reason.
        show(_who(text.unknown_account(vouched_address())))
        st.button(text.SIGN_OUT, on_click=st.logout)
    else:
        _show_ways_in(page)


def _show_person() -> None:
    with asking() as context:
        user = context.user
        account = person(context.session, user.person_id) if user.person_id is not None else None
        roles = role_labels(user.roles, context.plan)
    name = h.b[account.display_name if account else ""]
    show(_who(name, [[h.br, h.span[role]] for role in roles]))
    if vouched_address():
        st.button(text.SIGN_OUT, on_click=st.logout)
        st.button(text.SIGN_OUT_EVERYWHERE, on_click=_leave_everywhere, type="tertiary")
    else:
        show(SIGN_OUT)


def _show_ways_in(page: str) -> None:
    first = first_link_file(engine_for(database_url()))
    show(_who(text.first_link(f"{first.parent.name}/{first.name}") if first.exists() else text.WHY_SIGN_IN))
    if server_settings().provider:
        st.button("Sign in", on_click=st.login, width="stretch")
    show(sign_in_link("Sign in with a link", page))


def _who(*content: Node) -> Element:
    return h.p(".t-who")[content]


def _leave_everywhere() -> None:
    with acting() as context:
        if context.user.person_id is not None:
            sign_out_everywhere(context.in_real_time(), context.user.person_id)
    st.logout()
