"""Measures: the plan as a tree of figures, or as a timeline; filtered by a theme or an IP right if wanted."""

import streamlit as st

from models.access.view_choice import ViewQuery
from models.figures.assess import assessment
from models.figures.rollup import Filter, apply_filter
from models.plan.cache_key import Stamp
from models.plan.editions import plan_as_known
from pages.measures import blocks, text
from pages.shared.choice import Choice
from pages.shared.heading import page_title, show
from pages.shared.markup import note, section
from pages.shared.plotly_line import CONFIG, timeline_figure
from pages.shared.view import ask
from reports.parts.timeline import timeline
from reports.parts.tree import tree

PART = Choice("show", "Part of the page", text.PARTS)


@st.cache_data(max_entries=16, show_spinner=False)
def tags(stamp: Stamp, query: ViewQuery) -> tuple[dict[str, str], dict[str, str]]:
    """The themes and the IP rights that the plan in the view knows."""
    with stamp.reading() as session:
        plan = plan_as_known(session, query.view.known_at).plan
    return {theme.key: theme.title for theme in plan.themes}, {right.key: right.title for right in plan.ip_rights}


@st.cache_data(max_entries=128, show_spinner=False)
def draw_title(stamp: Stamp, query: ViewQuery, chosen: Filter) -> None:
    """The finding of the initiatives that the filter leaves."""
    with stamp.reading() as session:
        filtered = apply_filter(assessment(session, query.view), chosen)
    page_title(tree(filtered).title)


@st.cache_data(max_entries=128, show_spinner=False)
def draw(stamp: Stamp, query: ViewQuery, chosen: Filter, part: str) -> None:
    """The figures or the timeline of the initiatives that the filter leaves."""
    with stamp.reading() as session:
        whole = assessment(session, query.view)
    filtered = apply_filter(whole, chosen)
    if chosen != Filter():
        show(note(text.filtered(len(filtered.standings), len(whole.standings))))
    if not filtered.standings:
        return
    if part == PART.default:
        show(blocks.figures(filtered, query))
        return
    dated = timeline(filtered)
    show(section(dated.title, text.timeline_note(dated.today.name)))
    with st.container(key="timeline"):
        st.plotly_chart(timeline_figure(dated), key="timeline-chart", config=CONFIG, alt=dated.sentence)
    show(blocks.timeline_table(dated, query))


stamp, query = ask()
themes, ip_rights = tags(stamp, query)
theme = Choice("theme", "Theme", {"": "All themes"} | themes)
ip_right = Choice("right", "IP right", {"": "All IP rights"} | ip_rights)
chosen, part = Filter(theme.read(), ip_right.read()), PART.read()
draw_title(stamp, query, chosen)
with st.container(horizontal=True, gap="small", key="choices"):
    PART.segments(part)
    theme.box(chosen.theme)
    ip_right.box(chosen.ip_right, width=200)
draw(stamp, query, chosen, part)
