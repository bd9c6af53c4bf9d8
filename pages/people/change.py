"""Changing a person: a link, another role, another address, signed out, removed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from models.core.mail_address import LONGEST_ADDRESS
from models.people.accounts import add_hat, change_person, end_role, remove_person, sign_out_everywhere
from models.people.bulk_list import hat_labels
from models.people.directory import Account
from models.plan.schema import Plan
from models.store.clock import wall_clock
from pages.people import text
from pages.people.add import every_role, role_named
from pages.people.links import hand_out
from pages.shared.flash import Message, attempt
from pages.shared.heading import show
from pages.shared.markup import section
from pages.shared.who import acting

CHOSEN = "people-chosen"


def change_person_part(people: Sequence[Account], plan: Plan) -> None:
    """Choose a person, then what to change."""
    show(section(text.CHANGE))
    known = {person.id: person for person in people}
    key = st.selectbox(
        text.PERSON,
        list(known),
        format_func={key: _named(person) for key, person in known.items()}.__getitem__,
        index=None,
        key=CHOSEN,
        placeholder=text.CHOOSE,
        label_visibility="collapsed",
        width=420,
    )
    if key is not None:
        with st.container(horizontal=True, gap="small", key="people-change"):
            _buttons(known[key], plan)


def _buttons(person: Account, plan: Plan) -> None:
    st.button(text.MAKE_LINK, key="people-make", on_click=_make_link, args=(person.id,))
    done = f"{person.display_name} was signed out in every browser."
    st.button(text.SIGN_OUT, key="people-out", on_click=_act, args=(done, sign_out_everywhere, person.id))
    with st.popover(text.NAME_AND_ADDRESS):
        _name_and_address(person)
    with st.popover(text.ADD_ROLE):
        _add_role(person, plan)
    with st.popover(text.END_ROLE):
        for role, name in zip(person.hats, hat_labels(person.hats, plan), strict=True):
            done = f"The role “{name}” was ended."
            st.button(f"End {name}", key=f"people-end-{name}", on_click=_act, args=(done, end_role, person.id, role))
    with st.popover(text.REMOVE):
        _remove(person)


def _name_and_address(person: Account) -> None:
    with st.form(f"people-rename-{person.id}", border=False):
        st.text_input(text.NAME, person.name or "", key=f"people-name-{person.id}", max_chars=200)
        st.text_input(text.EMAIL, person.email or "", key=f"people-email-{person.id}", max_chars=LONGEST_ADDRESS)
        st.form_submit_button(text.SAVE, on_click=_rename, args=(person.id,))


def _add_role(person: Account, plan: Plan) -> None:
    with st.form(f"people-role-{person.id}", border=False):
        free = [role for role in every_role(plan) if role not in person.hats]
        st.selectbox(text.ROLE, free, format_func=role_named(plan), key=f"people-role-of-{person.id}")
        st.form_submit_button(text.ADD_THE_ROLE, on_click=_give_role, args=(person.id,))


def _remove(person: Account) -> None:
    st.write(text.REMOVE_NOTE)
    done = f"{person.display_name} was removed."
    st.button(text.REMOVE_PERSON, key="people-remove", on_click=_act, args=(done, remove_person, person.id))


def _make_link(person_id: int) -> None:
    attempt(lambda: hand_out([person_id]))


def _rename(person_id: int) -> None:
    typed = st.session_state
    email, name = typed[f"people-email-{person_id}"], typed[f"people-name-{person_id}"]
    _act(text.RENAMED, change_person, person_id, email=email, name=name)


def _give_role(person_id: int) -> None:
    _act(text.ROLE_ADDED, add_hat, person_id, st.session_state[f"people-role-of-{person_id}"])


def _act(done: str, act: Callable[..., None], *arguments: Any, **named: Any) -> None:
    """Do one act as whoever is at this browser now, and keep what came of it."""

    def do() -> Message:
        with acting() as context:
            act(replace(context, now=wall_clock()), *arguments, **named)
        return Message(done)

    attempt(do)


def _named(person: Account) -> str:
    return f"{person.name} ({person.email})" if person.name and person.email else person.display_name
