"""Running the command of a button for the user of this browser, and the message with its result."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

import streamlit as st

from models.core.errors import Problem, Refused, TrackerError
from models.people.context import Command
from pages.shared import text
from pages.shared.plain_text import as_text
from pages.shared.who import acting

T = TypeVar("T")
HEAD = "head"
"""The place of a message that is shown at the head of the page."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, and a text shown below it, to be copied."""

    sentence: str
    to_copy: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A command was done; what it returned may be None."""

    result: T


def run(
    command: Command[T], *, place: str = HEAD, done: Callable[[T], Message] | None = None, typed: str = ""
) -> Done[T] | None:
    """Run a command in a transaction of its own; None when it was refused, and then `place` shows why.

    `done` makes the message of what was done. `typed` is shown with a refusal where the field it was typed into is
    emptied.
    """
    return keep(partial(_act, command), place=place, done=done, typed=typed)


def keep(
    act: Callable[[], T], *, place: str = HEAD, done: Callable[[T], Message] | None = None, typed: str = ""
) -> Done[T] | None:
    """As `run`, for what is no command, such as sending mails. It replaces the message before it at this place."""
    st.session_state.pop(_key(place), None)
    try:
        result = act()
    except TrackerError as refusal:
        why = "\n".join(map(_sentence, refusal.problems)) if isinstance(refusal, Refused) else str(refusal)
        leave(Message(why, typed, refused=True), place)
        return None
    except Exception:  # an error in a callback would clear the page, and with it what was typed
        log.exception("The act at %s failed.", place)
        leave(Message(text.NOT_COMPLETED, typed, refused=True), place)
        return None
    if done:
        leave(done(result), place)
    return Done(result)


def _act(command: Command[T]) -> T:
    with acting() as context:
        return command(context)


def leave(message: Message, place: str = HEAD) -> None:
    """Keep a message for its place, where the next run shows it."""
    st.session_state[_key(place)] = message


def show_message(place: str = HEAD) -> None:
    """Show the message of a place once: the next run has forgotten it."""
    keep_showing(place)
    st.session_state.pop(_key(place), None)


def keep_showing(place: str) -> None:
    """Show the message of a place until the next act there."""
    message: Message | None = st.session_state.get(_key(place))
    if message is None:
        return
    (st.error if message.refused else st.success)(as_text(message.sentence))
    if message.to_copy:
        st.code(message.to_copy, language=None, wrap_lines=True)


def _sentence(problem: Problem) -> str:
    """A problem with its cell or line; what was typed into a field has none."""
    place = problem.path or (f"Line {problem.line}" if problem.line else "")
    return f"{place}: {problem.what}; {problem.remedy}." if place else f"{problem.what}; {problem.remedy}."


def _key(place: str) -> str:
    return f"message-{place}"
