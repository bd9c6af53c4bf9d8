"""How long a first visit takes on a slow line: Chromium, nothing cached, 1 Mbit/s and 300 ms.

    make bench                                     both benchmarks, with their limits
    python -m tests.benchmarks.first_visit         the figures, as one JSON line
    python -m tests.benchmarks.first_visit URL     those of a server that runs already

`headlines_s` is the time until the three headlines of Overview stand, `chart_s` until Plotly has drawn a chart. Both
count from the first request, and include the script, the fonts and the data. `kilobytes` is what came over the line.
The line is emulated by the browser (DevTools protocol), so the figures hardly depend on the machine.
"""

import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.kit.chromium import launch
from tests.kit.serving import manage, serving_dashboard

LINE = {"offline": False, "latency": 300, "downloadThroughput": 125_000, "uploadThroughput": 125_000}
HEADLINES = ".t-headlines"
CHART = ".js-plotly-plot .main-svg"
HEADLINES_WITHIN_S = 12
CHART_WITHIN_S = 30


def first_visit(address: str, headlines: str = HEADLINES) -> dict[str, float]:
    """Open Overview once in a fresh browser on the slow line, and time what the user sees."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page()
        received = _slow_line(page)
        started = time.perf_counter()
        page.goto(address, wait_until="commit")
        figures = {}
        for name, selector in (("headlines_s", headlines), ("chart_s", CHART)):
            page.wait_for_selector(selector, timeout=120_000)
            figures[name] = round(time.perf_counter() - started, 1)
        return figures | {"kilobytes": round(sum(received) / 1000)}


def _slow_line(page: Page) -> list[float]:
    """Slow the page's line down; the list fills with the size of each answer that comes over it."""
    received: list[float] = []
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", LINE)
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    return received


@contextlib.contextmanager
def serving_demonstration() -> Iterator[str]:
    """Serve the dashboard on a database of made-up progress; gives its address."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database_url = f"sqlite:///{folder}/demo.db"
        manage("demo", database_url=database_url)
        with serving_dashboard(database_url) as address:
            yield address


@pytest.mark.benchmark
def test_a_first_visit_on_a_slow_line_is_bearable() -> None:
    with serving_demonstration() as address:
        figures = first_visit(address)
    print(json.dumps(figures))
    assert figures["headlines_s"] <= HEADLINES_WITHIN_S
    assert figures["chart_s"] <= CHART_WITHIN_S


if __name__ == "__main__":
    with contextlib.nullcontext(sys.argv[1]) if len(sys.argv) > 1 else serving_demonstration() as address:
        print(json.dumps(first_visit(address)))
