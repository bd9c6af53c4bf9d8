"""What an act of the secretariat led to, told at the head of the page in the run after it."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from models.core.errors import Problem, Refused, TrackerError
from pages.shared.apology import as_text

KEY = "secretariat-told"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and what is shown once below it, to be copied."""

    sentence: str
    to_copy: str = ""
    refused: bool = False


def attempt(act: Callable[[], Told], *, typed: str = "", key: str = KEY) -> bool:
    """Do an act and keep what it led to; a refusal is kept in its own words. Returns whether it was done.

    `key` names another place to tell it at than the head of the page. `typed` is told with a refusal, since the field
    it was typed into may be gone.
    """
    try:
        told = act()
    except Refused as refusal:
        told = Told("\n".join(map(_sentence, refusal.problems)), typed, refused=True)
    except TrackerError as refusal:
        told = Told(str(refusal), typed, refused=True)
    st.session_state[key] = told
    return not told.refused


def _sentence(problem: Problem) -> str:
    """Of something typed into single fields there is no line to name."""
    line = f"Line {problem.line}: " if problem.line else ""
    return f"{line}{problem.what}; {problem.remedy}."


def show_told(key: str = KEY) -> None:
    """Show it once: the next run has forgotten it."""
    told = st.session_state.pop(key, None)
    if told is None:
        return
    (st.error if told.refused else st.success)(as_text(told.sentence))
    if told.to_copy:
        st.code(told.to_copy, language=None, wrap_lines=True)
