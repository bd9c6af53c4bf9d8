"""The people: who waits for a link, the list, one of them to change, and more to add."""

import streamlit as st

from models.people.directory import Known, list_people
from pages.people import blocks, text
from pages.people.add import add_people_part
from pages.people.change import change_person_part
from pages.people.handover import handover_part
from pages.people.links import hand_out
from pages.shared.apology import as_text
from pages.shared.flash import attempt, show_message
from pages.shared.heading import page_title, show
from pages.shared.markup import section
from pages.shared.who import asking


def people_part() -> None:
    """Read again at every run, so that it includes what a colleague has just changed."""
    with asking() as one:
        people, plan = list_people(one.session, by=one.by, plan=one.plan), one.plan
    page_title(text.title(people))
    show_message()
    _waiting(people)
    show(blocks.everybody(people, plan))
    change_person_part(people, plan)
    add_people_part(plan)
    handover_part(plan)


def _waiting(people: tuple[Known, ...]) -> None:
    """Who asked for a new link on a server that sends no mail."""
    waiting = [person for person in people if person.asked_at]
    if waiting:
        show(section(text.waiting_title(len(waiting)), text.LINKS_WAIT))
    for person in waiting:
        label = as_text(f"{text.MAKE_LINK} for {person.called}")
        st.button(label, key=f"people-answer-{person.id}", on_click=_answer, args=(person.id,))


def _answer(person_id: int) -> None:
    attempt(lambda: hand_out([person_id]))
