"""The questions the chair may wish to ask, as the secretariat and the chair of AWGIPC read them."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from models.access.view_choice import Asked, latest
from models.core.text import counted
from models.core.vocabulary import ASEAN, Basis
from models.meetings.questions import Question, QuestionRule, questions_for
from models.people.context import Context
from models.people.permissions import Reader
from models.plan.cache_key import Stamp, present
from models.plan.editions import plan_as_known
from models.plan.schema import Plan
from models.progress.latest import View
from models.reporting.review_queue import latest_view
from pages.shared.links import initiative_address, link
from pages.shared.markup import flowing, fold, section
from pages.shared.who import asking
from reports.parts.naming import party_name

SEEN_BY = "By fixed rules, from what is cleared. Seen by the secretariat and the chair of AWGIPC only."


def questions() -> str:
    """All of them, rule by rule; refused to anybody else."""
    with asking() as now:
        view = latest_view(now.plan, now.now)
    return _questions(present(), view, now.user)


@st.cache_data(max_entries=8, show_spinner=False)
def _questions(stamp: Stamp, view: View, by: Reader) -> str:
    with stamp.reading() as session:
        found = questions_for(Context.at(session, by), view)
        plan = plan_as_known(session, view.known_at).plan
    return told(found, plan, latest(plan, view.as_of, Basis.CLEARED))


def told(found: Sequence[Question], plan: Plan, asked: Asked) -> str:
    """Each rule with what it found, folded."""
    if not found:
        return section("No question to ask", SEEN_BY)
    order = list(QuestionRule)
    by_rule = groupby(sorted(found, key=lambda one: order.index(one.rule)), key=lambda one: one.rule)
    folds = "".join(_rule(rule, list(ones), plan, asked) for rule, ones in by_rule)
    return section(f"{counted(len(found), 'question')} the chair may wish to ask", SEEN_BY, content=folds)


def _rule(rule: QuestionRule, ones: Sequence[Question], plan: Plan, asked: Asked) -> str:
    lines = "".join(f"<li>{_question(one, plan, asked)}</li>" for one in ones)
    return fold(f"{rule.label}: {len(ones)}", f'<ul class="t-list">{lines}</ul>')


def _question(one: Question, plan: Plan, asked: Asked) -> str:
    key, party = one.commitment
    whose = "" if party == ASEAN else f", {party_name(plan, party)}"
    name = link(initiative_address(key, asked, party), f"<b>{escape(key)}</b>{escape(whose)}")
    rows = f" Log {'row' if len(one.rows) == 1 else 'rows'} {', '.join(map(str, one.rows))}." if one.rows else ""
    return f'{name}: {flowing(one.sentence)}<span class="t-when">{escape(rows)}</span>'
