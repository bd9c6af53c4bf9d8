"""What the server does before the first visitor, and beside its visitors.

Beside them it looks every hour whether something is to be done, such as the daily backup. Each chore decides for itself
whether it is time, so that a server that was away, or asleep, or failed at it, makes up for it an hour later.

Streamlit would collect garbage after each script run. With Plotly and pandas loaded that is most of a run's cost, so
`.streamlit/config.toml` switches it off and one timer does it for all sessions together.
"""

import asyncio
import contextlib
import gc
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager

COLLECT_EVERY_SECONDS = 15.0
LOOK_EVERY_SECONDS = 3600.0

Chore = Callable[[], None]

log = logging.getLogger(__name__)


def lifespan(
    *preparations: Callable[[], None], chores: Sequence[Chore] = (), tidying: Sequence[Chore] = ()
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Make the server's start and stop: prepare, serve, and while serving tidy the memory and see to the chores.

    What tidies must be quick: it runs on the event loop.
    """

    @asynccontextmanager
    async def start_and_stop(_app: object) -> AsyncIterator[None]:
        # In a thread, since imports and compression hold the loop; awaited, since the first hundred visitors
        # would otherwise queue for the import lock.
        for prepare in preparations:
            await asyncio.to_thread(prepare)
        with _settled_memory():
            async with _beside(_tidy_every(COLLECT_EVERY_SECONDS, tidying), _see_to(chores, LOOK_EVERY_SECONDS)):
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
async def _beside(*timers: Coroutine[None, None, None]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(timer) for timer in timers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _tidy_every(seconds: float, tidying: Sequence[Chore]) -> None:
    while True:
        await asyncio.sleep(seconds)
        for tidy in tidying:
            tidy()
        gc.collect()


async def _see_to(chores: Sequence[Chore], seconds: float) -> None:
    """At once, then again and again; in a thread, since a chore waits for the disk or a mail server."""
    while True:
        for chore in chores:
            try:
                await asyncio.to_thread(chore)
            except Exception:  # whatever it is: the server serves on, and the next chore has its turn
                log.exception("%s failed and is tried again later.", getattr(chore, "__name__", chore))
        await asyncio.sleep(seconds)
