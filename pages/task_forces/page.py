"""Task forces: what each body leads, its progress, and when it last reported."""

import streamlit as st

from models.access.view_choice import ViewQuery
from models.figures.assess import assessment
from models.plan.cache_key import Stamp
from pages.shared.heading import page_title, show
from pages.shared.view import ask
from pages.task_forces import blocks
from reports.parts.bodies import bodies_title, body_lines, historical_bodies


@st.cache_data(max_entries=64, show_spinner=False)
def draw(stamp: Stamp, query: ViewQuery) -> None:
    """The table of bodies, then what it rests on."""
    with stamp.reading() as session:
        now = assessment(session, query.view)
    lines = body_lines(now)
    page_title(bodies_title(lines, now))
    show(blocks.bodies(lines, now, query), blocks.about(lines, now.plan, query))
    show(blocks.historical(historical_bodies(now.plan)))


draw(*ask())
