"""Every page of the menu in each of the six states of the world, as everybody who may open it and who may not."""

import re
from html import unescape

import pytest

from models.core.vocabulary import Step
from models.meetings.snapshots import list_snapshots
from models.people.permissions import PUBLIC
from models.plan.editions import plan_as_known
from models.store.database import reading
from pages.menu_pages import PAGES, pages_for
from pages.shared import who
from tests.kit.states import MOMENTS, ROLES, State, user_of
from tests.pages.opening import html_of, moved_to, open_page, text_of

EVERY_PAGE = pytest.mark.parametrize("path", [entry.path for entry in pages_for(PUBLIC)])
EVERY_STATE = pytest.mark.parametrize("state", State)
QUERIES = {
    "initiative": [{"initiative": "I08", "state": "KH", "basis": "reported"}],
    "measures": [{}, {"show": "timeline"}],
    "member-states": [{}, {"state": "TL"}],
    "people-and-audit": [{}, {"part": "audit"}],
}
"""What is asked of the pages that show something else when they are asked for it."""
ACCUSING = re.compile(r"\b0 %|\boverdue\b|\bat risk\b|\bnan\b|\bNone\b")
PARTS = {
    "overview": ["at a glance", r"Progress \w+", "[Ss]ince AWGIPC", "Needs attention"],
    "member_states": ["Who has reported what", "as implementer and as champion"],
    "task_forces": ["Each body"],
    "meetings": ["Build the report", "Compare", "Calendar", r"\d+ snapshots"],
    "plan": ["Wording", "editions loaded", "changed what is counted", "Method, version"],
    "cooperation": [
        *("Partners", "programmes within the plan", "Regional platforms", "Other ASEAN sectors"),
        *("AWGIPC calendar", "Documents and links"),
    ],
}
"""The headings by which a reader finds what the manual says of each page."""
UNKNOWN_WORDS = [{"at": "nonsense"}, {"at": "2027-13-45"}, {"at": "AWGIPC-92"}, {"basis": "hearsay"}]


@EVERY_STATE
@pytest.mark.parametrize("name", ROLES)
def test_every_page_runs_twice_in_a_row_and_is_locked_for_whom_it_is_not(state, name, world, monkeypatch):
    with reading(world(state)) as session:
        user = user_of(session, name)
    monkeypatch.setattr(who, "resolve", lambda *_: user)
    page = open_page()

    for entry in PAGES:
        for query in QUERIES.get(entry.url_path, [{}]):
            moved_to(page, entry.url_path, **query)
            first = html_of(page)
            assert not page.exception, (entry, query)
            assert (entry in pages_for(user)) is not is_locked(page, entry), entry
            assert all(block.strip() for block in first), (entry, query)

            page.run()
            assert not page.exception, (entry, query)
            assert first == html_of(page), (entry, query)


def is_locked(page, entry):
    """Whether the notice is shown instead of the page: for whom it is, and the way in."""
    return page.title[0].value in {"Sign in first", f"This page is for {entry.readers}"}


def test_nobody_is_accused_while_nothing_is_reported(world):
    world(State.EMPTY)
    for entry in pages_for(PUBLIC):
        method_apart = text_of(open_page(entry.path, initiative="I08")).partition("Method, version")[0]

        assert ACCUSING.findall(method_apart) == [], entry


@pytest.mark.parametrize("folder", PARTS)
def test_a_page_has_the_parts_that_the_manual_names(folder, world):
    world(State.DEMONSTRATION)
    headings = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", " ".join(html_of(open_page(f"{folder}/page.py"))))

    for part in PARTS[folder]:
        assert any(re.search(part, heading) for heading in headings), (part, headings)


def test_the_archive_shows_the_hash_of_each_snapshot(world):
    engine = world(State.DEMONSTRATION)
    with reading(engine) as session:
        marks = [one for one in list_snapshots(session) if one.step is Step.NOTED]
    archive = "".join(html_of(open_page("meetings/page.py")))

    assert len(marks) == 6
    assert all(mark.sha256[:8] in archive for mark in marks)


@EVERY_PAGE
@pytest.mark.parametrize("query", UNKNOWN_WORDS)
def test_an_unknown_word_in_the_address_is_answered_with_a_sentence(path, query, world):
    world(State.DEMONSTRATION)
    page = open_page(path, initiative="I08", **query)

    assert not page.exception
    if "view-kind" in page.session_state:
        assert f"“{next(iter(query.values()))}” is n" in text_of(page)


def test_every_working_title_is_called_one_wherever_it_is_shown(world):
    engine = world(State.EMPTY)
    with reading(engine) as session:
        titles = [one.title for one in plan_as_known(session, MOMENTS[State.EMPTY]).plan.initiatives]
    shown = 0
    for entry in pages_for(PUBLIC):
        # The heading of an initiative's page is explained below it (test_initiative).
        words = " ".join(
            unescape(re.sub(r"<[^>]+>", " ", " ".join(html_of(open_page(entry.path, initiative="I08"))))).split()
        )
        for title in titles:
            for after in words.split(title)[1:]:
                shown += 1
                assert re.match(r"[^.]{0,90}?(working title|paraphrase)", after), (entry.title, title, after[:120])

    assert len(titles) == 43
    assert shown > 2 * 43


@EVERY_STATE
@pytest.mark.parametrize("name", ["visitor", "AWGIPC chair", "secretariat"])
def test_made_up_data_says_so_and_no_other_does(state, name, world, monkeypatch):
    with reading(world(state)) as session:
        user = user_of(session, name)
    monkeypatch.setattr(who, "resolve", lambda *_: user)
    for entry in pages_for(user):
        page_text = text_of(open_page(entry.path, initiative="I08"))

        assert ("Everything reported here is made up" in page_text) is (state is State.DEMONSTRATION), entry
