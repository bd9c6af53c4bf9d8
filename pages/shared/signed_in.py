"""Who is signed in, at the foot of the menu, with the way out; for everybody else the way in."""

from dataclasses import replace
from html import escape

import streamlit as st

from models.core.settings import server_settings
from models.people.accounts import sign_out_everywhere
from models.people.bulk_list import hats_told
from models.people.directory import person
from models.people.first_sign_in import file_of_first_link
from models.people.permissions import PUBLIC
from models.people.sign_in_mail import with_way_back
from models.store.clock import wall_clock
from models.store.database import database_url, engine_for
from pages.shared.who import acting, asking, comes_through_provider, reader, vouched_address

# Plain forms and links, which stay in this tab: the server sets and ends the cookie, and the page starts anew.
SIGN_OUT = (
    '<form method="post" action="/sign-out"><button class="t-button" type="submit">Sign out</button></form>'
    '<form method="post" action="/sign-out-everywhere"><button class="t-plain" type="submit">'
    "Sign out on every device</button></form>"
)
SIGN_IN = '<p class="t-sign"><a class="t-button" href="{address}" target="_self">Sign in with a link</a></p>'


def show_signed_in(page: str) -> None:
    """The person and their hats, or how to sign in and come back to the page."""
    if reader() != PUBLIC:
        _show_person()
    elif comes_through_provider():
        _show_stranger()
    else:
        _show_ways_in(page)


def _show_person() -> None:
    with asking() as one:
        known = person(one.session, one.user.person_id) if one.user.person_id is not None else None
        hats = hats_told(one.user.hats, one.plan)
    told = "".join(f"<br><span>{escape(hat)}</span>" for hat in hats)
    st.html(f'<p class="t-who"><b>{escape(known.called if known else "")}</b>{told}</p>')
    if vouched_address():
        st.button("Sign out", on_click=st.logout)
        st.button("Sign out on every device", on_click=_leave_everywhere, type="tertiary")
    else:
        st.html(SIGN_OUT)


def _show_stranger() -> None:
    """Somebody whom the provider knows and the list of people does not: the public, told why."""
    named = vouched_address() or "Your provider did not vouch for your address, so you"
    remedy = "Sign out and in again, or ask the secretariat to add you."
    told = f"{named} may read what everybody may. {remedy}"
    st.html(f'<p class="t-who">{escape(told)}</p>')
    st.button("Sign out", on_click=st.logout)


def _show_ways_in(page: str) -> None:
    first = file_of_first_link(engine_for(database_url()))
    told = "For those who report or clear:"
    if first.exists():
        told = f"Nobody has signed in yet: see {first.parent.name}/{first.name} on the server."
    st.html(f'<p class="t-who">{escape(told)}</p>')
    if server_settings().provider:
        st.button("Sign in", on_click=st.login, width="stretch")
    st.html(SIGN_IN.format(address=escape(with_way_back("/sign-in", page))))


def _leave_everywhere() -> None:
    with acting() as one:
        if one.user.person_id is not None:
            sign_out_everywhere(replace(one, now=wall_clock()), one.user.person_id)
    st.logout()
