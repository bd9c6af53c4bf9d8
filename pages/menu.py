"""The script that every page runs in: who may see what, the menu, and what stands on each page."""

from pathlib import Path

import streamlit as st

from models.reads.clock import demonstration_today
from models.reads.data_version import present
from models.rules.phrases import day
from pages.menu_pages import PAGES, PageEntry
from pages.shared.links import KEPT
from pages.shared.style import style

FOOT = "Self-assessment by task forces and member states, cleared by the secretariat."
SIDEBAR_WIDTH = 224
MARK = Path(__file__).parent / "static" / "mark.svg"


def page_of(entry: PageEntry) -> st.Page:
    """The page as Streamlit knows it; the first is the default."""
    return st.Page(entry.path, title=entry.title, url_path=entry.url_path or None, default=not entry.url_path)


def show_menu(pages: dict[str, st.Page]) -> None:
    """The menu keeps the reader's view: a page opened from it shows the same day and basis."""
    kept = {name: value for name, value in st.query_params.items() if name in KEPT}
    with st.sidebar:
        st.html('<p class="t-name">AIPRAP 2026–2030</p><p class="t-note">ASEAN IPR Action Plan</p>')
        for entry in PAGES:
            if entry.in_menu:
                st.page_link(pages[entry.path], query_params=kept, width="stretch")
        st.html(f'<p class="t-foot">{FOOT}</p>')


def show_banner() -> None:
    """Made-up data says so on every page."""
    with present().reading() as session:
        today = demonstration_today(session)
    if today:
        told = f"<strong>Demonstration.</strong> Everything reported here is made up; today is {day(today)}."
        st.html(f'<p class="t-banner" role="note">{told}</p>')


pages = {entry.path: page_of(entry) for entry in PAGES}
page = st.navigation(list(pages.values()), position="hidden")
st.set_page_config(
    page_title=f"{page.title} · AIPRAP 2026–2030",
    page_icon=str(MARK),
    layout="wide",
    initial_sidebar_state=SIDEBAR_WIDTH,
)
style()
show_menu(pages)
show_banner()
page.run()
