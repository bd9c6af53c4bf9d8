"""What a successor is given: the pack of each hat, on a quiet line below the list."""

import streamlit as st

from models.reporting.form_read import speakers_of
from pages.shared.handover_file import download_pack
from pages.shared.heading import show
from pages.shared.markup import note
from pages.shared.who import asking
from reports.handover.describe import speaker_named

STEM = "mine-handover"
TOLD = (
    "For whoever takes over from you, or for you who took over: what you own, what was said at the last three meetings,"
    " what is due, decisions, evidence and proposals that are open, and how to report."
)


def show_handover() -> None:
    """One pack a hat."""
    with asking() as one:
        names = {key: speaker_named(one.plan, key) for key in speakers_of(one.user)}
    with st.expander("Handover pack", key=f"{STEM}-fold"):
        show(note(TOLD))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            chosen = next(iter(names), "")
            if len(names) > 1:
                chosen = st.selectbox("Pack of", list(names), format_func=names.__getitem__, key=STEM, width=240)
            if chosen:
                download_pack(chosen, STEM)
