"""Overview: where the plan stands, what changed since the last meeting, what needs attention."""

import streamlit as st

from models.access.view_choice import Asked
from models.meetings.overview import Overview, overview
from models.people.permissions import Action, could
from models.plan.cache_key import Stamp
from pages.overview import blocks
from pages.shared.heading import page_title, show
from pages.shared.plotly_line import CONFIG, figure
from pages.shared.view import ask
from pages.shared.who import asking, reader
from reports.parts.course import course
from reports.parts.glance import attention_title

NOT_NOTED = "The Working Group has not taken note of a report yet"


@st.cache_data(max_entries=64, show_spinner=False)
def draw(stamp: Stamp, asked: Asked) -> None:
    """Everything below the time control, the first screen without a chart."""
    with stamp.reading() as session:
        seen = overview(session, asked.view)
    page_title(NOT_NOTED if asked.is_withheld else attention_title(seen.now))
    show(blocks.headlines(seen, asked))
    show(blocks.glance(seen, asked))
    if seen.now.has_reports:
        draw_course(seen, asked)
        show(blocks.attention(seen, asked))
    elif not asked.is_withheld:
        show(blocks.awaits_reports(seen))
    show(blocks.by_theme(seen))


def draw_course(seen: Overview, asked: Asked) -> None:
    """The trend beside what changed; on a phone the trend is its table."""
    told = course(seen.trend)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show(blocks.course_heading(told))
        if told.line:
            with st.container(key="course"):
                st.plotly_chart(figure(told.line), key="trend", config=CONFIG, alt=told.line.sentence)
            show(blocks.course_table(told))
    with right:
        show(blocks.changes_since(seen, asked))


def ask_for_official_text() -> None:
    """Whoever can adopt the official text reads at once that these are not its titles, and where to adopt it."""
    if could(reader(), Action.LOAD_EDITION):
        with asking() as now:
            show(blocks.official_text_awaited(now.plan))


stamp_and_view = ask()
ask_for_official_text()
draw(*stamp_and_view)
