"""Uploaded files, which Streamlit holds in memory until the page's session ends: how many at once, and how long.

A page takes the content of a file when it is uploaded, and gives the memory back at once (pages/shared/new_fields.py).
What is left is a form that is being looked at, and what was never taken.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from streamlit import config
from streamlit.runtime import exists, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from models.core.text import MEGABYTE

MOST_FILES = 10
MOST_BYTES = 50 * MEGABYTE
"""Of the files that one open page holds at the same time."""


class Uploads:
    """The uploads of every open page."""

    def __init__(self) -> None:
        self._arriving: Counter[str] = Counter()
        self._gone_since: dict[str, float] = {}

    @contextmanager
    def arriving(self, session: str) -> Iterator[bool]:
        """Whether there is room for one more file in a session of Streamlit, kept until the file has arrived.

        Each file on its way counts with the largest size it may have.
        """
        sizes = [len(file.data) for file in dict(_files().file_storage.get(session, {})).values()]
        on_the_way = self._arriving[session] + 1
        largest = int(config.get_option("server.maxUploadSize")) * MEGABYTE
        has_room = len(sizes) + on_the_way <= MOST_FILES and sum(sizes) + on_the_way * largest <= MOST_BYTES
        self._arriving[session] += has_room
        try:
            yield has_room
        finally:
            self._arriving[session] -= has_room
            self._arriving += Counter()  # forgets sessions without a file on its way

    def free(self) -> None:
        """Free what a session uploaded once it is gone for as long as Streamlit waits for its browser to come back.

        Streamlit itself ends such a session only when another one goes. Called again and again, on the event loop.
        """
        if not exists():
            return
        runtime, files, now = get_instance(), _files(), time.monotonic()
        gone = [session for session in list(files.file_storage) if not runtime.is_active_session(session)]
        self._gone_since = {session: self._gone_since.get(session, now) for session in gone}
        for session, since in self._gone_since.items():
            if now - since >= config.get_option("server.disconnectedSessionTTL"):
                files.remove_session_files(session)


def _files() -> MemoryUploadedFileManager:
    """Streamlit's own store of uploads; st.App has this one and no other."""
    return cast("MemoryUploadedFileManager", get_instance().uploaded_file_mgr)
