"""The page of one initiative."""

import re

import pytest

from models.access.visibility import VISITORS_SEE
from models.core.vocabulary import Role, VisitorsSee
from models.people.permissions import PUBLIC, RoleAssignment, User
from models.store.database import writing
from models.store.tables import Evidence, Setting
from pages.shared import who
from tests.kit.builders import CHAIR, OFFICER, arrange, cleared, entry, load, tiny_plan, today_is, write
from tests.pages.opening import html_of, open_page, text_of

PAGE = "initiatives/page.py"


@pytest.mark.usefixtures("empty")
def test_it_says_what_is_assumed_and_that_the_title_is_a_working_title():
    text = re.sub(r"\s+", " ", text_of(open_page(PAGE, initiative="I08")))

    assert "working title" in text
    assert "31 Dec 2030 assumed" in text
    assert "No report yet" in text
    assert "“modernising laws and processes to keep pace with technological change”" in text


@pytest.mark.usefixtures("reported")
def test_it_explains_a_state_s_figure_from_its_statements():
    page = open_page(PAGE, initiative="I08", state="KH")

    assert re.search(r"On \d+ \w+ \d{4} Cambodia reported “[^”]+”, valid on", text_of(page))
    opened = [block for block in html_of(page) if "<details" in block and " open>" in block]
    assert len(opened) == 1
    assert re.findall(r" open><summary>(\w+)", opened[0]) == ["Cambodia"]


@pytest.fixture(name="markers_for")
def _markers_for(own_engine, monkeypatch):
    """The markers that a page shows to a user with these roles; each field of a statement has its own marker."""
    load(own_engine, tiny_plan())
    words = {
        "narrative": "m-narrative",
        "next_step": "m-next",
        "obstacles": "m-obstacle",
        "support_needed": "m-support",
    }
    row, _ = write(own_engine, cleared(**words), entry(narrative="m-waiting", valid_on="2027-03-02"))
    today_is(own_engine)
    with writing(own_engine) as session:
        arrange(session, Setting(key=VISITORS_SEE, value=VisitorsSee.LATEST))
        for name in ("m-open", "m-restricted"):
            arrange(session, Evidence(progress_id=row, document=name, public=name == "m-open"))

    def markers_for(*roles, page=PAGE, **query):
        monkeypatch.setattr(who, "resolve", lambda *_: User(1, roles) if roles else PUBLIC)
        return set(re.findall(r"m-[a-z]+|[a-z]+@example\.org", text_of(open_page(page, **query))))

    return markers_for


WORDS = {"m-narrative", "m-next", "m-obstacle", "m-support", "m-open", "m-restricted"}
ROLES = pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ((), {"m-open"}),
        ((RoleAssignment(Role.OBSERVER),), WORDS),
        ((RoleAssignment(Role.CHAIR, "TMTF"),), WORDS),
        ((RoleAssignment(Role.FOCAL_POINT, "KH"),), WORDS),
        ((RoleAssignment(Role.SECRETARIAT),), WORDS | {"m-waiting", CHAIR, OFFICER}),
    ],
)


@ROLES
def test_every_reader_sees_what_is_theirs_and_no_more(markers_for, roles, expected):
    assert expected - {"m-waiting"} == markers_for(*roles, initiative="I02")
    assert expected == markers_for(*roles, initiative="I02", basis="reported")


@ROLES
def test_the_words_of_one_member_state_are_for_the_same_readers(markers_for, roles, expected):
    markers = markers_for(*roles, page="member_states/page.py", state="KH")

    assert expected & {"m-narrative"} == markers


def test_a_visitor_after_an_officer_is_shown_nothing_that_was_drawn_for_the_officer(markers_for):
    markers_for(RoleAssignment(Role.SECRETARIAT), initiative="I02")

    assert {"m-open"} == markers_for(initiative="I02")


@pytest.mark.usefixtures("reported")
def test_a_visitor_reads_whom_the_words_are_for():
    assert "Sign in to read the full statements" in text_of(open_page(PAGE, initiative="I08"))


@pytest.mark.usefixtures("reported")
def test_a_key_that_does_not_exist_is_answered_with_a_sentence():
    page = open_page(PAGE, initiative="<b>I99")

    assert "There is no initiative “<b>I99” in this edition of the plan." in text_of(page)
    assert "&lt;b&gt;I99" in "".join(html_of(page))


@pytest.mark.usefixtures("markers_for")
def test_the_secretariat_withdraws_a_cleared_statement_with_a_reason(monkeypatch):
    monkeypatch.setattr(who, "resolve", lambda *_: User(1, (RoleAssignment(Role.SECRETARIAT),)))
    page = open_page(PAGE, initiative="I02")
    page.button(key="withdraw-it").click().run()
    assert "reason is missing" in page.error[0].value

    page.text_area(key="withdraw-reason").set_value("Sent by mistake")
    page.button(key="withdraw-it").click().run()

    assert "It stays in the log but is no longer counted" in page.success[0].value
    assert not [button for button in page.button if button.key == "withdraw-it"]


@pytest.mark.usefixtures("markers_for")
def test_nobody_else_is_offered_to_withdraw(monkeypatch):
    for user in (PUBLIC, User(1, (RoleAssignment(Role.FOCAL_POINT, "KH"),))):
        monkeypatch.setattr(who, "resolve", lambda *_, user=user: user)

        assert not open_page(PAGE, initiative="I02").button
