"""Reminders on Review: who owes what, when each was last reminded, and the buttons that remind them."""

from functools import partial
from io import BytesIO
from zipfile import ZipFile

import streamlit as st

from models.core.settings import server_settings
from models.core.text import counted, listed
from models.people.tokens import Credentials
from models.reporting.reminders import Mailed, OutstandingReports, outstanding_reports, reminder_files, send_reminders
from models.store.database import database_url, engine_for
from pages.review import blocks, text
from pages.shared.heading import show
from pages.shared.own_address import own_address
from pages.shared.plain_text import as_label, as_text
from pages.shared.run import Message, keep, show_message
from pages.shared.who import acting, asking, shown

PLACE = "reminders"
"""The result is shown beside the button: the head of the page is far above."""


def draw_reminders() -> None:
    """Nothing while nobody owes anything."""
    with asking() as context:
        owes = outstanding_reports(context)
    if owes.cycle is None or not (owes.people or owes.unheard):
        return
    settings = server_settings()
    show(
        blocks.section_at(blocks.REMINDERS, blocks.reminders(owes, sends=settings.mail is not None)),
        blocks.unreachable(owes),
    )
    with st.container(horizontal=True, gap="small", key="remind"):
        if settings.mail and not owes.is_made_up:
            _send_button(owes)
        _files_button(owes, own_address())
    show_message(PLACE)


def _send_button(owes: OutstandingReports) -> None:
    waiting = len(owes.to_mail())
    label = text.SEND.format(counted(waiting, "reminder")) if waiting else text.REMINDED_TODAY
    if st.button(as_label(label), key="remind-send", type="primary", disabled=not waiting):
        with st.spinner(as_text(f"Sending {counted(waiting, 'reminder')} ...")):
            keep(_send, place=PLACE, done=_sent)
        st.rerun()


def _send() -> Mailed:
    with asking() as context:
        by = context.user
    return send_reminders(engine_for(database_url()), server_settings(), by=by)


def _sent(mailed: Mailed) -> Message:
    replies = "\n".join(f"{address}: {why}" for address, why in mailed.refused)
    missed = listed([address for address, _ in mailed.refused])
    return Message(text.sent(len(mailed.taken), missed), replies, refused=bool(missed))


def _files_button(owes: OutstandingReports, address: str) -> None:
    """For a server that sends no mail, and for those who prefer to send them from their own mailbox."""
    st.download_button(
        "Download .eml files",
        data=partial(packed_files, address, shown()),
        file_name=f"reminders-{owes.today.isoformat()}.zip",
        mime="application/zip",
        key="remind-files",
        disabled=not any(outstanding.person.email for outstanding in owes.people),
    )


def packed_files(address: str, by: Credentials) -> bytes:
    """Made when they are asked for, for the user of the browser at that moment."""
    with acting(by) as context:
        files = reminder_files(context, server_settings(), address)
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
