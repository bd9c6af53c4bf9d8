"""The audit trail: every write, readable, filtered, and to take away as CSV."""

from datetime import date
from functools import partial

import streamlit as st

from models.admin.audit_trail import HEADS, AuditFilter, AuditLine, audit_choices, audit_trail
from models.core.csv import csv_text
from models.core.text import counted
from models.people.tokens import Credentials
from pages.people.audit_blocks import trail
from pages.shared.heading import page_title, show
from pages.shared.markup import note
from pages.shared.who import asking, shown

NEWEST = 200
"""How many acts a page holds; the file holds all."""


def audit_part() -> None:
    """The filters, what they find, and the file of it."""
    with asking() as one:
        choices = audit_choices(one)
    heading = st.container()
    asked = _filters(choices.people, choices.actions)
    with asking() as one:
        count, lines = audit_trail(one, asked, limit=NEWEST)
        plan = one.plan
    with heading:
        page_title(f"{counted(count, 'act')} in the audit trail")
    _as_file(asked)
    show(note(_told(count, lines)), trail(lines, plan))


def _filters(people: dict[int, str], actions: tuple[str, ...]) -> AuditFilter:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="audit-filters"):
        person = st.selectbox(
            "Person", list(people), index=None, format_func=people.__getitem__, placeholder="Anybody", width=200
        )
        action = st.selectbox("Action", actions, index=None, placeholder="Any action", width=200)
        subject = st.text_input("Subject", placeholder="I08, a person, a meeting", width=220)
        first: date | None = st.date_input("From", None, format="DD/MM/YYYY", width=150)
        last: date | None = st.date_input("Until", None, format="DD/MM/YYYY", width=150)
    return AuditFilter(person, action or "", subject, first, last)


def _as_file(asked: AuditFilter) -> None:
    st.download_button(
        "Download as CSV",
        data=partial(_file, asked, shown()),
        file_name="audit.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _file(asked: AuditFilter, by: Credentials) -> str:
    """Made when it is asked for, by whoever the browser stands for then."""
    with asking(by) as one:
        _, lines = audit_trail(one, asked)
    return csv_text(HEADS, (line.cells() for line in lines))


def _told(count: int, lines: tuple[AuditLine, ...]) -> str:
    if count > len(lines):
        return f"The newest {len(lines)} of {count:,} are shown; the file holds all."
    return "The newest first."
