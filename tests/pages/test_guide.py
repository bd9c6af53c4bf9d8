"""Guide: the manual, each reader's own part first."""

import re

import pytest

from models.core.vocabulary import Role
from models.people.permissions import RoleAssignment, User
from pages.guide.blocks import PARTS, read_part
from pages.shared import who
from tests.pages.opening import open_page, text_of, title_of

PAGE = "guide/page.py"
pytestmark = pytest.mark.usefixtures("empty")


def body_of(page):
    return "\n".join(element.value for element in page.main.markdown)


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_shown_under_its_own_title(part):
    page = open_page(PAGE, part=part)
    title, body = read_part(part)

    assert not page.exception
    assert title_of(page) == title
    assert body_of(page) == body


@pytest.mark.parametrize("part", PARTS)
def test_a_page_has_one_title_and_no_second_one_in_its_text(part):
    page = open_page(PAGE, part=part)

    assert len(page.title) == 1
    assert not re.search(r"^# \w", body_of(page), re.MULTILINE)


@pytest.mark.parametrize(
    ("roles", "first"),
    [
        ((), "Read where the plan stands"),
        ((RoleAssignment(Role.OBSERVER),), "Read where the plan stands"),
        ((RoleAssignment(Role.FOCAL_POINT, "KH"),), "Report progress"),
        ((RoleAssignment(Role.CHAIR, "TMTF"),), "Report progress"),
        ((RoleAssignment(Role.SECRETARIAT),), "The year of the secretariat"),
        ((RoleAssignment(Role.FOCAL_POINT, "KH"), RoleAssignment(Role.SECRETARIAT)), "The year of the secretariat"),
    ],
)
def test_readers_see_first_what_they_have_to_do(roles, first, monkeypatch):
    monkeypatch.setattr(who, "resolve", lambda *_: User(1, roles))

    assert title_of(open_page(PAGE)) == first


LINK = re.compile(r'<a href="\./guide\?part=(\w+)" target="_self">[^<]+</a>')
CODE = re.compile(r"^```.*?^```|^ {4}.*?$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("part", PARTS)
def test_links_lead_to_a_part_of_the_guide_in_the_same_tab(part):
    body = read_part(part)[1]

    assert "](" not in body
    assert set(LINK.findall(body)) <= set(PARTS)


def test_the_parts_are_linked_with_each_other():
    assert any(LINK.search(read_part(part)[1]) for part in PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_no_other_html_is_in_the_text_where_a_browser_would_hide_it(part):
    assert "<" not in LINK.sub("", CODE.sub("", read_part(part)[1]))


def test_a_file_that_the_guide_does_not_show_is_named_without_a_link():
    assert "The map in README.md says" in read_part("maintaining")[1]


def test_a_picture_of_demonstration_data_is_left_out():
    assert ".png" not in "".join(read_part(part)[1] for part in PARTS)
    assert "demonstration data: who reported" not in read_part("reading")[1]


def test_a_part_that_does_not_exist_is_answered_with_the_first_one():
    page = open_page(PAGE, part="cooking")

    assert "“cooking” is not" in text_of(page)
    assert title_of(page) == "Read where the plan stands"


def test_choosing_a_part_puts_it_into_the_address():
    page = open_page(PAGE)
    page.segmented_control(key="choice-part").set_value("glossary").run()

    assert page.query_params["part"] == "glossary"
    assert title_of(page) == "Glossary"
