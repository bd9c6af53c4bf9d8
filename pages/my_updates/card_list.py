"""The list of cards of whoever reports, and its acts: each read and write asks again who is at the browser.

Callbacks and fragments run without the menu, so no reader is kept. Which card is open, and what could not be saved,
is remembered for this tab alone.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from models.core.errors import TrackerError
from models.people.context import Context
from models.people.permissions import Reader
from models.plan.cache_key import Stamp, data_version, last_write
from models.plan.calendar import day_of
from models.plan.schema import Commitment
from models.progress.drafts import version_of_drafts
from models.reporting.my_updates import MyUpdates, my_updates
from models.store.database import database_url
from pages.my_updates import text
from pages.shared import who

T = TypeVar("T")
log = logging.getLogger(__name__)

OPEN, ALSO, LOOKING, MESSAGE = "mine-open", "mine-also", "mine-looking", "mine-message"
HEAD, BAR = "mine-head", "mine-bar"


def read_list() -> tuple[MyUpdates, datetime]:
    """The reader's list, and the moment at which it was read."""
    with who.asking() as context:
        day = day_of(context.now, context.plan)
        # Of the moment of the list: what is submitted later is what the list showed at that moment.
        stamp = Stamp(database_url(), data_version(context.session), last_write(context.session))
        kept_under = (stamp, version_of_drafts(context.session), context.user, day, also_opened())
        return _list(context.session, context.now, *kept_under), context.now


# Heading, cards and bar are drawn by themselves, and all from the same list: it is read once after each write.
@st.cache_resource(max_entries=64, show_spinner=False)
def _list(
    _session: Any,
    _now: datetime,
    stamp: Stamp,
    drafts: int,
    reader: Reader,
    today: date,
    opened: tuple[Commitment, ...],
) -> MyUpdates:
    del stamp, drafts, today  # what it is kept under, beside the reader
    return my_updates(Context.at(_session, reader, _now), opened=opened)


def perform(act: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """Run one act for the reader in a transaction of its own."""
    with who.acting() as context:
        return act(context, *arguments, **named)


def attempt(place: str, act: Callable[..., T], *arguments: Any, **named: Any) -> T | None:
    """Run one act from a callback; a refusal is shown at its place, and what was typed stays in its field."""
    st.session_state.pop(_refusal(place), None)
    try:
        return perform(act, *arguments, **named)
    except TrackerError as error:
        st.session_state[_refusal(place)] = str(error)
    except Exception:  # an error in a callback would clear the page, and with it what was typed
        log.exception("An act of %s failed.", place)
        st.session_state[_refusal(place)] = text.NOT_SAVED
    return None


def refusal(place: str) -> str | None:
    """Why the last act at the place was refused."""
    message: str | None = st.session_state.get(_refusal(place))
    return message


def _refusal(place: str) -> str:
    return f"{place}-refused"


def place_of(commitment: Commitment) -> str:
    """The name of a commitment's card on the page, and the stem of the keys of its fields."""
    return f"card-{'-'.join(commitment)}"


def opened() -> Commitment | None:
    """The commitment whose card is drawn in full."""
    commitment: Commitment | None = st.session_state.get(OPEN)
    return commitment


def open_card(commitment: Commitment | None) -> None:
    """Draw this card in full, and no other."""
    st.session_state[OPEN] = commitment


def also_opened() -> tuple[Commitment, ...]:
    """What is not owed and the reader wants to report on all the same."""
    chosen: tuple[Commitment, ...] = st.session_state.get(ALSO, ())
    return chosen


def redraw(*commitments: Commitment | None) -> None:
    """Draw only these cards again, with the counts above and the bar below; ends the callback."""
    st.rerun([HEAD, BAR, *dict.fromkeys(place_of(commitment) for commitment in commitments if commitment)])


def zone(of_plan: str) -> ZoneInfo:
    """The time zone of the reader's browser, else the plan's."""
    try:
        return ZoneInfo(st.context.timezone or of_plan)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(of_plan)
