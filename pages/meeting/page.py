"""Cycles: the reporting round before each meeting: opened, circulated, noted; and what visitors see of it."""

from collections.abc import Sequence

import streamlit as st

from models.access.visibility import visitors_see
from models.core.text import day
from models.meetings.checklist import checklist
from models.meetings.cycles import change_days, cycle_steps, open_cycle
from models.people.permissions import Action
from models.plan.calendar import day_of, reporting_meetings
from models.plan.schema_parts import Meeting
from models.progress.cycles import DUE_DAYS, OPENS_DAYS, CycleSpan, cycle_at, list_cycles
from pages.meeting import blocks, text
from pages.meeting.steps import draw_steps, draw_visitors
from pages.shared.heading import page_title, show
from pages.shared.markup import section
from pages.shared.run import Message, run, show_message
from pages.shared.who import asking


def draw_open(coming: Sequence[Meeting]) -> None:
    """Open the cycle of the next meeting; that of a later one only on purpose."""
    names = {meeting.key: f"{meeting.name}, {day(meeting.start)}" for meeting in coming}
    with st.form("open-cycle"):
        show(section(text.OPEN_NEXT, text.DAYS_NOTE))
        chosen = st.selectbox("Meeting", list(names), format_func=names.__getitem__, key="open-meeting")
        _days("open", OPENS_DAYS, DUE_DAYS)
        st.form_submit_button("Open it", type="primary", key="open-it", on_click=_open, disabled=chosen is None)


def draw_change(cycle: CycleSpan) -> None:
    """Change how long before its meeting the open cycle's reports are due."""
    with st.form("change-cycle"):
        show(section(f"Change the days of {cycle.meeting.name}", text.DAYS_NOTE))
        _days("change", cycle.opens_days, cycle.due_days)
        st.form_submit_button("Change them", key="change-it", on_click=_change, args=(cycle.meeting.key,))


def _days(stem: str, opens: int, due: int) -> None:
    left, right = st.columns(2)
    left.number_input("It opens", 0, 365, opens, key=f"{stem}-opens")
    right.number_input("Reports are due", 0, 365, due, key=f"{stem}-due")


def _open() -> None:
    meeting, opens, due = (st.session_state[f"open-{name}"] for name in ("meeting", "opens", "due"))
    run(
        lambda context: open_cycle(context, meeting, opens_days=opens, due_days=due),
        done=lambda _: Message(f"The cycle of {meeting} is open."),
    )


def _change(meeting: str) -> None:
    opens, due = st.session_state["change-opens"], st.session_state["change-due"]
    run(
        lambda context: change_days(context, meeting, opens_days=opens, due_days=due),
        done=lambda _: Message(f"The days of {meeting} were changed."),
    )


with asking() as context:
    context.require(Action.MANAGE_CYCLES)
    opened = list_cycles(context.session, context.plan)
    step_of = cycle_steps(context.session)
    steps = [step_of[cycle.meeting.key] for cycle in opened]
    missing, setting = checklist(context), visitors_see(context.session)
today, open_now = day_of(context.now, context.plan), cycle_at(opened, context.now)
by_meeting = {cycle.meeting.key: cycle for cycle in opened}
meetings = reporting_meetings(context.plan)

page_title(text.title(open_now, today))
show_message()
if steps:
    draw_steps(context.plan, steps, missing)
left, right = st.columns(2)
with left:
    draw_open([meeting for meeting in meetings if meeting.end >= today and meeting.key not in by_meeting])
if open_now:
    with right:
        draw_change(open_now)
show(blocks.cycles(context.plan, meetings, by_meeting, step_of, today))
draw_visitors(setting)
