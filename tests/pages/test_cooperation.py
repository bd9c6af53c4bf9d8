"""Cooperation: facts with their sources."""

import re

import pytest

from tests.pages.opening import html_of, open_page, text_of

PAGE = "cooperation/page.py"
pytestmark = pytest.mark.usefixtures("empty")


def test_what_is_bilateral_is_outside_the_plan_and_links_to_no_initiative():
    html = "".join(html_of(open_page(PAGE)))
    bilateral = html.partition("Bilateral, outside the plan")[2].partition("Regional platforms")[0]

    assert "IPOS International" in bilateral
    assert "initiative?" not in html


def test_every_link_goes_to_the_web_and_takes_nothing_along():
    links = re.findall(r"<a [^>]*>", "".join(html_of(open_page(PAGE))))

    assert len(links) > 30
    assert all(re.search(r'href="https?://', link) and 'rel="noopener noreferrer"' in link for link in links)


def test_a_platform_names_its_turnaround():
    assert "Committed turnaround: 6 months." in text_of(open_page(PAGE))


def test_a_provisional_meeting_is_marked():
    assert re.search(r"AWGIPC 9\d\s+provisional", text_of(open_page(PAGE)))
