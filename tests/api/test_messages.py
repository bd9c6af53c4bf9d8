"""What a browser may say by its WebSocket: what pages need reaches Streamlit, and nothing else."""

import pytest
from google.protobuf.message import DecodeError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import media_file_manager
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from api import messages
from api.downloads import Downloads
from api.messages import FILE_OF_A_BUTTON, NEEDED, Messages
from api.uploads import MOST_FILES
from models.core.vocabulary import Role
from models.people.permissions import PUBLIC, RoleAssignment, User

OFFICER = User(1, (RoleAssignment(Role.SECRETARIAT),))
KINDS = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]
OPERATIONS = [field.name for field in BackendOperationRequest.DESCRIPTOR.oneofs_by_name["payload"].fields]
LAST = BackMsg(rerun_script=ClientState(query_string="last")).SerializeToString()


@pytest.fixture(name="media")
def _media(monkeypatch):
    """Streamlit's own store of files, whose buttons are shown by the session "mine"."""
    media = MediaFileManager(MemoryMediaFileStorage("/media"))
    monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: "mine")
    monkeypatch.setattr(messages, "get_instance", lambda: type("Runtime", (), {"media_file_mgr": media}))
    return media


@pytest.fixture(name="downloads")
def _downloads():
    return Downloads()


@pytest.fixture(name="heard")
def _heard(media, downloads, monkeypatch):
    """Sends messages as a user; gives those that reached Streamlit, which answers each request for a file."""

    async def streamlit(socket):
        await socket.accept()
        while (content := await socket.receive_bytes()) != LAST:
            arrived.append(content)
            request = request_in(content)
            if request.WhichOneof("payload"):
                answer = ForwardMsg()
                answer.backend_operation_response.request_id = request.request_id
                url = media.execute_deferred(request.deferred_file.file_id)
                answer.backend_operation_response.deferred_file.url = url
                await socket.send_bytes(answer.SerializeToString())
        await socket.send_bytes(b"")
        await socket.close()

    arrived: list[bytes] = []

    def heard(*contents, user=PUBLIC):
        async def user_now(_connection):
            return user

        monkeypatch.setattr(messages, "user_now", user_now)
        app = Starlette(routes=[WebSocketRoute("/", streamlit)], middleware=[Middleware(Messages, downloads=downloads)])
        arrived.clear()
        with TestClient(app).websocket_connect("/") as socket:
            for content in (*contents, LAST):
                socket.send_bytes(content)
            while socket.receive_bytes():
                pass
        return list(arrived)

    return heard


def request_in(content):
    """The operation that a message asks for; an empty one where it is none."""
    try:
        return BackMsg.FromString(content).backend_operation_request
    except DecodeError:
        return BackendOperationRequest()


def message(kind):
    content = BackMsg()
    if BackMsg.DESCRIPTOR.fields_by_name[kind].message_type:
        getattr(content, kind).SetInParent()
    else:
        setattr(content, kind, True)
    return content.SerializeToString()


def operation(kind, file="", session="mine"):
    content = BackMsg()
    request = content.backend_operation_request
    request.session_id, request.request_id = session, "1"
    getattr(request, kind).SetInParent()
    if file:
        getattr(request, kind).file_id = file
    return content.SerializeToString()


def test_what_a_page_needs_is_a_kind_of_the_installed_streamlit():
    assert set(KINDS) > NEEDED
    assert FILE_OF_A_BUTTON in OPERATIONS


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_pages_need_reaches_streamlit(heard, kind):
    sent = message(kind)

    assert ([sent] if kind in NEEDED - {"backend_operation_request"} else []) == heard(sent)


def test_what_stands_before_a_harmless_kind_does_not_count(heard):
    """The last kind in a message is the one that Streamlit obeys."""
    assert [] == heard(message("rerun_script") + message("clear_cache"))
    both = message("clear_cache") + message("rerun_script")
    assert [both] == heard(both)


@pytest.mark.parametrize("content", [b"", b"\xff\xff", b"\x0a", b"x" * 26_000_000], ids=len)
def test_what_is_no_message_is_left_to_streamlit_which_ends_the_connection(heard, content):
    assert [content] == heard(content)


def test_so_many_uploads_are_announced_at_once_and_no_more(heard):
    for number, arrives in ((MOST_FILES, True), (MOST_FILES + 1, False)):
        content = BackMsg()
        content.file_urls_request.file_names.extend(["x"] * number)
        assert [content.SerializeToString()] * arrives == heard(content.SerializeToString())


@pytest.mark.parametrize("kind", [kind for kind in OPERATIONS if kind != FILE_OF_A_BUTTON])
def test_no_other_operation_of_the_server_is_started(heard, kind):
    assert [] == heard(operation(kind))


def test_the_file_of_a_button_is_made_for_the_page_that_shows_it_and_no_other(heard, media):
    made = []

    def make():
        made.append("report")
        return b"report"

    file = media.add_deferred(make, "text/plain", "1", "report.txt")
    assert [] == heard(operation(FILE_OF_A_BUTTON, file, "another"), operation(FILE_OF_A_BUTTON, "unknown"))
    assert [] == made

    wish = operation(FILE_OF_A_BUTTON, file)
    assert [wish] == heard(wish, user=OFFICER)
    assert ["report"] == made


def test_a_file_that_was_made_is_remembered_as_its_user_s(heard, media, downloads):
    file = media.add_deferred(lambda: b"restricted report", "text/plain", "1", "report.txt")
    heard(operation(FILE_OF_A_BUTTON, file), user=OFFICER)
    [name] = downloads._users  # noqa: SLF001

    assert (True, False) == (downloads.may_have(name, OFFICER), downloads.may_have(name, PUBLIC))
    assert media.read_file(name).content == b"restricted report"
