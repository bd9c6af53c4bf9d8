"""The audit trail: every write, readable, filtered, and to take away as CSV."""

from datetime import date
from functools import partial

import streamlit as st

from models.admin.audit_trail import HEADS, AuditFilter, audit_choices, audit_trail
from models.core.csv import csv_text
from models.core.text import counted
from models.people.tokens import Credentials
from pages.people import text
from pages.people.blocks import trail
from pages.shared.heading import page_title, show
from pages.shared.markup import note
from pages.shared.who import asking, credentials

NEWEST = 200
"""How many acts the page lists; the file contains all."""


def audit_part() -> None:
    """The filters, the acts that fit them, and the file of these."""
    with asking() as context:
        choices = audit_choices(context)
    heading = st.container()
    filters = _filters(choices.people, choices.actions)
    with asking() as context:
        count, lines = audit_trail(context, filters, limit=NEWEST)
        plan = context.plan
    with heading:
        page_title(f"{counted(count, 'act')} in the audit trail")
    _as_file(filters)
    is_whole = count == len(lines)
    show(note(text.NEWEST_FIRST if is_whole else text.NEWEST_ONLY.format(len(lines), count)), trail(lines, plan))


def _filters(people: dict[int, str], actions: tuple[str, ...]) -> AuditFilter:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="audit-filters"):
        person = st.selectbox(
            text.PERSON, list(people), index=None, format_func=people.__getitem__, placeholder=text.ANYBODY, width=200
        )
        action = st.selectbox(text.ACTION, actions, index=None, placeholder=text.ANY_ACTION, width=200)
        subject = st.text_input("Subject", placeholder="I08, a person, a meeting", width=220)
        first: date | None = st.date_input("From", None, format="DD/MM/YYYY", width=150)
        last: date | None = st.date_input("Until", None, format="DD/MM/YYYY", width=150)
    return AuditFilter(person, action or "", subject, first, last)


def _as_file(filters: AuditFilter) -> None:
    st.download_button(
        text.DOWNLOAD,
        data=partial(_file, filters, credentials()),
        file_name="audit.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _file(filters: AuditFilter, by: Credentials) -> str:
    """Made when it is asked for, for the user of the browser at that moment."""
    with asking(by) as context:
        _, lines = audit_trail(context, filters)
    return csv_text(HEADS, (line.cells() for line in lines))
