"""What a user may see of the log of one initiative."""

from datetime import UTC, date, datetime

import pytest

from models.core.vocabulary import Basis
from models.people.visibility_rules import Display
from models.progress.latest import View
from models.progress.views import history
from models.store.database import reading, writing
from models.store.tables import Evidence
from tests.kit.builders import USERS, arrange, cleared, entry, load, tiny_plan, write

KNOWN = datetime(2027, 6, 30, 12, tzinfo=UTC)


@pytest.fixture(name="told")
def _told(engine):
    load(engine, tiny_plan())

    def told(*entries, basis=Basis.CLEARED, known_at=KNOWN, as_of=date(2027, 6, 30), display=Display.SECRETARIAT):
        write(engine, *entries)
        with reading(engine) as session:
            plan = tiny_plan()
            return history(
                session, plan, plan.initiative["I02"], View(as_of, known_at, basis), user=USERS[display]
            ).statements

    return told


def test_the_newest_comes_first_and_the_speaker_is_the_party(told):
    rows = told(cleared(valid_on="2027-01-01"), cleared(valid_on="2027-03-01", party="BN"))

    assert [(row.party, row.speaker, row.valid_on) for row in rows] == [
        ("BN", "BN", date(2027, 3, 1)),
        ("KH", "KH", date(2027, 1, 1)),
    ]


@pytest.mark.parametrize("display", [Display.MEETING, Display.PUBLIC])
def test_what_was_recorded_for_a_body_names_the_body_and_nobody_else(told, display):
    (row,) = told(cleared(on_behalf_of="KH", author="officer@example.org"), display=display)

    assert row.speaker == "KH"
    assert "@" not in repr(row)


def test_the_secretariat_reads_who_wrote_and_who_cleared(engine, told):
    (row,) = told(cleared(author="chair@example.org", cleared_by="officer@example.org"))

    with reading(engine) as session:
        plan = tiny_plan()
        view = View(date(2027, 6, 30), KNOWN)
        people = history(session, plan, plan.initiative["I02"], view, user=USERS[Display.SECRETARIAT]).people
    assert (people[row.author], people[row.cleared_by]) == ("chair@example.org", "officer@example.org")


SAID = {
    "narrative": "NARRATIVE",
    "next_step": "NEXT",
    "obstacles": "OBSTACLE",
    "obstacle_kind": "law",
    "support_needed": "SUPPORT",
}


@pytest.mark.parametrize(
    ("display", "seen"),
    [
        (Display.SECRETARIAT, {"NARRATIVE", "NEXT", "OBSTACLE", "law", "SUPPORT"}),
        (Display.MEETING, {"NARRATIVE", "NEXT", "OBSTACLE", "law", "SUPPORT"}),
        (Display.PUBLIC, set()),
    ],
)
def test_words_are_for_those_whose_display_has_them(told, display, seen):
    (row,) = told(cleared(**SAID), display=display)

    assert seen == {getattr(row, field) for field in SAID} - {None}
    assert (row.status, row.percent) == ("ongoing", 40)


@pytest.mark.parametrize("display", [Display.MEETING, Display.PUBLIC])
def test_what_is_not_cleared_is_for_the_secretariat_alone_on_either_basis(told, display):
    told(entry())

    assert told(basis=Basis.REPORTED, display=display) == ()


@pytest.mark.parametrize(
    ("display", "titles"),
    [
        (Display.SECRETARIAT, ["open", "restricted"]),
        (Display.MEETING, ["open", "restricted"]),
        (Display.PUBLIC, ["open"]),
    ],
)
def test_restricted_evidence_is_not_even_named_to_visitors(engine, told, display, titles):
    (row,) = told(cleared())
    with writing(engine) as session:
        for title in ("open", "restricted"):
            arrange(session, Evidence(progress_id=row.row, title=title, document="Record", public=title == "open"))

    assert [line.title for line in told(display=display)[0].evidence] == titles


def test_an_update_is_shown_once_cleared_or_on_the_wider_basis_at_once(told):
    assert told(entry()) == ()
    assert len(told(basis=Basis.REPORTED)) == 1


def test_what_became_of_it_is_stated_only_as_far_as_it_was_known(told):
    taken_back = cleared(withdrawn_at="2027-05-01T00:00:00Z")

    (now,) = told(taken_back)
    (then,) = told(known_at=datetime(2027, 4, 1, tzinfo=UTC))

    assert (now.withdrawn_at, now.is_in_effect) == (datetime(2027, 5, 1, tzinfo=UTC), False)
    assert (then.withdrawn_at, then.is_in_effect) == (None, True)


def test_a_correction_marks_what_it_replaces(told):
    new, old = told(cleared(ref="old"), cleared(valid_on="2027-03-02", replaces="old"))

    assert old.replaced_by == new.row
    assert new.is_in_effect
    assert not old.is_in_effect


def test_evidence_stays_with_its_statement(told):
    document = {"title": "Record", "document": "AWGIPC 79, para 34"}
    (row,) = told(cleared(status="completed", evidence=[document]))

    assert [(line.title, line.document, line.url) for line in row.evidence] == [("Record", "AWGIPC 79, para 34", None)]
