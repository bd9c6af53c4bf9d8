"""What the server does before the first request, and in the background while it serves.

In the background it runs its jobs every hour, such as the daily backup. Each job decides for itself whether it is due,
so that a server that was down, or whose job failed, catches up an hour later.

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
JOBS_EVERY_SECONDS = 3600.0

Job = Callable[[], None]

log = logging.getLogger(__name__)


def lifespan(
    *preparations: Callable[[], None], jobs: Sequence[Job] = (), tidying: Sequence[Job] = ()
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Make the server's start and stop: prepare, serve, and meanwhile tidy the memory and run the jobs.

    What tidies must be quick: it runs on the event loop.
    """

    @asynccontextmanager
    async def start_and_stop(_app: object) -> AsyncIterator[None]:
        # In a thread, since imports and compression hold the loop; awaited, since the first hundred visitors
        # would otherwise queue for the import lock.
        for prepare in preparations:
            await asyncio.to_thread(prepare)
        with _frozen_objects():
            async with _in_background(_tidy_every(COLLECT_EVERY_SECONDS, tidying), _run_jobs(jobs, JOBS_EVERY_SECONDS)):
                yield

    return start_and_stop


@contextmanager
def _frozen_objects() -> Iterator[None]:
    """Leave the objects of start-up out of later collections: they are never freed, and checking them takes 120 ms."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@asynccontextmanager
async def _in_background(*timers: Coroutine[None, None, None]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(timer) for timer in timers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _tidy_every(seconds: float, tidying: Sequence[Job]) -> None:
    while True:
        await asyncio.sleep(seconds)
        for tidy in tidying:
            tidy()
        gc.collect()


async def _run_jobs(jobs: Sequence[Job], seconds: float) -> None:
    """Run the jobs now and at each interval; in a thread, since a job waits for the disk or a mail server."""
    while True:
        for job in jobs:
            try:
                await asyncio.to_thread(job)
            except Exception:  # whatever it is: the server goes on, and the next job runs
                log.exception("%s failed and is tried again later.", getattr(job, "__name__", job))
        await asyncio.sleep(seconds)
