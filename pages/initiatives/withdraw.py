"""Withdrawing a cleared statement on the page of its initiative: by the secretariat, with a reason."""

import streamlit as st

from models.core.text import day, public_text
from models.figures.explain import status_text
from models.people.permissions import Action, could
from models.plan.schema import Plan
from models.progress.clearing import withdraw
from models.progress.views import StatementView, history
from models.reporting.review_queue import latest_view
from pages.shared.run import Message, run, show_message
from pages.shared.who import asking
from reports.parts.naming import party_name

LONGEST = 2000


def draw_withdraw(key: str) -> None:
    """Choose a cleared statement and give a reason; nothing without permission or without a cleared statement."""
    with asking() as context:
        initiative = context.plan.initiative.get(key)
        if initiative is None or not could(context.user, Action.WITHDRAW):
            return
        view = latest_view(context.plan, context.now)
        rows = history(context.session, context.plan, initiative, view, user=context.user).statements
    names = {row.row: _named(context.plan, row) for row in rows if row.cleared_at and row.is_in_effect and row.status}
    show_message()
    if names:
        with st.expander("Withdraw a cleared statement", key="withdraw"):
            _form(names)


def _named(plan: Plan, row: StatementView) -> str:
    status = status_text(row.status, row.percent) if row.status else ""
    return f"{party_name(plan, row.party)}: {status}, valid on {day(row.valid_on)}"


def _form(names: dict[int, str]) -> None:
    with st.form("withdraw-form", border=False, enter_to_submit=False):
        st.selectbox("Statement", list(names), format_func=names.__getitem__, key="withdraw-row")
        st.text_area("Reason", height=80, max_chars=LONGEST, key="withdraw-reason")
        st.form_submit_button("Withdraw the statement", key="withdraw-it", on_click=_withdraw, args=(names,))


def _withdraw(names: dict[int, str]) -> None:
    row, reason = st.session_state["withdraw-row"], st.session_state["withdraw-reason"]
    message = Message(f"Withdrawn: {names[row]}. It stays in the log but is no longer counted.")
    if run(lambda context: withdraw(context, row, reason=public_text(reason)), done=lambda _: message, typed=reason):
        st.session_state["withdraw-reason"] = ""
