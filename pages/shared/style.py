"""The stylesheets, sent with every page: what all pages share, then what single pages add."""

from pathlib import Path

import streamlit as st

SHEETS = tuple(Path(__file__).with_name(name) for name in ("style.css", "viewer.css"))


def style() -> None:
    """Load them; they draw nothing."""
    for sheet in SHEETS:
        st.html(sheet)
