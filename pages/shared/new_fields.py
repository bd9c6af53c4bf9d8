"""Fields that are empty again after an act: new ones take their place, the only way to empty an upload."""

import streamlit as st


def field_key(stem: str, name: str) -> str:
    """The key of a field of a group."""
    return f"{stem}-{name}-{_round(stem)}"


def new_fields(stem: str) -> None:
    """Draw new fields for the group from the next run on. Called from a callback."""
    st.session_state[f"{stem}-round"] = _round(stem) + 1


def _round(stem: str) -> int:
    return int(st.session_state.get(f"{stem}-round", 0))
