"""The result of an act, shown as a message at the head of the page in the run after it."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from models.core.errors import Problem, Refused, TrackerError
from pages.shared.apology import as_text

KEY = "message"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, and a text shown once below it, to be copied."""

    sentence: str
    to_copy: str = ""
    refused: bool = False


def attempt(act: Callable[[], Message], *, typed: str = "", key: str = KEY) -> bool:
    """Do an act and keep its message; a refusal is kept in its own words. Returns whether it was done.

    `key` names another place for the message than the head of the page. `typed` is shown with a refusal, since the
    field it was typed into may be gone.
    """
    try:
        message = act()
    except Refused as refusal:
        message = Message("\n".join(map(_sentence, refusal.problems)), typed, refused=True)
    except TrackerError as refusal:
        message = Message(str(refusal), typed, refused=True)
    st.session_state[key] = message
    return not message.refused


def _sentence(problem: Problem) -> str:
    """A problem with its line; what was typed into a field has none."""
    line = f"Line {problem.line}: " if problem.line else ""
    return f"{line}{problem.what}; {problem.remedy}."


def show_message(key: str = KEY) -> None:
    """Show the message once: the next run has forgotten it."""
    message = st.session_state.pop(key, None)
    if message is None:
        return
    (st.error if message.refused else st.success)(as_text(message.sentence))
    if message.to_copy:
        st.code(message.to_copy, language=None, wrap_lines=True)
