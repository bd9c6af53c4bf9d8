"""Below the list: what was reported in the cycle already, and the way to report on something that is not owed."""

import streamlit as st

from models.core.vocabulary import Kind
from models.plan.schema import Commitment
from models.progress.clearing import withdraw
from models.reporting.cards import Card
from models.reporting.my_updates import MyUpdates
from pages.my_updates import blocks
from pages.my_updates.desk import ALSO, also_opened, attempt, open_card, refusal, zone
from pages.shared.apology import as_text
from reports.parts.naming import party_name

PLACE, CHOSEN = "mine-reported", "mine-another"


def show_reported(mine: MyUpdates) -> None:
    """What stands in the log of this cycle; its author may take it back until it is cleared."""
    if told := refusal(PLACE):
        st.error(as_text(told))
    if mine.cycle is None or not mine.reported:
        return
    here = zone(mine.plan.settings.time_zone)
    with st.expander(f"Reported already for {mine.cycle.meeting.name}: {len(mine.reported)}", key="mine-reported-fold"):
        for card in mine.reported:
            st.html(blocks.reported_line(card, mine.plan, here))
            _take_back_button(card)


def _take_back_button(card: Card) -> None:
    newest = card.newest
    if newest and newest.mine and not newest.cleared:
        what = "“nothing to report”" if newest.kind is Kind.NIL else "the update"
        label = f"Take back {what} on {card.initiative.key}"
        st.button(label, key=f"take-back-{newest.row}", on_click=_take_back, args=(newest.row,))


def _take_back(row: int) -> None:
    attempt(PLACE, withdraw, row)


def show_others(mine: MyUpdates) -> None:
    """A list of everything else that the reader's hats reach."""
    names = {commitment: _named(commitment, mine) for commitment in mine.others}
    if names:
        st.selectbox(
            "Report on something else",
            list(names),
            None,
            format_func=names.__getitem__,
            placeholder="Choose a commitment that is not owed",
            key=CHOSEN,
            on_change=_chosen,
        )


def _named(commitment: Commitment, mine: MyUpdates) -> str:
    initiative = mine.plan.initiative[commitment[0]]
    return f"{initiative.key} {initiative.title} ({party_name(mine.plan, commitment[1])})"


def _chosen() -> None:
    commitment = st.session_state[CHOSEN]
    if commitment:
        st.session_state[ALSO] = (*also_opened(), commitment)
        open_card(commitment)
        st.session_state[CHOSEN] = None
