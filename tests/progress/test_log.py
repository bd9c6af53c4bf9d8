"""The life of a statement: recorded, submitted, cleared, returned, withdrawn, corrected; and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from models.core.errors import NotFound, UpdateRefused
from models.core.text import public_text
from models.core.vocabulary import Basis
from models.figures.assess import assessment
from models.progress.clearing import clear, return_to_author, withdraw
from models.progress.latest import View
from models.progress.log import rows_by_ref
from models.store.database import reading
from models.store.seals import KEYS_AT_ONCE
from models.store.tables import AuditEvent, DataVersion, Evidence, LedgerEntry, Progress
from tests.kit.builders import NOW, act, cleared, entry, write, writer

pytestmark = pytest.mark.usefixtures("tiny")


def percent(engine, *, basis=Basis.CLEARED, initiative="I02", party="KH", known_at=NOW):
    with reading(engine) as session:
        found = assessment(session, View(as_of=NOW.date(), known_at=known_at, basis=basis))
        commitments = {one.party: one for one in found.by_key[initiative].commitments}
        return commitments[party].percent if party in commitments else None


def events(engine):
    with reading(engine) as session:
        return [one.event for one in session.exec(select(LedgerEntry).order_by(col(LedgerEntry.id)))]


def test_a_submitted_update_counts_as_reported_and_once_cleared_as_cleared(engine):
    (row,) = write(engine, entry(percent=60))

    assert (0, 60) == (percent(engine), percent(engine, basis=Basis.REPORTED))

    act(engine, clear, row)

    assert 60 == percent(engine)


def test_what_was_never_submitted_counts_on_no_basis(engine):
    write(engine, entry(percent=60, submitted_at=None))

    assert (0, 0) == (percent(engine), percent(engine, basis=Basis.REPORTED))


def test_a_returned_update_stops_counting_and_keeps_its_note(engine):
    (row,) = write(engine, entry(percent=60))
    act(engine, return_to_author, row, note="Name the document.")

    assert 0 == percent(engine, basis=Basis.REPORTED)
    with reading(engine) as session:
        assert "Name the document." == session.get_one(Progress, row).return_note


def test_a_withdrawn_update_counts_no_longer_but_did_before(engine):
    (row,) = write(engine, cleared(percent=60))
    act(engine, withdraw, row, reason=public_text("Wrong office"))

    assert (0, 60) == (percent(engine), percent(engine, known_at=NOW - timedelta(seconds=1)))


def test_a_correction_counts_in_place_of_what_it_replaces_even_with_an_earlier_date(engine):
    write(engine, cleared(percent=60, ref="first"))
    write(engine, cleared(percent=30, valid_on="2027-01-15", replaces="first"))

    assert 30 == percent(engine)


def test_a_replaced_row_stays_replaced_when_its_correction_is_itself_corrected(engine):
    write(
        engine,
        cleared(ref="a", percent=90, valid_on="2027-03-01"),
        cleared(ref="b", percent=10, valid_on="2027-02-01", replaces="a"),
        cleared(ref="c", percent=20, valid_on="2027-02-01", replaces="b"),
    )

    assert 20 == percent(engine)


def test_a_nil_report_needs_no_clearing_and_changes_no_figure(engine):
    write(engine, cleared(percent=60), entry(kind="nil", status=None, percent=None, narrative=None))

    assert 60 == percent(engine)


def test_not_applicable_leaves_everything_and_its_reversal_comes_back_each_with_a_ledger_row(engine):
    (out,) = write(engine, entry(status="not_applicable"))
    act(engine, clear, out, reason=public_text("No such office"))

    assert (None, ["not_applicable"]) == (percent(engine), events(engine))

    (back,) = write(engine, entry(percent=10, valid_on="2027-03-02"))
    act(engine, clear, back, reason=public_text("The office opened"))

    assert (10, ["not_applicable", "applicable_again"]) == (percent(engine), events(engine))


def test_clearing_not_applicable_without_a_reason_is_refused(engine):
    (row,) = write(engine, entry(status="not_applicable"))

    with pytest.raises(UpdateRefused, match="reason is missing"):
        act(engine, clear, row)

    assert [] == events(engine)


def test_withdrawing_a_cleared_not_applicable_brings_the_commitment_back(engine):
    (row,) = write(engine, cleared(status="not_applicable"))
    act(engine, withdraw, row, reason=public_text("A mistake"))

    assert (0, ["not_applicable", "applicable_again"]) == (percent(engine), events(engine))


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ((clear, {}), (clear, {}), "cleared already"),
        ((clear, {}), (return_to_author, {"note": "n"}), "cleared already"),
        ((return_to_author, {"note": "n"}), (clear, {}), "returned already"),
        ((withdraw, {"by": writer}), (clear, {}), "was withdrawn"),
        ((withdraw, {"by": writer}), (withdraw, {"by": writer}), "withdrawn already"),
        ((return_to_author, {"note": "n"}), (withdraw, {"by": writer}), "returned already"),
    ],
)
def test_each_moment_of_a_row_is_set_once(engine, first, second, why):
    (row,) = write(engine, entry())
    act(engine, first[0], row, **first[1])

    with pytest.raises(UpdateRefused, match=why):
        act(engine, second[0], row, **second[1])


@pytest.mark.parametrize(("function", "arguments"), [(clear, {}), (return_to_author, {"note": "n"})])
def test_what_was_not_submitted_cannot_be_reviewed(engine, function, arguments):
    (row,) = write(engine, entry(submitted_at=None))

    with pytest.raises(UpdateRefused, match="not submitted"):
        act(engine, function, row, **arguments)


def test_a_nil_report_has_nothing_to_clear(engine):
    (row,) = write(engine, entry(kind="nil", status=None, percent=None, narrative=None))

    with pytest.raises(UpdateRefused, match="accepted at submission"):
        act(engine, clear, row)


def test_a_row_that_does_not_exist_is_said_to(engine):
    with pytest.raises(NotFound, match="no row 99"):
        act(engine, clear, 99)


def test_returning_needs_a_note(engine):
    (row,) = write(engine, entry())

    with pytest.raises(UpdateRefused, match="reason is missing"):
        act(engine, return_to_author, row, note=" ")


def test_a_replaced_row_must_be_an_earlier_one_of_the_same_commitment(engine):
    write(engine, entry(ref="other", party="BN"))

    with pytest.raises(UpdateRefused, match="another commitment"):
        write(engine, entry(replaces="other"))
    with pytest.raises(UpdateRefused, match="no earlier row"):
        write(engine, entry(replaces="nowhere"))


def test_every_act_adds_one_event_and_moves_the_data_version_by_one(engine):
    write(engine, cleared(party="BN"))  # the officer is known before
    (row,) = write(engine, entry(evidence=({"document": "Minutes"},)))
    act(engine, clear, row)

    with reading(engine) as session:
        actions = [one.action for one in session.exec(select(AuditEvent).order_by(col(AuditEvent.id)))]
        assert ["load edition", "record", "record", "clear"] == actions
        assert 4 == session.get_one(DataVersion, 1).value
        assert "Minutes" == session.exec(select(Evidence)).one().document


def test_a_refused_update_leaves_no_trace(engine):
    with pytest.raises(UpdateRefused, match="completed needs evidence"):
        write(engine, entry(status="completed"))

    with reading(engine) as session:
        assert [] == session.exec(select(Progress)).all()
        assert 1 == session.get_one(DataVersion, 1).value


def test_refs_are_looked_up_by_name_in_parts_that_every_database_takes(engine):
    write(engine, entry(ref="r1"), entry(ref="r2"), entry(ref="r3"))
    sent = []

    def note(_connection, _cursor, statement, parameters, *_):
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    with reading(engine) as session:
        found = rows_by_ref(session, ["r1", "r3", None, *(f"other{number}" for number in range(KEYS_AT_ONCE))])
    event.remove(engine, "before_cursor_execute", note)

    assert set(found) == {"r1", "r3"}
    assert [len(parameters) for statement, parameters in sent if "progress.ref IN" in statement] == [KEYS_AT_ONCE, 2]
