"""Ask an ASGI application without a server."""

import asyncio
from dataclasses import dataclass

from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(app: ASGIApp, path: str, method: str = "GET", **headers: str) -> Answer:
    """Send one request; header names have underscores for dashes."""
    pairs = [(name.replace("_", "-").lower().encode(), text.encode()) for name, text in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": pairs, "query_string": b""}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def respond() -> None:
        await app(scope, receive, send)

    asyncio.run(respond())
    given = {name.decode(): text.decode() for name, text in sent[0]["headers"]}
    return Answer(sent[0]["status"], given, b"".join(message.get("body", b"") for message in sent[1:]))
