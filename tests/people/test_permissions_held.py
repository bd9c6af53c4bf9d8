"""The table of permissions, cell by cell, through the services: who may not is refused, and no row changes."""

import pytest
from sqlalchemy import select

from models.core.errors import NotPermitted
from models.core.vocabulary import Role
from models.people.accounts import sign_out_everywhere
from models.people.context import Context
from models.people.permissions import PUBLIC, Action, RoleAssignment, may
from models.progress.drafts import add_evidence, attach_file, save_field
from models.progress.submit import submit_drafts
from models.store.base import Base
from models.store.database import reading, writing
from models.store.reporting_tables import DraftEvidence
from models.store.tables import Evidence
from tests.conftest import fresh_database
from tests.kit.builders import NOW, cleared, entry, newest_key, write
from tests.kit.reporters import (
    BRUNEI_ROLE,
    CAMBODIA,
    CAMBODIA_ROLE,
    CHAIR_ROLE,
    REGIONAL,
    SECRETARIAT_ROLE,
    add_user,
    load_with_cycle,
)
from tests.people.trials import OBSERVER, PDF, PLAN, TRIALS, Ground

READERS = {
    "secretariat": (SECRETARIAT_ROLE,),
    "chair-who-leads": (CHAIR_ROLE,),
    "chair-of-awgipc": (RoleAssignment(Role.CHAIR, "AWGIPC"),),
    "state-of-it": (CAMBODIA_ROLE,),
    "another-state": (BRUNEI_ROLE,),
    "observer": (OBSERVER,),
    "public": (),
}
COMMITMENTS = {"regional": REGIONAL, "national": CAMBODIA}
WRITERS = {"regional": CHAIR_ROLE, "national": CAMBODIA_ROLE}


@pytest.fixture(scope="module", name="engine")
def _engine():
    with fresh_database() as engine:
        load_with_cycle(engine)
        yield engine


@pytest.fixture(scope="module", name="users")
def _readers(engine):
    add_user(engine, "another-officer@example.org", SECRETARIAT_ROLE)
    known = {name: add_user(engine, f"{name}@example.org", *roles) for name, roles in READERS.items() if roles}
    return known | {"public": PUBLIC}


@pytest.fixture(scope="module", name="grounds")
def _grounds(engine, users):
    """For each commitment a draft, a statement that waits and one that is cleared; for each user two of their own."""
    other = add_user(engine, "other@state.example", RoleAssignment(Role.FOCAL_POINT, "TL")).person_id
    return {
        (place, name): _own(engine, ground, name)
        for place, commitment in COMMITMENTS.items()
        for ground in [_ground(engine, commitment, add_user(engine, f"{place}@writer.example", WRITERS[place]), other)]
        for name in users
    }


def _ground(engine, commitment, writer, other):
    facts = {"initiative": commitment[0], "party": commitment[1], "status": "not_started"}
    (kept,) = write(engine, cleared(**facts), plan=PLAN)
    with writing(engine) as session:
        _draft(session, writer, commitment)
        attach_file(Context(session, writer, PLAN, NOW), commitment, "minutes.pdf", PDF)
        submit_drafts(Context(session, writer, PLAN, NOW), [commitment])
    with writing(engine) as session:
        _draft(session, writer, commitment)
        add_evidence(Context(session, writer, PLAN, NOW), commitment, "Minutes")
    with reading(engine) as session:
        statement_item = newest_key(session, Evidence)
        waiting = session.get_one(Evidence, statement_item).progress_id
        return Ground(commitment, waiting, kept, newest_key(session, DraftEvidence), statement_item, other)


def _draft(session, writer, commitment):
    for field, value in {"status": "not_started", "narrative": "Planned."}.items():
        save_field(Context(session, writer, PLAN, NOW), commitment, field, value)


def _own(engine, ground, name):
    key, party = ground.commitment
    facts = {"initiative": key, "party": party, "status": "not_started", "author": f"{name}@example.org"}
    (own,) = write(engine, entry(**facts), plan=PLAN)
    return Ground(**{**ground.__dict__, "own": own})


def rows_of(session):
    """Every row of every table but the one that counts transactions."""
    tables = [table for table in Base.metadata.sorted_tables if table.name != "data_version"]
    return {table.name: session.execute(select(table)).all() for table in tables}


def is_allowed(engine, trial, user, ground):
    """Whether the service did it; what it did is undone, and must have been something. A refusal changes no row."""
    with reading(engine) as session:
        before = rows_of(session)
    try:
        with writing(engine) as session:
            result = trial(Context(session, user, PLAN, NOW), ground)
            session.flush()
            assert result or rows_of(session) != before
            session.rollback()
    except NotPermitted:
        return False
    else:
        return True
    finally:
        with reading(engine) as session:
            assert rows_of(session) == before


def test_no_action_of_the_table_is_untried():
    assert set(Action) == set(TRIALS)
    assert [] == [action for action, trials in TRIALS.items() if not trials.of_commitment + trials.of_all]


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("place", COMMITMENTS)
def test_each_cell_is_allowed_or_refused_by_every_service(engine, users, grounds, place, name, action):
    user, ground = users[name], grounds[place, name]
    on_it = may(user, action, plan=PLAN, commitment=ground.commitment)
    at_large = may(user, action, plan=PLAN)

    trials = TRIALS[action]
    assert [on_it] * len(trials.of_commitment) == [
        is_allowed(engine, trial, user, ground) for trial in trials.of_commitment
    ]
    assert [at_large] * len(trials.of_all) == [is_allowed(engine, trial, user, ground) for trial in trials.of_all]


@pytest.mark.parametrize("name", READERS)
def test_one_s_own_sessions_need_no_permission_and_another_s_do(engine, users, grounds, name):
    user = users[name]

    def leave(context, _):
        sign_out_everywhere(context, context.user.person_id or 1)

    assert is_allowed(engine, leave, user, grounds["regional", name]) is (user != PUBLIC)
