"""Comparing two states on Meetings and reports: each a snapshot, or for those who see it a day as known now."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from models.core.text import day
from models.meetings.compared import comparison, moment
from models.meetings.snapshots import SnapshotMark
from models.plan.cache_key import Stamp, plan_and_today
from models.plan.calendar import end_of_day
from models.plan.schema import Plan
from pages.meetings import blocks
from pages.shared.heading import show
from pages.shared.markup import section

ON_DAY = "day"


def draw_compare(stamp: Stamp, plan: Plan, snapshots: Sequence[SnapshotMark], *, days: bool) -> None:
    """Choose two, the last two to begin with, and read what differs."""
    names = {str(one.id): _named(one, plan) for one in reversed(snapshots)}
    names |= {ON_DAY: "On a day, as known now"} if days else {}
    if len(names) < 2:
        return
    show(section("Compare", "What was reported at one meeting and at another; or then, and as it is known now."))
    left, right = st.columns(2)
    with left:
        before = _side("From", "from", names, 1, plan)
    with right:
        after = _side("To", "to", names, 0, plan)
    if before and after:
        _draw(stamp, before, after)


def _side(label: str, name: str, names: dict[str, str], newest: int, plan: Plan) -> str | None:
    chosen = st.selectbox(label, list(names), index=newest, format_func=names.__getitem__, key=f"compare-{name}")
    if chosen != ON_DAY:
        return chosen
    picked = st.date_input("Day", format="DD/MM/YYYY", min_value=plan.period.start, key=f"compare-{name}-day")
    return picked.isoformat() if isinstance(picked, date) else None


def _named(mark: SnapshotMark, plan: Plan) -> str:
    return f"{plan.meeting[mark.meeting].name}, {mark.step}, {day(mark.as_of)} (snapshot {mark.id})"


@st.cache_data(max_entries=32, show_spinner=False)
def _draw(stamp: Stamp, before: str, after: str) -> None:
    plan, today = plan_and_today(stamp)
    with stamp.reading() as session:
        sides = [moment(session, text, plan, now=end_of_day(today, plan)) for text in (before, after)]
        found = comparison(session, sides[0].view, sides[1].view)
    st.html(blocks.compared(found))
