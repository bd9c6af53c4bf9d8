"""The server's log: one line for each event, and in none of them what people wrote or an address."""

import json
import logging
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from urllib.error import HTTPError

import pytest

from models.core.errors import DatabaseError, LoadRefused, MailRefused, NotPermitted, UpdateRefused
from models.core.text import public_text
from models.meetings.cycles import circulate, note, reopen
from models.meetings.snapshot import Paper
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.mail import send
from models.people.permissions import PUBLIC
from models.people.sign_in import ask_for_link, make_link, use_link
from models.progress.clearing import clear, return_to_author, withdraw
from models.progress.drafts import save_field
from models.progress.import_jsonl import import_progress
from models.progress.submit import submit_drafts
from models.store.database import open_engine, writing
from models.store.kept_backups import keep_backup
from tests.kit.builders import NOW, cleared, entry, load, write
from tests.kit.inbox import receiving
from tests.kit.reporters import BRUNEI, BRUNEI_ROLE, MEETING, SECRETARIAT_ROLE, add_user
from tests.kit.serving import LOOPBACK, ROOT, free_port

WORDS = "CONFIDENTIAL: the minister refused"
LATER = NOW + timedelta(days=30)
ADDRESS = "somebody@ministry.example"


@pytest.fixture(name="officer")
def _officer(engine, plan):
    return add_user(engine, "officer@ministry.example", SECRETARIAT_ROLE, plan=plan)


@pytest.fixture(name="brunei")
def _brunei(engine, plan):
    return add_user(engine, ADDRESS, BRUNEI_ROLE, plan=plan)


@pytest.fixture(name="do")
def _do(engine, plan):
    """Runs one act in a transaction of its own."""

    def do(act, *arguments, by, now=NOW, **named):
        with writing(engine) as session:
            return act(Context(session, by, plan, now), *arguments, **named)

    return do


@pytest.fixture(name="lines")
def _lines(caplog):
    """The lines that an event leaves; none holds what a person wrote or an address."""

    def lines(event):
        caplog.clear()
        with caplog.at_level(logging.INFO):
            event()
        said = [one.getMessage() for one in caplog.records if one.name.startswith(("api.", "models.", "pages."))]
        assert [] == [line for line in said if WORDS in line or "@" in line]
        return said

    return lines


def refused(error, act):
    def event():
        with pytest.raises(error):
            act()

    return event


def test_a_statement_cleared_and_withdrawn(engine, do, lines, officer):
    (row,) = write(engine, entry(narrative=WORDS))

    (line,) = lines(lambda: do(clear, row, by=officer, reason=WORDS))
    assert re.fullmatch(rf"clear: progress {row}, by person {officer.person_id}", line)
    (line,) = lines(lambda: do(withdraw, row, by=officer, reason=WORDS))
    assert re.fullmatch(rf"withdraw: progress {row}, by person {officer.person_id}", line)


def test_a_statement_returned(engine, do, lines, officer):
    (row,) = write(engine, entry(narrative=WORDS))

    assert [f"return: progress {row}, by person {officer.person_id}"] == lines(
        lambda: do(return_to_author, row, note=WORDS, by=officer)
    )


def test_a_draft_submitted(do, lines, brunei):
    fields = {"status": "ongoing", "percent": 50, "narrative": WORDS}
    assert [] == lines(lambda: [do(save_field, BRUNEI, name, value, by=brunei) for name, value in fields.items()])

    assert [f"submit: I02/BN, by person {brunei.person_id}"] == lines(lambda: do(submit_drafts, [BRUNEI], by=brunei))


def test_a_cycle_circulated_noted_and_reopened(do, lines, officer):
    paper = Paper(agenda_item=WORDS)
    by = f"{MEETING.key}, by person {officer.person_id}"

    assert [f"circulate: {by}"] == lines(lambda: do(circulate, MEETING.key, paper=paper, by=officer))
    assert [f"note: {by}"] == lines(lambda: do(note, MEETING.key, by=officer, now=LATER))
    assert [f"reopen cycle: {by}"] == lines(lambda: do(reopen, MEETING.key, reason=WORDS, by=officer, now=LATER))


def test_an_edition_loaded(engine, plan, lines):
    changed = plan.model_copy(update={"version": "9.9"})

    assert [f"load edition: {plan.key}, by the server"] == lines(lambda: load(engine, changed, now=NOW, reason=WORDS))


def test_an_import_names_no_file(engine, plan, lines):
    row = entry(narrative=WORDS).model_dump(mode="json", exclude_none=True)

    def take_in():
        with writing(engine) as session:
            import_progress(session, [json.dumps(row).encode()], file=f"{ADDRESS}.jsonl", plan=plan, now=NOW)

    assert ["import progress: a file, by the server"] == lines(take_in)


def test_what_is_rolled_back_never_happened(engine, do, lines, officer):
    (row,) = write(engine, entry())

    def clear_and_fail(context):
        clear(context, row)
        raise OSError

    assert [] == lines(refused(OSError, lambda: do(clear_and_fail, by=officer)))


REFUSED: dict[str, tuple[type[Exception], Callable[..., None], dict[str, object], str]] = {
    "a person who may not": (NotPermitted, clear, {"by": PUBLIC}, "refused: clear, NotPermitted"),
    "a reason that is missing": (
        UpdateRefused,
        withdraw,
        {"reason": public_text(" ")},
        "refused: withdraw, UpdateRefused",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_act_leaves_its_name_and_the_class_of_the_error(case, engine, do, lines, officer):
    error, act, named, line = REFUSED[case]
    (row,) = write(engine, cleared(narrative=WORDS))

    assert [line] == lines(refused(error, lambda: do(act, row, **({"by": officer} | named))))


def test_an_edition_refused(engine, plan, lines):
    fewer = plan.model_copy(update={"initiatives": plan.initiatives[1:]})

    assert ["refused: load_edition, LoadRefused"] == lines(refused(LoadRefused, lambda: load(engine, fewer, now=NOW)))


def test_signing_in_by_link(engine, do, lines, brunei):
    key = brunei.person_id
    link = do(make_link, key, by=OPERATOR)

    def use():
        with writing(engine) as session:
            use_link(session, link.text, now=NOW)

    assert [f"sign in: person {key}, by person {key}"] == lines(use)


def test_a_link_asked_for_by_somebody_we_do_not_know(engine, lines):
    def ask():
        with writing(engine) as session:
            ask_for_link(session, "stranger@ministry.example", can_mail=True, now=NOW)

    assert ["sign-in refused: no account with a role has the address that asked for a link"] == lines(ask)


def test_a_mail_sent_and_a_mail_refused(lines):
    with receiving() as inbox:
        inbox.unknown.add("unknown@ministry.example")
        server = inbox.settings.mail
        assert server is not None

        def mail(to):
            send(server, to=to, subject="Subject", text=WORDS)

        assert ["mail sent"] == lines(lambda: mail(ADDRESS))
        assert ["mail refused: SMTPRecipientsRefused"] == lines(
            refused(MailRefused, lambda: mail("unknown@ministry.example"))
        )


def test_a_backup_kept_and_a_backup_that_failed(engine, lines, tmp_path):
    assert ["backup kept: fresh-20270630T120000Z.db"] == lines(lambda: keep_backup(engine, now=NOW))

    later = NOW + timedelta(days=1)
    broken = open_engine(f"sqlite:///{tmp_path / 'broken.db'}")
    (tmp_path / "broken.db").write_bytes(b"no database at all" * 100)
    (line,) = lines(refused(DatabaseError, lambda: keep_backup(broken, now=later)))
    assert line.startswith("backup failed: ")


def test_the_server_writes_the_lines_to_standard_error(tmp_path):
    port = free_port()
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port)]
    around = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'aiprap.db'}", "STREAMLIT_SERVER_ADDRESS": LOOPBACK}
    errors = tmp_path / "stderr.txt"
    with errors.open("wb") as stderr, subprocess.Popen(command, env=around, stderr=stderr, stdout=stderr) as process:
        try:
            _wait_for(errors, "backup kept")
            with pytest.raises(HTTPError, match="410"):
                urllib.request.urlopen(f"http://{LOOPBACK}:{port}/sign-in/unknown", timeout=20)
        finally:
            process.terminate()

    said = errors.read_text(encoding="utf-8")
    for line in (
        r"models\.store\.kept_backups: backup kept: aiprap-\w+\.db",
        r"api\.sign_in: sign-in refused: unknown link",
    ):
        assert 1 == len(re.findall(rf"^\S+ INFO {line}$", said, re.MULTILINE))


def _wait_for(file, text, seconds=60):
    give_up = time.monotonic() + seconds
    while text not in file.read_text(encoding="utf-8"):
        assert time.monotonic() < give_up, file.read_text(encoding="utf-8")
        time.sleep(0.2)
