"""Withdrawing a statement after it was cleared, on the page of its initiative: the secretariat's, with a reason."""

import streamlit as st

from models.core.text import day, public_text
from models.figures.explain import what_was_said
from models.people.context import Context
from models.people.permissions import Action, could
from models.people.visibility_rules import Display
from models.plan.schema import Plan
from models.progress.clearing import withdraw
from models.progress.history import Spoken, history
from models.reporting.review_queue import latest_view
from pages.shared.deciding import decide
from pages.shared.flash import Told, show_told
from pages.shared.who import asking
from reports.parts.naming import party_name

LONGEST = 2000


def draw_withdraw(key: str) -> None:
    """Which of the cleared statements, and why; nothing for those who may not, and where nothing stands cleared."""
    with asking() as now:
        initiative = now.plan.initiative.get(key)
        if initiative is None or not could(now.user, Action.WITHDRAW):
            return
        view = latest_view(now.plan, now.now)
        said = history(now.session, now.plan, initiative, view, display=Display.SECRETARIAT)
    names = {one.row: _named(now.plan, one) for one in said if one.cleared_on and one.stands and one.status}
    show_told()
    if names:
        with st.expander("Withdraw a statement that was cleared", key="withdraw"):
            _form(names)


def _named(plan: Plan, one: Spoken) -> str:
    told = what_was_said(one.status, one.percent) if one.status else ""
    return f"{party_name(plan, one.party)}: {told}, valid on {day(one.valid_on)}"


def _form(names: dict[int, str]) -> None:
    with st.form("withdraw-form", border=False, enter_to_submit=False):
        st.selectbox("Statement", list(names), format_func=names.__getitem__, key="withdraw-row")
        st.text_area("Reason", height=80, max_chars=LONGEST, key="withdraw-reason")
        st.form_submit_button("Withdraw it", key="withdraw-it", on_click=_withdraw, args=(names,))


def _withdraw(names: dict[int, str]) -> None:
    row, reason = st.session_state["withdraw-row"], st.session_state["withdraw-reason"]
    told = f"Withdrawn: {names[row]}. It stays in the log and counts no longer."
    if decide(_withdraw_with, row, reason, typed=reason, done=lambda _: Told(told)):
        st.session_state["withdraw-reason"] = ""


def _withdraw_with(context: Context, row: int, typed: str) -> None:
    withdraw(context, row, reason=public_text(typed))
