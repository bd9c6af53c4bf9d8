"""`cycle open`: what it prints and what it refuses."""

import pytest

from models.progress.cycles import list_cycles
from models.store.database import engine_for, migrate, reading
from tests.kit.builders import load, today_is
from tests.kit.commands import invoke
from tests.kit.reporters import reporting_plan


@pytest.fixture(name="url")
def _url(tmp_path):
    """A database with a meeting to come, whose today is always 30 June 2027."""
    url = f"sqlite:///{tmp_path / 'cycles.db'}"
    migrate(engine_for(url))
    today_is(engine_for(url))
    load(engine_for(url), reporting_plan())
    yield url
    engine_for(url).dispose()


def opened(url):
    with reading(engine_for(url)) as session:
        return [(one.meeting.key, one.opens_days, one.due_days) for one in list_cycles(session, reporting_plan())]


def test_it_opens_the_cycle_and_says_when_reports_are_due(url):
    result = invoke("--database", url, "cycle", "open", "AWGIPC-82", "--due-days", "21")

    assert (result.exit_code, result.stdout) == (0, "AWGIPC 82, 26 Jul 2027: open now, reports are due 5 Jul 2027\n")
    assert opened(url) == [("AWGIPC-82", 56, 21)]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "output"),
    [
        (["AWGIPC-99"], 1, "AWGIPC-99 is not a meeting"),
        (["AWGIPC-80"], 1, "AWGIPC-80 has ended"),
        (["AWGIPC-82", "--opens-days", "7"], 1, "opens before its reports are due"),
        (["AWGIPC-82", "--due-days", "soon"], 2, "not a valid integer"),
        ([], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(url, arguments, exit_code, output):
    result = invoke("--database", url, "cycle", "open", *arguments)

    assert result.exit_code == exit_code
    assert output in result.stderr
    assert opened(url) == []
