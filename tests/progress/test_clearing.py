"""Who may clear, return and withdraw: asked again at every act; nobody clears what they wrote themselves."""

from collections.abc import Callable
from functools import partial
from itertools import product

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from models.core.errors import NotPermitted, UpdateRefused
from models.core.text import public_text
from models.core.vocabulary import Role
from models.people.accounts import OPERATOR
from models.people.permissions import PUBLIC, RoleAssignment, User
from models.progress.clearing import clear, clear_many, return_to_author, withdraw
from models.store.audit import person_id_of
from models.store.database import reading
from models.store.tables import AuditEvent, Progress
from tests.kit.builders import CHAIR, NOW, OFFICER, act, cleared, entry, officer, write, writer

pytestmark = pytest.mark.usefixtures("tiny")

STRANGERS = {
    "the public": lambda _: PUBLIC,
    "the writer": writer,
    "an observer": lambda session: User(person_id_of(session, "o@example.org"), (RoleAssignment(Role.OBSERVER),)),
    "the chair of the working group": lambda session: User(
        person_id_of(session, "c@example.org"), (RoleAssignment(Role.CHAIR, "AWGIPC"),)
    ),
}


def row_of(engine, row_id):
    with reading(engine) as session:
        return session.get_one(Progress, row_id)


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize(("function", "named"), [(clear, {}), (return_to_author, {"note": "n"})])
def test_only_the_secretariat_clears_and_returns(engine, who, function, named):
    (row,) = write(engine, entry())

    with pytest.raises(NotPermitted):
        act(engine, function, row, by=STRANGERS[who], **named)

    assert (row_of(engine, row).cleared_at, row_of(engine, row).returned_at) == (None, None)


def test_author_and_clearer_are_stamped_apart(engine):
    (row,) = write(engine, entry())
    act(engine, clear, row)

    with reading(engine) as session:
        found = session.get_one(Progress, row)
        assert [found.author_id, found.cleared_by] == [person_id_of(session, one) for one in (CHAIR, OFFICER)]


def test_the_trail_says_who_did_it(engine):
    (row,) = write(engine, entry())
    act(engine, clear, row)

    with reading(engine) as session:
        event = session.exec(select(AuditEvent).order_by(col(AuditEvent.id).desc()).limit(1)).one()
        assert (event.action, event.person_id) == ("clear", person_id_of(session, OFFICER))


def test_an_officer_does_not_clear_the_own_update(engine):
    (row,) = write(engine, entry(author=OFFICER))

    with pytest.raises(UpdateRefused, match="I02/KH is your own"):
        act(engine, clear, row)


def test_what_was_recorded_on_behalf_may_be_cleared_by_the_same_officer(engine):
    (row,) = write(engine, entry(author=OFFICER, on_behalf_of="KH"))
    act(engine, clear, row)

    assert row_of(engine, row).cleared_at == NOW


def test_a_second_role_does_not_make_the_own_update_one_on_behalf(engine):
    def two_hats(session):
        return User(
            person_id_of(session, OFFICER), (RoleAssignment(Role.SECRETARIAT), RoleAssignment(Role.FOCAL_POINT, "KH"))
        )

    (row,) = write(engine, entry(author=OFFICER, on_behalf_of="KH"))

    with pytest.raises(UpdateRefused, match="your own"):
        act(engine, clear, row, by=two_hats)


ACTS: dict[str, tuple[Callable[..., None], Callable[[Session], User]]] = {
    "clear": (clear, officer),
    "return": (partial(return_to_author, note="Name the document."), officer),
    "take back": (withdraw, writer),
    "withdraw": (partial(withdraw, reason=public_text("A mistake.")), officer),
}
AFTER = {
    ("waiting", "clear"): "cleared",
    ("waiting", "return"): "returned",
    ("waiting", "take back"): "withdrawn",
    ("nil", "take back"): "withdrawn",
    ("cleared", "withdraw"): "withdrawn",
}
"""Each step that a statement allows, and what it is after it; there are no others."""


@pytest.mark.parametrize("kind", ["update", "remark", "nil"])
@pytest.mark.parametrize("steps", list(product(ACTS, repeat=3)), ids=", ".join)
def test_of_any_sequence_of_steps_those_are_taken_that_the_life_of_a_statement_allows(engine, kind, steps):
    said = {} if kind == "update" else {"kind": kind, "status": None, "percent": None}
    (row,) = write(engine, entry(**said))
    life = "nil" if kind == "nil" else "waiting"
    for step in steps:
        function, by = ACTS[step]
        if after := AFTER.get((life, step)):
            act(engine, function, row, by=by)
            life = after
        else:
            before = row_of(engine, row)
            with pytest.raises((UpdateRefused, NotPermitted)):
                act(engine, function, row, by=by)
            assert row_of(engine, row) == before


def selects_of(engine, function, *arguments):
    """How many queries the act sends."""
    sent = []

    def note(_connection, _cursor, statement, *_):
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    act(engine, function, *arguments)
    event.remove(engine, "before_cursor_execute", note)
    return [one for one in sent if one.lstrip().startswith("SELECT")]


def test_clearing_many_asks_the_database_no_more_than_clearing_two(engine):
    rows = write(engine, *(entry(valid_on=f"2027-01-{day:02}") for day in range(1, 13)))
    act(engine, clear_many, [])  # the officer is known before

    assert len(selects_of(engine, clear_many, rows[:2])) == len(selects_of(engine, clear_many, rows[2:]))


def test_whoever_runs_the_server_may_clear(engine):
    (row,) = write(engine, entry())
    act(engine, clear, row, by=lambda _: OPERATOR)

    assert row_of(engine, row).cleared_by is None


def test_many_are_cleared_in_one_act(engine):
    rows = write(engine, entry(), entry(party="BN"), entry("I03", "KH"))

    assert act(engine, clear_many, rows) == 3
    assert all(row_of(engine, row).cleared_at == NOW for row in rows)


def test_all_are_cleared_or_none_and_every_reason_is_stated(engine):
    rows = write(engine, entry(), cleared(party="BN"), entry("I03", "KH", status="not_applicable"))

    with pytest.raises(UpdateRefused) as refusal:
        act(engine, clear_many, [*rows, 99])

    told = str(refusal.value)
    assert "I02/BN was cleared already" in told
    assert "missing on I03/KH" in told
    assert "no row 99" in told
    assert told.endswith("Nothing was cleared.")
    assert row_of(engine, rows[0]).cleared_at is None


def test_many_are_cleared_by_nobody_but_the_secretariat(engine):
    rows = write(engine, entry())

    with pytest.raises(NotPermitted):
        act(engine, clear_many, rows, by=writer)


def test_an_author_takes_back_before_clearing_without_a_reason(engine):
    (row,) = write(engine, entry())
    act(engine, withdraw, row, by=writer)

    assert (row_of(engine, row).withdrawn_at, row_of(engine, row).withdrawal_reason) == (NOW, None)


def test_after_clearing_only_the_secretariat_withdraws_and_says_why(engine):
    (row,) = write(engine, cleared())

    with pytest.raises(NotPermitted):
        act(engine, withdraw, row, by=writer, reason=public_text("Changed my mind"))
    with pytest.raises(UpdateRefused, match="reason is missing"):
        act(engine, withdraw, row, reason=public_text(" "))
    act(engine, withdraw, row, reason=public_text("Wrong state"))

    assert row_of(engine, row).withdrawal_reason == "Wrong state"


def test_nobody_takes_back_what_another_wrote(engine):
    def colleague(session):
        return User(person_id_of(session, "second@example.org"), (RoleAssignment(Role.FOCAL_POINT, "KH"),))

    (row,) = write(engine, entry())

    with pytest.raises(UpdateRefused, match="written by somebody else"):
        act(engine, withdraw, row, by=colleague)


def test_an_officer_takes_back_what_they_recorded_on_behalf(engine):
    (row,) = write(engine, entry(author=OFFICER, on_behalf_of="KH"))
    act(engine, withdraw, row)

    assert row_of(engine, row).withdrawn_at == NOW
