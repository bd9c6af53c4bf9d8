"""The people: who waits for a link, the list, one of them to change, and more to add."""

import streamlit as st

from models.core.text import counted
from models.people.directory import Known, list_people
from models.plan.schema import Plan
from pages.people import blocks, text
from pages.people.add import add_people_part
from pages.people.change import change_person_part
from pages.people.links import hand_out
from pages.shared.apology import as_text
from pages.shared.flash import attempt, show_message
from pages.shared.handover_file import download_pack
from pages.shared.heading import page_title, show
from pages.shared.markup import section
from pages.shared.who import asking
from reports.handover.describe import speaker_named

PACK = "people-handover"


def people_part() -> None:
    """Read again at every run, so that it includes what a colleague has just changed."""
    with asking() as context:
        people, plan = list_people(context.session, by=context.by, plan=context.plan), context.plan
    page_title(text.title(people))
    show_message()
    _waiting(people)
    show(blocks.everybody(people, plan))
    change_person_part(people, plan)
    add_people_part(plan)
    _handover(plan)


def _waiting(people: tuple[Known, ...]) -> None:
    """Who asked for a new link on a server that sends no mail."""
    waiting = [person for person in people if person.asked_at]
    if waiting:
        title = f"{counted(len(waiting), 'person asks', 'people ask')} for a new link"
        show(section(title, text.LINKS_WAIT))
    for person in waiting:
        label = as_text(f"{text.MAKE_LINK} for {person.called}")
        st.button(label, key=f"people-answer-{person.id}", on_click=_answer, args=(person.id,))


def _answer(person_id: int) -> None:
    attempt(lambda: hand_out([person_id]))


def _handover(plan: Plan) -> None:
    """Choose a body or state, and take its pack."""
    show(section(text.HANDOVER, text.HANDOVER_NOTE))
    keys = [*(body.key for body in plan.bodies if body.status == "active"), *plan.state]
    names = {key: speaker_named(plan, key) for key in keys}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(text.PACK_OF, list(names), format_func=names.__getitem__, key=PACK, width=280)
        if chosen:
            download_pack(chosen, PACK)
