"""What keeps somebody from reading a page: found by axe, on a desk in both themes, and on a phone."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import User

DESK, PHONE = 1280, 390
WINDOWS: tuple[tuple[Literal["light", "dark"], int], ...] = (("light", DESK), ("dark", DESK), ("light", PHONE))
# Only what is wrong is described: telling all that is right takes as long as finding out.
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
# Streamlit scrolls an inner element, in which a page could hide what is too wide.
WIDTHS = (
    "[document.documentElement, document.querySelector('[data-testid=stMain]')].map((one) => one?.scrollWidth ?? 0)"
)
THEME = "getComputedStyle(document.querySelector('[data-testid=stApp]') ?? document.documentElement).colorScheme"


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What keeps somebody from reading the page as it is drawn now."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found]


def barriers_everywhere(user: User) -> list[tuple[object, ...]]:
    """The same in each window, and what is wider than it; the page is opened once, and its window changed."""
    page = user.page
    found: list[tuple[object, ...]] = []
    for theme, width in WINDOWS:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"{THEME}.includes('{theme}')")
        user.settle()
        found += [(theme, width, *one) for one in barriers(page)]
        found += [(theme, width, "too wide", one) for one in page.evaluate(WIDTHS) if one > width]
    return found
