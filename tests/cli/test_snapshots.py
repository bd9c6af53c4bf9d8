"""`cycle circulate|note|reopen` and `snapshot list|verify|compare`: what they print and what they refuse."""

from functools import partial

import pytest
from sqlalchemy import text

from models.store.database import engine_for
from tests.kit.commands import invoke


@pytest.fixture(name="url")
def _url(demonstration_url):
    return demonstration_url


def test_every_snapshot_is_listed_and_all_are_whole(url):
    listed = invoke("--database", url, "snapshot", "list").stdout.splitlines()

    assert len(listed) == 12
    assert listed[0].startswith("1  AWGIPC-78  circulated  revision 1  27 Feb 2026  ")
    assert invoke("--database", url, "snapshot", "verify").stdout == "12 snapshots: whole\n"


def test_a_row_changed_behind_the_applications_back_is_named_with_every_snapshot_that_holds_it(url):
    with engine_for(url).begin() as connection:
        connection.execute(text("DROP TRIGGER progress_no_update"))
        connection.execute(text("UPDATE progress SET narrative = 'Otherwise' WHERE ref = 'demo-I05-ASEAN-AWGIPC-83'"))

    result = invoke("--database", url, "snapshot", "verify")

    assert result.exit_code == 1
    assert "snapshot 12 (AWGIPC-83, noted, revision 1): row " in result.stderr
    assert "on I05/ASEAN, is not what it was then; restore a backup" in result.stderr
    assert "snapshot 10 " not in result.stderr


def test_a_cycle_goes_through_its_steps(url):
    on_cycle = partial(invoke, "--database", url, "cycle")
    reopened = on_cycle("reopen", "AWGIPC-83", "--reason", "A wrong figure")
    sent = on_cycle("circulate", "AWGIPC-83", "--agenda-item", "5", "--invite", "thank the host")
    noted = on_cycle("note", "AWGIPC-83")

    assert reopened.stdout == "AWGIPC-83: reopened, revision 2\n"
    assert sent.stdout.startswith("AWGIPC-83: circulated, snapshot 13, ")
    assert noted.stdout.startswith("AWGIPC-83: noted, snapshot 14, ")
    assert invoke("--database", url, "snapshot", "verify").stdout == "14 snapshots: whole\n"


@pytest.mark.parametrize(
    ("arguments", "exit_code", "output"),
    [
        (["cycle", "circulate", "AWGIPC-83"], 1, "was noted already"),
        (["cycle", "note", "AWGIPC-84"], 1, "was not circulated yet"),
        (["cycle", "circulate", "AWGIPC-85"], 1, "The cycle of AWGIPC-85 is not open"),
        (["cycle", "reopen", "AWGIPC-83", "--reason", " "], 1, "Say in a sentence why"),
        (["cycle", "reopen", "AWGIPC-83"], 2, "Missing option"),
        (["snapshot", "compare", "12", "soon"], 1, "soon is neither a snapshot nor a day"),
    ],
)
def test_what_cannot_be_is_refused_and_takes_no_snapshot(url, arguments, exit_code, output):
    result = invoke("--database", url, *arguments)

    assert result.exit_code == exit_code
    assert output in result.stderr
    assert len(invoke("--database", url, "snapshot", "list").stdout.splitlines()) == 12


def test_two_meetings_are_compared_with_a_bridge(url):
    output = invoke("--database", url, "snapshot", "compare", "10", "12").stdout

    assert output.startswith(
        "From as noted at AWGIPC 82, 15 Jul 2027 (snapshot 10) to as noted at AWGIPC 83, 11 Nov 2027"
    )
    assert "= at the end     8 completed   43 counted" in output


def test_as_reported_is_compared_with_what_is_known_now(url):
    output = invoke("--database", url, "snapshot", "compare", "12", "2027-11-11").stdout

    assert "to as of 11 Nov 2027, known now:\nNo differences" in output
