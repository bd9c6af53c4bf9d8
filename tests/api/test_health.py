import json

import pytest

from api.health import health_route
from tests.api.asking import ask


@pytest.mark.parametrize(("status", "code"), [("ok", 200), ("degraded", 503)])
def test_a_watcher_learns_how_things_stand(status, code):
    result = {"status": status, "database": "ok", "migrations": "ok", "last_backup": None}
    answer = ask(health_route(lambda: result).app, "/api/healthz")
    assert answer.status == code
    assert json.loads(answer.body) == result
    assert answer.headers["cache-control"] == "no-store"
