"""What the server does by itself: it survives what fails, keeps a backup, and holds nobody up."""

import asyncio
import threading

from api import lifespan as module
from api.lifespan import lifespan
from api.scheduled_jobs import back_up_daily, send_reminders
from models.admin.health import health
from models.meetings.cycles import open_cycle
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.store.database import writing
from models.store.kept_backups import kept_backups
from tests.kit.builders import NOW, load
from tests.kit.inbox import mail_to
from tests.kit.reporters import CHAIR_ROLE, MEETING, add_user, reporting_plan


def serve_until(done, *jobs):
    """Serve with these jobs until one of them says that it is done."""

    async def serve():
        async with lifespan(jobs=jobs)(None):
            await asyncio.wait_for(asyncio.to_thread(done.wait, 10), 15)

    asyncio.run(serve())
    assert done.is_set()


def test_a_job_that_fails_is_tried_again_and_does_not_stop_the_next(monkeypatch, caplog):
    monkeypatch.setattr(module, "JOBS_EVERY_SECONDS", 0.0)
    tries, done = [], threading.Event()

    def fail():
        tries.append("failed")
        raise OSError("no space left on device")

    def end():
        if len(tries) > 1:
            done.set()

    serve_until(done, fail, end)

    assert "fail failed and is tried again later." in caplog.messages


def test_a_job_at_work_does_not_hold_the_server_up():
    started, free, ended = threading.Event(), threading.Event(), threading.Event()

    def work():
        started.set()
        free.wait(10)
        ended.set()

    async def serve():
        async with lifespan(jobs=[work])(None):
            await asyncio.to_thread(started.wait, 10)
            served_meanwhile = started.is_set() and not ended.is_set()
            free.set()
            assert served_meanwhile

    asyncio.run(serve())


def test_at_the_start_a_backup_is_kept_and_its_age_stated(engine):
    done = threading.Event()
    assert (None, None) == (health()["last_backup"], health()["last_backup_hours"])
    serve_until(done, back_up_daily, done.set)

    (kept,) = kept_backups(engine)
    assert kept.made_at.isoformat() == health()["last_backup"]
    hours = health()["last_backup_hours"]
    assert isinstance(hours, float)
    assert 0 <= hours < 1


def test_a_server_with_mail_reminds_by_itself(engine, inbox, monkeypatch):
    monkeypatch.setattr("models.store.clock.wall_clock", lambda: NOW)
    load(engine, reporting_plan())
    with writing(engine) as session:
        open_cycle(Context(session, OPERATOR, reporting_plan(), NOW), MEETING.key)
    add_user(engine, "chair@tmtf.example", CHAIR_ROLE)
    send_reminders()

    mail_to(inbox, monkeypatch)
    send_reminders()
    send_reminders()

    assert ["chair@tmtf.example"] == inbox.readers
