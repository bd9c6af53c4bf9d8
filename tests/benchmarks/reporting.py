"""Reporting on a slow line (1 Mbit/s, 300 ms): ten commitments written on, the others unchanged, one submit.

    make bench                              the benchmarks, with their limits
    python -m tests.benchmarks.reporting    the figures, as one JSON line

`usable_s` is the time from the first request, in a browser that has nothing, until My updates stands with its fields.
`reporting_s` is the time the machine takes from the first choice to "Submitted": the typing costs nothing here. The
user never leaves the page. `field_kilobytes` is what comes back, on average, for one field that is left.
"""

import contextlib
import json
import tempfile
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, add_people
from models.people.bulk_list import NewPerson
from models.people.context import Context
from models.people.permissions import RoleAssignment
from models.plan.editions import plan_as_known
from models.store.clock import current_moment
from models.store.database import engine_for, writing
from tests.benchmarks.slow_line import Direction, slow_line
from tests.browser.signed_in import cookie_for
from tests.kit.chromium import launch
from tests.kit.serving import manage, serving_dashboard

EMAIL = "everything@example.org"
ROLES = (
    RoleAssignment(Role.CHAIR, "ANIEE"),
    RoleAssignment(Role.CHAIR, "AWGIPC"),
    RoleAssignment(Role.FOCAL_POINT, "TH"),
)
WRITTEN_ON, LEFT_ALONE = 10, 15
USABLE_WITHIN_S, REPORTED_WITHIN_S = 12, 60
BAR = ".st-key-mine-bar"
NOT_BEGUN = "[class*=st-key-card-][class*=-nothing]"


def report(page: Page, down: Direction) -> dict[str, float]:
    """Write on ten commitments, leave the others alone, submit; times what one waits for."""
    started, before = time.perf_counter(), down.carried
    for place in _places(page)[:WRITTEN_ON]:
        page.locator(f".{place}-status").get_by_text("Ongoing", exact=True).click()
        field = page.locator(f".{place}-narrative textarea")
        field.fill("The national consultation was held, and its comments are being worked in.")
        field.blur()
    page.get_by_text(f"{WRITTEN_ON} changed").wait_for()
    written, carried = time.perf_counter(), down.carried
    others = page.get_by_role("button", name="No change on the other")
    left_alone = int(others.inner_text().split()[-1])
    others.click()
    page.get_by_role("button", name="Undo “no change” on").wait_for()
    marked = time.perf_counter()
    page.get_by_role("button", name="See differences and submit").click()
    page.get_by_role("button", name="Submit 1").click()
    page.get_by_text("Submitted:").wait_for()
    return {
        "reporting_s": round(time.perf_counter() - started, 1),
        "ten_edits_s": round(written - started, 1),
        "no_change_s": round(marked - written, 1),
        "left_alone": left_alone,
        "field_kilobytes": round((carried - before) / 1000 / (2 * WRITTEN_ON), 1),
    }


def _places(page: Page) -> list[str]:
    """The cards on which nothing is begun, as the page names them."""
    names = page.locator(NOT_BEGUN).evaluate_all("all => all.map(one => one.className)")
    found = [word.removesuffix("-nothing") for name in names for word in name.split() if word.endswith("-nothing")]
    return list(dict.fromkeys(found))


def measure(address: str, cookie: dict[str, str]) -> dict[str, float]:
    """One first visit of somebody who owes many reports, and all of their reporting."""
    with slow_line(address) as (near, down), sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page()
        page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": near}])
        page.set_default_timeout(120_000)
        started = time.perf_counter()
        page.goto(f"{near}/my-updates", wait_until="commit")
        page.wait_for_selector(BAR)
        usable = round(time.perf_counter() - started, 1)
        return {"usable_s": usable, "kilobytes": round(down.carried / 1000), **report(page, down)}


@contextlib.contextmanager
def serving_somebody() -> Iterator[tuple[str, dict[str, str]]]:
    """A demonstration with somebody who owes much; its address, and their cookie."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database_url = f"sqlite:///{folder}/demo.db"
        manage("demo", database_url=database_url)
        with writing(engine_for(database_url)) as session:
            now = current_moment(session)
            plan = plan_as_known(session, now).plan
            add_people(Context(session, OPERATOR, plan, now), [NewPerson(EMAIL, ROLES)])
        with serving_dashboard(database_url) as address:
            yield address, cookie_for(database_url, EMAIL, address)


@pytest.mark.benchmark
def test_a_body_s_reporting_is_done_in_minutes_on_a_slow_line() -> None:
    with serving_somebody() as (address, cookie):
        figures = measure(address, cookie)
    print(json.dumps(figures))
    assert figures["left_alone"] >= LEFT_ALONE
    assert figures["usable_s"] <= USABLE_WITHIN_S
    assert figures["reporting_s"] <= REPORTED_WITHIN_S


if __name__ == "__main__":
    with serving_somebody() as (address, cookie):
        print(json.dumps(measure(address, cookie)))
