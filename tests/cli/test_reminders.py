"""`remind`: who would get what, sent by mail, or written as files."""

from email import message_from_bytes
from email.policy import default
from functools import partial

import pytest

from models.meetings.cycles import open_cycle
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.store.database import engine_for, migrate, writing
from tests.kit.builders import NOW, load
from tests.kit.inbox import mail_to, without_mail
from tests.kit.reporters import BRUNEI_ROLE, CHAIR_ROLE, MEETING, add_user, reporting_plan

BN, TMTF = "bn@state.example", "chair@tmtf.example"


@pytest.fixture(name="url")
def _url(tmp_path, monkeypatch):
    """A plan without an open cycle, on a server without mail, at NOW."""
    without_mail(monkeypatch)
    monkeypatch.setattr("models.store.clock.wall_clock", lambda: NOW)
    url = f"sqlite:///{tmp_path / 'remind.db'}"
    migrate(engine_for(url))
    load(engine_for(url), reporting_plan())
    yield url
    engine_for(url).dispose()


@pytest.fixture(name="outstanding")
def _outstanding(url):
    """Two people who owe something."""
    with writing(engine_for(url)) as session:
        open_cycle(Context(session, OPERATOR, reporting_plan(), NOW), MEETING.key)
    add_user(engine_for(url), BN, BRUNEI_ROLE)
    add_user(engine_for(url), TMTF, CHAIR_ROLE)


@pytest.fixture(name="inbox")
def _inbox(inbox, monkeypatch):
    mail_to(inbox, monkeypatch)
    return inbox


@pytest.fixture(name="run")
def _run(run):
    return partial(run, "remind")


@pytest.mark.usefixtures("outstanding")
def test_it_prints_who_would_get_what_and_sends_nothing(run, inbox):
    assert run() == (
        "AWGIPC 82: reports are due 12 Jul 2027, in 12 days; 2 people to remind\n"
        "bn@state.example: 2 reports, I02/BN, I03/BN\n"
        "chair@tmtf.example: 1 report, I01/ASEAN\n"
        "nobody reports for KH and TL; add somebody with `person add`\n"
    )
    assert inbox.letters == []


def test_without_an_open_cycle_it_says_so(run):
    assert "No reporting cycle is open: no reports are due.\n" == run()


@pytest.mark.usefixtures("outstanding")
def test_it_sends_each_one_mail_and_a_second_time_nobody(run, inbox):
    assert run("--send") == "bn@state.example: reminded\nchair@tmtf.example: reminded\n"
    assert run("--send").startswith("nobody to remind now")
    assert inbox.readers == [BN, TMTF]


@pytest.mark.usefixtures("outstanding")
def test_whom_the_mail_server_refused_is_named_one_a_line_and_fails_the_command(run, inbox):
    inbox.unknown.add(BN)
    output = run("--send", exit_code=1)

    assert output.startswith("bn@state.example: The mail server did not accept the e-mail")
    assert inbox.readers == [TMTF]


@pytest.mark.usefixtures("outstanding")
def test_without_a_mail_server_sending_is_refused_with_the_remedy(run):
    assert "SMTP_URL is not set" in run("--send", exit_code=1)


@pytest.mark.usefixtures("outstanding")
def test_it_writes_one_file_for_each_into_a_new_folder(run, tmp_path):
    folder = tmp_path / "mails" / "today"
    assert run("--out", folder) == f"{folder}: 2 reminders to be sent\n"

    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.iterdir())]
    assert [BN, TMTF] == [letter["To"] for letter in letters]
    assert "http://localhost:8501/my-updates" in letters[0].get_content()


def test_sending_and_writing_at_once_is_wrong_usage(run, tmp_path):
    assert "not both" in run("--send", "--out", tmp_path / "mails", exit_code=2)
