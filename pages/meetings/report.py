"""Building a report on Meetings and reports: of which snapshot, on what, for whom; one click a format."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from models.access.archive import archived, draft, people_in
from models.core.settings import server_settings
from models.core.text import day
from models.meetings.snapshots import SnapshotMark
from models.people.permissions import Reader
from models.people.tokens import Shown
from models.people.visibility_rules import Display, displays_of
from models.plan.schema import Plan
from pages.shared.heading import show
from pages.shared.markup import section
from pages.shared.who import asking, shown
from reports.formats import WRITERS, Format
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope

NOW = 0
"""Stands for a draft of this moment, in the place of a snapshot's number."""

TOLD = "From a snapshot, so that the same choice always gives the same document."


def draw_report(plan: Plan, snapshots: Sequence[SnapshotMark], by: Reader) -> None:
    """What to choose, and a button for each format; nothing to choose, nothing drawn."""
    displays = displays_of(by)
    sources = {one.id: _named(one, plan) for one in reversed(snapshots)}
    sources |= {NOW: "Draft of this moment"} if Display.SECRETARIAT in displays else {}
    if not sources:
        return
    show(section("Build the report", TOLD))
    left, middle, right = st.columns([2, 2, 1])
    source = left.selectbox("Snapshot", list(sources), format_func=sources.__getitem__, key="report-source")
    scopes = _scopes(plan, states=displays[0] is not Display.PUBLIC)
    scope = middle.selectbox("About", list(scopes), format_func=scopes.__getitem__, key="report-scope")
    names = {one.value: one.label for one in displays}
    display = right.selectbox("For", list(names), format_func=names.__getitem__, key="report-display")
    with st.container(horizontal=True, gap="small", key="report-formats"):
        for form in Format:
            _button(form, source, scope, Display(display))


def _named(mark: SnapshotMark, plan: Plan) -> str:
    revision = f", revision {mark.revision}" if mark.revision > 1 else ""
    return f"{plan.meeting[mark.meeting].name}, {mark.step}{revision}, {day(mark.as_of)}"


def _scopes(plan: Plan, *, states: bool) -> dict[str, str]:
    bodies = {f"body:{one.key}": f"Led by {one.key}" for one in plan.bodies if one.status == "active"}
    of_states = {f"state:{one.key}": one.name for one in plan.states} if states else {}
    return {"all": "The whole plan"} | bodies | of_states


def _button(form: Format, source: int, scope: str, display: Display) -> None:
    name = f"aiprap-{source or 'draft'}-{scope.replace(':', '-')}-{display}.{form}"
    st.download_button(
        form.label,
        data=partial(built, form, source, scope, display, shown()),
        file_name=name,
        mime=form.mime,
        key=f"report-{form}",
        type="primary" if form is Format.WORD else "secondary",
    )


def built(form: Format, source: int, scope: str, display: Display, by: Shown) -> bytes:
    """The document, made when it is asked for, for whoever the browser stands for then."""
    with asking(by) as one:
        if source == NOW:
            content, sha256 = draft(one, display)
        else:
            content, sha256 = archived(one, source, display)
        people = people_in(one.session, content, display)
    about = ReportScope.of(scope, content.plan)
    address = server_settings().public_url or ""
    return WRITERS[form](describe(content, sha256, scope=about, display=display, address=address, people=people))
