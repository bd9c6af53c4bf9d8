"""Reading and writing for whoever reports, with the person resolved afresh each time.

Callbacks and fragments run without the menu, so no reader is ever kept: each read and write asks again who it is.
What is open, and what could not be saved, is remembered for this tab alone.
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
from models.progress.drafts import mark_of_drafts
from models.reporting.my_updates import MyUpdates, my_updates
from models.store.database import database_url
from pages.shared import who

T = TypeVar("T")
log = logging.getLogger(__name__)

OPEN, ALSO, LOOKING, TOLD = "mine-open", "mine-also", "mine-looking", "mine-told"
HEAD, BAR = "mine-head", "mine-bar"
NOT_SAVED = "Not saved: something went wrong on our side, and was recorded. What you typed is still here; try again."


def read_list() -> tuple[MyUpdates, datetime]:
    """The reader's list as it stands, and the moment at which it was read."""
    with who.asking() as asked:
        day = day_of(asked.now, asked.plan)
        # Of the same moment as the list: what is submitted now was seen by then.
        stamp = Stamp(database_url(), data_version(asked.session), last_write(asked.session))
        kept_under = (stamp, mark_of_drafts(asked.session), asked.user, day, also_opened())
        return _list(asked.session, asked.now, *kept_under), asked.now


# Heading, cards and bar are drawn by themselves, and all from the same list: it is read once after each write.
@st.cache_resource(max_entries=64, show_spinner=False)
def _list(
    _session: Any,
    _now: datetime,
    stamp: Stamp,
    drafts: str,
    reader: Reader,
    today: date,
    opened: tuple[Commitment, ...],
) -> MyUpdates:
    del stamp, drafts, today  # what it is kept under, beside the reader
    return my_updates(Context.at(_session, reader, _now), opened=opened)


def perform(act: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """Run one act for the reader in a transaction of its own."""
    with who.acting() as asked:
        return act(asked, *arguments, **named)


def attempt(place: str, act: Callable[..., T], *arguments: Any, **named: Any) -> T | None:
    """Run one act from a callback; a refusal is told at its place, and what was typed stays in its field."""
    st.session_state.pop(_refusal(place), None)
    try:
        return perform(act, *arguments, **named)
    except TrackerError as error:
        st.session_state[_refusal(place)] = str(error)
    except Exception:  # an error in a callback would clear the page, and with it what was typed
        log.exception("An act of %s failed.", place)
        st.session_state[_refusal(place)] = NOT_SAVED
    return None


def refusal(place: str) -> str | None:
    """Why the last act at the place was refused."""
    told: str | None = st.session_state.get(_refusal(place))
    return told


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
    """Draw only these cards anew, with the counts above and the bar below; the last word of a callback."""
    st.rerun([HEAD, BAR, *dict.fromkeys(place_of(one) for one in commitments if one)])


def zone(mine: str) -> ZoneInfo:
    """The reader's own time zone as the browser tells it, else the plan's."""
    try:
        return ZoneInfo(st.context.timezone or mine)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(mine)
