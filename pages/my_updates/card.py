"""One commitment as a card: closed it tells how things stand, open it takes the report."""

import streamlit as st

from models.plan.schema import Commitment, Plan
from models.progress.drafts import discard, report_nothing
from models.reporting.cards import Card, Stage
from pages.my_updates import blocks, fields
from pages.my_updates.desk import attempt, open_card, opened, place_of, read_list, redraw, refusal, zone
from pages.my_updates.evidence import evidence
from pages.shared.apology import as_text

GONE = "This is not in your list any more: it was submitted, or your role ended. Reload the page to see the list."


def show_card(commitment: Commitment) -> None:
    """Draw the card so that it can be drawn anew by itself."""
    st.fragment(_draw, key=place_of(commitment))(commitment)


def _draw(commitment: Commitment) -> None:
    mine, _ = read_list()
    card = mine.card(commitment)
    if card is None:
        st.info(GONE)
        return
    with st.container(border=True, key=place_of(commitment), gap="small"):
        _tell(card, mine.plan)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            fields.status(card)
            if opened() != commitment:
                _closed_buttons(card, cycle_open=mine.cycle is not None)
        if opened() == commitment:
            _fill_in(card)


def _tell(card: Card, plan: Plan) -> None:
    here = zone(plan.settings.time_zone)
    head = blocks.card_heading(card, blocks.saved_line(card, here))
    st.html(head + blocks.came_back(card, plan, here) + blocks.last_cleared(card, here))
    if told := refusal(place_of(card.commitment)):
        st.error(as_text(told))


def _closed_buttons(card: Card, *, cycle_open: bool) -> None:
    place, args = place_of(card.commitment), (card.commitment,)
    if card.says_nothing:
        st.button("Undo “nothing to report”", key=f"{place}-undo", on_click=_discarded, args=args)
    elif card.stage is Stage.NOT_BEGUN and cycle_open:
        st.button("Nothing to report", key=f"{place}-nothing", on_click=_nothing, args=args)
    elif card.stage is not Stage.NOT_BEGUN:
        st.button("Continue", key=f"{place}-open", on_click=_opened, args=args)


def _fill_in(card: Card) -> None:
    fields.steps(card)
    fields.words(card)
    evidence(card)
    fields.proposals(card)
    place, args = place_of(card.commitment), (card.commitment,)
    with st.container(horizontal=True, gap="small"):
        st.button("Close", key=f"{place}-close", on_click=_closed, args=args)
        if card.draft:
            st.button("Discard draft", key=f"{place}-discard", type="tertiary", on_click=_discarded, args=args)


def _opened(commitment: Commitment) -> None:
    before = opened()
    open_card(commitment)
    redraw(before, commitment)


def _closed(commitment: Commitment) -> None:
    open_card(None)
    redraw(commitment)


def _nothing(commitment: Commitment) -> None:
    attempt(place_of(commitment), report_nothing, [commitment])
    redraw(commitment)


def _discarded(commitment: Commitment) -> None:
    attempt(place_of(commitment), discard, commitment)
    open_card(None)
    st.rerun()  # the whole page: what is not owed leaves the list with its draft
