"""The application as it is served, and Debian's Chromium to read it with."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.kit.chromium import PATH, launch
from tests.kit.serving import manage, serving_dashboard

# On a deep link the front end looks for the server below the page's own address first: two 404s that mean nothing.
KNOWN_404 = re.compile(r"/(_stcore/health|_stcore/host-config)$")

Serve = Callable[[str], str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session", name="server")
def _server() -> Iterator[Serve]:
    """Serves a database, each once for all tests; gives the address."""
    with ExitStack() as servers:
        yield cache(lambda database_url: servers.enter_context(serving_dashboard(database_url)))


@pytest.fixture(scope="session", name="empty")
def _empty(server: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a dashboard on which nothing has been reported."""
    return server(f"sqlite:///{tmp_path_factory.mktemp('empty') / 'empty.db'}")


@pytest.fixture(scope="session", name="demonstration_url")
def _demonstration_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with two years of made-up progress."""
    database_url = f"sqlite:///{tmp_path_factory.mktemp('demonstration') / 'demo.db'}"
    manage("demo", database_url=database_url)
    return database_url


@pytest.fixture(scope="session", name="demonstration")
def _demonstration(server: Serve, demonstration_url: str) -> str:
    """The address of a dashboard with two years of made-up progress."""
    return server(demonstration_url)


@pytest.fixture(scope="session", name="browser")
def _browser() -> Iterator[Browser]:
    if not Path(PATH).exists():
        pytest.skip(f"there is no Chromium at {PATH}")
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


class User:
    """A fresh visitor with a window of their own, who writes down what the console complains of."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        harmless = "404" in message.text and KNOWN_404.search(message.location["url"])
        if message.type == "error" and not harmless:
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def open(self, address: str) -> Page:
        """Open an address and wait until its page is drawn to the end."""
        self.page.goto(address)
        self.page.wait_for_selector("h1")
        self.page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until fonts have come and nothing slides any more."""
        self.page.evaluate("() => document.fonts.ready.then(() => true)")
        ended = "Promise.allSettled(document.getAnimations().map((one) => one.finished))"
        self.page.evaluate(f"() => {ended}.then(() => true)")


@pytest.fixture(scope="session", name="known_windows")
def _known_windows(browser: Browser) -> Callable[[bool], BrowserContext]:
    """The window of a visitor who was here before: scripts are there, nobody is signed in."""
    return cache(lambda bypass_csp: browser.new_context(bypass_csp=bypass_csp))


@pytest.fixture(name="visit")
def _visit(browser: Browser, known_windows: Callable[[bool], BrowserContext]) -> Iterator[Callable[..., User]]:
    """Makes readers: `visit(width=390)`; one who is returning, and stays the public, has the scripts already."""
    with ExitStack() as opened:

        def visit(*, width: int = 1280, bypass_csp: bool = False, returning: bool = False) -> User:
            context = known_windows(bypass_csp) if returning else browser.new_context(bypass_csp=bypass_csp)
            user = User(context)
            opened.callback(user.page.close if returning else context.close)
            user.page.set_viewport_size({"width": width, "height": 900})
            return user

        yield visit
