"""Measures: the plan as a tree of figures, or as a timeline; narrowed to a theme or an IP right if wanted."""

import streamlit as st

from models.access.view_choice import Asked
from models.figures.assess import assessment
from models.figures.filter import Narrowing, narrow
from models.plan.cache_key import Stamp
from models.plan.editions import plan_as_known
from pages.measures import blocks
from pages.shared.choice import Choice
from pages.shared.heading import page_title
from pages.shared.plotly_line import CONFIG, timeline_figure
from pages.shared.view import ask
from reports.parts.timeline import timeline
from reports.parts.tree import tree

FIGURES, TIMELINE = "figures", "timeline"
SHOW = Choice("show", "Part of the page", {FIGURES: "Figures", TIMELINE: "Timeline"})


@st.cache_data(max_entries=16, show_spinner=False)
def tags(stamp: Stamp, asked: Asked) -> tuple[dict[str, str], dict[str, str]]:
    """The themes and the IP rights that the plan in the view knows."""
    with stamp.reading() as session:
        plan = plan_as_known(session, asked.view.known_at).plan
    return {one.key: one.title for one in plan.themes}, {one.key: one.title for one in plan.ip_rights}


@st.cache_data(max_entries=128, show_spinner=False)
def draw_title(stamp: Stamp, asked: Asked, narrowing: Narrowing) -> None:
    """The finding of what is shown."""
    with stamp.reading() as session:
        seen = narrow(assessment(session, asked.view), narrowing)
    page_title(tree(seen).title)


@st.cache_data(max_entries=128, show_spinner=False)
def draw(stamp: Stamp, asked: Asked, narrowing: Narrowing, show: str) -> None:
    """The figures or the timeline of what is shown."""
    with stamp.reading() as session:
        whole = assessment(session, asked.view)
    seen = narrow(whole, narrowing)
    if narrowing != Narrowing():
        st.html(blocks.narrowed(len(seen.standings), len(whole.standings)))
    if not seen.standings:
        return
    if show == FIGURES:
        st.html(blocks.figures(seen, asked))
        return
    dated = timeline(seen)
    st.html(blocks.timeline_heading(dated))
    with st.container(key="timeline"):
        st.plotly_chart(timeline_figure(dated), key="timeline-chart", config=CONFIG, alt=dated.sentence)
    st.html(blocks.timeline_table(dated, asked))


def page() -> None:
    """Read the address, then draw what it asks for."""
    stamp, asked = ask()
    themes, ip_rights = tags(stamp, asked)
    theme = Choice("theme", "Theme", {"": "All themes"} | themes)
    ip_right = Choice("right", "IP right", {"": "All IP rights"} | ip_rights)
    narrowing, show = Narrowing(theme.read(), ip_right.read()), SHOW.read()
    draw_title(stamp, asked, narrowing)
    with st.container(horizontal=True, gap="small", key="choices"):
        SHOW.segments(show)
        theme.box(narrowing.theme)
        ip_right.box(narrowing.ip_right, width=200)
    draw(stamp, asked, narrowing, show)


page()
