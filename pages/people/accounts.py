"""The people: who waits for a link, the list, one of them to change, and more to add."""

import streamlit as st

from models.people.directory import Account, list_people
from pages.people import blocks
from pages.people.add import add_people_part
from pages.people.change import change_person_part
from pages.people.handover import handover_part
from pages.people.links import hand_out
from pages.shared.apology import as_text
from pages.shared.flash import attempt, show_told
from pages.shared.heading import page_title, show
from pages.shared.who import asking


def people_part() -> None:
    """Read afresh at every run: what a colleague changed a moment ago is seen."""
    with asking() as one:
        people, plan = list_people(one), one.plan
    page_title(blocks.title(people))
    show_told()
    _waiting(people)
    show(blocks.everybody(people, plan))
    change_person_part(people, plan)
    add_people_part(plan)
    handover_part(plan)


def _waiting(people: tuple[Account, ...]) -> None:
    """Who asked for a new link on a server that sends no mail."""
    waiting = [one for one in people if one.link_requested_at]
    if not waiting:
        return
    show(blocks.waiting_title(len(waiting)))
    for one in waiting:
        label = as_text(f"Make a link for {one.display_name}")
        st.button(label, key=f"people-answer-{one.id}", on_click=_answer, args=(one.id,))


def _answer(person_id: int) -> None:
    attempt(lambda: hand_out([person_id]))
