"""Plan: the wording of its titles, the editions loaded, what changed the count, and the method."""

import streamlit as st

from models.access.view_choice import ViewQuery
from models.amendments.load import edition_changes
from models.plan.cache_key import Stamp
from models.plan.editions import plan_as_known
from models.progress.ledger import ledger
from pages.plan import blocks
from pages.shared.heading import page_title, show
from pages.shared.view import ask
from reports.parts.wording import wording_title


@st.cache_data(max_entries=64, show_spinner=False)
def draw(stamp: Stamp, query: ViewQuery) -> None:
    """The edition in the view, and its blocks."""
    with stamp.reading() as session:
        plan = plan_as_known(session, query.view.known_at).plan
        editions = edition_changes(session, query.view.known_at)
        events = ledger(session, query.view.known_at, rows_until=query.view.rows_until)
    page_title(wording_title(plan))
    show(
        blocks.explained(plan),
        blocks.counts(plan),
        blocks.titles(plan, query),
        blocks.editions(editions, plan),
        blocks.ledger(events, plan, query),
        blocks.method_printed(plan),
    )


draw(*ask())
