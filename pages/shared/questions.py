"""The questions the chair may wish to ask, as the secretariat and the chair of AWGIPC read them."""

from collections.abc import Sequence
from itertools import groupby

import htpy as h
import streamlit as st
from htpy import Element
from markupsafe import Markup

from models.access.view_choice import ViewQuery, latest
from models.core.text import counted
from models.core.vocabulary import Basis
from models.meetings.questions import Question, QuestionRule, questions_for
from models.people.context import Context
from models.people.permissions import User
from models.plan.cache_key import Stamp, current_stamp
from models.plan.editions import plan_as_known
from models.plan.schema import Plan
from models.progress.latest import View
from models.reporting.review_queue import latest_view
from pages.shared import text
from pages.shared.links import initiative_address, link
from pages.shared.markup import flowing, fold, rendered, section
from pages.shared.who import asking
from reports.parts.naming import of_party


def questions() -> Markup:
    """All of them, rule by rule; refused to anybody else."""
    with asking() as context:
        view = latest_view(context.plan, context.now)
    return _questions(current_stamp(), view, context.user)


@st.cache_data(max_entries=8, show_spinner=False)
def _questions(stamp: Stamp, view: View, by: User) -> Markup:
    with stamp.reading() as session:
        rows = questions_for(Context.at(session, by), view)
        plan = plan_as_known(session, view.known_at).plan
    return rendered(_section(rows, plan, latest(plan, view.as_of, Basis.CLEARED)))


def _section(questions: Sequence[Question], plan: Plan, query: ViewQuery) -> Element:
    if not questions:
        return section("No question to ask", text.QUESTIONS_NOTE)
    order = list(QuestionRule)
    by_rule = groupby(sorted(questions, key=lambda question: order.index(question.rule)), lambda row: row.rule)
    folds = [_rule(rule, list(rows), plan, query) for rule, rows in by_rule]
    return section(
        f"{counted(len(questions), 'question')} the chair may wish to ask", text.QUESTIONS_NOTE, content=folds
    )


def _rule(rule: QuestionRule, questions: Sequence[Question], plan: Plan, query: ViewQuery) -> Element:
    lines = h.ul(".t-list")[[_question(question, plan, query) for question in questions]]
    return fold(f"{rule.label}: {len(questions)}", lines)


def _question(question: Question, plan: Plan, query: ViewQuery) -> Element:
    key, party = question.commitment
    numbers = ", ".join(map(str, question.rows))
    rows = f" Log {'row' if len(question.rows) == 1 else 'rows'} {numbers}." if numbers else ""
    name = link(initiative_address(key, query, party), [h.b[key], of_party(plan, party)])
    return h.li[name, f": {flowing(question.sentence)}", h.span(".t-when")[rows]]
