"""From drafts to submitted statements: the bar at the foot, the differences, and the submission."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import htpy as h
import streamlit as st

from models.plan.schema import Commitment
from models.progress.drafts import discard, report_nothing
from models.progress.submit import submit_drafts
from models.reporting.cards import Card, Stage
from models.reporting.my_updates import MyUpdates
from pages.my_updates import blocks, text
from pages.my_updates.card_list import BAR, LOOKING, open_card, read_list, zone
from pages.shared.heading import page_title, show
from pages.shared.plain_text import as_label
from pages.shared.run import Message, keep_showing, leave, run

PLACE = "mine-submit"


@st.fragment(key=BAR)
def bar() -> None:
    """What is changed and what is untouched, and the two ways on."""
    mine, _ = read_list()
    with st.container(key="mine-bar", horizontal=True, vertical_alignment="center", gap="small"):
        show(h.p(".t-lead", role="status")[text.progress_line(mine)], width="content")
        _no_change(mine)
        st.button(text.LOOK, type="primary", key="mine-look", disabled=not mine.drafted, on_click=_look)


def _no_change(mine: MyUpdates) -> None:
    untouched, marked = mine.untouched, mine.at_stage(Stage.NO_CHANGE)
    if untouched and mine.cycle:
        label = f"No change on the other {len(untouched)}"
        st.button(
            as_label(label), key="mine-no-change", on_click=_mark, args=([card.commitment for card in untouched],)
        )
    elif marked:
        label = f"Undo “no change” on {len(marked)}"
        st.button(as_label(label), key="mine-undo", on_click=_unmark, args=([card.commitment for card in marked],))


def show_differences(mine: MyUpdates, read_at: datetime) -> None:
    """Everything that is about to be submitted, beside the last statement; what is not ready says why."""
    here = zone(mine.plan.settings.time_zone)
    ready = [card for card in mine.drafted if card.draft and not card.draft.problems]
    page_title(f"Submit {text.reports(ready)}?" if ready else "Nothing can be submitted yet")
    show(blocks.ready_line(mine, read_at, here))
    keep_showing(PLACE)
    for card in mine.drafted:
        _difference(card, mine)
    with st.bottom, st.container(key="mine-bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(text.BACK, key="mine-back", on_click=_look_away)
        submitted = [card.commitment for card in ready]
        label = f"{text.SUBMIT} {text.reports(ready)}" if ready else text.SUBMIT
        args = (submitted, read_at)
        st.button(
            as_label(label), type="primary", key="mine-submit", disabled=not submitted, on_click=_submit, args=args
        )


def _difference(card: Card, mine: MyUpdates) -> None:
    here = zone(mine.plan.settings.time_zone)
    with st.container(border=True, key=f"difference-{'-'.join(card.commitment)}", gap="small"):
        head = blocks.card_heading(card, blocks.saved_line(card, here))
        back = blocks.came_back(card, mine.plan, here)
        show([head, back, blocks.differences(card), blocks.problems(card)])
        if card.draft and card.draft.problems:
            label = f"Fix {card.initiative.key}"
            st.button(as_label(label), key=f"fix-{'-'.join(card.commitment)}", on_click=_fix, args=(card.commitment,))


def _mark(commitments: Sequence[Commitment]) -> None:
    run(lambda context: report_nothing(context, commitments), place=PLACE)
    st.rerun()  # the whole page: a button of the bar redraws the bar only


def _unmark(commitments: Sequence[Commitment]) -> None:
    for commitment in commitments:
        run(partial(discard, commitment=commitment), place=PLACE)
    st.rerun()


def _look() -> None:
    st.session_state[LOOKING] = True
    st.rerun()


def _look_away() -> None:
    st.session_state[LOOKING] = False


def _fix(commitment: Commitment) -> None:
    _look_away()
    open_card(commitment)


def _submit(commitments: Sequence[Commitment], read_at: datetime) -> None:
    done = run(lambda context: submit_drafts(context, commitments, seen_at=read_at), place=PLACE)
    if done:
        leave(Message(text.SUBMITTED.format(text.count_reports(done.result.updates, done.result.nils))))
        _look_away()
        open_card(None)
