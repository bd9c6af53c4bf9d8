"""What still hangs on a statement: a proposal until it is decided, evidence from three quarters on."""

from datetime import UTC, date, datetime

import pytest

from models.core.vocabulary import Request, Status
from models.meetings.handover import is_pending, moved_due, owes_evidence
from models.progress.statement import EvidenceItem
from models.progress.views import StatementView
from tests.kit.builders import changed, tiny_plan

PLAN = tiny_plan()
LATER = date(2030, 12, 31)
RECORD = EvidenceItem(document="Summary Record, para 12")


def told(**fields):
    facts = {
        "row": 1,
        "initiative": "I02",
        "party": "KH",
        "speaker": "KH",
        "author": 1,
        "status": Status.ONGOING,
        "percent": 40,
        "valid_on": date(2027, 3, 1),
        "submitted_at": datetime(2027, 3, 2, tzinfo=UTC),
        "deliverables_done": (),
        "evidence": (),
    }
    return StatementView.model_validate(facts | fields)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, False),
        ({"proposed_due": LATER}, True),
        ({"requested": Request.SUSPENSION}, True),
        ({"requested": Request.NOT_APPLICABLE, "initiative": "I99"}, False),
        ({"proposed_due": LATER, "initiative": "I99"}, False),
    ],
)
def test_a_proposal_waits_for_the_meeting(fields, expected):
    assert is_pending(told(**fields), PLAN) is expected


def test_a_due_date_that_was_moved_as_proposed_is_decided():
    asked = told(proposed_due=LATER)

    assert moved_due(asked, PLAN) == LATER
    assert not is_pending(asked, changed(tiny_plan(), "I02", due=LATER, due_by_state={}))
    assert not is_pending(asked, changed(tiny_plan(), "I02", due_by_state={"KH": LATER}))


@pytest.mark.parametrize(
    ("status", "percent", "evidence", "expected"),
    [
        (Status.ONGOING, 74, (), False),
        (Status.ONGOING, 75, (), True),
        (Status.ONGOING, 90, (RECORD,), False),
        (Status.SUSPENDED, 90, (), False),
        (Status.COMPLETED, None, (), True),
        (Status.COMPLETED, None, (RECORD,), False),
        (Status.NOT_STARTED, None, (), False),
    ],
)
def test_evidence_is_owed_for_what_is_completed_or_far_on(status, percent, evidence, expected):
    assert owes_evidence(told(status=status, percent=percent, evidence=evidence)) is expected
