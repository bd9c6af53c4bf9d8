"""What a page draws of its own: its heading, and its blocks below it."""

import re
from typing import Literal

import streamlit as st
from htpy import Node

from pages.shared.markup import rendered

_MARKUP = re.compile(r"([\\`*_\[\]<>$~:#])")


def page_title(text: str) -> None:
    """The one first-level heading of a page; data in it is never markup."""
    st.title(_MARKUP.sub(r"\\\1", text), anchor=False)


def show(*blocks: Node, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw blocks of HTML one below the other: the only way to the screen, since Streamlit refuses an empty one."""
    for block in blocks:
        html = rendered(block)
        if html:
            st.html(html, width=width)
