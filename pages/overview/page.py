"""Overview: where the plan is, what changed since the last meeting, what needs attention."""

import streamlit as st

from models.access.view_choice import ViewQuery
from models.meetings.overview import Overview, overview
from models.people.permissions import Action, could
from models.plan.cache_key import Stamp
from pages.overview import blocks, text
from pages.shared.heading import page_title, show
from pages.shared.markup import section
from pages.shared.plotly_line import CONFIG, figure
from pages.shared.view import ask
from pages.shared.who import asking, current_user
from reports.parts.glance import attention_title
from reports.parts.trend import describe_trend


@st.cache_data(max_entries=64, show_spinner=False)
def draw(stamp: Stamp, query: ViewQuery) -> None:
    """Everything below the time control, the first screen without a chart."""
    with stamp.reading() as session:
        summary = overview(session, query.view, noted_only=query.noted_only)
    page_title(text.NOT_NOTED if query.is_withheld else attention_title(summary.now))
    show(blocks.headlines(summary, query), blocks.glance(summary, query))
    if summary.now.shows_percentages:
        draw_trend(summary, query)
    if summary.now.has_reports:
        show(blocks.attention(summary, query))
    if not (summary.now.shows_percentages or query.is_withheld):
        show(blocks.awaits_reports(summary))
    show(blocks.by_theme(summary))


def draw_trend(summary: Overview, query: ViewQuery) -> None:
    """The trend beside what changed; on a phone the trend is its table."""
    trend = describe_trend(summary.trend, summary.since)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show(section(trend.title, text.TREND_NOTE if trend.line else ""))
        if trend.line:
            with st.container(key="course"):
                st.plotly_chart(figure(trend.line), key="trend", config=CONFIG, alt=trend.line.sentence)
            show(blocks.trend_table(trend))
    with right:
        show(blocks.changes_since(summary, query))


def ask_for_official_text() -> None:
    """Point a user who may adopt the official text to the page Editions while titles are not official."""
    if could(current_user(), Action.LOAD_EDITION):
        with asking() as context:
            show(blocks.official_text_awaited(context.plan))


stamp_and_query = ask()
ask_for_official_text()
draw(*stamp_and_query)
