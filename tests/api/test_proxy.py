"""Behind a proxy: where the server listens, and whose word it takes for the address of a visitor."""

import socket
import sqlite3
import urllib.error
import urllib.request
from contextlib import closing

import pytest

from tests.kit.serving import LOOPBACK, serving_dashboard

VISITOR, ELSEWHERE = "203.0.113.7", "192.0.2.1"
BEHIND = {
    "a proxy on the same machine": ({"STREAMLIT_SERVER_ADDRESS": LOOPBACK}, VISITOR),
    "a proxy on another machine": ({"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "FORWARDED_ALLOW_IPS": LOOPBACK}, VISITOR),  # noqa: S104
    "not the proxy that is set": ({"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "FORWARDED_ALLOW_IPS": ELSEWHERE}, LOOPBACK),  # noqa: S104
    "no address set": ({"STREAMLIT_SERVER_ADDRESS": ""}, f"::ffff:{LOOPBACK}"),
}
"""The settings, and the address that an attempt to sign in is counted for when a proxy on 127.0.0.1 forwards it."""


@pytest.mark.parametrize("case", BEHIND)
def test_the_server_listens_where_it_is_set_to_and_believes_the_proxy_that_is_set(case, tmp_path):
    settings, counted_for = BEHIND[case]
    with serving_dashboard(f"sqlite:///{tmp_path / 'aiprap.db'}", environment=settings) as address:
        headers = {"X-Forwarded-For": VISITOR, "Origin": address, "Sec-Fetch-Site": "same-origin"}
        request = urllib.request.Request(f"{address}/sign-in/unknown", data=b"", headers=headers)
        with pytest.raises(urllib.error.HTTPError, match="410"):
            urllib.request.urlopen(request, timeout=20)
        everywhere = answers("::1", int(address.rpartition(":")[2]))

    with closing(sqlite3.connect(tmp_path / "aiprap.db")) as connection:
        assert [(f"place {counted_for}",)] == connection.execute("SELECT source FROM sign_in_attempt").fetchall()
    assert everywhere is not bool(settings["STREAMLIT_SERVER_ADDRESS"])


def answers(host, port):
    try:
        with socket.create_connection((host, port), timeout=5):
            return True
    except ConnectionRefusedError:
        return False
