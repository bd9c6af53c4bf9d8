"""Reporting offline: the list as an Excel form, and what was filled in there back as drafts."""

import streamlit as st

from models.core.text import counted
from models.people.permissions import Action
from models.reporting.form_read import speakers_of
from models.reporting.form_take import take_drafts
from models.reporting.my_updates import MyUpdates
from pages.my_updates.desk import TOLD, attempt, refusal
from pages.shared.apology import as_text
from pages.shared.form_file import HandedIn, download, hand_in, start_again
from pages.shared.heading import show
from pages.shared.markup import note
from pages.shared.who import reader

PLACE = "mine-offline"
TOLD_ABOVE = (
    "One row for each commitment of this list, with what was said last. What you fill in comes back as drafts: each"
    " difference is shown first, and nothing is submitted until you submit it."
)


def show_offline(mine: MyUpdates) -> None:
    """A quiet line below the list."""
    with st.expander("Fill it in offline in Excel", key=f"{PLACE}-fold"):
        show(note(TOLD_ABOVE))
        if any(card.owed or card.draft or card.returned for card in mine.cards):
            download(speakers_of(reader()), f"{PLACE}-download")
        if told := refusal(PLACE):
            st.error(as_text(told))
        handed = hand_in(PLACE, Action.DRAFT)
        if handed:
            left = handed.open_conflicts
            label = f"Decide {counted(left, 'conflict')} first" if left else "Take into my drafts"
            st.button(label, type="primary", key=f"{PLACE}-take", disabled=left > 0, on_click=_take, args=(handed,))


def _take(handed: HandedIn) -> None:
    done = attempt(PLACE, take_drafts, handed.form, decided=handed.decided)
    if done:
        st.session_state[TOLD] = f"{done.told[0].upper()}{done.told[1:]}. See the differences below, and submit."
        start_again(PLACE)
