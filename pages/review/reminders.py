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
from pages.shared.who import acting, asking, credentials

PLACE = "reminders"
"""The result is shown beside the button: the head of the page is far above."""


def draw_reminders() -> None:
    """Nothing while nobody owes anything."""
    with asking() as context:
        outstanding = outstanding_reports(context)
    if outstanding.cycle is None or not (outstanding.people or outstanding.unheard):
        return
    settings = server_settings()
    show(
        blocks.section_at(blocks.REMINDERS, blocks.reminders(outstanding, sends=settings.mail is not None)),
        blocks.unreachable(outstanding),
    )
    with st.container(horizontal=True, gap="small", key="remind"):
        if settings.mail and not outstanding.is_made_up:
            _send_button(outstanding)
        _files_button(outstanding, own_address())
    show_message(PLACE)


def _send_button(outstanding: OutstandingReports) -> None:
    waiting = len(outstanding.to_mail())
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


def _files_button(outstanding: OutstandingReports, address: str) -> None:
    """For a server that sends no mail, and for those who prefer to send them from their own mailbox."""
    st.download_button(
        "Download .eml files",
        data=partial(packed_files, address, credentials()),
        file_name=f"reminders-{outstanding.today.isoformat()}.zip",
        mime="application/zip",
        key="remind-files",
        disabled=not any(row.person.email for row in outstanding.people),
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
