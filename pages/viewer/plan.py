"""Plan: whose words it is told in, which editions were loaded, what changed the count, and the method."""

import streamlit as st

from models.reads.asked import Asked
from models.reads.data_version import Stamp
from models.reads.edition_changes import edition_changes
from models.reads.editions import plan_as_known
from models.reads.ledger import ledger
from pages.shared.heading import page_title
from pages.shared.view import ask
from pages.viewer import plan_history_blocks as history
from pages.viewer import plan_words_blocks as words
from reports.wording import wording_title


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
