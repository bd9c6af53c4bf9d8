"""Two servers on one SQLite file, read and written through both at once: nothing is lost, doubled or kept too long."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlmodel import col, select

from models.store.database import engine_for, migrate, reading
from models.store.reporting_tables import Draft
from models.store.tables import AuditEvent, DataVersion, Progress
from tests.browser.signed_in import cookie_for
from tests.kit.builders import today_is
from tests.kit.commands import printed
from tests.kit.reporters import BRUNEI_ROLE, CAMBODIA_ROLE, add_user, load_with_cycle
from tests.kit.serving import serving_dashboard
from tests.kit.tab import PRESSED, Tab, open_tab

STATES = {"KH": CAMBODIA_ROLE, "BN": BRUNEI_ROLE}
SAVED = 12


def address_of(state: str) -> str:
    return f"{state.lower()}@example.org"


def card(state: str) -> str:
    return f"card-I02-{state}"


@pytest.fixture(name="url")
def _url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'shared.db'}"
    engine = engine_for(url)
    migrate(engine)
    today_is(engine)
    load_with_cycle(engine)
    for state, role in STATES.items():
        add_user(engine, address_of(state), role)
    return url


@pytest.fixture(name="servers")
def _servers(url: str) -> Iterator[tuple[str, str]]:
    with serving_dashboard(url) as first, serving_dashboard(url) as second:
        yield first, second


def write_and_submit(tab: Tab, state: str) -> None:
    """Save a card again and again, then submit it."""
    tab.use({f"{card(state)}-status": "Not started"})
    for number in range(SAVED):
        assert "Saved" in tab.use({f"{card(state)}-narrative": f"{state} {number}"})
    tab.use({"mine-look": PRESSED})
    tab.use({"mine-submit": PRESSED})


def test_what_two_people_write_through_two_servers_at_once_is_there_once(url: str, servers: tuple[str, str]) -> None:
    with ExitStack() as stack:
        tabs = [
            open_tab(stack, server, "my-updates", cookie=cookie_for(url, address_of(state), server))
            for server, state in zip(servers, STATES, strict=True)
        ]
        with ThreadPoolExecutor(len(tabs)) as pool:
            list(pool.map(write_and_submit, tabs, STATES))

    with reading(engine_for(url)) as session:
        assert sorted(map(str, session.exec(select(Progress.narrative)).all())) == ["BN 11", "KH 11"]
        assert session.exec(select(Draft)).all() == []
        events = session.exec(select(AuditEvent.id).order_by(col(AuditEvent.id))).all()
        assert len(events) == session.get_one(DataVersion, 1).value
    assert "whole" in printed("--database", url, "verify")


def test_what_is_saved_through_one_server_is_what_the_other_shows(url: str, servers: tuple[str, str]) -> None:
    first, second = servers
    with ExitStack() as stack:
        cookie = cookie_for(url, address_of("KH"), first)
        before = open_tab(stack, second, "my-updates", cookie=cookie)
        assert "3 not begun" in " ".join(before.texts)
        writer = open_tab(stack, first, "my-updates", cookie=cookie)
        writer.use({f"{card('KH')}-status": "Not started"})
        writer.use({f"{card('KH')}-narrative": "Written on the first server"})

        after = open_tab(stack, second, "my-updates", cookie=cookie)
        assert "2 not begun" in " ".join(after.texts)
        after.use({f"{card('KH')}-open": PRESSED})
        after.use({"mine-look": PRESSED})
        assert "Written on the first server" in " ".join(after.texts)
