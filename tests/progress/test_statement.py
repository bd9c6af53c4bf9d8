"""What a draft says, and how it differs from what was said before."""

from datetime import date

import pytest

from models.core.errors import UpdateRefused
from models.core.vocabulary import Request, Status
from models.progress.statement import ABOUT, StatementFields, changes, choices, step_label
from models.store.base import Base
from models.store.statement_columns import StatementColumns
from tests.kit.builders import tiny_plan

GUIDELINES = tiny_plan().initiative["I01"]
FILING = tiny_plan().initiative["I02"]


def test_something_under_way_starts_from_the_step_reached_last():
    written = StatementFields().with_field(
        "status", "ongoing", previous=StatementFields(status=Status.ONGOING, percent=50)
    )

    assert written == StatementFields(status=Status.ONGOING, percent=50)


def test_any_other_status_has_no_step():
    written = StatementFields(status=Status.ONGOING, percent=50).with_field("status", "completed", previous=None)

    assert written == StatementFields(status=Status.COMPLETED)


def test_an_emptied_field_is_nothing():
    assert StatementFields(narrative="Words.").with_field("narrative", "  ", previous=None).is_empty


@pytest.mark.parametrize(
    ("field", "value"),
    [("narrative", "x" * 20_001), ("status", "done"), ("percent", 101), ("author", "somebody"), ("narrative", "a\x00")],
)
def test_a_value_that_cannot_be_kept_is_refused_in_words(field, value):
    with pytest.raises(UpdateRefused, match=r"shorten it|use one of|write a number|reload|type it again"):
        StatementFields().with_field(field, value, previous=None)


def test_differences_are_stated_field_by_field_in_the_order_of_the_card():
    before = StatementFields(status=Status.ONGOING, percent=50, obstacles="Few examiners.")
    after = StatementFields(status=Status.ONGOING, percent=75, narrative="Agreed.", proposed_due=date(2029, 6, 30))

    assert [(one.label, one.before, one.after) for one in changes(before, after, FILING)] == [
        ("How far", "50 draft circulated", "75 text agreed"),
        ("What happened since", "", "Agreed."),
        ("Obstacles", "Few examiners.", ""),
        ("Proposed new due date", "", "30 Jun 2029"),
    ]


def test_deliverables_and_requests_are_stated_in_words():
    after = StatementFields(status=Status.SUSPENDED, deliverables_done=("D1",), requested=Request.SUSPENSION)

    told = [one.after for one in changes(StatementFields(), after, GUIDELINES)]
    assert told == ["Suspended", "A first draft", "that it be suspended"]
    begun = StatementFields(status=Status.ONGOING, deliverables_done=())
    assert changes(StatementFields(), begun, GUIDELINES)[1].after == "none yet"


def test_a_status_that_gives_the_percentage_has_no_step_to_compare():
    before, after = StatementFields(status=Status.ONGOING, percent=50), StatementFields(status=Status.COMPLETED)

    assert [one.label for one in changes(before, after, FILING)] == ["Status"]


def test_a_percentage_reported_otherwise_stays_a_choice():
    assert choices(None) == (10, 25, 50, 75, 90)
    assert choices(40) == (10, 25, 40, 50, 75, 90)
    assert [step_label(40), step_label(90)] == ["40 %", "90 adopted, roll-out under way"]


@pytest.mark.parametrize("table", ["progress", "draft"])
def test_every_field_of_a_statement_has_its_column_and_no_other_column_is_one(table):
    columns = set(StatementColumns.model_fields)

    assert set(ABOUT) == columns
    assert columns <= {column.name for column in Base.metadata.tables[table].columns}
