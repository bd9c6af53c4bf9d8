"""What a newcomer is told of a body or state, and who may read it."""

import pytest

from models.core.errors import NotFound, NotPermitted
from models.core.text import RestrictedText
from models.core.vocabulary import DecisionKind, Role
from models.meetings.cycles import circulate, note, open_cycle, reopen
from models.meetings.decisions import Agreed, close_decision, record_decision
from models.meetings.handover import handover
from models.meetings.snapshot import Paper
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.permissions import PUBLIC, RoleAssignment, User
from models.plan.schema_parts import Meeting
from models.store.database import reading, writing
from tests.kit.builders import NOW, cleared, entry, load, write
from tests.kit.reporters import BRUNEI_ROLE, CAMBODIA_ROLE, CHAIR_ROLE, MEETING, SECRETARIAT_ROLE, reporting_plan

EARLIER = [
    Meeting(key=f"AWGIPC-8{n}", body="AWGIPC", number=80 + n, start=day, end=day)
    for n, day in ((3, MEETING.start.replace(month=9)), (4, MEETING.start.replace(month=10)))
] + [
    Meeting(
        key="AWGIPC-85",
        body="AWGIPC",
        number=85,
        start=MEETING.start.replace(month=11),
        end=MEETING.end.replace(month=11),
    )
]
LATER = NOW.replace(year=2028)
PLAN = reporting_plan().model_copy(update={"meetings": (*reporting_plan().meetings, *EARLIER)})
KEYS = [MEETING.key, *(one.key for one in EARLIER)]


@pytest.fixture(name="engine")
def _engine(engine):
    load(engine, PLAN)
    return engine


def read(engine, speaker, *roles, now=NOW):
    with reading(engine) as session:
        return handover(Context.at(session, User(1, roles), now), speaker)


def held(engine, meeting, *entries):
    """The meeting's cycle is opened, what is given is reported before it, and it takes note."""
    at = NOW.replace(month=PLAN.meeting[meeting].start.month, day=25)
    with writing(engine) as session:
        open_cycle(Context(session, OPERATOR, PLAN, at), meeting)
    write(engine, *entries, plan=PLAN, now=at)
    noted(engine, meeting, at)


def noted(engine, meeting, at):
    with writing(engine) as session:
        circulate(Context(session, OPERATOR, PLAN, at), meeting, paper=Paper())
        begun = at.replace(day=PLAN.meeting[meeting].end.day)
        note(Context(session, OPERATOR, PLAN, begun), meeting)


@pytest.mark.parametrize(
    ("speaker", "assignment"),
    [("KH", CAMBODIA_ROLE), ("KH", SECRETARIAT_ROLE), ("TMTF", CHAIR_ROLE), ("TMTF", SECRETARIAT_ROLE)],
)
def test_whoever_has_the_role_has_the_pack_and_so_has_the_secretariat(engine, speaker, assignment):
    assert read(engine, speaker, assignment).assignment.scope == speaker


@pytest.mark.parametrize(
    "roles", [(), (BRUNEI_ROLE,), (CHAIR_ROLE,), (RoleAssignment(Role.OBSERVER),), (RoleAssignment(Role.CHAIR, "KH"),)]
)
def test_nobody_else_has_it(engine, roles):
    with pytest.raises(NotPermitted):
        read(engine, "KH", *roles)
    with reading(engine) as session, pytest.raises(NotPermitted, match="not signed in"):
        handover(Context.at(session, PUBLIC, NOW), "KH")


def test_what_is_no_body_or_state_is_stated(engine):
    with pytest.raises(NotFound, match="XX is neither a body nor a member state; use one of AWGIPC, TMTF, BN"):
        read(engine, "XX", SECRETARIAT_ROLE)


def test_a_state_owns_its_commitments_and_what_it_champions(engine):
    write(engine, cleared(percent=40), cleared(party="BN", percent=90), plan=PLAN)

    found = read(engine, "KH", CAMBODIA_ROLE)

    assert [one.key for one in found.standings] == ["I01/ASEAN", "I02/KH", "I03/KH"]
    assert {key: one.percent for key, one in found.statements.items()} == {("I02", "KH"): 40}


def test_a_chair_owns_what_the_body_leads(engine):
    assert [one.key for one in read(engine, "TMTF", CHAIR_ROLE).standings] == ["I01/ASEAN"]


def test_what_was_submitted_and_not_cleared_waits(engine):
    write(engine, cleared(percent=40), entry(percent=60, valid_on="2027-03-02"), plan=PLAN)

    found = read(engine, "KH", CAMBODIA_ROLE)

    assert {key: one.percent for key, one in found.waiting.items()} == {("I02", "KH"): 60}
    assert {key: one.percent for key, one in found.statements.items()} == {("I02", "KH"): 40}


def test_the_last_three_meetings_that_took_note_are_stated_the_oldest_first(engine):
    for number, meeting in enumerate(KEYS):
        moment = NOW.replace(month=PLAN.meeting[meeting].start.month, day=20).isoformat()
        moments = dict.fromkeys(("entered_at", "submitted_at", "cleared_at"), moment)
        held(engine, meeting, cleared(percent=10 * number, valid_on=moment[:10], **moments))

    found = read(engine, "KH", CAMBODIA_ROLE, now=LATER)

    assert [one.meeting for one in found.meetings] == KEYS[1:]
    assert [one.statements["I02", "KH"].percent for one in found.meetings] == [10, 20, 30]


def test_of_a_meeting_that_noted_twice_the_last_revision_counts(engine):
    held(engine, MEETING.key)
    at = NOW.replace(month=8)
    with writing(engine) as session:
        reopen(Context(session, OPERATOR, PLAN, at), MEETING.key, reason="A figure was wrong.")
    write(
        engine,
        cleared(
            percent=70,
            entered_at="2027-07-20T09:00:00Z",
            cleared_at="2027-07-30T09:00:00Z",
            submitted_at="2027-07-20T09:00:00Z",
            valid_on="2027-07-20",
        ),
        plan=PLAN,
        now=at,
    )
    noted(engine, MEETING.key, at)

    (told,) = read(engine, "KH", CAMBODIA_ROLE, now=LATER).meetings
    assert told.statements["I02", "KH"].percent == 70


def test_what_is_owed_is_one_s_own_in_the_open_cycle(engine):
    assert read(engine, "KH", CAMBODIA_ROLE).owed == ()
    with writing(engine) as session:
        open_cycle(Context(session, OPERATOR, PLAN, NOW), MEETING.key)

    owed = {speaker: read(engine, speaker, SECRETARIAT_ROLE).owed for speaker in ("KH", "TMTF")}
    assert owed == {"KH": (("I01", "ASEAN"), ("I02", "KH"), ("I03", "KH")), "TMTF": (("I01", "ASEAN"),)}


def test_open_decisions_are_those_one_owns_or_reports_on(engine):
    def agreed(text, **fields):
        with writing(engine) as session:
            made = Agreed("AWGIPC-80", DecisionKind.ACTION_POINT, text, **fields)
            return record_decision(Context(session, OPERATOR, PLAN, NOW), made)

    agreed("own", owner="KH")
    agreed("about", initiatives=("I03",))
    agreed("another's", owner="BN", initiatives=("I01",))
    agreed("of nobody")
    done = agreed("done", owner="KH")
    with writing(engine) as session:
        close_decision(Context(session, OPERATOR, PLAN, NOW), done, reason=RestrictedText("So."))

    told = {key: [one.text for one in read(engine, key, SECRETARIAT_ROLE).decisions] for key in ("KH", "BN", "AWGIPC")}
    assert told == {"KH": ["own", "about", "another's"], "BN": ["about", "another's"], "AWGIPC": []}
