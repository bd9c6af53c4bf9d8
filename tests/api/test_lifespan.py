import asyncio
import gc

import pytest

from api import lifespan as module
from api.lifespan import lifespan


def test_it_prepares_before_serving_and_cleans_up_after():
    done = []

    async def serve():
        async with lifespan(lambda: done.append("packed"), lambda: done.append("warm"))(None):
            done.append("serving")
            assert gc.get_freeze_count() > 0
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(serve())
    assert done == ["packed", "warm", "serving"]
    assert gc.get_freeze_count() == 0


def test_it_collects_garbage_while_serving(monkeypatch):
    collected = asyncio.Event()
    monkeypatch.setattr(module, "COLLECT_EVERY_SECONDS", 0.0)

    async def serve():
        async with lifespan()(None):
            monkeypatch.setattr(gc, "collect", collected.set)
            await asyncio.wait_for(collected.wait(), 5)

    asyncio.run(serve())


def test_what_tidies_the_memory_runs_again_and_again_while_serving(monkeypatch):
    runs, twice = [], asyncio.Event()
    monkeypatch.setattr(module, "COLLECT_EVERY_SECONDS", 0.0)

    def tidy():
        runs.append("tidied")
        if len(runs) == 2:
            twice.set()

    async def serve():
        async with lifespan(tidying=[tidy])(None):
            await asyncio.wait_for(twice.wait(), 5)

    asyncio.run(serve())


def test_a_failed_preparation_stops_the_start():
    def fail():
        raise RuntimeError

    async def serve():
        async with lifespan(fail)(None):
            pytest.fail("it served")

    with pytest.raises(RuntimeError):
        asyncio.run(serve())
