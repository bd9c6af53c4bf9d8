"""Under which names the server answers."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from api.own_names import NOT_OURS, OwnNames

PUBLIC_URL = "https://aiprap.example.org"
LOCAL = ["localhost", "localhost:8501", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501", "192.0.2.7", "[2001:db8::7]"]
OTHERS = [
    "evil.example",
    "evil.example:8501",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "aiprap.example.org.evil",
]
OTHERS += [
    "",
    "localhost@evil.example",
    "evil.example/localhost",
    "evil.example#localhost",
    "[::1",
    "localhost:x",
    "127.1",
]


async def greet(websocket):
    await websocket.accept()
    await websocket.send_text("ours")
    await websocket.close()


def asking(public_url=None):
    routes = [Route("/", lambda _: PlainTextResponse("ours"), methods=["GET", "POST"]), WebSocketRoute("/ws", greet)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(OwnNames, public_url=public_url)]))


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("host", "public_url"),
    [
        *((host, None) for host in LOCAL),
        *((host, PUBLIC_URL) for host in [*LOCAL, "aiprap.example.org", "AIPRAP.example.org.:443"]),
    ],
)
def test_it_answers_under_its_own_names(host, public_url, method):
    answer = asking(public_url).request(method, "/", headers={"Host": host})
    assert (200, "ours") == (answer.status_code, answer.text)


@pytest.mark.parametrize("public_url", [None, PUBLIC_URL])
@pytest.mark.parametrize("host", OTHERS)
def test_under_any_other_name_nothing_is_done_even_if_the_page_has_that_name_too(host, public_url):
    headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    answer = asking(public_url).post("/", headers=headers)
    assert (400, NOT_OURS) == (answer.status_code, answer.text)

    with pytest.raises(WebSocketDisconnect), asking(public_url).websocket_connect("/ws", headers={"Host": host}):
        pass


def test_a_socket_is_opened_under_an_own_name():
    with asking().websocket_connect("/ws", headers={"Host": "localhost:8501"}) as socket:
        assert "ours" == socket.receive_text()
