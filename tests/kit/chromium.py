"""The browser of the tests: Debian's Chromium, driven by Playwright."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

PATH = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


def launch(playwright: Playwright) -> Browser:
    """Start it without a window; without its sandbox too, which does not work for root in a container."""
    return playwright.chromium.launch(executable_path=PATH, args=["--no-sandbox"])
