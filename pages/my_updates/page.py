"""My updates: everything a chair, champion or focal point is to report on, in one list with one submit."""

from pathlib import Path

import streamlit as st

from models.reporting.my_updates import MyUpdates
from pages.my_updates import blocks, text
from pages.my_updates.card import show_card
from pages.my_updates.card_list import HEAD, LOOKING, read_list
from pages.my_updates.offline import show_handover, show_offline
from pages.my_updates.reported import show_others, show_reported
from pages.my_updates.submit import bar, show_differences
from pages.shared.heading import page_title, show
from pages.shared.markup import note
from pages.shared.run import show_message
from pages.shared.style import style


@st.fragment(key=HEAD)
def head() -> None:
    """What is owed and by when; counted again with every field saved."""
    mine, _ = read_list()
    page_title(text.title(mine))
    show(note(text.subtitle(mine)))


def show_list(mine: MyUpdates) -> None:
    """The cards, role by role, then what is already reported."""
    head()
    show_message()
    for group in mine.groups:
        show(blocks.group_heading(group))
        for card in group.cards:
            show_card(card.commitment)
    show_reported(mine)
    show_others(mine)
    show_offline(mine)
    show_handover()
    if mine.cards:
        with st.bottom:
            bar()


style(Path(__file__).with_name("my_updates.css").read_text(encoding="utf-8"))
mine, read_at = read_list()
if st.session_state.get(LOOKING):
    show_differences(mine, read_at)
else:
    show_list(mine)
