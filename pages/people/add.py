"""Adding people: one, or many pasted from a table; with their links, if they are to have some at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from models.core.mail_address import LONGEST_ADDRESS
from models.core.text import counted
from models.core.vocabulary import Role
from models.people.accounts import add_people
from models.people.bulk_list import NewPerson, hat_labels, read_people, scopes
from models.people.permissions import Hat
from models.plan.schema import Plan
from models.store.clock import wall_clock
from pages.people import text
from pages.people.links import hand_out
from pages.shared.flash import Message, attempt
from pages.shared.heading import show
from pages.shared.markup import section
from pages.shared.who import acting

LONGEST_TABLE = 50_000


def every_role(plan: Plan) -> list[Hat]:
    """Every role there can be, the body or state included, in the order of the plan."""
    return [Hat(role, scope) for role in Role for scope in (scopes(role, plan) or [""])]


def role_named(plan: Plan) -> Callable[[Hat], str]:
    """How a list of roles names each."""
    roles = every_role(plan)
    return dict(zip(roles, hat_labels(roles, plan), strict=True)).__getitem__


def add_people_part(plan: Plan) -> None:
    """Two ways, one above the other on a phone."""
    show(section(text.ADD, text.ADD_NOTE))
    left, right = st.columns(2, gap="large")
    with left:
        _person(plan)
    with right:
        _table()


def _person(plan: Plan) -> None:
    with st.form("people-one", border=False):
        st.text_input(text.EMAIL, key="people-email", max_chars=LONGEST_ADDRESS)
        st.text_input(text.NAME, key="people-name", max_chars=200)
        st.selectbox(text.ROLE, every_role(plan), format_func=role_named(plan), index=None, key="people-role")
        st.checkbox(text.LINK_NOW, value=True, key="people-link")
        st.form_submit_button(text.ADD_PERSON, on_click=_add_one)


def _table() -> None:
    with st.form("people-many", border=False):
        st.text_area(
            text.TABLE,
            key="people-table",
            height=208,
            help=text.TABLE_HELP,
            placeholder=text.TABLE_EXAMPLE,
            max_chars=LONGEST_TABLE,
        )
        st.checkbox(text.LINK_EACH, value=True, key="people-links")
        st.form_submit_button(text.ADD_TABLE, on_click=_add_many)


def _add_one() -> None:
    typed = st.session_state
    role: Hat | None = typed["people-role"]
    name = typed["people-name"].strip() or None
    person = NewPerson(typed["people-email"].strip(), (role,) if role else (), name, line=0)
    if attempt(lambda: _added([person], with_links=typed["people-link"])):
        typed["people-email"] = typed["people-name"] = ""
        typed["people-role"] = None


def _add_many() -> None:
    typed = st.session_state
    if attempt(lambda: _added(typed["people-table"], with_links=typed["people-links"])):
        typed["people-table"] = ""


def _added(people: Sequence[NewPerson] | str, *, with_links: bool) -> Message:
    with acting() as context:
        new = read_people(people, context.plan) if isinstance(people, str) else people
        keys = add_people(replace(context, now=wall_clock()), new)
    added = f"{counted(len(set(keys)), 'person was', 'people were')} added."
    if not with_links:
        return Message(added)
    links = hand_out(keys)
    return Message(f"{added} {links.sentence}", links.to_copy)
