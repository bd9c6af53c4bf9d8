"""The handover pack on a page: whose, and one button a format; made when it is asked for."""

from collections.abc import Iterable
from functools import partial

import streamlit as st

from models.core.settings import report_template
from models.meetings.handover import handover
from models.people.tokens import Credentials
from models.plan.schema import Plan
from pages.shared.own_address import own_address
from pages.shared.plain_text import as_label
from pages.shared.who import asking, credentials
from reports.formats import Format, write
from reports.handover import describe_handover, speaker_named

FORMATS = (Format.WORD, Format.PDF)


def choose_pack(speakers: Iterable[str], plan: Plan, stem: str) -> None:
    """Choose a body or state, where there is more than one, and download its pack."""
    names = {key: speaker_named(plan, key) for key in speakers}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen: str | None = next(iter(names), None)
        if len(names) > 1:
            chosen = st.selectbox("Pack of", list(names), format_func=names.__getitem__, key=stem, width=280)
        if chosen is None:
            return
        for form in FORMATS:
            st.download_button(
                as_label(f"Handover pack in {form.label}"),
                data=partial(pack, form, chosen, own_address(), credentials()),
                file_name=f"handover-{chosen}.{form}",
                mime=form.mime,
                on_click="ignore",
                key=f"{stem}-{form}",
            )


def pack(form: Format, speaker: str, address: str, by: Credentials) -> bytes:
    """Made with the rights its user has when the button is pressed."""
    with asking(by) as context:
        described = describe_handover(handover(context, speaker), address)
    return write(described, form, template=report_template())
