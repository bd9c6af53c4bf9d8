"""What stands on a page: its heading, a finding or a name, and its blocks below it."""

import re

import streamlit as st

_MARKUP = re.compile(r"([\\`*_\[\]<>$~:#])")


def page_title(text: str) -> None:
    """The one first-level heading of a page; data in it is never markup."""
    st.title(_MARKUP.sub(r"\\\1", text), anchor=False)


def show(*blocks: str) -> None:
    """Draw blocks of HTML one below the other; an empty one has nothing to say."""
    for block in filter(None, blocks):
        st.html(block)
