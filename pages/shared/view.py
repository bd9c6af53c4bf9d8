"""The one control of time and basis, and the line of provenance beside it.

The address is the only memory: widgets are set from it before they are drawn and write to it when used, so that what
is on the screen can be sent to somebody else.
"""

from datetime import date

import streamlit as st

from models.access.view_choice import LATEST, ViewQuery, Visibility, named, understand
from models.access.visibility import visibility_at
from models.core.text import counted
from models.core.vocabulary import Basis, Wording
from models.figures.assess import assessment
from models.meetings.snapshots import snapshot_name
from models.plan.cache_key import Stamp, current_stamp, plan_and_today
from models.plan.editions import PlanAsKnown, plan_as_known
from models.plan.schema import Plan
from pages.shared import text
from pages.shared.choice import Choice
from pages.shared.heading import show
from pages.shared.markup import banner, note
from pages.shared.who import current_user
from reports.parts.headlines import citation

AT_MEETING, ON_DAY = "meeting", "day"
KINDS = {LATEST: "Latest", AT_MEETING: "As reported", ON_DAY: "On a date"}
BASIS = Choice("basis", "Basis", {word.value: word.label for word in Basis})


def ask() -> tuple[Stamp, ViewQuery]:
    """Draw the control and give the view that it asks for."""
    stamp = current_stamp()
    plan, today = plan_and_today(stamp)
    visibility = visibility_at(stamp, current_user())
    time, basis = st.query_params.get("at", LATEST), st.query_params.get("basis", Basis.CLEARED.value)
    query, misread = understand(plan, today, visibility, at=time, basis=basis)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="view-bar"):
        if visibility.latest or visibility.snapshots:
            _choose_time(plan, visibility, query)
        if visibility.submitted:
            BASIS.segments(query.view.basis.value)
        _provenance(stamp, query)
    show(*map(banner, (*misread, text.NOT_NOTED) if query.is_withheld else misread))
    return stamp, query


def _choose_time(plan: Plan, visibility: Visibility, query: ViewQuery) -> None:
    names = {mark.address: snapshot_name(mark, plan) for mark in reversed(visibility.snapshots)}
    kind = AT_MEETING if query.mark else LATEST if query.is_latest else ON_DAY
    st.session_state["view-kind"] = kind
    st.segmented_control(
        "Time",
        [word for word in KINDS if (names if word == AT_MEETING else visibility.latest)],
        format_func=KINDS.__getitem__,
        key="view-kind",
        required=True,
        label_visibility="collapsed",
        on_change=_time_chosen,
        args=(next(iter(names), LATEST), query.today),
    )
    if query.mark:
        st.session_state["view-meeting"] = query.mark.address
        st.selectbox(
            "Meeting",
            list(names),
            format_func=names.__getitem__,
            key="view-meeting",
            label_visibility="collapsed",
            width=320,
            on_change=_meeting_chosen,
        )
    elif kind == ON_DAY:
        st.session_state["view-day"] = query.view.as_of
        st.date_input(
            "Day",
            key="view-day",
            format="DD/MM/YYYY",
            min_value=plan.period.start,
            max_value=query.today,
            label_visibility="collapsed",
            width=150,
            on_change=_day_chosen,
        )


def _time_chosen(newest_meeting: str, today: date) -> None:
    kind = st.session_state["view-kind"]
    _put({AT_MEETING: newest_meeting, ON_DAY: today.isoformat()}.get(kind, LATEST))


def _meeting_chosen() -> None:
    _put(st.session_state["view-meeting"])


def _day_chosen() -> None:
    day = st.session_state["view-day"]
    if day:
        _put(day.isoformat())


def _put(time: str) -> None:
    """Set the time in the address; what everybody gets first needs none."""
    if time == LATEST:
        st.query_params.pop("at", None)
    else:
        st.query_params["at"] = time


def _provenance(stamp: Stamp, query: ViewQuery) -> None:
    line, cited = _provenance_texts(stamp, query)
    with st.popover("Copy citation", key="citation"):
        st.caption("The line to quote. It holds what is needed to find the figure again.")
        st.code(cited, language=None, wrap_lines=True)
    show(note(line), width="content")


@st.cache_data(max_entries=128, show_spinner=False)
def _provenance_texts(stamp: Stamp, query: ViewQuery) -> tuple[str, str]:
    with stamp.reading() as session:
        known = plan_as_known(session, query.view.known_at)
        now = assessment(session, query.view)
    cited = citation(
        now,
        view=named(query, known.plan),
        basis=query.view.basis.label,
        edition=known.edition.version,
        sha256=known.edition.sha256,
    )
    return provenance(known), cited


def provenance(known: PlanAsKnown) -> str:
    """Edition 1.0 · 39 working titles · 43 assumed dates."""
    working = known.plan.count(Wording.WORKING)
    assumed = sum(initiative.due_is_assumed for initiative in known.plan.titled)
    parts = [f"Edition {known.edition.version}"]
    parts += [counted(working, "working title")] if working else []
    parts += [counted(assumed, "assumed date")] if assumed else []
    return " · ".join(parts)
