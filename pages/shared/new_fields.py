"""Fields that are empty again after an act: new ones take their place, the only way to empty an upload."""

from typing import cast

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile


def field_key(stem: str, name: str) -> str:
    """The key of a field of a group."""
    return f"{stem}-{name}-{_round(stem)}"


def uploaded(stem: str) -> tuple[str, bytes] | None:
    """Return name and content of the file that a group's upload holds; None without one, or once its memory is freed.

    Until the browser has drawn the new field, it goes on sending the old one, whose file is gone.
    """
    upload = st.session_state.get(field_key(stem, "file"))
    return (upload.name, upload.getvalue()) if isinstance(upload, UploadedFile) else None


def new_fields(stem: str) -> None:
    """Draw new fields for the group from the next run on, and free the memory of its upload. Called from a callback."""
    upload, run = st.session_state.get(field_key(stem, "file")), get_script_run_ctx()
    if upload and run:
        # Streamlit itself keeps what no field shows any more until the page is closed.
        cast("MemoryUploadedFileManager", run.uploaded_file_mgr).remove_file(run.session_id, upload.file_id)
    st.session_state[f"{stem}-round"] = _round(stem) + 1


def _round(stem: str) -> int:
    return int(st.session_state.get(f"{stem}-round", 0))
