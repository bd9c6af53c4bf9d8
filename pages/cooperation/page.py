"""Cooperation: partners, programmes, platforms, other sectors, the calendar, documents."""

import streamlit as st

from models.access.view_choice import ViewQuery
from models.plan.cache_key import Stamp
from models.plan.editions import plan_as_known
from pages.cooperation import blocks
from pages.shared.heading import page_title, show
from pages.shared.view import ask


@st.cache_data(max_entries=64, show_spinner=False)
def draw(stamp: Stamp, query: ViewQuery) -> None:
    """Facts of the edition in the view; no figure is counted from them."""
    with stamp.reading() as session:
        plan = plan_as_known(session, query.view.known_at).plan
    page_title(blocks.title(plan))
    show(blocks.page(plan, query.view.as_of))


draw(*ask())
