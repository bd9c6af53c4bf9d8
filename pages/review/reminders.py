"""Reminders on Review: who owes what, when each was last reminded, and the buttons that remind them."""

from functools import partial
from io import BytesIO
from zipfile import ZipFile

import streamlit as st

from models.core.settings import server_settings
from models.core.text import counted, listed
from models.people.tokens import Credentials
from models.reporting.reminders import Mailed, WhoOwes, reminder_files, send_reminders, who_owes
from models.store.database import database_url, engine_for
from pages.review import reminders_blocks as blocks
from pages.review.blocks import REMINDERS, at
from pages.shared.flash import Told, attempt, show_told
from pages.shared.heading import show
from pages.shared.own_address import own_address
from pages.shared.who import acting, asking, shown

TOLD = "remind-told"
"""What the button led to is told beside it: the head of the page is far above."""


def draw_reminders() -> None:
    """Nothing while nobody owes anything."""
    with asking() as one:
        seen = who_owes(one)
    if seen.cycle is None or not (seen.people or seen.unheard):
        return
    settings = server_settings()
    show(at(REMINDERS, blocks.reminders(seen, sends=settings.mail is not None)), blocks.unheard(seen))
    with st.container(horizontal=True, gap="small", key="remind"):
        if settings.mail and not seen.is_made_up:
            _send_button(seen)
        _files_button(seen, own_address())
    show_told(TOLD)


def _send_button(seen: WhoOwes) -> None:
    waiting = len(seen.to_mail())
    label = f"Send {counted(waiting, 'reminder')} now" if waiting else "Everybody was reminded today"
    if st.button(label, key="remind-send", type="primary", disabled=not waiting):
        with st.spinner(f"Sending {counted(waiting, 'reminder')} ..."):
            attempt(_send, key=TOLD)
        st.rerun()


def _send() -> Told:
    with asking() as one:
        by = one.user
    return _told(send_reminders(engine_for(database_url()), server_settings(), by=by))


def _told(mailed: Mailed) -> Told:
    taken = f"{counted(len(mailed.taken), 'reminder was', 'reminders were')} sent."
    if not mailed.refused:
        return Told(taken)
    refused = "\n".join(f"{address}: {why}" for address, why in mailed.refused)
    missed = listed([address for address, _ in mailed.refused])
    return Told(f"{taken} Not to {missed}: what the mail server said stands below.", refused, refused=True)


def _files_button(seen: WhoOwes, address: str) -> None:
    """For a server that sends no mail, and for whoever would rather send them from an own mailbox."""
    st.download_button(
        "Download .eml files",
        data=partial(packed_files, address, shown()),
        file_name=f"reminders-{seen.today.isoformat()}.zip",
        mime="application/zip",
        key="remind-files",
        disabled=not any(one.person.email for one in seen.people),
    )


def packed_files(address: str, by: Credentials) -> bytes:
    """Made when they are asked for, by whoever the browser stands for then."""
    with acting(by) as one:
        files = reminder_files(one, server_settings(), address)
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
