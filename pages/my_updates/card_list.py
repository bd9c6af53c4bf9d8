"""The list of cards of the user: each read and write looks up again who uses this browser.

Callbacks and fragments run without the menu, so no user is kept. Which card is open is remembered for this tab alone.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.errors import StreamlitAPIException

from models.people.context import Command, Context
from models.people.permissions import User
from models.plan.cache_key import Stamp, data_version, last_write
from models.plan.calendar import day_of
from models.plan.schema import Commitment
from models.progress.drafts import version_of_drafts
from models.reporting.my_updates import MyUpdates, my_updates
from models.store.database import database_url
from pages.shared import who
from pages.shared.run import run

OPEN, ALSO, LOOKING = "mine-open", "mine-also", "mine-looking"
HEAD, BAR = "mine-head", "mine-bar"


def read_list() -> tuple[MyUpdates, datetime]:
    """The reader's list, and the moment at which it was read."""
    with who.asking() as context:
        day = day_of(context.now, context.plan)
        # Of this session, not of a later one: only what this list shows can be submitted from it.
        stamp = Stamp(database_url(), data_version(context.session), last_write(context.session))
        cache_key = (stamp, version_of_drafts(context.session), context.user, day, also_opened())
        return _list(context.session, context.now, *cache_key), context.now


# Heading, cards and bar are drawn by themselves, and all from the same list: it is read once after each write.
@st.cache_resource(max_entries=64, show_spinner=False)
def _list(
    _session: Any,
    _now: datetime,
    stamp: Stamp,
    drafts: int,
    user: User,
    today: date,
    opened: tuple[Commitment, ...],
) -> MyUpdates:
    del stamp, drafts, today  # only part of the key of the cache
    return my_updates(Context.at(_session, user, _now), opened=opened)


def place_of(commitment: Commitment) -> str:
    """The name of a commitment's card on the page; the keys of its fields begin with it."""
    return f"card-{'-'.join(commitment)}"


def opened() -> Commitment | None:
    """The commitment whose card is drawn in full."""
    commitment: Commitment | None = st.session_state.get(OPEN)
    return commitment


def open_card(commitment: Commitment | None) -> None:
    """Draw this card in full, and no other."""
    st.session_state[OPEN] = commitment


def also_opened() -> tuple[Commitment, ...]:
    """Commitments that the user chose to report on although nothing is owed on them."""
    chosen: tuple[Commitment, ...] = st.session_state.get(ALSO, ())
    return chosen


def redraw(*commitments: Commitment | None) -> None:
    """Draw only these cards again, with the counts above and the bar below; ends the callback."""
    try:
        st.rerun([HEAD, BAR, *dict.fromkeys(place_of(commitment) for commitment in commitments if commitment)])
    except StreamlitAPIException:  # the button was sent again after the page was drawn without these parts
        st.rerun()


def turn_to(commitment: Commitment | None) -> None:
    """Close the open card, draw this one in full, and only these two again."""
    before = opened()
    open_card(commitment)
    redraw(before, commitment)


def change(commitment: Commitment, command: Command[object]) -> None:
    """Run a command of a card, and draw the card again; a refusal is shown on it until its next command."""
    run(command, place=place_of(commitment))
    redraw(commitment)


def zone(of_plan: str) -> ZoneInfo:
    """The time zone of the reader's browser, else the plan's."""
    try:
        return ZoneInfo(st.context.timezone or of_plan)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(of_plan)
