"""The stylesheets, sent with every page: what all pages share, then what single pages add."""

from pathlib import Path

import streamlit as st

NAMES = ("style.css", "viewer.css", "secretariat.css", "people.css")
SHEETS = tuple(Path(__file__).with_name(name) for name in NAMES)


def style() -> None:
    """Load them; they draw nothing."""
    for sheet in SHEETS:
        st.html(sheet)
