"""What a page draws of its own: its heading, and its blocks below it."""

from typing import Literal

import streamlit as st
from htpy import Node

from pages.shared.markup import rendered
from pages.shared.plain_text import as_text


def page_title(text: str) -> None:
    """The one first-level heading of a page; data in it is never markup."""
    st.title(as_text(text), anchor=False)


def show(*blocks: Node, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw blocks of HTML one below the other: the only way to the screen, since Streamlit refuses an empty one."""
    for block in blocks:
        html = rendered(block)
        if html:
            st.html(html, width=width)
