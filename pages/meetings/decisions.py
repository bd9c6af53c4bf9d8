"""Decisions and action points on the page: the list, a form to record one, a form to close one."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from models.core.vocabulary import DecisionKind
from models.meetings.decisions import LONGEST, Agreed, close_decision, record_decision
from models.meetings.snapshot import Decided
from models.plan.calendar import day_of, reporting_meetings
from models.plan.schema import Plan
from pages.meetings import blocks, text
from pages.shared.heading import show
from pages.shared.plain_text import as_label
from pages.shared.run import Message, run, show_message
from pages.shared.who import asking
from reports.parts.naming import meeting_name, party_name, titled

PLACE = "decisions"
"""The result of a button is shown beside it: the head of the page is far above."""
STEM, END = "decision", "decision-close"
KINDS = {kind.value: kind.label for kind in DecisionKind}
SHORT = 90


def draw_decisions(plan: Plan, decisions: Sequence[Decided]) -> None:
    """The open ones first. After a refusal the fields keep what was typed."""
    with asking() as context:
        today = day_of(context.now, plan)
    show(blocks.decisions(plan, decisions, today))
    show_message(PLACE)
    with st.expander("Record a decision or action point", key=STEM):
        _draw_record(plan, today)
    still_open = [decision for decision in decisions if decision.is_open]
    if still_open:
        with st.expander("Close a decision or action point", key=END):
            _draw_close(plan, still_open)


def _draw_record(plan: Plan, today: date) -> None:
    newest_first = sorted(plan.meetings, key=lambda meeting: meeting.end)[::-1]
    begun = {meeting.key: meeting.name for meeting in newest_first if meeting.start <= today}
    due = {meeting.key: meeting.name for meeting in reporting_meetings(plan)}
    owners = {key: party_name(plan, key) for key in (*plan.body, *plan.state)}
    with st.form(f"{STEM}-form", border=False, enter_to_submit=False):
        meeting, kind, owner, due_by = st.columns(4)
        _choose(meeting, "Meeting", begun, "meeting", index=0)
        _choose(kind, "Kind", KINDS, "kind", index=0)
        _choose(owner, "Owner (optional)", owners, "owner")
        _choose(due_by, "Due by (optional)", due, "due")
        st.text_area("What was agreed", key=f"{STEM}-text", height=90, max_chars=LONGEST)
        titles = {initiative.key: titled(initiative) for initiative in plan.initiatives}
        st.multiselect(text.INITIATIVES, list(titles), format_func=titles.__getitem__, key=f"{STEM}-initiatives")
        st.form_submit_button("Record", key=f"{STEM}-it", on_click=_record)


def _choose(column: DeltaGenerator, label: str, names: dict[str, str], field: str, index: int | None = None) -> None:
    key, chosen = f"{STEM}-{field}", index if names else None
    column.selectbox(as_label(label), list(names), chosen, format_func=names.__getitem__, key=key, placeholder="None")


def _draw_close(plan: Plan, still_open: Sequence[Decided]) -> None:
    names = {item.id: f"{meeting_name(plan, item.meeting)}: {_shortened(item.text)}" for item in still_open}
    with st.form(f"{END}-form", border=False, enter_to_submit=False):
        st.selectbox("Decision or action point", list(names), format_func=names.__getitem__, key=f"{END}-which")
        left, right = st.columns(2)
        left.text_area("Evidence that it was carried out", key=f"{END}-evidence", height=68, max_chars=LONGEST)
        right.text_area("Or the reason why it is no longer pursued", key=f"{END}-reason", height=68, max_chars=LONGEST)
        st.form_submit_button("Close", key=f"{END}-it", on_click=_close)


def _shortened(agreed: str) -> str:
    """By characters: not every language puts spaces between words."""
    line = " ".join(agreed.split())
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
    if run(lambda context: record_decision(context, agreed), place=PLACE, done=lambda _: Message(text.RECORDED)):
        st.session_state.update({f"{STEM}-text": "", f"{STEM}-initiatives": [], f"{STEM}-owner": None})


def _close() -> None:
    decision, evidence, reason = (st.session_state[f"{END}-{field}"] for field in ("which", "evidence", "reason"))
    if run(
        lambda context: close_decision(context, decision, evidence=evidence, reason=reason),
        place=PLACE,
        done=lambda _: Message("Closed. It will no longer be listed as open."),
    ):
        st.session_state.update({f"{END}-evidence": "", f"{END}-reason": ""})
