"""Decisions and action points on the page: those there are, one more to record, one to close."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from models.core.vocabulary import DecisionKind
from models.meetings.decisions import LONGEST, Agreed, close_decision, record_decision
from models.meetings.snapshot import Decided
from models.plan.calendar import day_of, reporting_meetings
from models.plan.schema import Plan
from pages.meetings import decisions_blocks as blocks
from pages.shared.flash import Told, attempt, show_told
from pages.shared.heading import show
from pages.shared.who import acting, asking
from reports.parts.naming import meeting_name, party_name, wording_tag

TOLD = "decisions-told"
"""What a button led to is told beside it: the head of the page is far above."""
STEM, END = "decision", "decision-close"
KINDS = {one.value: one.label for one in DecisionKind}
SHORT = 90


def draw_decisions(plan: Plan, decisions: Sequence[Decided]) -> None:
    """The open ones first. What is refused stays as it was typed."""
    with asking() as one:
        today = day_of(one.now, plan)
    show(blocks.decisions(plan, decisions, today))
    show_told(TOLD)
    with st.expander("Record a decision or action point", key=STEM):
        _draw_record(plan, today)
    still = [one for one in decisions if one.is_open]
    if still:
        with st.expander("Close one", key=END):
            _draw_close(plan, still)


def _draw_record(plan: Plan, today: date) -> None:
    held = {one.key: one.name for one in sorted(plan.meetings, key=lambda one: one.end) if one.start <= today}
    due = {one.key: one.name for one in reporting_meetings(plan)}
    owners = {key: party_name(plan, key) for key in (*plan.body, *plan.state)}
    with st.form(f"{STEM}-form", border=False, enter_to_submit=False):
        meeting, kind, owner, by = st.columns(4)
        _choose(meeting, "Meeting", dict(reversed(held.items())), "meeting", index=0)
        _choose(kind, "Kind", KINDS, "kind", index=0)
        _choose(owner, "Owner, if there is one", owners, "owner")
        _choose(by, "Due by, if agreed", due, "due")
        st.text_area("What was agreed", key=f"{STEM}-text", height=90, max_chars=LONGEST)
        names = {one.key: _titled(plan, one.key) for one in plan.initiatives}
        label = "Initiatives it is about; none for the whole plan"
        st.multiselect(label, list(names), format_func=names.__getitem__, key=f"{STEM}-initiatives")
        st.form_submit_button("Record it", key=f"{STEM}-it", on_click=_record)


def _choose(place: Any, label: str, names: dict[str, str], field: str, index: int | None = None) -> None:
    chosen = index if names else None
    place.selectbox(
        label, list(names), chosen, format_func=names.__getitem__, key=f"{STEM}-{field}", placeholder="None"
    )


def _titled(plan: Plan, key: str) -> str:
    initiative = plan.initiative[key]
    wording = wording_tag(initiative)
    return f"{key} {initiative.title}" + (f" ({wording})" if wording else "")


def _draw_close(plan: Plan, still: Sequence[Decided]) -> None:
    names = {one.id: f"{meeting_name(plan, one.meeting)}: {_shortened(one.text)}" for one in still}
    with st.form(f"{END}-form", border=False, enter_to_submit=False):
        st.selectbox("Which one", list(names), format_func=names.__getitem__, key=f"{END}-which")
        left, right = st.columns(2)
        left.text_area("Evidence that it was carried out", key=f"{END}-evidence", height=68, max_chars=LONGEST)
        right.text_area("Or why it is no longer pursued", key=f"{END}-reason", height=68, max_chars=LONGEST)
        st.form_submit_button("Close it", key=f"{END}-it", on_click=_close)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1].rstrip()}…"


def _record() -> None:
    typed = {field: st.session_state[f"{STEM}-{field}"] for field in ("meeting", "text", "initiatives", "owner", "due")}
    agreed = Agreed(
        meeting=typed["meeting"] or "",
        kind=DecisionKind(st.session_state[f"{STEM}-kind"]),
        text=typed["text"],
        initiatives=tuple(typed["initiatives"]),
        owner=typed["owner"],
        due_meeting=typed["due"],
    )
    if _do(record_decision, agreed, told="It was recorded, and stands in the next report."):
        st.session_state.update({f"{STEM}-text": "", f"{STEM}-initiatives": [], f"{STEM}-owner": None})


def _close() -> None:
    typed = {field: st.session_state[f"{END}-{field}"] for field in ("evidence", "reason")}
    if _do(close_decision, st.session_state[f"{END}-which"], told="It was closed.", **typed):
        st.session_state.update({f"{END}-{field}": "" for field in typed})


def _do(act: Callable[..., Any], *arguments: Any, told: str, **named: Any) -> bool:
    """Run one act in a transaction of its own; nothing typed is lost by a refusal."""

    def do() -> Told:
        with acting() as one:
            act(one, *arguments, **named)
        return Told(told)

    return attempt(do, key=TOLD)
