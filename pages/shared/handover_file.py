"""The handover pack on a page: one button a format, made when it is asked for."""

from functools import partial

import streamlit as st

from models.meetings.handover import handover
from models.people.tokens import Credentials
from pages.shared.own_address import own_address
from pages.shared.who import asking, shown
from reports.formats import WRITERS, Format
from reports.handover.describe import describe_handover

FORMATS = (Format.WORD, Format.PDF)


def download_pack(speaker: str, stem: str) -> None:
    """The pack of a body or state, in the formats that are read and printed."""
    for form in FORMATS:
        st.download_button(
            f"Handover pack in {form.label}",
            data=partial(pack, form, speaker, own_address(), shown()),
            file_name=f"handover-{speaker}.{form}",
            mime=form.mime,
            on_click="ignore",
            key=f"{stem}-{form}",
        )


def pack(form: Format, speaker: str, address: str, by: Credentials) -> bytes:
    """Made with the rights its reader has when the button is pressed."""
    with asking(by) as context:
        described = describe_handover(handover(context, speaker), address)
    return WRITERS[form](described)
