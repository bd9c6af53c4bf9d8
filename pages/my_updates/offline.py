"""Folded below the list: the Excel form, downloaded and uploaded as drafts, and the handover pack of each role."""

import streamlit as st

from models.people.permissions import Action
from models.reporting.form_read import speakers_of
from models.reporting.form_take import take_drafts
from models.reporting.my_updates import MyUpdates
from pages.my_updates import text
from pages.shared.form_file import UploadedForm, download, take_button, upload_form
from pages.shared.handover_file import choose_pack
from pages.shared.heading import show
from pages.shared.markup import note
from pages.shared.new_fields import new_fields
from pages.shared.run import Message, keep_showing, leave, run
from pages.shared.who import asking, current_user

PLACE, PACK = "mine-offline", "mine-handover"


def show_offline(mine: MyUpdates) -> None:
    """The Excel form: downloaded, uploaded, taken into drafts."""
    with st.expander("Fill in the form offline in Excel", key=f"{PLACE}-fold"):
        show(note(text.OFFLINE_NOTE))
        if any(card.owed or card.draft or card.returned for card in mine.cards):
            download(speakers_of(current_user()), f"{PLACE}-download")
        keep_showing(PLACE)
        upload = upload_form(PLACE, Action.DRAFT)
        if upload:
            take_button(upload, "Take into my drafts", f"{PLACE}-take", _take)


def _take(upload: UploadedForm) -> None:
    done = run(lambda context: take_drafts(context, upload.form, decided=upload.decided), place=PLACE)
    if done:
        leave(Message(f"{done.result.sentence}. See the differences below, and submit."))
        new_fields(PLACE)


def show_handover() -> None:
    """One pack for each role."""
    with asking() as context:
        speakers, plan = speakers_of(context.user), context.plan
    with st.expander("Handover pack", key=f"{PACK}-fold"):
        show(note(text.HANDOVER_NOTE))
        choose_pack(speakers, plan, PACK)
