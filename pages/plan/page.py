"""Plan: whose words it is told in, which editions were loaded, what changed the count, and the method."""

import streamlit as st

from models.access.view_choice import Asked
from models.amendments.edition_changes import edition_changes
from models.plan.cache_key import Stamp
from models.plan.editions import plan_as_known
from models.progress.ledger import ledger
from pages.plan import history_blocks as history
from pages.plan import wording_blocks as words
from pages.shared.heading import page_title
from pages.shared.view import ask
from reports.parts.wording import wording_title


@st.cache_data(max_entries=64, show_spinner=False)
def draw(stamp: Stamp, asked: Asked) -> None:
    """The edition in the view, and how it came to be."""
    with stamp.reading() as session:
        plan = plan_as_known(session, asked.view.known_at).plan
        editions = edition_changes(session, asked.view.known_at)
        events = ledger(session, asked.view.known_at, rows_until=asked.view.rows_until)
    page_title(wording_title(plan))
    st.html(words.explained(plan))
    st.html(words.counts(plan))
    st.html(words.titles(plan, asked))
    st.html(history.editions(editions, plan))
    st.html(history.ledger(events, plan, asked))
    st.html(history.method_printed(plan))


draw(*ask())
