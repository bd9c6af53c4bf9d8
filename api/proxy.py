"""Where a visitor comes from, also behind a proxy: one way of writing an address, and proxies known in either.

A server that listens on IPv4 and IPv6 at once sees 127.0.0.1 as ::ffff:127.0.0.1, and uvicorn does not recognise a
proxy by that. So addresses are written plainly first, and uvicorn's own reading of X-Forwarded-For follows.
"""

from ipaddress import IPv6Address, ip_address
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware


def plain_address(host: str) -> str:
    """An address as everybody writes it: that of IPv4 never in the form of IPv6; what is no address as it is."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


class PlainAddresses:
    """Writes the address of a connection plainly."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Change the address before anybody reads it."""
        if scope.get("client"):
            host, port = scope["client"]
            scope["client"] = (plain_address(host), port)
        await self.app(scope, receive, send)


class BehindProxies:
    """Believes what the named proxies say of the visitor's address, and nobody else."""

    def __init__(self, app: ASGIApp, proxies: str) -> None:
        believing: Any = ProxyHeadersMiddleware  # uvicorn has names of its own for the types of ASGI
        # Plain on both sides: a proxy may itself pass on an address in the form of IPv6.
        self.app = PlainAddresses(believing(PlainAddresses(app), trusted_hosts=proxies))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the visitor's address."""
        await self.app(scope, receive, send)
