"""The handover pack of each role, on a line below the list."""

import streamlit as st

from models.reporting.form_read import speakers_of
from pages.my_updates import text
from pages.shared.handover_file import download_pack
from pages.shared.heading import show
from pages.shared.markup import note
from pages.shared.who import asking
from reports.handover.describe import speaker_named

STEM = "mine-handover"


def show_handover() -> None:
    """One pack for each role."""
    with asking() as one:
        names = {key: speaker_named(one.plan, key) for key in speakers_of(one.by)}
    with st.expander(text.HANDOVER, key=f"{STEM}-fold"):
        show(note(text.HANDOVER_NOTE))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            chosen = next(iter(names), "")
            if len(names) > 1:
                chosen = st.selectbox(text.PACK_OF, list(names), format_func=names.__getitem__, key=STEM, width=240)
            if chosen:
                download_pack(chosen, STEM)
