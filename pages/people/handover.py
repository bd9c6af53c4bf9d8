"""The handover pack for the secretariat, which gives it to a new chair, champion or focal point."""

import streamlit as st

from models.plan.schema import Plan
from pages.people import text
from pages.shared.handover_file import download_pack
from pages.shared.heading import show
from pages.shared.markup import section
from reports.handover.describe import speaker_named

STEM = "people-handover"


def handover_part(plan: Plan) -> None:
    """Choose a body or state, and take its pack."""
    show(section(text.HANDOVER, text.HANDOVER_NOTE))
    keys = [*(body.key for body in plan.bodies if body.status == "active"), *plan.state]
    names = {key: speaker_named(plan, key) for key in keys}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(text.PACK_OF, list(names), format_func=names.__getitem__, key=STEM, width=280)
        if chosen:
            download_pack(chosen, STEM)
