"""The server is killed in the middle, again and again: what a card showed as saved is there, and nothing by halves."""

import random
import time
from contextlib import ExitStack

import pytest
from sqlmodel import col, select

from models.store.database import engine_for, migrate, reading
from models.store.reporting_tables import Draft
from models.store.tables import Progress
from tests.browser.signed_in import cookie_for
from tests.kit.builders import today_is
from tests.kit.commands import invoke
from tests.kit.reporters import CAMBODIA_ROLE, add_user, load_with_cycle
from tests.kit.serving import killable_dashboard
from tests.kit.tab import PRESSED, open_tab

EMAIL = "kh@example.org"
CARD = "card-I02-KH"
LAST_ACTS = ("save", "submit")
SEED, MOST_SAVED, A_RUN_S = 20260101, 6, 0.15


@pytest.fixture(name="url")
def _url(tmp_path):
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    engine = engine_for(url)
    migrate(engine)
    today_is(engine)
    load_with_cycle(engine)
    add_user(engine, EMAIL, CAMBODIA_ROLE)
    return url


def stands(url):
    """What the statements say, in order, and what the draft does."""
    with reading(engine_for(url)) as session:
        statements = session.exec(select(Progress.narrative).order_by(col(Progress.id))).all()
        drafts = session.exec(select(Draft.status, Draft.narrative)).all()
    return statements, drafts


def test_what_was_shown_as_saved_outlives_the_server(url):
    chance = random.Random(SEED)  # noqa: S311  # the same moments each time
    said: list[str | None] = []
    for kill, last in enumerate(LAST_ACTS):
        words = [f"Words {kill}.{number}" for number in range(chance.randint(2, MOST_SAVED))]
        with killable_dashboard(url) as (address, process), ExitStack() as stack:
            tab = open_tab(stack, address, "my-updates", cookie=cookie_for(url, EMAIL, address))
            begin(tab)
            for one in words[:-1]:
                assert "Saved" in tab.use({f"{CARD}-narrative": one})
            tab.socket.send(last_message(tab, last, words[-1]))
            time.sleep(chance.uniform(0, A_RUN_S))
            process.kill()
            process.wait()

        before = (said, [("not_started", words[-2])])
        after = (said, [("not_started", words[-1])]) if last == "save" else ([*said, words[-2]], [])
        found = stands(url)
        # What was on its way stands whole, or not at all.
        assert found in (before, after)
        assert invoke("--database", url, "verify").output.startswith("whole: ")
        said = [*found[0]]


def begin(tab):
    """Open the card, whose draft may be there from before the server was killed."""
    if f"{CARD}-open" in tab.fields:
        tab.use({f"{CARD}-open": PRESSED})
    else:
        tab.use({f"{CARD}-status": "Not started"})


def last_message(tab, last, words):
    """What is on its way while the server is killed."""
    if last == "save":
        return tab.message({f"{CARD}-narrative": words})
    tab.use({"mine-look": PRESSED})
    return tab.message({"mine-submit": PRESSED})
