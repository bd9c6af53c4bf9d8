"""How `serve` starts the server: on which network address, and what it says of it."""

import pytest

from models.core.settings import server_settings

LOCAL_ONLY = "Only this machine is served: PUBLIC_URL is not set."


@pytest.fixture(name="started")
def _started(run, monkeypatch):
    """Runs `serve` with these settings; gives the address it listens on and what was printed."""
    for name in ("PUBLIC_URL", "STREAMLIT_SERVER_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    # `serve` gives the database to the server's process; here that is the one of the tests.
    monkeypatch.setenv("DATABASE_URL", "")

    def started(**settings):
        commands = []
        monkeypatch.setattr("cli.server.os.execv", lambda _path, command: commands.append(command))
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        printed = run("serve")
        [command] = commands
        return command[command.index("--server.address") + 1], printed

    return started


def test_without_a_public_address_it_serves_this_machine_alone_and_says_so(started):
    address, printed = started()

    assert "127.0.0.1" == address
    assert LOCAL_ONLY in printed


def test_with_one_it_serves_every_network_address(started):
    address, printed = started(PUBLIC_URL="https://aiprap.example.org")

    assert server_settings().listens_on == address != "127.0.0.1"
    assert LOCAL_ONLY not in printed


def test_in_a_container_it_listens_where_the_setting_says(started):
    address, printed = started(STREAMLIT_SERVER_ADDRESS="192.0.2.1")

    assert "192.0.2.1" == address
    assert LOCAL_ONLY not in printed


def test_an_empty_setting_opens_nothing(started):
    assert "127.0.0.1" == started(PUBLIC_URL="", STREAMLIT_SERVER_ADDRESS="")[0]
