"""The addresses of Streamlit: every one is decided on, and answers whom it is for and nobody else."""

from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from streamlit import config
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from api import framework, uploads
from api.downloads import MOST_USERS_KEPT, Downloads
from api.framework import MEDIA, PATHS, UPLOAD, Framework, Use
from api.uploads import MOST_BYTES, MOST_FILES, Uploads
from models.core.settings import Provider, ServerSettings
from models.core.vocabulary import Role
from models.people.permissions import PUBLIC, RoleAssignment, User

USERS = {
    "visitor": PUBLIC,
    "observer": User(1, (RoleAssignment(Role.OBSERVER),)),
    "chair": User(2, (RoleAssignment(Role.CHAIR, "TMTF"),)),
    "focal point": User(3, (RoleAssignment(Role.FOCAL_POINT, "KH"),)),
    "secretariat": User(4, (RoleAssignment(Role.SECRETARIAT),)),
}
WITH_PROVIDER = ServerSettings("https://aiprap.example.org", provider=Provider("id", "secret", "https://idp.example"))
FILE = "/_stcore/upload_file/tab/file"


@pytest.fixture(name="files")
def _files(monkeypatch):
    """Streamlit's store of uploads, with the tab open whose files it holds."""
    files = MemoryUploadedFileManager("/_stcore/upload_file")
    runtime = SimpleNamespace(uploaded_file_mgr=files, is_active_session=lambda session: session == "tab")
    monkeypatch.setattr(uploads, "exists", lambda: True)
    monkeypatch.setattr(uploads, "get_instance", lambda: runtime)
    return files


@pytest.fixture(name="ask")
def _ask(files, monkeypatch):  # noqa: ARG001  # the store is there first
    """Asks as a user for an address; whatever is passed on answers with 200."""

    def ask(user, path, method="GET", *, settings=ServerSettings(), downloads=None):  # noqa: B008  # it is frozen
        async def user_now(_request):
            return USERS[user]

        monkeypatch.setattr(framework, "user_now", user_now)
        parts = {"settings": settings, "uploads": Uploads(), "downloads": downloads or Downloads()}
        app = Starlette(middleware=[Middleware(Framework, **parts)])
        app.mount("/", PlainTextResponse("Streamlit"))
        return TestClient(app).request(method, path).status_code

    return ask


def installed_addresses():
    """The addresses of the installed Streamlit, those of options that are off included."""
    runtime = MagicMock(_main_script_path="pages/menu.py")
    config.set_option("server.scriptHealthCheckEnabled", True)
    try:
        return {getattr(route, "path", None) for route in create_streamlit_routes(runtime)}
    finally:
        config.set_option("server.scriptHealthCheckEnabled", False)


def test_every_address_of_the_installed_streamlit_is_decided_on_and_no_other():
    assert installed_addresses() == set(PATHS)


def in_full(address):
    """An address with its parts filled in."""
    return {UPLOAD: FILE, MEDIA: "/media/abc.docx"}.get(address, address.replace("{path:path}", "x/y.js")) or "/"


WHO_MAY = {
    Use.EVERYBODY: set(USERS),
    Use.UPLOADERS: {"chair", "focal point", "secretariat"},
    Use.ITS_USER: set(USERS),  # nothing was made for anybody yet
    Use.THROUGH_PROVIDER: set(),
    Use.OPERATOR: set(),
    Use.NOBODY: set(),
}


@pytest.mark.parametrize("address", PATHS)
def test_each_address_answers_whom_it_is_for(ask, address):
    method = "PUT" if address == UPLOAD else "GET"

    assert WHO_MAY[PATHS[address]] == {user for user in USERS if ask(user, in_full(address), method) == 200}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/new", "/component/x"])
def test_what_is_closed_is_closed_for_every_method(ask, path, method):
    assert {404} == {ask(user, path, method) for user in USERS}


@pytest.mark.parametrize(
    "path", ["/_stcore/metric%73", "/_stcore/metrics/", "/_stcore/./metrics", "/_stcore/x/../metrics"]
)
def test_no_other_spelling_opens_what_is_closed(ask, path):
    assert 404 == ask("secretariat", path)


@pytest.mark.parametrize("path", ["/", "/measures", "/no-such-page", "/static/js/x.js", "/my_stcore/metrics"])
def test_pages_and_scripts_are_for_everybody(ask, path):
    assert {200} == {ask(user, path) for user in USERS}


def test_the_addresses_of_a_provider_answer_where_one_is_set(ask):
    addresses = [address for address, use in PATHS.items() if use is Use.THROUGH_PROVIDER]

    assert [200] * 3 == [ask("visitor", address, settings=WITH_PROVIDER) for address in addresses]


def test_whoever_runs_the_server_may_switch_the_agent_interface_on(ask, monkeypatch):
    set_to = {"server.enableAgentApi": True}
    monkeypatch.setattr(config, "get_option", set_to.get)

    assert 200 == ask("visitor", "/_stcore/agent/openapi.json")


def test_an_option_of_the_command_line_is_not_forbidden_by_our_settings():
    assert config.get_option("server.enableAgentApi") is False
    options = config.get_config_options(force_reparse=True, options_from_flags={"server.enableAgentApi": True})
    switched_on = options["server.enableAgentApi"].value
    config.get_config_options(force_reparse=True)

    assert switched_on is True


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_files_of_a_page_are_for_those_whose_pages_take_files(ask, method):
    assert {"visitor", "observer"} == {user for user in USERS if ask(user, FILE, method) == 403}


def hold(files, *sizes):
    for number, size in enumerate(sizes):
        files.add_file("tab", UploadedFileRec(f"file {number}", "minutes.pdf", "application/pdf", b"x" * size))


@pytest.mark.parametrize("sizes", [[1] * MOST_FILES, [MOST_BYTES - 10 * 1024 * 1024 + 1]], ids=["number", "size"])
def test_a_page_holds_only_so_many_files_and_bytes(ask, files, sizes):
    assert 200 == ask("chair", FILE, "PUT")
    hold(files, *sizes)
    assert 413 == ask("chair", FILE, "PUT")
    assert 200 == ask("chair", "/_stcore/upload_file/another/file", "PUT")

    files.remove_file("tab", "file 0")
    assert 200 == ask("chair", FILE, "PUT")


def test_files_on_their_way_count(files):  # noqa: ARG001
    store = Uploads()
    with store.arriving("tab") as first, store.arriving("tab") as second, store.arriving("tab"):
        with store.arriving("tab"), store.arriving("tab") as fifth, store.arriving("tab") as sixth:
            assert (first, second, fifth, sixth) == (True, True, True, False)
        with store.arriving("other") as other:
            assert other


def test_what_a_session_uploaded_is_freed_when_it_is_gone_for_good(files, monkeypatch):
    hold(files, 1)
    files.add_file("gone", UploadedFileRec("file", "minutes.pdf", "application/pdf", b"x"))
    store, now = Uploads(), [0.0]
    monkeypatch.setattr("api.uploads.time.monotonic", lambda: now[0])
    for moment, held in ((0, {"tab", "gone"}), (119, {"tab", "gone"}), (120, {"tab"}), (9_999, {"tab"})):
        now[0] = float(moment)
        store.free()
        assert held == set(files.file_storage)


def test_a_session_that_comes_back_keeps_its_files(files, monkeypatch):
    files.add_file("away", UploadedFileRec("file", "minutes.pdf", "application/pdf", b"x"))
    store, now, active = Uploads(), [0.0], {"tab"}
    monkeypatch.setattr("api.uploads.time.monotonic", lambda: now[0])
    runtime = SimpleNamespace(uploaded_file_mgr=files, is_active_session=active.__contains__)
    monkeypatch.setattr(uploads, "get_instance", lambda: runtime)
    for moment, present in ((0, False), (100, True), (150, False), (260, False)):
        now[0] = float(moment)
        (active.add if present else active.discard)("away")
        store.free()
        assert "away" in files.file_storage


def test_a_file_made_for_somebody_is_theirs_in_the_roles_they_had(ask):
    downloads = Downloads()
    downloads.made_for("abc.docx", USERS["secretariat"])
    downloads.made_for("abc.docx", USERS["chair"])

    for name in ("abc.docx", "abc.pdf", "abc.", "abc"):  # Streamlit finds it by what is before the ending
        assert {"secretariat", "chair"} == {
            user for user in USERS if ask(user, f"/media/{name}", downloads=downloads) == 200
        }
    assert 200 == ask("visitor", "/media/icon.svg", downloads=downloads)
    assert not downloads.may_have("abc.docx", User(4))


def test_a_file_that_was_made_long_ago_is_for_nobody_and_not_for_all():
    downloads, user = Downloads(), User(1)
    for number in range(MOST_USERS_KEPT + 1):
        downloads.made_for(f"{number}.pdf", user)

    assert "0.pdf" in downloads
    assert not downloads.may_have("0.pdf", user)
    assert downloads.may_have("1.pdf", user)
