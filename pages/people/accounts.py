"""The people: who waits for a link, the list, one of them to change, and more to add, one or many from a table."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from models.core.mail_address import LONGEST_ADDRESS
from models.core.text import counted
from models.core.vocabulary import Role
from models.people.accounts import add_people, add_role, change_person, end_role, remove_person, sign_out_everywhere
from models.people.bulk_list import NewPerson, read_people, role_labels, scopes
from models.people.context import Command, Context
from models.people.directory import Account, list_people
from models.people.permissions import RoleAssignment
from models.plan.schema import Plan
from pages.people import blocks, text
from pages.people.links import Links, give_on, hand_out, make_links
from pages.shared.handover_file import choose_pack
from pages.shared.heading import page_title, show
from pages.shared.markup import section
from pages.shared.plain_text import as_label
from pages.shared.run import Message, run, show_message
from pages.shared.who import asking

CHOSEN = "people-chosen"
LONGEST_TABLE = 50_000


def people_part() -> None:
    """Read again at every run, so that it includes what a colleague has just changed."""
    with asking() as context:
        people, plan = list_people(context), context.plan
    page_title(text.title(people))
    show_message()
    _waiting(people)
    show(blocks.everybody(people, plan))
    _change_person(people, plan)
    _add_people(plan)
    show(section("Hand over a role", text.HANDOVER_NOTE))
    choose_pack((*(body.key for body in plan.bodies if body.status == "active"), *plan.state), plan, "people-handover")


def _waiting(people: tuple[Account, ...]) -> None:
    """Who asked for a new link on a server that sends no mail."""
    waiting = [person for person in people if person.link_requested_at]
    if waiting:
        title = f"{counted(len(waiting), 'person asks', 'people ask')} for a new link"
        show(section(title, text.LINKS_WAIT))
    for person in waiting:
        label = f"{text.MAKE_LINK} for {person.display_name}"
        st.button(as_label(label), key=f"people-answer-{person.id}", on_click=hand_out, args=(person.id,))


def _change_person(people: Sequence[Account], plan: Plan) -> None:
    show(section("Change a person"))
    known = {person.id: person for person in people}
    key = st.selectbox(
        text.PERSON,
        list(known),
        format_func={key: _named(person) for key, person in known.items()}.__getitem__,
        index=None,
        key=CHOSEN,
        placeholder="Choose a person",
        label_visibility="collapsed",
        width=420,
    )
    if key is not None:
        with st.container(horizontal=True, gap="small", key="people-change"):
            _buttons(known[key], plan)


def _buttons(person: Account, plan: Plan) -> None:
    st.button(text.MAKE_LINK, key="people-make", on_click=hand_out, args=(person.id,))
    done = f"{person.display_name} was signed out in every browser."
    _button(text.SIGN_OUT, "people-out", lambda context: sign_out_everywhere(context, person.id), done)
    with st.popover(text.NAME_AND_ADDRESS):
        _name_and_address(person)
    with st.popover("Add a role"):
        _add_role(person, plan)
    with st.popover("End a role"):
        for role, name in zip(person.roles, role_labels(person.roles, plan), strict=True):
            end = partial(end_role, person_id=person.id, assignment=role)
            _button(f"End {name}", f"people-end-{name}", end, f"The role “{name}” was ended.")
    with st.popover("Remove"):
        st.write(text.REMOVE_NOTE)
        done = f"{person.display_name} was removed."
        _button("Remove this person", "people-remove", lambda context: remove_person(context, person.id), done)


def _button(label: str, key: str, command: Command[None], done: str) -> None:
    st.button(as_label(label), key=key, on_click=_change, args=(command, done))


def _change(command: Command[None], done: str) -> None:
    run(lambda context: command(context.in_real_time()), done=lambda _: Message(done))


def _name_and_address(person: Account) -> None:
    with st.form(f"people-rename-{person.id}", border=False):
        st.text_input(text.NAME, person.name or "", key=f"people-name-{person.id}", max_chars=200)
        st.text_input(text.EMAIL, person.email or "", key=f"people-email-{person.id}", max_chars=LONGEST_ADDRESS)
        st.form_submit_button("Change", on_click=_rename, args=(person.id,))


def _add_role(person: Account, plan: Plan) -> None:
    with st.form(f"people-role-{person.id}", border=False):
        free = [role for role in _every_role(plan) if role not in person.roles]
        st.selectbox(text.ROLE, free, format_func=_role_named(plan), key=f"people-role-of-{person.id}")
        st.form_submit_button("Add the role", on_click=_give_role, args=(person.id,))


def _rename(person_id: int) -> None:
    typed = st.session_state
    email, name = typed[f"people-email-{person_id}"], typed[f"people-name-{person_id}"]
    _change(lambda context: change_person(context, person_id, email=email, name=name), text.RENAMED)


def _give_role(person_id: int) -> None:
    role = st.session_state[f"people-role-of-{person_id}"]
    _change(lambda context: add_role(context, person_id, role), text.ROLE_ADDED)


def _named(person: Account) -> str:
    return f"{person.name} ({person.email})" if person.name and person.email else person.display_name


def _every_role(plan: Plan) -> list[RoleAssignment]:
    """Every role there can be, the body or state included, in the order of the plan."""
    return [RoleAssignment(role, scope) for role in Role for scope in (scopes(role, plan) or [""])]


def _role_named(plan: Plan) -> Callable[[RoleAssignment], str]:
    """Give the name of each role for a list of choices."""
    roles = _every_role(plan)
    return dict(zip(roles, role_labels(roles, plan), strict=True)).__getitem__


def _add_people(plan: Plan) -> None:
    show(section("Add people", text.ADD_NOTE))
    left, right = st.columns(2, gap="large")
    with left, st.form("people-one", border=False):
        st.text_input(text.EMAIL, key="people-email", max_chars=LONGEST_ADDRESS)
        st.text_input(text.NAME, key="people-name", max_chars=200)
        st.selectbox(text.ROLE, _every_role(plan), format_func=_role_named(plan), index=None, key="people-role")
        st.checkbox("Make a sign-in link now", value=True, key="people-link")
        st.form_submit_button("Add this person", on_click=_add_one)
    with right, st.form("people-many", border=False):
        st.text_area(
            text.TABLE,
            key="people-table",
            height=208,
            help=text.TABLE_HELP,
            placeholder=text.TABLE_EXAMPLE,
            max_chars=LONGEST_TABLE,
        )
        st.checkbox("Make a sign-in link for each", value=True, key="people-links")
        st.form_submit_button("Add everybody in the table", on_click=_add_many)


def _add_one() -> None:
    typed = st.session_state
    role: RoleAssignment | None = typed["people-role"]
    name = typed["people-name"].strip() or None
    person = NewPerson(typed["people-email"].strip(), (role,) if role else (), name, line=0)
    if _add([person], with_links=typed["people-link"]):
        typed["people-email"] = typed["people-name"] = ""
        typed["people-role"] = None


def _add_many() -> None:
    typed = st.session_state
    if _add(typed["people-table"], with_links=typed["people-links"]):
        typed["people-table"] = ""


def _add(people: Sequence[NewPerson] | str, *, with_links: bool) -> bool:
    """Add them and make their links, all or nothing; return whether it was done."""

    def add(context: Context) -> tuple[int, Links | None]:
        new = read_people(people, context.plan) if isinstance(people, str) else people
        keys = add_people(context.in_real_time(), new)
        return len(set(keys)), make_links(context, keys) if with_links else None

    return run(add, done=_added) is not None


def _added(added: tuple[int, Links | None]) -> Message:
    number, links = added
    sentence = f"{counted(number, 'person was', 'people were')} added."
    given = give_on(links) if links else Message("")
    return Message(f"{sentence} {given.sentence}".rstrip(), given.to_copy)
