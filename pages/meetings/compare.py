"""Comparing two states on Meetings and reports: each a snapshot, or a date as known now where the user may."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from models.meetings.compared import comparison, moment, of_snapshot
from models.meetings.snapshots import SnapshotMark, baseline
from models.plan.cache_key import Stamp, plan_and_today
from models.plan.calendar import end_of_day
from models.plan.schema import Plan
from pages.meetings import blocks, text
from pages.shared.heading import show
from pages.shared.markup import section
from pages.shared.plain_text import as_label

ON_DAY = "day"


def draw_compare(stamp: Stamp, plan: Plan, snapshots: Sequence[SnapshotMark], *, days: bool) -> None:
    """Choose two states, at first the newest snapshot and its baseline, and read the differences."""
    names = {str(mark.id): of_snapshot(mark, plan).name for mark in reversed(snapshots)}
    names |= {ON_DAY: text.ON_DATE} if days else {}
    if len(names) < 2:
        return
    show(section("Compare", text.COMPARE_NOTE))
    left, right = st.columns(2)
    since = baseline(snapshots, plan, snapshots[-1].view()) if snapshots else None
    first = list(names).index(str(since.id)) if since else 1
    before, after = _side(left, "From", names, first, plan), _side(right, "To", names, 0, plan)
    if before and after:
        _draw(stamp, before, after)


def _side(column: DeltaGenerator, label: str, names: dict[str, str], index: int, plan: Plan) -> str | None:
    key = f"compare-{label.lower()}"
    chosen = column.selectbox(as_label(label), list(names), index, format_func=names.__getitem__, key=key)
    if chosen != ON_DAY:
        return chosen
    picked = column.date_input("Date", format="DD/MM/YYYY", min_value=plan.period.start, key=f"{key}-day")
    return picked.isoformat() if isinstance(picked, date) else None


@st.cache_data(max_entries=32, show_spinner=False)
def _draw(stamp: Stamp, before: str, after: str) -> None:
    plan, today = plan_and_today(stamp)
    with stamp.reading() as session:
        sides = [moment(session, choice, plan, now=end_of_day(today, plan)) for choice in (before, after)]
        differences = comparison(session, sides[0].view, sides[1].view)
    show(blocks.compared(differences))
