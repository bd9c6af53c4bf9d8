"""The Excel form for the secretariat: sent out to a body or state, and recorded in its name when it comes back."""

import streamlit as st

from models.core.text import counted
from models.people.permissions import Action
from models.reporting.form_take import record_form
from models.reporting.review_queue import Review
from pages.shared.deciding import decide
from pages.shared.flash import Told
from pages.shared.form_file import HandedIn, download, hand_in, start_again
from pages.shared.heading import show
from pages.shared.markup import note
from reports.parts.naming import party_name

STEM = "record-form-file"
VALID_ON = f"{STEM}-valid-on"
TOLD_ABOVE = (
    "A form that came by e-mail is recorded as the statement of those who filled it in, with the file as its evidence;"
    " it waits below until it is cleared."
)


def draw_form_part(seen: Review) -> None:
    """One form out to each who owes a report, and any form back in."""
    with st.expander("Excel form: send it out, record what came back", key=STEM):
        if seen.owed:
            _out(seen)
        show(note(TOLD_ABOVE))
        handed = hand_in(STEM, Action.RECORD_ON_BEHALF)
        if handed:
            _record_button(handed, seen)


def _out(seen: Review) -> None:
    names = {key: party_name(seen.plan, key) for key in seen.owed}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox("Form for", list(names), format_func=names.__getitem__, key=f"{STEM}-speaker", width=240)
        download((chosen,), f"{STEM}-download")


def _record_button(handed: HandedIn, seen: Review) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.date_input("True on", seen.today, format="DD/MM/YYYY", max_value=seen.today, key=VALID_ON, width=160)
        left, speakers = handed.open_conflicts, ", ".join(handed.form.head.speakers)
        label = f"Decide {counted(left, 'conflict')} first" if left else f"Record it for {speakers}"
        st.button(label, type="primary", key=f"{STEM}-record", disabled=left > 0, on_click=_record, args=(handed,))


def _record(handed: HandedIn) -> None:
    done = decide(
        record_form,
        handed.form,
        handed.content,
        decided=handed.decided,
        valid_on=st.session_state[VALID_ON],
        done=lambda taken: Told(f"{taken.told[0].upper()}{taken.told[1:]}. Updates wait below to be cleared."),
    )
    if done:
        start_again(STEM)
