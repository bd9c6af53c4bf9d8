"""What is on the screen when a page fails."""

import logging
import re
import secrets

import streamlit as st

from models.core.errors import TrackerError
from pages.shared import text

log = logging.getLogger(__name__)

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:@])")


def apologise(error: Exception) -> bool:
    """Show an expected error in its own words and any other as an apology; True, since Streamlit shows nothing more."""
    if isinstance(error, TrackerError):
        st.error(as_text(str(error)))
        return True
    # Streamlit has just logged the traceback; the reference ties what the user reports to that place.
    reference = secrets.token_hex(4)
    log.error("The failure above was shown to the user as %s.", reference)
    st.error(text.failure(reference))
    return True


def as_text(message: str) -> str:
    """Show a message letter by letter: it may quote a file or a narrative, which is never markup."""
    return _MARKDOWN.sub(r"\\\1", message).replace("\n", "  \n")
