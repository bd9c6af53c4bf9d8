"""The dashboard behind a real reverse proxy, and at its network addresses: who is served, and who counts as whom."""

import http.client
import socket
from contextlib import ExitStack

import pytest
from sqlalchemy import func
from sqlmodel import select

from models.store.database import engine_for, reading
from models.store.people_tables import SignInAttempt
from tests.kit.serving import LOOPBACK, free_port, serving_dashboard, serving_proxy
from tests.kit.tab import open_tab

ANYWHERE = "::"


def own_addresses():
    """The addresses of this machine under which others reach it, without asking the network."""
    found = []
    for family, elsewhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((elsewhere, 9))
            except OSError:
                continue
            found.append(probe.getsockname()[0])
    return [address for address in found if not address.startswith("127.") and address != "::1"]


def answers(address, port):
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.settimeout(5)
        return probe.connect_ex((address, port)) == 0


@pytest.fixture(scope="module", name="url")
def _url(tmp_path_factory):
    return f"sqlite:///{tmp_path_factory.mktemp('proxy') / 'proxy.db'}"


@pytest.fixture(scope="module", name="server")
def _server(url):
    """A dashboard that listens on IPv4 and IPv6, as it does where PUBLIC_URL is set; gives its port."""
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    port = free_port()
    environment = {"PUBLIC_URL": "https://aiprap.example.org", "STREAMLIT_SERVER_ADDRESS": ""}
    with serving_dashboard(url, port=port, environment=environment):
        yield port


@pytest.fixture(name="proxy")
def _proxy(server):
    """Serves a proxy that comes to the dashboard by an address; gives its port."""
    with ExitStack() as stack:

        def proxy(server_address):
            port = free_port()
            stack.enter_context(serving_proxy(server_address, server, port=port))
            return port

        yield proxy


@pytest.fixture(name="places")
def _places(url):
    """The number of places from which sign-ins were tried."""

    def places():
        with reading(engine_for(url)) as session:
            return session.exec(select(func.count(func.distinct(SignInAttempt.source)))).one()

    return places


def try_to_sign_in(port, visitor, **headers):
    """Use a link that is none, as a visitor with an address of their own; gives the status."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=30, source_address=(visitor, 0))
    own = {"Host": "aiprap.example.org", "Sec-Fetch-Site": "same-origin"}
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST", "/sign-in/none", headers=own | given)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize(("family", "network"), [("127.0.0.1", 1), ("::1", 2)])
def test_visitors_behind_a_proxy_of_either_family_are_kept_apart(proxy, places, family, network):
    before, port = places(), proxy(family)
    for visitor in (f"127.{network}.0.1", f"127.{network}.0.2", f"127.{network}.0.3", f"127.{network}.0.3"):
        assert 410 == try_to_sign_in(port, visitor)
    assert before + 3 == places()

    assert 410 == try_to_sign_in(port, f"127.{network}.0.3", X_Forwarded_For="9.9.9.9")
    assert before + 3 == places()


def test_one_stranger_does_not_use_up_the_tries_of_the_others(proxy):
    port = proxy("127.0.0.1")
    statuses = [try_to_sign_in(port, "127.9.0.1") for _ in range(31)]

    assert [410] * 30 + [429] == statuses
    assert 410 == try_to_sign_in(port, "127.9.0.2")


def test_who_comes_past_the_proxy_is_not_believed(server, places):
    before = places()
    for forwarded in ("9.9.9.1", "9.9.9.2", "9.9.9.3"):
        assert 410 == try_to_sign_in(server, "127.8.0.1", X_Forwarded_For=forwarded)

    assert before + 1 == places()


@pytest.mark.parametrize("family", ["127.0.0.1", "::1"])
def test_pages_are_drawn_through_the_proxy(proxy, family):
    with ExitStack() as stack:
        tab = open_tab(stack, f"http://{LOOPBACK}:{proxy(family)}", "measures")

        assert "Measures" in " ".join(tab.texts)


def test_browsers_come_by_https_from_then_on_and_by_no_other_name(server):
    answers_to = {}
    for host in ("aiprap.example.org", "evil.example"):
        connection = http.client.HTTPConnection(LOOPBACK, server, timeout=30)
        connection.request("GET", "/", headers={"Host": host})
        answer = connection.getresponse()
        answers_to[host] = answer.status
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        connection.close()

    assert answers_to == {"aiprap.example.org": 200, "evil.example": 400}


def test_with_a_public_address_every_network_address_is_served(server):
    assert all(answers(address, server) for address in (LOOPBACK, "::1", *own_addresses()))


def test_without_one_only_this_machine_is_served(tmp_path):
    port = free_port()
    environment = {"STREAMLIT_SERVER_ADDRESS": ""}
    with serving_dashboard(f"sqlite:///{tmp_path / 'alone.db'}", port=port, environment=environment):
        assert answers(LOOPBACK, port)
        assert [] == [address for address in own_addresses() if answers(address, port)]
