"""Draw every page into screens/, to look at: two widths, two themes, with nothing reported and with a demonstration.

make screens                                all pages
python -m tests.browser.screens overview    those whose address holds a word
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, add_people
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import Audience, RoleAssignment
from models.plan.editions import plan_as_known
from models.store.clock import current_moment
from models.store.database import engine_for, writing
from pages.menu_pages import PAGES
from tests.browser.signed_in import cookie_for
from tests.kit.chromium import launch
from tests.kit.serving import ROOT, manage, serving_dashboard

SCREENS = ROOT / "screens"
WIDTHS = {"wide": 1280, "phone": 390}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SETTLE_MS = 1500
EVERYBODY = "everybody@example.org"
# Streamlit scrolls an inner element, so a picture of the whole document shows one window of it.
CONTENT_HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """An empty database and a demonstration, for as long as the pictures take."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # Named as it is where it runs, since pages name it.
        urls = {name: f"sqlite:///{folder}/data/{name}.db" for name in ("empty", "demonstration")}
        manage("demo", database_url=urls["demonstration"])
        yield urls


def draw_all(browser: Browser, address: str, database: str, word: str, cookie: dict[str, str]) -> None:
    """Draw each page whose address holds the word, at every width and in every theme; the public's as the public."""
    wanted = [entry for entry in PAGES if word in entry.path]
    for entry, width, theme in product(wanted, WIDTHS, THEMES):
        name = f"{entry.url_path or 'overview'}-{width}-{theme}-{database}.png"
        with browser.new_context(viewport={"width": WIDTHS[width], "height": 900}, color_scheme=theme) as context:
            if entry.audience is not Audience.VIEWER:
                context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": address}])
            draw(context.new_page(), f"{address}/{entry.url_path}", SCREENS / name)
        print(name)


def somebody(url: str, address: str) -> dict[str, str]:
    """The cookie of one who may see every page."""
    with writing(engine_for(url)) as session:
        now = current_moment(session)
        everything = (
            RoleAssignment(Role.SECRETARIAT),
            RoleAssignment(Role.CHAIR, "AWGIPC"),
            RoleAssignment(Role.FOCAL_POINT, "TH"),
        )
        plan = plan_as_known(session, now).plan
        add_people(Context(session, OPERATOR, plan, now), [NewPerson(EVERYBODY, everything)])
    return cookie_for(url, EVERYBODY, address)


def draw(page: Page, address: str, file: Path) -> None:
    """Draw a page from top to bottom."""
    page.goto(address)
    page.wait_for_selector("h1, [data-testid='stAlert']")
    # Twice, since what comes into view changes the height.
    for _ in range(2):
        page.wait_for_timeout(SETTLE_MS)
        window = page.viewport_size
        assert window is not None, "a page without a window has no size"
        page.set_viewport_size({"width": window["width"], "height": max(900, page.evaluate(CONTENT_HEIGHT))})
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=file)


def main(word: str) -> None:
    """Draw the pages on both databases."""
    SCREENS.mkdir(exist_ok=True)
    with databases() as urls, sync_playwright() as playwright, launch(playwright) as browser:
        for database, url in urls.items():
            with serving_dashboard(url) as address:
                draw_all(browser, address, database, word, somebody(url, address))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
