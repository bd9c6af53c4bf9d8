"""What was returned or withdrawn was not heard: its commitment is owed and stale as if nothing had been submitted."""

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.amendments.load import LoadReason, load_edition
from models.core.text import public_text
from models.core.vocabulary import Basis
from models.figures.assess import assessment
from models.meetings.cycles import open_cycle
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.plan.canonical import from_document
from models.progress.cycles import list_cycles
from models.progress.import_jsonl import import_progress
from models.progress.latest import View
from models.reporting.owed import owed_in
from models.store.database import reading, writing
from tests.conftest import fresh_database
from tests.kit import plans
from tests.kit.oracle import latest_rows, moment

FIRST_OPENED, SECOND_OPENED = datetime(2026, 9, 14, tzinfo=UTC), datetime(2027, 9, 14, tzinfo=UTC)
MEETINGS = [
    {"key": f"AWGIPC-{number}", "body": "AWGIPC", "number": number, "start": f"{year}-11-09", "end": f"{year}-11-12"}
    for number, year in ((80, 2026), (82, 2027))
]


@st.composite
def documents(draw):
    """A plan with a meeting in each of two years."""
    return plans.document([draw(plans.initiatives(key)) for key in ("I1", "I2")]) | {"meetings": MEETINGS}


def commitments(plan):
    return [(one, party) for one in plan["initiatives"] for party in one["states"] or ["ASEAN"]]


def heard(log, opened, closed, known_at):
    """The commitments with an update or nil report of the cycle that was neither returned nor withdrawn."""
    return {
        (row["initiative"], row["party"])
        for row in log
        if row.get("kind", "update") in {"update", "nil"}
        and opened <= moment(row["submitted_at"]) <= known_at
        and (closed is None or moment(row["submitted_at"]) < closed)
        and not any(row.get(end) and moment(row[end]) <= known_at for end in ("returned_at", "withdrawn_at"))
    }


def takes_part(one, party, as_of):
    joins = max(date.fromisoformat(one["joins"].get(party, "2000-01-01")), date(2025, 10, 26))
    return date.fromisoformat(one["in_force_from"]) <= as_of and (party == "ASEAN" or joins <= as_of)


def expected_owed(plan, log, due, known_at, reported):
    """What is owed at the cycle's due date, read from plan and log."""
    latest = latest_rows(log, due, known_at, "reported")
    statuses = {commitment: row["status"] for commitment, row in latest.items()}
    return {
        (one["key"], party)
        for one, party in commitments(plan)
        if takes_part(one, party, due)
        and date.fromisoformat(one["start"]) <= due
        and statuses.get((one["key"], party)) not in {"completed", "not_applicable"}
        and (one["key"], party) not in reported
    }


@settings(max_examples=60, deadline=None)
@given(st.data(), documents(), st.sampled_from([timedelta(0), timedelta(days=100), timedelta(days=400)]))
def test_owed_and_stale_count_only_what_was_neither_returned_nor_withdrawn(data, document, later):
    log, known_at = data.draw(plans.logs(document)), SECOND_OPENED + later
    plan = from_document(document)
    with fresh_database() as engine:
        with writing(engine) as session:
            load_edition(session, plan, why=LoadReason(public_text("first")), now=FIRST_OPENED, file="plan")
        for key, opened in (("AWGIPC-80", FIRST_OPENED), ("AWGIPC-82", SECOND_OPENED)):
            with writing(engine) as session:
                open_cycle(Context(session, OPERATOR, plan, opened), key)
        with writing(engine) as session:
            lines = [json.dumps(line).encode() for line in log]
            import_progress(session, lines, file="log", plan=plan, now=plans.NOW)
        with reading(engine) as session:
            first, second = list_cycles(session, plan)
            owed = {cycle.meeting.key: owed_in(session, cycle, known_at=known_at) for cycle in (first, second)}
            now = assessment(session, View(known_at.date(), known_at, Basis.CLEARED))

    in_first = heard(log, FIRST_OPENED, SECOND_OPENED, known_at)
    in_second = heard(log, SECOND_OPENED, None, known_at)
    assert set(owed["AWGIPC-80"]) == expected_owed(document, log, first.due, known_at, in_first)
    assert set(owed["AWGIPC-82"]) == expected_owed(document, log, second.due, known_at, in_second)
    for standing in now.standings:
        for commitment in standing.commitments:
            assert commitment.stale is ((standing.key, commitment.party) not in in_first)
