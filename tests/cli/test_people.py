"""`person`: somebody gets a role and a link, and is removed, from the server's command line."""

import re

import pytest

from models.core.vocabulary import Role
from models.people.permissions import RoleAssignment
from models.people.sign_in import use_link
from models.store.clock import wall_clock
from models.store.database import engine_for, writing
from tests.kit.builders import TINY_PLAN, people_of

ADDRESS = "Name@example.org"


@pytest.fixture(name="run")
def _run(run):
    run("plan", "load", TINY_PLAN, "--reason", "Adopted")
    return run


def roles(url):
    return {email: account.roles for email, account in people_of(engine_for(url)).items()}


def test_somebody_gets_roles_for_each_scope_and_more_later(run, url):
    assert "name@example.org: chair AWGIPC, chair TMTF\n" == run(
        "person", "add", ADDRESS, "--role", "chair", "--scope", "AWGIPC", "--scope", "TMTF"
    )
    run("person", "add", ADDRESS, "--role", "secretariat")
    expected = (
        RoleAssignment(Role.CHAIR, "AWGIPC"),
        RoleAssignment(Role.CHAIR, "TMTF"),
        RoleAssignment(Role.SECRETARIAT),
    )
    assert {"name@example.org": expected} == roles(url)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("nobody", "--role", "secretariat"), "people:1: “nobody” is not an e-mail address; write name@example.org\n"),
        ((ADDRESS, "--role", "chair"), "people:1: Chair needs a body; use one of AWGIPC, TMTF\n"),
        ((ADDRESS, "--role", "chair", "--scope", "KH"), "people:1: “KH” is not a body; use one of AWGIPC, TMTF\n"),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_added(run, url, arguments, what):
    assert what == run("person", "add", *arguments, exit_code=1)
    assert {} == roles(url)


def test_a_role_that_does_not_exist_is_wrong_usage(run):
    assert "'boss' is not one of" in run("person", "add", ADDRESS, "--role", "boss", exit_code=2)


def test_a_link_signs_in(run, url, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://aiprap.example.org")
    run("person", "add", ADDRESS, "--role", "secretariat")
    printed = run("person", "link", ADDRESS)
    link = re.fullmatch(r"https://aiprap\.example\.org/sign-in/([\w-]{43})\n", printed)
    assert link is not None
    with writing(engine_for(url)) as session:
        assert use_link(session, link[1], now=wall_clock())


def test_without_an_address_set_the_link_is_for_this_machine(run, monkeypatch):
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    run("person", "add", ADDRESS, "--role", "secretariat")
    assert run("person", "link", ADDRESS, "--port", "8600").startswith("http://localhost:8600/sign-in/")


def test_who_is_removed_is_gone(run, url):
    run("person", "add", ADDRESS, "--role", "chair", "--scope", "TMTF")
    assert "name@example.org: removed\n" == run("person", "remove", ADDRESS)
    assert {} == roles(url)
    assert "There is no account with the address Name@example.org. Add the person first.\n" == run(
        "person", "link", ADDRESS, exit_code=1
    )
