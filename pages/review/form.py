"""The Excel form for the secretariat: sent to a body or state, and recorded in its name when it is returned."""

import streamlit as st

from models.people.permissions import Action
from models.reporting.form_take import record_form
from models.reporting.review_queue import Review
from pages.review import text
from pages.shared.deciding import decide
from pages.shared.flash import Message
from pages.shared.form_file import UploadedForm, download, start_again, take_button, upload_form
from pages.shared.heading import show
from pages.shared.markup import note
from reports.parts.naming import party_name

STEM = "record-form-file"
VALID_ON = f"{STEM}-valid-on"


def draw_form_part(review: Review) -> None:
    """A form for each who owes a report, and the upload of a completed one."""
    with st.expander(text.FORM, key=STEM):
        if review.owed:
            _form_for(review)
        show(note(text.FORM_NOTE))
        upload = upload_form(STEM, Action.RECORD_ON_BEHALF)
        if upload:
            _record_button(upload, review)


def _form_for(review: Review) -> None:
    names = {key: party_name(review.plan, key) for key in review.owed}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key = f"{STEM}-speaker"
        speaker = st.selectbox(text.FORM_FOR, list(names), format_func=names.__getitem__, key=key, width=240)
        download((speaker,), f"{STEM}-download")


def _record_button(upload: UploadedForm, review: Review) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.date_input(text.VALID_ON, review.today, format="DD/MM/YYYY", max_value=review.today, key=VALID_ON, width=160)
        take_button(upload, f"Record it for {', '.join(upload.form.speakers)}", f"{STEM}-record", _record)


def _record(upload: UploadedForm) -> None:
    done = decide(
        record_form,
        upload.form,
        upload.content,
        decided=upload.decided,
        valid_on=st.session_state[VALID_ON],
        done=lambda taken: Message(text.FORM_RECORDED.format(taken.told[0].upper() + taken.told[1:])),
    )
    if done:
        start_again(STEM)
