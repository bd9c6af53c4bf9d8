"""The steps of a cycle: circulate its paper, note it, open it again; and what visitors see of it."""

from collections.abc import Sequence

import htpy as h
import streamlit as st

from models.access.visibility import let_visitors_see
from models.core.text import day
from models.core.vocabulary import Step, VisitorsSee
from models.meetings.checklist import Missing
from models.meetings.cycles import CycleStep, circulate, note, reopen
from models.meetings.snapshot import Paper
from models.meetings.snapshots import SnapshotMark
from models.plan.schema import Plan
from pages.meeting import blocks, text
from pages.shared.heading import show
from pages.shared.markup import section
from pages.shared.plain_text import as_label
from pages.shared.run import Message, run

SEES = {word.value: word.label for word in VisitorsSee}


def draw_steps(plan: Plan, steps: Sequence[CycleStep], missing: Sequence[Missing]) -> None:
    """One cycle at a time: how far it is, and what may follow."""
    names = {step.meeting: plan.meeting[step.meeting].name for step in reversed(steps)}
    show(section("Circulate and note", text.CIRCULATE_AND_NOTE_NOTE))
    chosen = st.selectbox("Cycle", list(names), format_func=names.__getitem__, key="step-meeting")
    cycle = next(step for step in steps if step.meeting == chosen)
    if cycle.snapshot is None:
        _draw_circulate(cycle, missing)
    else:
        _draw_note_and_reopen(cycle, cycle.snapshot)


def _draw_circulate(cycle: CycleStep, missing: Sequence[Missing]) -> None:
    show(blocks.missing(cycle, [part for part in missing if part.count]))
    with st.form("circulate", enter_to_submit=False):
        for (name, label), place in zip(text.PAPER.items(), st.columns(3), strict=True):
            place.text_input(as_label(label), max_chars=500, key=f"paper-{name}")
        st.text_area("Further lines of “The Meeting is invited to”, one in each line", height=90, key="paper-invited")
        st.form_submit_button("Circulate it", type="primary", key="circulate-it", on_click=_circulate, args=(cycle,))


def _draw_note_and_reopen(cycle: CycleStep, mark: SnapshotMark) -> None:
    show(blocks.snapshot_line(cycle, mark))
    left, right = st.columns(2)
    with left.form("note"):
        show(h.p[text.CORRECTIONS])
        done = cycle.step is Step.NOTED
        st.form_submit_button("Note it", type="primary", key="note-it", on_click=_note, args=(cycle,), disabled=done)
    with right.form("reopen", enter_to_submit=False):
        st.text_input("Reason for opening it again", max_chars=500, key="reopen-reason")
        st.form_submit_button("Open it again", key="reopen-it", on_click=_reopen, args=(cycle,))


def draw_visitors(setting: VisitorsSee) -> None:
    """The setting for visitors without an account."""
    show(section(text.VISITORS_SEE, text.VISITORS))
    st.session_state["visitors-see"] = setting.value
    st.radio(
        text.VISITORS_SEE,
        list(SEES),
        format_func=SEES.__getitem__,
        key="visitors-see",
        label_visibility="collapsed",
        on_change=_let_see,
    )


def _circulate(cycle: CycleStep) -> None:
    typed = {name: st.session_state[f"paper-{name}"].strip() for name in text.PAPER}
    lines = tuple(line.strip() for line in st.session_state["paper-invited"].splitlines() if line.strip())
    paper = Paper(**typed, invited=lines)
    run(lambda context: circulate(context, cycle.meeting, paper=paper), done=_taken)


def _note(cycle: CycleStep) -> None:
    run(lambda context: note(context, cycle.meeting), done=_taken)


def _reopen(cycle: CycleStep) -> None:
    reason, done = st.session_state["reopen-reason"], Message(text.REOPENED.format(cycle.meeting))
    run(lambda context: reopen(context, cycle.meeting, reason=reason), done=lambda _: done)


def _taken(mark: SnapshotMark) -> Message:
    return Message(f"{mark.meeting} was {mark.step.label.lower()}: snapshot {mark.id}, as of {day(mark.as_of)}.")


def _let_see() -> None:
    setting = VisitorsSee(st.session_state["visitors-see"])
    done = Message(f"Visitors see: {setting.label.lower()}.")
    run(lambda context: let_visitors_see(context, setting), done=lambda _: done)
