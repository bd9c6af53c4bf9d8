"""What Streamlit would let anybody do, tried at the running server: fill its memory, read metrics, take files."""

import contextlib
import http.client
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from models.core.vocabulary import Role
from models.people.accounts import OPERATOR, end_role
from models.people.context import Context
from models.people.permissions import RoleAssignment
from models.store.database import engine_for, migrate, writing
from tests.browser.signed_in import cookie_for
from tests.kit.builders import NOW
from tests.kit.reporters import CAMBODIA_ROLE, SECRETARIAT_ROLE, add_user, load_with_cycle, reporting_plan
from tests.kit.serving import killable_dashboard
from tests.kit.tab import open_tab

CLOSED = ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/_stcore/agent/mcp"]
MEGABYTE = 1024 * 1024
PACK = "people-handover-docx"
"""The button of a handover pack, on the page of people."""
OFFICER, FOCAL_POINT, OBSERVER = "officer@example.org", "kh@example.org", "observer@example.org"
ROLES = {
    OFFICER: SECRETARIAT_ROLE,
    FOCAL_POINT: CAMBODIA_ROLE,
    OBSERVER: RoleAssignment(Role.OBSERVER),
}


@pytest.fixture(scope="module", name="url")
def _url(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('framework') / 'framework.db'}"
    engine = engine_for(url)
    migrate(engine)
    load_with_cycle(engine)
    for email, role in ROLES.items():
        add_user(engine, email, role)
    return url


@pytest.fixture(scope="module", name="served")
def _served(url):
    """The address of a dashboard of its own, and its process."""
    with killable_dashboard(url, environment={"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1"}) as served:
        yield served


@pytest.fixture(name="tab_of")
def _tab_of(url, served):
    """Opens a tab of somebody, of a visitor without an address."""
    with ExitStack() as stack:

        def tab_of(email=None, page=""):
            cookie = cookie_for(url, email, served[0]) if email else None
            tab = open_tab(stack, served[0], page, cookie=cookie)
            tab.cookie = f"{cookie['name']}={cookie['value']}" if cookie else ""
            return tab

        yield tab_of


def memory_of(process):
    """The megabytes that a process holds."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 // MEGABYTE


def upload(address, tab, number, size=10 * MEGABYTE - 1_000):
    """Upload a file as the browser does; gives the status, also where the server answers before it has read it."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    connection.request("GET", "/_stcore/health")
    answer = connection.getresponse()
    answer.read()
    token = answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    body = head + b"x" * size + b"\r\n--x--\r\n"
    cookie = "; ".join(filter(None, (f"_streamlit_xsrf={token}", tab.cookie)))
    headers = {"Cookie": cookie, "X-Xsrftoken": token, "Content-Type": "multipart/form-data; boundary=x"}
    with contextlib.suppress(ConnectionError):  # refused while it was being sent; the answer is there all the same
        connection.request("PUT", f"/_stcore/upload_file/{tab.session}/file-{number}", body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def status_of(address, cookie=""):
    request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.parametrize("path", CLOSED)
def test_metrics_and_the_agent_interface_are_closed_for_everybody(tab_of, served, path):
    assert [404, 404] == [status_of(f"{served[0]}{path}", cookie) for cookie in ("", tab_of(OFFICER).cookie)]


@pytest.mark.parametrize("email", [None, OBSERVER])
def test_fifty_uploads_of_somebody_who_reports_nothing_leave_the_memory_as_it_was(tab_of, served, email):
    (address, process), tab = served, tab_of(email)
    assert 403 == upload(address, tab, 0)
    before = memory_of(process)

    assert {403} == {upload(address, tab, number) for number in range(50)}
    assert memory_of(process) < before + 15


def test_a_reporter_uploads_so_much_and_no_more_and_it_is_freed_when_the_page_is_closed(url, served):
    address, process = served
    before = memory_of(process)
    with ExitStack() as stack:
        cookie = cookie_for(url, FOCAL_POINT, address)
        tab = open_tab(stack, address, "my-updates", cookie=cookie)
        tab.cookie = f"{cookie['name']}={cookie['value']}"
        statuses = [upload(address, tab, number) for number in range(7)]
        assert [204] * 5 + [413] * 2 == statuses
        held = memory_of(process)
        assert held > before + 40

    give_up = time.monotonic() + 60
    while memory_of(process) > held - 35 and time.monotonic() < give_up:
        time.sleep(1)
    assert memory_of(process) <= held - 35


def test_a_file_is_made_for_the_page_that_shows_its_button_and_given_to_its_user_only(tab_of, served):
    officer, visitor = tab_of(OFFICER, "people-and-audit"), tab_of()
    file = officer.files[PACK]
    assert "" == visitor.download(file)

    address = f"{served[0]}{officer.download(file)}"
    assert (200, 404) == (status_of(address, officer.cookie), status_of(address))
    assert 404 == status_of(address, tab_of(FOCAL_POINT).cookie)


def test_who_lost_the_role_gets_neither_a_new_file_nor_the_old_one(tab_of, served, url):
    engine, plan = engine_for(url), reporting_plan()
    person = add_user(engine, "until-now@example.org", SECRETARIAT_ROLE).person_id
    tab = tab_of("until-now@example.org", "people-and-audit")
    file = tab.files[PACK]
    address = f"{served[0]}{tab.download(file)}"
    assert 200 == status_of(address, tab.cookie)
    with writing(engine) as session:
        end_role(Context(session, OPERATOR, plan, NOW), person or 0, SECRETARIAT_ROLE)

    assert 404 == status_of(address, tab.cookie)
    assert "" == tab.download(file)
