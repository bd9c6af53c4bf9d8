"""A clock of the machine that is set back: acts stay in their order, and nothing is hidden or damaged."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from models.store.database import engine_for, reading
from models.store.tables import AuditEvent
from tests.cli.shown import audited, content
from tests.kit.commands import printed
from tests.kit.states import MOMENTS, State, address_of, bytes_of
from tests.store.stopped_act import NEVER

ROOT = Path(__file__).parents[2]
NOW = MOMENTS[State.PART_REPORTED]


@pytest.fixture(name="url")
def _url(tmp_path: Path) -> str:
    (tmp_path / "data.db").write_bytes(bytes_of(State.PART_REPORTED))
    return f"sqlite:///{tmp_path / 'data.db'}"


def act(now: datetime, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Let a process act whose clock shows this time."""
    command = [sys.executable, "-m", "tests.store.stopped_act", NEVER, now.isoformat(), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def moments(url: str) -> list[datetime]:
    """When each act was done, in the order of the audit trail."""
    with reading(engine_for(url)) as session:
        return list(session.exec(select(AuditEvent.at).order_by(col(AuditEvent.id))).all())


def test_an_act_after_the_clock_was_set_back_follows_the_act_before_it(url: str) -> None:
    back = NOW - timedelta(hours=1)
    for now, arguments in (
        (NOW, ["submit", url, address_of("focal point")]),
        (back, ["clear", url, address_of("secretariat")]),
        (back, ["--database", url, "cycle", "circulate", "AWGIPC-79"]),
        (back, ["adopt", url, address_of("secretariat")]),
    ):
        result = act(now, *arguments)
        assert result.returncode == 0, result.stderr

    assert audited(url)[-4:] == ["submit", "clear", "circulate", "load edition"]
    assert moments(url)[-4:] == [NOW + timedelta(microseconds=number) for number in range(4)]
    assert "whole" in printed("--database", url, "verify")
    assert "whole" in printed("--database", url, "snapshot", "verify")


def test_what_was_just_submitted_is_in_a_paper_that_is_circulated_after_the_clock_was_set_back(url: str) -> None:
    assert act(NOW, "submit", url, address_of("focal point")).returncode == 0
    assert act(NOW - timedelta(hours=1), "--database", url, "cycle", "circulate", "AWGIPC-79").returncode == 0

    *_, snapshot = [line for line in content(url) if 'INTO "snapshot"' in line]
    assert "The system runs in one office." in snapshot


def test_a_clock_that_went_back_by_more_than_a_day_is_named_where_it_would_put_acts_in_the_wrong_order(
    url: str,
) -> None:
    assert act(NOW, "submit", url, address_of("focal point")).returncode == 0
    before = content(url)

    result = act(NOW - timedelta(days=10), "clear", url, address_of("secretariat"))
    assert "The clock of this machine is behind" in result.stderr
    assert before == content(url)
    assert "whole" in printed("--database", url, "verify")
