"""The script that every page runs in: who may see what, the menu, and what every page shows."""

from pathlib import Path

import htpy as h
import streamlit as st

from models.core.text import day
from models.people.permissions import Audience
from models.plan.cache_key import current_stamp, fixed_today
from pages.menu_pages import PAGES, PageEntry, pages_for
from pages.shared import text
from pages.shared.heading import show
from pages.shared.links import KEPT
from pages.shared.locked import locked_page
from pages.shared.markup import banner
from pages.shared.signed_in import show_signed_in
from pages.shared.style import style
from pages.shared.who import current_user

SIDEBAR_WIDTH = 224
MARK = Path(__file__).parent / "static" / "mark.svg"


def show_menu(pages: dict[PageEntry, st.Page]) -> None:
    """The menu keeps the reader's view: a page opened from it shows the same day and basis."""
    kept = {name: value for name, value in st.query_params.items() if name in KEPT}
    audience = Audience.VIEWER
    with st.sidebar:
        show([h.p(".t-name")[text.NAME], h.p(".t-note")[text.PLAN]])
        for entry in filter(lambda entry: entry.in_menu, pages):
            if entry.audience is not audience:
                audience = entry.audience
                show(h.p(".t-group")[audience.label])
            st.page_link(pages[entry], query_params=kept, width="stretch")
        show_signed_in(page.url_path)
        show(h.p(".t-foot")[text.FOOT])


def show_banner() -> None:
    """Made-up data says so on every page."""
    today = fixed_today(current_stamp())
    if today:
        show(banner([h.strong["Demonstration."], " ", text.demonstration(day(today))]))


pages = {
    entry: st.Page(entry.path, title=entry.title, url_path=entry.url_path or None, default=not entry.url_path)
    for entry in pages_for(current_user())
}
locked_pages = [locked_page(entry) for entry in PAGES if entry not in pages]
page = st.navigation([*pages.values(), *locked_pages], position="hidden")
st.set_page_config(
    page_title=f"{page.title} · {text.NAME}",
    page_icon=str(MARK),
    layout="wide",
    initial_sidebar_state=SIDEBAR_WIDTH,
)
style()
show_menu(pages)
show_banner()
page.run()
