"""The meetings that the tests of the report look at: held once."""

import pytest

from tests.conftest import fresh_database
from tests.reports.meeting.meetings import Held, hold


@pytest.fixture(scope="session", name="held")
def _held() -> Held:
    with fresh_database() as engine:
        return hold(engine)
