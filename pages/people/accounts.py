"""The people: who waits for a link, the list, one of them to change, and more to add."""

import streamlit as st

from models.core.text import counted
from models.people.directory import Account, list_people
from pages.people import blocks, text
from pages.people.add import add_people_part
from pages.people.change import change_person_part
from pages.people.links import hand_out
from pages.shared.apology import as_text
from pages.shared.flash import attempt, show_message
from pages.shared.handover_file import choose_pack
from pages.shared.heading import page_title, show
from pages.shared.markup import section
from pages.shared.who import asking


def people_part() -> None:
    """Read again at every run, so that it includes what a colleague has just changed."""
    with asking() as context:
        people, plan = list_people(context), context.plan
    page_title(text.title(people))
    show_message()
    _waiting(people)
    show(blocks.everybody(people, plan))
    change_person_part(people, plan)
    add_people_part(plan)
    show(section(text.HANDOVER, text.HANDOVER_NOTE))
    choose_pack((*(body.key for body in plan.bodies if body.status == "active"), *plan.state), plan, "people-handover")


def _waiting(people: tuple[Account, ...]) -> None:
    """Who asked for a new link on a server that sends no mail."""
    waiting = [person for person in people if person.link_requested_at]
    if waiting:
        title = f"{counted(len(waiting), 'person asks', 'people ask')} for a new link"
        show(section(title, text.LINKS_WAIT))
    for person in waiting:
        label = as_text(f"{text.MAKE_LINK} for {person.display_name}")
        st.button(label, key=f"people-answer-{person.id}", on_click=_answer, args=(person.id,))


def _answer(person_id: int) -> None:
    attempt(lambda: hand_out([person_id]))
