"""One commitment as a card: closed it says what was reported, open it takes the report."""

from functools import partial

import streamlit as st

from models.core.days import Window
from models.plan.calendar import day_window
from models.plan.schema import Commitment, Plan
from models.progress.drafts import discard, report_nothing
from models.reporting.cards import Card, Stage
from pages.my_updates import blocks, fields, text
from pages.my_updates.card_list import change, open_card, opened, place_of, read_list, turn_to, zone
from pages.my_updates.evidence import evidence
from pages.shared.heading import show
from pages.shared.run import keep_showing, run


def show_card(commitment: Commitment) -> None:
    """Draw the card so that it can be drawn again by itself."""
    st.fragment(_draw, key=place_of(commitment))(commitment)


def _draw(commitment: Commitment) -> None:
    mine, _ = read_list()
    card = mine.card(commitment)
    if card is None:
        st.info(text.GONE)
        return
    with st.container(border=True, key=place_of(commitment), gap="small"):
        _describe(card, mine.plan)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            fields.status(card)
            if opened() != commitment:
                _closed_buttons(card, cycle_open=mine.cycle is not None)
        if opened() == commitment:
            _fill_in(card, day_window(mine.plan.period), mine.uploaded)


def _describe(card: Card, plan: Plan) -> None:
    here = zone(plan.settings.time_zone)
    head = blocks.card_heading(card, blocks.saved_line(card, here))
    show([head, blocks.came_back(card, plan, here), blocks.last_cleared(card, here)])
    keep_showing(place_of(card.commitment))


def _closed_buttons(card: Card, *, cycle_open: bool) -> None:
    place, args = place_of(card.commitment), (card.commitment,)
    if card.says_nothing:
        st.button("Undo “nothing to report”", key=f"{place}-undo", on_click=_discarded, args=args)
    elif card.stage is Stage.NOT_BEGUN and cycle_open:
        nothing = partial(report_nothing, commitments=args)
        st.button(text.NOTHING_TO_REPORT, key=f"{place}-nothing", on_click=change, args=(card.commitment, nothing))
    elif card.stage is not Stage.NOT_BEGUN:
        st.button("Continue", key=f"{place}-open", on_click=turn_to, args=args)


def _fill_in(card: Card, days: Window, uploaded: int) -> None:
    fields.steps(card)
    fields.words(card)
    evidence(card, uploaded)
    fields.proposals(card, days)
    place, args = place_of(card.commitment), (card.commitment,)
    with st.container(horizontal=True, gap="small"):
        st.button("Close", key=f"{place}-close", on_click=turn_to, args=(None,))
        if card.draft:
            st.button("Discard draft", key=f"{place}-discard", type="tertiary", on_click=_discarded, args=args)


def _discarded(commitment: Commitment) -> None:
    run(lambda context: discard(context, commitment), place=place_of(commitment))
    open_card(None)
    st.rerun()  # the whole page: what is not owed leaves the list with its draft
