"""The table of permissions through the running server: the refused send what the allowed sent, and no row changes.

Whoever may opens the page and fills it in; what their browser would send is kept, and their role ends. It is then sent
by everybody who may not, in sessions of their own, and in the tab that was left open. That the same does something when
whoever may sends it is shown beside it. Nothing is drawn: no browser is needed.
"""

import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, select

from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, end_role
from models.people.context import Context
from models.people.permissions import PUBLIC, Action, RoleAssignment, User
from models.progress.drafts import attach_file, save_field
from models.progress.submit import submit_drafts
from models.store.base import Base
from models.store.database import engine_for, migrate, reading, writing
from models.store.tables import Evidence
from tests.browser.signed_in import cookie_for
from tests.kit.builders import NOW, cleared, entry, newest_key, today_is, write
from tests.kit.reporters import (
    BRUNEI_ROLE,
    CAMBODIA_ROLE,
    SECRETARIAT_ROLE,
    add_user,
    load_with_cycle,
    reporting_plan,
)
from tests.kit.tab import PRESSED, Value, open_tab

PLAN = reporting_plan()
TRAINING = ("I03", "KH")
AWGIPC_HAT, OBSERVER_HAT = RoleAssignment(Role.CHAIR, "AWGIPC"), RoleAssignment(Role.OBSERVER)
ROLES = {
    "secretariat@example.org": SECRETARIAT_ROLE,
    "cambodia@example.org": CAMBODIA_ROLE,
    "brunei@example.org": BRUNEI_ROLE,
    "awgipc@example.org": AWGIPC_HAT,
    "observer@example.org": OBSERVER_HAT,
}
UNCLEARED = "Not for everybody yet."


@dataclass(frozen=True)
class Act:
    """One thing done on a page: who may, what stands before it, and what is filled in and pressed, step by step."""

    page: str
    assignment: RoleAssignment
    steps: Callable[[int], list[dict[str, Value]]]
    before: Callable[[Engine, User], int] = lambda *_: 0
    """Makes what it is about, in the name of whoever may; its number goes into the steps."""
    query: str = ""


def waiting(engine: Engine, _user: User) -> int:
    """A statement of Brunei Darussalam that waits."""
    return write(engine, entry(party="BN", narrative=UNCLEARED), plan=PLAN)[0]


def cleared_one(engine: Engine, _user: User) -> int:
    """A statement of Brunei Darussalam that was cleared."""
    return write(engine, cleared(party="BN"), plan=PLAN)[0]


def drafted(engine: Engine, user: User) -> int:
    with writing(engine) as session:
        for field, value in {"status": "not_started", "narrative": "Planned."}.items():
            save_field(Context(session, user, PLAN, NOW), TRAINING, field, value)
    return 0


def own(engine: Engine, user: User) -> int:
    """A statement of one's own, with a file."""
    drafted(engine, user)
    with writing(engine) as session:
        attach_file(Context(session, user, PLAN, NOW), TRAINING, "minutes.pdf", b"%PDF-1.7 minutes")
        submit_drafts(Context(session, user, PLAN, NOW), [TRAINING])
    with reading(engine) as session:
        return session.get_one(Evidence, newest_key(session, Evidence)).progress_id


ACTS = {
    Action.DRAFT: Act("my-updates", CAMBODIA_ROLE, lambda _: [{"card-I02-KH-status": "Not started"}]),
    Action.SUBMIT: Act(
        "my-updates", CAMBODIA_ROLE, lambda _: [{"mine-look": PRESSED}, {"mine-submit": PRESSED}], drafted
    ),
    Action.TAKE_BACK: Act("my-updates", CAMBODIA_ROLE, lambda row: [{f"take-back-{row}": PRESSED}], own),
    Action.CLEAR: Act(
        "review", SECRETARIAT_ROLE, lambda row: [{f"tick-{row}": True, "clear-ticked": PRESSED}], waiting
    ),
    Action.RETURN: Act(
        "review",
        SECRETARIAT_ROLE,
        lambda row: [{f"note-{row}": "Name the document.", f"return-{row}": PRESSED}],
        waiting,
    ),
    Action.RECORD_ON_BEHALF: Act(
        "review",
        SECRETARIAT_ROLE,
        lambda _: [
            {
                "record-status": "Nothing to report",
                "record-valid-on": "2027/06/30",
                "record-came-with": "E-mail",
                "record-url": "",
                "record-clear": False,
                "record-file-0": None,
                "record-it": PRESSED,
            }
        ],
    ),
    Action.WITHDRAW: Act(
        "initiative",
        SECRETARIAT_ROLE,
        lambda _: [{"withdraw-reason": "A mistake.", "withdraw-it": PRESSED}],
        cleared_one,
        "initiative=I02",
    ),
    Action.MANAGE_CYCLES: Act(
        "cycles", SECRETARIAT_ROLE, lambda _: [{"change-opens": 50, "change-due": 10, "change-it": PRESSED}]
    ),
    Action.MANAGE_PEOPLE: Act(
        "people-and-audit",
        SECRETARIAT_ROLE,
        lambda _: [
            {
                "people-email": "new@example.org",
                "people-name": "",
                "people-role": "Observer",
                "people-link": False,
                "FormSubmitter:people-one-Add this person": PRESSED,
            }
        ],
    ),
}
READS = {
    Action.READ_SUBMITTED: ("review", "", {SECRETARIAT_ROLE}, UNCLEARED),
    Action.REMIND: ("review", "", {SECRETARIAT_ROLE}, "Download .eml files"),
    Action.ASK_QUESTIONS: ("questions", "", {AWGIPC_HAT}, "By fixed rules, from what is cleared."),
    Action.LOAD_EDITION: ("editions", "", {SECRETARIAT_ROLE}, "Amend the plan"),
    Action.READ_AUDIT: ("people-and-audit", "part=audit", {SECRETARIAT_ROLE}, "Before, after and why"),
}


@pytest.fixture(scope="module", name="url")
def _url(tmp_path_factory):
    """A database whose today is that of the tests, with the cycle of AWGIPC 82 open."""
    url = f"sqlite:///{tmp_path_factory.mktemp('refusals') / 'refusals.db'}"
    engine = engine_for(url)
    migrate(engine)
    today_is(engine)
    load_with_cycle(engine)
    return url


@pytest.fixture(scope="module", name="users")
def _readers(url):
    return {assignment: add_user(engine_for(url), email, assignment) for email, assignment in ROLES.items()}


@pytest.fixture(name="tab_of")
def _tab_of(url, server):
    """Opens a tab of somebody, of a visitor without an address."""
    with ExitStack() as stack:

        def tab_of(email=None, page="", query=""):
            address = server(url)
            cookie = cookie_for(url, email, address) if email else None
            return open_tab(stack, address, page, cookie=cookie, query=query)

        yield tab_of


@pytest.fixture(name="rows")
def _rows(url):
    """Every row of every table."""

    def rows():
        with reading(engine_for(url)) as session:
            return {table.name: session.execute(select(table)).all() for table in Base.metadata.sorted_tables}

    return rows


@pytest.fixture(name="fill_in")
def _fill_in(url, tab_of):
    """Somebody new with a role opens the page and does all but the last step; gives tab and last message."""

    def fill_in(act, email):
        person = add_user(engine_for(url), email, act.assignment)
        number, tab = act.before(engine_for(url), person), tab_of(email, act.page, act.query)
        *first, last = act.steps(number)
        for step in first:
            tab.use(step)
        return person, tab, tab.message(last)

    return fill_in


def test_every_action_is_tried_at_the_server():
    assert set(Action) == set(ACTS) | set(READS)


@pytest.mark.usefixtures("users")
@pytest.mark.parametrize("action", ACTS)
def test_what_the_allowed_sent_does_nothing_when_the_refused_send_it(url, tab_of, rows, fill_in, action):
    act = ACTS[action]
    person, left_open, message = fill_in(act, f"until-now-{action}@example.org")
    with writing(engine_for(url)) as session:
        end_role(Context(session, OPERATOR, PLAN, NOW), person.person_id, act.assignment)
    refused = [tab_of(email) for email in (None, *ROLES) if email is None or ROLES[email] != act.assignment]
    before = rows()

    for tab in refused:
        tab.smuggle(message)
    left_open.send(message)
    assert rows() == before


@pytest.mark.usefixtures("users")
@pytest.mark.parametrize("action", ACTS)
def test_it_does_something_when_the_allowed_send_it(rows, fill_in, action):
    _, tab, message = fill_in(ACTS[action], f"allowed-{action}@example.org")
    before = rows()

    tab.send(message)
    assert rows() != before


@pytest.mark.parametrize("action", READS)
@pytest.mark.usefixtures("users")
def test_what_the_allowed_read_is_shown_to_nobody_else(url, tab_of, action):
    waiting(engine_for(url), PUBLIC)
    page, query, allowed, mark = READS[action]
    shown = {email and ROLES[email] for email in (None, *ROLES) if mark in " ".join(tab_of(email, page, query).texts)}

    assert shown == allowed


def test_a_file_that_waits_is_given_to_its_state_and_the_secretariat_only(url, server, users):
    own(engine_for(url), users[CAMBODIA_ROLE])
    given = {email for email in (None, *ROLES) if _status(url, server(url), email) == 200}

    assert given == {"secretariat@example.org", "cambodia@example.org"}


def _status(url, address, email):
    cookie = cookie_for(url, email, address) if email else {"name": "none", "value": ""}
    with reading(engine_for(url)) as session:
        item = newest_key(session, Evidence)
    asked = urllib.request.Request(
        f"{address}/api/evidence/{item}", headers={"Cookie": f"{cookie['name']}={cookie['value']}"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
