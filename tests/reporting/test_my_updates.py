"""One person's list: roles, what is owed, what came back, what somebody else said meanwhile."""

from datetime import timedelta

import pytest

from models.core.text import distance
from models.core.vocabulary import Role
from models.people.context import Context
from models.people.permissions import RoleAssignment
from models.progress.clearing import return_to_author
from models.progress.drafts import report_nothing, save_field
from models.progress.submit import submit_drafts
from models.reporting.cards import Stage
from models.reporting.my_updates import my_updates
from models.store.database import reading
from pages.my_updates.text import progress_line, subtitle, title
from tests.kit.builders import NOW, cleared, entry, load, statements_sent, write
from tests.kit.reporters import (
    BRUNEI_ROLE,
    CAMBODIA,
    CAMBODIA_ROLE,
    CHAIR_ROLE,
    REGIONAL,
    SECRETARIAT_ROLE,
    add_user,
    reporting_plan,
)

LATER = NOW + timedelta(hours=1)
TRAINING = ("I03", "KH")


@pytest.fixture(name="mine")
def _mine(engine):
    def mine(user, now=LATER, **more):
        with reading(engine) as session:
            return my_updates(Context.at(session, user, now), **more)

    return mine


def keys(cards):
    return [card.commitment for card in cards]


def test_a_commitment_that_two_roles_reach_is_listed_once_under_the_first(engine, plan, mine):
    both = add_user(engine, "both@example.org", CHAIR_ROLE, CAMBODIA_ROLE, plan=plan)
    listed = mine(both)

    assert [(group.name, keys(group.cards)) for group in listed.groups] == [
        ("chair of TMTF", [REGIONAL]),
        ("Cambodia", [CAMBODIA, TRAINING]),
    ]
    assert title(listed) == "You owe 3 reports for AWGIPC 82"
    assert subtitle(listed).endswith("3 not begun. As chair of TMTF (1), as Cambodia (2).")


def test_a_state_s_own_commitments_come_before_what_it_champions(mine, cambodia):
    assert [group.name for group in mine(cambodia).groups] == ["Cambodia", "champion"]


def test_whoever_speaks_for_two_states_reads_for_which_one_champions(engine, plan, mine):
    two = add_user(engine, "two@example.org", CAMBODIA_ROLE, BRUNEI_ROLE, plan=plan)

    assert [group.name for group in mine(two).groups] == ["Cambodia", "champion for Cambodia", "Brunei Darussalam"]


@pytest.mark.parametrize("assignment", [SECRETARIAT_ROLE, RoleAssignment(Role.OBSERVER)])
def test_who_does_not_report_has_no_list(engine, plan, mine, assignment):
    listed = mine(add_user(engine, "a@example.org", assignment, plan=plan))

    assert (listed.cards, listed.others, title(listed)) == ((), (), "You owe nothing for AWGIPC 82")


def test_without_an_open_cycle_everything_not_completed_stands_in_it(engine, mine):
    plan = reporting_plan()
    load(engine, plan)
    user = add_user(engine, "kh@example.org", CAMBODIA_ROLE, plan=plan)
    write(engine, cleared(initiative="I03", status="completed", evidence=[{"document": "Minutes"}]))
    listed = mine(user)

    assert keys(listed.cards) == [CAMBODIA, REGIONAL]
    assert title(listed) == "2 commitments to report on"
    assert subtitle(listed).startswith("No reporting cycle is open now.")


def test_stages_and_counts_follow_what_is_written(engine, do, mine, cambodia):
    officer = add_user(engine, "officer@example.org", SECRETARIAT_ROLE)
    (row,) = write(engine, entry("I03", narrative="Trained."))
    do(return_to_author, officer, row, note="Name the document.")
    do(save_field, cambodia, CAMBODIA, "narrative", "Words.")
    do(report_nothing, cambodia, [REGIONAL])
    listed = mine(cambodia)

    assert {card.commitment: card.stage for card in listed.cards} == {
        TRAINING: Stage.RETURNED,
        CAMBODIA: Stage.DRAFT,
        REGIONAL: Stage.NO_CHANGE,
    }
    assert keys(listed.groups[0].cards) == [TRAINING, CAMBODIA]
    assert "1 draft, 1 returned, 1 without change." in subtitle(listed)
    assert progress_line(listed) == "1 changed, 1 without change"
    returned = listed.card(TRAINING)
    assert (returned.returned.note, returned.written.narrative) == ("Name the document.", "Trained.")


def test_last_cleared_and_what_still_waits_are_kept_apart(engine, mine, cambodia):
    first, second = write(engine, cleared(percent=25), entry(percent=50, entered_at="2027-04-01T09:00:00Z",
                                                             submitted_at="2027-04-01T09:00:00Z"))  # fmt: skip
    card = mine(cambodia).card(CAMBODIA)

    assert (card.last_cleared.row, card.last_cleared.percent) == (first, 25)
    assert (card.newest.row, card.newest.cleared, card.last_reported.percent) == (second, False, 50)


def test_what_somebody_else_said_after_the_draft_was_begun_stands_beside_it(engine, do, mine, cambodia, plan):
    write(engine, cleared(narrative="Before."))
    do(save_field, cambodia, CAMBODIA, "narrative", "Mine.")
    at = LATER.isoformat()
    write(engine, entry(narrative="By e-mail.", entered_at=at, submitted_at=at), plan=plan, now=LATER)
    card = mine(cambodia).card(CAMBODIA)

    assert [one.narrative for one in card.meanwhile] == ["By e-mail."]
    assert (card.owed, card.written.narrative) == (False, "Mine.")


def test_a_draft_tells_what_it_lacks_and_who_saved_it(engine, do, mine, cambodia, plan):
    do(save_field, cambodia, REGIONAL, "status", "completed")
    chair = add_user(engine, "chair@example.org", CHAIR_ROLE, plan=plan)
    draft = mine(chair).card(REGIONAL).draft

    assert [field for field, _, _ in draft.problems] == ["narrative", "evidence"]
    assert (draft.saved_at, draft.mine, mine(cambodia).card(REGIONAL).draft.mine) == (NOW, False, True)


def test_what_is_reported_leaves_the_list_and_may_be_opened_again(do, mine, cambodia):
    do(report_nothing, cambodia, [CAMBODIA])
    do(submit_drafts, cambodia, [CAMBODIA])
    listed = mine(cambodia)

    assert keys(listed.cards) == [TRAINING, REGIONAL]
    assert keys(listed.reported) == [CAMBODIA]
    assert listed.others == (CAMBODIA,)
    assert keys(mine(cambodia, opened=(CAMBODIA,)).cards) == [CAMBODIA, TRAINING, REGIONAL]


@pytest.mark.parametrize(
    ("days", "expected"), [(12, "in 12 days"), (1, "in 1 day"), (0, "today"), (-1, "1 day ago"), (-3, "3 days ago")]
)
def test_a_distance_is_stated_in_days(days, expected):
    assert distance(NOW.date() + timedelta(days=days), NOW.date()) == expected


def test_however_much_is_written_the_list_takes_the_same_queries(engine, mine, do, cambodia):
    write(engine, entry(narrative="By e-mail."), plan=reporting_plan())
    do(save_field, cambodia, CAMBODIA, "narrative", "A draft.")
    with statements_sent(engine) as few:
        mine(cambodia)
    do(save_field, cambodia, TRAINING, "narrative", "Another draft.")
    write(engine, entry("I03", narrative="Trained."), entry(valid_on="2027-03-02"), plan=reporting_plan())
    with statements_sent(engine) as many:
        mine(cambodia)

    assert len(few) == len(many)
