"""What visitors see of what was reported, by the choice of the secretariat."""

import pytest

from models.access.visibility import let_visitors_see, visibility_of, visitors_see
from models.core.vocabulary import Step, VisitorsSee
from models.people.context import Context
from models.people.permissions import PUBLIC
from models.store.database import reading, writing
from tests.kit.states import MOMENTS, State, user_of

NOW = MOMENTS[State.DEMONSTRATION]


@pytest.mark.parametrize(
    ("choice", "meetings", "latest"),
    [(VisitorsSee.NOTHING, 0, False), (VisitorsSee.NOTED, 6, False), (VisitorsSee.LATEST, 6, True)],
)
def test_visitors_see_nothing_what_was_noted_or_the_latest(world, choice, meetings, latest):
    with writing(world(State.DEMONSTRATION)) as session:
        let_visitors_see(Context.at(session, user_of(session, "secretariat"), NOW), choice)
        visitor = visibility_of(session, PUBLIC)
        delegate = visibility_of(session, user_of(session, "observer"))

    assert ({mark.step for mark in visitor.snapshots} <= {Step.NOTED}, len(visitor.snapshots)) == (True, meetings)
    assert (visitor.latest, visitor.submitted, visitor.noted_only) == (latest, False, True)
    assert delegate.latest
    assert len(delegate.snapshots) == 12


def test_visitors_see_what_was_noted_where_nobody_has_chosen(engine):
    with reading(engine) as session:
        assert visitors_see(session) is VisitorsSee.NOTED
