"""From drafts to submitted statements: the bar at the foot, the differences, and the last word."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from models.plan.schema import Commitment
from models.progress.drafts import discard, report_nothing
from models.progress.submit import submit_drafts
from models.reporting.cards import Card, Stage
from models.reporting.my_updates import MyUpdates
from pages.my_updates import blocks
from pages.my_updates.desk import BAR, LOOKING, TOLD, attempt, open_card, read_list, refusal, zone
from pages.shared.apology import as_text
from pages.shared.heading import page_title, show
from reports.parts.my_updates import progress_line, ready, submitted_counts

PLACE = "mine-submit"


@st.fragment(key=BAR)
def bar() -> None:
    """What is changed and what is untouched, and the two ways on."""
    mine, _ = read_list()
    with st.container(key="mine-bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="t-lead" role="status">{progress_line(mine)}</p>', width="content")
        _no_change(mine)
        st.button(
            "See differences and submit", type="primary", key="mine-look", disabled=not mine.drafted, on_click=_look
        )


def _no_change(mine: MyUpdates) -> None:
    untouched, marked = mine.untouched, mine.at(Stage.NO_CHANGE)
    if untouched and mine.cycle:
        label = f"No change on the other {len(untouched)}"
        st.button(label, key="mine-no-change", on_click=_mark, args=([card.commitment for card in untouched],))
    elif marked:
        label = f"Undo “no change” on {len(marked)}"
        st.button(label, key="mine-undo", on_click=_unmark, args=([card.commitment for card in marked],))


def show_differences(mine: MyUpdates, seen_at: datetime) -> None:
    """Everything that is about to be submitted, against what was said last; what is not ready says why."""
    here = zone(mine.plan.settings.time_zone)
    ready_now = ready(mine)
    page_title(f"Submit {_count(ready_now)}?" if ready_now else "Nothing can be submitted yet")
    show(blocks.ready_line(mine, seen_at, here))
    if told := refusal(PLACE):
        st.error(as_text(told))
    for card in mine.drafted:
        _difference(card, mine)
    with st.bottom, st.container(key="mine-bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Back to the list", key="mine-back", on_click=_look_away)
        submitted = [card.commitment for card in ready_now]
        label = f"Submit {_count(ready_now)}" if ready_now else "Submit"
        st.button(
            label,
            type="primary",
            key="mine-submit",
            disabled=not submitted,
            on_click=_submit,
            args=(submitted, seen_at),
        )


def _difference(card: Card, mine: MyUpdates) -> None:
    here = zone(mine.plan.settings.time_zone)
    with st.container(border=True, key=f"difference-{'-'.join(card.commitment)}", gap="small"):
        told = blocks.card_heading(card, blocks.saved_line(card, here)) + blocks.came_back(card, mine.plan, here)
        st.html(told + blocks.differences(card) + blocks.problems(card))
        if card.draft and card.draft.problems:
            name = f"Mend {card.initiative.key}"
            st.button(name, key=f"mend-{'-'.join(card.commitment)}", on_click=_mend, args=(card.commitment,))


def _count(cards: Sequence[Card]) -> str:
    nils = sum(card.says_nothing for card in cards)
    return submitted_counts(len(cards) - nils, nils)


def _mark(commitments: Sequence[Commitment]) -> None:
    attempt(PLACE, report_nothing, commitments)
    st.rerun()  # the whole page: a button of the bar redraws the bar only


def _unmark(commitments: Sequence[Commitment]) -> None:
    for commitment in commitments:
        attempt(PLACE, discard, commitment)
    st.rerun()


def _look() -> None:
    st.session_state[LOOKING] = True
    st.rerun()


def _look_away() -> None:
    st.session_state[LOOKING] = False


def _mend(commitment: Commitment) -> None:
    _look_away()
    open_card(commitment)


def _submit(commitments: Sequence[Commitment], seen_at: datetime) -> None:
    done = attempt(PLACE, submit_drafts, commitments, seen_at=seen_at)
    if done:
        st.session_state[TOLD] = (
            f"Submitted: {submitted_counts(done.updates, done.nils)}. The secretariat checks the updates; until they"
            " are cleared you may take them back below."
        )
        _look_away()
        open_card(None)
