"""The stylesheets, sent with every page: what all pages share, then what single pages add."""

from pathlib import Path

import streamlit as st

NAMES = ("style.css", "viewer.css", "secretariat.css", "people.css")
SHEET = "\n".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in NAMES)


def style(sheet: str = SHEET) -> None:
    """Load them, or the sheet of a page, in one message; they draw nothing."""
    st.html(f"<style>{sheet}</style>")
