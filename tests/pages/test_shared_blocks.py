"""The shared pieces of HTML, and the one door to the screen."""

import htpy as h
import pytest
from streamlit.runtime.uploaded_file_manager import DeletedFile
from streamlit.testing.v1 import AppTest

from pages.shared.links import outside_link
from pages.shared.markup import fold, rendered, section, tag
from pages.shared.new_fields import field_key, uploaded
from pages.shared.tables import numbers, table

MARKUP = "<b>&\"'"
ESCAPED = "&lt;b&gt;&amp;&#34;&#39;"


def _blocks():
    import htpy as h

    from pages.shared.heading import show
    from pages.shared.markup import tag

    show(None, "", tag(""), [], h.p["drawn"])


def test_an_empty_block_draws_nothing():
    page = AppTest.from_function(_blocks).run()

    assert not page.exception
    assert [block.proto.body for block in page.get("html")] == ["<p>drawn</p>"]


@pytest.mark.parametrize(
    "block",
    [
        section(MARKUP, MARKUP, content=MARKUP),
        fold(MARKUP, MARKUP),
        table(MARKUP, [MARKUP, *numbers(MARKUP)], [[MARKUP, MARKUP]]),
        outside_link(f"https://asean.org/{MARKUP}", MARKUP),
    ],
)
def test_text_from_data_is_never_markup(block):
    html = rendered(block)

    assert ESCAPED in html
    assert MARKUP not in html


def test_a_block_is_the_same_when_it_is_drawn_again():
    block = table("Counts", ["Name", *numbers("N")], ([name, 1] for name in "ab"))

    assert rendered(block) == rendered(block)
    assert rendered(block).count("<tr") == 3


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/etc/passwd", ""])
def test_only_a_web_address_becomes_a_link(url):
    assert rendered(outside_link(url, "Name")) == "Name"


def test_official_text_has_no_tag():
    assert rendered([h.b["I01"], tag("")]) == "<b>I01</b>"


def test_a_file_whose_memory_was_freed_is_no_upload(monkeypatch):
    """The browser sends the old field until it has drawn the new one."""
    key = field_key("record", "file")
    monkeypatch.setattr("pages.shared.new_fields.st.session_state", {key: DeletedFile("file-1")})

    assert uploaded("record") is None
