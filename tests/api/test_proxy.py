"""Where a visitor comes from: addresses in either dress, and proxies that are believed."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.proxy import BehindProxies

LOCAL = "127.0.0.1,::1"


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
