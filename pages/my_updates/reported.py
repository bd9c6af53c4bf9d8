"""Below the list: what is already reported in the cycle, and a way to report on something that is not owed."""

import streamlit as st

from models.core.vocabulary import Kind
from models.plan.schema import Commitment
from models.progress.clearing import withdraw
from models.reporting.cards import Card
from models.reporting.my_updates import MyUpdates
from pages.my_updates import blocks
from pages.my_updates.card_list import ALSO, also_opened, open_card, zone
from pages.shared.heading import show
from pages.shared.plain_text import as_label
from pages.shared.run import keep_showing, run
from reports.parts.naming import party_name

PLACE, CHOSEN = "mine-reported", "mine-another"


def show_reported(mine: MyUpdates) -> None:
    """What this cycle's log holds; its author may withdraw it until it is cleared."""
    keep_showing(PLACE)
    if mine.cycle is None or not mine.reported:
        return
    here = zone(mine.plan.settings.time_zone)
    with st.expander(
        as_label(f"Already reported for {mine.cycle.meeting.name}: {len(mine.reported)}"), key="mine-reported-fold"
    ):
        for card in mine.reported:
            show(blocks.reported_line(card, mine.plan, here))
            _withdraw_button(card)


def _withdraw_button(card: Card) -> None:
    newest = card.newest
    if newest and newest.mine and not newest.cleared:
        label = "Withdraw “nothing to report” on {}" if newest.kind is Kind.NIL else "Withdraw the update on {}"
        st.button(
            as_label(label.format(card.initiative.key)),
            key=f"take-back-{newest.row}",
            on_click=_take_back,
            args=(newest.row,),
        )


def _take_back(row: int) -> None:
    run(lambda context: withdraw(context, row), place=PLACE)


def show_others(mine: MyUpdates) -> None:
    """A list of everything else that the reader's roles allow."""
    names = {commitment: _named(commitment, mine) for commitment in mine.others}
    if names:
        st.selectbox(
            "Report on another commitment",
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
