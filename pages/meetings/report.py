"""Building a report on Meetings and reports: choose snapshot, scope and audience; one button for each format."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from models.access.archive import archived, draft
from models.core.settings import report_template, server_settings
from models.meetings.snapshots import SnapshotMark, snapshot_name
from models.people.permissions import User
from models.people.tokens import Credentials
from models.people.visibility_rules import Display, displays_of
from models.plan.schema import Plan
from pages.meetings import text
from pages.shared.heading import show
from pages.shared.markup import section
from pages.shared.plain_text import as_label
from pages.shared.who import asking, credentials
from reports.formats import Format, write
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope

NOW = 0
"""A draft of this moment, in the place of a snapshot's number."""


def draw_report(plan: Plan, snapshots: Sequence[SnapshotMark], user: User) -> None:
    """The choices and the buttons; nothing where there is no snapshot."""
    displays = displays_of(user)
    sources = {mark.id: snapshot_name(mark, plan) for mark in reversed(snapshots)}
    sources |= {NOW: text.DRAFT} if Display.SECRETARIAT in displays else {}
    if not sources:
        return
    show(section("Build the report", text.REPORT_NOTE))
    left, middle, right = st.columns([2, 2, 1])
    source = left.selectbox("Snapshot", list(sources), format_func=sources.__getitem__, key="report-source")
    scopes = _scopes(plan, states=displays[0] is not Display.PUBLIC)
    scope = middle.selectbox("Scope", list(scopes), format_func=scopes.__getitem__, key="report-scope")
    names = {display.value: display.label for display in displays}
    display = right.selectbox("Audience", list(names), format_func=names.__getitem__, key="report-display")
    with st.container(horizontal=True, gap="small", key="report-formats"):
        for file_format in Format:
            _button(file_format, source, scope, Display(display))


def _scopes(plan: Plan, *, states: bool) -> dict[str, str]:
    bodies = {f"body:{body.key}": f"Led by {body.key}" for body in plan.bodies if body.status == "active"}
    of_states = {f"state:{state.key}": state.name for state in plan.states} if states else {}
    return {"all": "The whole plan"} | bodies | of_states


def _button(file_format: Format, source: int, scope: str, display: Display) -> None:
    name = f"aiprap-{source or 'draft'}-{scope.replace(':', '-')}-{display}.{file_format}"
    st.download_button(
        as_label(file_format.label),
        data=partial(built, file_format, source, scope, display, credentials()),
        file_name=name,
        mime=file_format.mime,
        key=f"report-{file_format}",
        type="primary" if file_format is Format.WORD else "secondary",
    )


def built(file_format: Format, source: int, scope: str, display: Display, by: Credentials) -> bytes:
    """The document, made when the button is pressed, for the user signed in at that moment."""
    with asking(by) as context:
        source_read = draft(context, display) if source == NOW else archived(context, source, display)
    chosen = ReportScope.parse(scope, source_read.snapshot.plan)
    address = server_settings().public_url or ""
    report = describe(source_read, scope=chosen, display=display, address=address)
    return write(report, file_format, template=report_template())
