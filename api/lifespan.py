"""What the server does before the first visitor, and beside its visitors.

Streamlit would collect garbage after each script run. With Plotly and pandas loaded that is most of a run's cost, so
`.streamlit/config.toml` switches it off and one timer does it for all sessions together.
"""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager

COLLECT_EVERY_SECONDS = 15.0


def lifespan(*preparations: Callable[[], None]) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Make the server's start and stop: prepare, serve, and collect garbage on a timer while serving."""

    @asynccontextmanager
    async def start_and_stop(_app: object) -> AsyncIterator[None]:
        # In a thread, since imports and compression hold the loop; awaited, since the first hundred visitors
        # would otherwise queue for the import lock.
        for prepare in preparations:
            await asyncio.to_thread(prepare)
        with _settled_memory():
            async with _collecting(COLLECT_EVERY_SECONDS):
                yield

    return start_and_stop


@contextmanager
def _settled_memory() -> Iterator[None]:
    """Leave what start-up made out of later collections: it stays anyway, and looking at it takes 120 ms a time."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@asynccontextmanager
async def _collecting(seconds: float) -> AsyncIterator[None]:
    timer = asyncio.create_task(_collect_every(seconds))
    try:
        yield
    finally:
        timer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await timer


async def _collect_every(seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        gc.collect()
