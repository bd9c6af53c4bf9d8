"""Adding people: one, or many pasted from a table; with their links, if they are to have some at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from models.core.text import counted
from models.core.vocabulary import Role
from models.people.accounts import add_people
from models.people.bulk_list import COLUMNS, LONGEST_ADDRESS, NewPerson, hat_labels, read_people, scopes
from models.people.permissions import Hat
from models.plan.schema import Plan
from models.store.clock import wall_clock
from pages.people.links import hand_out
from pages.shared.flash import Told, attempt
from pages.shared.heading import show
from pages.shared.markup import section
from pages.shared.who import acting

LONGEST_TABLE = 50_000
EXAMPLE = "chair\tTMTF\tname@example.org\tName\nfocal_point\tTH\tanother@example.org\tAnother name"
HELP = f"One line for each role: {', '.join(COLUMNS)}. Copy the columns from a spreadsheet, or separate them by commas."


def every_hat(plan: Plan) -> list[Hat]:
    """Every role there can be, the body or state included, in the order of the plan."""
    return [Hat(role, scope) for role in Role for scope in (scopes(role, plan) or [""])]


def hat_named(plan: Plan) -> Callable[[Hat], str]:
    """How a list of roles names each."""
    hats = every_hat(plan)
    return dict(zip(hats, hat_labels(hats, plan), strict=True)).__getitem__


def add_people_part(plan: Plan) -> None:
    """Two ways, one above the other on a phone."""
    show(section("Add people", "Somebody known already gets the role too. Of a table, all are added or nobody."))
    one, many = st.columns(2, gap="large")
    with one:
        _one(plan)
    with many:
        _many()


def _one(plan: Plan) -> None:
    with st.form("people-one", border=False):
        st.text_input("E-mail address", key="people-email", max_chars=LONGEST_ADDRESS)
        st.text_input("Name", key="people-name", max_chars=200)
        st.selectbox("Role", every_hat(plan), format_func=hat_named(plan), index=None, key="people-hat")
        st.checkbox("Make a sign-in link at once", value=True, key="people-link")
        st.form_submit_button("Add this person", on_click=_add_one)


def _many() -> None:
    with st.form("people-many", border=False):
        st.text_area(
            "A table of people", key="people-table", height=208, help=HELP, placeholder=EXAMPLE, max_chars=LONGEST_TABLE
        )
        st.checkbox("Make a sign-in link for each", value=True, key="people-links")
        st.form_submit_button("Add everybody in the table", on_click=_add_many)


def _add_one() -> None:
    typed = st.session_state
    hat: Hat | None = typed["people-hat"]
    name = typed["people-name"].strip() or None
    person = NewPerson(typed["people-email"].strip(), (hat,) if hat else (), name, line=0)
    if attempt(lambda: _added([person], with_links=typed["people-link"])):
        typed["people-email"] = typed["people-name"] = ""
        typed["people-hat"] = None


def _add_many() -> None:
    typed = st.session_state
    if attempt(lambda: _added(typed["people-table"], with_links=typed["people-links"])):
        typed["people-table"] = ""


def _added(people: Sequence[NewPerson] | str, *, with_links: bool) -> Told:
    with acting() as one:
        new = read_people(people, one.plan) if isinstance(people, str) else people
        keys = add_people(replace(one, now=wall_clock()), new)
    told = f"{counted(len(set(keys)), 'person', 'people')} added."
    if not with_links:
        return Told(told)
    handed = hand_out(keys)
    return Told(f"{told} {handed.sentence}", handed.to_copy)
