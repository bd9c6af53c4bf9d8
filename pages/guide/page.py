"""Guide: the manual, one part for each kind of person. `?part=secretariat`."""

import streamlit as st

from pages.guide.blocks import parts_for, read_part
from pages.shared.heading import page_title
from pages.shared.who import current_user

parts = parts_for(current_user())
part = parts.read()
title, text = read_part(part)

parts.segments(part)
page_title(title)
with st.container(key="guide"):
    st.markdown(text, unsafe_allow_html=True)  # our own files; their links to other parts are HTML
