"""Visitors of a Streamlit server that speak its WebSocket protocol, as a browser does, and draw nothing."""

import asyncio
import time
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE_S = 300


@dataclass(frozen=True, slots=True)
class Visit:
    """One first load of a page: how long until it was complete, what came, and how many errors it showed."""

    seconds: float
    received: int
    errors: int


async def visit_together(address: str, visitors: int, page: str = "") -> list[Visit]:
    """Let that many visitors open a page at the same moment."""
    return await asyncio.gather(*(_visit(address, page) for _ in range(visitors)))


async def _visit(address: str, page: str) -> Visit:
    started = time.perf_counter()
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    # No pings: a server busy with a hundred visitors answers none in time, and that is what is measured.
    opening = connect(
        stream,
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        open_timeout=PATIENCE_S,
        ping_interval=None,
    )
    async with opening as socket:
        ask = BackMsg()
        ask.rerun_script.page_name = page
        await socket.send(ask.SerializeToString())
        received, errors = await asyncio.wait_for(_until_finished(socket), PATIENCE_S)
        return Visit(time.perf_counter() - started, received, errors)


async def _until_finished(socket: ClientConnection) -> tuple[int, int]:
    received = errors = 0
    async for frame in socket:
        received += len(frame)
        message = ForwardMsg.FromString(frame)
        if message.WhichOneof("type") == "script_finished":
            break
        errors += message.delta.new_element.WhichOneof("type") == "exception"
    return received, errors


def percentile_95(visits: list[Visit]) -> float:
    """The time within which 95 of 100 visitors had the page."""
    ordered = sorted(visit.seconds for visit in visits)
    return ordered[int(0.95 * (len(ordered) - 1))]
