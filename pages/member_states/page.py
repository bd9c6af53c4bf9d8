"""Member states: who has reported what on the national initiatives, and one state with all it has to deliver."""

import streamlit as st

from models.access.view_choice import ViewQuery
from models.figures.participation import narratives, participation
from models.people.permissions import User
from models.plan.cache_key import Stamp
from models.plan.editions import plan_as_known
from pages.member_states import blocks
from pages.shared.choice import Choice
from pages.shared.heading import page_title, show
from pages.shared.view import ask
from pages.shared.who import current_user
from reports.parts.member_state import StateLines, commitment_lines, state_lines, state_title
from reports.parts.participation import participation_title


@st.cache_data(max_entries=16, show_spinner=False)
def names(stamp: Stamp, query: ViewQuery) -> dict[str, str]:
    """The member states that the plan in the view knows."""
    with stamp.reading() as session:
        plan = plan_as_known(session, query.view.known_at).plan
    return {state.key: state.name for state in plan.states}


@st.cache_data(max_entries=128, show_spinner=False)
def draw_title(stamp: Stamp, query: ViewQuery, key: str) -> None:
    """The finding: of all states together, or of the chosen state."""
    with stamp.reading() as session:
        reports = participation(session, query.view)
    chosen = _chosen(state_lines(reports.now), key)
    page_title(state_title(chosen) if chosen else participation_title(reports))


@st.cache_data(max_entries=128, show_spinner=False)
def draw(stamp: Stamp, query: ViewQuery, key: str, user: User) -> None:
    """The chosen state if there is one, then the matrix of all."""
    with stamp.reading() as session:
        reports = participation(session, query.view)
        statements = [statement for (_, party), statement in reports.latest.items() if party == key]
        words = narratives(session, statements, user=user)
    lines = state_lines(reports.now)
    chosen = _chosen(lines, key)
    if chosen:
        own = commitment_lines(reports, chosen, words)
        show(blocks.facts_of(chosen.state), blocks.figures(chosen, query), blocks.commitments(own, chosen.state, query))
    show(blocks.matrix(reports, query, key))
    if not chosen:
        show(blocks.states(lines, query))


def _chosen(lines: tuple[StateLines, ...], key: str) -> StateLines | None:
    return next((line for line in lines if line.state.key == key), None)


stamp, query = ask()
choice = Choice("state", "Member state", {"": "All member states"} | names(stamp, query))
key = choice.read()
draw_title(stamp, query, key)
with st.container(key="choice"):
    choice.box(key)
draw(stamp, query, key, current_user())
