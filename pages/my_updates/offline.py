"""Reporting offline: the list as an Excel form, and what was filled in there back as drafts."""

import streamlit as st

from models.people.permissions import Action
from models.reporting.form_read import speakers_of
from models.reporting.form_take import take_drafts
from models.reporting.my_updates import MyUpdates
from pages.my_updates import text
from pages.my_updates.card_list import MESSAGE, attempt, refusal
from pages.shared.apology import as_text
from pages.shared.form_file import UploadedForm, download, start_again, upload_form
from pages.shared.heading import show
from pages.shared.markup import note
from pages.shared.who import reader

PLACE = "mine-offline"


def show_offline(mine: MyUpdates) -> None:
    """On a line below the list."""
    with st.expander(text.OFFLINE, key=f"{PLACE}-fold"):
        show(note(text.OFFLINE_NOTE))
        if any(card.owed or card.draft or card.returned for card in mine.cards):
            download(speakers_of(reader()), f"{PLACE}-download")
        if why := refusal(PLACE):
            st.error(as_text(why))
        upload = upload_form(PLACE, Action.DRAFT)
        if upload:
            left = upload.open_conflicts
            label = text.take_form(left)
            st.button(label, type="primary", key=f"{PLACE}-take", disabled=left > 0, on_click=_take, args=(upload,))


def _take(upload: UploadedForm) -> None:
    done = attempt(PLACE, take_drafts, upload.form, decided=upload.decided)
    if done:
        st.session_state[MESSAGE] = text.form_taken(done.told)
        start_again(PLACE)
