"""Changing one person: a link, another role, another address, signed out, removed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from models.people.accounts import add_hat, change_person, end_role, remove_person, sign_out_everywhere
from models.people.bulk_list import LONGEST_ADDRESS, hat_labels
from models.people.directory import Account
from models.plan.schema import Plan
from models.store.clock import wall_clock
from pages.people.add import every_hat, hat_named
from pages.people.links import hand_out
from pages.shared.flash import Told, attempt
from pages.shared.heading import show
from pages.shared.markup import section
from pages.shared.who import acting

CHOSEN = "people-chosen"


def change_person_part(people: Sequence[Account], plan: Plan) -> None:
    """Choose somebody, then what to change."""
    show(section("Change somebody"))
    known = {one.id: one for one in people}
    key = st.selectbox(
        "Person",
        list(known),
        format_func={key: _told(one) for key, one in known.items()}.__getitem__,
        index=None,
        key=CHOSEN,
        placeholder="Choose a person",
        label_visibility="collapsed",
        width=420,
    )
    if key is not None:
        with st.container(horizontal=True, gap="small", key="people-change"):
            _buttons(known[key], plan)


def _buttons(one: Account, plan: Plan) -> None:
    st.button("Make a link", key="people-make", on_click=_make_link, args=(one.id,))
    done = f"{one.display_name}: signed out in every browser."
    st.button("Sign out everywhere", key="people-out", on_click=_act, args=(done, sign_out_everywhere, one.id))
    with st.popover("Name and address"):
        _name_and_address(one)
    with st.popover("Add a role"):
        _add_role(one, plan)
    with st.popover("End a role"):
        for hat, told in zip(one.hats, hat_labels(one.hats, plan), strict=True):
            done = f"{told}: ended."
            st.button(f"End {told}", key=f"people-end-{told}", on_click=_act, args=(done, end_role, one.id, hat))
    with st.popover("Remove"):
        _remove(one)


def _name_and_address(one: Account) -> None:
    with st.form(f"people-rename-{one.id}", border=False):
        st.text_input("Name", one.name or "", key=f"people-name-{one.id}", max_chars=200)
        st.text_input("E-mail address", one.email or "", key=f"people-email-{one.id}", max_chars=LONGEST_ADDRESS)
        st.form_submit_button("Change", on_click=_rename, args=(one.id,))


def _add_role(one: Account, plan: Plan) -> None:
    with st.form(f"people-role-{one.id}", border=False):
        free = [hat for hat in every_hat(plan) if hat not in one.hats]
        st.selectbox("Role", free, format_func=hat_named(plan), key=f"people-role-of-{one.id}")
        st.form_submit_button("Add the role", on_click=_give_role, args=(one.id,))


def _remove(one: Account) -> None:
    st.write("Every role and session ends, and name and address are deleted. What the person wrote stays.")
    done = f"{one.display_name}: removed."
    st.button("Remove this person", key="people-remove", on_click=_act, args=(done, remove_person, one.id))


def _make_link(person_id: int) -> None:
    attempt(lambda: hand_out([person_id]))


def _rename(person_id: int) -> None:
    typed = st.session_state
    email, name = typed[f"people-email-{person_id}"], typed[f"people-name-{person_id}"]
    _act("Name and address: changed.", change_person, person_id, email=email, name=name)


def _give_role(person_id: int) -> None:
    _act("Role: added.", add_hat, person_id, st.session_state[f"people-role-of-{person_id}"])


def _act(done: str, act: Callable[..., None], *arguments: Any, **named: Any) -> None:
    """Do one act as whoever is at this browser now, and keep what came of it."""

    def do() -> Told:
        with acting() as one:
            act(replace(one, now=wall_clock()), *arguments, **named)
        return Told(done)

    attempt(do)


def _told(one: Account) -> str:
    return f"{one.name} ({one.email})" if one.name and one.email else one.display_name
