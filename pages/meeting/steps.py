"""The steps of one cycle: circulate its paper, note it, open it again; and what visitors see of it."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from models.access.visitors import let_visitors_see
from models.core.text import day
from models.core.vocabulary import Step, VisitorsSee
from models.meetings.checklist import Missing
from models.meetings.cycles import CycleStep, circulate, note, reopen
from models.meetings.snapshot import Paper
from models.meetings.snapshots import SnapshotMark
from models.plan.schema import Plan
from pages.shared.deciding import decide
from pages.shared.flash import Told
from pages.shared.heading import show
from pages.shared.links import link
from pages.shared.markup import section

HEAD = {"agenda_item": "Agenda item", "document_number": "Document number", "classification": "Classification"}
SEES = {one.value: one.label for one in VisitorsSee}
INVITED = "Further lines of “The Meeting is invited to”, one a line"


def draw_steps(plan: Plan, steps: Sequence[CycleStep], missing: Sequence[Missing]) -> None:
    """One cycle at a time: how far it is, and what may follow."""
    names = {one.meeting: plan.meeting[one.meeting].name for one in reversed(steps)}
    show(section("Circulate and note", "The paper goes out, the meeting takes note: each freezes a snapshot."))
    chosen = st.selectbox("Cycle", list(names), format_func=names.__getitem__, key="step-meeting")
    at = next(one for one in steps if one.meeting == chosen)
    if at.snapshot is None:
        _draw_circulate(at, missing)
    else:
        _draw_note_and_reopen(at, at.snapshot)


def _again(at: CycleStep) -> str:
    return f"Opened again as revision {at.revision}. " if at.revision > 1 else ""


def _draw_circulate(at: CycleStep, missing: Sequence[Missing]) -> None:
    todo = [one for one in missing if one.count]
    items = "".join(f"<li>{link(f'./{one.page}', escape(one.words))}</li>" for one in todo)
    told = "Not circulated yet. Before it goes out, look at:" if todo else "Not circulated yet. Nothing is missing."
    show(f'<div class="t-section"><p>{_again(at)}{told}</p><ul class="t-list">{items}</ul></div>')
    with st.form("circulate", enter_to_submit=False):
        for (name, label), place in zip(HEAD.items(), st.columns(3), strict=True):
            place.text_input(label, max_chars=500, key=f"paper-{name}")
        st.text_area(INVITED, height=90, key="paper-invited")
        st.form_submit_button("Circulate it", type="primary", key="circulate-it", on_click=_circulate, args=(at,))


def _draw_note_and_reopen(at: CycleStep, taken: SnapshotMark) -> None:
    told = f"{taken.step.label} as of {day(taken.as_of)}, revision {at.revision}"
    show(f"<p><b>{escape(told)}</b>, snapshot {taken.id} <code>{taken.short}</code>.</p>")
    left, right = st.columns(2)
    with left.form("note"):
        show("<p>What was cleared since the paper went out becomes its list of corrections.</p>")
        noted = at.step is Step.NOTED
        st.form_submit_button("Note it", type="primary", key="note-it", on_click=_note, args=(at,), disabled=noted)
    with right.form("reopen", enter_to_submit=False):
        st.text_input("Reason for opening it again", max_chars=500, key="reopen-reason")
        st.form_submit_button("Open it again", key="reopen-it", on_click=_reopen, args=(at,))


def draw_visitors(see: VisitorsSee) -> None:
    """The setting for everybody who is not signed in."""
    show(section("Visitors see", "Everybody who is not signed in; the plan itself is always to be seen."))
    st.session_state["visitors-see"] = see.value
    st.radio(
        "Visitors see",
        list(SEES),
        format_func=SEES.__getitem__,
        key="visitors-see",
        label_visibility="collapsed",
        on_change=_let_see,
    )


def _circulate(at: CycleStep) -> None:
    typed = {name: st.session_state[f"paper-{name}"].strip() for name in HEAD}
    lines = tuple(line.strip() for line in st.session_state["paper-invited"].splitlines() if line.strip())
    _step(circulate, at, _taken, paper=Paper(**typed, invited=lines))


def _note(at: CycleStep) -> None:
    _step(note, at, _taken)


def _reopen(at: CycleStep) -> None:
    done = f"{at.meeting} is open again. Its snapshots stay; what you circulate next is a new revision."
    _step(reopen, at, lambda _: Told(done), reason=st.session_state["reopen-reason"])


def _step(act: Callable[..., Any], at: CycleStep, done: Callable[[Any], Told], **fields: Any) -> None:
    decide(act, at.meeting, done=done, **fields)


def _taken(mark: SnapshotMark) -> Told:
    return Told(f"{mark.meeting} was {mark.step.label.lower()}: snapshot {mark.id}, as of {day(mark.as_of)}.")


def _let_see() -> None:
    see = VisitorsSee(st.session_state["visitors-see"])
    decide(let_visitors_see, see, done=lambda _: Told(f"Visitors see: {see.label.lower()}."))
