"""Every page of the menu, on an empty log and on a full one."""

import re

import pytest

from models.people.permissions import PUBLIC
from pages.menu_pages import pages_for
from tests.pages.opening import html_of, open_page, text_of

EVERY_PAGE = pytest.mark.parametrize("path", [entry.path for entry in pages_for(PUBLIC)])
ACCUSING = re.compile(r"\b0 %|\boverdue\b|\bat risk\b|\bnan\b|\bNone\b")


@EVERY_PAGE
@pytest.mark.parametrize("state", ["empty", "adopted"])
def test_a_page_runs_twice_in_a_row_on_an_empty_log(path, state, request):
    request.getfixturevalue(state)
    page = open_page(path, initiative="I08")

    assert not page.exception
    assert page.title[0].value
    assert not page.run().exception


@pytest.mark.usefixtures("reported")
@EVERY_PAGE
def test_a_page_runs_twice_in_a_row_on_a_full_log(path):
    page = open_page(path, initiative="I08")
    first = html_of(page)

    assert not page.exception
    assert not page.run().exception
    assert first == html_of(page)


@pytest.mark.usefixtures("empty")
@EVERY_PAGE
def test_nobody_is_accused_while_nothing_is_reported(path):
    method_apart = text_of(open_page(path, initiative="I08")).partition("Method, version")[0]

    assert ACCUSING.findall(method_apart) == []


@pytest.mark.usefixtures("reported")
@EVERY_PAGE
@pytest.mark.parametrize("query", [{"at": "nonsense"}, {"at": "2027-13-45"}, {"at": "AWGIPC-92"}, {"basis": "hearsay"}])
def test_an_unknown_word_in_the_address_is_answered_with_a_sentence(path, query):
    page = open_page(path, initiative="I08", **query)

    assert not page.exception
    if "view-kind" in page.session_state:
        assert f"“{next(iter(query.values()))}” is n" in text_of(page)


@pytest.mark.usefixtures("reported")
@EVERY_PAGE
def test_made_up_data_says_so(path):
    assert "Everything reported here is made up" in text_of(open_page(path, initiative="I08"))


@pytest.mark.usefixtures("empty")
def test_only_made_up_data_says_so():
    assert "made up" not in text_of(open_page())
