"""Member states: who has reported what on the national initiatives, and one state with all it has to deliver."""

import streamlit as st

from models.access.view_choice import Asked
from models.figures.participation import narratives, participation
from models.people.visibility_rules import Display, display_of
from models.plan.cache_key import Stamp
from models.plan.editions import plan_as_known
from pages.member_states import blocks
from pages.shared.choice import Choice
from pages.shared.heading import page_title
from pages.shared.view import ask
from pages.shared.who import reader
from reports.parts.member_state import StateLines, commitment_lines, state_lines, state_title
from reports.parts.participation import participation_title

EVERY_STATE = ""


@st.cache_data(max_entries=16, show_spinner=False)
def names(stamp: Stamp, asked: Asked) -> dict[str, str]:
    """The member states that the plan in the view knows."""
    with stamp.reading() as session:
        plan = plan_as_known(session, asked.view.known_at).plan
    return {one.key: one.name for one in plan.states}


@st.cache_data(max_entries=128, show_spinner=False)
def draw_title(stamp: Stamp, asked: Asked, key: str) -> None:
    """The finding: of all states together, or of the chosen one."""
    with stamp.reading() as session:
        seen = participation(session, asked.view)
    one = _chosen(state_lines(seen.now), key)
    page_title(state_title(one) if one else participation_title(seen))


@st.cache_data(max_entries=128, show_spinner=False)
def draw(stamp: Stamp, asked: Asked, key: str, display: Display) -> None:
    """The chosen state if there is one, then the matrix of all."""
    with stamp.reading() as session:
        seen = participation(session, asked.view)
        said = [one for (_, party), one in seen.latest.items() if party == key]
        words = narratives(session, said, display=display)
    lines = state_lines(seen.now)
    one = _chosen(lines, key)
    if one:
        st.html(blocks.facts_of(one))
        st.html(blocks.figures(one, asked))
        st.html(blocks.commitments(commitment_lines(seen, one, words), one, asked))
    st.html(blocks.matrix(seen, asked, key))
    if not one:
        st.html(blocks.states(lines, asked))


def _chosen(lines: tuple[StateLines, ...], key: str) -> StateLines | None:
    return next((one for one in lines if one.state.key == key), None)


def page() -> None:
    """Read the address, then draw what it asks for."""
    stamp, asked = ask()
    choice = Choice("state", "Member state", {EVERY_STATE: "All member states"} | names(stamp, asked))
    key = choice.read()
    draw_title(stamp, asked, key)
    with st.container(key="choice"):
        choice.box(key)
    draw(stamp, asked, key, display_of(reader()))


page()
