"""What is on the screen when a page fails."""

import logging
import secrets

import streamlit as st

from models.admin.health import health
from models.core.errors import TrackerError
from pages.shared import text
from pages.shared.plain_text import as_text

log = logging.getLogger(__name__)


def apologise(error: Exception) -> bool:
    """Show an expected error in its own words and any other as an apology; True, since Streamlit shows nothing more."""
    if isinstance(error, TrackerError):
        st.error(as_text(str(error)))
    # Looked up only now that a page has failed: a check before every page would cost each visitor a query.
    elif health()["migrations"] == "behind":
        st.error(text.NOT_PREPARED)
    else:
        # Streamlit has just logged the traceback; the reference ties what the user reports to that place.
        reference = secrets.token_hex(4)
        log.error("The failure above was shown to the user as %s.", reference)
        st.error(text.failure(reference))
    return True
