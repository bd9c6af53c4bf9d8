"""A slow line to a server on this machine: 1 Mbit/s each way and 300 ms there and back, for all connections together.

A proxy and not the browser's own emulation, which leaves WebSockets alone: everything that is typed travels by one.
"""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.kit.serving import LOOPBACK, free_port

BYTES_PER_S = 125_000
ONE_WAY_S = 0.150
CHUNK = 4096


class Direction:
    """One way of the line: its bytes leave one after the other, and arrive a while later."""

    def __init__(self) -> None:
        self._free_at = 0.0
        self.carried = 0

    async def pump(self, user: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry what one end says to the other, until it is closed."""
        arriving: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arrivals = asyncio.create_task(_deliver(arriving, writer))
        with contextlib.suppress(ConnectionError):
            while chunk := await user.read(CHUNK):
                await asyncio.sleep(self._wait_for(len(chunk)))
                arriving.put_nowait((asyncio.get_running_loop().time() + ONE_WAY_S, chunk))
        arriving.put_nowait((0, b""))
        await arrivals

    def _wait_for(self, size: int) -> float:
        now = asyncio.get_running_loop().time()
        self._free_at = max(self._free_at, now) + size / BYTES_PER_S
        self.carried += size
        return self._free_at - now


async def _deliver(arriving: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while (found := await arriving.get())[1]:
            await asyncio.sleep(max(0, found[0] - asyncio.get_running_loop().time()))
            writer.write(found[1])
            await writer.drain()
    writer.close()


@contextlib.contextmanager
def slow_line(address: str) -> Iterator[tuple[str, Direction]]:
    """The address at the near end of a slow line to the server, and what comes over it towards the user."""
    port, up, down = free_port(), Direction(), Direction()
    stands, over = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def connect(user: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(LOOPBACK, urlsplit(address).port)
        try:
            await asyncio.gather(up.pump(user, far_writer), down.pump(far_reader, writer))
        finally:
            far_writer.close()
            writer.close()

    async def carry() -> None:
        loops.append(asyncio.get_running_loop())
        async with await asyncio.start_server(connect, LOOPBACK, port):
            stands.set()
            await over.wait()
            open_still = asyncio.all_tasks() - {asyncio.current_task()}
            for one in open_still:
                one.cancel()
            await asyncio.gather(*open_still, return_exceptions=True)

    thread = threading.Thread(target=lambda: asyncio.run(carry()), daemon=True)
    thread.start()
    stands.wait()
    try:
        yield f"http://{LOOPBACK}:{port}", down
    finally:
        loops[0].call_soon_threadsafe(over.set)
        thread.join()
