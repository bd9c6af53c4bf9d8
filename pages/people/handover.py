"""The handover pack for the secretariat, which gives it to a new chair, champion or focal point."""

import streamlit as st

from models.plan.schema import Plan
from pages.shared.handover_file import download_pack
from pages.shared.heading import show
from pages.shared.markup import section
from reports.handover.describe import speaker_named

STEM = "people-handover"
TOLD = (
    "What somebody new owns, what was said at the last three meetings, what is due and open, and how to report, in one"
    " short document. It holds what was said in words, and is not for publication."
)


def handover_part(plan: Plan) -> None:
    """Choose a body or state, and take its pack."""
    show(section("Hand over a role", TOLD))
    keys = [*(one.key for one in plan.bodies if one.status == "active"), *plan.state]
    names = {key: speaker_named(plan, key) for key in keys}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox("Pack of", list(names), format_func=names.__getitem__, key=STEM, width=280)
        if chosen:
            download_pack(chosen, STEM)
