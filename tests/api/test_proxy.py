"""Behind a proxy: where the server listens, and whose word it takes for the address of a visitor."""

import socket
import sqlite3
import urllib.error
import urllib.request
from contextlib import closing

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.proxy import BehindProxies
from tests.kit.serving import LOOPBACK, serving_dashboard

VISITOR, ELSEWHERE = "203.0.113.7", "192.0.2.1"
BEHIND = {
    "a proxy on the same machine": ({"STREAMLIT_SERVER_ADDRESS": LOOPBACK}, VISITOR),
    "a proxy on another machine": ({"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "FORWARDED_ALLOW_IPS": LOOPBACK}, VISITOR),  # noqa: S104
    "not the proxy that is set": ({"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "FORWARDED_ALLOW_IPS": ELSEWHERE}, LOOPBACK),  # noqa: S104
    "IPv4 and IPv6 at once": ({"STREAMLIT_SERVER_ADDRESS": "::"}, VISITOR),
    "no address set": ({"STREAMLIT_SERVER_ADDRESS": ""}, VISITOR),
}
"""The settings, and the address that an attempt to sign in is counted for when a proxy on 127.0.0.1 forwards it."""
LOCAL = "127.0.0.1,::1"


@pytest.mark.parametrize("case", BEHIND)
def test_the_server_listens_where_it_is_set_to_and_believes_the_proxy_that_is_set(case, tmp_path):
    settings, counted_for = BEHIND[case]
    with serving_dashboard(f"sqlite:///{tmp_path / 'aiprap.db'}", environment=settings) as address:
        headers = {"X-Forwarded-For": VISITOR, "Origin": address, "Sec-Fetch-Site": "same-origin"}
        request = urllib.request.Request(f"{address}/sign-in/unknown", data=b"", headers=headers)
        with pytest.raises(urllib.error.HTTPError, match="410"):
            urllib.request.urlopen(request, timeout=20)
        everywhere = answers("::1", int(address.rpartition(":")[2]))

    with closing(sqlite3.connect(tmp_path / "aiprap.db")) as connection:
        assert [(f"place {counted_for}",)] == connection.execute("SELECT source FROM sign_in_attempt").fetchall()
    assert everywhere is (settings["STREAMLIT_SERVER_ADDRESS"] == "::")


def answers(host, port):
    try:
        with socket.create_connection((host, port), timeout=5):
            return True
    except ConnectionRefusedError:
        return False


def place(connects_from, forwarded=None, *, proxies=LOCAL):
    """The address of the visitor, for a connection from an address."""
    routes = [Route("/", lambda request: PlainTextResponse(request.client.host))]
    app = Starlette(routes=routes, middleware=[Middleware(BehindProxies, proxies=proxies)])
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return TestClient(app, client=(connects_from, 50_000)).get("/", headers=headers).text


@pytest.mark.parametrize(
    ("proxy", "proxies"),
    [
        ("127.0.0.1", LOCAL),
        ("::1", LOCAL),
        ("::ffff:127.0.0.1", LOCAL),
        ("::ffff:192.0.2.10", "192.0.2.10"),
        ("::ffff:192.0.2.10", "10.0.0.1, 192.0.2.0/24"),
        ("2001:db8::10", "192.0.2.10,2001:db8::/32"),
        ("0:0:0:0:0:0:0:1", LOCAL),
    ],
)
@pytest.mark.parametrize(
    ("forwarded", "visitor"),
    [
        ("9.9.9.1", "9.9.9.1"),
        ("::ffff:9.9.9.1", "9.9.9.1"),
        ("9.9.9.1:4711", "9.9.9.1"),
        ("2001:db9::7", "2001:db9::7"),
        ("[2001:db9::7]:4711", "2001:db9::7"),
        ("6.6.6.6, 9.9.9.1", "9.9.9.1"),
    ],
)
def test_a_proxy_that_is_named_is_believed_in_either_dress(proxy, proxies, forwarded, visitor):
    assert visitor == place(proxy, forwarded, proxies=proxies)


@pytest.mark.parametrize("stranger", ["192.0.2.66", "::ffff:192.0.2.66", "2001:db8::66"])
def test_nobody_else_is_believed(stranger):
    assert stranger.removeprefix("::ffff:") == place(stranger, "9.9.9.1")


def test_without_a_proxy_the_visitor_is_who_connects():
    assert ["192.0.2.7", "192.0.2.7", "2001:db8::7", "testclient"] == [
        place(address) for address in ("192.0.2.7", "::ffff:192.0.2.7", "2001:db8:0::7", "testclient")
    ]
